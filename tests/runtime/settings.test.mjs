/** Variables and secrets, as the dashboard and wrangler.toml give them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { useWorker } from "./harness.mjs";

const worker = useWorker();

const model = async (name) => (await worker.get(`/v1/models/${name}`)).json();
const load = () =>
  worker.python(
    "from edge.bindings import variable_reader; from core.settings import ROWS; [variable_reader(env)(row.name) for row in ROWS]",
    {
      env: worker.env,
    },
  );

test("reads texts unchanged", async () => {
  worker.env.MODEL_ALIASES = '{"mine": "@cf/zai-org/glm-4.7-flash"}';
  assert.equal((await model("mine")).root, "@cf/zai-org/glm-4.7-flash");
});

test("reads JSON variables as their text", async () => {
  worker.env.MODEL_ALIASES = {
    mine: "@cf/zai-org/glm-4.7-flash",
    模型: "@cf/zai-org/glm-4.7-flash",
  };
  worker.env.STREAM_FLUSH_BYTES = 512;
  worker.env.MODELS_TTL = 0;
  assert.equal((await model("mine")).root, "@cf/zai-org/glm-4.7-flash");
  assert.equal((await model("%E6%A8%A1%E5%9E%8B")).root, "@cf/zai-org/glm-4.7-flash");
});

test("missing, empty and null variables have their defaults", async () => {
  const kept = await load();
  for (const nothing of [undefined, null, ""]) {
    Object.assign(worker.env, {
      MODEL_ALIASES: nothing,
      STREAM_FLUSH_BYTES: nothing,
      MODELS_TTL: nothing,
    });
    assert.equal((await worker.get("/v1/models")).status, 200);
  }
  assert.ok(kept.includes("sk-test"));
});

test("an invalid setting is a 503 with its name and without its value", async () => {
  const wrong = {
    MODEL_ALIASES: ["secret", ["secret"], { mine: null }, { mine: { secret: 1 } }, "{", true, 5],
    STREAM_FLUSH_BYTES: ["secret", 0, -1, 1.5, true, {}, "1e3"],
    MODELS_TTL: ["secret", {}, []],
    RETIRED_MODELS: ["secret", true, {}],
  };
  for (const [name, values] of Object.entries(wrong)) {
    for (const value of values) {
      worker.env[name] = value;
      await worker.newIsolate();
      const response = await worker.get("/v1/models");
      const { error } = await response.json();
      assert.equal(response.status, 503, `${name} = ${JSON.stringify(value)}`);
      assert.match(error.message, new RegExp(name));
      assert.doesNotMatch(error.message, /secret/);
    }
    delete worker.env[name];
  }
  await worker.newIsolate();
  assert.equal((await worker.get("/v1/models")).status, 200);
});

test("no key: 503 and how to set one", async () => {
  for (const nothing of [undefined, null, "", " ", ","]) {
    worker.env.API_KEYS = nothing;
    await worker.newIsolate();
    const response = await worker.get("/v1/models");
    assert.equal(response.status, 503);
    assert.match((await response.json()).error.message, /API_KEYS/);
  }
});
