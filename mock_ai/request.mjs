/**
 * Reads a text generation call into one form for every dialect.
 *
 * @typedef {{role: string, text: string, images: {type: string, bytes: number}[],
 *   calls: object[], name?: string, callId?: string}} Message
 * @typedef {"chat" | "completion" | "responses"} Kind
 * @typedef {{kind: Kind, messages: Message[], tools: object[],
 *   toolChoice: "none"|"auto"|"required"|{name: string}, schema: object|null, json: boolean,
 *   maxTokens: number|undefined, stop: string[], seed: number|undefined, stream: boolean,
 *   effort: string|null, logprobs: number|null, inputs: object, options: object}} Request
 */
import { AiError } from "./errors.mjs";

/**
 * @param kind the result of `validate`
 * @returns {Request}
 */
export function readRequest(model, kind, inputs, options) {
  // A parameter that is not in the model's list has no effect; without a list, all are read.
  const take = (name) =>
    !model.inputs || model.inputs.includes(name) ? (inputs[name] ?? undefined) : undefined;
  const messages = { chat, completion, responses }[kind](model, inputs);
  const { schema, json } = jsonMode(model, kind, take);
  const tools = kind === "completion" ? [] : (take("tools") ?? []);
  return {
    kind,
    messages,
    tools: tools.map((tool) => tool.function ?? tool),
    toolChoice: toolChoice(inputs.tool_choice),
    schema,
    json,
    maxTokens: maxTokens(model, kind, take),
    stop: [take("stop") ?? []].flat(),
    seed: take("seed"),
    stream: take("stream") === true,
    effort: effort(model, kind, inputs, messages),
    logprobs: logprobs(take),
    inputs,
    options,
  };
}

export function lastUserMessage(messages) {
  return messages.findLast((message) => message.role === "user");
}

function chat(model, inputs) {
  const messages = inputs.messages.map((message) => ({
    role: message.role,
    ...content(model, message.content),
    calls: objects(message.tool_calls),
    name: message.name,
    callId: message.tool_call_id,
  }));
  if (Array.isArray(inputs.image)) {
    const bytes = Uint8Array.from(inputs.image);
    lastUserMessage(messages)?.images.push({ type: imageType(bytes), bytes: bytes.length });
  }
  return messages;
}

/** What of a value that no schema has looked at can be read. */
function objects(value) {
  return Array.isArray(value) ? value.filter((item) => item && typeof item === "object") : [];
}

function completion(model, inputs) {
  return chat(model, { ...inputs, messages: [{ role: "user", content: inputs.prompt }] });
}

function responses(model, inputs) {
  const given =
    typeof inputs.input === "string" ? [{ role: "user", content: inputs.input }] : inputs.input;
  const items = given.map((item) => {
    switch (item.type ?? "message") {
      case "message":
        return item;
      case "function_call":
        return { role: "assistant", content: "", tool_calls: [item] };
      case "function_call_output":
        return { role: "tool", content: item.output, tool_call_id: item.call_id };
      case "reasoning":
        return { role: "assistant", content: "" };
      default:
        throw new AiError(5006, `Error: '/input' items may not be of type '${item.type}'`);
    }
  });
  if (inputs.instructions) items.unshift({ role: "system", content: inputs.instructions });
  return chat(model, { messages: items });
}

function content(model, value) {
  if (typeof value === "string") return { text: value, images: [] };
  const images = [];
  const texts = objects(value).map((part) => {
    const url = part.image_url?.url ?? part.image_url;
    if (typeof url !== "string") return String(part.text ?? part.refusal ?? "");
    // Models without vision read the URL as text, and it fills their context.
    if (!model.vision) return url;
    images.push(image(url));
    return "";
  });
  return { text: texts.join(""), images };
}

function image(url) {
  const match = /^data:([^;,]*);base64,(.*)$/s.exec(url);
  if (!match) {
    const hint = "image_url takes data: URLs only";
    throw new AiError(5006, "Error: image_url must be a data URL, HTTP URL will not be accepted", {
      hint,
    });
  }
  const [, type, data] = match;
  if (data.length % 4 || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) throw new AiError(5004);
  const padding = data.length - data.indexOf("=");
  return { type, bytes: (data.length / 4) * 3 - (data.endsWith("=") ? padding : 0) };
}

/** @type {[string, number[]][]} */
const MAGIC = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/gif", [0x47, 0x49, 0x46]],
  ["image/webp", [0x52, 0x49, 0x46, 0x46]],
];

function imageType(bytes) {
  const match = MAGIC.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte));
  return match?.[0] ?? "application/octet-stream";
}

function toolChoice(value) {
  if (value && typeof value === "object") return { name: value.function?.name ?? value.name };
  return value ?? "auto";
}

/** @returns {{schema: object|null, json: boolean}} whether the answer is JSON, and its schema */
function jsonMode(model, kind, take) {
  const format = (kind === "responses" ? take("text")?.format : take("response_format")) ?? {};
  // mistral-small, qwq and llama-4-scout have guided_json, which is the schema itself.
  const guided = model.asked === "native" ? take("guided_json") : undefined;
  if (guided) return { schema: guided, json: true };
  if (format.type === "json_schema") return { schema: schemaOf(model, format), json: true };
  return { schema: null, json: format.type === "json_object" };
}

function schemaOf(model, format) {
  const schema = format.json_schema ?? format;
  if (model.asked !== "native") return schema.schema ?? schema;
  if (!model.jsonSchema) throw new AiError(5025);
  if (typeof schema !== "object" || ("schema" in schema && !("type" in schema))) {
    const hint = "native models take the bare schema in json_schema, not OpenAI's envelope";
    throw new AiError(5024, undefined, { hint });
  }
  return schema;
}

function maxTokens(model, kind, take) {
  if (kind === "responses") return take("max_output_tokens");
  return take("max_completion_tokens") ?? take("max_tokens") ?? model.limits?.max_tokens?.default;
}

function logprobs(take) {
  const value = take("logprobs");
  if (value === undefined || value === false) return null;
  return value === true ? (take("top_logprobs") ?? 0) : value;
}

/** Returns the reasoning effort of a call, null if the model does not think. */
function effort(model, kind, inputs, messages) {
  const {
    supported,
    control = {},
    default: defaults = {},
    can_disable,
    aliases = {},
    soft_switch,
  } = model.reasoning ?? {};
  // A bare prompt bypasses the chat template, and so the thinking.
  if (!supported || (kind === "completion" && model.wire !== "native")) return null;
  const instructions = [
    ...messages.filter(({ role }) => role === "system"),
    lastUserMessage(messages),
  ];
  if (soft_switch && instructions.some((message) => message?.text.includes(soft_switch)))
    return null;

  const template = inputs.chat_template_kwargs ?? {};
  const switched = "chat_template_kwargs.enable_thinking" in control;
  if (can_disable && switched && template.enable_thinking === false) return null;

  const level = defaults.reasoning_effort ?? (template.low_effort ? "low" : "on");
  if (!("reasoning_effort" in control)) return level;
  const requested = kind === "responses" ? inputs.reasoning?.effort : inputs.reasoning_effort;
  if (requested === undefined || (requested === null && kind === "responses")) return level;
  const resolved = requested === null ? "none" : (aliases[requested] ?? requested);
  if (resolved !== "none") return resolved;
  return can_disable ? null : level;
}
