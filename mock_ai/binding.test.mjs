import assert from "node:assert/strict";
import { test } from "node:test";
import { run, state } from "./ai.mjs";
import { latin1Bytes } from "./media/bytes.mjs";
import { ask, errorOf, json, streamInput } from "./testing.mjs";

const TURBO = "@cf/openai/whisper-large-v3-turbo";
const SPEECH = latin1Bytes("ID3 [[say:Hello there]]");
const audio = () => streamInput(SPEECH, "audio/mpeg");

function internal(message) {
  return { name: "AiInternalError", message };
}

test("a stream is sent with its type, the other inputs beside it", async () => {
  const { text, transcription_info } = await json(TURBO, { audio: audio(), language: "fr" });
  assert.equal(text, "Hello there");
  assert.equal(transcription_info.language, "fr");
  assert.equal(state.received, SPEECH.length);
});

test("the service does not learn the name of the streamed input", async () => {
  assert.equal((await json(TURBO, { anything: audio() })).text, "Hello there");
});

test("rejects two streams, a stream without a type, and one through a gateway", async () => {
  const two = { audio: audio(), other: audio() };
  await assert.rejects(
    ask(TURBO, two),
    internal("Multiple ReadableStreams are not supported. Found streams in keys: [audio, other]"),
  );
  const untyped = internal("Content-Type is required with ReadableStream inputs");
  await assert.rejects(ask(TURBO, { audio: audio().body }), untyped);
  await assert.rejects(ask(TURBO, { audio: { body: audio().body } }), untyped);
  await assert.rejects(ask(TURBO, { audio: new FormData() }), untyped);
  await assert.rejects(
    ask(TURBO, { audio: audio() }, { gateway: { id: "default" } }),
    internal("AI Gateway does not support ReadableStreams yet."),
  );
  await json(TURBO, { audio: audio() }, { gateway: {} });
});

test("a stream that nobody reads is cancelled", async () => {
  for (const model of ["@cf/no/model", "@mock/error/3040", "@cf/baai/bge-m3"]) {
    let cancelled = false;
    const body = new ReadableStream({
      type: "bytes",
      cancel() {
        cancelled = true;
      },
    });
    await errorOf(model, { audio: { body, contentType: "audio/wav" } });
    assert.ok(cancelled, model);
    assert.equal(state.received, 0);
  }
});

test("a failing upload and an aborted signal fail the call", async () => {
  const broken = new ReadableStream({
    pull(controller) {
      controller.error(new Error("client has gone"));
    },
  });
  const call = ask(TURBO, { audio: { body: broken, contentType: "audio/wav" } });
  await assert.rejects(call, /client has gone/);

  const stalled = new ReadableStream({ pull: () => new Promise(() => {}) });
  const controller = new AbortController();
  const inputs = { audio: { body: stalled, contentType: "audio/wav" } };
  const pending = ask(TURBO, inputs, { signal: controller.signal });
  controller.abort();
  await assert.rejects(pending, { name: "AbortError" });
  assert.equal(state.aborted, 1);
});

test("@mock/calls reports calls, long values as their size", async () => {
  await ask("@cf/openai/whisper", { audio: [...SPEECH] });
  await ask(TURBO, { audio: audio(), language: "en" });
  await ask("@cf/baai/bge-m3", { text: ["short", "x".repeat(500)] });
  const { choices } = await json("@mock/calls", { messages: [{ role: "user", content: "?" }] });
  assert.deepEqual(JSON.parse(choices[0].message.content), [
    { model: "@cf/openai/whisper", inputs: { audio: { numbers: SPEECH.length } } },
    {
      model: TURBO,
      inputs: { language: "en", audio: { contentType: "audio/mpeg", stream: true } },
    },
    { model: "@cf/baai/bge-m3", inputs: { text: ["short", { characters: 500 }] } },
  ]);
  for (let index = 0; index < 20; index++) await ask("@cf/baai/bge-m3", { text: "x" });
  assert.equal(state.recent.length, 16);
});

test("null inputs are a TypeError, a bare string is not an object", async () => {
  await assert.rejects(run(TURBO, null, { returnRawResponse: true }), TypeError);
  assert.equal((await errorOf(TURBO, "hello")).code, 5006);
});
