/** Streamed chat completions, from the binding's bytes to the client's. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { FRAMES } from "../../bench/upstream.mjs";
import { byteStream, eventStream, useWorker, withClock } from "./harness.mjs";
import { upstream } from "./upstreams.mjs";

/** Byte streams and others. */
const SOURCES = /** @type {const} */ (["bytes", "plain"]);

const worker = useWorker();

const MODEL = "@cf/google/gemma-4-26b-a4b-it";

/** Streams a chat over this upstream answer. */
async function chat(answers, others = {}) {
  worker.ai.answers(...[answers].flat());
  const messages = [{ role: "user", content: "Hello" }];
  return worker.post("/v1/chat/completions", { model: MODEL, stream: true, messages, ...others });
}

/** The events of a stream, `[DONE]` as a string. */
function events(text) {
  assert.match(text, /\n\n$/);
  return text
    .split("\n\n")
    .slice(0, -1)
    .map((frame) => frame.replace(/^data: /, ""))
    .map((data) => (data === "[DONE]" ? data : JSON.parse(data)));
}

const textOf = (list, index = 0) =>
  list
    .flatMap((event) => event.choices ?? [])
    .filter((choice) => choice.index === index)
    .map((choice) => choice.delta.content ?? "")
    .join("");

const words = (amount) => Array.from({ length: amount }, (_, place) => ` w${place % 100}`).join("");

/** An upstream of the test's own as the binding's answer. */
const over = ({ body }) => new Response(body, { headers: { "content-type": "text/event-stream" } });

/** The same, for one whose body only the edge takes for a stream. */
const overSimulated =
  ({ body }) =>
  () =>
    /** @type {any} */ ({
      status: 200,
      headers: new Headers({ "content-type": "text/event-stream" }),
      body,
    });

for (const [wire, frames] of Object.entries(FRAMES)) {
  describe(`${wire} frames`, () => {
    test("500 one-token events at the default flush cost at most 45 crossings", async () => {
      const response = await chat(eventStream(frames(500)));
      const before = worker.crossings;
      const list = events(await response.text());
      const crossings = worker.crossings - before;
      assert.ok(crossings <= 45, `${crossings} crossings`);
      assert.equal(textOf(list).trim(), words(500).trim());
      assert.equal(list.at(-1), "[DONE]");
    });

    test("with STREAM_FLUSH_BYTES=1 each token is sent at once", async () => {
      worker.env.STREAM_FLUSH_BYTES = "1";
      const source = upstream("bytes");
      const response = await chat(over(source));
      const reader = response.body.getReader();
      const all = frames(100);
      let seen = "";
      for (const [place, frame] of all.slice(0, 100).entries()) {
        source.push(frame);
        while (!seen.includes(` w${place}"`)) seen += Buffer.from((await reader.read()).value);
      }
      await reader.cancel();
      assert.ok(source.cancelled);
    });

    for (const [milliseconds, mostReads] of [
      [5, 65],
      [15, 65],
      [30, 65],
      [100, 250],
    ]) {
      test(`500 tokens ${milliseconds} ms apart come smoothly, in few reads`, () =>
        withClock(worker, async (clock) => {
          const source = upstream("workerd");
          const response = await chat(overSimulated(source));
          const late = [];
          let token = 0;
          const reading = (async () => {
            for await (const piece of response.body) {
              const count =
                Buffer.from(piece)
                  .toString()
                  .split(/"content":"[^"]/).length - 1;
              if (count > 0) late.push(clock.now - (token * milliseconds) / 1000);
              token += count;
            }
          })();
          const all = frames(500);
          for (const frame of all.slice(0, 500)) {
            source.push(frame);
            for (let turn = 0; turn < 3; turn += 1) await setImmediate();
            clock.advance(milliseconds / 1000);
          }
          for (const frame of all.slice(500)) source.push(frame);
          source.end();
          await reading;
          assert.equal(token, 500);
          assert.equal(late[0], 0);
          const longest = Math.max(...late);
          assert.ok(longest <= 0.25 + milliseconds / 1000, `a piece of ${longest} s`);
          assert.ok(source.reads <= mostReads, `${source.reads} reads`);
        }));
    }

    test("the first token is sent before the second arrives", async () => {
      const source = upstream("bytes");
      const response = await chat(over(source));
      const reader = response.body.getReader();
      const [first] = frames(1);
      source.push(first);
      let seen = "";
      while (!seen.includes(' w0"')) seen += Buffer.from((await reader.read()).value);
      await reader.cancel();
    });

    test("byte streams and others, split anywhere, have the same text", async () => {
      const bytes = Buffer.from(frames(60).join("").replaceAll(" w7", " \u6a21\u578b\ud83e\udd8a"));
      const expected = textOf(events(await (await chat(eventStream([bytes]))).text()));
      assert.match(expected, /\u6a21\u578b\ud83e\udd8a/);
      for (const kind of SOURCES) {
        for (const size of [1, 2, 3, 5, 17, 100, 1000]) {
          const chunks = [];
          for (let at = 0; at < bytes.length; at += size)
            chunks.push(bytes.subarray(at, at + size));
          const source = upstream(kind, chunks);
          const response = await chat(over(source));
          const list = events(await response.text());
          assert.equal(textOf(list), expected, `${kind} by ${size}`);
          assert.equal(list.at(-1), "[DONE]");
        }
      }
    });

    test("the cost per event is the same for 20,000 events and 500", async () => {
      const response = await chat(eventStream(frames(20_000)), { max_tokens: 30_000 });
      const before = worker.crossings;
      const list = events(await response.text());
      const crossings = worker.crossings - before;
      assert.ok(crossings <= (45 / 500) * 20_000, `${crossings} crossings`);
      assert.equal(textOf(list).trim(), words(20_000).trim());
    });
  });
}

