/**
 * What is late or too long: calls of models, bodies, D1, KV and R2. By a clock that the tests turn
 * on; the harness sees to it that no timer, proxy or line of a log is left.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { byteStream, eventStream, useWorker, withClock } from "./harness.mjs";

const worker = useWorker();

const CHAT = "/v1/chat/completions";
const MODEL = "@cf/google/gemma-4-26b-a4b-it";
const ask = (others) => ({ model: MODEL, messages: [{ role: "user", content: "Hi" }], ...others });
const answer = (text = "Hi") => Response.json({ response: text });
const never = () => new Promise(() => {});
const MB = 1024 * 1024;
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);

/** Lets everything happen that waits for nothing but its turn. */
const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
};

/** A body whose further chunks a test pushes; `cancelled` when it has been given up. */
function openBody(...chunks) {
  const body = { cancelled: false, stream: /** @type {any} */ (null) };
  body.stream = byteStream(chunks, { onCancel: () => (body.cancelled = true) });
  const reader = body.stream.getReader();
  reader.releaseLock();
  return body;
}

/** A body that stays open after these chunks. */
function hangingBody(...chunks) {
  const body = { cancelled: false, stream: /** @type {any} */ (null) };
  body.stream = new ReadableStream({
    type: "bytes",
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new Uint8Array(Buffer.from(chunk)));
    },
    cancel() {
      body.cancelled = true;
    },
  });
  return body;
}

const typed = (body, type, init = {}) =>
  new Response(body, { headers: { "content-type": type }, ...init });

/** Sends a request, and turns the clock on by so many seconds at a time until it is answered. */
async function sendAndWait(clock, send, steps) {
  const response = send();
  let isAnswered = false;
  void response.then(() => (isAnswered = true));
  for (const seconds of steps) {
    await turns();
    assert.ok(!isAnswered, `answered before ${seconds} s more`);
    clock.advance(seconds);
  }
  await turns();
  return response;
}

async function assertLate(response) {
  const text = await response.text();
  assert.equal(response.status, 504, text);
  assert.equal(JSON.parse(text).error.code, "upstream_timeout");
  assert.match(JSON.parse(text).error.message, /too long/);
}

// --- models ----------------------------------------------------------------------------------

describe("a model that does not answer", () => {
  for (const others of [{}, { stream: true }, { n: 2 }, { n: 2, stream: true }]) {
    test(`is given up after 90 s and not asked again: ${JSON.stringify(others)}`, async () => {
      const count = others.n ?? 1;
      const late = Array.from({ length: count }, () => Promise.withResolvers());
      worker.ai.answers(
        ...late.map(
          ({ promise }) =>
            () =>
              promise,
        ),
      );
      await withClock(worker, async (clock) => {
        const response = await sendAndWait(
          clock,
          () => worker.post(CHAT, ask(others)),
          [30, 30, 29.9, 0.1],
        );
        await assertLate(response);
      });
      assert.equal(worker.ai.calls.length, count);
      assert.ok(worker.ai.calls.every(({ options }) => options.signal.aborted));
      const bodies = late.map(({ resolve }) => {
        const body = openBody("late");
        resolve(typed(body.stream, "application/json"));
        return body;
      });
      await turns();
      for (const body of bodies) assert.ok(body.cancelled, "a late body holds its connection");
    });
  }

  test("is waited for as long as the setting says", async () => {
    await worker.newIsolate();
    worker.env.MODEL_TIMEOUT = "600";
    worker.ai.answers(never);
    await withClock(worker, async (clock) => {
      const steps = Array(20).fill(30);
      await assertLate(await sendAndWait(clock, () => worker.post(CHAT, ask()), steps));
    });
    await worker.newIsolate();
  });

  test("may be late with an error, nothing, or a body that cannot be cancelled", async () => {
    const stuck = new ReadableStream({ cancel: () => Promise.reject("no") });
    const settle = [
      ({ reject }) => reject(new Error("late")),
      ({ reject }) => reject(undefined),
      ({ resolve }) => resolve(new Response(null)),
      ({ resolve }) => resolve(undefined),
      ({ resolve }) => resolve(new Response(stuck)),
    ];
    for (const end of settle) {
      const late = Promise.withResolvers();
      worker.ai.answers(() => late.promise);
      await withClock(worker, async (clock) =>
        assertLate(await sendAndWait(clock, () => worker.post(CHAT, ask()), [90])),
      );
      end(late);
      await turns();
    }
  });

  test("takes the others of its group with it, whose bodies are given up", async () => {
    const inTime = [openBody("a"), openBody("b")];
    worker.ai.answers(
      typed(inTime[0].stream, "text/event-stream"),
      never,
      typed(inTime[1].stream, "text/event-stream"),
    );
    await withClock(worker, async (clock) =>
      assertLate(
        await sendAndWait(clock, () => worker.post(CHAT, ask({ n: 3, stream: true })), [90]),
      ),
    );
    assert.deepEqual(
      inTime.map(({ cancelled }) => cancelled),
      [true, true],
    );
    const aborted = worker.ai.calls.map(({ options }) => options.signal.aborted);
    assert.deepEqual(aborted, [false, true, false]);
  });

  test("behind a service binding, which takes no signal", async () => {
    await worker.newIsolate();
    const late = Promise.withResolvers();
    const run = worker.ai.run.bind(worker.ai);
    const refused = new DOMException("no", "DataCloneError");
    worker.env.AI = {
      run: (model, inputs, options) =>
        options.signal ? Promise.reject(refused) : run(model, inputs, options),
      models: async () => [],
    };
    worker.ai.answers(() => late.promise);
    await withClock(worker, async (clock) =>
      assertLate(await sendAndWait(clock, () => worker.post(CHAT, ask()), [90])),
    );
    const body = openBody("late");
    late.resolve(new Response(body.stream));
    await turns();
    assert.ok(body.cancelled);
    await worker.newIsolate();
  });

  test("in a translation: the other engine helps out", async () => {
    worker.ai.answers(never, answer("Le vieux chat dort."));
    await withClock(worker, async (clock) => {
      const body = { text: "The old cat sleeps.", source_lang: "EN", target_lang: "FR" };
      const response = await sendAndWait(clock, () => worker.post("/translate", body), [90]);
      assert.equal(response.status, 200);
      assert.equal((await response.json()).data, "Le vieux chat dort.");
    });
  });
});

