/**
 * Images to words: llava, moondream and resnet-50. They see type and size of an image.
 *
 * Schemas: Cloudflare's documentation. The frames of moondream's stream, which is its default,
 * are those of Moondream's own API: what Workers AI sends is not documented.
 */
import { AiError, tensorText } from "./errors.mjs";
import { fromBase64, latin } from "./media/bytes.mjs";
import { look } from "./media/pictures.mjs";
import { json } from "./respond.mjs";
import { conform } from "./schema.mjs";
import { boolean, choice, integer, listOf, number, octets, record, string } from "./shapes.mjs";
import { byteBody, encode } from "./streams.mjs";
import { count, digest, hash, tokens } from "./tokens.mjs";

export function run(call) {
  const { task, inputs } = call.model;
  if (task === "Image Classification") return classify(call);
  return inputs.includes("task") ? moondream(call) : describe(call);
}

/** The image of a call, as a streamed body, numbers or a string of bytes. */
async function image({ inputs, media }) {
  const given = inputs?.image;
  const data = media
    ? await media.bytes()
    : typeof given === "string"
      ? latin(given)
      : Uint8Array.from(given);
  return seen(data);
}

function seen(data) {
  const found = look(data);
  if (!found) throw new AiError(3016, tensorText("image"));
  return { ...found, key: digest(data.subarray(0, 65536).join()) };
}

const inWords = ({ type, width, height }) => `an image, ${type}, ${width} by ${height} pixels`;

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

async function describe(call) {
  const { model, inputs, media } = call;
  conform(record(LLAVA, media ? [] : ["image"]), inputs);
  const found = inWords(await image(call));
  const text = inputs.prompt
    ? `You asked "${inputs.prompt}". This is ${found}.`
    : `This is ${found}.`;
  const most = inputs.max_tokens ?? model.limits.max_tokens.default;
  return json(call, { description: ` ${tokens(text).slice(0, most).join("")}` });
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

function moondream(call) {
  const { model, inputs, options } = call;
  conform(MOONDREAM, inputs);
  const { task = "query", question = "What's in this image?", stream = true } = inputs;
  const found = inputs.image === undefined ? undefined : linked(inputs.image);
  if (!found && task !== "query") {
    throw new AiError(5006, "Error: required properties at '/' are 'image'");
  }
  const shown = found && inWords(found);
  const said = {
    query: () => ({
      answer: `You asked "${question}". ${shown ? `This is ${shown}.` : ""}`.trim(),
    }),
    caption: () => ({ caption: `This is ${shown}.` }),
    point: () => ({ points: [{ x: 0.5, y: 0.5 }] }),
    detect: () => ({ objects: [{ x_min: 0.25, y_min: 0.25, x_max: 0.75, y_max: 0.75 }] }),
  }[task]();
  const [text] = Object.values(said);
  const body = { ...said, finish_reason: "stop", metrics: metrics(question, text) };
  if (typeof text !== "string" || !stream) return json(call, body);
  const frames = tokens(text).map((chunk) => ({ data: { chunk, completed: false } }));
  frames.push({ data: { chunk: "", completed: true, ...body } });
  const chunks = encode(model.edit(frames), model.transport);
  return new Response(byteBody(chunks, { ...model.transport, signal: options.signal }), {
    headers: { "content-type": "text/event-stream" },
  });
}

/** An image by data URL; one by https is taken for a small PNG, since nothing is fetched. */
function linked(url) {
  if (url.startsWith("https://")) return { type: "image/png", width: 64, height: 64 };
  const data = /^data:image\/[\w+.-]+;base64,(.*)$/s.exec(url)?.[1];
  if (data === undefined) {
    throw new AiError(3030, "Model input is not valid", {
      hint: "image takes https and data URLs",
    });
  }
  return seen(fromBase64(data));
}

function metrics(question, said) {
  return {
    input_tokens: count(question) + 730,
    output_tokens: typeof said === "string" ? count(said) : said.length * 4,
    prefill_time_ms: 50,
    decode_time_ms: 100,
    ttft_ms: 60,
  };
}

// resnet-50

const LABELS = ["BURMESE CAT", "EGYPTIAN CAT", "TABBY", "LYNX", "SIAMESE CAT", "REMOTE CONTROL"];

async function classify(call) {
  const { inputs, media } = call;
  conform(record({ image: octets }, media ? [] : ["image"]), inputs);
  const { key } = await image(call);
  const first = hash(key) % LABELS.length;
  const scores = [0.7, 0.15, 0.08, 0.04, 0.02];
  const labels = scores.map((score, index) => ({
    label: LABELS[(first + index) % LABELS.length],
    score,
  }));
  return json(call, labels);
}
