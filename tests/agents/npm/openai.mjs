import OpenAI from "openai";
import { zodFunction, zodResponseFormat, zodTextFormat } from "openai/helpers/zod";
import { Addends, API_KEY, add, BASE_URL, collect, MODEL, Town, user } from "./talk.mjs";

const client = new OpenAI({ baseURL: `${BASE_URL}/v1`, apiKey: API_KEY, maxRetries: 0 });
const tools = [
  zodFunction({ name: "add", description: "Adds", parameters: Addends, function: add }),
];

export async function chat(prompt) {
  const answer = await client.chat.completions.create({ model: MODEL, messages: user(prompt) });
  return answer.choices[0].message.content;
}

export async function chat_stream(prompt) {
  const stream = client.chat.completions.stream({ model: MODEL, messages: user(prompt) });
  const pieces = await collect(stream, (chunk) => chunk.choices[0]?.delta.content);
  if ((await stream.finalContent()) !== pieces.join("")) throw new Error("another final content");
  return pieces;
}

export async function chat_tools(prompt) {
  const ask = { model: MODEL, messages: user(prompt), tools };
  return await client.chat.completions.runTools(ask).finalContent();
}

export async function chat_stream_tools(prompt) {
  const ask = { model: MODEL, messages: user(prompt), tools, stream: true };
  return await client.chat.completions.runTools(ask).finalContent();
}

export async function chat_json(prompt) {
  const answer = await client.chat.completions.parse({
    model: MODEL,
    messages: user(prompt),
    response_format: zodResponseFormat(Town, "town"),
  });
  return answer.choices[0].message.parsed;
}

export async function responses_chat(prompt) {
  return (await client.responses.create({ model: MODEL, input: prompt })).output_text;
}

export async function responses_stream(prompt) {
  const stream = client.responses.stream({ model: MODEL, input: prompt });
  const pieces = await collect(
    stream,
    (event) => event.type === "response.output_text.delta" && event.delta,
  );
  const { output_text } = await stream.finalResponse();
  if (output_text !== pieces.join("")) throw new Error("another final text");
  return pieces;
}

export async function responses_json(prompt) {
  const format = zodTextFormat(Town, "town");
  const answer = await client.responses.parse({ model: MODEL, input: prompt, text: { format } });
  return answer.output_parsed;
}

/** The second request goes on from the first by its id, as OpenAI's guide does it. */
export async function responses_tools(prompt) {
  const declared = [
    {
      type: "function",
      name: "add",
      strict: true,
      parameters: zodFunction({ name: "add", parameters: Addends }).function.parameters,
    },
  ];
  const first = await client.responses.create({ model: MODEL, input: prompt, tools: declared });
  const calls = first.output.filter(({ type }) => type === "function_call");
  const second = await client.responses.create({
    model: MODEL,
    previous_response_id: first.id,
    tools: declared,
    input: calls.map(({ call_id, arguments: given }) => ({
      type: "function_call_output",
      call_id,
      output: add(JSON.parse(given)),
    })),
  });
  return second.output_text;
}

export async function embeddings(prompt) {
  const answer = await client.embeddings.create({ model: "text-embedding-3-small", input: prompt });
  return answer.data[0].embedding.length;
}
