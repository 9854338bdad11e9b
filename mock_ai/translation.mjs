/**
 * Translation that anybody can read: the text behind the code of its language, `[fr] Hello`.
 *
 * Schemas: Cloudflare's documentation. Mistakes: those that users of m2m100 report.
 */
import { parse } from "./commands.mjs";
import { AiError } from "./errors.mjs";
import { json } from "./respond.mjs";
import { conform } from "./schema.mjs";
import { choice, listOf, record, string, text } from "./shapes.mjs";
import { count, hash } from "./tokens.mjs";

export function run(call) {
  return call.model.inputs.includes("target_language") ? indic(call) : manyToMany(call);
}

// m2m100

const M2M100 = record({ text, source_lang: string, target_lang: string }, ["text", "target_lang"]);

const CODES = new Set(
  (
    "af am ar ast az ba be bg bn br bs ca ceb cs cy da de el en es et fa ff fi fr fy ga gd gl gu " +
    "ha he hi hr ht hu hy id ig ilo is it ja jv ka kk km kn ko lb lg ln lo lt lv mg mk ml mn mr " +
    "ms my ne nl no ns oc or pa pl ps pt ro ru sd si sk sl so sq sr ss su sv sw ta th tl tn tr " +
    "uk ur uz vi wo xh yi yo zh zu"
  ).split(" "),
);

/** Names that the documentation used to have in its examples. */
const NAMES = {
  english: "en",
  chinese: "zh",
  french: "fr",
  spanish: "es",
  arabic: "ar",
  russian: "ru",
  german: "de",
  japanese: "ja",
  portuguese: "pt",
  hindi: "hi",
};

/** Positions that the model has. */
const LONGEST = 1024;

function manyToMany(call) {
  const { model, inputs } = call;
  conform(M2M100, inputs);
  const source = language(inputs.source_lang ?? "en");
  const target = language(inputs.target_lang);
  if (count(inputs.text) > LONGEST) {
    throw new AiError(3030, "Input is too long", { hint: `more than ${LONGEST} tokens` });
  }
  return json(call, {
    translated_text: translate(inputs.text, source, target, model.mistranslates),
  });
}

/** How the service takes a code that it does not have is not known: here it refuses. */
function language(given) {
  const code = NAMES[given] ?? given;
  if (CODES.has(code)) return code;
  throw new AiError(3030, `Unsupported language: ${given}`);
}

/**
 * @param usual a key of MISTAKES that the model always makes; `[[drops]]` and the like in the
 *   text ask for one
 */
function translate(given, source, target, usual) {
  const asked = Object.keys(MISTAKES).find((name) => parse(given)[name] !== undefined);
  const said = given.replace(/\s*\[\[[a-z]+\]\]\s*/g, (command) =>
    command.trim().slice(2, -2) in MISTAKES ? "" : command,
  );
  const mistake = asked ?? usual;
  if (mistake) return MISTAKES[mistake](said, target);
  return source === target ? said : `[${target}] ${said}`;
}

const MISTAKES = {
  drops: (said, target) => `[${target}] ${/^.*?[.!?。！？](?=\s|$|\P{P})|.*/su.exec(said)[0]}`,
  loops: (said, target) => `[${target}] ${said} ${"that's it, ".repeat(20)}that's it.`,
  empty: () => "",
  echo: (said) => said,
  mangles: (said, target) =>
    `[${target}] ${said.replace(/[[\]{}<>@#%$]/g, (sign) => ` ${sign} `).trim()}`,
  script: (said, target) => respell(said, target),
};

// Code of a language: letters of its script, with which words are spelt anew. Latin ones stay.
const SCRIPTS = {
  am: "አበገደሀወዘሐጠየ",
  ar: "ابتثجحخدذر",
  bg: "абвгдежзик",
  bn: "অআকখগঘচছজট",
  el: "αβγδεζηθικ",
  fa: "ابپتثجچحخد",
  gu: "અઆકખગઘચછજટ",
  he: "אבגדהוזחטי",
  hi: "अआकखगघचछजट",
  hy: "աբգդեզէըթժ",
  ja: "あいうえおかきくけこ",
  ka: "აბგდევზთიკ",
  km: "កខគឃងចឆជឈញ",
  kn: "ಅಆಕಖಗಘಚಛಜಟ",
  ko: "가나다라마바사아자차",
  lo: "ກຂຄງຈສຊຍດຕ",
  ml: "അആകഖഗഘചഛജട",
  mr: "अआकखगघचछजट",
  my: "ကခဂဃငစဆဇဈည",
  ne: "अआकखगघचछजट",
  or: "ଅଆକଖଗଘଚଛଜଟ",
  pa: "ਅਆਕਖਗਘਚਛਜਟ",
  ru: "абвгдежзик",
  si: "අආකඛගඝචඡජට",
  sr: "абвгдежзик",
  ta: "அஆகஙசஞடணதந",
  th: "กขคงจฉชซญด",
  uk: "абвгдежзик",
  ur: "ابپتٹثجچحخ",
  yi: "אבגדהוזחטי",
  zh: "天地玄黄宇宙洪荒日月",
};

/** Every letter becomes one of the target's script; digits, blanks and other signs stay. */
function respell(said, target) {
  const letters = SCRIPTS[target.slice(0, 2)];
  if (!letters) return said;
  return said.replace(/\p{L}/gu, (letter) => letters[hash(letter) % letters.length]);
}

// indictrans2

function indic(call) {
  const { model, inputs } = call;
  const schema = record({
    text: { oneOf: [string, listOf(string)] },
    target_language: choice(...model.target_languages),
  });
  conform(schema, inputs);
  const texts = [inputs.text].flat();
  return json(call, {
    translations: texts.map((one) => translate(one, "eng_Latn", inputs.target_language)),
  });
}
