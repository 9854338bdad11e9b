import Anthropic from "@anthropic-ai/sdk";
import { betaZodTool } from "@anthropic-ai/sdk/helpers/beta/zod";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { Addends, API_KEY, add, BASE_URL, CLAUDE, collect, Town, user } from "./talk.mjs";

const client = new Anthropic({ baseURL: BASE_URL, apiKey: API_KEY, maxRetries: 0 });
const ask = (prompt) => ({ model: CLAUDE, max_tokens: 4000, messages: user(prompt) });
const tools = [betaZodTool({ name: "add", description: "Adds", inputSchema: Addends, run: add })];
const textOf = ({ content }) => content.findLast(({ type }) => type === "text")?.text;

export async function messages_chat(prompt) {
  return textOf(await client.messages.create(ask(prompt)));
}

export async function messages_stream(prompt) {
  const stream = client.messages.stream(ask(prompt));
  const pieces = await collect(
    stream,
    (event) => event.type === "content_block_delta" && event.delta.text,
  );
  if ((await stream.finalText()) !== pieces.join("")) throw new Error("another final text");
  return pieces;
}

export async function messages_tools(prompt) {
  return textOf(await client.beta.messages.toolRunner({ ...ask(prompt), tools }));
}

export async function messages_stream_tools(prompt) {
  const runner = client.beta.messages.toolRunner({ ...ask(prompt), tools, stream: true });
  for await (const stream of runner) await stream.finalMessage();
  return textOf(await runner.done());
}

export async function messages_json(prompt) {
  const format = zodOutputFormat(Town);
  const answer = await client.messages.parse({ ...ask(prompt), output_config: { format } });
  return answer.parsed_output;
}
