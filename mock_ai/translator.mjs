/**
 * Chat models that translate when they are told to.
 *
 * The instruction says "translat…" and "into" or "to" a language of languages.json. It stands in
 * the system text, and the user's text is what to translate; or it opens the user's text, as
 * front ends without a service of their own send it: "Translate to French:\n\nHello".
 */
import { language, languageAfterInto } from "./languages.mjs";
import { requestedMistake, translateText } from "./mistakes.mjs";
import { lastUserMessage } from "./request.mjs";

const ENGINE = "llm";

/**
 * @typedef {{into: object, data: string, items: [string, string][]|undefined}} Task
 *   `items` where the data is a JSON object of texts
 * @returns {Task|undefined}
 */
export function findTranslationTask({ messages }) {
  const system = messages
    .filter(({ role }) => role === "system" || role === "developer")
    .map(({ text }) => text)
    .join("\n");
  const text = lastUserMessage(messages)?.text ?? "";
  const systemTarget = targetOf(system);
  const [, opening = "", rest] = OPENING.exec(text) ?? [];
  const openingTarget = targetOf(opening);
  // Under an instruction of the system, one that says otherwise is a text like any other.
  const data = openingTarget && openingTarget === (systemTarget ?? openingTarget) ? rest : text;
  const code = systemTarget ?? openingTarget;
  if (!code || !data) return undefined;
  return { into: language(code, { keeps: true }), data, items: itemsOf(data) };
}

/** A first line that ends, or a part of it that ends with a colon, and what comes after it. */
const OPENING = /^([^\n]*?\S)(?::[ \t]|:?[ \t\r]*\n(?:\r?\n)?)(.*)$/su;

function targetOf(instruction) {
  return /\btranslat/i.test(instruction) ? languageAfterInto(instruction) : undefined;
}

function itemsOf(data) {
  if (!data.trimStart().startsWith("{")) return undefined;
  try {
    const items = Object.entries(JSON.parse(data));
    const texts = items.length > 0 && items.every(([, text]) => typeof text === "string");
    return texts ? items : undefined;
  } catch {
    return undefined;
  }
}

/** @returns the whole answer: JSON with the keys of the items, or plain text */
export function answerTask({ into, data, items }, { mistranslates: defaultMistake }) {
  const makes = (name) => (text) => (requestedMistake(text, ENGINE) ?? defaultMistake) === name;
  const translate = (text) => translateText(text, into, ENGINE, defaultMistake);
  if (!items) return makes("fenced")(data) ? fence(translate(data)) : translate(data);

  const isSingle = items.length === 1;
  const answered = items.filter(([, text]) => isSingle || !makes("missing")(text));
  const answer = JSON.stringify(
    Object.fromEntries(answered.map(([key, text]) => [key, translate(text)])),
  );
  return items.some(([, text]) => makes("fenced")(text)) ? fence(answer, "json") : answer;
}

export function fence(text, kind = "") {
  return `\`\`\`${kind}\n${text}\n\`\`\``;
}
