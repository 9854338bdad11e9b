/** What the scripts share: the server, a tool, a schema. */
import { z } from "zod";

export const { BASE_URL, API_KEY } = process.env;
export const MODEL = "gpt-5-mini";
export const CLAUDE = "claude-sonnet-5";

export const Addends = z.object({ a: z.number(), b: z.number() });
export const add = ({ a, b }) => String(a + b);
export const Town = z.object({ name: z.string(), people: z.number() });

export const user = (content) => [{ role: "user", content }];

/** @param {AsyncIterable<any>} stream */
export async function collect(stream, pick = (piece) => piece) {
  const pieces = [];
  for await (const event of stream) {
    const piece = pick(event);
    if (piece) pieces.push(piece);
  }
  return pieces;
}
