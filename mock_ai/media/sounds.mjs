/**
 * Writes short recordings in the encodings of speech models, and inspects recordings. The spoken
 * text is in a comment of the file, as `[[say:…]]`; it is not audible.
 *
 * Formats: RIFF WAVE; MPEG-2 audio layer III (ISO 13818-3) with ID3v2.4; FLAC (RFC 9639); Opus
 * in Ogg (RFC 7845, RFC 3533); AAC in ADTS (ISO 14496-3). All but WAV are silent.
 */
import { bigEndian, concat, hasText, latin1Bytes, latin1Text, littleEndian } from "./bytes.mjs";

/**
 * @typedef {{seconds: number, text: string, rate: number, bitRate: number, pitch: number}} Sound
 *   `rate` in samples per second, `bitRate` in bits per second, `pitch` in Hz
 *
 * @type {Record<string, (sound: Sound) => Uint8Array>} container and encoding → bytes
 */
export const ENCODERS = {
  "wav linear16": (sound) => wav(sound, { format: 1, bits: 16, data: linear16(sound) }),
  "wav mulaw": (sound) => wav(sound, { format: 7, bits: 8, data: eightBits(sound, 0xce, 0x4e) }),
  "wav alaw": (sound) => wav(sound, { format: 6, bits: 8, data: eightBits(sound, 0xe4, 0x64) }),
  "none linear16": linear16,
  "none mulaw": (sound) => eightBits(sound, 0xce, 0x4e),
  "none alaw": (sound) => eightBits(sound, 0xe4, 0x64),
  mp3,
  flac,
  "ogg opus": opus,
  aac,
};

const comment = ({ text }) => new TextEncoder().encode(`[[say:${text.replaceAll("]]", "] ]")}]]`);

// WAV

/** @param {Sound} sound */
function linear16({ seconds, rate, pitch }) {
  const samples = new Int16Array(Math.round(seconds * rate));
  const step = (2 * Math.PI * pitch) / rate;
  for (let at = 0; at < samples.length; at++) samples[at] = Math.round(3000 * Math.sin(step * at));
  return new Uint8Array(samples.buffer);
}

/**
 * Returns a square wave between two µ-law or A-law codes.
 *
 * @param {Sound} sound
 * @param {number} high
 * @param {number} low
 */
function eightBits({ seconds, rate, pitch }, high, low) {
  const half = Math.max(1, Math.round(rate / pitch / 2));
  return Uint8Array.from({ length: Math.round(seconds * rate) }, (_, at) =>
    Math.floor(at / half) % 2 ? low : high,
  );
}

function wav(sound, { format, bits, data }) {
  const { rate } = sound;
  const size = bits / 8;
  const parts = [
    latin1Bytes("WAVE"),
    riff(
      "fmt ",
      concat([
        littleEndian(2, format, 1),
        littleEndian(4, rate, rate * size),
        littleEndian(2, size, bits),
      ]),
    ),
    riff("data", data),
    riff("LIST", concat([latin1Bytes("INFO"), riff("ICMT", comment(sound))])),
  ];
  return riff("RIFF", concat(parts));
}

function riff(name, data) {
  return concat([
    latin1Bytes(name),
    littleEndian(4, data.length),
    data,
    new Uint8Array(data.length % 2),
  ]);
}

// MP3: 22,050 samples per second, one channel, 576 samples a frame

const MP3_RATE = 22050;
const MP3_SAMPLES = 576;
const MP3_RATES = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

function mp3(sound) {
  const { seconds, bitRate } = sound;
  const index = MP3_RATES.indexOf(bitRate / 1000) + 1;
  const frame = new Uint8Array(Math.floor((72 * bitRate) / MP3_RATE));
  // No side information and no data: silence.
  frame.set([0xff, 0xf3, index << 4, 0xc4]);
  const amount = Math.max(1, Math.round((seconds * MP3_RATE) / MP3_SAMPLES));
  return concat([id3(sound), ...Array(amount).fill(frame)]);
}

