import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { run } from "./ai.mjs";
import { ERRORS } from "./errors.mjs";
import { concat } from "./media/bytes.mjs";
import { QUIRKS } from "./quirks.mjs";
import { state } from "./state.mjs";
import {
  ask,
  chunks,
  errorOf,
  file,
  frames,
  json,
  sampleInputs,
  streamText,
  user,
  WEATHER,
} from "./testing.mjs";

const text = (list) =>
  list.map((frame) => frame.choices?.[0]?.delta?.content ?? frame.response ?? "").join("");
const finishes = (list) => list.map((frame) => frame.choices?.[0]?.finish_reason).filter(Boolean);
const HELLO = user("[[say:one two three four five six seven eight]]");
const WHOLE = "one two three four five six seven eight";
const call = user('[[call:get_weather {"city":"Paris"}]]', { tools: [WEATHER] });
const jsonMode = (more) => ({ response_format: { type: "json_object" }, ...more });

test("the README lists every quirk in the same words", () => {
  const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
  for (const [pattern, meaning] of QUIRKS) {
    assert.ok(readme.includes(`| \`@mock/${pattern}\` | ${meaning} |`), `${pattern}: ${meaning}`);
  }
});

test("an unknown id under @mock/ is not a model", async () => {
  for (const id of ["@mock/none", "@mock/error", "@mock/", "@mock/native/none", "@mock/error/1"]) {
    assert.equal((await errorOf(id, user("hi"))).code, 5007, id);
  }
});

test("every error code, in its usual body, with its status", async () => {
  const statuses = {
    400: [
      3003, 3016, 3030, 3039, 5004, 5006, 5007, 5023, 5024, 5025, 5028, 7000, 8001, 8002, 8006,
      8007,
    ],
    401: [1031],
    403: [3023, 3041, 5016, 5018, 5035],
    404: [3042, 7003],
    405: [5005, 5019],
    408: [3007, 3008, 3046],
    413: [3006, 3010, 5021],
    429: [3036, 3040, 4006],
    500: [3043],
  };
  const listed = Object.values(statuses).flat().map(String).sort();
  assert.deepEqual(listed, Object.keys(ERRORS).sort());
  const bodies = new Set();
  for (const [status, codes] of Object.entries(statuses)) {
    for (const code of codes) {
      const found = await errorOf(`@mock/error/${code}`, user("hi"));
      assert.deepEqual([found.status, found.code], [Number(status), code]);
      bodies.add("errors" in found.body ? "errors" : "internalCode");
    }
  }
  assert.deepEqual([...bodies].sort(), ["errors", "internalCode"]);
});

test("every error code works with the inputs of every task", async () => {
  for (const [kind, inputs] of Object.entries(sampleInputs)) {
    for (const code of Object.keys(ERRORS)) {
      const found = await errorOf(`@mock/error/${code}`, inputs());
      assert.deepEqual([found.code, found.status], [Number(code), ERRORS[code][0]], kind);
    }
  }
});

test("without a kind the inputs determine it; with one they have to fit", async () => {
  const shapes = {
    text: ({ choices }) => choices[0].message.content === 'You said "Hello".',
    moderation: ({ choices }) => choices,
    embeddings: ({ shape }) => shape[0] === 2,
    rerank: ({ response }) => response[0].id === 0,
    image: ({ image }) => image,
    transcription: ({ text }) => text === "Hello",
    translation: ({ translated_text }) => translated_text === "[fr] Hello",
  };
  for (const [kind, fits] of Object.entries(shapes)) {
    for (const id of ["@mock/charset", "@mock/flaky/3040/0"]) {
      assert.ok(fits(await json(id, sampleInputs[kind]())), `${id} ${kind}`);
    }
  }
  assert.equal((await file("@mock/charset", sampleInputs.speech())).type, "audio/mpeg");
  assert.equal(
    (await json("@mock/moderation/charset", user("[[unsafe:S1]]"))).response,
    "\n\nunsafe\nS1",
  );
  assert.equal((await errorOf("@mock/embeddings/charset", user("Hello"))).code, 5006);
  assert.equal((await json("@mock/image/charset", { prompt: "bare" })).choices, undefined);
});

test("temporary failures, HTML pages and delays on every task", async () => {
  const status = async (id, inputs) => (await ask(id, inputs)).status;
  for (const [kind, inputs] of Object.entries(sampleInputs)) {
    const statuses = [];
    for (let index = 0; index < 3; index++) {
      statuses.push(
        await status(`@mock/${kind === "text" ? "" : `${kind}/`}flaky/3043/1`, inputs()),
      );
    }
    assert.deepEqual(statuses, [500, 200, 500], kind);
    assert.equal(await status("@mock/html-502", inputs()), 502, kind);
    assert.equal(await status("@mock/slow/1", inputs()), 200, kind);
  }
});

