/**
 * Answers in Cloudflare's wire formats: one row per dialect, with its JSON body and stream frames.
 *
 * A context is `{model, request, answer, usage, key}`; key is 32 hex digits of this call.
 */
import { DONE } from "./streams.mjs";
import { digest, hash, tokenize } from "./tokens.mjs";

const CREATED = 1790812800;
const PADDING = "abcdefghijklmnopqrstuvwxyz0123456789";
const NO_USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };

const DIALECTS = {
  native: { body: nativeBody, frames: nativeFrames },
  chat: { body: chatBody, frames: chatFrames },
  completion: { body: completionBody, frames: completionFrames },
  responses: { body: responsesBody, frames: responsesFrames },
};

export function dialectOf(model, request) {
  return DIALECTS[model.wire === "native" ? "native" : request.kind];
}

// Native: {response, tool_calls?, usage}

function nativeBody({ model, request, answer, usage }) {
  const calls = answer.calls.filter((call) => parseJSON(call.arguments) !== undefined);
  const toolCalls = calls.map((call) => {
    const toolCall = { name: call.name, arguments: parseJSON(call.arguments) };
    return model.nestedCalls ? { id: call.id, type: "function", function: toolCall } : toolCall;
  });
  return {
    response: calls.length && !answer.text ? null : nativeText(request, answer.text),
    ...(request.tools.length && { tool_calls: toolCalls }),
    usage,
  };
}

/** JSON mode returns the parsed value, and a numeric text becomes a number. */
function nativeText(request, text) {
  if (request.json) return parseJSON(text) ?? text;
  return isNumeric(text) ? Number(text) : text;
}

function isNumeric(text) {
  return text !== "" && String(Number(text)) === text;
}

