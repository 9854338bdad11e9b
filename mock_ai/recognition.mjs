/**
 * Speech to text. Nothing is recognised: the transcript is the text of the recording's
 * `[[say:…]]`, or else two words a second; timestamps are spread evenly over its length.
 *
 * Schemas: Cloudflare's documentation, that of whisper-large-v3-turbo from the types of the
 * runtime. The form of `vtt`, which is not valid WebVTT, and the transcripts of silence: public
 * logs of 2026.
 */
import { words } from "./answers.mjs";
import { AiError } from "./errors.mjs";
import { fromBase64 } from "./media/bytes.mjs";
import { findSpokenText, inspectAudio } from "./media/sounds.mjs";
import { jsonResponse } from "./respond.mjs";
import { requireValid } from "./schema.mjs";
import {
  anything,
  boolean,
  choice,
  integer,
  number,
  octets,
  record,
  string,
  text,
} from "./shapes.mjs";

export async function run(call) {
  const { model, inputs } = call;
  if (model.websocket) throw new AiError(5005, undefined, { hint: "answers websockets only" });
  const data = await readRecording(call);
  const audio = inspectAudio(data);
  if (!audio) throw audioError("no audio format that is known");
  checkEngine(model, inputs);
  const spokenText =
    findSpokenText(data) ?? (audio.silent ? model.silence : fillerSpeech(audio.seconds));
  if (spokenText === null) throw audioError("nothing but silence");
  const translated = inputs.task === "translate" ? `In English: ${spokenText}` : spokenText;
  return jsonResponse(
    call,
    TRANSCRIPTS[model.transcript](timeWords(translated, audio.seconds), inputs, audio),
  );
}

function audioError(hint) {
  return new AiError(3030, "failed to process audio: corrupt or unsupported data", { hint });
}

// What comes in

const TURBO = {
  task: string,
  language: string,
  vad_filter: boolean,
  initial_prompt: string,
  prefix: string,
  beam_size: integer(),
  condition_on_previous_text: boolean,
  no_speech_threshold: number(),
  compression_ratio_threshold: number(),
  log_prob_threshold: number(),
  hallucination_silence_threshold: number(),
};

const switches =
  "detect_entities detect_language diarize dictation filler_words interim_results measurements " +
  "mip_opt_out multichannel numerals paragraphs profanity_filter punctuate sentiment " +
  "smart_format topics utterances vad_events";
const texts =
  "custom_topic custom_intent extra keyterm keywords language redact replace search endpointing";

const DEEPGRAM = {
  ...Object.fromEntries(switches.split(" ").map((name) => [name, boolean])),
  ...Object.fromEntries(texts.split(" ").map((name) => [name, string])),
  custom_topic_mode: choice("extended", "strict"),
  custom_intent_mode: choice("extended", "strict"),
  encoding: choice("linear16", "flac", "mulaw", "amr-nb", "amr-wb", "opus", "speex", "g729"),
  mode: choice("general", "medical", "finance"),
  utt_split: number(),
  channels: number(),
};

const PARAMETERS = { whisper: {}, turbo: TURBO, deepgram: DEEPGRAM };

const BOXED = record({ body: text, contentType: string });

// The forms of audio in JSON: schema and reader.
const AUDIO_FORMS = {
  numbers: [octets, (audio) => Array.isArray(audio) && Uint8Array.from(audio)],
  base64: [text, (audio) => typeof audio === "string" && fromBase64(audio)],
  boxed: [BOXED, (audio) => typeof audio.body === "string" && fromBase64(audio.body)],
};

async function readRecording({ model, inputs, media }) {
  const parameters = PARAMETERS[model.transcript];
  if (media && model.audioAs.includes("stream")) {
    requireValid(record(parameters, []), inputs);
    const data = await media.bytes();
    if (!data.length) throw new AiError(5006, "Error: required properties at '/' are 'audio'");
    return data;
  }
  const forms = model.audioAs.filter((way) => way in AUDIO_FORMS).map((way) => AUDIO_FORMS[way]);
  const schemas = forms.map(([schema]) => schema);
  const audio = schemas.length > 1 ? { anyOf: schemas } : schemas[0];
  requireValid(record({ audio: anything, ...parameters }, ["audio"]), inputs);
  if (model.audioAs[0] === "boxed" && typeof inputs.audio?.body !== "string") {
    // The same text for a body that is there but became an object of numbers in JSON.
    throw new AiError(5006, "Error: required properties at '/audio' are 'body,contentType'");
  }
  requireValid(record({ audio }), inputs);
  return forms.map(([, read]) => read(inputs.audio)).find(Boolean);
}

