/** Vectors, which stay on the platform's side: as they came, in base64, shortened; and what is none. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { useWorker } from "./harness.mjs";

const worker = useWorker();

const MODEL = "@cf/baai/bge-m3";
const SHORTENED = "@cf/qwen/qwen3-embedding-0.6b";

/** Sends texts, and answers each call with the next of these bodies. */
async function embed(fields, ...bodies) {
  const headers = { "content-type": "application/json" };
  worker.ai.answers(...bodies.map((body) => new Response(body, { headers })));
  const response = await worker.post("/v1/embeddings", { model: MODEL, input: "Hi", ...fields });
  return { status: response.status, text: await response.text() };
}

const decode = (base64) => [
  ...new Float32Array(new Uint8Array(Buffer.from(base64, "base64")).buffer),
];
const rows = ({ text }) => JSON.parse(text).data.map(({ embedding }) => embedding);

test("numbers are written as they came", async () => {
  const body =
    '{"shape":[2,3],"data":[[0.10000000149011612, -1e-7,0],\n [1.50,2E+3 , -0.0]],"usage":{"prompt_tokens":7}}';
  const got = await embed({ input: ["a", "b"] }, body);
  assert.equal(
    got.text,
    '{"object":"list","data":[' +
      '{"object":"embedding","index":0,"embedding":[0.10000000149011612, -1e-7,0]},' +
      '{"object":"embedding","index":1,"embedding":[1.50,2E+3 , -0.0]}],' +
      `"model":"${MODEL}","usage":{"prompt_tokens":7,"total_tokens":7}}`,
  );
});

test("base64 is little-endian float32", async () => {
  const got = await embed(
    { input: ["a", "b"], encoding_format: "base64" },
    '{"data":[[1,-2.5],[0.1,3e38]]}',
  );
  assert.deepEqual(rows(got).map(decode), [
    [1, -2.5],
    [Math.fround(0.1), Math.fround(3e38)],
  ]);
});

test("batches keep their order, and each is written before the next is asked for", async () => {
  const size = 100;
  const input = Array.from({ length: 750 }, (_, place) => String(place));
  const answers = Array.from({ length: 8 }, (_, call) => {
    const some = input.slice(call * size, (call + 1) * size);
    return JSON.stringify({ data: some.map((text) => [Number(text), 0.5]) });
  });
  const got = await embed({ input }, ...answers);
  assert.equal(got.status, 200, got.text);
  assert.deepEqual(
    rows(got),
    input.map((text) => [Number(text), 0.5]),
  );
  assert.deepEqual(
    JSON.parse(got.text).data.map(({ index }) => index),
    [...input.keys()],
  );
});

test("shortened vectors have a length of 1", async () => {
  const vectors = [
    Array.from({ length: 1024 }, (_, at) => Math.sin(at) - 0.3),
    Array(1024).fill(0),
  ];
  const short = vectors[0].slice(0, 64);
  const length = Math.hypot(...short);
  const body = JSON.stringify({ data: vectors });
  for (const encoding_format of ["float", "base64"]) {
    const fields = { model: SHORTENED, input: ["a", "b"], dimensions: 64, encoding_format };
    const got = await embed(fields, body);
    assert.equal(got.status, 200, got.text);
    const [first, second] = rows(got).map((row) =>
      encoding_format === "base64" ? decode(row) : row,
    );
    assert.equal(first.length, 64);
    for (const [at, number] of first.entries()) {
      assert.ok(Math.abs(number - short[at] / length) < 1e-7, `${number} at ${at}`);
    }
    assert.ok(second.every((number) => Math.abs(number) < 1e-15));
  }
});

const NO_VECTORS = {
  "half an answer": '{"data":[[1,2',
  "no data": '{"a":1}',
  "null as data": '{"data":null}',
  "an object as data": '{"data":{"0":[1]}}',
  "a text as data": '{"data":"[1]"}',
  "no vector": '{"data":[]}',
  "an empty vector": '{"data":[[]]}',
  "a vector of null": '{"data":[[null]]}',
  "a vector of texts": '{"data":[["1"]]}',
  "nested vectors": '{"data":[[[1]]]}',
  "an object as a vector": '{"data":[{"length":1,"0":1}]}',
  "numbers too large for a float32": '{"data":[[1e39]]}',
  "numbers too large for JSON": '{"data":[[1e400]]}',
  "not a number": '{"data":[[NaN]]}',
  "another number of vectors": '{"data":[[1],[2]]}',
  null: "null",
};

for (const [name, body] of Object.entries(NO_VECTORS)) {
  test(`${name}: a 502`, async () => {
    for (const encoding_format of ["float", "base64"]) {
      const got = await embed({ encoding_format }, body);
      assert.equal(got.status, 502, got.text);
    }
  });
}

test("vectors of several sizes are a 502", async () => {
  const got = await embed({ input: ["a", "b"] }, '{"data":[[1,2],[3]]}');
  assert.equal(got.status, 502, got.text);
});

test("arrays elsewhere do not harm, whatever is in them", async () => {
  for (const rest of [
    '"a":[1,2],"data":[[1,2]]',
    '"data":[[1,2]],"a":[[3,4]]',
    '"a":"[[5,6]]","data":[[1,2]]',
  ]) {
    const got = await embed({}, `{${rest}}`);
    if (got.status === 200) assert.deepEqual(rows(got), [[1, 2]]);
    else assert.equal(got.status, 502, got.text);
  }
});
