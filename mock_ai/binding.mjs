/**
 * What the binding does with inputs before it sends them to the service.
 *
 * Inputs are sent as JSON. One of them may be a stream or a form, as `{body, contentType}`: it
 * becomes the request's body, and the others are sent beside it. The service never learns the
 * name of that input. Source: the binding in the runtime's own repository.
 */
import { concat } from "./media/bytes.mjs";
import { state } from "./state.mjs";

/**
 * @typedef {{key: string, contentType: string, bytes: () => Promise<Uint8Array>,
 *   dismiss: () => void}} Media `bytes` reads the body to its end, once; `dismiss` cancels a
 *   body that nobody has read
 *
 * @returns {{inputs: any, media: Media|undefined}}
 * Throws TypeError for values that JSON does not support and AiInternalError for media that the
 * binding rejects.
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
  // A form is sent with the type from the caller, which then has no boundary.
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
