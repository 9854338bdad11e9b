/**
 * A cut of the table in tests/support/faults.py, with the platform's own bodies and with bindings
 * that fail: what breaks off, never ends or is of another shape, at an endpoint of each kind. The
 * harness sees to it that no promise, proxy, timer or line of a log is left.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { byteStream, useWorker } from "./harness.mjs";

const worker = useWorker();

const NOISE = "Pelican <b>credit balance</b>";
const MODEL = "@cf/google/gemma-4-26b-a4b-it";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);
const JSON_TYPE = "application/json";
const EVENTS = "text/event-stream";

const messages = [{ role: "user", content: "What colour has a kakapo?" }];
const frame = (value) => `data: ${JSON.stringify(value)}\n\n`;
const recording = () => {
  const form = new FormData();
  form.append("file", new File([new Uint8Array(64)], "a.mp3", { type: "audio/mpeg" }));
  form.append("model", "whisper-1");
  return form;
};

/**
 * An endpoint of each kind: what is sent, how many calls to models a failed request makes, and how a
 * good answer begins.
 * @type {Record<string, {path: string, body: any, begins: string | Buffer, type?: string, calls?: number, error?: (value: any) => any}>}
 */
const ENDPOINTS = {
  chat: {
    path: "/v1/chat/completions",
    body: { model: MODEL, messages },
    begins: '{"response":"Moss',
  },
  "chat, streamed": {
    path: "/v1/chat/completions",
    body: { model: MODEL, messages, stream: true },
    begins: frame({ response: "Moss" }),
    type: EVENTS,
  },
  "messages, streamed": {
    path: "/v1/messages",
    body: { model: MODEL, messages, stream: true, max_tokens: 9 },
    begins: frame({ response: "Moss" }),
    type: EVENTS,
  },
  "responses, streamed": {
    path: "/v1/responses",
    body: { model: MODEL, input: "Hi", stream: true },
    begins: frame({ response: "Moss" }),
    type: EVENTS,
  },
  embeddings: {
    path: "/v1/embeddings",
    body: { model: "@cf/baai/bge-m3", input: "Hi" },
    begins: '{"data":[[0.5,',
  },
  images: {
    path: "/v1/images/generations",
    body: { model: "flux-1-schnell", prompt: "A cat" },
    begins: '{"image":"iVBORw0KGgo',
  },
  "images as files": {
    path: "/v1/images/generations",
    body: { model: "@cf/bytedance/stable-diffusion-xl-lightning", prompt: "A cat" },
    begins: PNG,
    type: "image/png",
  },
  speech: {
    path: "/v1/audio/speech",
    body: { model: "tts-1", input: "Hi" },
    begins: '{"audio":"SUQz',
  },
  transcriptions: { path: "/v1/audio/transcriptions", body: null, begins: '{"text":"Moss' },
  run: {
    path: `/client/v4/accounts/a/ai/run/${MODEL}`,
    body: { messages },
    begins: '{"response":"Moss',
    error: (value) => value.errors[0],
  },
  translation: {
    path: "/translate",
    body: { text: "The old cat sleeps here.", source_lang: "EN", target_lang: "FR" },
    begins: '{"translated_text":"Le vieux',
    // To m2m100, then to the text model, which is asked again.
    calls: 3,
    error: (value) => value,
  },
};

/** Nobody waits, so that a call that fails is not made again. */
const headers = { "x-stainless-read-timeout": "0.1" };

const send = ({ path, body }) =>
  body === null
    ? worker.fetch(path, { method: "POST", body: recording(), headers })
    : worker.post(path, body, { headers });

/**
 * A body that a test can watch: these chunks, then what `end` does when more is asked for.
 * @param {(string | Uint8Array)[]} chunks
 * @param {(controller: any) => void} end
 */
function watchedBody(chunks, end) {
  const rest = [...chunks];
  const body = { isGivenUp: false, stream: /** @type {any} */ (null) };
  body.stream = new ReadableStream({
    type: "bytes",
    pull(controller) {
      const chunk = rest.shift();
      if (chunk !== undefined) controller.enqueue(new Uint8Array(Buffer.from(chunk)));
      else end(controller);
    },
    cancel() {
      body.isGivenUp = true;
    },
  });
  return body;
}

/** Chunks are copied: a Buffer's memory may be shared, and a stream takes it over. */
const goOn = (controller) =>
  controller.enqueue(new Uint8Array(Buffer.from(frame({ response: "on" }))));
const reset = (controller) => controller.error(new Error(NOISE));

/** The answer of every call of a request, and their bodies. */
function answerAll({ calls = 1 }, makeBody, { type, status = 200 }) {
  const bodies = Array.from({ length: calls }, makeBody);
  worker.ai.answers(
    ...bodies.map(
      ({ stream }) => new Response(stream, { status, headers: { "content-type": type } }),
    ),
  );
  return bodies;
}

/** What a broken answer must be: an error with a status, or, where it had begun, its event last. */
async function assertBroken(response, endpoint, status = 502) {
  const text = await response.text();
  for (const word of ["elican", "credit", "<", "Traceback", "kakapo", "old cat"])
    assert.ok(!text.includes(word), `${word} in ${text}`);
  if (response.status === 200) {
    assert.equal(endpoint.type, EVENTS);
    assert.ok(!text.includes("[DONE]"), text);
    const last = JSON.parse(text.split("data: ").at(-1) ?? "");
    assert.ok(last.error?.message, text);
    return;
  }
  assert.equal(response.status, status, text);
  const read = endpoint.error ?? ((value) => value.error);
  assert.ok(read(JSON.parse(text)).message, text);
}

