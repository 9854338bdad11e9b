/** The entry point, as the runtime finds it and calls it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { useWorker } from "./harness.mjs";

const worker = useWorker();

test("the entry point answers", async () => {
  const response = await worker.get("/health", { headers: { authorization: null } });
  assert.equal(response.status, 200);
  assert.equal((await response.json()).status, "ok");
});

test("without a key, says what to set", async () => {
  delete worker.env.API_KEYS;
  const response = await worker.get("/v1/models");
  assert.equal(response.status, 503);
  assert.match((await response.json()).error.message, /API_KEYS/);
});

test("needs no binding except AI", async () => {
  assert.deepEqual(Object.keys(worker.env).sort(), ["AI", "API_KEYS"]);
  assert.equal((await worker.get("/v1/models")).status, 200);
});
