/**
 * The models of the mock: the rows of data/models.json plus traits that only a mock needs.
 */
import data from "../data/models.json" with { type: "json" };
import { quirk } from "./quirks.mjs";

/**
 * A row of data/models.json; data/README.md documents the optional fields.
 *
 * @typedef {{id: string, task: string, status: string, [key: string]: any}} Row
 */

/** @type {Row[]} */
export const rows = data.models;
export const usdPerNeuron = data.usd_per_1000_neurons / 1000;

/**
 * A model added after data/models.json was made: listed by `models()`, and it answers.
 * @type {Row}
 */
export const NEW_MODEL = {
  id: "@cf/mock/brand-new-1b",
  task: "Text Generation",
  status: "current",
  wire: "openai",
  context_window: 16000,
  tools: true,
  reasoning: { supported: false },
  price: { per_m_input_tokens: 1000, per_m_output_tokens: 2000 },
};

const byId = new Map([...rows, NEW_MODEL].map((row) => [row.id, row]));

/**
 * Whose schema a text model's inputs follow, and the format of its answers. Both are read off what
 * is published of it, the names of its inputs and the shape of its answers; neither follows from
 * the other.
 *
 * @param {Partial<Row>} row
 */
function formats({ inputs, output, asked, wire }) {
  const shape = output?.shape ?? "";
  const published = shape.startsWith("{response") ? "native" : undefined;
  const answers = shape.includes("Responses") ? "responses" : shape && (published ?? "openai");
  const schema = inputs?.includes("stream_options") ? "openai" : inputs && "native";
  const known = answers || wire;
  return { wire: known, asked: asked ?? schema ?? (known === "native" ? "native" : "openai") };
}

/**
 * How a model answers beyond its wire format. TRAITS overrides these defaults.
 *
 * ids          chunks carry id, created and model; null: not even `object`
 * reasoningIn  message and delta fields that carry the thinking
 * thinkTags    how a native model marks thinking inside its text: "tags" or "close-only"
 * emptyContent what `content` is when there is no text
 * callDeltas   how tool calls are streamed: "fragments" (name, then pieces of the arguments),
 *              "terminated" (the same, then a delta of nulls), "whole" (one delta),
 *              "late-name" (pieces of the arguments before the name), "nulls" (null for every
 *              field that a later delta leaves out)
 * nullDeltas   every delta has all of its fields, null where there is nothing
 * idFirst      chunks start with their id instead of their choices
 * nestedCalls  a native model that returns tool calls in OpenAI's form, with object arguments
 * heartbeats   number of tokens between empty frames, 0 for none
 * chunkUsage   every chunk has a usage of its own
 * jsonSchema   false: response_format json_schema is a 5025
 * licence      needs {prompt: "agree"} once, 5016 before
 * guard        judges the conversation instead of joining it; no prompt, no system message
 * systemFirst  a system message anywhere but first is an 8007
 *
 * Of embeddings:
 * dimensions   length of a vector
 * usage        answers have a usage, without neurons
 * longest      tokens of a text that count; the rest is silently truncated
 *
 * Of images:
 * answer       "json" ({image: base64}) or "binary"
 * encode       "jpeg" or "png": what the bytes are
 * label        content type of binary answers, if it differs from that of `encode`
 * size         default [width, height], or the only one that the model has
 * clamp        limit of a side; larger ones are silently reduced
 * multiple     sides must be a multiple of this, a 3043 otherwise
 * tensors      which of "image" and "mask" the engine has; "image[1]" is one of a shape that
 *              nobody can send
 * needs        required tensors
 *
 * Of speech:
 * audioAs      accepted forms of a recording: "numbers", "base64", "boxed" ({body: base64,
 *              contentType}), "stream"
 * transcript   form of the answer: "whisper", "turbo" or "deepgram"
 * silence      the transcript of silence: a text, or null for a 3030
 * mostText     maximum number of characters of a text
 * sound        always this encoding, whatever the request says
 * websocket    accepts nothing else
 *
 * Of translation, by a model for that or a chat model:
 * mistranslates  how every translation goes wrong, a mistake in mistakes.mjs
 *
 * For quirks.mjs:
 * intercept    may answer a whole call by itself
 * speak        changes the composed answer, reshape the JSON body, edit the stream frames
 * transport    how frames become bytes, see streams.mjs
 * streams      false: a stream request gets JSON
 * contentType  of JSON answers
 */
