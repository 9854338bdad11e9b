import assert from "node:assert/strict";
import { test } from "node:test";
import { schemaInstance } from "./answers.mjs";
import { schemaErrors } from "./schema.mjs";
import { state } from "./state.mjs";
import { ask, json, NATIVE, NO_THINKING, OPENAI, RESPONSES, user, WEATHER } from "./testing.mjs";
import { countTokens, tokenize } from "./tokens.mjs";

const PLAIN = "@mock/openai";
const say = async (model, inputs, options) => {
  const body = await json(model, inputs, options);
  return body.response ?? body.choices[0].message.content ?? body.choices[0].text;
};
const message = async (model, inputs) => (await json(model, inputs)).choices[0].message;
const schemaFormat = (schema) => ({
  response_format: { type: "json_schema", json_schema: { name: "x", schema } },
});

test("the plain answer has user text, system text, images and seed", async () => {
  const png = `data:image/png;base64,${Buffer.alloc(68).toString("base64")}`;
  const answer = await say(PLAIN, {
    seed: 7,
    messages: [
      { role: "system", content: "be kind" },
      {
        role: "user",
        content: [
          { type: "text", text: "what is it?" },
          { type: "image_url", image_url: { url: png } },
          { type: "image_url", image_url: { url: "data:image/jpeg;base64,/9j/" } },
        ],
      },
    ],
  });
  assert.equal(
    answer,
    'You said "what is it?". The system text is "be kind". ' +
      "Images: image/png 68 bytes, image/jpeg 3 bytes. Seed 7.",
  );
});

test("equal calls get equal bytes, a different seed a different text", async () => {
  const text = async (seed) => (await ask(PLAIN, user("hi", { seed }))).text();
  assert.equal(await text(1), await text(1));
  assert.notEqual(await text(1), await text(2));
});

test("an image given as numbers is described by its signature", async () => {
  const model = "@cf/meta/llama-3.2-11b-vision-instruct";
  await ask(model, { prompt: "agree" });
  const image = [0x89, 0x50, 0x4e, 0x47, 0];
  assert.match(await say(model, user("look", { image })), /Images: image\/png 5 bytes\./);
  assert.match(await say(model, { prompt: "look", image: [1, 2] }), /octet-stream 2 bytes/);
});

test("commands: say, tokens, inputs, options, model", async () => {
  assert.equal(await say(PLAIN, user("please [[say:exactly\nthis]] now")), "exactly\nthis");
  const words = await say(PLAIN, user("[[tokens:500]]"));
  assert.equal(countTokens(words), 500);
  assert.match(words, /^alpha bravo .* zulu alpha /);
  const inputs = user("[[inputs]]", { temperature: 0.5 });
  assert.deepEqual(JSON.parse(await say(PLAIN, inputs)), inputs);
  const options = {
    extraHeaders: { "x-session-affinity": "s1" },
    signal: new AbortController().signal,
  };
  assert.deepEqual(JSON.parse(await say(PLAIN, user("[[options]]"), options)), {
    returnRawResponse: true,
    extraHeaders: { "x-session-affinity": "s1" },
    signal: true,
  });
  assert.equal(await say(OPENAI, user("[[model]]", NO_THINKING)), OPENAI);
  assert.equal(await say(NATIVE, { prompt: "[[say:from a prompt]]" }), "from a prompt");
});

test("native models return a numeric text as a number", async () => {
  assert.equal((await json(NATIVE, user("[[say:42]]"))).response, 42);
  assert.equal((await json(NATIVE, user("[[say:042]]"))).response, "042");
});

test("tools: called on command, by name, when required; not when none or not declared", async () => {
  const inputs = (text, more) => user(text, { tools: [WEATHER], ...more });
  const command = '[[call:get_weather {"city":"Paris"}]]';
  const calls = async (model, given) => (await message(model, given)).tool_calls;

  const [call] = await calls(PLAIN, inputs(command));
  assert.match(call.id, /^chatcmpl-tool-[0-9a-f]{16}$/);
  assert.deepEqual(
    [call.type, call.function],
    ["function", { name: "get_weather", arguments: '{"city":"Paris"}' }],
  );
  assert.deepEqual(await calls(PLAIN, inputs(command, { tool_choice: "none" })), []);
  assert.deepEqual(await calls(PLAIN, user(command)), []);

  for (const tool_choice of ["required", { type: "function", function: { name: "get_weather" } }]) {
    const [forced] = await calls(PLAIN, inputs("hi", { tool_choice }));
    assert.equal(forced.function.arguments, '{"city":"city"}');
    const [told] = await calls(PLAIN, inputs(command, { tool_choice }));
    assert.equal(told.function.arguments, '{"city":"Paris"}');
  }
  const unknown = await calls(PLAIN, inputs('[[call:invented {"x":[[1]]}]]'));
  assert.deepEqual(unknown[0].function, { name: "invented", arguments: '{"x":[[1]]}' });
});

