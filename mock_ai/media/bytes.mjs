/** Conversions of bytes. */
import { AiError } from "../errors.mjs";

/** Concatenates pieces. */
export function concat(pieces) {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Encodes a text whose characters are all below 256. */
export function latin1Bytes(text) {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Decodes to one character per byte. */
export function latin1Text(data) {
  const parts = [];
  for (let at = 0; at < data.length; at += 0x8000) {
    parts.push(String.fromCharCode(...data.subarray(at, at + 0x8000)));
  }
  return parts.join("");
}

export function toBase64(data) {
  return btoa(latin1Text(data));
}

/** Throws 5004 if the text is not base64. */
export function fromBase64(text) {
  try {
    return latin1Bytes(atob(text));
  } catch {
    throw new AiError(5004);
  }
}

/** Encodes numbers of `size` bytes each, lowest byte first. */
export function littleEndian(size, ...values) {
  return numbers(size, values, true);
}

/** Encodes numbers of `size` bytes each, highest byte first. */
export function bigEndian(size, ...values) {
  return numbers(size, values, false);
}

function numbers(size, values, littleEndian) {
  const data = new Uint8Array(size * values.length);
  const view = new DataView(data.buffer);
  const write = { 1: "setUint8", 2: "setUint16", 4: "setUint32" }[size];
  for (const [index, value] of values.entries()) view[write](index * size, value, littleEndian);
  return data;
}

/** Whether the bytes at an offset are these characters. */
export function hasText(data, at, text) {
  return latin1Text(data.subarray(at, at + text.length)) === text;
}
