import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ask,
  assertAccepted,
  assertRejected,
  errorOf,
  json,
  NATIVE,
  OPENAI,
  RESPONSES,
  user,
  WEATHER,
} from "./testing.mjs";

const PNG = "data:image/png;base64,iVBORw0KGgo=";
const SCOUT = "@cf/meta/llama-4-scout-17b-16e-instruct";
const tool = (changes) => ({ ...WEATHER, function: { ...WEATHER.function, ...changes } });
const history = (...messages) => ({ messages: [{ role: "user", content: "hi" }, ...messages] });

test("needs exactly one of prompt, messages and (gpt-oss) input", async () => {
  for (const model of [NATIVE, OPENAI, RESPONSES]) {
    await assertRejected(model, [
      [
        "none",
        {},
        /required properties at '\/' are 'prompt', required properties at '\/' are 'messages'/,
      ],
      ["prompt and messages", user("hi", { prompt: "hi" }), /oneOf at '\/' not met, 2 matches$/],
      ["empty prompt", { prompt: "" }, /length of '\/prompt' must be >= 1/],
      ["no messages", { messages: [] }],
    ]);
  }
  await assertRejected(RESPONSES, [["input and messages", user("hi", { input: "hi" })]]);
  await assertRejected(OPENAI, [["input", { input: "hi" }]]);
});

test("native: what the schema rejects", async () => {
  await assertRejected(NATIVE, [
    [
      "null content",
      user(null),
      /Type mismatch of '\/messages\/0\/content', 'string' not in 'null'/,
    ],
    ["content missing", { messages: [{ role: "user" }] }, /required properties at '\/messages\/0'/],
    ["null with tool calls", history({ role: "assistant", content: null, tool_calls: [] })],
    ["parts", user([{ type: "text", text: "hi" }]), /'string' not in 'array'/],
    ["role developer", { messages: [{ role: "developer", content: "hi" }] }],
    ["top_k 51", user("hi", { top_k: 51 }), /'\/top_k' must be <= 50/],
    ["top_k 0", user("hi", { top_k: 0 })],
    ["seed 0", user("hi", { seed: 0 }), /'\/seed' must be >= 1/],
    ["seed too large", user("hi", { seed: 10000000000 })],
    ["top_p 0", user("hi", { top_p: 0 }), /'\/top_p' must be >= 0.001/],
    ["temperature 5.1", user("hi", { temperature: 5.1 })],
    ["temperature text", user("hi", { temperature: "1" }), /'number' not in 'string'/],
    ["null temperature", user("hi", { temperature: null })],
    ["max_tokens 0", user("hi", { max_tokens: 0 })],
    ["max_tokens 1.5", user("hi", { max_tokens: 1.5 })],
    ["penalty", user("hi", { frequency_penalty: 2.1 })],
    ["stream text", user("hi", { stream: "true" })],
    ["format text", user("hi", { response_format: { type: "text" } })],
  ]);
});

test("native: what it ignores", async () => {
  await assertAccepted(NATIVE, [
    ["OpenAI's own", user("hi", { n: 3, logprobs: true, user: "me", stop: ["x"], store: null })],
    ["reasoning_effort", user("hi", { reasoning_effort: "low" })],
    ["anything", user("hi", { whatever: { a: 1 } })],
  ]);
});

test("native: max_completion_tokens is ignored, so the limit is 256", async () => {
  const { usage } = await json(NATIVE, user("[[tokens:300]]", { max_completion_tokens: 300 }));
  assert.equal(usage.completion_tokens, 256);
});

test("native: tools need every field, including a description per parameter", async () => {
  const withTool = (changes) => user("hi", { tools: [tool(changes)] });
  await assertAccepted(NATIVE, [
    ["nested", user("hi", { tools: [WEATHER] })],
    ["flat", user("hi", { tools: [WEATHER.function] })],
    ["none", user("hi", { tools: [] })],
    [
      "null type",
      withTool({
        parameters: {
          type: "object",
          properties: { a: { type: ["string", "null"], description: "" } },
        },
      }),
    ],
  ]);
  await assertRejected(NATIVE, [
    ["description null", withTool({ description: null })],
    ["description false", withTool({ description: false })],
    ["description missing", withTool({ description: undefined })],
    ["parameters missing", withTool({ parameters: undefined })],
    ["properties missing", withTool({ parameters: { type: "object" } })],
    [
      "parameter without description",
      withTool({
        parameters: { type: "object", properties: { a: { type: "string" } } },
      }),
      /are 'type,description'/,
    ],
  ]);
});

test("tool_choice any is rejected everywhere", async () => {
  for (const model of [NATIVE, OPENAI]) {
    const inputs = user("hi", { tools: [WEATHER], tool_choice: "any" });
    await assertRejected(model, [["any", inputs, /must be one of 'none', 'auto', 'required'/]]);
  }
});

