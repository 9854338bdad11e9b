/**
 * The models the mock plays: the rows of data/models.json plus what only a mock must know.
 */
import data from "../data/models.json" with { type: "json" };
import { quirk } from "./quirks.mjs";

export const rows = data.models;
export const usdPerNeuron = data.usd_per_1000_neurons / 1000;

/** Listed by `models()` and answering, but in no data file: a model added since. */
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
 * How a model answers beyond its wire format. Keys not named in a row keep the default.
 *
 * ids          chunks carry id, created and model; null: not even `object`
 * reasoningIn  message and delta fields that thinking goes to
 * thinkTags    how a native model marks thinking inside its text: "tags" or "close-only"
 * emptyContent what `content` is when there is no text
 * callDeltas   how tool calls are streamed: "fragments" (name, then pieces of the arguments),
 *              "terminated" (the same, then a delta of nulls), "whole" (one delta),
 *              "late-name" (pieces of the arguments before the name), "nulls" (null for every
 *              field that a later delta leaves out)
 * nullDeltas   every delta has all of its fields, null where there is nothing
 * idFirst      chunks start with their id instead of their choices
 * nestedCalls  a native model that gives tool calls as OpenAI does, with object arguments
 * heartbeats   an empty frame every so many tokens
 * chunkUsage   every chunk has a usage of its own
 * jsonSchema   false: response_format json_schema is a 5025
 * licence      wants {prompt: "agree"} once, 5016 before
 * guard        judges the conversation instead of joining it; no prompt, no system message
 * systemFirst  a system message anywhere but first is an 8007
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

const TRAITS = {
  "@cf/deepseek-ai/deepseek-r1-distill-qwen-32b": { thinkTags: "tags" },
  "@cf/google/gemma-4-26b-a4b-it": { reasoningIn: ["reasoning", "reasoning_content"] },
  // The documentation types it native and shows answers with choices: the mock plays both.
  "@cf/ibm-granite/granite-4.0-h-micro": { wire: "openai" },
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
  "@cf/qwen/qwen3.8-27b": { ids: false, systemFirst: true },
  "@cf/qwen/qwq-32b": { thinkTags: "close-only" },
  "@cf/zai-org/glm-4.7-flash": { ids: false, emptyContent: "", callDeltas: "terminated" },
  "@cf/zai-org/glm-5.2": AS_GLM_5,
  "@cf/zai-org/glm-5.3": AS_GLM_5,
  "@cf/zai-org/glm-5.3-flash": AS_GLM_5,
};

/** Where the data has no context window. Small, so that nobody can rely on a guess. */
const UNKNOWN_CONTEXT = 8192;

/** The parameters of a native model whose row does not list them. */
const NATIVE_INPUTS = byId.get("@cf/meta/llama-3.3-70b-instruct-fp8-fast").inputs;

const GONE = new Set(["retired", "typed_only"]);

/**
 * The model that answers to an id: its row with traits and, for `@mock/…`, the quirk.
 * Undefined where the id names nothing.
 */
export function find(id) {
  const row = byId.get(id);
  if (row?.status === "aliased") return find(row.successor.ids[0]);
  const base = row ?? quirk(id);
  if (!base) return undefined;
  return {
    ...DEFAULTS,
    context_window: UNKNOWN_CONTEXT,
    inputs: base.wire === "native" ? NATIVE_INPUTS : undefined,
    ...base,
    ...TRAITS[id],
    gone: GONE.has(base.status),
  };
}

/** Live for everybody or for paying accounts: what `models()` lists. */
export function live() {
  return [...byId.values()].filter((row) => row.status === "current" || row.status === "paid_only");
}
