/** Calls of the AI binding: what it is given, and what becomes of its answers and refusals. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate, setTimeout } from "node:timers/promises";
import { eventStream, useWorker } from "./harness.mjs";

const worker = useWorker();

const CHAT = "/v1/chat/completions";
const MODEL = "@cf/google/gemma-4-26b-a4b-it";
const ask = (others) => ({
  model: MODEL,
  messages: [{ role: "user", content: "Hello" }],
  ...others,
});
const answer = (text = "Hi") => Response.json({ response: text });
const named = (name, message) => Object.assign(new Error(message), { name });

/**
 * `AI.run` itself, with these calls.
 * @param {(string | object)[][]} calls each with its model and inputs
 * @param {{binding?: object}} [options]
 * @returns {Promise<{status: number, body: string}[]>}
 */
const run = (calls, { binding = worker.ai } = {}) =>
  worker.waiting(
    `
import json
from edge.bindings import AI
from core.ports import Call
wanted = [Call(*call) for call in json.loads(calls)]
replies = await AI(binding, 90).run(*wanted)
return [{"status": reply.status, "body": (await reply.read(1000)).decode()} for reply in replies]
`,
    { calls: JSON.stringify(calls), binding },
  );

test("inputs and options arrive as plain objects", async () => {
  worker.ai.answers(answer());
  const schema = { type: "object", properties: { a: { type: "number" }, __proto__: null } };
  const tools = [{ type: "function", function: { name: "f", parameters: schema } }];
  assert.equal(
    (await worker.post(CHAT, ask({ tools, temperature: 0.5, seed: 2 ** 53 - 1 }))).status,
    200,
  );
  const [{ model, inputs, options }] = worker.ai.calls;
  assert.equal(model, MODEL);
  assert.deepEqual(kinds(inputs), new Set(["Object", "Array"]));
  assert.deepEqual(inputs.messages, [{ role: "user", content: "Hello" }]);
  assert.equal(inputs.temperature, 0.5);
  assert.equal(inputs.seed, 2 ** 53 - 1);
  assert.equal(Object.getPrototypeOf(options), Object.prototype);
  assert.equal(options.returnRawResponse, true);
  assert.equal("extraHeaders" in options, false);
});

/** The constructors of all objects in a value. */
function kinds(value, found = new Set()) {
  if (typeof value === "object" && value !== null) {
    found.add(Object.getPrototypeOf(value).constructor.name);
    for (const inner of Object.values(value)) kinds(inner, found);
  }
  return found;
}

test("large inputs arrive complete", async () => {
  const png = Buffer.from("89504e470d0a1a0a", "hex");
  for (const size of [50_000, 99_900, 100_000, 3_000_000]) {
    worker.ai.answers(answer());
    const url = `data:image/png;base64,${Buffer.concat([png, Buffer.alloc(size, 7)]).toString("base64")}`;
    const content = [
      { type: "text", text: "Grüße 🦊 \ud83d" },
      { type: "image_url", image_url: { url } },
    ];
    const response = await worker.post(CHAT, ask({ messages: [{ role: "user", content }] }));
    assert.equal(response.status, 200);
    const [{ inputs }] = worker.ai.calls.splice(0);
    assert.deepEqual(kinds(inputs), new Set(["Object", "Array"]));
    assert.deepEqual(inputs.messages[0].content, content);
  }
});

test("each call has a signal of its own, which aborts when the client goes away", async () => {
  for (const n of [1, 2]) {
    const client = new AbortController();
    worker.ai.answers(...Array(n).fill(() => new Promise(() => {})));
    const response = worker.post(CHAT, ask({ n }), { signal: client.signal });
    while (worker.ai.calls.length < n) await setImmediate();
    const signals = worker.ai.calls.splice(0).map(({ options }) => options.signal);
    assert.equal(new Set(signals).size, n);
    assert.ok(signals.every(({ aborted }) => !aborted));
    client.abort();
    assert.equal((await response).status, 499);
    assert.ok(signals.every(({ aborted }) => aborted));
  }
});

test("extra headers are sent only for session affinity", async () => {
  worker.ai.answers(answer(), answer());
  await worker.post(CHAT, ask({ prompt_cache_key: "a b" }));
  await worker.post(CHAT, ask());
  const [first, second] = worker.ai.calls.map(({ options }) => options);
  assert.equal(Object.getPrototypeOf(first.extraHeaders), Object.prototype);
  assert.deepEqual(Object.keys(first.extraHeaders), ["x-session-affinity"]);
  assert.equal("extraHeaders" in second, false);
  assert.equal(second.returnRawResponse, true);
});