test("files fail, stall and split as streams do", async () => {
  const read = async (id) => {
    const pieces = [];
    for await (const piece of (await ask(id, sampleInputs.speech())).body) pieces.push(piece);
    return pieces;
  };
  const plain = await read("@mock/speech");
  assert.ok(plain.length >= 8);
  const split = await read("@mock/stream/split");
  assert.deepEqual(
    split.slice(0, 32).map(({ length }) => length),
    Array(32).fill(1),
  );
  assert.deepEqual(concat(split), concat(plain));
  await assert.rejects(read("@mock/stream/abort"), /connection reset/);
  const { body } = await ask("@mock/stream/stall", sampleInputs.speech());
  const reader = body.getReader();
  assert.ok((await reader.read()).value.length);
  await reader.cancel();
  assert.equal(state.cancelled, 1);
});

test("every code in both bodies and the nested form", async () => {
  const internal = await errorOf("@mock/error/5007/internal", user("hi"));
  assert.equal(internal.body.internalCode, 5007);
  assert.equal(internal.body.httpCode, 400);
  assert.match(internal.body.message, /^AiError: No such model: .*\([0-9a-f-]{36}\)$/);
  const errors = await errorOf("@mock/error/3040/errors", user("hi"));
  assert.deepEqual([errors.body.errors[0].code, errors.status], [3040, 429]);
  const nested = await errorOf("@mock/error/4006/nested", user("hi"));
  assert.deepEqual([nested.status, nested.code], [429, 8007]);
  assert.match(nested.text, /^4006: you have used up/);
});

test("flaky fails n times, succeeds, and repeats; names have separate counts", async () => {
  const status = async (id) => (await ask(id, user("hi"))).status;
  const statuses = [];
  for (let index = 0; index < 6; index++) statuses.push(await status("@mock/flaky/3040/2"));
  assert.deepEqual(statuses, [429, 429, 200, 429, 429, 200]);
  assert.equal(await status("@mock/flaky/3007/1/a"), 408);
  assert.equal(await status("@mock/flaky/3007/1/b"), 408);
  assert.equal(await status("@mock/flaky/3007/1/a"), 200);
  assert.equal(await status("@mock/flaky/3040/0"), 200);
});

test("unexpected bodies", async () => {
  const get = async (id) => {
    const response = await ask(id, HELLO);
    return [response.status, response.headers.get("content-type"), await response.text()];
  };
  assert.deepEqual((await get("@mock/html-502")).slice(0, 2), [502, "text/html; charset=UTF-8"]);
  assert.equal((await get("@mock/html-200"))[0], 200);
  assert.deepEqual(await get("@mock/empty"), [200, "application/json", ""]);
  await assert.rejects(async () => JSON.parse((await get("@mock/not-json"))[2]), SyntaxError);
  assert.equal((await get("@mock/null"))[2], "null");
  assert.deepEqual((await json("@mock/no-choices", HELLO)).choices, []);
  assert.equal((await json("@mock/no-content", HELLO)).choices[0].message.content, null);
  assert.equal((await get("@mock/charset"))[1], "application/json; charset=utf-8");
});

test("never-read does not end; its cancellation is counted", async () => {
  const response = await ask("@mock/never-read", HELLO);
  assert.equal(response.status, 503);
  const reader = response.body.getReader();
  for (let index = 0; index < 50; index++) assert.equal((await reader.read()).done, false);
  await reader.cancel();
  assert.equal(state.cancelled, 1);
});

test("slow waits until its signal aborts", async () => {
  assert.equal((await ask("@mock/slow/1", HELLO)).status, 200);
  const controller = new AbortController();
  const pending = ask("@mock/slow/60000", HELLO, { signal: controller.signal });
  controller.abort();
  await assert.rejects(pending, { name: "AbortError" });
  assert.equal(state.aborted, 1);
});

test("the content filter", async () => {
  assert.deepEqual((await errorOf("@mock/refused/3030", HELLO)).code, 3030);
  const [{ message, finish_reason }] = (await json("@mock/refused/filter", HELLO)).choices;
  assert.equal(finish_reason, "content_filter");
  assert.ok(WHOLE.startsWith(message.content) && message.content !== WHOLE);
});

test("the engine reports a context that is too small", async () => {
  const { status, code, text: found } = await errorOf("@mock/context/engine", HELLO);
  assert.deepEqual([status, code], [400, 8007]);
  assert.match(JSON.parse(found).error.message, /maximum context length is 32768 tokens/);
});

