/**
 * A Worker under Pyodide for the tests of one file.
 *
 *     const worker = useWorker();
 *
 *     test("answers", async () => {
 *       worker.ai.answers(Response.json({ response: "Hi" }));
 *       const response = await worker.post("/v1/chat/completions", { model, messages });
 *       assert.equal(response.status, 200);
 *       assert.equal(worker.ai.calls[0].inputs.stream, false);
 *     });
 *
 * The interpreter is shared, the rest is fresh for each test. Every test must leave nothing
 * behind: no Python proxy alive, no timer running, nothing on Python's stderr (where warnings and
 * exceptions that nobody awaited end up), no answer of the fake AI unused.
 *
 * The suite runs once per SDK: `SDK=1.9.5 node --test tests/runtime/`.
 */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { FROZEN_SDK, startWorker } from "../../local/worker.mjs";

export const SDK = process.env.SDK ?? FROZEN_SDK;
export const KEY = "sk-test";
const ORIGIN = "https://gateway.example";

/**
 * @typedef {{model: string, inputs: any, options: any}} Call
 * @typedef {Response & {body: ReadableStream<Uint8Array>}} Reply what tests read has a body
 * @typedef {Omit<RequestInit, "headers"> & {headers?: Record<string, string | null>}} Init with
 *   null for a header that is to be left out
 */

/** The AI binding: gives the answers it was given, in order, and notes the calls. */
class Ai {
  /** @type {Call[]} */
  calls = [];
  modelList = [];
  #answers = [];

  /** @param {...(Response | Error | ((call: Call) => Response | Promise<Response>))} answers */
  answers(...answers) {
    this.#answers.push(...answers);
  }

  get unused() {
    return this.#answers.length;
  }

  async run(model, inputs, options) {
    const call = { model, inputs, options };
    this.calls.push(call);
    const answer = this.#answers.shift();
    assert.ok(answer, `the test has no answer for ${model}`);
    if (answer instanceof Error) throw answer;
    return typeof answer === "function" ? answer(call) : answer;
  }

  async models() {
    return this.modelList;
  }
}

/**
 * @param {object} [options]
 * @param {object} [options.env] more variables and bindings
 * @param {string} [options.srcDir] another Worker than src/
 * @param {Uint8Array} [options.compiled] its compiled code; without it it runs from source
 * @param {boolean} [options.timers] whether timers that run on are a fault; not with wrangler in
 *   the process, which has its own
 */
export function useWorker({ env = {}, srcDir, compiled, timers = true } = {}) {
  const stderr = [];
  let python;
  let handlerReplaced = false;

  const worker = {
    ai: new Ai(),
    /** The bindings and variables; what a test changes is undone after it. */
    env: /** @type {Record<string, any>} */ ({}),
    /**
     * Answers the Worker's own fetches.
     * @type {(request: Request) => Promise<Response>}
     */
    outgoing: unexpectedFetch,
    get crossings() {
      return python.crossings;
    },
    /** The origins of all Python proxies that have not been released. */
    get liveProxies() {
      return python.liveProxies();
    },
    python: (code, locals) => python.python(code, locals),
    /** Code that waits as a request does: the body of a coroutine. @returns what that returns */
    waiting: (code, locals) =>
      python.python(
        `
from edge.promises import run
async def work():
${code.replace(/^(?=.)/gm, "    ")}
await run(work())
`,
        locals,
      ),

    /** Makes the next request the first of an isolate: bindings and settings are read anew. */
    newIsolate: () => python.python("from core import isolate; isolate.forget()"),

    /** The most that Python has held at a time for what `action` does, in bytes. */
    async peak(action) {
      await python.python("import tracemalloc; tracemalloc.start()");
      try {
        await action();
        return await python.python("import tracemalloc; tracemalloc.get_traced_memory()[1]");
      } finally {
        await python.python("import tracemalloc; tracemalloc.stop()");
      }
    },

    /** Resolves when what goes on after answers has ended. */
    background: () => python.background(),

    /** What Python has written to stderr so far. Taken here, the test may pass in spite of it. */
    takeLog: () => stderr.splice(0),
    /** Puts `async def handle(request, connect)` of this code into the application's place. */
    async handler(code) {
      if (!handlerReplaced)
        await python.python("from edge import serve; serve.kept = serve.handle");
      handlerReplaced = true;
      await python.python(`${code}\nfrom edge import serve; serve.handle = handle`);
    },

    /**
     * With the key, unless the headers have another or null.
     * @param {string} path
     * @param {Init} [init]
     */
    request(path, { headers = {}, ...init } = {}) {
      const all = { authorization: `Bearer ${KEY}`, ...headers };
      const given = Object.entries(all).flatMap(([name, value]) =>
        value === null ? [] : [/** @type {[string, string]} */ ([name, value])],
      );
      return new Request(ORIGIN + path, { ...init, headers: given });
    },
    /** @type {(request: Request) => Promise<Reply>} */
    send: (request) => python.fetch(request),
    /** @type {(path: string, init?: Init) => Promise<Reply>} */
    fetch: (path, init) => worker.send(worker.request(path, init)),
    /** @type {(path: string, init?: Init) => Promise<Reply>} */
    get: (path, init) => worker.fetch(path, init),
    /** @type {(path: string, body?: any, init?: Init) => Promise<Reply>} */
    post: (path, body, { headers = {}, ...init } = {}) =>
      worker.fetch(path, {
        method: "POST",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json", ...headers },
        ...init,
      }),
  };

  before(async () => {
    python = await startWorker({
      sdk: SDK,
      env: worker.env,
      fetch: (request) => worker.outgoing(request),
      output: (line, stream) => {
        if (stream === "stderr") stderr.push(line);
      },
      strict: true,
      trace: true,
      ...(srcDir && { srcDir }),
      compiled,
    });
  });

  beforeEach(async () => {
    worker.ai = new Ai();
    worker.outgoing = unexpectedFetch;
    for (const name of Object.keys(worker.env)) delete worker.env[name];
    Object.assign(worker.env, { API_KEYS: KEY, ...env, AI: worker.ai });
    await worker.newIsolate();
  });

  afterEach(async () => {
    if (handlerReplaced) await python.python("from edge import serve; serve.handle = serve.kept");
    handlerReplaced = false;
    await python.background();
    assert.deepEqual(python.liveProxies(), [], "Python proxies that nobody released");
    assert.deepEqual(stderr.splice(0), [], "what Python wrote to stderr");
    const running = process.getActiveResourcesInfo().filter((name) => name === "Timeout");
    if (timers) assert.deepEqual(running, [], "timers that run on");
    assert.equal(worker.ai.unused, 0, "answers of the AI that nobody asked for");
  });

  after(() => assert.equal(python?.fatal, null));

  return worker;
}

