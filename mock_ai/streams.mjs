/**
 * Encodes frames of a server-sent event stream, and streams bytes as the binding does.
 *
 * @typedef {{data?: any, event?: string, comment?: string, fail?: string}} Frame
 * @typedef {{eol?: string, cut?: "bytes"|"packed", lastBlank?: boolean, wait?: number,
 *   stall?: boolean}} Transport
 */
import { state } from "./state.mjs";

const encoder = new TextEncoder();

const ONE_DAY_MS = 86_400_000;

export const DONE = { data: "[DONE]" };

/**
 * Returns one chunk of bytes per frame, unless the transport cuts differently. A frame `{fail}`
 * becomes an Error in the list: there the body fails.
 *
 * @param {Frame[]} frames
 * @param {Transport} [transport]
 * @returns {(Uint8Array<ArrayBuffer> | Error)[]}
 */
export function encodeFrames(frames, { eol = "\n", cut, lastBlank = true } = {}) {
  const texts = frames.map((frame, index) => {
    if (frame.fail) return new Error(frame.fail);
    if (frame.comment !== undefined) return `: ${frame.comment}${eol}${eol}`;
    const data = typeof frame.data === "string" ? frame.data : JSON.stringify(frame.data);
    const event = frame.event ? `event: ${frame.event}${eol}` : "";
    const end = lastBlank || index < frames.length - 1 ? eol + eol : "";
    return `${event}data: ${data}${end}`;
  });
  if (cut === "packed") return group(texts, 7).map((texts) => encoder.encode(texts.join("")));
  const chunks = texts.map((text) => (text instanceof Error ? text : encoder.encode(text)));
  if (cut !== "bytes") return chunks;
  /** @type {(Uint8Array<ArrayBuffer> | Error)[]} */
  const bytes = [];
  for (const chunk of chunks) {
    if (chunk instanceof Error) bytes.push(chunk);
    else for (const byte of chunk) bytes.push(Uint8Array.of(byte));
  }
  return bytes;
}

function group(items, size) {
  const amount = Math.ceil(items.length / size);
  return Array.from({ length: amount }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/**
 * Returns a byte stream with one chunk per pull, as upstream bodies have.
 *
 * It waits `wait` ms before each chunk; with `stall` it stays open after the last one. The signal's
 * abort fails the body with its reason.
 *
 * @param {Iterable<Uint8Array<ArrayBuffer> | Error>} chunks
 * @param {Transport & {signal?: AbortSignal}} [options]
 */
export function byteBody(chunks, { signal, wait = 0, stall = false } = {}) {
  const source = chunks[Symbol.iterator]();
  const ended = new AbortController();
  const end = (counter, reason) => {
    state[counter] += 1;
    ended.abort(reason);
  };
  return new ReadableStream({
    type: "bytes",
    start(controller) {
      const onAbort = () => {
        end("aborted", signal?.reason);
        controller.error(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, { signal: ended.signal });
    },
    async pull(controller) {
      if (wait) await sleep(wait, ended.signal);
      const { done, value } = source.next();
      if (value instanceof Error) {
        end("failed");
        controller.error(value);
      } else if (!done) {
        controller.enqueue(value);
      } else if (stall) {
        await sleep(ONE_DAY_MS, ended.signal);
      } else {
        // Node needs a separate pull to close, and an answer to the pending BYOB read: it hangs
        // or rejects otherwise. workerd does not.
        end("finished");
        controller.close();
        controller.byobRequest?.respond(0);
      }
    },
    cancel(reason) {
      end("cancelled", reason);
    },
  });
}

/**
 * Resolves after `ms`; rejects with the signal's reason when that aborts first.
 *
 * @param {number} ms
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