test("differently cut streams have the same bytes", async () => {
  const said = user("[[say:naïve 你好 👍🏽 end]]");
  const sizes = async (id) => (await chunks(id, said)).map(({ length }) => length);
  const same = async (id) =>
    (await streamText(id, said)).replaceAll(id, "@mock/openai").replace(/-[0-9a-f]{32}/g, "");
  const plain = await same("@mock/openai");
  assert.equal(await same("@mock/stream/split"), plain);
  assert.equal(await same("@mock/stream/packed"), plain);
  assert.equal((await same("@mock/stream/crlf")).replaceAll("\r\n", "\n"), plain);
  assert.ok((await sizes("@mock/stream/split")).every((size) => size === 1));
  assert.equal(
    (await sizes("@mock/stream/packed")).length,
    Math.ceil((await sizes("@mock/openai")).length / 7),
  );
  assert.ok((await streamText("@mock/stream/no-blank-line-at-end", said)).endsWith("data: [DONE]"));
});

test("streams that end too early have neither finish_reason nor [DONE]", async () => {
  for (const id of ["broken", "cut-event", "error", "error/internal"]) {
    const list = await frames(`@mock/stream/${id}`, HELLO);
    assert.ok(text(list).length > 0 && text(list).length < WHOLE.length, id);
    assert.deepEqual(finishes(list), [], id);
    assert.ok(!list.includes("[DONE]"), id);
  }
  const engine = await frames("@mock/stream/error/engine", HELLO);
  assert.deepEqual([engine.at(-2).error.message, engine.at(-1)], ["CUDA error", "[DONE]"]);
  assert.equal((await frames("@mock/stream/error", HELLO)).at(-1).errors[0].code, 3040);
  assert.equal((await frames("@mock/stream/error/internal", HELLO)).at(-1).internalCode, 3040);
});

test("streams without one part", async () => {
  const noDone = await frames("@mock/stream/no-done", HELLO);
  assert.deepEqual(
    [text(noDone), finishes(noDone), noDone.includes("[DONE]")],
    [WHOLE, ["stop"], false],
  );
  const noTail = await frames("@mock/stream/no-tail", HELLO);
  assert.deepEqual([noTail.at(-1), noTail.at(-2).usage.total_tokens], ["[DONE]", 0]);
  const noUsage = await frames("@mock/usage/none", HELLO);
  assert.ok(!JSON.stringify(noUsage).includes('"usage":'));
  assert.ok(!("usage" in (await json("@mock/usage/none", HELLO))));
  assert.deepEqual(finishes(await frames("@mock/finish/none", HELLO)), []);
});

test("streams with additional parts", async () => {
  const beats = await streamText("@mock/stream/heartbeats", HELLO);
  assert.ok(beats.includes(": keep-alive\n\n") && beats.includes('{"response":"","p":"abc"}'));
  const bad = await frames("@mock/stream/bad-event", HELLO);
  assert.ok(bad.includes("{oops"));
  assert.equal(text(bad), WHOLE);
  assert.equal(
    typeof (await frames("@mock/stream/chunk-usage", HELLO))[1].usage.total_tokens,
    "number",
  );
});

test("the connection breaks in the middle of the text", async () => {
  const { body } = await ask("@mock/stream/abort", { ...HELLO, stream: true });
  let bytes = 0;
  await assert.rejects(async () => {
    for await (const chunk of body) bytes += chunk.length;
  }, /connection reset/);
  assert.ok(bytes > 0);
});

test("a stream request answered with JSON", async () => {
  const response = await ask("@mock/stream/json", { ...HELLO, stream: true });
  assert.equal(response.headers.get("content-type"), "application/json");
  assert.equal((await response.json()).choices[0].message.content, WHOLE);
});

test("a slow stream arrives complete", async () => {
  assert.equal(text(await frames("@mock/stream/slow/1", HELLO)), WHOLE);
});

test("thinking in every place", async () => {
  const ask1 = async (id) => (await json(id, user("[[think:hm]][[say:done]]"))).choices[0].message;
  assert.equal((await ask1("@mock/think")).reasoning_content, "hm");
  assert.equal((await ask1("@mock/think/reasoning")).reasoning, "hm");
  const both = await ask1("@mock/think/both");
  assert.deepEqual([both.reasoning, both.reasoning_content], ["hm", "hm"]);
  assert.equal((await ask1("@mock/think/tags")).content, "<think>\nhm\n</think>\n\ndone");
  assert.equal((await ask1("@mock/think/close-only")).content, "hm\n</think>\n\ndone");
});

