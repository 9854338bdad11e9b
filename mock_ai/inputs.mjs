/**
 * The input schemas of text generation, one set of parameters per dialect.
 *
 * Source: the schemas of llama-3.3-70b-instruct-fp8-fast (native) and glm-4.7-flash
 * (OpenAI-style) in Cloudflare's documentation; the Responses branch from the types of the
 * runtime. Native models reject null everywhere; OpenAI-style ones accept it where listed.
 * Parameters that are not in a schema are ignored, as the service does.
 */
import { requireValid, schemaErrors } from "./schema.mjs";
import {
  anything,
  boolean,
  choice,
  integer,
  listOf,
  number,
  object,
  orNull,
  record,
  string,
  text,
} from "./shapes.mjs";

const forcedTool = {
  anyOf: [
    choice("none", "auto", "required"),
    record({ type: choice("function"), function: record({ name: string }) }),
  ],
};

// Native

const nativeFunction = record({
  name: string,
  description: string,
  parameters: record(
    {
      type: string,
      properties: {
        type: "object",
        additionalProperties: record({ type: { type: ["string", "array"] }, description: string }),
      },
      required: listOf(string),
    },
    ["type", "properties"],
  ),
});

const nativeContent = {
  guard: { type: "string", maxLength: 131072 },
  text: string,
  vision: {
    anyOf: [
      string,
      listOf(
        record(
          { type: choice("text", "image_url"), text: string, image_url: record({ url: string }) },
          ["type"],
        ),
      ),
    ],
  },
};

const roles = (names, message) => ({
  type: "object",
  by: { key: "role", cases: Object.fromEntries(names.map((name) => [name, message])) },
  required: ["role", "content"],
});

const NATIVE = {
  stream: boolean,
  max_tokens: integer(1),
  temperature: number(0, 5),
  top_p: number(0.001, 1),
  top_k: integer(1, 50),
  seed: integer(1, 9999999999),
  repetition_penalty: number(0, 2),
  frequency_penalty: number(-2, 2),
  presence_penalty: number(-2, 2),
  raw: boolean,
  lora: string,
  guided_json: object,
  response_format: record(
    { type: choice("json_object", "json_schema"), json_schema: anything },
    [],
  ),
  functions: listOf(record({ name: string, code: string })),
  image: { anyOf: [listOf({ type: "number" }), string] },
};

const nativeTools = listOf({
  oneOf: [nativeFunction, record({ type: string, function: nativeFunction })],
});

function nativeBranches(model) {
  const pick = (table) =>
    Object.fromEntries(
      Object.entries(table).filter(([name]) => !model.inputs || model.inputs.includes(name)),
    );
  const content = nativeContent[model.guard ? "guard" : model.vision ? "vision" : "text"];
  const knownRoles = model.guard ? ["user", "assistant"] : ["system", "user", "assistant", "tool"];
  const messages = listOf(roles(knownRoles, record({ content })), { minItems: 1 });
  const limits = Object.fromEntries(
    Object.entries(model.limits ?? {})
      .filter(([name]) => name in NATIVE)
      .map(([name, { min, max }]) => [
        name,
        {
          ...NATIVE[name],
          minimum: min ?? NATIVE[name].minimum,
          maximum: max ?? NATIVE[name].maximum,
        },
      ]),
  );
  const shared = { ...pick(NATIVE), ...pick(limits) };
  const chat = record(
    { messages, ...shared, ...pick({ tools: nativeTools }), tool_choice: forcedTool },
    ["messages"],
    { kind: "chat" },
  );
  const completion = record({ prompt: text, ...shared }, ["prompt"], { kind: "completion" });
  return model.guard ? [chat] : [completion, chat];
}

// OpenAI-style

const part = (...kinds) => record({ type: choice(...kinds), text: string }, ["type"]);
const textParts = { anyOf: [string, listOf(part("text"))] };
const userParts = {
  anyOf: [
    string,
    listOf(
      record(
        {
          type: choice("text", "image_url", "video_url", "input_audio", "file"),
          text: string,
          image_url: record({ url: string, detail: choice("auto", "low", "high") }, []),
        },
        ["type"],
      ),
      { minItems: 1 },
    ),
  ],
};