test("at most six calls run in parallel", async () => {
  let now = 0;
  let most = 0;
  const binding = {
    async run(model) {
      now += 1;
      most = Math.max(most, now);
      await setImmediate();
      now -= 1;
      return new Response(model);
    },
  };
  const names = Array.from({ length: 14 }, (_, place) => `m${place}`);
  const replies = await run(
    names.map((name) => [name, {}]),
    { binding },
  );
  assert.deepEqual(
    replies,
    names.map((name) => ({ status: 200, body: name })),
  );
  assert.equal(most, 6);
});

test("further calls wait until earlier bodies are read", async () => {
  const bodies = [];
  const binding = {
    async run(model) {
      const unread = bodies.filter((body) => !body.read).length;
      assert.ok(unread < 6, "the platform would wait for ever");
      const body = { read: false };
      bodies.push(body);
      const stream = new ReadableStream(
        {
          pull(controller) {
            body.read = true;
            controller.enqueue(new TextEncoder().encode(model));
            controller.close();
          },
        },
        { highWaterMark: 0 },
      );
      return new Response(stream, { status: 202, headers: { "cf-ai-req-id": `id-${model}` } });
    },
  };
  const names = Array.from({ length: 14 }, (_, place) => `m${place}`);
  const replies = await worker.waiting(
    `
import json
from edge.bindings import AI
from core.ports import Call
replies = await AI(binding, 90).run(*[Call(name, {}) for name in json.loads(names)])
return [
    [reply.status, reply.header("cf-ai-req-id"), (await reply.read(9)).decode()] for reply in replies
]
`,
    { names: JSON.stringify(names), binding },
  );
  assert.deepEqual(
    replies,
    names.map((name) => [202, `id-${name}`, name]),
  );
});

test("a body that the next calls wait for can be read, streamed, sliced and given up; one that breaks off raises", async () => {
  const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
  worker.ai.answers(
    ...Array.from({ length: 4 }, () => new Response("hello")),
    new Response(broken),
    new Error("x"),
    answer(),
  );
  const found = await worker.waiting(
    `
from edge.bindings import AI
from core.errors import APIError, AnswerTooLarge
from core.ports import Call
one, two, three, four, five, six, _ = await AI(binding, 90).run(*[Call("m", {})] * 7)
found = [(await one.read(9)).decode(), (await one.read(5)).decode()]
try:
    await one.read(4)
except AnswerTooLarge:
    found.append("too large")
found.append((await two.buffer(5)).slice(1, 3).read().decode())
from edge.promises import call_js
from js import Response
response = Response.new(three.stream)
found.append(await call_js(response.text, response))
await four.cancel()
try:
    await five.read(9)
except APIError as error:
    found.append(error.code)
found.append(six.status)
return found
`,
    { binding: worker.ai },
  );
  assert.deepEqual(found, ["hello", "hello", "too large", "el", "hello", "upstream_error", 502]);
});

test("each call gets its own reply", async () => {
  worker.ai.answers(
    async () => {
      await setTimeout(5);
      return new Response("slow", { status: 201 });
    },
    new Error("7777: broken"),
    new Response("quick", { status: 429 }),
  );
  assert.deepEqual(
    await run([
      ["a", {}],
      ["b", {}],
      ["c", {}],
    ]),
    [
      { status: 201, body: "slow" },
      { status: 502, body: '{"description":"7777: broken"}' },
      { status: 429, body: "quick" },
    ],
  );
});

test("rejections with any value", async () => {
  const reasons = [new Error("x"), "text", 5, null, undefined, { message: 7 }, { name: {} }];
  for (const reason of reasons) {
    const binding = { run: () => Promise.reject(reason) };
    for (const calls of [
      [["a", {}]],
      [
        ["a", {}],
        ["b", {}],
      ],
    ]) {
      for (const reply of await run(calls, { binding })) assert.equal(reply.status, 502);
    }
  }
});