test("one event of a megabyte", async () => {
  const text = "Grüße 🦊 ".repeat(80_000);
  const frames = [`data: ${JSON.stringify({ response: text })}\n\n`, ...FRAMES.native(0)];
  for (const cut of [1 << 20, 65_536, 1000]) {
    const bytes = Buffer.from(frames.join(""));
    const chunks = [];
    for (let at = 0; at < bytes.length; at += cut) chunks.push(bytes.subarray(at, at + cut));
    const response = await chat(eventStream(chunks));
    assert.equal(textOf(events(await response.text())), text);
  }
});

test("an event without end is given up before it fills the memory", async () => {
  const line = 'data: {"response":"';
  const endless = function* () {
    yield line;
    for (;;) yield "x".repeat(50_000);
  };
  const large = [line + "x".repeat(40_000_000)];
  for (const [kind, chunks] of /** @type {const} */ ([
    ["bytes", endless()],
    ["plain", endless()],
    ["plain", large],
  ])) {
    const source = upstream(kind, chunks);
    let text;
    const peak = await worker.peak(async () => {
      text = await (await chat(over(source))).text();
    });
    const list = events(text);
    assert.equal(list.at(-1).error.code, "upstream_error");
    assert.ok(source.cancelled);
    assert.ok(peak < 12_000_000, `${kind}: ${peak} bytes`);
  }
});

test("small events after a wide one come one by one", async () => {
  const source = upstream("bytes");
  const response = await chat(over(source));
  const reader = response.body.getReader();
  const wide = { type: "response.created", response: { instructions: "x".repeat(200_000) } };
  const bytes = `data: ${JSON.stringify(wide)}\n\n`;
  for (let at = 0; at < bytes.length; at += 8000) {
    source.push(bytes.slice(at, at + 8000));
    await setImmediate();
  }
  let hasCome = false;
  const reading = reader.read().then(() => {
    hasCome = true;
  });
  for (let event = 0; event < 300 && !hasCome; event += 1) {
    source.push('data: {"type":"response.output_text.delta","delta":"x"}\n\n');
    await setImmediate();
  }
  assert.ok(hasCome, "300 events, and nothing was sent");
  await reading;
  await reader.cancel();
});

test("an upstream that does not end after its end is not waited for", async () => {
  const source = upstream("workerd");
  const response = await chat(overSimulated(source));
  for (const frame of FRAMES.native(2)) source.push(frame);
  const list = events(await response.text());
  assert.equal(list.at(-1), "[DONE]");
  assert.ok(source.cancelled);
});