function parseJSON(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function nativeFrames({ model, answer, usage }) {
  const frames = tokenize(answer.text).map((token) =>
    withPadding({ response: isNumeric(token) ? Number(token) : token }),
  );
  for (const [index, call] of answer.calls.entries()) {
    frames.push(
      ...callDeltas(model, call, index).map((delta) => withPadding({ tool_calls: [delta] })),
    );
  }
  return [...withHeartbeats(frames, model.heartbeats), usageFrame(usage), DONE];
}

/** Adds `p`, which hides the length of the token. */
function withPadding(data) {
  return {
    data: { ...data, p: PADDING.slice(0, 1 + (hash(JSON.stringify(data)) % PADDING.length)) },
  };
}

function withHeartbeats(frames, every) {
  if (!every) return frames;
  return frames.flatMap((frame, index) =>
    index % every ? [frame] : [withPadding({ response: "" }), frame],
  );
}

/** Ends the stream of every dialect; the only usage to trust. */
function usageFrame(usage) {
  return { data: { response: "", usage } };
}

/** Returns the stream deltas of a tool call, in the model's way (`callDeltas`). */
function callDeltas(model, call, index) {
  const { id, name } = call;
  const named = { function: { name }, id, index, type: "function" };
  const pieces = tokenize(call.arguments).map((piece) => ({
    function: { arguments: piece },
    index,
  }));
  switch (model.callDeltas) {
    case "whole":
      return [{ ...named, function: { arguments: call.arguments, name } }];
    case "late-name":
      return [...pieces.slice(0, 2), named, ...pieces.slice(2)];
    case "terminated":
      return [
        named,
        ...pieces,
        { function: { arguments: "", name: null }, id: null, index, type: null },
      ];
    case "nulls":
      return [
        { ...named, function: { arguments: "", name } },
        ...pieces.map((piece) => ({
          function: { ...piece.function, name: null },
          id: null,
          index,
          type: "function",
        })),
      ];
    default:
      return [named, ...pieces];
  }
}

// OpenAI: chat.completion

function chatBody({ model, request, answer, usage, key }) {
  const thinking = Object.fromEntries(
    (model.reasoning?.supported ? model.reasoningIn : []).map((name) => [
      name,
      answer.thinking || null,
    ]),
  );
  const message = {
    role: "assistant",
    content: answer.text || (answer.calls.length ? null : model.emptyContent),
    refusal: null,
    ...thinking,
    tool_calls: answer.calls.map((call) => openaiCall(call)),
  };
  return {
    id: `chatcmpl-${key}`,
    object: "chat.completion",
    created: CREATED,
    model: model.id,
    choices: [
      {
        index: 0,
        message,
        logprobs: chatLogprobs(request, tokenize(answer.text)),
        finish_reason: answer.finish,
        stop_reason: answer.stoppedBy ?? null,
      },
    ],
    usage,
  };
}

function openaiCall(call) {
  return {
    id: call.id,
    type: "function",
    function: { name: call.name, arguments: call.arguments },
  };
}

function chatLogprobs(request, pieces) {
  if (request.logprobs === null) return null;
  const content = pieces.map((token) => ({
    ...logprob(token, 0),
    top_logprobs: Array.from({ length: request.logprobs }, (_, rank) =>
      logprob(rank ? `${token}${rank}` : token, rank),
    ),
  }));
  return { content };
}

function logprob(token, rank) {
  const bytes = Array.from(new TextEncoder().encode(token));
  return { token, logprob: -0.125 * (rank + 1), bytes };
}

function chatFrames({ model, request, answer, usage, key }) {
  // Keys in alphabetical order, as recorded from glm-5.3-flash and qwen3.8-27b.
  const chunk = (choices, completed) => {
    const fields = {
      choices,
      ...(model.ids && { created: CREATED, id: `chatcmpl-${key}`, model: model.id }),
      ...(model.ids !== null && { object: "chat.completion.chunk" }),
    };
    if (model.chunkUsage || choices.length === 0) {
      fields.usage = { ...NO_USAGE, completion_tokens: completed, total_tokens: completed };
    }
    if (!model.idFirst) return { data: fields };
    const { choices: last, usage: spent, ...first } = fields;
    return { data: { ...first, choices: last, ...(spent && { usage: spent }) } };
  };
  const emptyDelta = model.nullDeltas
    ? {
        content: null,
        ...Object.fromEntries(model.reasoningIn.map((name) => [name, null])),
        role: null,
      }
    : {};
  const step = (delta, /** @type {any} */ { finish_reason = null, logprobs, completed = 1 } = {}) =>
    chunk(
      [
        {
          delta: { ...emptyDelta, ...delta },
          finish_reason,
          index: 0,
          ...(logprobs && { logprobs }),
        },
      ],
      completed,
    );

  const frames = [step({ content: "", role: "assistant" }, { completed: 0 })];
  for (const piece of tokenize(answer.thinking)) {
    frames.push(step(Object.fromEntries(model.reasoningIn.map((name) => [name, piece]))));
  }
  for (const piece of tokenize(answer.text)) {
    frames.push(step({ content: piece }, { logprobs: chatLogprobs(request, [piece]) }));
  }
  for (const [index, call] of answer.calls.entries()) {
    for (const delta of callDeltas(model, call, index)) frames.push(step({ tool_calls: [delta] }));
  }
  frames.push(step({}, { finish_reason: answer.finish, completed: 0 }));
  frames.push(chunk([], 0));
  return [...withHeartbeats(frames, model.heartbeats), usageFrame(usage), DONE];
}

// OpenAI: text_completion

function completionBody({ model, request, answer, usage, key }) {
  return {
    id: `cmpl-${key}`,
    object: "text_completion",
    created: CREATED,
    model: model.id,
    choices: [
      {
        index: 0,
        text: answer.text,
        logprobs: completionLogprobs(request, tokenize(answer.text), 0),
        finish_reason: answer.finish,
        stop_reason: answer.stoppedBy ?? null,
      },
    ],
    usage,
  };
}

function completionLogprobs(request, pieces, offset) {
  if (request.logprobs === null) return null;
  const starts = [offset];
  for (const piece of pieces) starts.push(starts.at(-1) + piece.length);
  return {
    tokens: pieces,
    token_logprobs: pieces.map(() => -0.125),
    top_logprobs: pieces.map((piece) => ({ [piece]: -0.125 })),
    text_offset: starts.slice(0, -1),
  };
}

function completionFrames({ model, request, answer, usage, key }) {
  const chunk = (choices, extra) => ({
    data: {
      choices,
      ...(model.ids && { created: CREATED, id: `cmpl-${key}`, model: model.id }),
      object: "text_completion",
      ...extra,
    },
  });
  const step = (text, finish_reason, logprobs) =>
    chunk([{ finish_reason, index: 0, logprobs, text }]);
  let at = 0;
  const frames = tokenize(answer.text).map((piece) => {
    const logprobs = completionLogprobs(request, [piece], at);
    at += piece.length;
    return step(piece, null, logprobs);
  });
  frames.push(step("", answer.finish, null));
  frames.push(chunk([], { usage: NO_USAGE }));
  return [...frames, usageFrame(usage), DONE];
}

// OpenAI: Responses

function responsesBody({ model, request, answer, usage, key }) {
  const cutShort = answer.finish === "length";
  const status = cutShort ? "incomplete" : "completed";
  const output = [];
  if (answer.thinking) {
    output.push({
      id: `rs_${key}`,
      type: "reasoning",
      summary: [],
      content: [{ type: "reasoning_text", text: answer.thinking }],
      status: null,
    });
  }
  if (answer.text) {
    output.push({
      id: `msg_${key}`,
      type: "message",
      role: "assistant",
      status,
      content: [{ type: "output_text", text: answer.text, annotations: [], logprobs: null }],
    });
  }
  for (const call of answer.calls) {
    output.push({
      id: `fc_${digest(call.id)}`,
      type: "function_call",
      call_id: call.id,
      name: call.name,
      arguments: call.arguments,
      status,
    });
  }
  return {
    id: `resp_${key}`,
    object: "response",
    created_at: CREATED,
    status,
    error: null,
    incomplete_details: cutShort ? { reason: "max_output_tokens" } : null,
    instructions: request.inputs.instructions ?? null,
    max_output_tokens: request.maxTokens ?? null,
    model: model.id,
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: request.effort, summary: null },
    temperature: request.inputs.temperature ?? 1,
    text: request.inputs.text ?? { format: { type: "text" } },
    tool_choice: request.inputs.tool_choice ?? "auto",
    tools: request.inputs.tools ?? [],
    top_p: request.inputs.top_p ?? 1,
    truncation: "disabled",
    usage: {
      input_tokens: usage.prompt_tokens,
      input_tokens_details: { cached_tokens: usage.prompt_tokens_details?.cached_tokens ?? 0 },
      output_tokens: usage.completion_tokens,
      output_tokens_details: { reasoning_tokens: tokenize(answer.thinking).length },
      total_tokens: usage.total_tokens,
      neurons: usage.neurons,
    },
    metadata: {},
  };
}

