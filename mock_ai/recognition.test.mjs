import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, latin1Bytes, toBase64 } from "./media/bytes.mjs";
import { ENCODERS } from "./media/sounds.mjs";
import { assertRejected, errorOf, json, streamInput } from "./testing.mjs";

const WHISPER = "@cf/openai/whisper";
const TINY = "@cf/openai/whisper-tiny-en";
const TURBO = "@cf/openai/whisper-large-v3-turbo";
const NOVA = "@cf/deepgram/nova-3";

const sound = { seconds: 5, text: "", rate: 16000, bitRate: 48000, pitch: 200 };
const wordless = ENCODERS["wav linear16"](sound).slice(0, 44 + 160000);
const silence = concat([wordless.slice(0, 44), new Uint8Array(160000)]);
const saying = (text) => concat([wordless, new TextEncoder().encode(`[[say:${text}]]`)]);

/** The same audio in every way that a model takes. */
const ways = (data) => ({
  [WHISPER]: [{ audio: [...data] }, { audio: streamInput(data, "audio/wav") }],
  [TINY]: [{ audio: [...data] }, { audio: streamInput(data, "audio/wav") }],
  [TURBO]: [{ audio: toBase64(data) }, { audio: streamInput(data, "audio/wav") }],
  [NOVA]: [
    { audio: { body: toBase64(data), contentType: "audio/wav" } },
    { audio: streamInput(data, "audio/wav") },
  ],
});

const heard = (body) => body.text ?? body.results.channels[0].alternatives[0].transcript;

test("each model accepts its forms of audio and transcribes [[say:…]]", async () => {
  for (const [model, all] of Object.entries(ways(saying("hello there")))) {
    for (const inputs of all) assert.equal(heard(await json(model, inputs)), "hello there", model);
  }
});

test("a recording without text has two words a second", async () => {
  const { text, word_count } = await json(TURBO, { audio: toBase64(wordless) });
  assert.equal(text, "Alpha bravo charlie delta echo foxtrot golf hotel. India juliett.");
  assert.equal(word_count, 10);
  const ogg = latin1Bytes(`OggS${"\0".repeat(31996)}`);
  assert.equal((await json(WHISPER, { audio: [...ogg] })).word_count, 4);
});

test("whisper: words with timestamps and its own kind of vtt", async () => {
  const body = await json(WHISPER, { audio: [...saying("Hello big world.")] });
  assert.deepEqual(body, {
    text: "Hello big world.",
    word_count: 3,
    words: [
      { word: "Hello", start: 0, end: 1.67 },
      { word: "big", start: 1.67, end: 3.33 },
      { word: "world.", start: 3.33, end: 5 },
    ],
    vtt: "WEBVTT\n\n00.000 --> 05.000\nHello big world.",
  });
});

test("turbo: information, segments with words, no words at the top", async () => {
  const body = await json(TURBO, { audio: toBase64(wordless), language: "fr", vad_filter: true });
  assert.deepEqual(body.transcription_info, {
    language: "fr",
    language_probability: 1,
    duration: 5,
    duration_after_vad: 4.5,
  });
  assert.ok(!("words" in body));
  assert.equal(body.segments.length, 2);
  const [first, second] = body.segments;
  assert.deepEqual([first.start, first.end, second.start, second.end], [0, 4, 4, 5]);
  assert.equal(first.text, " Alpha bravo charlie delta echo foxtrot golf hotel.");
  assert.deepEqual(first.words[1], { word: " bravo", start: 0.5, end: 1 });
  for (const key of ["temperature", "avg_logprob", "compression_ratio", "no_speech_prob"]) {
    assert.equal(typeof first[key], "number", key);
  }
  assert.match(body.vtt, /^WEBVTT\n\n00\.000 --> 04\.000\nAlpha .*\n\n04\.000 --> 05\.000\nIndia/s);
  const plain = (await json(TURBO, { audio: toBase64(wordless) })).transcription_info;
  assert.deepEqual([plain.language, plain.duration_after_vad], ["en", 5]);
});

test("timestamps of a vtt have minutes from one minute on", async () => {
  const minutes = ENCODERS["wav linear16"]({ ...sound, seconds: 90, rate: 8000 });
  const { vtt } = await json(WHISPER, {
    audio: streamInput(minutes.slice(0, 44 + 1440000), "audio/wav"),
  });
  assert.match(vtt, /\n\n56\.000 --> 01:00\.000\n/);
  assert.match(vtt, /\n\n01:28\.000 --> 01:30\.000\n/);
});