test("tools: the same call later in a conversation has another id", async () => {
  const asked = user('[[call:get_weather {"city":"Paris"}]]', { tools: [WEATHER] });
  const first = await message(PLAIN, asked);
  const [{ id }] = first.tool_calls;
  const messages = [
    ...asked.messages,
    { role: "assistant", content: "", tool_calls: first.tool_calls },
    { role: "tool", tool_call_id: id, content: "sunny" },
    ...asked.messages,
  ];
  const [again] = (await message(PLAIN, { ...asked, messages })).tool_calls;
  assert.notEqual(again.id, id);
});

test("tools that a system text declares are called in its words", async () => {
  const call = '[[call:get_weather {"city":"Paris"}]]';
  const say = async (system, text = call) =>
    (
      await message(PLAIN, {
        messages: [{ role: "system", content: system }, ...user(text).messages],
      })
    ).content;
  const declared = `Answer with <tool_call>…</tool_call>. Functions: ${JSON.stringify(WEATHER)}`;
  const written = '<tool_call>{"name":"get_weather","arguments":{"city":"Paris"}}</tool_call>';
  assert.equal(await say(declared), written);
  assert.equal(await say(declared, call + call), `${written}\n${written}`);
  assert.match(await say(declared, "[[call:invented]]"), /^You said/);
  assert.match(await say("Be brief."), /^You said/);
});

test("JSON that is asked for in words follows the schema in them", async () => {
  const schema = { type: "object", properties: { name: { type: "string" } } };
  const said = async (text, more) => (await message(PLAIN, user(text, more))).content;
  assert.equal(await said(`JSON like {"a": 1} by ${JSON.stringify(schema)}`), '{"name":"name"}');
  const pretty = JSON.stringify(schema, null, 2);
  const json = { response_format: { type: "json_object" } };
  assert.equal(await said(`A town as JSON: ${pretty}`, json), '{"name":"name"}');
  const fenced = await said(`${pretty} Return it within a \`\`\`json codeblock`);
  assert.equal(fenced, '```json\n{"name":"name"}\n```');
  assert.match(await said(`What is ${pretty}?`), /^You said/);
  assert.match(await said('JSON? {"type": "object", "properties": "{'), /^You said/);
});

test("tools: parallel calls, text beside a call, finish_reason", async () => {
  const body = await json(
    PLAIN,
    user(
      '[[say:Two at once.]][[call:get_weather {"city":"Paris"}]][[call:get_weather {"city":"Rome"}]]',
      { tools: [WEATHER] },
    ),
  );
  const { message: said, finish_reason } = body.choices[0];
  assert.equal(said.content, "Two at once.");
  assert.deepEqual(
    said.tool_calls.map((call) => call.function.arguments),
    ['{"city":"Paris"}', '{"city":"Rome"}'],
  );
  assert.notEqual(said.tool_calls[0].id, said.tool_calls[1].id);
  assert.equal(finish_reason, "tool_calls");
});

test("tools: native calls have object arguments; llama-4-scout nests them", async () => {
  const inputs = user('[[call:get_weather {"city":"Paris"}]]', { tools: [WEATHER] });
  const native = await json(NATIVE, inputs);
  assert.deepEqual(native.tool_calls, [{ name: "get_weather", arguments: { city: "Paris" } }]);
  assert.equal(native.response, null);
  assert.ok(!("finish_reason" in native) && !("id" in native));
  const [scout] = (await json("@cf/meta/llama-4-scout-17b-16e-instruct", inputs)).tool_calls;
  assert.deepEqual(
    [scout.type, scout.function],
    ["function", { name: "get_weather", arguments: { city: "Paris" } }],
  );
});

test("tools: results are repeated with the name of the tool", async () => {
  const call = (id, city) => ({
    id,
    type: "function",
    function: { name: "get_weather", arguments: JSON.stringify({ city }) },
  });
  const messages = [
    { role: "user", content: '[[call:get_weather {"city":"Paris"}]]' },
    { role: "assistant", content: null, tool_calls: [call("a", "Paris"), call("b", "Rome")] },
    { role: "tool", tool_call_id: "a", content: "rain" },
    { role: "tool", tool_call_id: "b", content: "sun" },
  ];
  assert.equal(
    await say(PLAIN, { messages, tools: [WEATHER] }),
    "The tool get_weather answered: rain The tool get_weather answered: sun",
  );
});

