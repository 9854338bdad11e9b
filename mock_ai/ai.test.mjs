import assert from "node:assert/strict";
import { test } from "node:test";
import { models, run, state } from "./ai.mjs";
import { rows } from "./catalogue.mjs";
import { ENCODERS } from "./media/pictures.mjs";
import {
  ask,
  errorOf,
  formInput,
  json,
  NATIVE,
  OPENAI,
  RESPONSES,
  sampleInputs,
  streamInput,
  user,
} from "./testing.mjs";

const texts = rows.filter(({ task }) => task === "Text Generation");

test("a call without returnRawResponse throws", async () => {
  await assert.rejects(run(NATIVE, user("hi"), {}), /returnRawResponse/);
  await assert.rejects(run(NATIVE, user("hi")), /returnRawResponse/);
});

test("null inputs and options are a TypeError", async () => {
  await assert.rejects(run(NATIVE, null, { returnRawResponse: true }), TypeError);
  await assert.rejects(run(NATIVE, user("hi"), null), TypeError);
});

test("inputs are sent as JSON: a Map is empty, undefined vanishes, a BigInt throws", async () => {
  assert.equal((await errorOf(NATIVE, new Map([["prompt", "hi"]]))).code, 5006);
  assert.equal((await ask(NATIVE, { prompt: "hi", max_tokens: undefined })).status, 200);
  assert.equal((await errorOf(NATIVE, { prompt: "hi", max_tokens: NaN })).code, 5006);
  await assert.rejects(ask(NATIVE, { prompt: "hi", seed: 1n }), TypeError);
});

test("an aborted signal throws its reason", async () => {
  const signal = AbortSignal.abort();
  await assert.rejects(ask(NATIVE, user("hi"), { signal }), { name: "AbortError" });
});

