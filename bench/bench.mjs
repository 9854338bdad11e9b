/**
 * `make bench`: what a request and an event of a stream cost, as ratios within this one run.
 *
 * Node's streams and its share of a request are not those of the runtime, so absolute times mean
 * little here. What carries over: how often JavaScript calls into Python, how long pure Python
 * takes, and how requests compare with GET /health, the floor.
 *
 * All times are CPU times, so that a busy machine does not count, and the least of several; ratios
 * are those of medians, because what two requests cost at the least was not at the same time. A
 * request ends with its answer: who reads the body then is the client. What the client sent and
 * the service answers is made before, and what was left behind is collected.
 *
 * A figure over its limit (bench/limits.json) fails the run. --write keeps the figures in
 * bench/results.json, for README. With --quick everything runs once: it shows that the figures can
 * be measured, and no more.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { SRC } from "../local/paths.mjs";
import { startWorker } from "../local/worker.mjs";
import { compileSource } from "../scripts/compile.mjs";
import { countFigures } from "./counts.mjs";
import { measureHeaps } from "./heap.mjs";
import { findMisses, format, readLimits, round, writeResults } from "./limits.mjs";
import { chat, embeddings, health, KEY, post, translate } from "./requests.mjs";
import { Database, page, translated } from "./translation.mjs";
import { byteStream, FRAMES, image, transcript, vectors, wholeAnswer } from "./upstream.mjs";

const EVENTS = 500;
const VECTORS = 100;
const QUOTE = 0x22;
const QUICK = process.argv.includes("--quick");
const WRITE = process.argv.includes("--write");

/** @type {import("./limits.mjs").Figure[]} */
const figures = [];

/** Adds a figure to what is printed, held against its limit and kept for README. */
function report(name, value, unit) {
  figures.push({ name, value: round(value), unit });
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

let answer;
const AI = { run: async (_model, inputs) => answer(inputs), models: async () => [] };
const DB = new Database();
const env = { API_KEYS: KEY, MODELS_TTL: "0", AI, DB };
const worker = await startWorker({ env });

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
  const headers = { authorization: `Bearer ${KEY}`, "content-length": String(RECORDING.size) };
  const url = "https://gateway.example/v1/audio/transcriptions";
  const request = new Request(url, { method: "POST", headers, body: "" });
  request.formData = async () => form;
  return request;
}

/**
 * What it takes to cut an image out of an answer and hand it on, without any Python: Node's work
 * on a megabyte, which is not the runtime's. With the turn of the event loop that a request
 * takes, because Node gives memory back in it.
 */
async function handOn(upstream) {
  await setImmediate();
  const body = new Uint8Array(await upstream.arrayBuffer());
  const start = body.indexOf(QUOTE, '{"image":'.length) + 1;
  return new Response(new Blob(["[", body.subarray(start, body.indexOf(QUOTE, start)), "]"]));
}

/** CPU of one request in µs, picked from all rounds, in each of which all kinds have their turn. */
async function cpu(kinds, rounds, count, pick = median) {
  /** @type {Record<string, number[]>} */
  const spent = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
  for (let round = 0; round < times(rounds); round += 1) {
    for (const [name, { request, upstream, serve = fetch }] of Object.entries(kinds)) {
      const requests = Array.from({ length: count }, request);
      const answers = Array.from({ length: count }, upstream ?? (() => null));
      answer = () => answers.pop();
      const responses = [];
      collectGarbage();
      const all = await cpuOf(async () => {
        for (const one of requests) responses.push(await serve(one));
      });
      spent[name].push(all / count);
      for (const response of responses) {
        if (response.status !== 200) throw new Error(await response.text());
        await response.body.cancel();
      }
    }
  }
  return Object.fromEntries(Object.entries(spent).map(([name, each]) => [name, pick(each)]));
}

function median(values) {
  return values.sort((a, b) => a - b)[values.length >> 1];
}

function least(values) {
  return Math.min(...values);
}

const fetch = (request) => worker.fetch(request);

let probes = 0;
/** Another one each time, in letters: what has been translated before is remembered. */
const newProbe = () =>
  translate(`Hello ${[...String(probes++)].map((digit) => "aeioubdgkl"[digit]).join("")}`);

const PAGE = page(50, 300);
const pageOf50 = () => post("/v2/translate", { text: PAGE, target_lang: "FR" });