describe("a body that stops in its middle", () => {
  /** @type {Record<string, [() => Promise<any>, any, string, ResponseInit?]>} */
  const cases = {
    chat: [() => worker.post(CHAT, ask()), '{"response":"Hi', "application/json"],
    "chat, as a stream": [() => worker.post(CHAT, ask()), "data: {", "text/event-stream"],
    embeddings: [
      () => worker.post("/v1/embeddings", { model: "@cf/baai/bge-m3", input: "Hi" }),
      '{"data":[[1',
      "application/json",
    ],
    image: [
      () => worker.post("/v1/images/generations", { model: "flux-1-schnell", prompt: "A cat" }),
      PNG.subarray(0, 30),
      "image/png",
    ],
    speech: [
      () => worker.post("/v1/audio/speech", { model: "tts-1", input: "Hi" }),
      "",
      "audio/mpeg",
    ],
    "speech in JSON": [
      () => worker.post("/v1/audio/speech", { model: "tts-1", input: "Hi" }),
      '{"audio":"',
      "application/json",
    ],
    error: [() => worker.post(CHAT, ask()), "<html>", "text/html", { status: 500 }],
  };
  for (const [name, [send, begins, type, init]] of Object.entries(cases)) {
    test(`${name}: is given up, and a 504`, async () => {
      const body = hangingBody(...(begins ? [begins] : []));
      worker.ai.answers(() =>
        typed(body.stream, type, { headers: { "content-type": type }, ...init }),
      );
      await withClock(worker, async (clock) => {
        const response = await sendAndWait(clock, send, [89.9, 0.1]);
        await assertLate(response);
      });
      assert.ok(body.cancelled);
      assert.equal(worker.ai.calls.length, 1);
    });
  }

  test("a stream may wait as long for its first byte as the setting says", async () => {
    await worker.newIsolate();
    worker.env.MODEL_TIMEOUT = "5";
    const body = hangingBody();
    worker.ai.answers(typed(body.stream, "text/event-stream"));
    await withClock(worker, async (clock) => {
      const response = await worker.post(CHAT, ask({ stream: true }));
      const text = response.text();
      await turns();
      clock.advance(4.9);
      await turns();
      assert.ok(!body.cancelled);
      clock.advance(0.1);
      assert.match(await text, /upstream_timeout/);
    });
    assert.ok(body.cancelled);
    await worker.newIsolate();
  });
});

test("a request has one timer, and only while it waits", async () => {
  await withClock(worker, async (clock) => {
    const calls = [];
    worker.ai.answers(
      async () => {
        await setImmediate();
        calls.push(clock.running);
        return Response.json({ internalCode: 3040 }, { status: 429 });
      },
      async () => {
        await setImmediate();
        calls.push(clock.running);
        return answer();
      },
    );
    const response = await sendAndWait(clock, () => worker.post(CHAT, ask()), [0.5]);
    assert.equal(response.status, 200);
    assert.deepEqual(calls, [1, 1]);
    assert.equal(clock.running, 0);
    assert.equal((await worker.get("/health")).status, 200);
    assert.equal(clock.running, 0);
  });
});

