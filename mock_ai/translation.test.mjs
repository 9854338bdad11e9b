import assert from "node:assert/strict";
import { test } from "node:test";
import data from "./languages.json" with { type: "json" };
import { language } from "./languages.mjs";
import { ask, assertRejected, errorOf, json } from "./testing.mjs";

const M2M100 = "@cf/meta/m2m100-1.2b";
const INDIC = "@cf/ai4bharat/indictrans2-en-indic-1B";
const fr = { source_lang: "en", target_lang: "fr" };
const zh = { source_lang: "en", target_lang: "zh" };

/**
 * @param {string} text
 * @param {{target_lang: string, source_lang?: string}} [more]
 * @param {string} [model]
 */
async function translate(text, more = fr, model = M2M100) {
  return (await json(model, { text, ...more })).translated_text;
}

test("a translation is the text after the code of its language, in its letters", async () => {
  assert.equal(await translate("Hello world."), "[fr] Hello world.");
  assert.equal(await translate("Hello", zh), "[中] 贝龙");
  assert.equal(await translate("Hallo", { source_lang: "de", target_lang: "en" }), "[en] Hallo");
  assert.equal(await translate("你", { source_lang: "zh", target_lang: "en" }), "[en] vwx");
  assert.equal(await translate(" Two\nlines\n"), "[fr]  Two\nlines\n");
});

test("all letters change, also those of tags and placeholders", async () => {
  assert.equal(await translate("<b>{n}</b> {0} @1#", zh), "[中] <贝>{鸟}</贝> {0} @1#");
});

test("the default source is English, and English to English changes nothing", async () => {
  assert.equal(await translate("你好", { target_lang: "en" }), "你好");
  assert.equal(await translate("Bonjour", { source_lang: "fr", target_lang: "fr" }), "Bonjour");
});

test("language names from older documentation still work", async () => {
  const names = { source_lang: "english", target_lang: "chinese" };
  assert.equal(await translate("Hello", names), "[中] 贝龙");
});

test("supports a hundred languages, each in its script", async () => {
  let count = 0;
  for (const code of Object.keys(data.languages)) {
    const response = await ask(M2M100, { text: "Hello", source_lang: "en", target_lang: code });
    if (response.status !== 200) continue;
    count += 1;
    const { translated_text: said } = await response.json();
    assert.equal(said, code === "en" ? "Hello" : language(code).translate("Hello"), code);
  }
  assert.equal(count, 100);
});

test("rejects unsupported codes", async () => {
  for (const more of [
    { source_lang: "auto", target_lang: "fr" },
    { source_lang: "", target_lang: "fr" },
    { target_lang: "ZH" },
    { target_lang: "zh-TW" },
    { target_lang: "te" },
  ]) {
    const { status, code } = await errorOf(M2M100, { text: "Hello", ...more });
    assert.deepEqual([status, code], [400, 3030], JSON.stringify(more));
  }
});

test("m2m100 rejects other inputs and long texts", async () => {
  await assertRejected(M2M100, [
    ["no text", fr, /are 'text,target_lang'/],
    ["no target", { text: "Hello" }],
    ["empty", { text: "", ...fr }, /length of '\/text' must be >= 1/],
    ["several", { text: ["Hello"], ...fr }, /'string' not in 'array'/],
    ["null source", { text: "Hello", source_lang: null, target_lang: "fr" }],
  ]);
  assert.equal((await errorOf(M2M100, { text: "word ".repeat(1025), ...fr })).code, 3030);
});

test("mistakes that users report, by a command anywhere in the text or by model", async () => {
  const text = "One here. Two here! 3 {name}.";
  const mistakes = {
    drops: ["[fr] One here.", "[中] 银 红鹅."],
    empty: ["", ""],
    echo: [text, text],
    mangles: ["[fr] One here. Two here! 3  { name } .", "[中] 银 红鹅. 鸟 红鹅! 3  { 鸟鹅 } ."],
    script: [`[fr] ${text}`, `[zh] ${text}`],
    chatter: [
      `Here is the translation: [fr] ${text}`,
      "Here is the translation: [中] 银 红鹅. 鸟 红鹅! 3 {鸟鹅}.",
    ],
    short: ["One", "银 "],
  };
  for (const [name, [french, chinese]] of Object.entries(mistakes)) {
    for (const given of [
      `${text} [[${name}]]`,
      `[[${name}]] ${text}`,
      text.replace("Two", `Two [[${name}]]`),
      text.replace("Two", `[[${name}]] Two`),
      text.replace(" {", `[[${name}]] {`),
    ]) {
      assert.equal(await translate(given), french, given);
      assert.equal(await translate(given, zh), chinese, given);
    }
    const model = `@mock/translation/${name}`;
    assert.equal(await translate(text, fr, model), french, name);
    assert.equal(await translate(text, zh, model), chinese, name);
  }
  assert.equal(await translate("untouched [[untouched]]"), "untouched");
  assert.equal(await translate("一。二。[[drops]]", zh), "[中] 一。");
});