function id3(sound) {
  const content = concat([Uint8Array.of(3), latin1Bytes("\0"), comment(sound)]);
  const frame = concat([
    latin1Bytes("TXXX"),
    synchsafe(content.length),
    new Uint8Array(2),
    content,
  ]);
  return concat([latin1Bytes("ID3"), Uint8Array.of(4, 0, 0), synchsafe(frame.length), frame]);
}

function synchsafe(size) {
  return Uint8Array.from([21, 14, 7, 0], (shift) => (size >>> shift) & 0x7f);
}

// FLAC: every block is one constant sample

const FLAC_BLOCK = 4096;

function flac(sound) {
  const { seconds, rate } = sound;
  const amount = Math.max(1, Math.round((seconds * rate) / FLAC_BLOCK));
  const info = new Uint8Array(34);
  info.set(bigEndian(2, FLAC_BLOCK, FLAC_BLOCK));
  // 20 bits of rate, 3 of channels less one, 5 of bits less one, 36 of samples; no checksum.
  info.set(bigEndian(4, ((rate << 12) | (15 << 4)) >>> 0, amount * FLAC_BLOCK), 10);
  const key = latin1Bytes("COMMENT=");
  const entry = concat([key, comment(sound)]);
  const comments = concat([
    littleEndian(4, 4),
    latin1Bytes("mock"),
    littleEndian(4, 1, entry.length),
    entry,
  ]);
  return concat([
    latin1Bytes("fLaC"),
    Uint8Array.of(0, 0, 0, info.length),
    info,
    bigEndian(4, (0x84 << 24) | comments.length),
    comments,
    ...Array.from({ length: amount }, (_, number) => flacFrame(number)),
  ]);
}

function flacFrame(number) {
  const head = concat([Uint8Array.of(0xff, 0xf8, 0xc0, 0x08), codePoint(number)]);
  const body = concat([head, Uint8Array.of(crc(head, 8, 0x07)), new Uint8Array(3)]);
  return concat([body, bigEndian(2, crc(body, 16, 0x8005))]);
}

/** Encodes a number as UTF-8 does. */
function codePoint(number) {
  return new TextEncoder().encode(String.fromCodePoint(number < 0xd800 ? number : number + 0x800));
}

/** A CRC of `bits` bits, highest bit first, starting from 0. */
function crc(data, bits, polynomial) {
  const top = 2 ** (bits - 1);
  let value = 0;
  for (const byte of data) {
    value = (value ^ (byte << (bits - 8))) >>> 0;
    for (let bit = 0; bit < 8; bit++) {
      const carry = value >= top;
      value = (((value * 2) % 2 ** bits) ^ (carry ? polynomial : 0)) >>> 0;
    }
  }
  return value;
}

// Opus: 20 ms a packet, 50 packets a page

const OPUS_RATE = 48000;
const SILENCE = Uint8Array.of(0xf8, 0xff, 0xfe);
const PACKETS = 50;

function opus(sound) {
  const amount = Math.max(1, Math.round(sound.seconds * 50));
  const comments = concat([latin1Bytes("COMMENT="), comment(sound)]);
  const pages = [
    oggPage(
      [
        concat([
          latin1Bytes("OpusHead\x01\x01"),
          littleEndian(2, 0),
          littleEndian(4, OPUS_RATE),
          new Uint8Array(3),
        ]),
      ],
      {
        kind: 2,
      },
    ),
    oggPage(
      [
        concat([
          latin1Bytes("OpusTags"),
          littleEndian(4, 4),
          latin1Bytes("mock"),
          littleEndian(4, 1, comments.length),
          comments,
        ]),
      ],
      { sequence: 1 },
    ),
  ];
  for (let written = 0; written < amount; ) {
    const packets = Math.min(PACKETS, amount - written);
    written += packets;
    const last = written === amount ? 4 : 0;
    const position = { sequence: pages.length, samples: written * (OPUS_RATE / 50), kind: last };
    pages.push(oggPage(Array(packets).fill(SILENCE), position));
  }
  return concat(pages);
}

