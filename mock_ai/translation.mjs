/**
 * Translation: m2m100 and indictrans2. See languages.mjs for what a translation looks like and
 * mistakes.mjs for how it goes wrong. Schemas: Cloudflare's documentation.
 */
import { AiError } from "./errors.mjs";
import { language, unchangedLanguage } from "./languages.mjs";
import { translateText } from "./mistakes.mjs";
import { jsonResponse } from "./respond.mjs";
import { requireValid } from "./schema.mjs";
import { choice, listOf, record, string, text } from "./shapes.mjs";
import { countTokens } from "./tokens.mjs";

export function run(call) {
  return call.model.inputs.includes("target_language") ? runIndicTrans(call) : runM2M100(call);
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

/** Names from older examples in the documentation. */
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

/** The model's number of positions. */
const MAX_TOKENS = 1024;

function runM2M100(call) {
  const { model, inputs } = call;
  requireValid(M2M100, inputs);
  const source = languageCode(inputs.source_lang ?? "en");
  const target = languageCode(inputs.target_lang);
  if (countTokens(inputs.text) > MAX_TOKENS) {
    throw new AiError(3030, "Input is too long", { hint: `more than ${MAX_TOKENS} tokens` });
  }
  const into = source === target ? unchangedLanguage(target) : language(target);
  return jsonResponse(call, {
    translated_text: translateText(inputs.text, into, "m2m100", model.mistranslates),
  });
}

/** What the service does with an unsupported code is not known; the mock rejects it. */
function languageCode(name) {
  const code = NAMES[name] ?? name;
  if (CODES.has(code)) return code;
  throw new AiError(3030, `Unsupported language: ${name}`);
}

// indictrans2

function runIndicTrans(call) {
  const { model, inputs } = call;
  const schema = record({
    text: { oneOf: [string, listOf(string)] },
    target_language: choice(...model.target_languages),
  });
  requireValid(schema, inputs);
  const texts = [inputs.text].flat();
  const target = language(inputs.target_language);
  return jsonResponse(call, {
    translations: texts.map((text) => translateText(text, target, "m2m100")),
  });
}