test("OpenAI-style: content may be null or parts, messages must be complete", async () => {
  const call = { id: "1", type: "function", function: { name: "get_weather", arguments: "{}" } };
  await assertAccepted(OPENAI, [
    ["parts", user([{ type: "text", text: "hi" }])],
    [
      "null with calls",
      history(
        { role: "assistant", content: null, tool_calls: [call] },
        { role: "tool", tool_call_id: "1", content: "sunny" },
      ),
    ],
    [
      "roles",
      {
        messages: [
          { role: "developer", content: "a" },
          { role: "system", content: [{ type: "text", text: "b" }] },
          { role: "function", name: "f", content: "c" },
          { role: "user", content: "d", name: "me" },
        ],
      },
    ],
  ]);
  await assertRejected(OPENAI, [
    ["null of a user", user(null)],
    ["no parts", user([])],
    ["unknown part", user([{ type: "video", text: "x" }])],
    ["unknown role", { messages: [{ role: "narrator", content: "x" }] }],
    [
      "object arguments",
      history({
        role: "assistant",
        tool_calls: [{ ...call, function: { name: "f", arguments: {} } }],
      }),
    ],
    ["call without id", history({ role: "assistant", tool_calls: [{ ...call, id: undefined }] })],
    ["result without id", history({ role: "tool", content: "x" })],
  ]);
});

test("OpenAI-style: null is accepted only where the schema lists it", async () => {
  const nullable = [
    "stream",
    "max_tokens",
    "max_completion_tokens",
    "temperature",
    "top_p",
    "seed",
    "stop",
    "n",
    "frequency_penalty",
    "presence_penalty",
    "logprobs",
    "top_logprobs",
    "logit_bias",
    "store",
  ];
  await assertAccepted(
    OPENAI,
    nullable.map((name) => [name, user("hi", { [name]: null })]),
  );
  const others = [
    "tools",
    "tool_choice",
    "parallel_tool_calls",
    "user",
    "stream_options",
    "response_format",
    "chat_template_kwargs",
  ];
  await assertRejected(
    OPENAI,
    others.map((name) => [name, user("hi", { [name]: null })]),
  );
});

test("OpenAI-style: bounds", async () => {
  await assertAccepted(OPENAI, [
    ["seed 0", user("hi", { seed: 0 })],
    ["top_p 0", user("hi", { top_p: 0 })],
    ["stop text", user("hi", { stop: "x" })],
    [
      "function without parameters",
      user("hi", { tools: [{ type: "function", function: { name: "f" } }] }),
    ],
  ]);
  await assertRejected(OPENAI, [
    ["temperature", user("hi", { temperature: 2.5 })],
    ["stop 5", user("hi", { stop: ["a", "b", "c", "d", "e"] })],
    ["stop none", user("hi", { stop: [] })],
    ["n 0", user("hi", { n: 0 })],
    ["top_logprobs 21", user("hi", { logprobs: true, top_logprobs: 21 })],
    ["max_tokens 0", user("hi", { max_tokens: 0 })],
    ["tool description null", user("hi", { tools: [tool({ description: null })] })],
    ["tool description false", user("hi", { tools: [tool({ description: false })] })],
    [
      "bare schema",
      user("hi", {
        response_format: { type: "json_schema", json_schema: { type: "object" } },
      }),
    ],
  ]);
});

test("rejects unknown efforts, accepts aliases", async () => {
  await assertRejected("@cf/qwen/qwen3.8-27b", [
    ["high", user("hi", { reasoning_effort: "high" })],
  ]);
  await assertAccepted("@cf/qwen/qwen3.8-27b", [
    ["xhigh", user("hi", { reasoning_effort: "xhigh" })],
  ]);
  await assertRejected(RESPONSES, [
    ["none", user("hi", { reasoning_effort: "none" })],
    ["input, xhigh", { input: "hi", reasoning: { effort: "xhigh" } }],
  ]);
});

test("models that answer in OpenAI's form but declare native parameters are as strict as native ones", async () => {
  const bare = {
    name: "f",
    description: "F",
    parameters: { type: "object", properties: { a: {} } },
  };
  const schema = { type: "object", properties: { a: { type: "integer" } } };
  const models = [
    "@cf/qwen/qwen3-30b-a3b-fp8",
    "@cf/ibm-granite/granite-4.0-h-micro",
    "@cf/aisingapore/gemma-sea-lion-v4-27b-it",
  ];
  for (const model of models) {
    await assertRejected(model, [
      ["no description", user("hi", { tools: [{ type: "function", function: bare }] })],
    ]);
    const format = { type: "json_schema", json_schema: schema };
    await assertAccepted(model, [["bare schema", user("hi", { response_format: format })]]);
    await assertRejected(model, [
      ["seed 0", user("hi", { seed: 0 })],
      ["parts", user([{ type: "text", text: "hi" }])],
      ["null", user(null)],
    ]);
    assert.equal((await json(model, user("hi", { top_k: 50 }))).object, "chat.completion");
  }
});