test("tools: calls and results in the Responses dialect", async () => {
  const { function: declared } = WEATHER;
  const input = '[[call:get_weather {"city":"Paris"}]]';
  const body = await json(RESPONSES, { input, tools: [{ type: "function", ...declared }] });
  const call = body.output.find(({ type }) => type === "function_call");
  assert.deepEqual([call.name, call.arguments], ["get_weather", '{"city":"Paris"}']);
  const next = await json(RESPONSES, {
    instructions: "be brief",
    input: [
      { role: "user", content: [{ type: "input_text", text: input }] },
      call,
      { type: "function_call_output", call_id: call.call_id, output: "rain" },
    ],
  });
  const said = next.output.find(({ type }) => type === "message");
  assert.equal(said.content[0].text, "The tool get_weather answered: rain");
});

test("max_tokens truncates thinking, text and calls, in this order", async () => {
  const spend = async (max_tokens, more) => {
    const body = await json(
      "@mock/think",
      user("[[think:one two three]][[say:four five six]]", { max_tokens, ...more }),
    );
    const { message: said, finish_reason } = body.choices[0];
    return [said.reasoning_content, said.content, finish_reason, body.usage.completion_tokens];
  };
  assert.deepEqual(await spend(2), ["one two", null, "length", 2]);
  assert.deepEqual(await spend(3), ["one two three", null, "length", 3]);
  assert.deepEqual(await spend(4), ["one two three", "four", "length", 4]);
  assert.deepEqual(await spend(6), ["one two three", "four five six", "stop", 6]);
  assert.deepEqual(await spend(9, NO_THINKING), [null, "four five six", "stop", 3]);

  const { choices } = await json(
    PLAIN,
    user('[[call:get_weather {"city":"Paris"}]]', { tools: [WEATHER], max_tokens: 2 }),
  );
  assert.equal(choices[0].finish_reason, "length");
  assert.equal(choices[0].message.tool_calls[0].function.arguments, '{"city');
});

test("native models return 256 tokens by default, OpenAI-style ones all", async () => {
  const inputs = user("[[tokens:300]]");
  const native = await json(NATIVE, inputs);
  assert.equal(countTokens(native.response), 256);
  assert.equal(native.usage.completion_tokens, 256);
  assert.equal(countTokens((await json("@mock/native", inputs)).response), 256);
  assert.equal(countTokens(await say(PLAIN, inputs)), 300);
  assert.equal(countTokens((await json(NATIVE, { ...inputs, max_tokens: 300 })).response), 300);
  assert.equal(
    countTokens(await say(OPENAI, { ...inputs, max_completion_tokens: 300, ...NO_THINKING })),
    300,
  );
});

test("OpenAI-style models support stop, native ones ignore it", async () => {
  const inputs = user("[[say:one two three four]]", { stop: ["four", " three"] });
  const { choices } = await json(PLAIN, inputs);
  assert.deepEqual([choices[0].message.content, choices[0].finish_reason], ["one two", "stop"]);
  assert.equal(choices[0].stop_reason, " three");
  const short = await json(PLAIN, { ...inputs, max_tokens: 1 });
  assert.deepEqual(
    [short.choices[0].finish_reason, short.choices[0].stop_reason],
    ["length", null],
  );
  assert.equal(
    (await json(PLAIN, user("[[say:one]]", { stop: inputs.stop }))).choices[0].stop_reason,
    null,
  );
  assert.equal((await json(NATIVE, inputs)).response, "one two three four");
});

test("n is ignored", async () => {
  assert.equal((await json(PLAIN, user("hi", { n: 3 }))).choices.length, 1);
});

test("logprobs: chat and completion form, none on native", async () => {
  const chat = await json(PLAIN, user("[[say:hi you]]", { logprobs: true, top_logprobs: 2 }));
  const [first, second] = chat.choices[0].logprobs.content;
  assert.deepEqual([first.token, second.token], ["hi", " you"]);
  assert.deepEqual(first.bytes, [104, 105]);
  assert.equal(first.top_logprobs.length, 2);
  const text = await json(PLAIN, { prompt: "[[say:hi you]]", logprobs: 1 });
  assert.deepEqual(text.choices[0].logprobs.text_offset, [0, 2]);
  assert.equal((await json(PLAIN, user("hi"))).choices[0].logprobs, null);
});

