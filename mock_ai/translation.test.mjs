import assert from "node:assert/strict";
import { test } from "node:test";
import { json, refusal, refused } from "./testing.mjs";

const M2M100 = "@cf/meta/m2m100-1.2b";
const INDIC = "@cf/ai4bharat/indictrans2-en-indic-1B";
const fr = { source_lang: "en", target_lang: "fr" };

async function translate(text, more = fr, model = M2M100) {
  return (await json(model, { text, ...more })).translated_text;
}

test("a translation is the text behind the code of its language", async () => {
  assert.equal(await translate("Hello world."), "[fr] Hello world.");
  assert.equal(await translate("Hello", { target_lang: "zh" }), "[zh] Hello");
  assert.equal(await translate("Hallo", { source_lang: "de", target_lang: "en" }), "[en] Hallo");
  assert.equal(await translate(" Two\nlines\n"), "[fr]  Two\nlines\n");
});

test("without a source it is English, and English to English is nothing to do", async () => {
  assert.equal(await translate("Bonjour", { target_lang: "en" }), "Bonjour");
  assert.equal(await translate("Bonjour", { source_lang: "fr", target_lang: "fr" }), "Bonjour");
});

test("names of languages that the documentation once had still work", async () => {
  const names = { source_lang: "english", target_lang: "chinese" };
  assert.equal(await translate("Hello", names), "[zh] Hello");
});

test("codes that the model lacks are refused", async () => {
  for (const more of [
    { source_lang: "auto", target_lang: "fr" },
    { source_lang: "", target_lang: "fr" },
    { target_lang: "ZH" },
    { target_lang: "zh-TW" },
    { target_lang: "te" },
  ]) {
    const { status, code } = await refusal(M2M100, { text: "Hello", ...more });
    assert.deepEqual([status, code], [400, 3030], JSON.stringify(more));
  }
});

test("what m2m100's schema and its positions refuse", async () => {
  await refused(M2M100, [
    ["no text", fr, /are 'text,target_lang'/],
    ["no target", { text: "Hello" }],
    ["empty", { text: "", ...fr }, /length of '\/text' must be >= 1/],
    ["several", { text: ["Hello"], ...fr }, /'string' not in 'array'/],
    ["null source", { text: "Hello", source_lang: null, target_lang: "fr" }],
  ]);
  assert.equal((await refusal(M2M100, { text: "word ".repeat(1025), ...fr })).code, 3030);
});

test("mistakes that users report, by a command in the text or by model", async () => {
  const text = "One here. Two here! 3 {name}.";
  const mistakes = {
    drops: "[fr] One here.",
    empty: "",
    echo: text,
    mangles: "[fr] One here. Two here! 3  { name } .",
  };
  for (const [name, expected] of Object.entries(mistakes)) {
    assert.equal(await translate(`${text} [[${name}]]`), expected, name);
    assert.equal(await translate(text, fr, `@mock/translation/${name}`), expected, name);
  }
  assert.match(await translate(`${text} [[loops]]`), /(that's it, ){20}that's it\.$/);
  assert.equal(await translate("一。二。[[drops]]"), "[fr] 一。");
});

test("letters of the target's script, where it has one of its own", async () => {
  const script = (text, target_lang) => translate(`${text} [[script]]`, { target_lang });
  const chinese = await script("Hello {0}, a 1.", "zh");
  assert.match(chinese, /^\p{sc=Han}{5} \{0\}, \p{sc=Han} 1\.$/u);
  assert.equal(await script("Hello {0}, a 1.", "zh"), chinese);
  assert.match(await script("Hello", "ru"), /^\p{sc=Cyrillic}{5}$/u);
  assert.equal(await script("Hello", "fr"), "Hello");
});

test("indictrans2 takes one text or several", async () => {
  const target_language = "tel_Telu";
  const translations = async (text) => (await json(INDIC, { text, target_language })).translations;
  assert.deepEqual(await translations("Hello"), ["[tel_Telu] Hello"]);
  assert.deepEqual(await translations(["a", "b"]), ["[tel_Telu] a", "[tel_Telu] b"]);
  await refused(INDIC, [
    ["no target", { text: "Hello" }, /are 'text,target_language'/],
    ["other target", { text: "Hello", target_language: "te" }, /must be one of 'asm_Beng'/],
    ["m2m100's names", { text: "Hello", ...fr }],
  ]);
});