// --- what is too long ------------------------------------------------------------------------

/** A body without end, with how much of it has been made. */
function endlessBody(
  begins,
  piece,
  { size = 64 * 1024, type = /** @type {any} */ ("bytes") } = {},
) {
  const body = { made: 0, cancelled: false, stream: /** @type {any} */ (null) };
  let head = Buffer.from(begins);
  body.stream = new ReadableStream(
    {
      type,
      pull(controller) {
        const chunk = head.length ? head : Buffer.alloc(size, piece);
        head = Buffer.alloc(0);
        body.made += chunk.length;
        controller.enqueue(new Uint8Array(chunk));
      },
      cancel() {
        body.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return body;
}

describe("an answer without end is given up, whatever length it declares", () => {
  const speak = () => worker.post("/v1/audio/speech", { model: "tts-1", input: "Hi" });
  const draw = () =>
    worker.post("/v1/images/generations", { model: "flux-1-schnell", prompt: "A cat" });
  const hear = () => {
    const form = new FormData();
    form.append("file", new File([new Uint8Array(64)], "a.mp3", { type: "audio/mpeg" }));
    form.append("model", "whisper-1");
    return worker.fetch("/v1/audio/transcriptions", { method: "POST", body: form });
  };
  const run = () => worker.post(`/client/v4/accounts/a/ai/run/${MODEL}`, { prompt: "Hi" });
  const embed = () => worker.post("/v1/embeddings", { model: "@cf/baai/bge-m3", input: "Hi" });
  const JSON_TYPE = "application/json";
  /** @type {Record<string, [() => Promise<any>, any, string, number]>} */
  const cases = {
    chat: [() => worker.post(CHAT, ask()), '{"response":"', JSON_TYPE, 8],
    "chat, as a stream": [() => worker.post(CHAT, ask()), "data: ", "text/event-stream", 8],
    "chat that was to stream": [
      () => worker.post(CHAT, ask({ stream: true })),
      '{"response":"',
      JSON_TYPE,
      8,
    ],
    embeddings: [embed, '{"data":[[', JSON_TYPE, 8],
    transcript: [hear, '{"text":"', JSON_TYPE, 16],
    image: [draw, '{"image":"', JSON_TYPE, 20],
    "image as a file": [draw, PNG, "image/png", 20],
    speech: [speak, '{"audio":"', JSON_TYPE, 20],
    "speech that is called a file": [speak, '{"audio":"', "audio/mpeg", 20],
    run: [run, '{"a":"', JSON_TYPE, 20],
  };
  for (const [name, [send, begins, type, limit]] of Object.entries(cases)) {
    for (const headers of [{}, { "content-length": "100" }]) {
      test(`${name}, ${JSON.stringify(headers)}`, async () => {
        const body = endlessBody(begins, "1");
        worker.ai.answers(
          typed(body.stream, "", { headers: { "content-type": type, ...headers } }),
        );
        const response = await send();
        const text = await response.text();
        assert.equal(response.status, 502, text);
        await turns();
        assert.ok(body.cancelled);
        assert.ok(body.made <= (limit + 3) * MB, `${body.made / MB} MB were read`);
        assert.equal(worker.ai.calls.length, 1);
      });
    }
  }

  test("while further calls run", async () => {
    const bodies = Array.from({ length: 6 }, () => endlessBody('{"response":"', "1"));
    worker.ai.answers(
      ...bodies.map(({ stream }) => typed(stream, JSON_TYPE)),
      ...Array.from({ length: 2 }, () => answer()),
    );
    const body = { model: MODEL, prompt: ["Hi", "Hello"], n: 4 };
    const response = await worker.post("/v1/completions", body);
    assert.equal(response.status, 502);
    await turns();
    const made = bodies.reduce((sum, body) => sum + body.made, 0);
    assert.ok(made < 80 * MB, `${made / MB} MB were read`);
    assert.ok(bodies.every(({ cancelled }) => cancelled));
  });
});

test("a long answer is read in few pieces, of every kind of stream", async () => {
  const text = "Kakapo. ".repeat(400_000);
  const data = Buffer.from(JSON.stringify({ response: text }));
  for (const type of ["bytes", undefined]) {
    let at = 0;
    const stream = new ReadableStream(
      /** @type {any} */ ({
        type,
        pull(controller) {
          const chunk = data.subarray(at, at + 4096);
          at += 4096;
          if (chunk.length) controller.enqueue(new Uint8Array(chunk));
          else {
            controller.close();
            controller.byobRequest?.respond(0);
          }
        },
      }),
      { highWaterMark: 0 },
    );
    worker.ai.answers(typed(stream, "application/json"));
    const response = await worker.post(CHAT, ask());
    const { content } = (await response.json()).choices[0].message;
    assert.ok(content === text, `${content.length} characters`);
  }
});

test("a live list of models that is too long is ignored", async () => {
  await worker.newIsolate();
  worker.ai.modelList = Array(40_000).fill({ name: `@cf/x/${"y".repeat(100)}` });
  const listed = await (await worker.get("/v1/models")).json();
  assert.ok(!listed.data.some(({ id }) => id.startsWith("@cf/x/")));
  assert.ok(listed.data.length > 50);
  await worker.newIsolate();
});

test("a code inside a 200 that may pass is retried", async () => {
  for (const others of [{}, { stream: true }]) {
    worker.ai.answers(
      Response.json({ errors: [{ code: 3040, message: "m" }], success: false }),
      others.stream
        ? eventStream(['data: {"response":"at last"}\n\n', "data: [DONE]\n\n"])
        : answer("at last"),
    );
    await withClock(worker, async (clock) => {
      const response = await sendAndWait(clock, () => worker.post(CHAT, ask(others)), [0.5]);
      assert.match(await response.text(), /at last/);
    });
  }
});

// --- stores ----------------------------------------------------------------------------------

describe("stores that do not answer", () => {
  const database = (calls, batch = never) => ({
    prepare: () => ({ bind: (...values) => values }),
    batch: () => {
      calls.push(1);
      return batch();
    },
  });
  const TRANSLATION = { text: "The old cat sleeps.", source_lang: "EN", target_lang: "FR" };

  test("D1: a translation waits 2 s in all, and asks it once", async () => {
    const calls = [];
    worker.env.DB = database(calls);
    worker.ai.answers(Response.json({ translated_text: "Le vieux chat dort." }));
    await withClock(worker, async (clock) => {
      const response = await sendAndWait(
        clock,
        () => worker.post("/translate", TRANSLATION),
        [1.9, 0.1],
      );
      assert.equal(response.status, 200);
      assert.equal((await response.json()).data, "Le vieux chat dort.");
    });
    assert.equal(calls.length, 1);
  });

  test("D1 that answers late: nothing of it is taken", async () => {
    const late = Promise.withResolvers();
    worker.env.DB = database([], () => late.promise);
    worker.ai.answers(async () => {
      late.resolve([{ results: [{ key: "k", text: "wrong", expires: 9e9 }] }]);
      await turns();
      return Response.json({ translated_text: "Le vieux chat dort." });
    });
    await withClock(worker, async (clock) => {
      const response = await sendAndWait(clock, () => worker.post("/translate", TRANSLATION), [2]);
      assert.equal((await response.json()).data, "Le vieux chat dort.");
    });
  });

  test("D1: what is asked of it is a 503", async () => {
    worker.env.DB = database([]);
    await withClock(worker, async (clock) => {
      const response = await sendAndWait(clock, () => worker.get("/v2/glossaries"), [2]);
      assert.equal(response.status, 503);
      assert.deepEqual(await response.json(), { message: "The database failed." });
    });
  });

  for (const [name, bindings] of Object.entries({
    KV: { FILES: { put: never, getWithMetadata: never } },
    R2: { BUCKET: { put: never, get: never } },
  })) {
    test(`${name}: an image comes in the answer`, async () => {
      Object.assign(worker.env, bindings);
      worker.ai.answers(Response.json({ image: PNG.toString("base64") }));
      const body = { model: "flux-1-schnell", prompt: "A cat" };
      await withClock(worker, async (clock) => {
        const response = await sendAndWait(
          clock,
          () => worker.post("/v1/images/generations", body),
          [2],
        );
        assert.equal(response.status, 200);
        assert.match((await response.json()).data[0].url, /^data:image\/png;base64,/);
      });
    });

    test(`${name}: a file that is asked for is a 503`, async () => {
      Object.assign(worker.env, bindings);
      const path = `/file/${"f".repeat(32)}.png`;
      await withClock(worker, async (clock) => {
        const response = await sendAndWait(
          clock,
          () => worker.get(path, { headers: { authorization: null } }),
          [2],
        );
        assert.equal(response.status, 503);
        assert.equal((await response.json()).error.code, "store_failed");
      });
    });
  }
});