test("llama-guard accepts user and assistant texts, and no prompt", async () => {
  const model = "@cf/meta/llama-guard-3-8b";
  await assertRejected(model, [
    ["prompt", { prompt: "hi" }],
    ["system", { messages: [{ role: "system", content: "hi" }] }],
    ["parts", user([{ type: "text", text: "hi" }])],
    ["too long", user("x".repeat(131073)), /length of '\/messages\/0\/content' must be <= 131072/],
  ]);
});

test("images: data URLs only, on vision models only", async () => {
  const picture = (url) => user([{ type: "image_url", image_url: { url } }]);
  for (const model of [SCOUT, "@cf/google/gemma-4-26b-a4b-it"]) {
    await assertAccepted(model, [["data URL", picture(PNG)]]);
    await assertRejected(model, [
      ["https", picture("https://example.com/a.png"), /HTTP URL will not be accepted/],
    ]);
    const { status, code } = await errorOf(model, picture("data:image/png;base64,???"));
    assert.deepEqual([status, code], [400, 5004]);
  }
  await assertRejected(NATIVE, [["native without vision", picture(PNG)]]);
  const blind = await json(OPENAI, picture(PNG));
  assert.match(blind.choices[0].message.content, /You said "data:image\/png/);
});

test("exceeding the context is 413/5021 with both numbers", async () => {
  const { status, code, text } = await errorOf(NATIVE, user("hi", { max_tokens: 24000 }));
  assert.deepEqual([status, code], [413, 5021]);
  assert.match(
    text,
    /^The estimated number of input and maximum output tokens \(24008\) exceeded this model context window limit \(24000\)$/,
  );
  assert.equal((await ask(NATIVE, user("hi", { max_tokens: 23992 }))).status, 200);
  assert.equal((await errorOf(OPENAI, user("word ".repeat(131072)))).code, 5021);
});

test("the engine's own errors are 8007 with JSON in the description", async () => {
  const cases = [
    [
      "@cf/google/gemma-2b-it-lora",
      {
        messages: [
          { role: "system", content: "a" },
          { role: "user", content: "b" },
        ],
      },
      /System role not supported/,
    ],
    [
      "@cf/qwen/qwen3.8-27b",
      {
        messages: [
          { role: "user", content: "b" },
          { role: "system", content: "a" },
        ],
      },
      /System message must be at the beginning/,
    ],
    ["@cf/meta/llama-3.2-1b-instruct", user("hi", { tools: [WEATHER] }), /tool choice/],
    [OPENAI, user("hi", { tool_choice: "required" }), /`tools` must be set/],
    [
      OPENAI,
      user("hi", {
        tools: [WEATHER],
        tool_choice: { type: "function", function: { name: "other" } },
      }),
      /other/,
    ],
  ];
  for (const [model, inputs, message] of cases) {
    const { status, code, text } = await errorOf(model, inputs);
    assert.deepEqual([status, code], [400, 8007], model);
    assert.match(JSON.parse(text).error.message, message);
  }
});

test("JSON mode: bare schema on native, envelope on OpenAI-style", async () => {
  const schema = { type: "object", properties: { city: { type: "string" } } };
  const format = (json_schema) =>
    user("hi", { response_format: { type: "json_schema", json_schema } });
  assert.deepEqual((await json(NATIVE, format(schema))).response, { city: "city" });
  const enveloped = await errorOf(NATIVE, format({ name: "a", schema, strict: true }));
  assert.deepEqual([enveloped.status, enveloped.code], [400, 5024]);
  assert.match(enveloped.hint, /bare schema/);
  const { choices } = await json(OPENAI, format({ name: "a", schema, strict: true }));
  assert.equal(choices[0].message.content, '{"city":"city"}');
});

test("native JSON mode does not stream; some models support no schema", async () => {
  const mode = (type) => user("hi", { response_format: { type, json_schema: { type: "object" } } });
  for (const type of ["json_object", "json_schema"]) {
    const { status, code } = await errorOf(NATIVE, { ...mode(type), stream: true });
    assert.deepEqual([status, code], [400, 5023]);
  }
  const small = "@cf/meta/llama-3.1-8b-instruct-fp8";
  assert.equal((await errorOf(small, mode("json_schema"))).code, 5025);
  assert.equal(typeof (await json(small, mode("json_object"))).response, "object");
});