const DEFAULTS = {
  ids: true,
  reasoningIn: ["reasoning_content"],
  thinkTags: null,
  emptyContent: null,
  callDeltas: "fragments",
  nullDeltas: false,
  idFirst: false,
  nestedCalls: false,
  heartbeats: 0,
  chunkUsage: false,
  jsonSchema: true,
  licence: false,
  guard: false,
  systemFirst: false,
  usage: true,
  longest: Infinity,
  answer: "json",
  encode: "jpeg",
  size: [1024, 1024],
  clamp: Infinity,
  multiple: 1,
  tensors: [],
  needs: [],
  audioAs: [],
  transcript: "whisper",
  silence: "",
  mostText: Infinity,
  websocket: false,
  /** @type {(call: import("./ai.mjs").Call) => any} */
  intercept: () => undefined,
  speak: (answer) => answer,
  reshape: (body) => body,
  edit: (frames) => frames,
  transport: {},
  streams: true,
  contentType: "application/json",
};

/** As recorded from glm-5.3-flash in October 2026. */
const AS_GLM_5 = { callDeltas: "nulls", nullDeltas: true, chunkUsage: true };

/** The SDXL family and its like. The input images in their schemas do not work. */
const AS_DIFFUSION = { answer: "binary", encode: "png", multiple: 8 };

const AS_AURA = { mostText: 2000 };