function oggPage(packets, { kind = 0, sequence = 0, samples = 0 }) {
  const lacing = packets.flatMap(({ length }) => [
    ...Array(Math.floor(length / 255)).fill(255),
    length % 255,
  ]);
  const page = concat([
    latin1Bytes("OggS\0"),
    Uint8Array.of(kind),
    littleEndian(4, samples, 0, 1, sequence, 0),
    Uint8Array.of(lacing.length, ...lacing),
    ...packets,
  ]);
  page.set(littleEndian(4, crc(page, 32, 0x04c11db7)), 22);
  return page;
}

// AAC: 22,050 samples per second, one channel, 1024 samples a frame

const AAC_SILENCE = Uint8Array.of(0x00, 0xc8, 0x00, 0x80, 0x23, 0x80);

function aac({ seconds }) {
  const size = 7 + AAC_SILENCE.length;
  const head = [0xff, 0xf1, 0x5c, 0x40, size >> 3, ((size & 7) << 5) | 0x1f, 0xfc];
  const frame = concat([Uint8Array.from(head), AAC_SILENCE]);
  const amount = Math.max(1, Math.round((seconds * 22050) / 1024));
  return concat(Array(amount).fill(frame));
}

// Inspection

/** For recordings without a known length: 128,000 bits per second. */
const USUAL_BYTES_PER_SECOND = 16000;

// Type, offset and the bytes there.
/** @type {[string, number, string][]} */
const MAGIC = [
  ["audio/mpeg", 0, "ID3"],
  ["audio/ogg", 0, "OggS"],
  ["audio/flac", 0, "fLaC"],
  ["audio/webm", 0, "\x1a\x45\xdf\xa3"],
  ["audio/mp4", 4, "ftyp"],
  ["audio/aiff", 0, "FORM"],
  ["audio/x-caf", 0, "caff"],
  ["audio/amr", 0, "#!AMR"],
];

/**
 * Returns type and length of a recording, undefined if its type is unknown.
 *
 * @returns {{type: string, seconds: number, silent: boolean}|undefined} `silent` is detected in
 *   WAV only
 */
export function inspectAudio(data) {
  if (hasText(data, 0, "RIFF") && hasText(data, 8, "WAVE")) return inspectWav(data);
  const type = MAGIC.find(([, at, magic]) => hasText(data, at, magic))?.[0] ?? mpegType(data);
  if (!type) return undefined;
  return { type, seconds: data.length / USUAL_BYTES_PER_SECOND, silent: false };
}

/** MPEG audio frames begin with eleven ones; the bits after them tell the layers from ADTS. */
function mpegType(data) {
  if (data[0] !== 0xff || (data[1] & 0xe0) !== 0xe0) return undefined;
  return (data[1] & 0x06) === 0 ? "audio/aac" : "audio/mpeg";
}

function inspectWav(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let format;
  for (let at = 12; at + 8 <= data.length; ) {
    const name = latin1Text(data.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name === "fmt " && start + 16 <= data.length) {
      format = { perSecond: view.getUint32(start + 8, true) };
    }
    if (name === "data") {
      if (!format?.perSecond) return undefined;
      // A size of 0 is from a streaming writer: the samples extend to the end.
      const samples = data.subarray(start, size ? start + size : data.length);
      const silent = samples.every((value) => value === samples[0]);
      return { type: "audio/wav", seconds: samples.length / format.perSecond, silent };
    }
    at = start + size + (size % 2);
  }
  return undefined;
}

const SEARCH_WINDOW = 8192;

/** Returns the text of a `[[say:…]]` near the beginning or the end of a recording. */
export function findSpokenText(data) {
  const windows = [
    data.subarray(0, SEARCH_WINDOW),
    data.subarray(Math.max(0, data.length - SEARCH_WINDOW)),
  ];
  for (const bytes of windows) {
    const spoken = /\[\[say:(.*?)\]\](?!\])/s.exec(latin1Text(bytes))?.[1];
    if (spoken !== undefined) return new TextDecoder().decode(latin1Bytes(spoken));
  }
  return undefined;
}