const LANGUAGES = new Set(
  (
    "af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw " +
    "he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt " +
    "my ne nl nn no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl " +
    "tr tt uk ur uz vi yi yo yue zh"
  ).split(" "),
);

/** Rejects what faster-whisper rejects; the service's code for it is not known. */
function checkEngine({ transcript }, { language, task = "transcribe" }) {
  if (transcript !== "turbo") return;
  if (language !== undefined && !LANGUAGES.has(language)) {
    throw new AiError(3030, `'${language}' is not a valid language code`);
  }
  if (!["transcribe", "translate"].includes(task)) {
    throw new AiError(3030, `'${task}' is not a valid task`);
  }
}

// What is said

const WORDS_PER_SECOND = 2;
const SENTENCE = 8;

function fillerSpeech(seconds) {
  const list = words(Math.max(1, Math.round(seconds * WORDS_PER_SECOND))).split(" ");
  const sentences = [];
  for (let at = 0; at < list.length; at += SENTENCE) {
    const sentence = list.slice(at, at + SENTENCE).join(" ");
    sentences.push(`${sentence[0].toUpperCase()}${sentence.slice(1)}.`);
  }
  return sentences.join(" ");
}

/** Returns words with timestamps in seconds, in sentences of at most eight. */
function timeWords(text, seconds) {
  const list = text.split(/\s+/).filter(Boolean);
  const round = (value) => Math.round(value * 100) / 100;
  const words = list.map((word, index) => ({
    word,
    start: round((seconds * index) / list.length),
    end: round((seconds * (index + 1)) / list.length),
  }));
  const sentences = [];
  for (let at = 0; at < words.length; at += SENTENCE)
    sentences.push(words.slice(at, at + SENTENCE));
  return sentences;
}

// What comes out

const TRANSCRIPTS = {
  whisper(sentences) {
    const all = sentences.flat();
    return { text: joinWords(all), word_count: all.length, words: all, vtt: vtt(sentences) };
  },

  turbo(sentences, { language, vad_filter }, { seconds }) {
    const all = sentences.flat();
    return {
      transcription_info: {
        language: language ?? "en",
        language_probability: language ? 1 : 0.98,
        duration: seconds,
        duration_after_vad: vad_filter ? seconds * 0.9 : seconds,
      },
      text: joinWords(all),
      word_count: all.length,
      segments: sentences.map((sentence) => ({
        start: sentence[0].start,
        end: sentence.at(-1).end,
        text: ` ${joinWords(sentence)}`,
        temperature: 0,
        avg_logprob: -0.25,
        compression_ratio: 1.25,
        no_speech_prob: 0.01,
        words: sentence.map(({ word, ...stamps }) => ({ word: ` ${word}`, ...stamps })),
      })),
      vtt: vtt(sentences),
    };
  },

  deepgram(sentences, { punctuate, smart_format, detect_language, language }) {
    const all = sentences.flat();
    const formatted = punctuate || smart_format;
    const bare = (word) => word.toLowerCase().replace(/[.,!?]+$/, "");
    const alternative = {
      transcript: formatted ? joinWords(all) : all.map(({ word }) => bare(word)).join(" "),
      confidence: 0.98,
      words: all.map(({ word, start, end }) => ({
        word: bare(word),
        start,
        end,
        confidence: 0.98,
        ...(formatted && { punctuated_word: word }),
      })),
    };
    const detected = detect_language && { detected_language: language ?? "en" };
    return { results: { channels: [{ alternatives: [alternative], ...detected }] } };
  },
};

function joinWords(list) {
  return list.map(({ word }) => word).join(" ");
}

/** The service's format: minutes only from one minute on, never hours. */
function vtt(sentences) {
  const time = (seconds) => {
    const rest = (seconds % 60).toFixed(3).padStart(6, "0");
    return seconds < 60 ? rest : `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${rest}`;
  };
  const cues = sentences.map((sentence) => {
    const span = `${time(sentence[0].start)} --> ${time(sentence.at(-1).end)}`;
    return `${span}\n${joinWords(sentence)}`;
  });
  return ["WEBVTT", ...cues].join("\n\n");
}