test("every answer has a request id, equal for equal calls", async () => {
  const id = async (text) => (await ask(NATIVE, user(text))).headers.get("cf-ai-req-id");
  assert.match(await id("a"), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal(await id("a"), await id("a"));
  assert.notEqual(await id("a"), await id("b"));
  const { headers } = await ask("@cf/no/model", user("a"));
  assert.ok(headers.get("cf-ai-req-id"));
});

test("every live text model answers a plain message, streamed and not", async () => {
  state.plan = "paid";
  const live = texts.filter(({ status }) => ["current", "paid_only", "unlisted"].includes(status));
  assert.equal(live.length, 34);
  for (const { id } of live) {
    if (id.includes("11b-vision")) await ask(id, { prompt: "agree" });
    const inputs = user("hello", { max_tokens: 200 });
    const body = await json(id, inputs);
    const text = body.response ?? body.choices[0].message.content;
    assert.match(text, id.includes("guard") ? /^safe$/ : /You said "hello"\.$/, id);
    const stream = await ask(id, { ...inputs, stream: true });
    const type = id.includes("guard") ? "application/json" : "text/event-stream";
    assert.equal(stream.headers.get("content-type"), type, id);
    await stream.body.cancel();
  }
});

test("every live model of the other tasks answers", async () => {
  const data = await ENCODERS.png(64, 64, () => [1, 2, 3], 0);
  const picture = [...data];
  const byTask = {
    "Automatic Speech Recognition": sampleInputs.transcription,
    Decision: ({ id }) => ({
      model: id.split("/").at(-1),
      state: "late",
      questions: { a: { type: "noul", instructions: "?" } },
    }),
    "Image Classification": () => ({ image: picture }),
    "Image-to-Text": ({ vision }) => (vision ? { question: "?" } : { image: picture }),
    "Text Classification": ({ inputs }) =>
      inputs.includes("query") ? sampleInputs.rerank() : { text: "fine" },
    "Text Embeddings": sampleInputs.embeddings,
    "Text-to-Image": ({ inputs }) =>
      inputs.includes("multipart") ? { multipart: formInput({ prompt: "x" }) } : { prompt: "x" },
    "Text-to-Speech": ({ inputs }) => (inputs.includes("prompt") ? { prompt: "x" } : { text: "x" }),
    Translation: ({ inputs }) =>
      inputs.includes("target_lang")
        ? sampleInputs.translation()
        : { text: "x", target_language: "hin_Deva" },
    "Voice Activity Detection": () => ({ audio: streamInput(data, "audio/wav") }),
  };
  const others = rows.filter(
    ({ task, status }) => task !== "Text Generation" && status === "current",
  );
  assert.deepEqual([...new Set(others.map(({ task }) => task))].sort(), Object.keys(byTask).sort());
  for (const row of others.filter(({ output }) => output.kind !== "websocket")) {
    const masked = row.id.endsWith("inpainting") && { image: picture, mask: picture };
    const response = await ask(row.id, { ...byTask[row.task](row), ...masked });
    const body = await response.arrayBuffer();
    assert.equal(
      response.status,
      200,
      `${row.id}: ${new TextDecoder().decode(body).slice(0, 300)}`,
    );
    assert.ok(body.byteLength > 0, row.id);
    assert.ok(response.headers.get("cf-ai-req-id"), row.id);
  }
});

test("each wire format answers in its own shape", async () => {
  assert.deepEqual(Object.keys(await json(NATIVE, user("hi"))), ["response", "usage"]);
  assert.equal((await json(OPENAI, user("hi"))).object, "chat.completion");
  assert.equal((await json(OPENAI, { prompt: "hi" })).object, "text_completion");
  assert.equal((await json(RESPONSES, user("hi"))).object, "chat.completion");
  assert.equal((await json(RESPONSES, { input: "hi" })).object, "response");
  assert.deepEqual(Object.keys(await json(NATIVE, { prompt: "hi" })), ["response", "usage"]);
});

test("unknown and long retired ids are 5007, those retired in 2026 are 5028", async () => {
  const unknown = await errorOf("@cf/no/model", user("hi"));
  assert.deepEqual([unknown.status, unknown.code], [400, 5007]);
  assert.match(unknown.text, /No such model @cf\/no\/model or task/);
  for (const { id, retired_on } of texts.filter(({ status }) => status === "retired")) {
    const { status, code, text } = await errorOf(id, user("hi"));
    assert.deepEqual([status, code], [400, retired_on >= "2026" ? 5028 : 5007], id);
    if (code === 5028) assert.match(text, new RegExp(`deprecated on ${retired_on}`));
  }
});

test("paid-only models are 403/5035 on the free plan", async () => {
  const paid = texts.filter(({ status }) => status === "paid_only");
  assert.equal(paid.length, 7);
  for (const { id } of paid) {
    const { status, code } = await errorOf(id, user("hi"));
    assert.deepEqual([status, code], [403, 5035], id);
  }
  await ask("@mock/plan/paid", { prompt: "x" });
  for (const { id } of paid) assert.equal((await ask(id, user("hi"))).status, 200, id);
  await ask("@mock/plan/free", { prompt: "x" });
  assert.equal((await errorOf(paid[0].id, user("hi"))).code, 5035);
});

test("an aliased model silently answers as its successor", async () => {
  state.plan = "paid";
  assert.equal(
    (await json("@cf/moonshotai/kimi-k2.5", user("hi"))).model,
    "@cf/moonshotai/kimi-k2.6",
  );
});

test("a gated model is 403/5018", async () => {
  const { status, code } = await errorOf("@cf/utter-project/eurollm-9b-it", user("hi"));
  assert.deepEqual([status, code], [403, 5018]);
});

test("llama-3.2-vision needs its licence accepted once per reset", async () => {
  const id = "@cf/meta/llama-3.2-11b-vision-instruct";
  const before = await errorOf(id, user("hi"));
  assert.deepEqual([before.status, before.code], [403, 5016]);
  assert.match(before.text, /submit the prompt 'agree'/);
  await json(id, { prompt: "agree" });
  assert.equal((await ask(id, user("hi"))).status, 200);
  await ask("@mock/reset", { prompt: "x" });
  assert.equal((await errorOf(id, user("hi"))).code, 5016);
});

test("models() lists the live models in Cloudflare's form", async () => {
  const all = await models();
  const live = rows.filter(({ status }) => status === "current" || status === "paid_only");
  assert.equal(all.length, live.length + 1);
  const entry = all.find(({ name }) => name === "@cf/moonshotai/kimi-k2.6");
  assert(entry);
  const properties = Object.fromEntries(
    entry.properties.map((item) => [item.property_id, item.value]),
  );
  assert.equal(entry.task.name, "Text Generation");
  assert.equal(properties.context_window, "262144");
  assert.equal(properties.require_workers_paid, "true");
  assert.equal(properties.vision, "true");
  assert.deepEqual(properties.reasoning_effort, ["high", "none"]);
  assert.deepEqual(properties.price[2], { unit: "per M output tokens", price: 4, currency: "USD" });
  assert.ok(all.some(({ name }) => name === "@cf/mock/brand-new-1b"));
});

test("models() supports filters and pages; null is a TypeError", async () => {
  const names = async (params) => (await models(params)).map(({ name }) => name);
  assert.ok((await names({ task: "Translation" })).includes("@cf/meta/m2m100-1.2b"));
  assert.equal((await names({ search: "gpt-oss" })).length, 2);
  assert.ok((await names({ author: "qwen" })).every((name) => name.startsWith("@cf/qwen/")));
  assert.ok(!(await names({ hide_experimental: true })).includes("@cf/google/gemma-2b-it-lora"));
  const paged = [...(await names({ per_page: 40 })), ...(await names({ per_page: 40, page: 2 }))];
  assert.deepEqual(paged, await names());
  await assert.rejects(models({ task: null }), TypeError);
});

test("models() fails and works again on command", async () => {
  await ask("@mock/models/fail", { prompt: "x" });
  await assert.rejects(models(), /model search failed/);
  await ask("@mock/models/ok", { prompt: "x" });
  assert.ok((await models()).length);
});

test("a listed model that is in no data file answers", async () => {
  assert.equal((await json("@cf/mock/brand-new-1b", user("hi"))).object, "chat.completion");
});
