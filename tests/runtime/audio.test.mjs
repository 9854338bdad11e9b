/** Recordings across the border: from a client to a model and back, past Python. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { useWorker } from "./harness.mjs";

const worker = useWorker();
const RECORDING = Buffer.concat([Buffer.from("ID3"), Buffer.alloc(10 * 1024 * 1024, "sound")]);
const WHISPER = "@cf/openai/whisper";
const heard = (text = "Hello.") => Response.json({ text });
const refused = () => Response.json({ internalCode: 5006, description: "no" }, { status: 400 });

function transcribe(data, fields = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  body.append("file", new Blob([data], { type: "audio/mpeg" }), "a.mp3");
  return worker.fetch("/v1/audio/transcriptions", { method: "POST", body });
}

test("a recording goes from the form to the model and not into Python", async () => {
  worker.ai.answers(heard(), heard());
  const few = await worker.peak(() => transcribe(RECORDING.subarray(0, 10)));
  const many = await worker.peak(async () => {
    assert.deepEqual(await (await transcribe(RECORDING)).json(), {
      text: "Hello.",
      usage: { type: "duration", seconds: 0 },
    });
  });
  assert.ok(many < few + 100_000, `${many} bytes for a long one, ${few} for a short one`);
  const { body, contentType } = worker.ai.calls[1].inputs.audio;
  assert.ok(body instanceof ReadableStream);
  assert.equal(contentType, "audio/mpeg");
  assert.ok(RECORDING.equals(Buffer.from(await new Response(body).arrayBuffer())));
});

test("without stream support, the older whispers get numbers and nova-3 base64", async () => {
  const data = RECORDING.subarray(0, 1000);
  worker.ai.answers(refused(), heard(), refused(), heard());
  for (const model of [WHISPER, "@cf/deepgram/nova-3"]) {
    assert.equal((await transcribe(data, { model })).status, 200);
  }
  const [, numbers, , encoded] = worker.ai.calls.map(({ inputs }) => inputs.audio);
  assert.deepEqual(numbers, [...data]);
  assert.deepEqual(encoded, { body: data.toString("base64"), contentType: "audio/mpeg" });
});

test("the body of a native call is streamed, and does not stay in Python", async () => {
  worker.ai.answers(heard(), heard());
  const send = (body) =>
    worker.fetch(`/ai/run/${WHISPER}`, {
      method: "POST",
      body,
      headers: { "content-type": "audio/mpeg" },
    });
  const few = await worker.peak(() => send(RECORDING.subarray(0, 10)));
  const many = await worker.peak(async () => {
    const answer = await (await send(RECORDING)).json();
    assert.deepEqual(answer.result, { text: "Hello." });
  });
  assert.ok(many < few + 100_000, `${many} bytes for a long one, ${few} for a short one`);
  const { body } = worker.ai.calls[1].inputs.audio;
  assert.ok(RECORDING.equals(Buffer.from(await new Response(body).arrayBuffer())));
});

test("a file that curl labels as a form arrives complete", async () => {
  worker.ai.answers(heard());
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = RECORDING.subarray(0, 1000);
  await worker.fetch(`/ai/run/${WHISPER}`, { method: "POST", body, headers });
  const { audio } = worker.ai.calls[0].inputs;
  assert.equal(audio.contentType, "application/octet-stream");
  assert.ok(body.equals(Buffer.from(await new Response(audio.body).arrayBuffer())));
});

test("speech is streamed to the client", async () => {
  const upstream = new Response(RECORDING, { headers: { "content-type": "audio/mpeg" } });
  worker.ai.answers(upstream);
  let response;
  const most = await worker.peak(async () => {
    const fields = { model: "aura-1", input: "Hello", voice: "alloy" };
    response = await worker.post("/v1/audio/speech", fields);
  });
  assert.ok(most < 1_000_000, `${most} bytes`);
  assert.equal(response.headers.get("content-type"), "audio/mpeg");
  assert.ok(RECORDING.equals(Buffer.from(await response.arrayBuffer())));
});

test("speech of no bytes at all is a failure, and so is one that breaks off before them", async () => {
  const speak = () => worker.post("/v1/audio/speech", { model: "aura-1", input: "Hello" });
  const headers = { "content-type": "audio/mpeg" };
  const sound = (start) => new Response(new ReadableStream({ start }), { headers });
  worker.ai.answers(
    new Response(null, { headers }),
    sound((controller) => controller.close()),
    sound((controller) => controller.error(new Error("reset"))),
    new Response("<html>", { headers }),
  );
  for (let count = 0; count < 4; count++) assert.equal((await speak()).status, 502);
  let cancelled;
  const bytes = (text) => new TextEncoder().encode(text);
  const chunks = ["", "ID3", "sound"].map(bytes);
  const upstream = new ReadableStream({
    pull: (controller) => controller.enqueue(chunks.shift() ?? bytes("more")),
    cancel: (reason) => {
      cancelled = reason ?? true;
    },
  });
  worker.ai.answers(new Response(upstream, { headers }));
  const reader = (await speak()).body.getReader();
  let heard = "";
  while (heard.length < 20) heard += Buffer.from((await reader.read()).value ?? []).toString();
  assert.ok(heard.startsWith("ID3soundmore"), heard);
  assert.equal(cancelled, undefined);
  await reader.cancel();
  assert.ok(cancelled, "the upstream is given up with the client");
});