/** The stream events of each kind of output item: part, delta event, done event, text. */
const ITEM_EVENTS = {
  reasoning: {
    text: (item) => item.content[0].text,
    part: true,
    name: "reasoning_text",
    field: "text",
  },
  message: { text: (item) => item.content[0].text, part: true, name: "output_text", field: "text" },
  function_call: {
    text: (item) => item.arguments,
    part: false,
    name: "function_call_arguments",
    field: "arguments",
  },
};

function responsesFrames(context) {
  const body = responsesBody(context);
  const frames = [];
  const send = (type, fields) => {
    frames.push({ event: type, data: { type, sequence_number: frames.length, ...fields } });
  };
  const started = {
    ...body,
    status: "in_progress",
    output: [],
    usage: null,
    incomplete_details: null,
  };
  send("response.created", { response: started });
  send("response.in_progress", { response: started });
  for (const [index, item] of body.output.entries()) {
    const { text, part, name, field } = ITEM_EVENTS[item.type];
    const place = { item_id: item.id, output_index: index, ...(part && { content_index: 0 }) };
    const empty = part ? { content: [] } : { arguments: "" };
    send("response.output_item.added", {
      output_index: index,
      item: { ...item, ...empty, status: "in_progress" },
    });
    if (part)
      send("response.content_part.added", { ...place, part: { ...item.content[0], text: "" } });
    for (const delta of tokenize(text(item))) send(`response.${name}.delta`, { ...place, delta });
    send(`response.${name}.done`, { ...place, [field]: text(item) });
    if (part) send("response.content_part.done", { ...place, part: item.content[0] });
    send("response.output_item.done", { output_index: index, item });
  }
  const last = body.status === "completed" ? "response.completed" : "response.incomplete";
  send(last, { response: body });
  return [...frames, usageFrame(context.usage), DONE];
}
