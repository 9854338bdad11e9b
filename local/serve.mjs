/**
 * `make serve`: the Worker on this machine, without an account, on the mock AI.
 *
 * PORT (default 8787, 0 picks a free one), API_KEYS and every other setting of src/core/settings.py
 * come from the environment.
 */
import { setImmediate } from "node:timers/promises";
import { localBindings } from "./bindings.mjs";
import { describe, startHost } from "./host.mjs";

const port = Number(process.env.PORT || 8787);
const stores = localBindings();
stores.catch((error) => fail(describe(error)));

/** What the requests have used whose line is still to come, by request id. */
const accounts = new Map();

const host = await startHost({
  bindings: stores.then(({ env }) => env),
  settings: process.env,
  port,
  onDone: log,
  observe: (requestId, ...account) => accounts.set(requestId, account),
}).catch((error) =>
  fail(
    {
      EADDRINUSE: `Port ${port} is taken. Choose another: PORT=8788 make serve (0 picks a free one).`,
      ERR_SOCKET_BAD_PORT: `PORT=${process.env.PORT} is not a port number.`,
    }[error.code] ?? describe(error),
  ),
);

let faults = 0;
process.on("unhandledRejection", (error) => {
  faults += 1;
  console.error(`Unhandled rejection: ${describe(error)}`);
});

banner(await host.keys());

await stores;
for (const signal of ["SIGINT", "SIGTERM"]) {
  // wrangler's own handlers end the process at once, with an error code.
  process.removeAllListeners(signal);
  process.once(signal, stop);
}

/** @param {string[]} keys */
function banner([key = "(API_KEYS is not set)"]) {
  const body = { model: "gpt-4o-mini", messages: [{ role: "user", content: "Hello" }] };
  console.log(`
Base URL  ${host.url}/v1
API key   ${key}
Page      ${host.url}/
Try       curl ${host.url}/v1/chat/completions \\
            -H 'authorization: Bearer ${key}' \\
            -H 'content-type: application/json' \\
            -d '${JSON.stringify(body)}'

Ready in ${process.uptime().toFixed(1)} s. Answers come from the mock AI. Ctrl-C ends it.
`);
}

/**
 * One line per request: neither query nor key, which some clients have in the path.
 * @param {import("./http.mjs").Exchange} exchange
 */
async function log({ method, path, status, headers, ms, aborted }) {
  const keys = await host.keys();
  const shown = path.split("/").map((part) => {
    const plain = decode(part);
    return keys.includes(plain) || plain.startsWith("sk-") ? "…" : part;
  });
  const line = [method, shown.join("/"), status, `${Math.round(ms)} ms`];
  if (aborted) await setImmediate(); // until the Worker has noticed it too
  const used = usage(headers.get("x-request-id") ?? "");
  const served = headers.get("x-model-served");
  console.log([...line, served, ...used, aborted && "(broken off)"].filter(Boolean).join(" "));
}

/**
 * The key's name, the tokens and the neurons of a request.
 * @param {string} requestId
 */
function usage(requestId) {
  const [key, promptTokens, completionTokens, neurons] = accounts.get(requestId) ?? [];
  accounts.delete(requestId);
  return [
    key && `key=${key}`,
    promptTokens && `${promptTokens}+${completionTokens} tokens`,
    neurons && `${neurons.toFixed(2)} neurons`,
  ];
}

/**
 * Decodes a part of a path, if it is valid.
 * @param {string} part
 */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

async function stop() {
  await host.close();
  await (await stores).dispose();
  // An unhandled rejection is a bug of the edge or the mock; tests check the exit code.
  process.exit(faults ? 1 : 0);
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