const TRAITS = {
  "@cf/baai/bge-base-en-v1.5": { longest: 512 },
  "@cf/baai/bge-large-en-v1.5": { longest: 512 },
  "@cf/baai/bge-m3": { dimensions: 1024 },
  "@cf/baai/bge-small-en-v1.5": { longest: 512, usage: false },
  "@cf/black-forest-labs/flux-2-dev": { size: [1024, 768] },
  "@cf/bytedance/stable-diffusion-xl-lightning": { ...AS_DIFFUSION, encode: "jpeg" },
  "@cf/deepgram/aura-1": AS_AURA,
  "@cf/deepgram/aura-2-en": AS_AURA,
  "@cf/deepgram/aura-2-es": AS_AURA,
  "@cf/deepgram/flux": { websocket: true },
  "@cf/deepgram/nova-3": { audioAs: ["boxed", "stream"], transcript: "deepgram", silence: null },
  "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b": { thinkTags: "tags" },
  "@cf/google/gemma-4-26b-a4b-it": { reasoningIn: ["reasoning", "reasoning_content"] },
  "@cf/google/embeddinggemma-300m": { dimensions: 768, longest: 2048, usage: false },
  // Its documented inputs are native, its documented answers have choices: so it is here.
  "@cf/ibm-granite/granite-4.0-h-micro": { wire: "openai" },
  "@cf/leonardo/lucid-origin": { size: [1120, 1120], clamp: 2048 },
  "@cf/leonardo/phoenix-1.0": { answer: "binary" },
  // Its schema says PNG; people report JPEG.
  "@cf/lykon/dreamshaper-8-lcm": {
    ...AS_DIFFUSION,
    encode: "jpeg",
    label: "image/png",
    size: [512, 512],
    tensors: ["image[1]"],
  },
  "@cf/meta/llama-3.1-8b-instruct-fast": { jsonSchema: false },
  "@cf/meta/llama-3.1-8b-instruct-fp8": { jsonSchema: false },
  "@cf/meta/llama-3.1-8b-instruct-fp8-fast": { jsonSchema: false },
  "@cf/meta/llama-3.2-11b-vision-instruct": { licence: true },
  "@cf/meta/llama-3.3-70b-instruct-fp8-fast": { callDeltas: "terminated", heartbeats: 16 },
  "@cf/meta/llama-guard-3-8b": { guard: true },
  "@cf/meta/llama-4-scout-17b-16e-instruct": { nestedCalls: true },
  "@cf/moonshotai/kimi-k2.6": { reasoningIn: ["reasoning"], callDeltas: "late-name" },
  "@cf/moonshotai/kimi-k2.7-code": { reasoningIn: ["reasoning"] },
  "@cf/nvidia/nemotron-3-120b-a12b": { ...AS_GLM_5, idFirst: true },
  "@cf/openai/gpt-oss-120b": {
    ids: false,
    reasoningIn: ["reasoning", "reasoning_content"],
    callDeltas: "whole",
  },
  "@cf/openai/gpt-oss-20b": {
    ids: false,
    reasoningIn: ["reasoning", "reasoning_content"],
    callDeltas: "whole",
  },
  "@cf/openai/whisper": { audioAs: ["numbers", "stream"], silence: "you" },
  "@cf/openai/whisper-large-v3-turbo": { audioAs: ["base64", "stream"], transcript: "turbo" },
  "@cf/openai/whisper-tiny-en": { audioAs: ["numbers", "stream"], silence: "you" },
  "@cf/pfnet/plamo-embedding-1b": { dimensions: 2048, longest: 4096, usage: false },
  "@cf/qwen/qwen3-embedding-0.6b": { dimensions: 1024, longest: 8192 },
  "@cf/qwen/qwen3.8-27b": { ids: false, systemFirst: true },
  "@cf/qwen/qwq-32b": { thinkTags: "close-only" },
  "@cf/runwayml/stable-diffusion-v1-5-inpainting": {
    ...AS_DIFFUSION,
    size: [512, 512],
    tensors: ["image", "mask"],
    needs: ["image", "mask"],
  },
  "@cf/stabilityai/stable-diffusion-xl-base-1.0": AS_DIFFUSION,
  "@cf/zai-org/glm-4.7-flash": { ids: false, emptyContent: "", callDeltas: "terminated" },
  "@cf/zai-org/glm-5.2": AS_GLM_5,
  "@cf/zai-org/glm-5.3": AS_GLM_5,
  "@cf/zai-org/glm-5.3-flash": AS_GLM_5,
};

/** For models without a known context window. Small, so that nobody relies on a guess. */
const UNKNOWN_CONTEXT = 8192;

/** The parameters of a native model whose row does not list them. */
const NATIVE_INPUTS = byId.get("@cf/meta/llama-3.3-70b-instruct-fp8-fast")?.inputs;

const GONE_STATUSES = new Set(["retired", "typed_only"]);

/**
 * Returns the model of an id: its row with traits, or for `@mock/…` the quirk. Undefined if there
 * is none.
 *
 * @typedef {typeof DEFAULTS & Row & {gone: boolean}} Model
 *
 * @param {string} id
 * @param {{inputs: any, media?: object}} [call] for `@mock/…` ids that do not name their task
 * @returns {Model | undefined}
 */
export function findModel(id, call) {
  const row = byId.get(id);
  if (row?.status === "aliased") return findModel(row.successor.ids[0], call);
  const base = row ?? quirk(id, call);
  if (!base) return undefined;
  const format = base.task === "Text Generation" ? formats(base) : {};
  return {
    ...DEFAULTS,
    context_window: UNKNOWN_CONTEXT,
    inputs: format.asked === "native" ? NATIVE_INPUTS : undefined,
    ...base,
    ...format,
    ...TRAITS[id],
    gone: GONE_STATUSES.has(base.status),
  };
}

/** Returns what `models()` lists: models that are live for everybody or for paying accounts. */
export function liveModels() {
  return [...byId.values()].filter((row) => row.status === "current" || row.status === "paid_only");
}
