import {
  Agent,
  OpenAIChatCompletionsModel,
  run,
  setDefaultOpenAIClient,
  setTracingDisabled,
  tool,
} from "@openai/agents";
import OpenAI from "openai";
import { Addends, API_KEY, add, BASE_URL, collect, MODEL, Town } from "./talk.mjs";

const client = new OpenAI({ baseURL: `${BASE_URL}/v1`, apiKey: API_KEY, maxRetries: 0 });
setDefaultOpenAIClient(client);
setTracingDisabled(true);

const tools = [
  tool({
    name: "add",
    description: "Adds",
    parameters: Addends,
    execute: async (given) => add(given),
  }),
];
const agent = (more) => new Agent({ name: "Agent", model: MODEL, ...more });

export async function responses_chat(prompt) {
  return (await run(agent(), prompt)).finalOutput;
}

export async function responses_stream(prompt) {
  const result = await run(agent(), prompt, { stream: true });
  const pieces = await collect(result.toTextStream());
  await result.completed;
  return pieces;
}

export async function responses_tools(prompt) {
  return (await run(agent({ tools }), prompt)).finalOutput;
}

export async function responses_json(prompt) {
  return (await run(agent({ outputType: Town }), prompt)).finalOutput;
}

export async function chat_tools(prompt) {
  const model = new OpenAIChatCompletionsModel(client, MODEL);
  return (await run(agent({ tools, model }), prompt)).finalOutput;
}

/** A second question to the same conversation, which only the server remembers. */
export async function previous_tools(prompt) {
  const first = await run(agent(), "Hello");
  const more = { previousResponseId: first.lastResponseId };
  return (await run(agent({ tools }), prompt, more)).finalOutput;
}
