import assert from "node:assert/strict";
import { test } from "node:test";
import { rows } from "./catalogue.mjs";
import { ask, assertRejected, errorOf, json } from "./testing.mjs";

const BGE = "@cf/baai/bge-base-en-v1.5";
const M3 = "@cf/baai/bge-m3";
const QWEN = "@cf/qwen/qwen3-embedding-0.6b";
const GEMMA = "@cf/google/embeddinggemma-300m";
const PLAMO = "@cf/pfnet/plamo-embedding-1b";
const many = (amount) => Array.from({ length: amount }, (_, index) => `text ${index}`);

function cosine(a, b) {
  return a.reduce((sum, value, index) => sum + value * b[index], 0);
}

test("every model embeds one text and several, in its own dimensions", async () => {
  const dimensions = {
    "@cf/baai/bge-small-en-v1.5": 384,
    [BGE]: 768,
    "@cf/baai/bge-large-en-v1.5": 1024,
    [M3]: 1024,
    [QWEN]: 1024,
    [GEMMA]: 768,
    [PLAMO]: 2048,
  };
  const live = rows.filter(
    ({ task, status }) => task === "Text Embeddings" && status === "current",
  );
  assert.deepEqual(live.map(({ id }) => id).sort(), Object.keys(dimensions).sort());
  for (const [id, size] of Object.entries(dimensions)) {
    const one = await json(id, { text: "hello" });
    assert.deepEqual(one.shape, [1, size], id);
    const { shape, data } = await json(id, { text: ["bye", "hello"] });
    assert.deepEqual(shape, [2, size], id);
    assert.deepEqual(data[1], one.data[0], id);
    assert.notDeepEqual(data[0], data[1], id);
  }
});

test("vectors have length 1, no zeros, numbers of 32 bits; similar texts are nearer", async () => {
  const { data } = await json(M3, {
    text: ["The cat sat on the mat.", "A cat sits on a mat.", "Stock prices fell sharply."],
  });
  for (const vector of data) {
    assert.ok(Math.abs(cosine(vector, vector) - 1) < 1e-5);
    assert.ok(vector.every((value) => value !== 0 && value === Math.fround(value)));
  }
  assert.ok(cosine(data[0], data[1]) > cosine(data[0], data[2]) + 0.2);
});

test("bge pools by mean by default, reports it, and differs from cls", async () => {
  const mean = await json(BGE, { text: "hello" });
  const cls = await json(BGE, { text: "hello", pooling: "cls" });
  assert.deepEqual([mean.pooling, cls.pooling], ["mean", "cls"]);
  assert.ok(cosine(mean.data[0], cls.data[0]) < 0.5);
  assert.ok(!("pooling" in (await json(GEMMA, { text: "hello" }))));
  await assertRejected(BGE, [
    ["max", { text: "hello", pooling: "max" }, /must be one of 'mean', 'cls'/],
  ]);
});

test("batches have at most 100 texts, 32 on qwen3, and no limit on gemma and plamo", async () => {
  assert.equal((await json(M3, { text: many(100) })).data.length, 100);
  assert.equal((await json(QWEN, { documents: many(32) })).data.length, 32);
  assert.equal((await json(GEMMA, { text: many(101) })).data.length, 101);
  assert.equal((await json(PLAMO, { text: many(101) })).data.length, 101);
  await assertRejected(M3, [["101", { text: many(101) }, /length of '\/text' must be <= 100/]]);
  await assertRejected(QWEN, [["33", { text: many(33) }, /length of '\/text' must be <= 32/]]);
});

test("rejects empty texts and other types", async () => {
  for (const id of [BGE, M3]) {
    await assertRejected(id, [
      ["empty", { text: "" }],
      ["one empty", { text: ["a", ""] }, /length of '\/text\/1' must be >= 1/],
      ["token ids", { text: [[1, 2]] }, /'string' not in 'array'/],
      ["number", { text: 1 }],
      ["nothing", {}, /are 'text'/],
      ["input", { input: "hello" }],
    ]);
  }
  await assertRejected(QWEN, [["empty", { queries: [""] }]]);
  assert.equal((await json(GEMMA, { text: "" })).data[0].length, 768);
  assert.equal((await errorOf(QWEN, {})).code, 8001);
});

test("qwen3: text means documents; a query includes its instruction", async () => {
  const { data: documents } = await json(QWEN, { documents: ["cats"] });
  assert.deepEqual((await json(QWEN, { text: "cats" })).data, documents);
  const { data: queries } = await json(QWEN, { queries: "cats" });
  assert.notDeepEqual(queries, documents);
  const told = await json(QWEN, { queries: "cats", instruction: "Find animals" });
  assert.notDeepEqual(told.data, queries);
  const both = await json(QWEN, { queries: "cats", documents: ["cats"] });
  assert.deepEqual(both.data, [...queries, ...documents]);
});

test("bge-m3: a query ranks contexts, contexts alone are embedded", async () => {
  const contexts = [{ text: "about dogs" }, { text: "all about cats" }];
  const { response } = await json(M3, { query: "cats", contexts });
  assert.deepEqual(
    response.map(({ id }) => id),
    [1, 0],
  );
  const embedded = await json(M3, { contexts });
  assert.deepEqual(embedded.shape, [2, 1024]);
  assert.deepEqual(
    embedded.response,
    (await json(M3, { text: ["about dogs", "all about cats"] })).data,
  );
  assert.ok(!("data" in embedded));
  await assertRejected(M3, [
    ["both", { text: "a", contexts }, /2 matches/],
    ["query alone", { query: "a" }],
    ["empty query", { query: "", contexts }],
    ["strings", { query: "a", contexts: ["b"] }],
  ]);
});

test("bge-m3 accepts 60,000 tokens per call, or more with truncate_inputs", async () => {
  const text = Array(4).fill("word ".repeat(16000));
  const { status, code } = await errorOf(M3, { text });
  assert.deepEqual([status, code], [413, 5021]);
  assert.equal((await json(M3, { text, truncate_inputs: true })).data.length, 4);
});

test("bge-base reads 512 tokens only", async () => {
  const long = "lorem ipsum ".repeat(2000);
  const { data } = await json(BGE, { text: [long, `${long} and more`] });
  assert.deepEqual(data[0], data[1]);
});

test("usage has no neurons", async () => {
  const { usage } = await json(M3, { text: ["one two", "three"] });
  assert.deepEqual(usage, { prompt_tokens: 7, total_tokens: 7 });
  assert.ok(!("usage" in (await json("@cf/baai/bge-small-en-v1.5", { text: "a" }))));
  assert.ok(!("usage" in (await json("@mock/embeddings/usage/none", { text: "a" }))));
});

test("quirks of embeddings", async () => {
  const short = await json("@mock/embeddings/short", { text: ["a", "b"] });
  assert.deepEqual([short.data.length, short.shape], [1, [2, 1024]]);
  const { data } = await json("@mock/embeddings/zeros", { text: "a" });
  assert.ok(data[0].every((value) => value === 0));
});

test("the answer is JSON in a byte stream", async () => {
  const { headers, body } = await ask(M3, { text: many(100) });
  assert.equal(headers.get("content-type"), "application/json");
  assert.ok(headers.get("cf-ai-req-id"));
  const reader = body.getReader({ mode: "byob" });
  assert.ok((await reader.read(new Uint8Array(4096))).value.length > 0);
  await reader.cancel();
});
