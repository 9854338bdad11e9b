import assert from "node:assert/strict";
import { test } from "node:test";
import { rows } from "./catalogue.mjs";
import { state } from "./state.mjs";
import {
  ask,
  chunks,
  frames,
  joinCalls,
  json,
  NATIVE,
  NO_THINKING,
  OPENAI,
  RESPONSES,
  streamText,
  user,
  WEATHER,
} from "./testing.mjs";

const PLAIN = "@mock/openai";
const deltas = (list) =>
  list.filter(({ choices }) => choices?.length).map(({ choices }) => choices[0].delta);
const content = (list) =>
  deltas(list)
    .map((delta) => delta.content ?? "")
    .join("");
const isTail = (frame) => frame?.response === "" && frame.usage;

test("native: one frame per token with padding, numbers as numbers, usage, [DONE]", async () => {
  const list = await frames(NATIVE, user("[[say:in 42 words]]"));
  const said = list.filter((frame) => frame.p && frame.response !== "");
  assert.deepEqual(
    said.map(({ response }) => response),
    ["in", " ", 42, " words"],
  );
  assert.ok(said.every(({ p }) => /^[a-z0-9]+$/.test(p)));
  assert.equal(list.filter((frame) => frame.response === "" && frame.p).length, 1, "a heartbeat");
  assert.ok(isTail(list.at(-2)) && list.at(-2).usage.neurons > 0);
  assert.equal(list.at(-1), "[DONE]");
  assert.ok(!JSON.stringify(list).includes("finish_reason"));
});

test("native: the stream equals the JSON, and silently stops at max_tokens", async () => {
  const inputs = user("[[tokens:300]]");
  const list = await frames(NATIVE, inputs);
  const text = list.map(({ response }) => response ?? "").join("");
  const body = await json(NATIVE, inputs);
  assert.equal(text, body.response);
  assert.deepEqual(list.at(-2).usage, body.usage);
  assert.equal(body.usage.completion_tokens, 256);
});

test("OpenAI-style: role, tokens, finish, zero usage, native tail, [DONE]", async () => {
  const list = await frames(OPENAI, user("[[think:hm]][[say:one two]]"));
  assert.deepEqual(deltas(list), [
    { content: "", role: "assistant" },
    { reasoning_content: "hm" },
    { content: "one" },
    { content: " two" },
    {},
  ]);
  const [finish, zeros, tail, done] = list.slice(-4);
  assert.equal(finish.choices[0].finish_reason, "stop");
  assert.deepEqual(zeros.choices, []);
  assert.deepEqual(zeros.usage, { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 });
  assert.ok(isTail(tail) && !("choices" in tail));
  assert.deepEqual(tail.usage, (await json(OPENAI, user("[[think:hm]][[say:one two]]"))).usage);
  assert.equal(done, "[DONE]");
});

test("some models omit id, created and model", async () => {
  const first = async (model) => (await frames(model, user("hi")))[0];
  assert.deepEqual(Object.keys(await first(OPENAI)), ["choices", "object"]);
  assert.deepEqual(Object.keys(await first("@cf/qwen/qwen3-30b-a3b-fp8")), [
    "choices",
    "created",
    "id",
    "model",
    "object",
  ]);
  assert.deepEqual(Object.keys(await first("@mock/stream/anonymous")), ["choices"]);
  assert.equal(Object.keys(await first("@mock/stream/id-first")).at(-1), "choices");
});

test("N tokens make about N frames on every streaming text model", async () => {
  state.plan = "paid";
  const live = rows.filter(
    (row) =>
      row.task === "Text Generation" && ["current", "paid_only", "unlisted"].includes(row.status),
  );
  for (const { id } of live.filter(({ id }) => !id.includes("guard"))) {
    await ask(id, { prompt: "agree" });
    const list = await frames(id, user("[[think:hm]][[tokens:100]]", { max_tokens: 150 }));
    assert.ok(list.length >= 100 && list.length <= 125, `${id}: ${list.length}`);
    assert.ok(isTail(list.at(-2)), id);
  }
});

test("per-chunk usage, and nulls for every field that a delta omits", async () => {
  const list = await frames("@cf/nvidia/nemotron-3-120b-a12b", user("[[think:hm]][[say:hi]]"));
  assert.deepEqual(deltas(list)[2], { content: "hi", reasoning_content: null, role: null });
  assert.deepEqual(list[2].usage, { prompt_tokens: 0, completion_tokens: 1, total_tokens: 1 });
});

test("reasoning is in the model's fields", async () => {
  state.plan = "paid";
  const fields = async (model) =>
    Object.keys(deltas(await frames(model, user("[[think:hm]]x")))[1]);
  assert.deepEqual(await fields(OPENAI), ["reasoning_content"]);
  assert.deepEqual(await fields("@cf/moonshotai/kimi-k2.6"), ["reasoning"]);
  assert.deepEqual(await fields(RESPONSES), ["reasoning", "reasoning_content"]);
});

