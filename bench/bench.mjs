/**
 * `make bench`: what a request and an event of a stream cost, as ratios within this one run.
 *
 * Node's streams and its share of a request are not those of the runtime, so absolute times mean
 * little here. What carries over: how often JavaScript calls into Python, how long pure Python
 * takes, and how requests compare with GET /health, the floor.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { SRC } from "../local/paths.mjs";
import { startWorker } from "../local/worker.mjs";
import { byteStream, FRAMES, wholeAnswer } from "./upstream.mjs";

const KEY = "sk-bench";
const MODEL = "@cf/google/gemma-4-26b-a4b-it";
const EVENTS = 500;
const ROUNDS = 12;
const REQUESTS = 60;

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

/** CPU of one request in µs, least of all rounds; requests and upstream answers are made before. */
async function cpu(kinds) {
  const least = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, { request, upstream }] of Object.entries(kinds)) {
      const requests = Array.from({ length: REQUESTS }, request);
      const answers = Array.from({ length: REQUESTS }, upstream ?? (() => null));
      answer = () => answers.pop();
      const started = process.cpuUsage();
      for (const one of requests) await (await worker.fetch(one)).arrayBuffer();
      const { user, system } = process.cpuUsage(started);
      least[name] = Math.min(least[name] ?? Infinity, (user + system) / REQUESTS);
    }
  }
  return least;
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
  return worker.python(CONVERTER, { wire: frames.join(""), events: EVENTS });
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
        Thinking(opened=False, limit=9999, whole=False),
        Ending(limit=9999, prompt_tokens=lambda: 1),
    ]
    conversion = Conversion(encoder, 0, stages)
    started = time.perf_counter()
    for piece in pieces:
        conversion.feed(piece)
    conversion.close()
    encoder.tail()
    return time.perf_counter() - started

min(run() for _ in range(30)) / events * 1e6
`;

/** The import of all that entry.py needs and the SDK does not bring, from source; least of 5. */
function importMs() {
  return worker.python(IMPORT, { src: SRC });
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

min(run() for _ in range(5)) * 1000
`;

function bundle() {
  const files = readdirSync(SRC, { recursive: true }).filter((file) => file.endsWith(".py"));
  return gzipSync(Buffer.concat(files.map((file) => readFileSync(join(SRC, file))))).length;
}

const native = FRAMES.native(EVENTS);
const openai = FRAMES.openai(EVENTS);
const cost = await cpu({
  health: { request: () => new Request("https://gateway.example/health") },
  native: { request: () => chat(false), upstream: () => wholeAnswer("native") },
  openai: { request: () => chat(false), upstream: () => wholeAnswer("openai") },
});

const rows = [
  ["GET /health, the floor", "1 ×", "", cost.health],
  ["chat, not streamed, native answer", "≤ 2 ×", times(cost.native), cost.native],
  ["chat, not streamed, OpenAI answer", "≤ 2 ×", times(cost.openai), cost.openai],
  [`crossings into Python, ${EVENTS} native events`, "≤ 45", await crossings(native)],
  [`crossings into Python, ${EVENTS} OpenAI events`, "≤ 45", await crossings(openai)],
  ["Python per native event", "≤ 10 µs", `${(await perEvent(native)).toFixed(1)} µs`],
  ["Python per OpenAI event", "≤ 10 µs", `${(await perEvent(openai)).toFixed(1)} µs`],
  ["import of entry.py, after the SDK", "≤ 150 ms", `${Math.round(await importMs())} ms`],
  ["bundle, gzip", "≤ 150 KB", `${Math.round(bundle() / 1024)} KB`],
];

function times(value) {
  return `${(value / cost.health).toFixed(1)} ×`;
}

console.log(`| What | Target | Here |\n|---|---|---|`);
for (const [what, target, here] of rows) console.log(`| ${what} | ${target} | ${here || "1 ×"} |`);
process.exit(0);