test("nova-3: bare words unless punctuation is on", async () => {
  const inputs = { audio: { body: toBase64(saying("Hello, world.")), contentType: "audio/wav" } };
  const alternative = async (more) =>
    (await json(NOVA, { ...inputs, ...more })).results.channels[0].alternatives[0];
  const bare = await alternative();
  assert.deepEqual(bare, {
    transcript: "hello world",
    confidence: 0.98,
    words: [
      { word: "hello", start: 0, end: 2.5, confidence: 0.98 },
      { word: "world", start: 2.5, end: 5, confidence: 0.98 },
    ],
  });
  const formatted = await alternative({ smart_format: true });
  assert.equal(formatted.transcript, "Hello, world.");
  assert.equal(formatted.words[0].punctuated_word, "Hello,");
  const { results } = await json(NOVA, { ...inputs, detect_language: true });
  assert.equal(results.channels[0].detected_language, "en");
});

test("a translated transcript says so", async () => {
  const inputs = { audio: toBase64(saying("Bonjour")), task: "translate", language: "fr" };
  const { text, transcription_info } = await json(TURBO, inputs);
  assert.deepEqual([text, transcription_info.language], ["In English: Bonjour", "fr"]);
});

test("silence is a word for whisper, empty for turbo, an error for nova-3", async () => {
  assert.equal((await json(WHISPER, { audio: streamInput(silence, "audio/wav") })).text, "you");
  const body = await json(TURBO, { audio: toBase64(silence) });
  assert.deepEqual([body.text, body.segments, body.vtt], ["", [], "WEBVTT"]);
  assert.equal(body.transcription_info.duration, 5);
  const { status, code, text } = await errorOf(NOVA, { audio: streamInput(silence, "audio/wav") });
  assert.deepEqual([status, code], [400, 3030]);
  assert.match(text, /failed to process audio: corrupt or unsupported data/);
});

test("unknown formats are a 3030, empty audio a 5006, invalid base64 a 5004", async () => {
  for (const [model, all] of Object.entries(ways(latin1Bytes("This is no audio.")))) {
    for (const inputs of all) {
      const { status, code } = await errorOf(model, inputs);
      assert.deepEqual([status, code], [400, 3030], model);
    }
  }
  for (const [model, all] of Object.entries(ways(new Uint8Array(0)))) {
    for (const inputs of all) assert.equal((await errorOf(model, inputs)).code, 5006, model);
  }
  assert.equal((await errorOf(TURBO, { audio: "no base64!" })).code, 5004);
});

test("the wrong form of audio is a 5006", async () => {
  await assertRejected(WHISPER, [
    ["base64", { audio: toBase64(wordless) }, /'array' not in 'string'/],
    ["bytes", { audio: wordless }, /'array' not in 'object'/],
    ["nothing", {}, /are 'audio'/],
  ]);
  await assertRejected(TURBO, [
    ["numbers", { audio: [...wordless.slice(0, 100)] }, /'string' not in 'array'/],
    ["vad_filter", { audio: toBase64(wordless), vad_filter: "yes" }],
    ["beam_size", { audio: streamInput(wordless, "audio/wav"), beam_size: 1.5 }],
  ]);
  const boxed = /^Error: required properties at '\/audio' are 'body,contentType'$/;
  await assertRejected(NOVA, [
    ["base64", { audio: toBase64(wordless) }, boxed],
    ["bytes", { audio: { body: wordless, contentType: "audio/wav" } }, boxed],
    ["no type", { audio: { body: toBase64(wordless) } }, /'\/audio' are 'body,contentType'/],
    ["mode", { audio: { body: toBase64(wordless), contentType: "a/b" }, mode: "fast" }],
  ]);
});

test("turbo's engine rejects unknown languages and tasks", async () => {
  const audio = toBase64(wordless);
  for (const more of [{ language: "english" }, { language: "en-US" }, { task: "sing" }]) {
    assert.equal((await errorOf(TURBO, { audio, ...more })).code, 3030);
  }
  await json(TURBO, { audio, language: "yue" });
});

test("flux accepts websockets only", async () => {
  const { status, code } = await errorOf("@cf/deepgram/flux", { encoding: "linear16" });
  assert.deepEqual([status, code], [405, 5005]);
});

test("plain models: every form of audio, three forms of transcript", async () => {
  const data = saying("Hello");
  const all = Object.values(ways(data)).flat();
  for (const inputs of all) assert.equal((await json("@mock/transcription", inputs)).text, "Hello");
  const audio = toBase64(data);
  assert.deepEqual(await json("@mock/transcription/text-only", { audio }), { text: "Hello" });
  assert.ok((await json("@mock/transcription/whisper", { audio })).words);
  assert.ok((await json("@mock/transcription/deepgram", { audio })).results);
});
