/** Many requests in one isolate at the same time. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { setImmediate, setTimeout } from "node:timers/promises";
import { SRC } from "../../local/paths.mjs";
import { byteStream, useWorker } from "./harness.mjs";

const worker = useWorker();

const MODEL = "@cf/google/gemma-4-26b-a4b-it";
const CHAT = "/v1/chat/completions";

/** Nobody's name is in anybody else's answer. */
const NAMES = Array.from(
  { length: 20 },
  (_, place) => `caller-${String.fromCharCode(97 + place).repeat(3)}`,
);

/** Says the prompt fifty times, at a pace of its own. */
beforeEach(() => {
  worker.ai.run = async (model, inputs, options) => {
    worker.ai.calls.push({ model, inputs, options });
    const prompt = inputs.messages.at(-1).content;
    const pace = 1 + (prompt.charCodeAt(7) % 4);
    await setTimeout(pace);
    const headers = { "cf-ai-req-id": `id-${prompt}` };
    if (!inputs.stream) return Response.json({ response: `${prompt} `.repeat(50) }, { headers });
    const frames = Array(50).fill(`data: ${JSON.stringify({ response: `${prompt} ` })}\n\n`);
    return new Response(paced([...frames, "data: [DONE]\n\n"], pace), {
      headers: { ...headers, "content-type": "text/event-stream" },
    });
  };
});

/** A byte stream that waits a few turns of the event loop before each chunk. */
function paced(chunks, turns) {
  const inner = byteStream(chunks).getReader();
  return new ReadableStream({
    type: "bytes",
    async pull(controller) {
      for (let turn = 0; turn < turns; turn += 1) await setImmediate();
      const { done, value } = await inner.read();
      if (!done) return controller.enqueue(value);
      controller.close();
      controller.byobRequest?.respond(0);
    },
  });
}

const ask = (content, others) => ({
  model: MODEL,
  messages: [{ role: "user", content }],
  ...others,
});

async function said(response, stream) {
  if (!stream) return (await response.json()).choices[0].message.content;
  let text = "";
  for await (const piece of response.body) {
    text += Buffer.from(piece);
    await setImmediate();
  }
  return text
    .split("\n\n")
    .filter((frame) => frame.startsWith("data: {"))
    .map((frame) => JSON.parse(frame.slice(6)).choices[0]?.delta.content ?? "")
    .join("");
}

test("twenty parallel requests, streamed and not, do not mix", async () => {
  worker.env.STREAM_FLUSH_BYTES = "200";
  await Promise.all(
    NAMES.map(async (name, place) => {
      const stream = place % 3 > 0;
      const headers = { "x-session-affinity": name };
      const response = await worker.post(CHAT, ask(name, { stream }), { headers });
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("x-request-id"), `id-${name}`);
      assert.equal((await said(response, stream)).trim(), `${name} `.repeat(50).trim());
    }),
  );
  assert.equal(worker.ai.calls.length, 20);
});

test("twenty parallel requests of which some fail and some disconnect", async () => {
  const outcomes = await Promise.all(
    NAMES.map(async (name, place) => {
      const kind = place % 5;
      if (kind === 0) return (await worker.get(`/v1/models/${name}`)).status;
      if (kind === 1) return (await worker.post(CHAT, ask(5))).status;
      if (kind === 2)
        return (await worker.post(CHAT, ask(name), { headers: { authorization: null } })).status;
      const response = await worker.post(CHAT, ask(name, { stream: true }));
      if (kind === 3) {
        const reader = response.body.getReader();
        await reader.read();
        await reader.cancel();
        return "gone";
      }
      assert.equal((await said(response, true)).trim(), `${name} `.repeat(50).trim());
      return response.status;
    }),
  );
  assert.deepEqual(outcomes, Array(4).fill([404, 400, 401, "gone", 200]).flat());
});

test("an exception that is no Exception ends the request", { timeout: 10_000 }, async () => {
  // As the runtime's CpuLimitExceeded: nothing may catch it, and nobody may wait on after it.
  const code = `
from js import Array, Promise
from edge.promises import all_settled, run

class OverLimit(BaseException):
    pass

async def work():
    await all_settled(Array.of(Promise.resolve(1)))
    raise OverLimit

try:
    await run(work())
except RuntimeError as error:
    ended = str(error)
ended
`;
  const seen = [];
  // The exception itself goes on into JavaScript, where the runner would take it for a fault.
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (error) => seen.push(error));
  try {
    assert.equal(await worker.python(code), "the request was broken off");
    await setImmediate();
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const other of others) process.on("unhandledRejection", other);
  }
  assert.match(String(seen), /OverLimit/);
});

test("a promise that cannot be waited for ends the request", async () => {
  const code = `
from js import Promise
from edge import promises

async def work():
    await promises.value_of(Promise.withResolvers().promise)

def refuse(*_):
    raise RuntimeError("no")

kept, promises.chain = promises.chain, refuse
try:
    await promises.run(work())
except RuntimeError as error:
    ended = str(error)
finally:
    promises.chain = kept
ended
`;
  assert.equal(await worker.python(code), "no");
  assert.deepEqual(worker.liveProxies, []);
});

/** Counts the JavaScript objects that the Worker's modules hold on to. */
const HELD = `
import sys
from collections import deque
from pyodide.ffi import JsProxy

modules = [module for module in sys.modules.values()
           if (getattr(module, "__file__", None) or "").startswith(src)]
names = {module.__name__ for module in modules}
seen, held, queue = set(), 0, deque(map(vars, modules))
while queue:
    value = queue.popleft()
    if id(value) in seen:
        continue
    seen.add(id(value))
    if isinstance(value, JsProxy):
        held += 1
    elif isinstance(value, dict):
        queue.extend(value.values())
    elif isinstance(value, list | tuple | set | frozenset):
        queue.extend(value)
    elif getattr(type(value), "__module__", None) in names:
        queue.append(getattr(value, "__dict__", {}))
    elif isinstance(value, type) and value.__module__ in names:
        queue.extend(vars(value).values())
held
`;

test("requests leave no JavaScript objects in the isolate", async () => {
  const held = () => worker.python(HELD, { src: SRC });
  // What an isolate keeps of its bindings is there from the first request on.
  await worker.get("/health");
  const before = await held();
  for (const stream of [false, true]) {
    await said(await worker.post(CHAT, ask("caller-aaa", { stream })), stream);
  }
  await worker.get("/v1/models");
  assert.equal(await held(), before);
  await worker.python("from core import isolate; isolate.kept_for_test = [{'a': (promise,)}]", {
    promise: {},
  });
  assert.equal(await held(), before + 1);
  await worker.python("from core import isolate; del isolate.kept_for_test");
});
