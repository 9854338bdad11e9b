/**
 * Text generation: validate, compose, truncate, encode.
 */
import { composeAnswer } from "./answers.mjs";
import { dialectOf } from "./dialects.mjs";
import { AiError, agreementText, contextText, engineText } from "./errors.mjs";
import { validate } from "./inputs.mjs";
import { lastUserMessage, readRequest } from "./request.mjs";
import { jsonResponse } from "./respond.mjs";
import { state } from "./state.mjs";
import { byteBody, encodeFrames } from "./streams.mjs";
import { countTokens, digest, tokenize } from "./tokens.mjs";

const IMAGE_TOKENS = 256;

export async function run({ model, inputs, options }) {
  if (model.licence && !state.agreed.has(model.id)) {
    if (inputs.prompt !== "agree") throw new AiError(5016, agreementText(model.id));
    state.agreed.add(model.id);
    return Response.json({ response: `Thank you for agreeing to the licence of ${model.id}.` });
  }
  const kind = validate(model, inputs);
  const request = readRequest(model, kind, inputs, options);
  checkEngine(model, request);
  const prompt = promptTokens(request);
  checkContext(model, request, prompt);

  const composed = model.speak(
    inlineThinking(model, request, composeAnswer(model, request)),
    request,
  );
  const answer = truncate(stopAt(composed, request.stop), request);
  const context = {
    model,
    request,
    answer: fillEmpty(model, request, answer),
    usage: usage(model, request, prompt, answer),
    key: digest(`${model.id}\n${JSON.stringify({ ...inputs, stream: undefined })}`),
  };
  const { body, frames } = dialectOf(model, request);
  if (request.stream && model.streams) {
    const chunks = encodeFrames(model.edit(frames(context), context), model.transport);
    return new Response(byteBody(chunks, { ...model.transport, signal: options.signal }), {
      headers: { "content-type": "text/event-stream" },
    });
  }
  return jsonResponse({ model, options }, body(context));
}

/** Rejects what the inference engine behind the schema rejects, as an 8007. */
function checkEngine(model, request) {
  const refuse = (message, hint) => {
    throw new AiError(8007, engineText(message), { hint });
  };
  const systems = request.messages.map(({ role }) => role === "system" || role === "developer");
  if (model.system_role === false && systems.includes(true)) {
    refuse("System role not supported", `${model.id} has no system role`);
  }
  if (model.systemFirst && systems.lastIndexOf(true) > 0) {
    refuse("System message must be at the beginning.");
  }
  const { tools, toolChoice } = request;
  if (tools.length && model.tools === false) {
    refuse(
      '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set',
      `${model.id} has no tools`,
    );
  }
  if (toolChoice.name && !tools.some(({ name }) => name === toolChoice.name)) {
    refuse(`Tool '${toolChoice.name}' has not been passed in \`tools\`.`);
  }
  if (toolChoice === "required" && !tools.length) {
    refuse("When using `tool_choice`, `tools` must be set.");
  }
  if (model.wire === "native" && request.json && request.stream) throw new AiError(5023);
}

function promptTokens({ messages, tools }) {
  const perMessage = messages.map(
    ({ text, calls, images }) =>
      4 +
      countTokens(text) +
      (calls.length && countTokens(JSON.stringify(calls))) +
      IMAGE_TOKENS * images.length,
  );
  const declared = tools.length ? countTokens(JSON.stringify(tools)) : 0;
  return perMessage.reduce((sum, value) => sum + value, 3) + declared;
}

function checkContext(model, { maxTokens = 1 }, prompt) {
  const total = prompt + maxTokens;
  if (total > model.context_window)
    throw new AiError(5021, contextText(total, model.context_window));
}

/** Moves thinking into the text for models that do so, except where a grammar allows only JSON. */
function inlineThinking(model, request, answer) {
  if (!model.thinkTags || !answer.thinking) return answer;
  if (model.wire === "native" && request.json) return { ...answer, thinking: "" };
  const open = model.thinkTags === "tags" ? "<think>\n" : "";
  return { ...answer, thinking: "", text: `${open}${answer.thinking}\n</think>\n\n${answer.text}` };
}

function stopAt(answer, sequences) {
  const [first] = sequences
    .filter(Boolean)
    .map((stop) => ({ stop, at: answer.text.indexOf(stop) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  if (!first) return answer;
  const text = answer.text.slice(0, first.at);
  return { ...answer, text, calls: [], finish: "stop", stoppedBy: first.stop };
}

/** Spends the token budget on thinking, text and tool calls, in this order. */
function truncate(answer, { maxTokens = Infinity }) {
  let remaining = maxTokens;
  let truncated = false;
  const take = (text) => {
    const pieces = tokenize(text);
    truncated ||= pieces.length > remaining;
    const taken = pieces.slice(0, remaining);
    remaining -= taken.length;
    return taken.join("");
  };
  const thinking = take(answer.thinking);
  const text = take(answer.text);
  const calls = [];
  for (const call of answer.calls) {
    if (remaining > 0) calls.push({ ...call, arguments: take(call.arguments) });
    else truncated = true;
  }
  const ending = truncated ? { finish: "length", stoppedBy: null } : {};
  return { ...answer, thinking, text, calls, ...ending };
}

/** nemotron: `force_nonempty_content` returns the thinking as content if there is no other. */
function fillEmpty(model, { inputs }, answer) {
  const key = "force_nonempty_content";
  const supported = `chat_template_kwargs.${key}` in (model.reasoning?.control ?? {});
  if (!supported || !inputs.chat_template_kwargs?.[key] || answer.text) return answer;
  return { ...answer, thinking: "", text: answer.thinking };
}

function usage(model, { messages, options }, prompt, answer) {
  const { price = {} } = model;
  const completion =
    countTokens(answer.thinking) +
    countTokens(answer.text) +
    answer.calls.reduce((sum, call) => sum + countTokens(call.arguments), 0);
  const cached = cachedTokens(messages, prompt, options);
  const hasCache = price.per_m_cached_input_tokens !== undefined;
  const neurons =
    ((prompt - (hasCache ? cached : 0)) * (price.per_m_input_tokens ?? 0) +
      (hasCache ? cached * price.per_m_cached_input_tokens : 0) +
      completion * (price.per_m_output_tokens ?? 0)) /
    1e6;
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    ...(hasCache && { prompt_tokens_details: { cached_tokens: cached } }),
    neurons: Math.round(neurons * 1e6) / 1e6,
  };
}

/**
 * Counts cached prompt tokens: all turns but the last, in blocks of 16, if the call names a
 * session, or the N of `[[cached:N]]`.
 */
function cachedTokens(messages, prompt, { extraHeaders = {} }) {
  const requested = /\[\[cached:(\d+)\]\]/.exec(lastUserMessage(messages)?.text ?? "")?.[1];
  if (requested !== undefined) return Math.min(Number(requested), prompt);
  if (!extraHeaders["x-session-affinity"]) return 0;
  const prefix = messages.slice(0, -1).reduce((sum, { text }) => sum + 4 + countTokens(text), 0);
  return prefix - (prefix % 16);
}
