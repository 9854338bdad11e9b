/**
 * Composes the mock's answers: a pure function of the request, so that tests can predict them.
 *
 * README.md documents the commands in double square brackets.
 *
 * @typedef {{thinking: string, text: string, finish: string,
 *   calls: {id: string, name: string, arguments: string}[]}} Answer
 */
import { parseCommands } from "./commands.mjs";
import { lastUserMessage } from "./request.mjs";
import { digest } from "./tokens.mjs";
import { answerTask, findTranslationTask } from "./translator.mjs";
import { callsInWords, schemaInWords, wantsFence } from "./words.mjs";

const WORDS =
  "alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november " +
  "oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu";

/** @returns {Answer} */
export function composeAnswer(model, request) {
  const user = lastUserMessage(request.messages)?.text ?? "";
  const commands = parseCommands(user);
  const calls = chooseCalls(request, commands);
  const text = calls.length ? (commands.say ?? "") : answerText(model, request, commands, user);
  return {
    thinking: request.effort === null ? "" : (commands.think ?? thinkingText(request.effort, user)),
    text,
    calls: calls.map(({ name, args }, index) => ({
      id: callId(request, name, args, index),
      name,
      arguments: JSON.stringify(args),
    })),
    finish: calls.length ? "tool_calls" : "stop",
  };
}

/** Builds an id that no other call of the conversation has, equal for equal requests. */
function callId({ messages }, name, args, index) {
  const key = `${name} ${JSON.stringify(args)} ${index} ${messages.length}`;
  return `chatcmpl-tool-${digest(key).slice(0, 16)}`;
}

function answerText(model, request, commands, user) {
  if (model.guard) return guardVerdict(request);
  const task = findTranslationTask(request);
  if (task?.items) return answerTask(task, model);
  if (commands.say !== undefined) return commands.say;
  if (commands.tokens !== undefined) return words(Number(commands.tokens));
  if (commands.inputs !== undefined) return JSON.stringify(request.inputs);
  if (commands.options !== undefined) return JSON.stringify(describeOptions(request.options));
  if (commands.model !== undefined) return model.id;
  const calls = callsInWords(request, commands.calls);
  if (calls) return calls;
  const schema = request.schema ?? schemaInWords(request);
  if (schema) return fence(request, JSON.stringify(schemaInstance(schema)));
  if (request.json) return JSON.stringify({ answer: echo(request, user) });
  const results = trailingResults(request.messages);
  if (results.length) {
    return results.map(({ name, text }) => `The tool ${name ?? "?"} answered: ${text}`).join(" ");
  }
  return task ? answerTask(task, model) : echo(request, user);
}

function fence(request, text) {
  return wantsFence(request) ? `\`\`\`json\n${text}\n\`\`\`` : text;
}

