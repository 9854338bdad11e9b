/**
 * Languages, and how a made-up translation into one looks: the text after the code of its
 * language, `[fr] Hello`, all of it in letters of the language's script, `[ук] белло`.
 *
 * languages.json, which tests/support/translations.py reads too:
 *
 * scripts    ISO 15924 code → the script's own letters, as the inside of a character class, and
 *            26 of them, in the order of the Latin ones that they replace; `weight` is how many
 *            Latin letters one of them replaces (default 1)
 * languages  code → script and English names
 * kept       patterns of what a chat model preserves: tags, placeholders, addresses
 */
import data from "./languages.json" with { type: "json" };

/** (97 + 7) % 26 = 0: "a" is the first letter of an alphabet. */
const TO_A = 7;

/** @type {Record<string, {own: string, letters: string, weight?: number}>} */
const SCRIPTS = data.scripts;

const scripts = Object.fromEntries(
  Object.entries(SCRIPTS).map(([id, { own, letters, weight = 1 }]) => [
    id,
    {
      own: new RegExp(`[${own}]`, "u"),
      foreign: new RegExp(`(?:(?![${own}])\\p{L}\\p{M}*)+`, "gu"),
      letters: Array.from(letters),
      weight,
    },
  ]),
);

const heavyScripts = Object.values(scripts).filter(({ weight }) => weight > 1);

const PRESERVED = new RegExp(`(${data.kept.join("|")})`, "u");
const ALL_PRESERVED = new RegExp(PRESERVED, "gu");

const CODES = new Map(
  Object.entries(data.languages).flatMap(([code, [, ...names]]) =>
    names.map((name) => [name, code]),
  ),
);

const NAME = [...CODES.keys()]
  .sort((a, b) => b.length - a.length)
  .map((name) => name.replace(/[()]/g, "\\$&"))
  .join("|");

const [INTO, TO] = ["[Ii]nto", "[Tt]o"].map(
  (word) => new RegExp(`\\b${word}\\s+(?:the\\s+)?["'*]*(${NAME})(?![\\p{L}-])`, "u"),
);

/** Returns the code of the first language after an `into`, or else after a `to`, or undefined. */
export function languageAfterInto(text) {
  const [, name] = INTO.exec(text) ?? TO.exec(text) ?? [];
  return CODES.get(name);
}

/** A code may end with its script, as in `zh-Hant` and `hin_Deva`. */
const CODE = /^(.+?)(?:[-_]([A-Z][a-z]{3}))?$/;

/**
 * @param code of languages.json, or with a script of its own: `hin_Deva`
 * @param keeps preserves tags and placeholders, as chat models do
 */
export function language(code, { keeps = false } = {}) {
  const [, bare, suffix] = CODE.exec(code) ?? [];
  const script = scripts[suffix ?? data.languages[code][0]];
  const spell = (text) =>
    keeps
      ? text
          .split(PRESERVED)
          .map((piece, index) => (index % 2 ? piece : transliterate(piece, script)))
          .join("")
      : transliterate(text, script);
  const mark = transliterate(`[${bare}] `, script);
  return { code: bare, mark, spell, translate: (text) => mark + spell(text) };
}

/** The target when source and target are one language: nothing changes. */
export function unchangedLanguage(code) {
  const same = (text) => text;
  return { code, mark: "", spell: same, translate: same };
}

/** Returns the tags, placeholders and addresses in a text. */
export function placeholdersIn(text) {
  return text.match(ALL_PRESERVED) ?? [];
}

/**
 * Replaces every letter of another script, with its marks, by one of this script. Letters with a
 * weight stand for several: five Latin letters become two Chinese characters, and those six
 * Latin letters.
 */
function transliterate(text, { foreign, letters, weight }) {
  return text.replace(foreign, (word) =>
    word
      .match(/\p{L}/gu)
      .flatMap((letter) =>
        Array.from({ length: weightOf(letter) }, (_, n) => letter.codePointAt(0) + n),
      )
      .filter((_, index) => index % weight === 0)
      .map((number) => letters[(number + TO_A) % letters.length])
      .join(""),
  );
}

function weightOf(letter) {
  return heavyScripts.find(({ own }) => own.test(letter))?.weight ?? 1;
}
