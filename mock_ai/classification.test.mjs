import assert from "node:assert/strict";
import { test } from "node:test";
import { assertRejected, json } from "./testing.mjs";

const RERANKER = "@cf/baai/bge-reranker-base";
const SENTIMENT = "@cf/huggingface/distilbert-sst-2-int8";
const query = "where do pandas live";
const contexts = [
  { text: "Interest rates rise." },
  { text: "Pandas live where bamboo grows." },
  { text: "Pandas eat bamboo." },
];

test("contexts have their index, best first, scores between 0 and 1", async () => {
  const { response } = await json(RERANKER, { query, contexts });
  assert.deepEqual(
    response.map(({ id }) => id),
    [1, 2, 0],
  );
  const scores = response.map(({ score }) => score);
  assert.deepEqual(
    scores,
    scores.toSorted((a, b) => b - a),
  );
  assert.ok(scores[0] > 0.9 && scores[2] < 0.01 && scores[2] > 0);
});

test("top_k keeps the best", async () => {
  const { response } = await json(RERANKER, { query, contexts, top_k: 1 });
  assert.deepEqual(
    response.map(({ id }) => id),
    [1],
  );
  assert.equal((await json(RERANKER, { query, contexts, top_k: 9 })).response.length, 3);
  assert.deepEqual((await json(RERANKER, { query, contexts: [] })).response, []);
});

test("usage counts the query once per context, and has neurons", async () => {
  const { usage } = await json(RERANKER, {
    query: "a b",
    contexts: [{ text: "c d" }, { text: "e" }],
  });
  assert.deepEqual(usage, { prompt_tokens: 15, total_tokens: 15, neurons: 0.004245 });
});

test("the reranker's schema rejects other inputs", async () => {
  await assertRejected(RERANKER, [
    ["no query", { contexts }, /are 'query,contexts'/],
    ["no contexts", { query }],
    ["empty query", { query: "", contexts }],
    ["empty context", { query, contexts: [{ text: "" }] }],
    ["strings", { query, contexts: ["a"] }, /'object' not in 'string'/],
    ["top_k 0", { query, contexts, top_k: 0 }, /'\/top_k' must be >= 1/],
    ["top_k 1.5", { query, contexts, top_k: 1.5 }],
  ]);
});

test("raw and unsorted scores", async () => {
  const usual = (await json(RERANKER, { query, contexts })).response;
  const { response: raw } = await json("@mock/rerank/logits", { query, contexts });
  assert.ok(raw[0].score > 1 && raw[2].score < -1);
  const { response } = await json("@mock/rerank/unsorted", { query, contexts });
  assert.deepEqual(
    response,
    usual.toSorted((a, b) => a.id - b.id),
  );
});

test("distilbert returns both labels", async () => {
  const verdict = async (text) => {
    const [negative, positive] = await json(SENTIMENT, { text });
    assert.deepEqual([negative.label, positive.label], ["NEGATIVE", "POSITIVE"]);
    assert.equal(negative.score + positive.score, 1);
    return positive.score;
  };
  assert.ok((await verdict("This is great, I love it")) > 0.9);
  assert.ok((await verdict("Terrible and broken")) < 0.1);
  await assertRejected(SENTIMENT, [
    ["empty", { text: "" }],
    ["list", { text: ["a"] }],
  ]);
});
