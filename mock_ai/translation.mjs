/**
 * The task translation: m2m100 and indictrans2. What a translation looks like is in
 * languages.mjs, how it goes wrong in mistakes.mjs. Schemas: Cloudflare's documentation.
 */
import { AiError } from "./errors.mjs";
import { language, sameLanguage } from "./languages.mjs";
import { translation } from "./mistakes.mjs";
import { json } from "./respond.mjs";
import { conform } from "./schema.mjs";
import { choice, listOf, record, string, text } from "./shapes.mjs";
import { count } from "./tokens.mjs";

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
  const source = codeOf(inputs.source_lang ?? "en");
  const target = codeOf(inputs.target_lang);
  if (count(inputs.text) > LONGEST) {
    throw new AiError(3030, "Input is too long", { hint: `more than ${LONGEST} tokens` });
  }
  const into = source === target ? sameLanguage(target) : language(target);
  return json(call, {
    translated_text: translation(inputs.text, into, "m2m100", model.mistranslates),
  });
}

/** How the service takes a code that it does not have is not known: here it refuses. */
function codeOf(given) {
  const code = NAMES[given] ?? given;
  if (CODES.has(code)) return code;
  throw new AiError(3030, `Unsupported language: ${given}`);
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
  const into = language(inputs.target_language);
  return json(call, {
    translations: texts.map((one) => translation(one, into, "m2m100")),
  });
}