test("rejected calls become the matching errors", async () => {
  /** @type {[Error, number, string, number][]} */
  const table = [
    [
      named("InferenceUpstreamError", "3040: Capacity temporarily exceeded"),
      429,
      "capacity_exceeded",
      2,
    ],
    [named("InferenceUpstreamError", "5007: No such model"), 404, "model_not_found", 1],
    [
      named("InferenceUpstreamError", "8007: 4006: you have used up"),
      429,
      "daily_neurons_exhausted",
      1,
    ],
    [named("InferenceUpstreamError", "9999: unheard of"), 502, "upstream_error", 2],
    [named("AbortError", "The operation was aborted"), 499, "aborted", 1],
    [new DOMException("The operation was aborted", "AbortError"), 499, "aborted", 1],
    [new TypeError("Network connection lost."), 502, "upstream_error", 2],
  ];
  await withoutSleep(async () => {
    for (const [error, status, code, tries] of table) {
      worker.ai.answers(...Array(tries).fill(error));
      const response = await worker.post(CHAT, ask());
      const body = await response.text();
      assert.equal(response.status, status, error.message);
      assert.equal(JSON.parse(body).error.code, code);
      assert.doesNotMatch(body, /InferenceUpstream|Network|Traceback/);
    }
  });
});

async function withoutSleep(action) {
  await worker.python("from workers_ai import client; client.BACKOFF = 0");
  try {
    await action();
  } finally {
    await worker.python("from workers_ai import client; client.BACKOFF = 0.5");
  }
}

test("error answers of both shapes, of unknown shape, and broken ones", async () => {
  /** @type {[Response, number, string][]} */
  const table = [
    [
      Response.json({ internalCode: 5007, description: "No such model" }, { status: 400 }),
      404,
      "model_not_found",
    ],
    [
      Response.json({ errors: [{ code: 5007, message: "No such model" }] }, { status: 400 }),
      404,
      "model_not_found",
    ],
    [new Response("<html>not found</html>", { status: 404 }), 404, "model_not_found"],
    [new Response(null, { status: 400 }), 400, "invalid_input"],
    [new Response("x".repeat(100_000), { status: 400 }), 400, "invalid_input"],
    [
      new Response("x".repeat(100_000), { status: 400, headers: { "content-length": "100000" } }),
      400,
      "invalid_input",
    ],
    [new Response(endless(), { status: 400 }), 400, "invalid_input"],
  ];
  for (const [reply, status, code] of table) {
    worker.ai.answers(reply);
    const response = await worker.post(CHAT, ask());
    assert.equal(response.status, status);
    assert.equal((await response.json()).error.code, code);
    assert.ok(reply.bodyUsed || !reply.body, "the body was neither read nor given up");
  }
});

const endless = () =>
  new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1000).fill(32)) });

test("unexpected answers", async () => {
  const broken = (type) =>
    new Response(
      new ReadableStream(
        {
          pull: (controller) => controller.error(new Error("secret detail")),
        },
        { highWaterMark: 0 },
      ),
      { headers: { "content-type": type } },
    );
  const replies = [
    new Response("<html>"),
    new Response(""),
    new Response(null),
    new Response("null", { headers: { "content-type": "application/json" } }),
    new Response(Uint8Array.of(0xff, 0xfe), { headers: { "content-type": "application/json" } }),
    broken("application/json"),
    broken("text/plain"),
  ];
  for (const stream of [false, true]) {
    for (const reply of replies) {
      worker.ai.answers(reply.clone());
      const response = await worker.post(CHAT, ask({ stream }));
      const text = await response.text();
      assert.equal(response.status, 502, text);
      assert.equal(JSON.parse(text).error.code, "upstream_error");
      assert.doesNotMatch(text, /secret|Traceback|html/);
    }
  }
});

test("JSON with parameters in its content type", async () => {
  for (const type of ["application/json; charset=utf-8", "application/json", "text/plain"]) {
    worker.ai.answers(new Response('{"response":"Grüße"}', { headers: { "content-type": type } }));
    const response = await worker.post(CHAT, ask());
    assert.equal((await response.json()).choices[0].message.content, "Grüße");
  }
});

test("without the binding: 503 with what to add, only where it is needed", async () => {
  delete worker.env.AI;
  const response = await worker.post(CHAT, ask());
  assert.equal(response.status, 503);
  assert.match((await response.json()).error.message, /\[ai\]/);
  for (const path of ["/health", "/v1/models", "/v1/models/gpt-4o"]) {
    assert.equal((await worker.get(path)).status, 200);
  }
});

