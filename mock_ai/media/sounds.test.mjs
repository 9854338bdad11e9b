import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, hasText, latin1Bytes, latin1Text, littleEndian } from "./bytes.mjs";
import { ENCODERS, findSpokenText, inspectAudio } from "./sounds.mjs";

const SOUND = { seconds: 3, text: "Grüße 你好 [[x]]", rate: 24000, bitRate: 48000, pitch: 220 };
const make = (name, more) => ENCODERS[name]({ ...SOUND, ...more });

function view(data) {
  return new DataView(data.buffer, data.byteOffset, data.byteLength);
}

/** The chunks of a WAV, name → data; their sizes must add up. */
function chunks(data) {
  assert.ok(hasText(data, 0, "RIFF") && hasText(data, 8, "WAVE"));
  assert.equal(view(data).getUint32(4, true), data.length - 8);
  const found = {};
  let at = 12;
  for (; at < data.length; ) {
    const size = view(data).getUint32(at + 4, true);
    found[latin1Text(data.subarray(at, at + 4))] = data.subarray(at + 8, at + 8 + size);
    at += 8 + size + (size % 2);
  }
  assert.equal(at, data.length);
  return found;
}

test("a WAV has the right header and number of samples", () => {
  /** @type {[string, number, number, number][]} */
  const formats = [
    ["linear16", 1, 16, 16000],
    ["mulaw", 7, 8, 8000],
    ["alaw", 6, 8, 8000],
  ];
  for (const [encoding, tag, bits, rate] of formats) {
    const { "fmt ": format, data } = chunks(make(`wav ${encoding}`, { rate }));
    const fmt = view(format);
    const [found, channels] = [fmt.getUint16(0, true), fmt.getUint16(2, true)];
    assert.deepEqual([found, channels, fmt.getUint16(14, true)], [tag, 1, bits]);
    assert.deepEqual([fmt.getUint32(4, true), fmt.getUint32(8, true)], [rate, (rate * bits) / 8]);
    assert.equal(data.length, (3 * rate * bits) / 8);
    assert.deepEqual(make(`none ${encoding}`, { rate }), data.slice());
  }
});

test("MP3 is frames of MPEG-2 layer III to the last byte", () => {
  for (const bitRate of [32000, 48000, 64000]) {
    const data = make("mp3", { bitRate });
    assert.ok(hasText(data, 0, "ID3\x04"));
    const tag = data.subarray(6, 10).reduce((size, byte) => size * 128 + byte, 0);
    let at = 10 + tag;
    let frames = 0;
    for (; at < data.length; frames++) {
      assert.deepEqual([data[at], data[at + 1]], [0xff, 0xf3]);
      const rates = [0, 8, 16, 24, 32, 40, 48, 56, 64];
      assert.equal(rates[data[at + 2] >> 4] * 1000, bitRate);
      at += Math.floor((72 * bitRate) / 22050);
    }
    assert.equal(at, data.length);
    assert.equal(Math.round((frames * 576) / 22050), 3);
  }
});

test("AAC is ADTS frames to the last byte", () => {
  const data = make("aac");
  let frames = 0;
  for (let at = 0; at < data.length; frames++) {
    assert.deepEqual([data[at], data[at + 1] & 0xf6], [0xff, 0xf0]);
    at += ((data[at + 3] & 3) << 11) | (data[at + 4] << 3) | (data[at + 5] >> 5);
  }
  assert.equal(Math.round((frames * 1024) / 22050), 3);
});

test("Ogg is pages in order with checksums, of Opus head, tags and packets", () => {
  const data = make("ogg opus");
  const pages = [];
  for (let at = 0; at < data.length; ) {
    assert.ok(hasText(data, at, "OggS\0"));
    assert.equal(view(data).getUint32(at + 18, true), pages.length);
    const lacing = data.subarray(at + 27, at + 27 + data[at + 26]);
    const size = 27 + lacing.length + lacing.reduce((sum, length) => sum + length, 0);
    const page = data.slice(at, at + size);
    const sum = view(page).getUint32(22, true);
    page.set([0, 0, 0, 0], 22);
    assert.equal(oggSum(page), sum);
    pages.push(page);
    at += size;
  }
  assert.ok(hasText(pages[0], 28, "OpusHead") && hasText(pages[1], 28, "OpusTags"));
  assert.deepEqual([pages[0][5], pages.at(-1)[5]], [2, 4]);
  assert.equal(view(pages.at(-1)).getUint32(6, true), 3 * 48000);
});

/** Bit by bit, as RFC 3533 has it. */
function oggSum(data) {
  let value = 0n;
  for (const byte of data) {
    value ^= BigInt(byte) << 24n;
    for (let bit = 0; bit < 8; bit++) {
      value <<= 1n;
      if (value >> 32n) value ^= 0x104c11db7n;
    }
  }
  return Number(value);
}

test("FLAC has the right header and a frame per block", () => {
  const data = make("flac", { rate: 48000 });
  assert.ok(hasText(data, 0, "fLaC"));
  const info = view(data.subarray(8));
  assert.equal(info.getUint32(10) >>> 12, 48000);
  const blocks = info.getUint32(14) / 4096;
  assert.equal(Math.round((blocks * 4096) / 48000), 3);
  assert.equal(latin1Text(data).split("\xff\xf8\xc0\x08").length - 1, blocks);
});

test("finds the spoken text, except in AAC and in silence", () => {
  for (const name of Object.keys(ENCODERS)) {
    const said = name === "aac" || name.startsWith("none") ? undefined : "Grüße 你好 [[x] ]";
    assert.equal(findSpokenText(make(name)), said, name);
    const appended = concat([make(name), latin1Bytes("[[say:later]]")]);
    assert.equal(findSpokenText(appended), said ?? "later", name);
  }
});

test("detects types by their first bytes, lengths by the header of a WAV", () => {
  const types = {
    "wav linear16": "audio/wav",
    mp3: "audio/mpeg",
    flac: "audio/flac",
    "ogg opus": "audio/ogg",
    aac: "audio/aac",
  };
  for (const [name, type] of Object.entries(types))
    assert.equal(inspectAudio(make(name))?.type, type);
  assert.deepEqual(inspectAudio(make("wav linear16")), {
    type: "audio/wav",
    seconds: 3,
    silent: false,
  });
  assert.equal(inspectAudio(latin1Bytes(`\x1a\x45\xdf\xa3${"\0".repeat(31996)}`))?.seconds, 2);
  for (const text of ["", "RIFF\0\0\0\0WAVE", "RIFF\0\0\0\0WAVEfmt ", "no audio", "\xff"]) {
    assert.equal(inspectAudio(latin1Bytes(text)), undefined, text);
  }
});

test("a WAV without a length extends to its end; one of equal bytes is silent", () => {
  const head = make("wav linear16", { seconds: 0 }).slice(0, 40);
  for (const size of [0, 0xffffffff]) {
    const data = concat([head, littleEndian(4, size), new Uint8Array(48000)]);
    assert.deepEqual(inspectAudio(data), { type: "audio/wav", seconds: 1, silent: true });
  }
});