test("thinking: its fields, and how to disable it", async () => {
  const think = async (model, more, text = "hi") => {
    const said = await message(model, user(text, { max_tokens: 500, ...more }));
    return [said.reasoning_content ?? null, said.reasoning ?? null].map(
      (value) => value?.match(/effort (\w+)/)[1],
    );
  };
  const none = [undefined, undefined];
  assert.deepEqual(await think(OPENAI), ["on", undefined]);
  assert.deepEqual(await think(OPENAI, NO_THINKING), none);
  assert.deepEqual(await think(RESPONSES, { reasoning_effort: "high" }), ["high", "high"]);
  assert.deepEqual(await think(RESPONSES, { reasoning_effort: null }), ["medium", "medium"]);
  assert.deepEqual(await think(RESPONSES, NO_THINKING), ["medium", "medium"]);
  assert.deepEqual(await think("@cf/qwen/qwen3.8-27b"), ["xhigh", undefined]);
  assert.deepEqual(await think("@cf/qwen/qwen3.8-27b", { reasoning_effort: null }), none);
  assert.deepEqual(await think("@cf/qwen/qwen3-30b-a3b-fp8"), ["on", undefined]);
  assert.deepEqual(await think("@cf/qwen/qwen3-30b-a3b-fp8", {}, "hi /no_think"), none);
  const told = [{ role: "system", content: "Be brief. /no_think" }, ...user("hi").messages];
  assert.deepEqual(await think("@cf/qwen/qwen3-30b-a3b-fp8", { messages: told }), none);
  assert.deepEqual(
    await think("@cf/nvidia/nemotron-3-120b-a12b", { chat_template_kwargs: { low_effort: true } }),
    ["low", undefined],
  );
  state.plan = "paid";
  assert.deepEqual(await think("@cf/moonshotai/kimi-k2.6"), [undefined, "high"]);
  assert.deepEqual(await think("@cf/moonshotai/kimi-k2.6", { reasoning_effort: "none" }), none);
  assert.deepEqual(await think("@cf/zai-org/glm-5.3", { reasoning_effort: "none" }), [
    "max",
    undefined,
  ]);
  assert.deepEqual(await think("@cf/zai-org/glm-5.2", { reasoning_effort: "minimal" }), none);
});

test("native thinking is in the text; qwq only closes it", async () => {
  const inputs = user("[[think:hm]][[say:done]]");
  const deepseek = await json("@cf/deepseek-ai/deepseek-r1-distill-qwen-32b", inputs);
  assert.equal(deepseek.response, "<think>\nhm\n</think>\n\ndone");
  assert.equal((await json("@cf/qwen/qwq-32b", inputs)).response, "hm\n</think>\n\ndone");
});

test("nemotron returns its thinking as content with force_nonempty_content", async () => {
  const nemotron = (force_nonempty_content) =>
    message(
      "@cf/nvidia/nemotron-3-120b-a12b",
      user("[[think:one two]][[say:x]]", {
        max_tokens: 2,
        chat_template_kwargs: { force_nonempty_content },
      }),
    );
  assert.equal((await nemotron(false)).content, null);
  assert.equal((await nemotron(true)).content, "one two");
});

test("a bare prompt gets no thinking", async () => {
  const { choices, usage } = await json(RESPONSES, { prompt: "[[say:hi]]" });
  assert.deepEqual([choices[0].text, usage.completion_tokens], ["hi", 1]);
});

test("JSON mode: object answers on native, text on OpenAI-style", async () => {
  const json_object = { response_format: { type: "json_object" } };
  assert.deepEqual((await json(NATIVE, user("hi", json_object))).response, {
    answer: 'You said "hi".',
  });
  assert.equal(await say(PLAIN, user("hi", json_object)), '{"answer":"You said \\"hi\\"."}');
  assert.equal((await json(NATIVE, user("[[say:oops]]", json_object))).response, "oops");
  const guided_json = { type: "object", properties: { a: { type: "boolean" } } };
  assert.deepEqual((await json("@cf/qwen/qwq-32b", user("hi", { guided_json }))).response, {
    a: true,
  });
  assert.deepEqual(
    (await json("@cf/mistralai/mistral-small-3.1-24b-instruct", user("hi", { guided_json })))
      .response,
    { a: true },
  );
});

