/**
 * Images to text: llava, moondream and resnet-50. They report the type and size of an image.
 *
 * Schemas: Cloudflare's documentation. The frames of moondream's stream, which is its default,
 * are those of Moondream's own API; Workers AI's are not documented.
 */
import { AiError, tensorText } from "./errors.mjs";
import { fromBase64, latin1Bytes } from "./media/bytes.mjs";
import { inspectImage } from "./media/pictures.mjs";
import { jsonResponse } from "./respond.mjs";
import { requireValid } from "./schema.mjs";
import { boolean, choice, integer, listOf, number, octets, record, string } from "./shapes.mjs";
import { byteBody, encodeFrames } from "./streams.mjs";
import { countTokens, digest, hash, tokenize } from "./tokens.mjs";

export function run(call) {
  const { task, inputs } = call.model;
  if (task === "Image Classification") return runClassifier(call);
  return inputs.includes("task") ? runMoondream(call) : runLlava(call);
}

/** Reads the image of a call: a streamed body, numbers or a string of bytes. */
async function readImage({ inputs, media }) {
  const image = inputs?.image;
  const data = media
    ? await media.bytes()
    : typeof image === "string"
      ? latin1Bytes(image)
      : Uint8Array.from(image);
  return inspect(data);
}

function inspect(data) {
  const image = inspectImage(data);
  if (!image) throw new AiError(3016, tensorText("image"));
  return { ...image, key: digest(data.subarray(0, 65536).join()) };
}

const describeImage = ({ type, width, height }) =>
  `an image, ${type}, ${width} by ${height} pixels`;

// llava

const LLAVA = {
  image: { anyOf: [octets, string] },
  prompt: string,
  messages: listOf({}),
  raw: boolean,
  max_tokens: integer(),
  temperature: number(),
  top_p: number(),
  top_k: number(),
  seed: number(),
};

async function runLlava(call) {
  const { model, inputs, media } = call;
  requireValid(record(LLAVA, media ? [] : ["image"]), inputs);
  const seen = describeImage(await readImage(call));
  const text = inputs.prompt
    ? `You asked "${inputs.prompt}". This is ${seen}.`
    : `This is ${seen}.`;
  const limit = inputs.max_tokens ?? model.limits.max_tokens.default;
  return jsonResponse(call, { description: ` ${tokenize(text).slice(0, limit).join("")}` });
}

// moondream

const MOONDREAM = record(
  {
    task: choice("query", "caption", "point", "detect"),
    image: string,
    question: string,
    caption_length: choice("short", "normal", "long"),
    target: string,
    reasoning: boolean,
    temperature: number(0, 2),
    top_p: number(0, 1),
    max_tokens: integer(1, 2048),
    max_objects: integer(1, 500),
    stream: boolean,
  },
  [],
);

function runMoondream(call) {
  const { model, inputs, options } = call;
  requireValid(MOONDREAM, inputs);
  const { task = "query", question = "What's in this image?", stream = true } = inputs;
  const image = inputs.image === undefined ? undefined : imageFromURL(inputs.image);
  if (!image && task !== "query") {
    throw new AiError(5006, "Error: required properties at '/' are 'image'");
  }
  const description = image && describeImage(image);
  const answer = {
    query: () => ({
      answer: `You asked "${question}". ${description ? `This is ${description}.` : ""}`.trim(),
    }),
    caption: () => ({ caption: `This is ${description}.` }),
    point: () => ({ points: [{ x: 0.5, y: 0.5 }] }),
    detect: () => ({ objects: [{ x_min: 0.25, y_min: 0.25, x_max: 0.75, y_max: 0.75 }] }),
  }[task]();
  const [text] = Object.values(answer);
  const body = { ...answer, finish_reason: "stop", metrics: metrics(question, text) };
  if (typeof text !== "string" || !stream) return jsonResponse(call, body);
  const frames = tokenize(text).map((chunk) => ({ data: { chunk, completed: false } }));
  frames.push({ data: { chunk: "", completed: true, ...body } });
  const chunks = encodeFrames(model.edit(frames), model.transport);
  return new Response(byteBody(chunks, { ...model.transport, signal: options.signal }), {
    headers: { "content-type": "text/event-stream" },
  });
}

/** Reads an image from a data URL; an https URL stands for a small PNG, as nothing is fetched. */
function imageFromURL(url) {
  if (url.startsWith("https://")) return { type: "image/png", width: 64, height: 64 };
  const data = /^data:image\/[\w+.-]+;base64,(.*)$/s.exec(url)?.[1];
  if (data === undefined) {
    throw new AiError(3030, "Model input is not valid", {
      hint: "image takes https and data URLs",
    });
  }
  return inspect(fromBase64(data));
}

function metrics(question, answer) {
  return {
    input_tokens: countTokens(question) + 730,
    output_tokens: typeof answer === "string" ? countTokens(answer) : answer.length * 4,
    prefill_time_ms: 50,
    decode_time_ms: 100,
    ttft_ms: 60,
  };
}

// resnet-50

const LABELS = ["BURMESE CAT", "EGYPTIAN CAT", "TABBY", "LYNX", "SIAMESE CAT", "REMOTE CONTROL"];

async function runClassifier(call) {
  const { inputs, media } = call;
  requireValid(record({ image: octets }, media ? [] : ["image"]), inputs);
  const { key } = await readImage(call);
  const first = hash(key) % LABELS.length;
  const scores = [0.7, 0.15, 0.08, 0.04, 0.02];
  const labels = scores.map((score, index) => ({
    label: LABELS[(first + index) % LABELS.length],
    score,
  }));
  return jsonResponse(call, labels);
}
