/** Test helpers: calls, streams, inputs and assertions. */
import assert from "node:assert/strict";
import { beforeEach } from "node:test";
import { reset, run } from "./ai.mjs";
import { latin1Bytes, latin1Text } from "./media/bytes.mjs";

export const NATIVE = "@cf/meta/llama-3.3-70b-instruct-fp8-fast";
export const OPENAI = "@cf/zai-org/glm-4.7-flash";
export const RESPONSES = "@cf/openai/gpt-oss-20b";
export const NO_THINKING = { chat_template_kwargs: { enable_thinking: false } };

export const WEATHER = {
  type: "function",
  function: {
    name: "get_weather",
    description: "The weather of a city",
    parameters: {
      type: "object",
      properties: { city: { type: "string", description: "Its name" } },
      required: ["city"],
    },
  },
};

beforeEach(reset);

export function ask(model, inputs, options) {
  return run(model, inputs, { returnRawResponse: true, ...options });
}

export function user(content, more) {
  return { messages: [{ role: "user", content }], ...more };
}

/** Returns the parsed body of an answer, which must be a 200. */
export async function json(model, inputs, options) {
  const response = await ask(model, inputs, options);
  const body = await response.json();
  if (response.status !== 200) throw new Error(`${response.status}: ${JSON.stringify(body)}`);
  return body;
}

/** Returns status, code, text, hint and body of an answer, which must be an error. */
export async function errorOf(model, inputs, options) {
  const response = await ask(model, inputs, options);
  const body = await response.json();
  if (response.status === 200) throw new Error(`200: ${JSON.stringify(body)}`);
  return {
    status: response.status,
    code: body.internalCode ?? body.errors[0].code,
    text: body.description ?? body.errors[0].message,
    hint: response.headers.get("x-mock-hint"),
    body,
  };
}

/** Returns the chunks of a streamed answer, one Uint8Array per read. */
export async function chunks(model, inputs, options) {
  const response = await ask(model, { ...inputs, stream: true }, options);
  const all = [];
  for await (const chunk of response.body) all.push(chunk);
  return all;
}

export async function streamText(model, inputs, options) {
  const decoder = new TextDecoder();
  const all = await chunks(model, inputs, options);
  return all.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
}

/** Returns the data of a stream's frames: objects, or texts if they are not JSON. */
export async function frames(model, inputs, options) {
  const text = await streamText(model, inputs, options);
  return [...text.matchAll(/^data: (.*?)\r?$/gm)].map(([, data]) => {
    try {
      return JSON.parse(data);
    } catch {
      return data;
    }
  });
}

/** Joins the deltas of chat or native frames to tool calls. */
export function joinCalls(list) {
  const calls = [];
  for (const frame of list) {
    const deltas = frame.tool_calls ?? frame.choices?.[0]?.delta.tool_calls ?? [];
    for (const { index, function: part } of deltas) {
      calls[index] ??= { name: "", arguments: "" };
      calls[index].name += part.name ?? "";
      calls[index].arguments += part.arguments ?? "";
    }
  }
  return calls;
}

/** Returns type and bytes of a binary answer, which must be a 200. */
export async function file(model, inputs, options) {
  const response = await ask(model, inputs, options);
  const data = new Uint8Array(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${response.status}: ${latin1Text(data)}`);
  return { type: response.headers.get("content-type"), data };
}

/** Bytes as a streamed input. */
export function streamInput(data, contentType) {
  return { body: new Response(data).body, contentType };
}

/** A form as a streamed input, with its boundary in the content type. */
export function formInput(fields) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof Blob) data.append(name, value, `${name}.bin`);
    else data.append(name, value);
  }
  const { body, headers } = new Response(data);
  return { body, contentType: headers.get("content-type") };
}

const RECORDING = latin1Bytes("ID3 [[say:Hello]]");

/** Kind of model → inputs that identify it, with a new stream every time. */
export const sampleInputs = {
  text: () => user("Hello"),
  moderation: () => user("Hello"),
  embeddings: () => ({ text: ["Hello", "there"] }),
  rerank: () => ({ query: "Hello", contexts: [{ text: "Hello there" }] }),
  image: () => ({ prompt: "Hello", width: 64, height: 64 }),
  transcription: () => ({ audio: streamInput(RECORDING, "audio/mpeg") }),
  speech: () => ({ text: "Hello", speaker: "luna" }),
  translation: () => ({ text: "Hello", target_lang: "fr" }),
};

/** Asserts a 5006 for each `[name, inputs, pattern]`. */
export async function assertRejected(model, cases) {
  for (const [name, inputs, pattern] of cases) {
    const { status, code, text } = await errorOf(model, inputs);
    assert.deepEqual([status, code], [400, 5006], name);
    if (pattern) assert.match(text, pattern, name);
  }
}

/** Asserts a 200 for each `[name, inputs]`. */
export async function assertAccepted(model, cases) {
  for (const [name, inputs] of cases) {
    const response = await ask(model, inputs);
    assert.equal(response.status, 200, `${name}: ${await response.clone().text()}`);
  }
}