const message = {
  type: "object",
  required: ["role"],
  by: {
    key: "role",
    cases: {
      developer: record({ content: textParts }),
      system: record({ content: textParts }),
      user: record({ content: userParts }),
      assistant: record(
        {
          content: { anyOf: [string, { type: "null" }, listOf(part("text", "refusal"))] },
          refusal: orNull(string),
          tool_calls: listOf(
            record({
              id: string,
              type: choice("function"),
              function: record({ name: string, arguments: string }),
            }),
          ),
          function_call: record({ name: string, arguments: string }),
        },
        [],
      ),
      tool: record({ content: textParts, tool_call_id: string }),
      function: record({ content: string, name: string }),
    },
  },
};

const functionTool = record(
  { name: string, description: string, parameters: object, strict: orNull(boolean) },
  ["name"],
);

const OPENAI = {
  stream: orNull(boolean),
  stream_options: record({ include_usage: boolean, include_obfuscation: boolean }, []),
  max_tokens: orNull(integer(1)),
  max_completion_tokens: orNull(integer(1)),
  temperature: orNull(number(0, 2)),
  top_p: orNull(number(0, 1)),
  seed: orNull({ type: "integer" }),
  frequency_penalty: orNull(number(-2, 2)),
  presence_penalty: orNull(number(-2, 2)),
  n: orNull(integer(1, 128)),
  logprobs: orNull(boolean),
  top_logprobs: orNull(integer(0, 20)),
  logit_bias: orNull(object),
  stop: {
    anyOf: [{ type: "null" }, string, listOf(string, { minItems: 1, maxItems: 4 })],
  },
  parallel_tool_calls: boolean,
  tools: listOf(record({ type: choice("function"), function: functionTool })),
  tool_choice: forcedTool,
  functions: listOf(functionTool, { minItems: 1, maxItems: 128 }),
  function_call: { anyOf: [choice("none", "auto"), record({ name: string })] },
  response_format: {
    type: "object",
    by: {
      key: "type",
      cases: {
        text: {},
        json_object: {},
        json_schema: record({
          json_schema: record(
            { name: string, description: string, schema: object, strict: orNull(boolean) },
            ["name"],
          ),
        }),
      },
    },
  },
  reasoning_effort: orNull(string),
  chat_template_kwargs: object,
  user: string,
  metadata: orNull(object),
  store: orNull(boolean),
};

function openaiBranches(model) {
  const efforts = model.reasoning?.control?.reasoning_effort;
  const parameters = { ...OPENAI };
  if (efforts) {
    const accepted = [...efforts, ...Object.keys(model.reasoning.aliases ?? {})];
    parameters.reasoning_effort = { type: ["string", "null"], enum: accepted };
  }
  const completion = { ...parameters, logprobs: { type: ["boolean", "integer", "null"] } };
  const messages = listOf(message, { minItems: 1 });
  return [
    record({ prompt: text, ...completion }, ["prompt"], { kind: "completion" }),
    record({ messages, ...parameters }, ["messages"], { kind: "chat" }),
  ];
}

// Responses

const RESPONSES = {
  stream: orNull(boolean),
  instructions: orNull(string),
  max_output_tokens: orNull(integer(1)),
  temperature: orNull(number(0, 2)),
  top_p: orNull(number(0, 1)),
  reasoning: orNull(record({ effort: orNull(choice("low", "medium", "high")) }, [])),
  text: record(
    {
      format: {
        type: "object",
        by: {
          key: "type",
          cases: {
            text: {},
            json_object: {},
            json_schema: record({ name: string, schema: object }),
          },
        },
      },
    },
    [],
  ),
  tools: listOf(
    record(
      {
        type: choice("function"),
        name: string,
        parameters: orNull(object),
        strict: orNull(boolean),
      },
      ["type", "name"],
    ),
  ),
  tool_choice: {
    anyOf: [choice("none", "auto", "required"), record({ type: choice("function"), name: string })],
  },
};

const responsesBranch = record(
  { input: { anyOf: [text, listOf(object, { minItems: 1 })] }, ...RESPONSES },
  ["input"],
  { kind: "responses" },
);

/**
 * Throws 5006 unless the inputs fit the model's schema: exactly one of `prompt`, `messages` or
 * (gpt-oss) `input`, with its parameters.
 *
 * @returns {import("./request.mjs").Kind} the branch that the inputs fit
 */
export function validate(model, inputs) {
  const branches = model.asked === "native" ? nativeBranches(model) : openaiBranches(model);
  if (model.wire === "responses") branches.push(responsesBranch);
  requireValid({ type: "object", oneOf: branches }, inputs);
  return branches.find((branch) => schemaErrors(branch, inputs).length === 0)?.kind;
}
