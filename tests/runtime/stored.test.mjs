/** Stored responses with the real D1, as it runs on this machine. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { useWorker, withClock } from "./harness.mjs";

const MODEL = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
const worker = useWorker({ timers: false, env: { API_KEYS: "ann=sk-test,bob=sk-bob" } });
const BOB = { headers: { authorization: "Bearer sk-bob" } };
let platform;
let db;

before(async () => {
  process.env.WRANGLER_LOG ??= "error";
  const { getPlatformProxy } = await import("wrangler");
  platform = await getPlatformProxy({
    configPath: fileURLToPath(new URL("stores.toml", import.meta.url)),
    persist: false,
  });
  db = platform.env.DB;
});

after(() => platform.dispose());

beforeEach(async () => {
  await db.prepare("DROP TABLE IF EXISTS responses").run();
  worker.env.DB = db;
});

const FRAMES = ['{"response":"Hé 😀"}', '{"response":" du"}', "[DONE]"];
const stream = () =>
  new Response(FRAMES.map((frame) => `data: ${frame}\n\n`).join(""), {
    headers: { "content-type": "text/event-stream" },
  });
const whole = () => Response.json({ response: "Hé 😀 du" });

/** The response to a request, whole or streamed. */
async function respond(fields, reply = fields.stream ? stream() : whole()) {
  worker.ai.answers(reply);
  const response = await worker.post("/v1/responses", { model: MODEL, input: "Hi", ...fields });
  const text = await response.text();
  assert.equal(response.status, 200, text);
  if (!fields.stream) return JSON.parse(text);
  const events = text.split("\n\n").filter(Boolean);
  return JSON.parse((events.at(-1) ?? "").split("data: ")[1]).response;
}

const rows = async () =>
  (await db.prepare("SELECT id, previous, owner FROM responses").all()).results;

/** D1 with its calls noted. `batch` is in place of its own. */
function database(calls, batch = (statements) => db.batch(statements)) {
  return {
    prepare: (sql) => db.prepare(sql),
    batch: (statements) => {
      calls.push(statements.length);
      return batch(statements);
    },
  };
}

for (const streamed of [false, true]) {
  test(`a conversation goes on, streamed: ${streamed}`, async () => {
    const first = await respond({ stream: streamed, input: "Coffee 'à la carte' 😀" });
    assert.equal(first.store, true);
    await worker.background();
    const second = await respond({ stream: streamed, previous_response_id: first.id });
    assert.deepEqual(
      worker.ai.calls[1].inputs.messages.map(({ content }) => content),
      ["Coffee 'à la carte' 😀", "Hé 😀 du", "Hi"],
    );
    await worker.background();
    assert.deepEqual(
      (await rows()).toSorted((a, b) => a.previous.length - b.previous.length),
      [
        { id: first.id, previous: "", owner: "ann" },
        { id: second.id, previous: first.id, owner: "ann" },
      ],
    );
    const reference = { type: "item_reference", id: second.output[0].id };
    await respond({ input: [reference, { role: "user", content: "Go on." }], store: false });
    assert.equal(worker.ai.calls[2].inputs.messages[0].content, "Hé 😀 du");
    const got = await worker.get(`/v1/responses/${second.id}`);
    assert.deepEqual(await got.json(), second);
    const items = await (await worker.get(`/v1/responses/${second.id}/input_items`)).json();
    assert.equal(items.data.length, 3);
    const replayed = await (await worker.get(`/v1/responses/${second.id}?stream=true`)).text();
    assert.match(replayed, /response\.output_text\.delta.*Hé 😀 du/);
    assert.equal((await worker.get(`/v1/responses/${second.id}`, BOB)).status, 404);
    const path = `/v1/responses/${first.id}`;
    assert.equal((await worker.fetch(path, { method: "DELETE", ...BOB })).status, 404);
    const deleted = await worker.fetch(path, { method: "DELETE" });
    assert.deepEqual(await deleted.json(), { id: first.id, object: "response", deleted: true });
    assert.equal((await worker.get(path)).status, 404);
  });
}

test("one read for what a request refers to, one write when it has ended", async () => {
  const first = await respond({});
  await worker.background();
  const calls = [];
  worker.env.DB = database(calls);
  await worker.newIsolate();
  await respond({ previous_response_id: first.id });
  await worker.background();
  assert.ok(calls.length === 2 && calls[0] === 1, calls.join());
  calls.length = 0;
  await respond({ store: false });
  assert.deepEqual(calls, []);
});

test("a client that refers to an answer at once is answered", async () => {
  const first = await respond({ stream: true });
  await respond({ stream: true, previous_response_id: first.id });
});

test("the largest that is stored fits into a row", async () => {
  const made = await respond({ metadata: { a: "é😀".repeat(240_000) } });
  assert.equal(made.store, true);
  await worker.background();
  assert.deepEqual(await (await worker.get(`/v1/responses/${made.id}`)).json(), made);
});

const never = () => new Promise(() => {});
const fail = async () => {
  throw new Error("the database is away");
};

for (const streamed of [false, true]) {
  test(`a database that hangs holds no answer up, streamed: ${streamed}`, async () => {
    worker.env.DB = database([], never);
    await withClock(worker, async (clock) => {
      const made = await respond({ stream: streamed });
      assert.equal(made.status, "completed");
      assert.equal(clock.running, 1);
      clock.advance(2);
      await worker.background();
      assert.equal(clock.running, 0);
    });
  });

  test(`a database that fails costs no answer, streamed: ${streamed}`, async () => {
    worker.env.DB = database([], fail);
    assert.equal((await respond({ stream: streamed })).status, "completed");
    await worker.background();
  });
}

test("what is asked of a database that fails is a 503", async () => {
  worker.env.DB = database([], fail);
  const id = `resp_${"0".repeat(24)}`;
  for (const path of [id, `${id}/input_items`]) {
    const response = await worker.get(`/v1/responses/${path}`);
    assert.equal(response.status, 503);
    assert.equal((await response.json()).error.code, "database_failed");
  }
  const body = { model: MODEL, input: "Hi", previous_response_id: id };
  assert.equal((await worker.post("/v1/responses", body)).status, 503);
});

test("a client that goes away in the middle of a stream leaves nothing", async () => {
  const calls = [];
  worker.env.DB = database(calls);
  const body = new ReadableStream({
    type: "bytes",
    start(controller) {
      controller.enqueue(new TextEncoder().encode('data: {"response":"Hi"}\n\n'));
    },
  });
  worker.ai.answers(new Response(body, { headers: { "content-type": "text/event-stream" } }));
  const request = { model: MODEL, input: "Hi", stream: true };
  const response = await worker.post("/v1/responses", request);
  const reader = response.body.getReader();
  await reader.read();
  await reader.cancel();
  await worker.background();
  assert.deepEqual(calls, []);
});

test("a platform that lets nothing go on after the answer costs no answer", async () => {
  await worker.python(`
from edge import bindings
bindings.kept = bindings.run_in_background
def refuse(promise):
    raise RuntimeError("not in a request")
bindings.run_in_background = lambda wait_until, work: bindings.kept(refuse, work)
`);
  try {
    await worker.newIsolate();
    assert.equal((await respond({})).status, "completed");
    assert.match(worker.takeLog().join("\n"), /RuntimeError/);
  } finally {
    await worker.python("from edge import bindings; bindings.run_in_background = bindings.kept");
  }
});