for (const [name, endpoint] of Object.entries(ENDPOINTS)) {
  const type = endpoint.type ?? JSON_TYPE;
  describe(name, () => {
    test("a body that is reset", async () => {
      answerAll(endpoint, () => watchedBody([endpoint.begins], reset), { type });
      await assertBroken(await send(endpoint), endpoint);
    });

    test("a body that is reset at once", async () => {
      answerAll(endpoint, () => watchedBody([], reset), { type });
      await assertBroken(await send(endpoint), endpoint);
    });

    test("a call that is thrown", async () => {
      const thrown = Object.assign(new Error(`3043: ${NOISE}`), { name: "InferenceUpstreamError" });
      worker.ai.answers(...Array(endpoint.calls ?? 1).fill(thrown));
      await assertBroken(await send(endpoint), endpoint);
    });

    test("an error of 1 GB is given up", async () => {
      const more = (controller) => controller.enqueue(new Uint8Array(65_536));
      const bodies = answerAll(endpoint, () => watchedBody([`<html>${NOISE}`], more), {
        type: "text/html",
        status: 500,
      });
      await assertBroken(await send(endpoint), endpoint);
      await setImmediate();
      for (const body of bodies) assert.ok(body.isGivenUp);
    });
  });
}

for (const name of ["chat, streamed", "messages, streamed", "responses, streamed"]) {
  const endpoint = ENDPOINTS[name];
  for (const [fault, bad] of Object.entries({
    "an error frame": frame({ errors: [{ code: 3040, message: NOISE }] }),
    garbage: `data: ${NOISE}\n\n`,
    "a page": `<html>${NOISE}</html>\n\ndata: {\n\n`,
  })) {
    test(`${name}: ${fault} in a stream gives the rest of it up`, async () => {
      const [body] = answerAll(endpoint, () => watchedBody([endpoint.begins, bad], goOn), {
        type: EVENTS,
      });
      await assertBroken(await send(endpoint), endpoint);
      await setImmediate();
      assert.ok(body.isGivenUp);
    });
  }
}

test("of two streams both are given up when one fails", async () => {
  const bodies = [watchedBody(["data: {}\n\n"], goOn), watchedBody(["data: {}\n\n"], reset)];
  worker.ai.answers(
    ...bodies.map(({ stream }) => new Response(stream, { headers: { "content-type": EVENTS } })),
  );
  const endpoint = ENDPOINTS["chat, streamed"];
  const response = await worker.post(endpoint.path, { ...endpoint.body, n: 2 });
  await assertBroken(response, endpoint);
  await setImmediate();
  assert.ok(bodies[0].isGivenUp);
});

// --- stores ----------------------------------------------------------------------------------

const D1 = {
  "that throws": () => {
    throw new Error(NOISE);
  },
  "that is rejected": async () => {
    throw new Error(NOISE);
  },
  "of null": async () => null,
  "of nothing": async () => [],
  "of rows of null": async () => [{ results: null }, { results: null }],
  "of other objects": async () => [{}, {}],
  "of words": async () => NOISE,
};

const database = (batch) => ({ prepare: () => ({ bind: (...values) => values }), batch });

for (const [name, batch] of Object.entries(D1)) {
  test(`D1 ${name}: translations go on without it`, async () => {
    worker.env.DB = database(batch);
    worker.ai.answers(Response.json({ translated_text: "Le vieux chat dort là." }));
    const response = await send(ENDPOINTS.translation);
    assert.equal(response.status, 200);
    assert.equal((await response.json()).data, "Le vieux chat dort là.");
  });

  test(`D1 ${name}: what is asked of it is a 503`, async () => {
    worker.env.DB = database(batch);
    const response = await worker.get("/v2/glossaries");
    assert.equal(response.status, 503);
    assert.deepEqual(await response.json(), { message: "The database failed." });
  });
}

const NAME = `/file/${"f".repeat(32)}.png`;
const fail = async () => {
  throw new Error(NOISE);
};
const STORES = {
  "KV that fails": { FILES: { put: fail, getWithMetadata: fail } },
  "R2 that fails": { BUCKET: { put: fail, get: fail } },
  "KV without metadata": {
    FILES: {
      put: fail,
      getWithMetadata: async () => ({ value: byteStream(["a"]), metadata: null }),
    },
  },
  "R2 with other metadata": {
    BUCKET: { put: fail, get: async () => ({ body: byteStream(["a"]), customMetadata: {} }) },
  },
};

for (const [name, bindings] of Object.entries(STORES)) {
  test(`${name}: an image comes in the answer`, async () => {
    Object.assign(worker.env, bindings);
    worker.ai.answers(Response.json({ image: PNG.toString("base64") }));
    const response = await send(ENDPOINTS.images);
    assert.equal(response.status, 200);
    const { data } = await response.json();
    assert.equal(data[0].url, `data:image/png;base64,${PNG.toString("base64")}`);
  });

  test(`${name}: a file that is asked for is a 503`, async () => {
    Object.assign(worker.env, bindings);
    const response = await worker.get(NAME, { headers: { authorization: null } });
    assert.equal(response.status, 503);
    assert.equal((await response.json()).error.code, "store_failed");
  });
}