/**
 * @param {Request} request
 * @returns {Promise<never>}
 */
async function unexpectedFetch(request) {
  throw new TypeError(`unexpected fetch of ${request.url}`);
}

/** A clock that a test turns on, in the place of that of a request and its timers. */
export class Clock {
  now = 0;
  #timers = new Map();
  #latest = 0;

  setTimeout = (callback, milliseconds, ...args) => {
    this.#latest += 1;
    const due = this.now + milliseconds / 1000;
    this.#timers.set(this.#latest, { callback: () => callback(...args), due });
    return this.#latest;
  };

  clearTimeout = (timer) => {
    this.#timers.delete(timer);
  };

  /** How many timers were ever started. */
  get started() {
    return this.#latest;
  }

  /** How many timers run. */
  get running() {
    return this.#timers.size;
  }

  advance(seconds) {
    const end = this.now + seconds;
    for (;;) {
      const [next] = [...this.#timers].toSorted(([, a], [, b]) => a.due - b.due);
      if (!next || next[1].due > end) break;
      const [timer, { callback, due }] = next;
      this.now = due;
      this.#timers.delete(timer);
      callback();
    }
    this.now = end;
  }
}

/** Runs `action` with such a clock in the Worker. */
export async function withClock(worker, action) {
  const clock = new Clock();
  const replace = `
from edge import bindings, promises, streams, values
from media import images
kept = []
for module in (bindings, images, promises, streams, values):
    for name, substitute in {
        "setTimeout": clock.setTimeout,
        "clearTimeout": clock.clearTimeout,
        "monotonic": lambda: clock.now,
    }.items():
        if hasattr(module, name):
            kept.append((module, name, getattr(module, name)))
            setattr(module, name, substitute)
promises.kept = kept
`;
  await worker.python(replace, { clock });
  try {
    await action(clock);
    assert.equal(clock.running, 0, "timers that run on");
  } finally {
    await worker.python(`
from edge import promises
for module, name, value in promises.kept:
    setattr(module, name, value)
del promises.kept
`);
  }
}

/**
 * A byte stream of these texts or bytes, one chunk each, as the binding's streams are.
 * @param {(string | Uint8Array)[]} chunks
 * @param {{onCancel?: (reason: unknown) => void}} [options]
 */
export function byteStream(chunks, { onCancel } = {}) {
  const rest = chunks.map((chunk) => (typeof chunk === "string" ? Buffer.from(chunk) : chunk));
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      const chunk = rest.shift();
      if (chunk) {
        controller.enqueue(new Uint8Array(chunk));
      } else {
        controller.close();
        controller.byobRequest?.respond(0);
      }
    },
    cancel: onCancel,
  });
}

/**
 * A streamed answer of the service: these events, one chunk each.
 * @param {(string | Uint8Array)[]} events
 * @param {{onCancel?: (reason: unknown) => void}} [options]
 */
export function eventStream(events, options) {
  return new Response(byteStream(events, options), {
    headers: { "content-type": "text/event-stream" },
  });
}