test("an aborted request aborts its call", async () => {
  const client = new AbortController();
  worker.ai.answers(
    ({ options }) =>
      new Promise((_, reject) => {
        options.signal.addEventListener("abort", () => reject(options.signal.reason));
        client.abort();
      }),
  );
  const response = await worker.post(CHAT, ask(), { signal: client.signal });
  assert.equal(response.status, 499);
});

// --- a service binding ------------------------------------------------------------------------

/**
 * The binding as a service binding is: it answers to any name, with functions and with promises,
 * and takes no abort signal and no object without a prototype.
 */
function serviceBinding(methods) {
  const probed = new Set();
  const stub = (method, name) =>
    new Proxy(function remote() {}, {
      get(target, inner) {
        if (typeof inner === "symbol") return Reflect.get(target, inner);
        return stub(undefined, `${name}.${inner}`);
      },
      apply: (_, __, args) => {
        probed.add(name);
        if (!method) return Promise.reject(new TypeError(`there is no method ${name}`));
        return args.some((value) => value?.signal)
          ? Promise.reject(
              new DOMException("AbortSignal serialization is not enabled.", "DataCloneError"),
            )
          : method(...structuredClone(args));
      },
    });
  const binding = new Proxy(
    {},
    {
      get(target, name) {
        if (typeof name === "symbol" || name === "then") return Reflect.get(target, name);
        return stub(methods[name], name);
      },
    },
  );
  return { binding, probed };
}

test("a service binding is retried without the signal, and then called without it", async () => {
  const seen = [];
  const { binding, probed } = serviceBinding({
    run: async (_model, _inputs, options) => {
      seen.push(options);
      return answer();
    },
    models: async () => [],
  });
  worker.env.AI = binding;
  await forget();
  for (const others of [{}, { n: 2 }, {}]) {
    const response = await worker.post(CHAT, ask(others));
    assert.equal(response.status, 200, await response.clone().text());
  }
  assert.equal((await worker.get("/v1/models")).status, 200);
  assert.equal(seen.length, 4);
  for (const options of seen) assert.deepEqual(options, { returnRawResponse: true });
  assert.deepEqual([...probed].sort(), ["models", "run"]);
});

test("a DataCloneError for another reason is an error", async () => {
  worker.ai.answers(...Array(3).fill(new DOMException("no", "DataCloneError")));
  await withoutSleep(async () => assert.equal((await worker.post(CHAT, ask())).status, 502));
});

