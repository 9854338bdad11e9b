/**
 * The interpreter's memory after the largest request that each kind of endpoint accepts, in MB.
 *
 *     node bench/heap.mjs [NAME]    measures all kinds, or one
 *
 * Each has a process of its own: that memory never shrinks, so what it is afterwards, it was at the
 * worst moment.
 */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { SRC } from "../local/paths.mjs";
import { startWorker } from "../local/worker.mjs";
import { compileSource } from "../scripts/compile.mjs";
import { KEY, post } from "./requests.mjs";
import { vectors } from "./upstream.mjs";

const SCRIPT = fileURLToPath(import.meta.url);
const MODEL = "@cf/google/gemma-4-26b-a4b-it";
const LIMITS = readFileSync(join(SRC, "core/limits.py"), "utf8");

/** A limit in bytes, as core/limits.py has it. */
function limit(name) {
  const product = new RegExp(`^${name} = ([\\d_* ]+)$`, "m").exec(LIMITS)?.[1] ?? "";
  return product.split("*").reduce((size, factor) => size * Number(factor.replaceAll("_", "")), 1);
}

const TEXT = limit("JSON_TEXT_BYTES");
/** Bytes of a file whose base64 fills a body, next to a little text. */
const FILE = Math.floor((limit("JSON_BODY_BYTES") - 1000) / 4) * 3;
const WIDE = "🦊"; // with it a string takes four bytes a character

const length = (value) => Buffer.byteLength(JSON.stringify(value));

/** A body of the largest size: `make` of a text that is `unit` over and over. */
function filled(make, unit, beginning = "") {
  const count = (TEXT - length(make(beginning))) / (length(unit) - 2);
  return make(beginning + unit.repeat(count));
}

/** A body of the largest size: `make` of a list of as many of these. */
function listed(make, item) {
  return make(Array(Math.floor((TEXT - length(make([]))) / (length(item) + 1))).fill(item));
}

const says = (content) => [{ role: "user", content }];
const chat = (content) => ({ model: MODEL, messages: says(content) });
const image = () => {
  const file = Buffer.alloc(FILE, "pixels");
  file.write("89504e470d0a1a0a0000000d4948445200000400000004000802000000", "hex");
  return file.toString("base64");
};
const imageUrl = () => `data:image/png;base64,${image()}`;
const embed = (encoding_format) =>
  filled(
    (text) => ({
      model: "@cf/baai/bge-m3",
      encoding_format,
      input: Array(2048).fill(text.slice(0, text.length / 2048) || "x"),
    }),
    "a",
  );

/** @type {Record<string, [path: string, body: () => object]>} */
const KINDS = {
  "a chat of one text": ["/v1/chat/completions", () => filled(chat, "汉", WIDE)],
  "a chat of short messages": [
    "/v1/chat/completions",
    () => listed((messages) => ({ model: MODEL, messages }), says("a")[0]),
  ],
  "a chat of nothing but objects": [
    "/v1/chat/completions",
    () => listed((metadata) => ({ ...chat("a"), metadata }), {}),
  ],
  "a chat with an image": [
    "/v1/chat/completions",
    () =>
      chat([
        { type: "text", text: WIDE },
        { type: "image_url", image_url: { url: imageUrl() } },
      ]),
  ],
  "Messages with an image": [
    "/v1/messages",
    () => ({
      ...chat([
        { type: "text", text: WIDE },
        { type: "image", source: { type: "base64", media_type: "image/png", data: image() } },
      ]),
      max_tokens: 9,
    }),
  ],
  "Responses with an image": [
    "/v1/responses",
    () => ({ model: MODEL, input: says([{ type: "input_image", image_url: imageUrl() }]) }),
  ],
  "Responses of short items": [
    "/v1/responses",
    () => listed((input) => ({ model: MODEL, input }), says("a")[0]),
  ],
  "2,048 embeddings": ["/v1/embeddings", () => embed("float")],
  "2,048 embeddings in base64": ["/v1/embeddings", () => embed("base64")],
  "a thousand documents to rank": [
    "/v1/rerank",
    () =>
      filled(
        (text) => ({ query: "q", documents: Array(1000).fill(text.slice(0, text.length / 1000)) }),
        "a",
      ),
  ],
};

/** What a model answers to these inputs. */
function answer(_model, inputs) {
  if (inputs.contexts) {
    return Response.json({
      response: inputs.contexts.map((_, id) => ({ id, score: 0.123456789 })),
    });
  }
  return Array.isArray(inputs.text)
    ? vectors(inputs.text.length, 1024)
    : Response.json({ response: "Hi", usage: { prompt_tokens: 5, completion_tokens: 5 } });
}

/**
 * @param {number} [most] of the kinds
 * @returns {Promise<Record<string, number>>} MB, by kind
 */
export async function measureHeaps(most = Number.POSITIVE_INFINITY) {
  const folder = await mkdtemp(join(tmpdir(), "heap-"));
  try {
    const compiled = join(folder, "compiled.bin");
    await writeFile(compiled, await compileSource(SRC));
    /** @type {Record<string, number>} */
    const heaps = {};
    for (const name of Object.keys(KINDS).slice(0, most)) {
      const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, name, compiled]);
      heaps[name] = Number(stdout);
    }
    return heaps;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measureHeap(name, compiled) {
  const AI = { run: async (model, inputs) => answer(model, inputs), models: async () => [] };
  const env = { API_KEYS: KEY, MODELS_TTL: "0", AI };
  const worker = await startWorker({ env, compiled });
  const [path, body] = KINDS[name];
  const response = await worker.fetch(post(path, body()));
  const text = await response.text();
  if (response.status !== 200) throw new Error(text.slice(0, 500));
  return worker.heap / 2 ** 20;
}

if (process.argv[1] === SCRIPT) {
  const [name, compiled] = process.argv.slice(2);
  if (compiled) {
    console.log(await measureHeap(name, readFileSync(compiled)));
    process.exit();
  }
  for (const [kind, heap] of Object.entries(await measureHeaps())) {
    if (!name || kind === name) console.log(`${kind.padEnd(32)} ${heap.toFixed(1)} MB`);
  }
}
