/**
 * Chat models that translate when they are told to.
 *
 * The instruction says "translat…" and "into" or "to" a language of languages.json. It stands in
 * the system text, and the user's text is what to translate; or it opens the user's text, as
 * front ends without a service of their own send it: "Translate to French:\n\nHello".
 */
import { language, languageAfterInto } from "./languages.mjs";
import { askedMistake, translation } from "./mistakes.mjs";
import { lastUser } from "./request.mjs";

const ENGINE = "llm";

/**
 * @typedef {{into: object, data: string, items: [string, string][]|undefined}} Task
 *   `items` where the data is a JSON object of texts
 * @returns {Task|undefined}
 */
export function translationTask({ messages }) {
  const system = messages
    .filter(({ role }) => role === "system" || role === "developer")
    .map(({ text }) => text)
    .join("\n");
  const text = lastUser(messages)?.text ?? "";
  const told = target(system);
  const [, opening = "", rest] = OPENING.exec(text) ?? [];
  const opened = target(opening);
  // Under an instruction of the system, one that says otherwise is a text like any other.
  const data = opened && opened === (told ?? opened) ? rest : text;
  const code = told ?? opened;
  if (!code || !data) return undefined;
  return { into: language(code, { keeps: true }), data, items: itemsOf(data) };
}

/** A first line that ends, or a part of it that ends with a colon, and what comes after it. */
const OPENING = /^([^\n]*?\S)(?::[ \t]|:?[ \t\r]*\n(?:\r?\n)?)(.*)$/su;

function target(instruction) {
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
export function answerTask({ into, data, items }, { mistranslates: usual }) {
  const makes = (name) => (text) => (askedMistake(text, ENGINE) ?? usual) === name;
  const translate = (text) => translation(text, into, ENGINE, usual);
  if (!items) return makes("fenced")(data) ? fence(translate(data)) : translate(data);

  const alone = items.length === 1;
  const answered = items.filter(([, text]) => alone || !makes("missing")(text));
  const answer = JSON.stringify(
    Object.fromEntries(answered.map(([key, text]) => [key, translate(text)])),
  );
  return items.some(([, text]) => makes("fenced")(text)) ? fence(answer, "json") : answer;
}

export function fence(text, kind = "") {
  return `\`\`\`${kind}\n${text}\n\`\`\``;
}