test("tool calls leak as text", async () => {
  const leaked = {
    tool_call: '<tool_call>\n{"name": "get_weather", "arguments": {"city":"Paris"}}\n</tool_call>',
    json: '{"name": "get_weather", "parameters": {"city":"Paris"}}',
    fenced: 'I call a tool.\n```json\n{"name": "get_weather", "arguments": {"city":"Paris"}}\n```',
    python_tag:
      '<|python_tag|>{"type": "function", "name": "get_weather", "parameters": {"city":"Paris"}}',
    mistral: '[TOOL_CALLS][{"name": "get_weather", "arguments": {"city":"Paris"}}]',
  };
  for (const [id, expected] of Object.entries(leaked)) {
    const [{ message, finish_reason }] = (await json(`@mock/leak/${id}`, call)).choices;
    assert.deepEqual(
      [message.content, message.tool_calls, finish_reason],
      [expected, [], "stop"],
      id,
    );
    assert.equal(text(await frames(`@mock/leak/${id}`, call)), expected);
    assert.equal((await json(`@mock/leak/${id}`, HELLO)).choices[0].message.content, WHOLE);
    assert.equal((await json(`@mock/native/leak/${id}`, call)).response, expected);
  }
  assert.equal((await json("@mock/finish/stop", call)).choices[0].finish_reason, "stop");
});

test("invalid JSON, once or always", async () => {
  const say = async (id, inputs) => (await json(id, inputs)).choices[0].message.content;
  const inputs = user("hi", jsonMode());
  const parses = (found) => {
    try {
      return JSON.parse(found);
    } catch {
      return undefined;
    }
  };
  assert.equal(parses(await say("@mock/json/broken", inputs)), undefined);
  assert.equal(await say("@mock/json/broken", user("hi")), 'You said "hi".');
  assert.match(await say("@mock/json/fenced", inputs), /^Here it is:\n```json\n\{.*\}\n```$/s);
  assert.deepEqual(parses(await say("@mock/json/mismatch", inputs)), { unexpected: 1 });
  for (const id of ["@mock/json/broken-once", "@mock/json/mismatch-once"]) {
    const first = await say(id, inputs);
    const repair = {
      ...inputs,
      messages: [
        ...inputs.messages,
        { role: "assistant", content: first },
        { role: "user", content: "repair it" },
      ],
    };
    assert.ok(parses(await say(id, repair)).answer, id);
    assert.equal(await say(id, inputs), first, "a new conversation starts again");
  }
});

test("every quirk works on the other wire formats", async () => {
  assert.equal((await json("@mock/native/stream/split", HELLO)).response, WHOLE);
  assert.equal(text(await frames("@mock/native/stream/split", HELLO)), WHOLE);
  assert.equal((await json("@mock/responses/charset", { input: "hi" })).object, "response");
});

test("the counters can be read and reset without counting that", async () => {
  await ask("@mock/openai", HELLO);
  const read = async () =>
    JSON.parse((await json("@mock/state", user("x"))).choices[0].message.content);
  assert.equal((await read()).calls, 1);
  await ask("@mock/reset", user("x"));
  assert.equal((await read()).calls, 0);
});

test("quirks follow the rules of every call", async () => {
  await assert.rejects(run("@mock/error/3040", HELLO, {}), /returnRawResponse/);
  assert.equal((await errorOf("@mock/openai", user("hi", { temperature: 9 }))).code, 5006);
});

test("a demand in words is obeyed, unless the model makes no calls", async () => {
  const tools = ["f", "g"].map((name) => ({ type: "function", function: { name } }));
  const say = (content) => ({ messages: [{ role: "user", content }], tools });
  const called = async (model, inputs) =>
    (await json(model, inputs)).choices[0].message.tool_calls.map((call) => call.function.name);
  assert.deepEqual(await called("@mock/openai", say("You must call the function g.")), ["g"]);
  assert.deepEqual(await called("@mock/openai", say("You must call one of them.")), ["f"]);
  assert.deepEqual(await called("@mock/openai", say("You may call g.")), []);
  const forced = { ...say("Hello"), tool_choice: "required" };
  assert.deepEqual(await called("@mock/forced/ignored", forced), []);
  assert.deepEqual(await called("@mock/forced/late", forced), []);
  const again = [...forced.messages, ...forced.messages];
  assert.deepEqual(await called("@mock/forced/late", { ...forced, messages: again }), ["f"]);
});

test("text is taken for an image", async () => {
  const marked = {
    messages: [{ role: "tool", tool_call_id: "1", content: "data:image/a;base64,b" }],
  };
  assert.equal((await errorOf("@mock/image-marker", marked)).code, 8006);
  await json("@mock/image-marker", user("data: image/a; base64,b"));
});
