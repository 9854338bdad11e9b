import assert from "node:assert/strict";
import { test } from "node:test";
import { rows } from "./catalogue.mjs";
import { KINDS } from "./kinds.mjs";
import { state } from "./state.mjs";
import { ask } from "./testing.mjs";

const KEYS = (
  "anyOf arguments call_id chat_template_kwargs content description effort enable_thinking enum " +
  "format function guided_json id image image_url input instructions items json_schema logprobs " +
  "max_tokens messages minLength minimum name output parameters prompt properties reasoning " +
  "reasoning_effort response_format role schema seed stop stream text tool_call_id tool_calls " +
  "tool_choice tools top_k top_logprobs type url $ref"
).split(" ");
const LEAVES = [
  ...[null, true, false, 0, 1, -1, 2.5, 1e9, "", "user", "assistant", "system", "tool", "text"],
  ...["function", "json_schema", "json_object", "required", "auto", "object", "string", "message"],
  ...[
    "image_url",
    "input_text",
    "function_call",
    "function_call_output",
    "data:image/png;base64,QUJD",
  ],
  ...["[[call:f {}]]", "[[say:hi]]", "[[tokens:20]]", "[[think:", "#/a/b", "\ud800"],
];

/** The same numbers from 0 to 1 in every run. */
function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = dice(1);
const pick = (list) => list[Math.floor(random() * list.length)];
const some = (most, make) => Array.from({ length: Math.floor(random() * most) }, make);

function value(depth) {
  const kind = random();
  if (depth === 0 || kind < 0.45) return pick(LEAVES);
  if (kind < 0.7) return some(3, () => value(depth - 1));
  return Object.fromEntries(some(5, () => [pick(KEYS), value(depth - 1)]));
}

/** A call that is mostly right, so that it gets past the schema. */
function nearly() {
  const parameters = {
    type: "object",
    properties: { a: { type: "string", description: "", ...value(1) } },
  };
  const tools = [{ type: "function", function: { name: "f", description: "d", parameters } }];
  const json_schema = pick([value(3), { name: "x", schema: value(3) }]);
  return {
    messages: [
      { role: "user", content: pick(['[[call:f {"a":1}]]', "[[inputs]]", '[[say:{"a":1}]]']) },
    ],
    ...pick([{}, { tools }]),
    ...pick([{}, { response_format: { type: "json_schema", json_schema } }]),
    ...pick([{}, { stream: true }]),
    ...Object.fromEntries(some(3, () => [pick(KEYS), value(2)])),
  };
}

const FIELDS = (
  "audio container contexts dtype encoding guidance height image image_b64 lang language mask " +
  "model multipart negative_prompt num_steps pooling prompt queries query questions requests seed " +
  "source_lang speaker state steps stream target_lang target_language task text top_k width"
).split(" ");
const VALUES = [
  ...[null, true, 0, 1, -1, 2.5, 64, 1e9, "", "a", "en", "fr", "hin_Deva", "clef", "mean", "mp3"],
  ...["luna", "detect", "AAAA", "[[loops]]", "\ud800", "data:image/png;base64,QUJD", [], [1, 2, 3]],
  ...[["a"], [""], [["a"]], {}, [{ text: "a" }], [{}], { body: "QUJD", contentType: "a/b" }],
  { a: { type: "noul", instructions: 1 }, "": null },
];

test("any JSON gets an answer from the other tasks too", async () => {
  const ids = rows.filter(({ task }) => task !== "Text Generation").map(({ id }) => id);
  ids.push(...Object.keys(KINDS).map((kind) => `@mock/${kind}`), "@mock/charset");
  const some = () =>
    Object.fromEntries(Array.from({ length: 4 }, () => [pick(FIELDS), pick(VALUES)]));
  const statuses = new Set();
  for (let index = 0; index < 4000; index++) {
    const response = await ask(
      pick(ids),
      pick([value(2) ?? {}, some(), { prompt: "a", ...some() }]),
    );
    await response.arrayBuffer();
    statuses.add(response.status);
  }
  assert.deepEqual([...statuses].sort(), [200, 400, 405]);
});

test("any JSON gets an answer, never an exception", async () => {
  state.plan = "paid";
  const ids = rows.filter(({ task }) => task === "Text Generation").map(({ id }) => id);
  ids.push("@mock/responses", "@mock/native", "@mock/think/tags", "@mock/leak/mistral");
  const statuses = new Set();
  for (let index = 0; index < 4000; index++) {
    const response = await ask(pick(ids), pick([value(4) ?? {}, nearly(), nearly()]));
    await response.arrayBuffer();
    statuses.add(response.status);
  }
  assert.deepEqual([...statuses].sort(), [200, 400, 403]);
});
