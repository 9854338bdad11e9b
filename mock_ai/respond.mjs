/**
 * Builds Responses with bodies like the binding's: byte streams in pieces.
 */
import { byteBody } from "./streams.mjs";

const PIECE = 16384;

/** Builds a JSON answer, changed by the model's quirk (`reshape`). */
export function jsonResponse({ model, options }, body) {
  const data = new TextEncoder().encode(JSON.stringify(model.reshape(body)));
  return new Response(byteBody(split(data), { signal: options.signal }), {
    headers: { "content-type": model.contentType },
  });
}

/** Builds an answer that is a file. Quirks of streams apply as far as they concern bytes. */
export function binaryResponse({ model, options }, data, contentType) {
  const { transport } = model;
  // Readers that sniff the first bytes must not rely on getting them in one piece.
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

/** Copies, since a byte stream takes over the memory of its chunks. */
function split(data, size = PIECE) {
  const amount = Math.ceil(data.length / size);
  return Array.from({ length: amount }, (_, index) => data.slice(index * size, (index + 1) * size));
}
