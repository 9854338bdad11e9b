/**
 * Decisions: the clef models return a probability for every option of every question. Schema:
 * Cloudflare's documentation.
 */
import { AiError } from "./errors.mjs";
import { fromBase64 } from "./media/bytes.mjs";
import { inspectImage } from "./media/pictures.mjs";
import { jsonResponse } from "./respond.mjs";
import { requireValid } from "./schema.mjs";
import { anything, choice, listOf, object, record, string } from "./shapes.mjs";
import { countTokens, hash } from "./tokens.mjs";

const question = (type, more, required) =>
  record({ type: choice(type), instructions: anything, ...more }, [
    "type",
    "instructions",
    ...required,
  ]);

const QUESTION = {
  oneOf: [
    question("noul", { criteria: object }, []),
    question("choice", { criteria: object }, ["criteria"]),
    question("score", { criteria: listOf(anything, { minItems: 2, maxItems: 10 }) }, ["criteria"]),
  ],
};

const MEDIA = {
  anyOf: [
    { type: "string", pattern: "^[Dd][Aa][Tt][Aa]:" },
    record({ content_type: string, base64: string }),
  ],
};

function schema({ id }) {
  const names = id.endsWith("omni") ? "clef-omni" : "clef|clef-flash";
  return record(
    {
      model: { type: "string", pattern: `^\\s*(${names})\\s*$` },
      state: anything,
      questions: {
        type: "object",
        minProperties: 1,
        maxProperties: 64,
        additionalProperties: QUESTION,
      },
      images: listOf(MEDIA, { maxItems: 4 }),
    },
    ["model", "state", "questions"],
  );
}

export function run(call) {
  const { model, inputs } = call;
  requireValid(schema(model), inputs);
  for (const image of inputs.images ?? []) {
    const data = image.base64 ?? image.slice(image.indexOf(",") + 1);
    if (!inspectImage(fromBase64(data)))
      throw new AiError(3030, "Model input is not valid: images");
  }
  const stateText = JSON.stringify(inputs.state);
  const answers = Object.entries(inputs.questions).map(([id, { type, instructions, criteria }]) => [
    id,
    { type, ...ANSWERS[type](`${stateText} ${JSON.stringify(instructions)}`, criteria) },
  ]);
  const tokens = countTokens(stateText) + countTokens(JSON.stringify(inputs.questions));
  return jsonResponse(call, {
    model: inputs.model.trim(),
    answers: Object.fromEntries(answers),
    usage: { input_tokens: tokens, output_tokens: 0 },
  });
}

const ANSWERS = {
  noul: (key) => ({ noul: (hash(key) % 1001) / 1000 }),

  choice(key, criteria) {
    const probabilities = distribute(key, Object.keys(criteria));
    const [[best, confidence] = ["", 0]] = Object.entries(probabilities).sort(
      ([, a], [, b]) => b - a,
    );
    return { choice: best, probabilities, confidence };
  },

  score(key, criteria) {
    const probabilities = distribute(key, Object.keys(criteria));
    return {
      score: Object.entries(probabilities).reduce(
        (sum, [level, share]) => sum + Number(level) * share,
        0,
      ),
      legend: { ...criteria },
      probabilities,
      confidence: Math.max(...Object.values(probabilities)),
    };
  },
};

/** Returns a share per option; they sum to 1. */
function distribute(key, options) {
  const weights = options.map((option) => 1 + (hash(`${key} ${option}`) % 100));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return Object.fromEntries(options.map((option, index) => [option, weights[index] / total]));
}
