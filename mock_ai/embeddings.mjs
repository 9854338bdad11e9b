/**
 * Texts to vectors, as `{shape, data}`. Similar texts have similar vectors: each trigram of a
 * text pushes the vector in its own direction.
 *
 * Schemas: those of bge-base-en-v1.5, bge-m3, qwen3-embedding-0.6b and embeddinggemma-300m in
 * Cloudflare's documentation. The usage is not documented: some answers here have one.
 */
import { AiError, contextText } from "./errors.mjs";
import { rank } from "./ranking.mjs";
import { jsonResponse } from "./respond.mjs";
import { requireValid, schemaErrors } from "./schema.mjs";
import { boolean, choice, listOf, record, string, text } from "./shapes.mjs";
import { countTokens, hash } from "./tokens.mjs";

const INSTRUCTION = "Given a web search query, retrieve relevant passages that answer the query";

export function run(call) {
  const { model, inputs } = call;
  const branches = schemas(model);
  requireValid({ type: "object", oneOf: branches }, inputs);
  return branches.find((branch) => schemaErrors(branch, inputs).length === 0)?.answer(call);
}

function withTexts(call) {
  const { model, inputs } = call;
  const { instruction = INSTRUCTION } = inputs;
  const queries = [inputs.queries ?? []].flat().map((query) => `${instruction}: ${query}`);
  const texts = [...queries, inputs.documents ?? [], inputs.text ?? []].flat();
  if (!texts.length) throw new AiError(8001, undefined, { hint: "no text to embed" });
  checkContext(model, inputs, texts);
  const { vectors, ...summary } = embedAll(model, inputs, texts);
  return jsonResponse(call, {
    shape: summary.shape,
    data: vectors,
    ...summary,
    ...usage(model, texts),
  });
}

/** bge-m3 ranks the contexts if there is a query, and embeds them otherwise. */
function withContexts(call) {
  const { model, inputs } = call;
  const texts = inputs.contexts.map(({ text = "" }) => text);
  checkContext(model, inputs, texts.concat(inputs.query ?? []));
  if (inputs.query !== undefined)
    return jsonResponse(call, { response: rank(inputs.query, texts) });
  const { vectors, ...about } = embedAll(model, inputs, texts);
  return jsonResponse(call, { response: vectors, ...about });
}

/** Returns the model's input schemas, each with the function that answers it. */
function schemas({ inputs, limits }) {
  const single = { type: "string", minLength: limits?.text_chars?.min };
  const singleOrSeveral = { oneOf: [single, listOf(single, { maxItems: limits?.batch?.max })] };
  const parameters = {
    text: singleOrSeveral,
    queries: singleOrSeveral,
    documents: singleOrSeveral,
    instruction: string,
    pooling: choice("mean", "cls"),
    truncate_inputs: boolean,
    query: text,
    contexts: listOf(record({ text }, [])),
  };
  const pick = (...names) =>
    Object.fromEntries(
      names.filter((name) => inputs.includes(name)).map((name) => [name, parameters[name]]),
    );
  if (inputs.includes("queries")) return [record(pick(...inputs), [], { answer: withTexts })];
  const texts = pick("text", "pooling", "truncate_inputs");
  const branches = [record(texts, ["text"], { answer: withTexts })];
  if (inputs.includes("contexts")) {
    const contexts = pick("query", "contexts", "truncate_inputs");
    branches.push(record(contexts, ["contexts"], { answer: withContexts }));
  }
  return branches;
}

/** Rejects a call whose texts together exceed the context window, if the model has a known one. */
function checkContext({ context_window, longest, inputs }, { truncate_inputs }, texts) {
  if (!inputs.includes("truncate_inputs") || truncate_inputs || longest < Infinity) return;
  const total = texts.reduce((sum, text) => sum + countTokens(text), 0);
  if (total > context_window) throw new AiError(5021, contextText(total, context_window));
}

function embedAll(model, inputs, texts) {
  const { dimensions } = model;
  const pooling = model.inputs.includes("pooling") ? (inputs.pooling ?? "mean") : undefined;
  const salt = `${model.id} ${pooling}`;
  const vectors = texts.map((text) => embed(text, dimensions, salt, model.longest));
  return { vectors, shape: [texts.length, dimensions], ...(pooling && { pooling }) };
}

function usage(model, texts) {
  if (!model.usage) return {};
  const tokens = texts.reduce(
    (sum, text) => sum + 2 + Math.min(countTokens(text), model.longest),
    0,
  );
  return { usage: { prompt_tokens: tokens, total_tokens: tokens } };
}

const PUSHES = 24;
const LETTERS_PER_TOKEN = 4;

/** @returns {number[]} a unit vector of 32-bit floats */
export function embed(text, dimensions, salt = "", longest = Infinity) {
  const letters = Array.from(` ${text.toLowerCase()} `).slice(0, longest * LETTERS_PER_TOKEN);
  const basis = hash(salt);
  const vector = new Float64Array(dimensions);
  let state = basis | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  // A basis that all vectors of a model share, so that no component is zero.
  for (let index = 0; index < dimensions; index++) vector[index] = next() / 2 ** 33 - 0.25;
  for (let at = 0; at + 3 <= letters.length; at++) {
    state = hash(letters[at] + letters[at + 1] + letters[at + 2], basis) | 1;
    for (let push = 0; push < PUSHES; push++) {
      const random = next();
      vector[random % dimensions] += random & 0x10000 ? 1 : -1;
    }
  }
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return Array.from(vector, (value) => Math.fround(value / length));
}
