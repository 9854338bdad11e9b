/** The AI SDK by its providers; OpenAI's speaks Responses unless told otherwise. */
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, isStepCount, Output, streamText, tool } from "ai";
import { Addends, API_KEY, add, BASE_URL, CLAUDE, collect, MODEL, Town } from "./talk.mjs";

const to = { baseURL: `${BASE_URL}/v1`, apiKey: API_KEY };
const openai = createOpenAI(to)(MODEL);
const compatible = createOpenAICompatible({
  ...to,
  name: "workers-ai",
  includeUsage: true,
  supportsStructuredOutputs: true,
})(MODEL);
const claude = createAnthropic(to)(CLAUDE);

const more = {
  maxRetries: 0,
  onError: ({ error }) => {
    throw error;
  },
};
const tools = {
  add: tool({ description: "Adds", inputSchema: Addends, execute: async (given) => add(given) }),
};

const chat = (model) => async (prompt) => (await generateText({ ...more, model, prompt })).text;

const stream = (model) => async (prompt) =>
  await collect(streamText({ ...more, model, prompt }).textStream);

const rounds = (model) => async (prompt) =>
  (await generateText({ ...more, model, prompt, tools, stopWhen: isStepCount(3) })).text;

const streamedRounds = (model) => async (prompt) => {
  const { fullStream } = streamText({ ...more, model, prompt, tools, stopWhen: isStepCount(3) });
  return (
    await collect(fullStream, (part) => {
      if (part.type === "error") throw part.error;
      return part.type === "text-delta" && part.text;
    })
  ).join("");
};

const json = (model) => async (prompt) =>
  (await generateText({ ...more, model, prompt, output: Output.object({ schema: Town }) })).output;

export const openai_chat = chat(openai);
export const openai_stream = stream(openai);
export const openai_tools = rounds(openai);
export const openai_stream_tools = streamedRounds(openai);
export const openai_json = json(openai);
export const compatible_chat = chat(compatible);
export const compatible_stream = stream(compatible);
export const compatible_tools = rounds(compatible);
export const compatible_stream_tools = streamedRounds(compatible);
export const compatible_json = json(compatible);
export const anthropic_chat = chat(claude);
export const anthropic_stream = stream(claude);
export const anthropic_tools = rounds(claude);
export const anthropic_stream_tools = streamedRounds(claude);
export const anthropic_json = json(claude);
