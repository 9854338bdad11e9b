/**
 * Text to speech: recordings whose length follows the text. See media/sounds.mjs for their
 * contents.
 *
 * Schemas: Cloudflare's documentation. Containers, rates and bit rates of each encoding, and the
 * maximum length of a text: Deepgram's documentation. The content type, always audio/mpeg: the
 * models' output schemas.
 */
import { AiError } from "./errors.mjs";
import { toBase64 } from "./media/bytes.mjs";
import { ENCODERS } from "./media/sounds.mjs";
import { binaryResponse, jsonResponse } from "./respond.mjs";
import { requireValid } from "./schema.mjs";
import { choice, number, record, string, text } from "./shapes.mjs";
import { hash } from "./tokens.mjs";

const LETTERS_PER_SECOND = 15;

export function run(call) {
  return call.model.inputs.includes("prompt") ? runMelo(call) : runAura(call);
}

// melotts: base64 of MP3 in JSON

const MELO = record({ prompt: text, lang: string }, ["prompt"]);

/** The supported languages; others are an 8002. */
const MELO_LANGUAGES = ["en", "jp", "kr", "zh"];

function runMelo(call) {
  const { prompt, lang = "en" } = call.inputs;
  requireValid(MELO, call.inputs);
  if (!MELO_LANGUAGES.includes(lang.toLowerCase())) throw new AiError(8002);
  const data = ENCODERS.mp3({ ...soundOf(prompt, lang), rate: 22050, bitRate: 64000 });
  return jsonResponse(call, { audio: toBase64(data) });
}

// aura: bytes

// encoding: containers, rates and bit rates (a list or a range), the default first
const FORMATS = {
  linear16: { containers: ["wav", "none"], rates: [24000, 8000, 16000, 32000, 48000] },
  mulaw: { containers: ["wav", "none"], rates: [8000, 16000] },
  alaw: { containers: ["wav", "none"], rates: [8000, 16000] },
  mp3: { containers: [], rates: [], bitRates: [48000, 32000] },
  opus: { containers: ["ogg"], rates: [], bitRate: { usual: 12000, min: 4000, max: 650000 } },
  flac: { containers: [], rates: [48000, 8000, 16000, 22050, 32000] },
  aac: { containers: [], rates: [], bitRate: { usual: 48000, min: 4000, max: 192000 } },
};

function auraSchema({ speakers }) {
  return record(
    {
      text: string,
      speaker: speakers ? choice(...speakers) : string,
      encoding: choice(...Object.keys(FORMATS)),
      container: choice("none", "wav", "ogg"),
      sample_rate: number(),
      bit_rate: number(),
    },
    ["text"],
  );
}

function runAura(call) {
  const { model, inputs } = call;
  requireValid(auraSchema(model), inputs);
  if (!inputs.text.trim()) throw unsupportedFormat("text: must not be empty");
  if (inputs.text.length > model.mostText) {
    throw unsupportedFormat(`text: must not be longer than ${model.mostText} characters`);
  }
  const { encoding = "mp3" } = inputs;
  const format = FORMATS[encoding];
  const container = pickValue("container", encoding, format.containers, inputs.container);
  const rate = pickValue("sample_rate", encoding, format.rates, inputs.sample_rate) ?? 24000;
  const sound = soundOf(inputs.text, `${model.id} ${inputs.speaker ?? model.default_speaker}`);
  const name = [container, encoding].filter(Boolean).join(" ");
  const data = ENCODERS[model.sound ? `${model.sound} linear16` : name]({
    ...sound,
    rate,
    bitRate: pickBitRate(encoding, format, inputs.bit_rate),
  });
  return binaryResponse(call, data, "audio/mpeg");
}

function pickValue(name, encoding, values, requested) {
  // An encoding without containers accepts "none".
  if (requested === undefined || (requested === "none" && !values.length)) return values[0];
  if (values.includes(requested)) return requested;
  throw unsupportedFormat(`\`${name}=${requested}\` is invalid when \`encoding=${encoding}\``);
}

function pickBitRate(encoding, { bitRates = [], bitRate: range }, requested) {
  if (!range) return pickValue("bit_rate", encoding, bitRates, requested);
  const value = requested ?? range.usual;
  if (value >= range.min && value <= range.max) return value;
  throw unsupportedFormat(`\`bit_rate=${requested}\` is invalid when \`encoding=${encoding}\``);
}

/** Deepgram's text inside a 3030, as nova-3 reports it. */
function unsupportedFormat(why) {
  return new AiError(3030, `Unsupported audio format: ${why}`);
}

function soundOf(text, voice) {
  return {
    text,
    seconds: Math.max(0.5, text.length / LETTERS_PER_SECOND),
    pitch: 110 + (hash(voice) % 110),
  };
}
