import assert from "node:assert/strict";
import { test } from "node:test";
import { rows } from "./catalogue.mjs";
import { fromBase64, hasText, toBase64 } from "./media/bytes.mjs";
import { inspectAudio } from "./media/sounds.mjs";
import { ask, assertAccepted, assertRejected, errorOf, file, json } from "./testing.mjs";

const MELO = "@cf/myshell-ai/melotts";
const AURA1 = "@cf/deepgram/aura-1";
const AURA2 = "@cf/deepgram/aura-2-en";
const TURBO = "@cf/openai/whisper-large-v3-turbo";
const text = "A sentence of forty-five letters, three secs.";

test("melotts returns base64 of MP3 in JSON", async () => {
  const { audio, ...rest } = await json(MELO, { prompt: text });
  assert.deepEqual(rest, {});
  assert.equal(inspectAudio(fromBase64(audio))?.type, "audio/mpeg");
});

test("melotts supports some languages; es and fr are an 8002", async () => {
  for (const lang of ["en", "EN", "zh", "jp", "kr"]) await json(MELO, { prompt: "x", lang });
  for (const lang of ["es", "fr", "xx"]) {
    const { status, code, text } = await errorOf(MELO, { prompt: "x", lang });
    assert.deepEqual([status, code], [400, 8002]);
    assert.match(text, /Invalid input/);
  }
  await assertRejected(MELO, [
    ["text", { text: "hello" }, /are 'prompt'/],
    ["empty", { prompt: "" }],
    ["lang", { prompt: "x", lang: 1 }],
  ]);
});

test("aura returns MP3 by default, always as audio/mpeg", async () => {
  /** @type {[object, string][]} */
  const given = [
    [{}, "ID3"],
    [{ encoding: "mp3", bit_rate: 32000 }, "ID3"],
    [{ encoding: "linear16" }, "RIFF"],
    [{ encoding: "linear16", container: "wav", sample_rate: 8000 }, "RIFF"],
    [{ encoding: "mulaw" }, "RIFF"],
    [{ encoding: "alaw", sample_rate: 16000 }, "RIFF"],
    [{ encoding: "opus", container: "ogg", bit_rate: 64000 }, "OggS"],
    [{ encoding: "flac", container: "none" }, "fLaC"],
    [{ encoding: "aac" }, "\xff\xf1"],
  ];
  for (const [more, magic] of given) {
    const { type, data } = await file(AURA2, { text, ...more });
    assert.equal(type, "audio/mpeg");
    assert.ok(hasText(data, 0, magic), JSON.stringify(more));
  }
});

test("a WAV has the requested rate and the length of its text", async () => {
  for (const [sample_rate, bytes] of [
    [undefined, 24000],
    [8000, 8000],
    [48000, 48000],
  ]) {
    const { data } = await file(AURA1, { text, encoding: "linear16", sample_rate });
    assert.equal(new DataView(data.buffer).getUint32(24, true), bytes);
    assert.equal(inspectAudio(data)?.seconds, 3);
  }
  const raw = await file(AURA1, { text, encoding: "linear16", container: "none" });
  assert.equal(raw.data.length, 3 * 24000 * 2);
  const short = await file(AURA1, { text: "Hi", encoding: "linear16" });
  assert.equal(inspectAudio(short.data)?.seconds, 0.5);
});

test("rejects combinations that Deepgram rejects", async () => {
  /** @type {[object, RegExp?][]} */
  const cases = [
    [{ encoding: "opus", container: "none" }, /`container=none` is invalid when `encoding=opus`/],
    [{ encoding: "mp3", container: "wav" }, /container=wav/],
    [{ encoding: "mp3", sample_rate: 44100 }, /sample_rate=44100/],
    [{ encoding: "mp3", bit_rate: 64000 }, /bit_rate=64000/],
    [{ encoding: "linear16", sample_rate: 44100 }],
    [{ encoding: "linear16", bit_rate: 48000 }],
    [{ encoding: "aac", bit_rate: 3000 }],
    [{ encoding: "opus", bit_rate: 700000 }],
  ];
  for (const [more, pattern = /is invalid/] of cases) {
    const { status, code, text: found } = await errorOf(AURA2, { text, ...more });
    assert.deepEqual([status, code], [400, 3030], JSON.stringify(more));
    assert.match(found, pattern);
  }
});

test("aura rejects other inputs and long texts", async () => {
  await assertRejected(AURA2, [
    ["no text", {}, /are 'text'/],
    ["speaker", { text, speaker: "alloy" }, /'\/speaker' must be one of 'amalthea'/],
    ["speaker of aura-1", { text, speaker: "angus" }],
    ["encoding", { text, encoding: "vorbis" }],
    ["container", { text, container: "mp4" }],
    ["rate", { text, sample_rate: "24000" }],
  ]);
  await assertAccepted(AURA2, [["what it does not know", { text, voice: "luna", speed: 2 }]]);
  assert.equal((await errorOf(AURA1, { text: "x".repeat(2001) })).code, 3030);
  assert.equal((await errorOf(AURA1, { text: " " })).code, 3030);
  assert.equal((await ask(AURA1, { text: "x".repeat(2000) })).status, 200);
});

test("every speaker of every row has its own pitch", async () => {
  for (const { id, speakers } of rows.filter(({ speakers }) => speakers)) {
    const voices = new Set();
    for (const speaker of speakers) {
      const { data } = await file(id, { text: "Hi", speaker, encoding: "linear16" });
      voices.add(toBase64(data.slice(44, 1000)));
    }
    assert.ok(voices.size > speakers.length / 2, id);
  }
});

test("speech can be transcribed again", async () => {
  for (const encoding of ["linear16", "mp3", "opus", "flac"]) {
    const { data } = await file(AURA2, { text: "Hello 你好!", encoding });
    assert.equal((await json(TURBO, { audio: toBase64(data) })).text, "Hello 你好!", encoding);
  }
  const { audio } = await json(MELO, { prompt: "Hello" });
  assert.equal((await json(TURBO, { audio })).text, "Hello");
});

test("quirks of speech", async () => {
  const wav = await file("@mock/speech/wav", { text, encoding: "mp3" });
  assert.ok(wav.type === "audio/mpeg" && hasText(wav.data, 0, "RIFF"));
  assert.ok((await json("@mock/speech/json", { prompt: "x" })).audio);
  assert.ok(await file("@mock/speech", { text, speaker: "anybody" }));
});