test("the raw binding is used, whatever the SDK wraps", async () => {
  class Ai {
    #name = "Ai";
    async run() {
      return answer(this.#name);
    }
  }
  worker.env.AI = new Ai();
  const response = await worker.post(CHAT, ask());
  assert.equal((await response.json()).choices[0].message.content, "Ai");
});

// --- a second try -----------------------------------------------------------------------------

test("retries a 3040 after a pause", async () => {
  let first;
  let second;
  worker.ai.answers(
    () => {
      first = performance.now();
      return Response.json({ internalCode: 3040, description: "Capacity" }, { status: 429 });
    },
    () => {
      second = performance.now();
      return answer("at last");
    },
  );
  const response = await worker.post(CHAT, ask());
  assert.equal((await response.json()).choices[0].message.content, "at last");
  assert.ok(second - first > 450, `${second - first} ms`);
});

test("other requests are served during the pause", async () => {
  const capacity = named("InferenceUpstreamError", "3040: Capacity");
  worker.ai.answers(capacity, answer("between"), answer("at last"));
  const order = [];
  const text = async (response) => order.push((await response.json()).choices[0].message.content);
  const retried = worker.post(CHAT, ask()).then(text);
  await setTimeout(50);
  await worker.post(CHAT, ask()).then(text);
  await retried;
  assert.deepEqual(order, ["between", "at last"]);
});

test("retries a stream that fails before its first byte", async () => {
  worker.ai.answers(
    Response.json({ internalCode: 3040 }, { status: 429 }),
    eventStream([
      'data: {"response":"at last"}\n\n',
      'data: {"response":"","usage":{}}\n\n',
      "data: [DONE]\n\n",
    ]),
  );
  const response = await worker.post(CHAT, ask({ stream: true }));
  assert.match(await response.text(), /at last.*\[DONE\]/s);
});

test("a stream that is passed on untouched: its client's going away cancels the upstream", async () => {
  for (const pieces of [0, 2]) {
    let cancelled = false;
    const chunks = Array(100).fill('data: {"response":"a"}\n\n');
    worker.ai.answers(eventStream(chunks, { onCancel: () => (cancelled = true) }));
    const path = `/client/v4/accounts/a/ai/run/${MODEL}`;
    const response = await worker.post(path, { prompt: "Hello", stream: true });
    assert.deepEqual(worker.liveProxies, []);
    const reader = response.body.getReader();
    for (let piece = 0; piece < pieces; piece += 1) await reader.read();
    await reader.cancel();
    assert.ok(cancelled);
  }
});

test("cancels the other replies of a group when one fails", async () => {
  let cancelled = 0;
  const good = () => eventStream([": wait\n\n"], { onCancel: () => (cancelled += 1) });
  worker.ai.answers(good(), Response.json({ internalCode: 5007 }, { status: 400 }), good());
  const response = await worker.post(CHAT, ask({ stream: true, n: 3 }));
  assert.equal(response.status, 404);
  assert.equal(cancelled, 2);
});

test("a body that cannot be cancelled does no harm", async () => {
  const stuck = new Response(
    new ReadableStream({ type: "bytes", cancel: () => Promise.reject("no") }),
    { headers: { "content-type": "text/event-stream" } },
  );
  worker.ai.answers(stuck, Response.json({ internalCode: 5007 }, { status: 400 }));
  assert.equal((await worker.post(CHAT, ask({ stream: true, n: 2 }))).status, 404);
});

// --- the model list ---------------------------------------------------------------------------

/** Forgets what the isolate knows of the account's models. */
const forget = () => worker.python("from core import isolate; isolate.forget()");

const NEW = {
  name: "@cf/new/model",
  task: { name: "Text Generation" },
  created_at: "2026-11-01 00:00:00",
};

test("the live list arrives as plain Python values", async () => {
  const list = [
    {
      ...NEW,
      properties: [
        { property_id: "context_window", value: "4096" },
        { a: null, b: 1.5, c: 2, d: true },
      ],
    },
  ];
  let given;
  const binding = {
    models: async (params) => {
      given = params;
      return list;
    },
  };
  const code = "from edge.bindings import AI; return repr(await AI(binding, 90).models())";
  const shown = await worker.waiting(code, { binding });
  const expected = await worker.python("import json; repr(json.loads(text))", {
    text: JSON.stringify(list),
  });
  assert.equal(shown, expected);
  assert.equal(Object.getPrototypeOf(given), Object.prototype);
});

test("a model of the live list can be used", async () => {
  await forget();
  worker.ai.modelList = [NEW];
  const listed = await (await worker.get("/v1/models")).json();
  assert.ok(listed.data.some(({ id }) => id === NEW.name));
  await forget();
});

test("a list that fails, is invalid or never arrives delays nobody", async () => {
  await worker.python("import edge.bindings as b; b.MODELS_SECONDS = 0.05");
  let late;
  const lists = [
    () => Promise.reject(new Error("1031: no account")),
    () => Promise.reject("text"),
    () => Promise.resolve(null),
    () => Promise.resolve(undefined),
    () => Promise.resolve("text"),
    () => Promise.resolve([1, null, { name: 5 }]),
    () => new Promise(() => {}),
    () => new Promise((_, reject) => (late = reject)),
  ];
  for (const models of lists) {
    await forget();
    worker.ai.models = models;
    const response = await worker.get("/v1/models");
    assert.equal(response.status, 200);
    assert.ok((await response.json()).data.length > 50);
    assert.equal((await worker.get("/v1/models/no-such-model")).status, 404);
  }
  late(new Error("too late"));
  await worker.python("import edge.bindings as b; b.MODELS_SECONDS = 3.0");
  await forget();
});

test("one request waits for the list, others do not", async () => {
  await forget();
  const list = Promise.withResolvers();
  worker.ai.models = () => list.promise;
  const waiting = worker.get("/v1/models");
  await setImmediate();
  assert.equal((await worker.get("/v1/models")).status, 200);
  list.resolve([NEW]);
  const ids = (await (await waiting).json()).data.map(({ id }) => id);
  assert.ok(ids.includes(NEW.name));
  await forget();
});