/**
 * CPU of one translation in µs, least of all rounds, the models' answers made before. The isolate
 * has forgotten what it knew; with `known` D1 has not.
 */
async function translation(request, { known = false } = {}) {
  const answers = await answersTo(request);
  const rounds = [];
  for (let round = 0; round < times(60); round += 1) {
    const left = answers.map((body) => Response.json(body));
    answer = () => left.shift();
    if (!known) DB.forget();
    await forget();
    const one = request();
    if (round % 4 === 0) collectGarbage();
    let response;
    const spent = await cpuOf(async () => {
      response = await fetch(one);
    });
    if (response.status !== 200) throw new Error(await response.text());
    if (left.length !== (known ? answers.length : 0))
      throw new Error(`${left.length} of ${answers.length} calls were not made`);
    rounds.push(spent);
  }
  return least(rounds);
}

const forget = () => worker.python("from storage import translations; translations.recent.clear()");

/** What the models answer to each call of a request, in order. */
async function answersTo(request) {
  const answers = [];
  answer = async (inputs) => {
    const response = translated(inputs);
    answers.push(await response.clone().json());
    return response;
  };
  DB.forget();
  await forget();
  const response = await fetch(request());
  if (response.status !== 200) throw new Error(await response.text());
  return answers;
}

/** µs. */
async function cpuOf(action) {
  const started = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(started);
  return user + system;
}

/** How often something is measured. */
function times(count) {
  return QUICK ? 1 : count;
}

/** Python's CPU for a piece of code in µs, picked from so many runs. */
async function python(code, locals, { rounds = 5, pick = least, on = worker } = {}) {
  const spent = [];
  for (let round = 0; round < times(rounds); round += 1) {
    spent.push(await cpuOf(() => on.python(code, locals)));
  }
  return pick(spent);
}

const loads = (body) =>
  python("import json; json.loads(body); None", { body }, { rounds: 15, pick: median });

/** Calls into Python while one stream of one-token events is read. */
async function crossings(frames) {
  answer = () =>
    new Response(byteStream(frames), { headers: { "content-type": "text/event-stream" } });
  await (await worker.fetch(chat(true))).text();
  const response = await worker.fetch(chat(true));
  const before = worker.crossings;
  await response.text();
  return worker.crossings - before;
}

/** Python's CPU for one event in µs, cut into pieces as the edge reads them. */
async function perEvent(frames, encoder = "ChatChunks") {
  const streams = times(10);
  const locals = { wire: frames.join(""), events: EVENTS, encoder_name: encoder, streams };
  return (await python(CONVERTER, locals, { rounds: 8 })) / EVENTS / streams;
}

const CONVERTER = `
from edge.streams import NATIVE_FRAME
from handlers.openai.chat.answer import ChatChunks
from handlers.anthropic.stream import MessageEvents
from handlers.openai.responses.stream import ResponseEvents
from core.settings import Settings
from workers_ai.text.conversion import Conversion
from workers_ai.text.stages.ending import Ending
from workers_ai.text.stages.thinking import Thinking

data = wire.encode()
width = len(data) / events
limit = Settings.load({}.get).stream_flush_bytes * max(1, width / NATIVE_FRAME)
pieces, at, size = [], 0, 1
while at < len(data):
    step = max(size, int(width))
    pieces.append(data[at : at + step])
    at, size = at + step, min(2 * size, int(limit))

ENCODERS = {
    "ChatChunks": lambda: ChatChunks(
        model="m", served="m", n=1, include_usage=True, legacy_functions=False
    ),
    "MessageEvents": lambda: MessageEvents(model="m", stops=(), input_tokens=1),
    "ResponseEvents": lambda: ResponseEvents({}),
}

for _ in range(streams):
    encoder = ENCODERS[encoder_name]()
    stages = [
        Thinking(opened=False, may_think=True, limit=9999, whole=False),
        Ending(limit=9999, prompt_tokens=lambda: 1),
    ]
    conversion = Conversion(encoder, 0, stages)
    for piece in pieces:
        conversion.feed(piece)
    conversion.close()
    encoder.tail()
`;

/** The import of all that entry.py needs and the SDK does not bring, as it is deployed, in ms. */
async function importMs() {
  const deployed = await startWorker({ env, compiled: await compileSource(SRC) });
  return (await python(IMPORT, { src: SRC }, { on: deployed })) / 1000;
}

