/**
 * What the binding itself does with inputs before they leave for the service.
 *
 * Inputs travel as JSON. One of them may be a stream or a form, as `{body, contentType}`: then
 * that is the request's body and the others go beside it. The service never hears the name of
 * that input. Source: the binding in the runtime's own repository.
 */
import { concat } from "./media/bytes.mjs";
import { state } from "./state.mjs";

/**
 * @typedef {{key: string, contentType: string, bytes: () => Promise<Uint8Array>,
 *   dismiss: () => void}} Media `bytes` reads the body to its end, once; `dismiss` cancels what
 *   nobody has read
 *
 * @returns {{inputs: any, media: Media|undefined}}
 * Throws TypeError for values JSON does not know and AiInternalError for media that the binding
 * does not send.
 */
export function receiveInputs(inputs = {}, /** @type {any} */ { gateway, signal } = {}) {
  const keys = typeof inputs === "object" ? Object.keys(inputs).filter(isMedia(inputs)) : [];
  if (!keys.length) return { inputs: JSON.parse(JSON.stringify(inputs)), media: undefined };
  if (keys.length > 1) {
    throw internalError(
      `Multiple ReadableStreams are not supported. Found streams in keys: [${keys.join(", ")}]`,
    );
  }
  if (gateway?.id) throw internalError("AI Gateway does not support ReadableStreams yet.");
  const [key] = keys;
  const { [key]: media, ...rest } = inputs;
  if (!media.contentType)
    throw internalError("Content-Type is required with ReadableStream inputs");
  return { inputs: JSON.parse(JSON.stringify(rest)), media: openMedia(key, media, signal) };
}

function isMedia(inputs) {
  const isBody = (value) => value instanceof ReadableStream || value instanceof FormData;
  return (key) => isBody(inputs[key]) || isBody(inputs[key]?.body);
}

function internalError(message) {
  return Object.assign(new Error(message), { name: "AiInternalError" });
}

function openMedia(key, { body: source, contentType }, signal) {
  // A form is sent under the type it is given, which then names no boundary.
  const body = source instanceof FormData ? new Response(source).body : source;
  let read = false;
  return {
    key,
    contentType,
    async bytes() {
      signal?.throwIfAborted();
      read = true;
      const data = await readAll(body.getReader(), signal);
      state.received += data.length;
      return data;
    },
    dismiss() {
      if (!read) body.cancel("the service has answered").catch(() => {});
    },
  };
}

async function readAll(reader, signal) {
  const onAbort = () => reader.cancel(signal.reason).catch(() => {});
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    const pieces = [];
    for (;;) {
      const { done, value } = await reader.read();
      signal?.throwIfAborted();
      if (done) return concat(pieces);
      pieces.push(value);
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
  }
}
