import assert from "node:assert/strict";
import { test } from "node:test";
import data from "./languages.json" with { type: "json" };
import { language, languageAfterInto } from "./languages.mjs";

/** Scripts that Unicode has under other names, or as several. */
const UNICODE = { Hans: ["Hani"], Hant: ["Hani"], Jpan: ["Hira", "Kana"] };

const to = (code, text, options) => language(code, options).translate(text);

test("a translation: the code of the language and the text, in letters of its script", () => {
  const text = "Hello world, {0} and 你好.";
  const expected = {
    fr: "[fr] Hello world, {0} and vwxklm.",
    "pt-BR": "[pt-BR] Hello world, {0} and vwxklm.",
    ru: "[ру] белло шорлд, {0} анд вшьклм.",
    uk: "[ук] белло шорлд, {0} анд вшьклм.",
    zh: "[中] 贝龙 问龙, {0} 爱 你好.",
    "zh-Hant": "[中] 貝龍 問龍, {0} 愛 你好.",
    ja: "[じ] ばりお わらだ, {0} あだ びしり.",
    ko: "[한] 바라오 위로다, {0} 아다 비시라.",
    sr: "[ср] белло шорлд, {0} анд вшьклм.",
    "sr-Latn": "[sr] Hello world, {0} and vwxklm.",
    tel_Telu: "[తఎల] బఎలలఒ భఒరలద, {0} అనద వభశకలమ.",
  };
  for (const [code, said] of Object.entries(expected)) assert.equal(to(code, text), said, code);
});

test("letters of the script stay with their accents, and so do other characters", () => {
  assert.equal(to("de", "Größe: naïve ﬁ Ａ\r\n\t½ № 5."), "[de] Größe: naïve ﬁ Ａ\r\n\t½ № 5.");
  assert.equal(to("uk", "Її ґанок"), "[ук] Її ґанок");
  assert.equal(to("hi", "हिन्दी"), "[हइ] हिन्दी");
  assert.equal(to("zh", "繁體々〇𠀀"), "[中] 繁體々〇𠀀");
  assert.equal(to("ja", "カタカナー"), "[じ] カタカナー");
});

test("a letter is replaced with its marks", () => {
  assert.match(to("en", "हिन्दी"), /^\[en\] [a-z]{3}$/);
  assert.match(to("ru", "e\u0301a\u0308"), /^\[ру\] \p{sc=Cyrl}{2}$/u);
  assert.equal(to("en", "e\u0301"), "[en] e\u0301");
});

test("lengths are roughly those of real translations", () => {
  const english = "The quick brown fox jumps over the lazy dog and runs back into the forest.";
  const length = (code, text) => language(code).spell(text).length;
  /** @type {[string, number, number][]} */
  const bounds = [
    ["zh", 0.3, 0.55],
    ["ja", 0.5, 0.75],
    ["ko", 0.5, 0.75],
    ["ru", 1, 1],
    ["th", 1, 1],
  ];
  for (const [code, least, most] of bounds) {
    const ratio = length(code, english) / english.length;
    assert.ok(ratio >= least && ratio <= most, `${code} ${ratio}`);
  }
  assert.equal(length("en", "你好世界"), 12);
  assert.equal(length("en", "안녕"), 4);
  assert.equal(length("ja", "你好世界"), 6);
  assert.equal(length("ko", "ひらがな"), 4);
});

test("every alphabet has 26 different letters of its script", () => {
  for (const [id, { letters, own }] of Object.entries(data.scripts)) {
    const all = Array.from(letters);
    assert.deepEqual([all.length, new Set(all).size], [26, 26], id);
    const names = (UNICODE[id] ?? [id]).map((name) => `\\p{sc=${name}}`).join("");
    assert.match(letters, new RegExp(`^(?:(?=[${own}])[${names}])+$`, "u"), id);
    assert.match(letters, /^\p{L}+$/u, id);
  }
});

test("a script has its own letters and those of no script", () => {
  for (const [id, { own }] of Object.entries(data.scripts)) {
    const names = (UNICODE[id] ?? [id]).map((name) => `\\p{sc=${name}}`).join("");
    const [owns, is] = [`[${own}]`, `[${names}]`].map((part) => new RegExp(part, "u"));
    const nobodys = /[\p{sc=Zyyy}\p{sc=Zinh}]/u;
    for (let point = 0; point < 0x32000; point++) {
      const letter = String.fromCodePoint(point);
      if (!/\p{L}/u.test(letter) || owns.test(letter) === is.test(letter)) continue;
      assert.ok(nobodys.test(letter), `${id} U+${point.toString(16)}`);
    }
  }
});

test("no two languages look the same", () => {
  const codes = Object.keys(data.languages);
  const seen = new Map(codes.map((code) => [to(code, "Hello"), code]));
  // Cantonese and Mandarin differ in their codes, the two ways to write Mandarin in their letters.
  assert.deepEqual(
    codes.filter((code) => seen.get(to(code, "Hello")) !== code),
    [],
  );
  for (const said of seen.keys()) assert.match(said, /^\[[\p{L}-]+\] \S+$/u);
});

test("what chat models preserve", () => {
  const kept =
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder in a text to translate
    "<1> </1> <2/> <a id=1> </a> <br> <!-- a b --> {0} {name} {{a.b}} {v1} ${x} %s %1$s %d %(n)s " +
    "%@ %.2f %3C @0# [1] [[2]] :name: &nbsp; &#39; &#x27; https://a.b/c?d=e#f me@example.com";
  assert.equal(language("ru", { keeps: true }).spell(kept), kept);
  assert.match(language("ru").spell(kept), /^<1> <\/1> <2\/> <а ид=1>/);
  const around = "a<1>b</1>c {d}e 100% f a < b";
  assert.equal(language("ru", { keeps: true }).spell(around), "а<1>б</1>ц {d}е 100% ф а < б");
});

test("finds languages by their English names, after into or else to", () => {
  const named = {
    "from English into Simplified Chinese.": "zh",
    "into Chinese (Traditional)": "zh-Hant",
    "into Traditional Chinese": "zh-Hant",
    "to Simplified Chinese Language (output only)": "zh",
    "into the French language": "fr",
    'into "French"': "fr",
    "to Brazilian Portuguese": "pt-BR",
    "into European Portuguese": "pt-PT",
    "into British English": "en-GB",
    "Into Latin American Spanish": "es-MX",
    "into Latin": "la",
    "into Serbian (Latin)": "sr-Latn",
    "into Odia (Oriya)": "or",
    "into Telugu": "te",
    "into Basque": "eu",
    "into Kurdish": "ku",
    "true to English style, into German": "de",
  };
  for (const [text, code] of Object.entries(named)) {
    assert.equal(languageAfterInto(text), code, text);
  }
  for (const [code, [, ...names]] of Object.entries(data.languages)) {
    for (const name of names) assert.equal(languageAfterInto(`into ${name}:`), code, name);
  }
  for (const text of ["from French", "to polish it", "into Dothraki", "into Frenchmen", ""]) {
    assert.equal(languageAfterInto(text), undefined, text);
  }
});
