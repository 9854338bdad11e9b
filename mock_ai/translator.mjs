/**
 * Chat models that translate when instructed to.
 *
 * An instruction has "translat…" and "into" or "to" a language of languages.json. It is in the
 * system text, and the user's text is to be translated; or it begins the user's text, as front
 * ends without a service of their own send it: "Translate to French:\n\nHello".
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
  // Under a system instruction, a different one in the user's text is text to translate.
  const data = openingTarget && openingTarget === (systemTarget ?? openingTarget) ? rest : text;
  const code = systemTarget ?? openingTarget;
  if (!code || !data) return undefined;
  return { into: language(code, { keeps: true }), data, items: itemsOf(data) };
}

/** The first line, or the part of it up to a colon, and the rest of the text. */
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

/** Returns the whole answer: JSON with the keys of the items, or plain text. */
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
