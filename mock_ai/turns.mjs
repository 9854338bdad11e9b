/**
 * Detects the end of a speaker's turn: smart-turn-v2. Schema: Cloudflare's documentation.
 */
import { AiError } from "./errors.mjs";
import { fromBase64 } from "./media/bytes.mjs";
import { jsonResponse } from "./respond.mjs";
import { requireValid } from "./schema.mjs";
import { choice, record, text } from "./shapes.mjs";
import { hash } from "./tokens.mjs";

const dtype = choice("uint8", "float32", "float64");

export async function run(call) {
  const { inputs, media } = call;
  if (media) requireValid(record({ dtype }, []), inputs);
  else requireValid(record({ audio: text, dtype }, ["audio"]), inputs);
  const data = media ? await media.bytes() : fromBase64(inputs.audio);
  if (!data.length) throw new AiError(5006, "Error: required properties at '/' are 'audio'");
  const probability = (hash(data.subarray(0, 65536).join()) % 1000) / 1000;
  return jsonResponse(call, { is_complete: probability >= 0.5, probability });
}
