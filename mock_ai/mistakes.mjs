/**
 * Mistakes in translations, as users of m2m100 and of chat models report them. README.md lists
 * them.
 */
import { parseCommands } from "./commands.mjs";
import { AiError, ERRORS } from "./errors.mjs";
import { placeholdersIn } from "./languages.mjs";

const FIRST_SENTENCE = /^.*?[.!?。！？](?=\s|$|\P{P})|.*/su;

/** Mistakes of both engines: functions of a text and its target language, see languages.mjs. */
const COMMON_MISTAKES = {
  drops: (said, into) => into.translate(said.match(FIRST_SENTENCE)?.[0]),
  loops: (said, into) => into.translate(`${said} ${"that's it, ".repeat(20)}that's it.`),
  empty: () => "",
  echo: (said) => said,
  untouched: (said) => said,
  mangles: (said, into) =>
    into.mark +
    into
      .spell(said)
      .replace(/[[\]{}<>@#%$]/g, " $& ")
      .trim(),
  script: (said, into) => `[${into.code}] ${said}`,
  chatter: (said, into) => `Here is the translation: ${into.translate(said)}`,
  long: (said, into) => into.translate(`${said} ${filler(4 * said.length + 100)}`),
  short: (said, into) => {
    const letters = Array.from(into.spell(said));
    return letters.slice(0, Math.ceil(letters.length / 10)).join("");
  },
};

const translate = (said, into) => into.translate(said);

/** Mistakes of chat models; `missing` and `fenced` concern the whole answer, see translator.mjs. */
const CHAT_MISTAKES = {
  missing: translate,
  fenced: translate,
  obeys: () => "OK, I will do that.",
  swaps: (said, into) => into.translate(said).replace(/(<(\w+)[^<>]*>)(.*?)(<\/\2>)/s, "$4$3$1"),
  doubles: (said, into) => {
    const placeholders = placeholdersIn(said);
    const doubled =
      placeholders.find((placeholder) => !/^<.*[^/]>$/s.test(placeholder)) ?? placeholders[0] ?? "";
    return into.translate(said).replace(doubled, () => doubled + doubled);
  },
  quotes: (said, into) => `"${into.translate(said)}"`,
};

/** Engine → its mistakes. */
export const MISTAKES = { m2m100: COMMON_MISTAKES, llm: { ...COMMON_MISTAKES, ...CHAT_MISTAKES } };

const COMMANDS = [
  ...Object.keys(MISTAKES.llm),
  ...["error", "say", "tokens", "call", "think", "inputs", "options", "model", "cached", "unsafe"],
].join("|");
const COMMAND = `\\[\\[(?:${COMMANDS})(?::[^\\]]*)?\\]\\]`;
const STRIPPED = new RegExp(`^(?:${COMMAND}[ \\t]*)+|[ \\t]*${COMMAND}`, "gm");

/** The code of a bare `[[error]]`. */
const DEFAULT_ERROR = 3043;

/** Returns the mistake that a command in the text requests of this engine, or undefined. */
export function requestedMistake(text, engine) {
  const commands = parseCommands(text);
  return Object.keys(commands).find(
    (name) => Object.hasOwn(MISTAKES[engine], name) && ["", engine].includes(commands[name]),
  );
}

/**
 * Translates a text, with the mistake that is requested or usual for the model.
 *
 * @param engine a key of MISTAKES
 * @param defaultMistake the mistake that the model always makes
 * @throws AiError where the text says `[[error]]`
 */
export function translateText(text, into, engine, defaultMistake) {
  failIfRequested(parseCommands(text).error, engine);
  const stripped = text.replace(STRIPPED, "");
  const mistake = MISTAKES[engine][requestedMistake(text, engine) ?? defaultMistake] ?? translate;
  return mistake(stripped, into);
}

function failIfRequested(code, engine) {
  if (code === undefined) return;
  if (Object.hasOwn(ERRORS, code)) throw new AiError(Number(code));
  if (["", engine].includes(code)) throw new AiError(DEFAULT_ERROR);
}

/** Returns random words: too long, but not repetitive. */
function filler(length) {
  let state = length;
  const random = (sides) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
  const word = () =>
    Array.from({ length: 3 + random(6) }, () => String.fromCharCode(97 + random(26)));
  let text = word().join("");
  while (text.length < length) text += ` ${word().join("")}`;
  return `${text}.`;
}