test("instances fit their schemas", async () => {
  const schemas = [
    {
      type: "object",
      properties: { a: { type: "string", minLength: 5 }, b: { type: ["null", "integer"] } },
    },
    { type: "array", items: { type: "number", minimum: 3 }, minItems: 2 },
    { type: "string", enum: ["x", "y"] },
    { type: "integer", maximum: -4 },
    { type: "string", maxLength: 2 },
    { anyOf: [{ type: "null" }, { type: "boolean" }] },
    {
      type: "object",
      properties: { list: { type: "array", items: { type: "object", properties: {} } } },
    },
  ];
  for (const schema of schemas)
    assert.deepEqual(schemaErrors(schema, schemaInstance(schema)), [], JSON.stringify(schema));
  const tree = {
    $ref: "#/$defs/node",
    $defs: {
      node: {
        type: "object",
        properties: { next: { $ref: "#/$defs/node" }, name: { const: "n" } },
      },
    },
  };
  assert.equal(schemaInstance(tree).next.next.name, "n");
  assert.equal(schemaInstance({ type: "string", format: "date" }), "2026-01-02");
  assert.equal(schemaInstance({ type: "number", multipleOf: 5, minimum: 12 }), 15);
  assert.equal(await say(PLAIN, user("hi", schemaFormat(schemas[2]))), '"x"');
});

test("llama-guard judges every message of a conversation", async () => {
  const guard = "@cf/meta/llama-guard-3-8b";
  assert.equal((await json(guard, user("hi"))).response, "safe");
  assert.equal((await json(guard, user("[[unsafe:S1,S10]]"))).response, "\n\nunsafe\nS1,S10");
  const json_object = { response_format: { type: "json_object" } };
  assert.deepEqual((await json(guard, user("[[unsafe:S1]]", json_object))).response, {
    safe: false,
    categories: ["S1"],
  });
  const [first] = user("[[unsafe:S2,S1]]").messages;
  const messages = [first, { role: "assistant", content: "[[unsafe:S1,S3]]" }];
  assert.equal((await json(guard, { messages })).response, "\n\nunsafe\nS2,S1,S3");
});

test("usage: tokens, neurons from the price, cached tokens if they have a price", async () => {
  const { usage } = await json(NATIVE, user("[[tokens:100]]", { max_tokens: 100 }));
  assert.equal(usage.completion_tokens, 100);
  assert.equal(usage.total_tokens, usage.prompt_tokens + 100);
  const neurons = (usage.prompt_tokens * 26668 + 100 * 204805) / 1e6;
  assert.ok(Math.abs(usage.neurons - neurons) < 1e-6);
  assert.ok(!("prompt_tokens_details" in usage));

  const cached = await json(PLAIN, user("[[cached:5]] [[say:x]]"));
  assert.equal(cached.usage.prompt_tokens_details.cached_tokens, 5);
  const fresh = cached.usage.prompt_tokens - 5;
  assert.ok(Math.abs(cached.usage.neurons - (fresh * 10000 + 5 * 1000 + 30000) / 1e6) < 1e-6);

  const turns = {
    messages: [
      { role: "user", content: "word ".repeat(40) },
      { role: "assistant", content: "ok" },
      { role: "user", content: "hi" },
    ],
  };
  const affinity = { extraHeaders: { "x-session-affinity": "s" } };
  assert.equal((await json(PLAIN, turns)).usage.prompt_tokens_details.cached_tokens, 0);
  assert.equal((await json(PLAIN, turns, affinity)).usage.prompt_tokens_details.cached_tokens, 48);
});

test("an image costs tokens on vision models, the text of its URL on others", async () => {
  const url = `data:image/png;base64,${"QUJD".repeat(4000)}`;
  const cost = async (model) =>
    (
      await json(
        model,
        user([{ type: "image_url", image_url: { url } }], { max_tokens: 5, ...NO_THINKING }),
      )
    ).usage.prompt_tokens;
  assert.equal(await cost("@cf/google/gemma-4-26b-a4b-it"), 263);
  assert.ok((await cost(OPENAI)) > 2000);
});

test("tokens join to their text again", () => {
  for (const text of [
    "Hello, world!  42\n\n",
    "你好，世界。 ok",
    "naïve 👍🏽 \ud800 x",
    "",
    "a".repeat(99),
  ]) {
    assert.equal(tokenize(text).join(""), text);
  }
  assert.deepEqual(tokenize("你好 internationalization 12345"), [
    "你",
    "好",
    " internat",
    "ionaliza",
    "tion",
    " ",
    "123",
    "45",
  ]);
});