test("loops and long translations stay in the script of the target", async () => {
  const loops = await translate("One here. [[loops]]");
  assert.match(loops, /^\[fr\] One here\. (that's it, ){20}that's it\.$/);
  assert.match(
    await translate("One here. [[loops]]", zh),
    /^\[中\] 银 红鹅\. (\p{sc=Han}+'\p{sc=Han} \p{sc=Han}, ){20}/u,
  );
  assert.match(await translate("One", fr, "@mock/translation/loops"), /(that's it, ){20}/);

  const text = "A text of some length, which has a tenth and a fivefold. ".repeat(3).trim();
  /** @type {[typeof fr, string][]} */
  const scripts = [
    [fr, "Latn"],
    [zh, "Hani"],
  ];
  for (const [target, letters] of scripts) {
    const right = await translate(text, target);
    for (const long of [
      await translate(`${text} [[long]]`, target),
      await translate(text, target, "@mock/translation/long"),
    ]) {
      assert.ok(long.startsWith(right));
      assert.ok(long.length >= 4 * right.length && long.length < 7 * right.length);
      assert.match(long, new RegExp(`^[\\p{sc=${letters}}\\P{L}]+$`, "u"));
      assert.doesNotMatch(long.slice(right.length), /(.{4,})\1\1\1/);
    }
    assert.ok((await translate("Hi [[long]]", target)).length > 30);
    const short = await translate(`${text} [[short]]`, target);
    assert.ok(short.length > 1 && short.length <= Math.ceil(right.length / 10));
  }
});

test("a text that fails", async () => {
  const failure = async (text) => {
    const { status, code } = await errorOf(M2M100, { text, ...fr });
    return [status, code];
  };
  assert.deepEqual(await failure("Hello [[error:3040]] world"), [429, 3040]);
  assert.deepEqual(await failure("[[error:3036]]"), [429, 3036]);
  assert.deepEqual(await failure("Hello [[error]]"), [500, 3043]);
  assert.deepEqual(await failure("Hello [[error:m2m100]]"), [500, 3043]);
  assert.equal(await translate("Hello [[error:llm]]"), "[fr] Hello");
  assert.equal(
    (await errorOf(INDIC, { text: "[[error]]", target_language: "tel_Telu" })).code,
    3043,
  );
});

test("commands for other engines, and other commands, are removed from the text", async () => {
  for (const command of [
    ...["missing", "fenced", "obeys", "swaps", "doubles", "quotes", "loops:llm", "empty:llm"],
    ...["inputs", "say:no", "think:no", "cached:1"],
  ]) {
    assert.equal(await translate(`Say [[${command}]] {0}`), "[fr] Say {0}", command);
  }
  assert.equal(await translate("Hello [[empty:m2m100]]"), "");
  assert.equal(await translate("one\n[[echo]] two [[empty]]\n three"), "one\ntwo\n three");
  assert.equal(await translate("[[1]] [[name]] [[]]"), "[fr] [[1]] [[name]] [[]]");
});

test("indictrans2 translates one text or several", async () => {
  const target_language = "tel_Telu";
  const translations = async (text) => (await json(INDIC, { text, target_language })).translations;
  assert.deepEqual(await translations("Hello"), ["[తఎల] బఎలలఒ"]);
  assert.deepEqual(await translations(["a", "b"]), ["[తఎల] అ", "[తఎల] బ"]);
  await assertRejected(INDIC, [
    ["no target", { text: "Hello" }, /are 'text,target_language'/],
    ["other target", { text: "Hello", target_language: "te" }, /must be one of 'asm_Beng'/],
    ["m2m100's names", { text: "Hello", ...fr }],
  ]);
});

test("indictrans2 has the letters of each of its scripts", async () => {
  const targets = (await import("./catalogue.mjs")).findModel(INDIC)?.target_languages;
  const scripts = new Set();
  for (const target_language of targets) {
    const [said] = (await json(INDIC, { text: "Hello", target_language })).translations;
    const script = target_language.slice(-4);
    assert.match(said, new RegExp(`^[\\p{sc=${script}}\\P{L}]+$`, "u"), target_language);
    scripts.add(script);
  }
  assert.ok(scripts.size > 10);
});