test("a surrogate pair in two events becomes one character", async () => {
  const frames = [
    'data: {"response":"a\\ud83e"}\n\n',
    'data: {"response":"\\udd8ab"}\n\n',
    'data: {"response":"\\ud800"}\n\n',
    ...FRAMES.native(0),
  ];
  const response = await chat(eventStream(frames));
  const bytes = await response.arrayBuffer();
  const list = events(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  assert.equal(textOf(list), "a\ud83e\udd8ab\ud800");
});

test("a failing upstream: an error event and no [DONE]", async () => {
  for (const kind of SOURCES) {
    const source = upstream(kind, [...FRAMES.native(3).slice(0, 3), new Error("secret")]);
    const response = await chat(over(source));
    const text = await response.text();
    const list = events(text);
    assert.equal(list.at(-1).error.code, "upstream_error");
    assert.match(textOf(list), /w0/);
    assert.doesNotMatch(text, /DONE|secret|Traceback/);
  }
});

test("an upstream that ends early, or has no body: an error event and no [DONE]", async () => {
  for (const body of [byteStream(FRAMES.native(3).slice(0, 3)), byteStream([]), null]) {
    const response = await chat(over({ body }));
    const list = events(await response.text());
    assert.equal(list.at(-1).error.code, "upstream_error");
  }
});

test("an error frame in the middle stops the upstream", async () => {
  const source = upstream("bytes");
  const response = await chat(over(source));
  const text = response.text();
  source.push(FRAMES.native(1)[0]);
  source.push('data: {"errors":[{"code":3040,"message":"secret"}]}\n\n');
  const list = events(await text);
  assert.equal(list.at(-1).error.code, "capacity_exceeded");
  assert.ok(source.cancelled);
});

test("a stop sequence stops the upstream", async () => {
  for (const kind of SOURCES) {
    const source = upstream(kind, [...FRAMES.native(400).slice(0, 400)]);
    const response = await chat(over(source), { stop: ["w20"] });
    const list = events(await response.text());
    assert.equal(textOf(list).trim(), words(20).trim());
    assert.equal(list.at(-1), "[DONE]");
    assert.ok(source.cancelled);
  }
});

test("a client that disconnects stops the upstream", async () => {
  for (const pieces of [0, 1, 5]) {
    const source = upstream("bytes");
    const response = await chat(over(source));
    const reader = response.body.getReader();
    for (const frame of FRAMES.openai(pieces).slice(0, pieces)) {
      source.push(frame);
      await reader.read();
    }
    await reader.cancel();
    assert.ok(source.cancelled);
  }
});

test("a client whose signal aborts while the answer streams", async () => {
  const client = new AbortController();
  const source = upstream("bytes");
  worker.ai.answers(({ options }) => {
    options.signal.addEventListener("abort", () => source.fail(options.signal.reason));
    return over(source);
  });
  const messages = [{ role: "user", content: "Hello" }];
  const body = { model: MODEL, stream: true, messages };
  const response = await worker.post("/v1/chat/completions", body, { signal: client.signal });
  const reader = response.body.getReader();
  source.push(FRAMES.native(1)[0]);
  await reader.read();
  client.abort();
  await reader.cancel();
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
});

describe("a client that goes away, of which nothing is heard but its signal", () => {
  const messages = [{ role: "user", content: "Hello" }];

  /** Sends a request that waits for this answer, and lets its client go away. */
  async function leave(answer, body, { path = "/v1/chat/completions", turns = 5 } = {}) {
    const client = new AbortController();
    worker.ai.answers(() => answer);
    const response = worker.post(
      path,
      { model: MODEL, messages, ...body },
      { signal: client.signal },
    );
    for (let turn = 0; turn < turns; turn += 1) await setImmediate();
    assert.equal(worker.ai.calls.length, 1);
    client.abort();
    return response;
  }

  test("while its call is under way, which never ends, or ends later", async () => {
    const { promise, resolve, reject } = Promise.withResolvers();
    for (const answer of [
      new Promise(() => {}),
      promise,
      promise.then(() => reject(new Error())),
    ]) {
      for (const stream of [false, true]) {
        const response = await leave(answer, { stream });
        assert.equal(response.status, 499);
        assert.deepEqual(worker.liveProxies, []);
        worker.ai.calls.length = 0;
      }
    }
    resolve(Response.json({ response: "late" }));
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  });

  test("while the body of its answer arrives", async () => {
    const source = upstream("bytes");
    const response = await leave(new Response(source.body), {}, { turns: 20 });
    assert.equal(response.status, 499);
    assert.deepEqual(worker.liveProxies, []);
    assert.ok(source.cancelled);
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  });

  test("while it waits for another try", async () => {
    worker.ai.answers(() => Promise.reject(new Error("3040: Capacity temporarily exceeded")));
    const client = new AbortController();
    const body = { model: MODEL, messages };
    const response = worker.post("/v1/chat/completions", body, { signal: client.signal });
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    client.abort();
    assert.equal((await response).status, 499);
    assert.deepEqual(worker.liveProxies, []);
  });

  test("before it has read any of its stream", async () => {
    const source = upstream("workerd");
    const response = await leave(overSimulated(source)(), { stream: true });
    assert.equal(response.status, 200);
    assert.ok(source.cancelled);
    assert.deepEqual(worker.liveProxies, []);
    source.settle?.();
    for (let turn = 0; turn < 5; turn += 1) await setImmediate();
  });

  test("before it has sent its request", async () => {
    const client = new AbortController();
    client.abort();
    const body = { model: MODEL, stream: true, messages };
    const request = worker.request("/v1/chat/completions", {
      method: "POST",
      body: JSON.stringify(body),
    });
    Object.defineProperty(request, "signal", { value: client.signal });
    assert.equal((await worker.send(request)).status, 499);
    assert.deepEqual(worker.liveProxies, []);
  });
});

test("a model that falls silent: the dialect's error event, and no end of a good answer", () =>
  withClock(worker, async (clock) => {
    const messages = [{ role: "user", content: "Hello" }];
    const body = { model: MODEL, stream: true, messages, max_tokens: 100 };
    for (const [path, told] of Object.entries({
      "/v1/chat/completions": /"code": ?"upstream_timeout"/,
      "/v1/messages": /event: error\ndata: .*"timeout_error"/,
      "/v1/responses": /event: error\ndata: .*"upstream_timeout"/,
    })) {
      const source = upstream("workerd");
      worker.ai.answers(overSimulated(source));
      const response = await worker.post(path, { ...body, input: "Hello" });
      source.push(FRAMES.native(1)[0]);
      await setImmediate();
      clock.advance(30);
      const text = await response.text();
      assert.ok(source.cancelled);
      assert.match(text, told);
      assert.match(text, /w0/);
      assert.doesNotMatch(text, /DONE|message_stop|response.completed/);
    }
  }));

describe("a client that waits for the first word", () => {
  const body = {
    model: MODEL,
    stream: true,
    messages: [{ role: "user", content: "Hello" }],
    max_tokens: 100,
  };
  const PING = 'event: ping\ndata: {"type": "ping"}\n\n';
  const COMMENT = ": keep-alive\n\n";
  /**
   * What hides the thinking. Without it the model is silent.
   * @type {Record<string, {path: string, others: object, first: RegExp, keepAlive: string,
   *   thinks?: boolean}>}
   */
  const DIALECTS = {
    chat: {
      path: "/v1/chat/completions",
      others: { include_reasoning: false },
      thinks: true,
      first: /^data: \{[^\n]*"role":"assistant","content":""[^\n]*\n\n$/,
      keepAlive: COMMENT,
    },
    "chat below Cloudflare's address": {
      path: "/client/v4/accounts/a/ai/v1/chat/completions",
      others: { reasoning_format: "hidden" },
      thinks: true,
      first: /^data: \{[^\n]*"role":"assistant","content":""[^\n]*\n\n$/,
      keepAlive: COMMENT,
    },
    Responses: {
      path: "/v1/responses",
      others: { input: "Hello", messages: undefined },
      first:
        /^event: response.created\n[^\n]*"sequence_number":0,[^\n]*\n\nevent: response.in_progress\n[^\n]*\n\n$/,
      keepAlive: COMMENT,
    },
    "Messages without thinking": {
      path: "/v1/messages",
      others: {},
      thinks: true,
      first: /^event: message_start\n[^\n]*\n\n$/,
      keepAlive: PING,
    },
    "Messages that omit the thinking": {
      path: "/v1/messages",
      others: { thinking: { type: "adaptive", display: "omitted" } },
      thinks: true,
      first: /^event: message_start\n[^\n]*\n\n$/,
      keepAlive: PING,
    },
    completions: {
      path: "/v1/completions",
      others: { prompt: "Hello", messages: undefined, echo: true },
      first: /^data: \{[^\n]*"text":"Hello"[^\n]*\n\n$/,
      keepAlive: COMMENT,
    },
  };

  for (const [name, { path, others, first, keepAlive, thinks }] of Object.entries(DIALECTS)) {
    test(`has the first event at once, and is kept alive: ${name}`, () =>
      withClock(worker, async (clock) => {
        const source = upstream("workerd");
        worker.ai.answers(overSimulated(source));
        const response = await worker.post(path, { ...body, ...others });
        assert.equal(response.status, 200);
        const reader = response.body.getReader();
        const read = async () => Buffer.from((await reader.read()).value).toString();
        assert.match(await read(), first);
        const delta = { reasoning_content: "Hm, let me think about that. " };
        for (let second = 0; second < 40; second += 1) {
          if (thinks) source.push(`data: {"choices":[{"delta":${JSON.stringify(delta)}}]}\n\n`);
          for (let turn = 0; turn < 5; turn += 1) await setImmediate();
          clock.advance(1);
        }
        assert.equal(await read(), keepAlive);
        assert.equal(await read(), keepAlive);
        for (const frame of FRAMES.openai(1)) source.push(frame);
        source.end();
        let text = "";
        for (;;) {
          const { done, value } = await reader.read();
          if (done) break;
          text += Buffer.from(value);
        }
        assert.match(text, /w0/);
        assert.match(text, /(DONE\]|"message_stop"\}|"response.completed".*)\n\n$/);
        assert.doesNotMatch(text, /keep-alive|ping/);
      }));
  }

  test("a native stream below /ai/run is Cloudflare's own: nothing is added", () =>
    withClock(worker, async (clock) => {
      const source = upstream("bytes");
      worker.ai.answers(over(source));
      const response = await worker.post(`/ai/run/${MODEL}`, { ...body });
      const text = response.text();
      clock.advance(60);
      const frames = FRAMES.native(2);
      for (const frame of frames) source.push(frame);
      source.end();
      assert.equal(await text, frames.join(""));
    }));

  test("a model that refuses is told by its status, with no stream", async () => {
    for (const path of ["/v1/chat/completions", "/v1/messages", "/v1/responses"]) {
      worker.ai.answers(new Error("3036: You have used up your daily free allocation of neurons"));
      const response = await worker.post(path, { ...body, input: "Hello" });
      assert.equal(response.status, 429);
      assert.match(response.headers.get("content-type") ?? "", /^application\/json/);
      await response.body.cancel();
    }
  });
});

test("n = 3, interleaved", async () => {
  const sources = [0, 1, 2].map(() => upstream("bytes"));
  const replies = sources.map(over);
  const response = await chat(replies, { n: 3, stream_options: { include_usage: true } });
  const text = response.text();
  for (let round = 0; round < 10; round += 1) {
    for (const [place, source] of sources.entries()) {
      source.push(`data: {"response":"${place}${round} "}\n\n`);
      await setImmediate();
    }
  }
  for (const source of sources) source.push(FRAMES.native(0).join(""));
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
  for (const source of sources) if (!source.cancelled) source.end();
  const list = events(await text);
  for (const place of [0, 1, 2]) {
    const expected = Array.from({ length: 10 }, (_, round) => `${place}${round} `).join("");
    assert.equal(textOf(list, place), expected);
  }
  const order = list
    .flatMap((event) => event.choices ?? [])
    .filter((c) => c.delta.content)
    .map((c) => c.index);
  assert.notDeepEqual(order, order.toSorted());
  assert.equal(list.at(-1), "[DONE]");
  assert.equal(list.at(-2).usage.completion_tokens, 1500);
});

test("n = 3, and one fails", async () => {
  const sources = [0, 1, 2].map(() => upstream("bytes"));
  const replies = sources.map(over);
  const response = await chat(replies, { n: 3 });
  const text = response.text();
  for (const source of sources) source.push(FRAMES.native(1)[0]);
  await setImmediate();
  sources[1].fail(new Error("secret"));
  const list = events(await text);
  assert.equal(list.filter((event) => event.error).length, 1);
  assert.ok(list.at(-1).error);
  assert.ok(sources[0].cancelled && sources[2].cancelled);
});

test("a slow client slows the upstream down", async () => {
  const source = upstream("bytes", FRAMES.openai(5000));
  const response = await chat(over(source));
  const reader = response.body.getReader();
  for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  const before = source.reads;
  assert.ok(before < 500, `${before} of 5000 events were read ahead`);
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    text += Buffer.from(value);
  }
  assert.equal(textOf(events(text)).trim(), words(5000).trim());
});

test("a model that answers a stream request with JSON", async () => {
  const response = await chat(Response.json({ response: "Hi" }));
  const list = events(await response.text());
  assert.equal(textOf(list), "Hi");
  assert.equal(list.at(-1), "[DONE]");
});

test("the headers of a stream", async () => {
  const upstreamAnswer = eventStream(FRAMES.native(1));
  upstreamAnswer.headers.set("cf-ai-req-id", "abc");
  const response = await chat(upstreamAnswer);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.equal(response.headers.get("cache-control"), "private, no-store");
  assert.equal(response.headers.get("x-request-id"), "abc");
  assert.equal(response.headers.get("access-control-allow-origin"), "*");
  await response.text();
});