function echo(request, user) {
  const system = request.messages
    .filter(({ role }) => role === "system" || role === "developer")
    .map(({ text }) => text);
  const images = request.messages.flatMap((message) => message.images);
  return [
    `You said "${user}".`,
    system.length && `The system text is "${system.join(" ")}".`,
    images.length &&
      `Images: ${images.map(({ type, bytes }) => `${type} ${bytes} bytes`).join(", ")}.`,
    request.seed !== undefined && `Seed ${request.seed}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

const MAX_WORDS = 100_000;

export function words(amount) {
  const list = WORDS.split(" ");
  const length = Math.min(amount, MAX_WORDS);
  return Array.from({ length }, (_, index) => list[index % list.length]).join(" ");
}

const STEPS = { low: 2, medium: 5, on: 8, high: 10, xhigh: 15, max: 15 };

function thinkingText(effort, user) {
  const steps = Array.from({ length: STEPS[effort] }, (_, index) => ` Step ${index + 1}.`);
  return `Thinking about "${user}" with effort ${effort}.${steps.join("")}`;
}

/** Judges the whole conversation; an unsafe verdict begins with blank lines. */
function guardVerdict({ messages, json }) {
  const labels = messages.flatMap(({ text }) => (parseCommands(text).unsafe ?? "").split(","));
  const categories = [...new Set(labels.filter(Boolean))];
  if (json) return JSON.stringify({ safe: categories.length === 0, categories });
  return categories.length ? `\n\nunsafe\n${categories.join(",")}` : "safe";
}

// A PyProxy or an AbortSignal is not JSON: only report whether there is one.
function describeOptions({ signal, ...rest }) {
  return { ...rest, signal: signal !== undefined };
}

// Tools

function chooseCalls(request, commands) {
  const { tools, toolChoice } = request;
  if (!tools.length || toolChoice === "none") return [];
  if (toolChoice.name)
    return [
      forcedCall(
        tools.find(({ name }) => name === toolChoice.name),
        commands,
      ),
    ];
  if (toolChoice === "required")
    return commands.calls.length ? commands.calls : [forcedCall(tools[0], commands)];
  if (trailingResults(request.messages).length) return [];
  if (commands.calls.length) return commands.calls;
  const demanded = demandedTool(request);
  return demanded ? [forcedCall(demanded, commands)] : [];
}

/** Returns the tool that a text demands to be called, as a model does that has no tool_choice. */
function demandedTool({ tools, messages }) {
  const texts = [...messages.filter(({ role }) => role === "system"), lastUserMessage(messages)];
  const demand = texts
    .map((message) => /\bmust call\b.*|\bcall it now\b.*/is.exec(message?.text ?? ""))
    .find(Boolean)?.[0];
  return demand && (tools.find(({ name }) => demand.includes(`function ${name}`)) ?? tools[0]);
}

function forcedCall(tool, commands) {
  const requested = commands.calls.find(({ name }) => name === tool.name);
  return {
    name: tool.name,
    args: requested?.args ?? schemaInstance(tool.parameters ?? { type: "object" }),
  };
}

/** Returns the tool messages at the end of a conversation, each with the name of its tool. */
function trailingResults(messages) {
  const start = messages.findLastIndex(({ role }) => role !== "tool" && role !== "function") + 1;
  const names = new Map(
    messages.flatMap(({ calls }) =>
      calls.map((call) => [call.call_id ?? call.id, call.function?.name ?? call.name]),
    ),
  );
  return messages
    .slice(start)
    .map(({ name, callId, text }) => ({ name: name ?? names.get(callId), text }));
}

// Instances of JSON schemas

const FORMATS = {
  "date-time": "2026-01-02T03:04:05Z",
  date: "2026-01-02",
  time: "03:04:05Z",
  email: "mock@example.com",
  uri: "https://example.com/",
  uuid: "00000000-0000-4000-8000-000000000000",
  ipv4: "192.0.2.1",
};

const MAX_DEPTH = 8;
const MAX_VALUES = 2000;
const MAX_LENGTH = 1000;

/**
 * Builds the smallest value that fits a schema and has every property: strings are the name of
 * their property, numbers as small as allowed, enums their first value. A recursive schema ends
 * where its optional properties can be omitted.
 */
export function schemaInstance(root) {
  let remaining = MAX_VALUES;

  function build(schema, name, depth) {
    remaining -= 1;
    if (typeof schema !== "object" || schema === null || remaining < 0) return null;
    const inner = (part, partName = name) => build(part, partName, depth + 1);
    if (schema.$ref) return inner(resolve(root, schema.$ref));
    if ("const" in schema) return schema.const;
    if (Array.isArray(schema.enum)) return schema.enum[0] ?? null;
    const branches = [schema.anyOf ?? schema.oneOf ?? []].flat();
    if (branches.length) return inner(branches.find((part) => part?.type !== "null"));
    if (Array.isArray(schema.allOf))
      return Object.assign({}, ...schema.allOf.map((part) => inner(part)));

    switch ([schema.type ?? guessType(schema)].flat().find((type) => type !== "null")) {
      case "object": {
        const properties = Object.entries(schema.properties ?? {}).filter(
          ([key]) => depth < MAX_DEPTH || schema.required?.includes(key),
        );
        return Object.fromEntries(properties.map(([key, part]) => [key, inner(part, key)]));
      }
      case "array": {
        const minimum = Math.min(schema.minItems ?? 0, MAX_LENGTH);
        const length =
          depth < MAX_DEPTH ? Math.max(minimum, schema.maxItems === 0 ? 0 : 1) : minimum;
        return Array.from({ length }, (_, index) =>
          inner(schema.prefixItems?.[index] ?? schema.items ?? { type: "string" }),
        );
      }
      case "integer":
      case "number": {
        const low = schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1;
        const high = schema.maximum ?? (schema.exclusiveMaximum ?? Infinity) - 1;
        const value = Math.min(low, high);
        const step = schema.multipleOf;
        return step ? Math.ceil(value / step) * step : value;
      }
      case "boolean":
        return true;
      case "string": {
        const value = FORMATS[schema.format] ?? name;
        return value
          .padEnd(Math.min(schema.minLength ?? 0, MAX_LENGTH), "x")
          .slice(0, schema.maxLength);
      }
      default:
        return null;
    }
  }

  return build(root, "text", 0);
}

function guessType(schema) {
  if (schema.properties) return "object";
  return schema.items ? "array" : "string";
}

function resolve(root, ref) {
  const keys = String(ref).replace(/^#\/?/, "").split("/").filter(Boolean);
  return keys.reduce((part, key) => part?.[key.replace(/~1/g, "/").replace(/~0/g, "~")], root);
}
