/**
 * `make bench`: what a request and an event of a stream cost, as ratios within this one run.
 *
 * Node's streams and its share of a request are not those of the runtime, so absolute times mean
 * little here. What carries over: how often JavaScript calls into Python, how long pure Python
 * takes, and how requests compare with GET /health, the floor.
 *
 * With --quick everything runs once: it shows that the rows can be measured, and no more.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { SRC } from "../local/paths.mjs";
import { startWorker } from "../local/worker.mjs";
import { byteStream, FRAMES, image, transcript, vectors, wholeAnswer } from "./upstream.mjs";

const KEY = "sk-bench";
const MODEL = "@cf/google/gemma-4-26b-a4b-it";
const EVENTS = 500;
const VECTORS = 100;
const QUICK = process.argv.includes("--quick");

let answer;
const env = { API_KEYS: KEY, MODELS_TTL: "0", AI: { run: async () => answer(), models: async () => [] } };
const worker = await startWorker({ env });

function chat(stream) {
  const body = JSON.stringify({
    model: MODEL,
    stream,
    messages: [
      { role: "system", content: "You are a helpful assistant." },
      { role: "user", content: "Why is the sky blue?" },
    ],
  });
  return new Request("https://gateway.example/v1/chat/completions", {
    method: "POST",
    headers: {
      authorization: `Bearer ${KEY}`,
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
    },
    body,
  });
}

function post(path, fields) {
  const body = JSON.stringify(fields);
  const headers = { authorization: `Bearer ${KEY}`, "content-length": String(body.length) };
  return new Request(`https://gateway.example${path}`, { method: "POST", headers, body });
}

const embeddings = () =>
  post("/v1/embeddings", {
    model: "@cf/baai/bge-m3",
    input: Array.from({ length: VECTORS }, (_, place) => `text ${place}`),
    encoding_format: "base64",
  });

const picture = () =>
  post("/v1/images/generations", {
    model: "@cf/black-forest-labs/flux-1-schnell",
    prompt: "a cat",
    response_format: "b64_json",
  });

const RECORDING = new Blob([new Uint8Array(10 * 1024 * 1024)], { type: "audio/mpeg" });

/** Its form is parsed already: that is the platform's work, and Node's parser is not the runtime's. */
function recording() {
  const form = new FormData();
  form.append("model", "whisper-1");
  form.append("file", RECORDING, "speech.mp3");
  const headers = { authorization: `Bearer ${KEY}` };
  const url = "https://gateway.example/v1/audio/transcriptions";
  const request = new Request(url, { method: "POST", headers, body: "" });
  request.formData = async () => form;
  return request;
}

/** What the platform takes to hand on a body of that size. */
async function handOn(upstream) {
  await new Response(new Uint8Array(await upstream.arrayBuffer())).arrayBuffer();
}

/** CPU of one request in µs, least of all rounds; requests and upstream answers are made before. */
async function cpu(kinds, rounds, count) {
  const least = {};
  for (let round = 0; round < times(rounds); round += 1) {
    for (const [name, { request, upstream, serve = serveIt }] of Object.entries(kinds)) {
      const requests = Array.from({ length: count }, request);
      const answers = Array.from({ length: count }, upstream ?? (() => null));
      answer = () => answers.pop();
      const started = process.cpuUsage();
      for (const one of requests) await serve(one);
      const { user, system } = process.cpuUsage(started);
      least[name] = Math.min(least[name] ?? Infinity, (user + system) / count);
    }
  }
  return least;
}

async function serveIt(request) {
  const response = await worker.fetch(request);
  if (response.status !== 200) throw new Error(await response.text());
  await response.arrayBuffer();
}

/** How often something is measured. */
function times(count) {
  return QUICK ? 1 : count;
}

/** Python's time for `json.loads` of a body in µs, least of 5. */
function loads(body) {
  const code = `
import json, time

def run():
    started = time.perf_counter()
    json.loads(body)
    return time.perf_counter() - started

min(run() for _ in range(times)) * 1e6
`;
  return worker.python(code, { body, times: times(5) });
}

/** Calls into Python while one stream of one-token events is read. */
async function crossings(frames) {
  answer = () => new Response(byteStream(frames), { headers: { "content-type": "text/event-stream" } });
  await (await worker.fetch(chat(true))).text();
  const response = await worker.fetch(chat(true));
  const before = worker.crossings;
  await response.text();
  return worker.crossings - before;
}

