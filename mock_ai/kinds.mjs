/**
 * The plain models behind `@mock/…` ids, one per task that the gateway supports, and how to guess
 * from a call's inputs which one is meant.
 */

/** 32k context, images, tools, no thinking. */
const TEXT = {
  task: "Text Generation",
  status: "current",
  wire: "openai",
  context_window: 32768,
  vision: true,
  tools: true,
  reasoning: { supported: false },
  price: {
    per_m_input_tokens: 10000,
    per_m_cached_input_tokens: 1000,
    per_m_output_tokens: 30000,
  },
};

const plainModel = (task, more) => ({ task, status: "current", ...more });

export const KINDS = {
  text: TEXT,
  moderation: { ...TEXT, wire: "native", guard: true, vision: false, tools: false },
  embeddings: plainModel("Text Embeddings", {
    inputs: ["contexts", "pooling", "query", "text", "truncate_inputs"],
    context_window: 60000,
    dimensions: 1024,
    limits: { batch: { max: 100 }, text_chars: { min: 1 } },
  }),
  rerank: plainModel("Text Classification", {
    inputs: ["contexts", "query", "top_k"],
    price: { per_m_input_tokens: 283 },
  }),
  image: plainModel("Text-to-Image", {
    inputs: [
      ...["guidance", "height", "image", "image_b64", "mask", "multipart", "negative_prompt"],
      ...["num_steps", "prompt", "seed", "steps", "strength", "width"],
    ],
    tensors: ["image", "mask"],
  }),
  transcription: plainModel("Automatic Speech Recognition", {
    audioAs: ["numbers", "base64", "boxed", "stream"],
    transcript: "turbo",
  }),
  speech: plainModel("Text-to-Speech", {
    inputs: ["bit_rate", "container", "encoding", "sample_rate", "speaker", "text"],
  }),
  translation: plainModel("Translation", { inputs: ["source_lang", "target_lang", "text"] }),
};

const IMAGE = ["width", "height", "steps", "num_steps", "guidance", "negative_prompt", "strength"];

// kind: whether the inputs are for it. The first match counts.
const CLUES = {
  text: (has) => has("messages") || has("input"),
  image: (has) =>
    has("multipart") || (has("prompt") && IMAGE.concat("image_b64", "mask").some(has)),
  transcription: (has) => has("audio"),
  translation: (has) => has("target_lang") || has("target_language"),
  speech: (has) =>
    (has("text") && ["speaker", "encoding", "container"].some(has)) ||
    (has("prompt") && has("lang")),
  rerank: (has) => has("query") && has("contexts"),
  embeddings: (has) => ["text", "queries", "documents", "contexts"].some(has),
};

/** @returns {string} a key of KINDS */
export function guessKind(call) {
  const names = Object.keys(call?.inputs ?? {}).concat(call?.media?.key ?? []);
  const has = (name) => names.includes(name);
  return Object.keys(CLUES).find((kind) => CLUES[kind](has)) ?? "text";
}
