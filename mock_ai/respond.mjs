/**
 * Answers as Responses, with bodies as the binding gives them: byte streams in pieces.
 */
import { byteBody } from "./streams.mjs";

const PIECE = 16384;

/** A JSON answer, after the model's quirk (`reshape`) has had its way with it. */
export function jsonResponse({ model, options }, body) {
  const data = new TextEncoder().encode(JSON.stringify(model.reshape(body)));
  return new Response(byteBody(split(data), { signal: options.signal }), {
    headers: { "content-type": model.contentType },
  });
}

/** A file as the answer. Quirks of streams act on it, as far as they concern bytes. */
export function binaryResponse({ model, options }, data, contentType) {
  const { transport } = model;
  // Whoever looks at the first bytes may not get them all at once.
  const loose = transport.cut === "bytes" ? 32 : 0;
  const frames = [
    ...split(data.subarray(0, loose), 1),
    ...split(data.subarray(loose), Math.min(PIECE, Math.ceil(data.length / 8))),
  ].map((bytes) => ({ bytes }));
  const chunks = model
    .edit(frames)
    .filter(({ bytes, fail }) => bytes || fail)
    .map(({ bytes, fail }) => bytes ?? new Error(fail));
  return new Response(byteBody(chunks, { ...transport, signal: options.signal }), {
    headers: { "content-type": contentType },
  });
}

/** Copies: a byte stream takes the memory of what it is given. */
function split(data, size = PIECE) {
  const amount = Math.ceil(data.length / size);
  return Array.from({ length: amount }, (_, index) => data.slice(index * size, (index + 1) * size));
}