const IMPORT = `
import pathlib, shutil, sys

sys.dont_write_bytecode = True  # the runtime has nowhere to write it
for name, module in list(sys.modules.items()):
    if name in ("hmac", "_hmac") or (getattr(module, "__file__", None) or "").startswith(src):
        del sys.modules[name]
for cache in list(pathlib.Path(src).rglob("__pycache__")):
    shutil.rmtree(cache)
import entry
`;

/** What the deploy uploads, compressed: source and tables, and the code compiled from it. */
async function bundle() {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(?:py|txt)$/.test(file),
  );
  const source = gzipSync(Buffer.concat(files.map((file) => readFileSync(join(SRC, file)))));
  return { source: source.length, compiled: gzipSync(await compileSource(SRC)).length };
}

const native = FRAMES.native(EVENTS);
const openai = FRAMES.openai(EVENTS);
const floor = { request: health };
const texts = Array.from({ length: VECTORS }, (_, place) => `text ${place}`);
const cost = await cpu(
  {
    health: floor,
    native: { request: () => chat(false), upstream: () => wholeAnswer("native") },
    openai: { request: () => chat(false), upstream: () => wholeAnswer("openai") },
    probe: { request: newProbe, upstream: () => translated({ text: "Hello" }) },
    known: {
      request: () => translate("Hello world"),
      upstream: () => translated({ text: "Hello" }),
    },
  },
  40,
  20,
);

const large = await cpu(
  {
    health: floor,
    embeddings: { request: () => embeddings(texts), upstream: () => vectors(VECTORS, 1024) },
    recording: { request: recording, upstream: transcript },
  },
  20,
  10,
);
// Few at a time, and the least: Node collects their megabytes on the way, now and then.
const images = await cpu(
  {
    health: floor,
    picture: { request: picture, upstream: () => image(1024 * 1024) },
    megabyte: { request: () => image(1024 * 1024), serve: handOn },
  },
  40,
  3,
  least,
);
const parsed = await loads(await vectors(VECTORS, 1024).text());

const translations = {
  page: await translation(pageOf50),
  known: await translation(pageOf50, { known: true }),
};
const reads = DB.reads;
await forget();
await fetch(pageOf50());

report("GET /health, the floor", 1, "×");
report("chat, not streamed, native answer", cost.native / cost.health, "×");
report("chat, not streamed, OpenAI answer", cost.openai / cost.health, "×");
report(`crossings into Python, ${EVENTS} native events`, await crossings(native), "");
report(`crossings into Python, ${EVENTS} OpenAI events`, await crossings(openai), "");
report("Python per native event", await perEvent(native), "µs");
report("Python per OpenAI event", await perEvent(openai), "µs");
report("the same to Messages", await perEvent(openai, "MessageEvents"), "µs");
report("the same to Responses", await perEvent(openai, "ResponseEvents"), "µs");
report("100 embeddings of 1,024 floats to base64, by json.loads", large.embeddings / parsed, "×");
report(
  "image of 1 MB as b64_json, but for its passage",
  (images.picture - images.megabyte) / images.health,
  "×",
);
report("recording of 10 MB, its form parsed", large.recording / large.health, "×");
report("“Hello world” into zh-CN, D1 read and written", cost.probe / cost.health, "×");
report("the same once more, from the isolate's memory", cost.known / cost.health, "×");
report("page of 50 paragraphs of 300 characters", translations.page / 1000, "ms");
report("the same page, remembered", translations.known / 1000, "ms");
report("reads of D1 for it", DB.reads - reads, "");
for (const { name, value, unit } of await countFigures()) report(name, value, unit);
report("import of entry.py, after the SDK", await importMs(), "ms");
const { source, compiled } = await bundle();
report("source and tables, gzip", source / 1024, "KB");
report("with the compiled code, gzip", (source + compiled) / 1024, "KB");
const heaps = await measureHeaps(QUICK ? 1 : undefined);
report("memory after the largest requests", Math.max(...Object.values(heaps)), "MB");

const limits = readLimits();
console.log(format(figures, limits));
if (WRITE) writeResults(figures);
const misses = QUICK ? [] : findMisses(figures, limits);
if (misses.length > 0) console.log(`\n${misses.join("\n")}`);
process.exit(misses.length > 0 ? 1 : 0);