/** Python's time for one event in µs, cut into pieces as the edge reads them; least of 30 runs. */
function perEvent(frames) {
  return worker.python(CONVERTER, { wire: frames.join(""), events: EVENTS, times: times(30) });
}

const CONVERTER = `
import time
from edge.streams import NATIVE_FRAME
from handlers.chat_answer import ChatChunks
from settings import Settings
from workers_ai.stages import Ending, Thinking
from workers_ai.text import Conversion

data = wire.encode()
width = len(data) / events
limit = Settings.load({}.get).stream_flush_bytes * max(1, width / NATIVE_FRAME)
pieces, at, size = [], 0, 1
while at < len(data):
    step = max(size, int(width))
    pieces.append(data[at : at + step])
    at, size = at + step, min(2 * size, int(limit))

def run():
    encoder = ChatChunks(model="m", n=1, include_usage=True, legacy_functions=False)
    stages = [
        Thinking(opened=False, may_think=True, limit=9999, whole=False),
        Ending(limit=9999, prompt_tokens=lambda: 1),
    ]
    conversion = Conversion(encoder, 0, stages)
    started = time.perf_counter()
    for piece in pieces:
        conversion.feed(piece)
    conversion.close()
    encoder.tail()
    return time.perf_counter() - started

min(run() for _ in range(times)) / events * 1e6
`;

/** The import of all that entry.py needs and the SDK does not bring, from source; least of 5. */
function importMs() {
  return worker.python(IMPORT, { src: SRC, times: times(5) });
}

const IMPORT = `
import pathlib, shutil, sys, time

sys.dont_write_bytecode = True  # the runtime has nowhere to write it

def run():
    for name, module in list(sys.modules.items()):
        if name in ("hmac", "_hmac") or (getattr(module, "__file__", None) or "").startswith(src):
            del sys.modules[name]
    for cache in list(pathlib.Path(src).rglob("__pycache__")):
        shutil.rmtree(cache)
    started = time.perf_counter()
    import entry
    return time.perf_counter() - started

min(run() for _ in range(times)) * 1000
`;

function bundle() {
  const files = readdirSync(SRC, { recursive: true }).filter((file) => file.endsWith(".py"));
  return gzipSync(Buffer.concat(files.map((file) => readFileSync(join(SRC, file))))).length;
}

const native = FRAMES.native(EVENTS);
const openai = FRAMES.openai(EVENTS);
const cost = await cpu(
  {
    health: { request: () => new Request("https://gateway.example/health") },
    native: { request: () => chat(false), upstream: () => wholeAnswer("native") },
    openai: { request: () => chat(false), upstream: () => wholeAnswer("openai") },
  },
  12,
  60,
);

const large = await cpu(
  {
    embeddings: { request: embeddings, upstream: () => vectors(VECTORS, 1024) },
    picture: { request: picture, upstream: () => image(1024 * 1024) },
    recording: { request: recording, upstream: transcript },
    megabyte: { request: () => image(1024 * 1024), serve: handOn },
  },
  8,
  10,
);
const parsed = await loads(await vectors(VECTORS, 1024).text());

const rows = [
  ["GET /health, the floor", "1 ×", "1 ×"],
  ["chat, not streamed, native answer", "≤ 2 ×", floors(cost.native)],
  ["chat, not streamed, OpenAI answer", "≤ 2 ×", floors(cost.openai)],
  [`crossings into Python, ${EVENTS} native events`, "≤ 45", await crossings(native)],
  [`crossings into Python, ${EVENTS} OpenAI events`, "≤ 45", await crossings(openai)],
  ["Python per native event", "≤ 10 µs", `${(await perEvent(native)).toFixed(1)} µs`],
  ["Python per OpenAI event", "≤ 10 µs", `${(await perEvent(openai)).toFixed(1)} µs`],
  ["100 embeddings of 1,024 floats to base64, by json.loads", "≤ 3 ×", by(large.embeddings, parsed)],
  ["image of 1 MB as b64_json, but for its passage", "≤ 3 ×", floors(large.picture - large.megabyte)],
  ["recording of 10 MB, its form parsed", "≤ 2 ×", floors(large.recording)],
  ["import of entry.py, after the SDK", "≤ 150 ms", `${Math.round(await importMs())} ms`],
  ["bundle, gzip", "≤ 150 KB", `${Math.round(bundle() / 1024)} KB`],
];

function floors(value) {
  return by(value, cost.health);
}

function by(value, unit) {
  return `${(value / unit).toFixed(1)} ×`;
}

console.log(`| What | Target | Here |\n|---|---|---|`);
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
process.exit(0);