/** @type {Record<string, [string, (calls: any[]) => boolean]>} */
const CALL_STREAMS = {
  "fragments, OpenAI": [
    PLAIN,
    (list) => list[0].function.name && !list[1].function.name && list.at(-1).function.arguments,
  ],
  "whole, gpt-oss": [
    RESPONSES,
    (list) => list.length === 2 && list[0].function.arguments === '{"city":"Paris"}',
  ],
  "name last": [
    "@mock/stream/late-name",
    (list) => list[0].function.arguments && list[2].function.name,
  ],
  "null end": [
    "@mock/stream/null-end",
    (list) => list.at(-1).id === null && list.at(-1).function.name === null,
  ],
  nulls: [
    "@mock/stream/nulls",
    (list) => list[1].id === null && list[1].function.name === null && list[1].type === "function",
  ],
  "null end, native": [NATIVE, (list) => list.at(-1).id === null],
  "fragments, native": [
    "@cf/meta/llama-4-scout-17b-16e-instruct",
    (list) => list.at(-1).function.arguments === '"}',
  ],
};

for (const [name, [model, check]] of Object.entries(CALL_STREAMS)) {
  test(`tool calls in streams: ${name}`, async () => {
    const text = '[[call:get_weather {"city":"Paris"}]][[call:get_time {"zone":"UTC"}]]';
    const list = await frames(
      model,
      user(text, { tools: [WEATHER], ...(model === RESPONSES ? {} : NO_THINKING) }),
    );
    assert.deepEqual(joinCalls(list), [
      { name: "get_weather", arguments: '{"city":"Paris"}' },
      { name: "get_time", arguments: '{"zone":"UTC"}' },
    ]);
    const calls = list.flatMap(
      (frame) => frame.tool_calls ?? frame.choices?.[0]?.delta.tool_calls ?? [],
    );
    assert.ok(
      check(
        calls
          .filter(({ index }) => index === 0)
          .concat(name.includes("whole") ? calls.slice(1) : []),
      ),
      JSON.stringify(calls),
    );
    const finish = list.findLast((frame) => frame.choices?.length)?.choices[0].finish_reason;
    if (finish !== undefined) assert.equal(finish, "tool_calls");
  });
}

test("text completions and logprobs stream too", async () => {
  const list = await frames(PLAIN, { prompt: "[[say:hi you]]" });
  assert.equal(list.map(({ choices }) => choices?.[0]?.text ?? "").join(""), "hi you");
  assert.equal(list[0].object, "text_completion");
  const chat = await frames(PLAIN, user("[[say:hi you]]", { logprobs: true }));
  assert.equal(chat[1].choices[0].logprobs.content[0].token, "hi");
});

test("the Responses stream: events in order, text, completed object, tail", async () => {
  const text = await streamText(RESPONSES, { input: "[[think:hm]][[say:one two]]" });
  const events = [...text.matchAll(/^event: (.*)$/gm)].map(([, name]) => name);
  assert.equal(events[0], "response.created");
  assert.equal(events.at(-1), "response.completed");
  assert.equal(events.filter((name) => name === "response.output_text.delta").length, 2);
  assert.equal(events.filter((name) => name === "response.reasoning_text.delta").length, 1);
  const list = await frames(RESPONSES, { input: "[[think:hm]][[say:one two]]" });
  assert.deepEqual(
    list.filter(({ type }) => type).map(({ sequence_number }) => sequence_number),
    events.map((_, index) => index),
  );
  assert.ok(isTail(list.at(-2)));
  const { response } = list.at(-3);
  assert.deepEqual(response, await json(RESPONSES, { input: "[[think:hm]][[say:one two]]" }));
  const short = await frames(RESPONSES, { input: "[[tokens:50]]", max_output_tokens: 40 });
  assert.equal(short.at(-3).type, "response.incomplete");
  assert.equal(short.at(-3).response.incomplete_details.reason, "max_output_tokens");
});

test("bodies are byte streams that read(view, {min}) can read, to the end", async () => {
  const whole = Buffer.concat(await chunks(PLAIN, user("[[tokens:50]]")));
  for (const minimum of [1, 100, 1024, 65536]) {
    const { body } = await ask(PLAIN, user("[[tokens:50]]", { stream: true }));
    const reader = body.getReader({ mode: "byob" });
    const parts = [];
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(65536), { min: minimum });
      parts.push(Buffer.from(value));
      if (done) break;
    }
    assert.ok(Buffer.concat(parts).equals(whole), `min ${minimum}`);
  }
  const { body } = await ask(PLAIN, user("hi"));
  assert.ok((await body.getReader({ mode: "byob" }).read(new Uint8Array(10))).value.length);
});

test("a signal fails a running stream with its reason", async () => {
  const controller = new AbortController();
  const { body } = await ask("@mock/stream/stall", user("hello", { stream: true }), {
    signal: controller.signal,
  });
  const reader = body.getReader();
  for (let index = 0; index < 3; index++) await reader.read();
  const pending = (async () => {
    for (;;) await reader.read();
  })();
  controller.abort();
  await assert.rejects(pending, { name: "AbortError" });
  assert.equal(state.aborted, 1);
});

test("cancelled and finished bodies are counted separately", async () => {
  const { body } = await ask("@mock/stream/stall", user("hello", { stream: true }));
  await body.cancel();
  assert.deepEqual([state.cancelled, state.finished], [1, 0]);
  await streamText(PLAIN, user("hello"));
  assert.deepEqual([state.cancelled, state.finished, state.calls], [1, 1, 2]);
});

test("content of both stream formats equals the text", async () => {
  const text = "naïve 你好 👍🏽 done";
  assert.equal(content(await frames(PLAIN, user(`[[say:${text}]]`))), text);
  const native = await frames(NATIVE, user(`[[say:${text}]]`));
  assert.equal(native.map(({ response }) => response ?? "").join(""), text);
});
