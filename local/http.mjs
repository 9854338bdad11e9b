/**
 * node:http on the outside, web-standard Request and Response on the inside. Bodies stream both
 * ways with backpressure; a client that disconnects aborts the request's signal and cancels the
 * response's body, as the runtime does.
 */
import { once } from "node:events";
import { createServer } from "node:http";

/** @import { IncomingMessage, ServerResponse } from "node:http" */
/** @import { AddressInfo } from "node:net" */

/**
 * @typedef {object} Exchange a request and its response, when it has ended
 * @property {string} method
 * @property {string} path without the query
 * @property {number} status
 * @property {Headers} headers of the response
 * @property {number} ms from the request's head to the end of the response
 * @property {boolean} aborted the client disconnected, or the body failed
 */

/**
 * Listens on 127.0.0.1.
 * @param {(request: Request) => Promise<Response>} handler must not reject
 * @param {{port?: number, onDone?: (exchange: Exchange) => void}} [options] port 0 picks a free one
 * @returns {Promise<{url: string, close: () => Promise<void>}>} rejects with node's EADDRINUSE
 */
export async function listen(handler, { port = 0, onDone = () => {} } = {}) {
  // Clients reuse connections after more than Node's 5 s, and fail if it has closed them.
  const server = createServer({ keepAliveTimeout: 75_000 }, (incoming, outgoing) =>
    exchange(handler, incoming, outgoing, onDone),
  );
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = /** @type {AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/**
 * @param {(request: Request) => Promise<Response>} handler
 * @param {IncomingMessage} incoming
 * @param {ServerResponse} outgoing
 * @param {(exchange: Exchange) => void} onDone
 */
async function exchange(handler, incoming, outgoing, onDone) {
  const started = performance.now();
  const clientGone = new AbortController();
  outgoing.on("close", () => {
    if (!outgoing.writableFinished) clientGone.abort(new DOMException("Client gone", "AbortError"));
  });

  let response;
  let aborted = false;
  try {
    response = await handler(toRequest(incoming, clientGone.signal));
  } catch (/** @type {any} */ error) {
    // Only toRequest throws: methods that fetch forbids (TRACE, CONNECT), an invalid host.
    response = new Response(`The local host cannot pass this on: ${error.message}`, {
      status: 400,
    });
  }
  try {
    await send(response, incoming, outgoing, clientGone.signal);
  } catch {
    // The head has been sent, so closing the connection is the only way to report it.
    outgoing.destroy();
    aborted = true;
  }
  onDone({
    method: incoming.method ?? "",
    path: incoming.url?.split("?")[0] ?? "",
    status: response.status,
    headers: response.headers,
    ms: performance.now() - started,
    aborted: aborted || clientGone.signal.aborted,
  });
}

/**
 * @param {IncomingMessage} incoming
 * @param {AbortSignal} signal
 */
function toRequest(incoming, signal) {
  // Concatenated: resolved against a base, the path //v1/models would be a host.
  const url = new URL(`http://${incoming.headers.host ?? "127.0.0.1"}${incoming.url}`);
  const headers = new Headers();
  for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i], incoming.rawHeaders[i + 1]);
  }
  const { method } = incoming;
  const body = method !== "HEAD" && carriesBody(incoming) ? requestBody(incoming) : null;
  const init = { headers, body, duplex: "half", signal };
  if (!body || method !== "GET") return new Request(url, { ...init, method });
  // workerd allows a body with GET, and DeepL's Python package sends one; Node's Request does not.
  return Object.defineProperty(new Request(url, { ...init, method: "POST" }), "method", {
    value: method,
  });
}

/** @param {IncomingMessage} incoming */
function carriesBody({ headers }) {
  return "transfer-encoding" in headers || Number(headers["content-length"] ?? 0) > 0;
}

/**
 * Returns the body as a byte stream. Not `Readable.toWeb`: cancelling that destroys the socket,
 * and the response with the reason (such as 413) would never arrive.
 * @param {IncomingMessage} incoming
 */
function requestBody(incoming) {
  let open = true;
  return new ReadableStream({
    type: "bytes",
    start(controller) {
      incoming.pause();
      incoming.on("data", (chunk) => {
        if (!open) return;
        controller.enqueue(new Uint8Array(chunk));
        if (Number(controller.desiredSize) <= 0) incoming.pause();
      });
      incoming.once("end", () => {
        if (!open) return;
        open = false;
        controller.close();
        controller.byobRequest?.respond(0);
      });
      incoming.once("close", () => {
        if (!open) return;
        open = false;
        controller.error(new DOMException("Client gone", "AbortError"));
      });
    },
    pull() {
      incoming.resume();
    },
    cancel() {
      open = false;
      incoming.resume();
    },
  });
}

/**
 * @param {Response} response
 * @param {IncomingMessage} incoming
 * @param {ServerResponse} outgoing
 * @param {AbortSignal} signal
 */
async function send(response, incoming, outgoing, signal) {
  outgoing.statusCode = response.status;
  if (response.statusText) outgoing.statusMessage = response.statusText;
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value);

  if (!response.body || incoming.method === "HEAD") {
    await response.body?.cancel();
    outgoing.end();
  } else {
    outgoing.flushHeaders();
    await pump(response.body.getReader(), outgoing, signal);
  }
  // Discard what the Worker has not read, before the next request on this connection.
  incoming.removeAllListeners("data");
  incoming.resume();
}

/**
 * @param {ReadableStreamDefaultReader<Uint8Array>} reader
 * @param {ServerResponse} outgoing
 * @param {AbortSignal} signal
 */
async function pump(reader, outgoing, signal) {
  const cancel = () => reader.cancel(signal.reason).catch(() => {});
  if (signal.aborted) await cancel();
  signal.addEventListener("abort", cancel);
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    // Rejects when the client disconnects; the next read then returns `done`.
    if (!outgoing.write(value)) await once(outgoing, "drain", { signal }).catch(() => {});
  }
  outgoing.end();
}
