/**
 * Text classification: bge-reranker-base and distilbert.
 *
 * Schemas: Cloudflare's documentation. The reranker's usage is in public code that reads it.
 */
import { rank } from "./ranking.mjs";
import { jsonResponse } from "./respond.mjs";
import { requireValid } from "./schema.mjs";
import { integer, listOf, record, text } from "./shapes.mjs";
import { countTokens } from "./tokens.mjs";

const RERANK = record({ query: text, top_k: integer(1), contexts: listOf(record({ text }, [])) }, [
  "query",
  "contexts",
]);
const SENTIMENT = record({ text });

export function run(call) {
  return call.model.inputs.includes("contexts") ? rerank(call) : sentiment(call);
}

function rerank(call) {
  const { model, inputs } = call;
  requireValid(RERANK, inputs);
  const texts = inputs.contexts.map(({ text = "" }) => text);
  // The query counts once per context.
  const tokens = texts.reduce(
    (sum, text) => sum + countTokens(text) + countTokens(inputs.query) + 4,
    0,
  );
  const neurons = (tokens * (model.price?.per_m_input_tokens ?? 0)) / 1e6;
  return jsonResponse(call, {
    response: rank(inputs.query, texts, inputs.top_k),
    usage: {
      prompt_tokens: tokens,
      total_tokens: tokens,
      neurons: Math.round(neurons * 1e6) / 1e6,
    },
  });
}

const WORDS = {
  good: /\b(good|great|love|like|nice|best|happy|excellent|thanks?)\b/giu,
  bad: /\b(bad|worst|hate|terrible|awful|sad|poor|broken|never)\b/giu,
};

function sentiment(call) {
  requireValid(SENTIMENT, call.inputs);
  const matches = (words) => call.inputs.text.match(words)?.length ?? 0;
  const score = Math.fround(1 / (1 + Math.exp(-3 * (matches(WORDS.good) - matches(WORDS.bad)))));
  const labels = [
    { label: "NEGATIVE", score: 1 - score },
    { label: "POSITIVE", score },
  ];
  return jsonResponse(call, labels);
}
