/** The local host: static assets, then the Worker, which is reloaded when its files change. */
import { watch } from "node:fs";
import { staticAssets } from "./assets.mjs";
import { listen } from "./http.mjs";
import { PUBLIC, SRC } from "./paths.mjs";
import { startWorker } from "./worker.mjs";

/** Python code: the names of the settings, and the keys in API_KEYS. */
const SETTINGS = "from core.settings import ROWS; [row.name for row in ROWS]";
const KEYS = `
from access.keys import read_keys
[key.secret.decode() for key in read_keys(text)]
`;

/** Python code: reports every request at its end, as gateway/finish.py describes it. */
const OBSERVE = `
from gateway.finish import observers

def report(finished):
    used, key = finished.used, finished.key
    observe(
        finished.request_id,
        key.name if key else "",
        used.prompt_tokens,
        used.completion_tokens,
        used.neurons or 0,
    )

observers.append(report)
`;

/**
 * @typedef {(requestId: string, key: string, promptTokens: number, completionTokens: number,
 *   neurons: number) => void} Observer
 */

/**
 * @param {object} options
 * @param {object | Promise<object>} options.bindings the Worker's env
 * @param {Record<string, string | undefined>} [options.settings] variables; those that
 *   src/core/settings.py knows go into the env
 * @param {number} [options.port] on 127.0.0.1; 0 is a free one
 * @param {(exchange: import("./http.mjs").Exchange) => void} [options.onDone]
 * @param {Observer} [options.observe] learns of each request what it has used
 * @param {(text: string) => void} [options.report] receives what the terminal shows
 * @param {string} [options.srcDir]
 * @param {string} [options.publicDir]
 * @returns {Promise<{url: string, keys: () => Promise<string[]>, close: () => Promise<void>}>}
 *   as soon as the port is open; requests wait until the Worker has loaded
 */
export async function startHost({
  bindings,
  settings = {},
  port = 0,
  onDone,
  observe,
  report = console.error,
  srcDir = SRC,
  publicDir = PUBLIC,
}) {
  const assets = staticAssets(publicDir);
  /** @type {ReturnType<typeof load>} */
  let current;
  const server = await listen(answer, { port, onDone });
  current = load();
  const watcher = watchPython(srcDir, reload);
  return {
    url: server.url,
    keys: async () => (await current).keys,
    close: async () => {
      watcher.close();
      await server.close();
    },
  };

  /** Never rejects: a Worker that does not load is a state, until its files are fixed. */
  async function load() {
    try {
      /** @type {Record<string, any>} */
      const env = {};
      const [worker] = await Promise.all([
        startWorker({ srcDir, env, output: report }),
        Promise.resolve(bindings).then((values) => Object.assign(env, values)),
      ]);
      for (const name of await worker.python(SETTINGS)) {
        if (name in settings) env[name] = settings[name];
      }
      if (observe) await worker.python(OBSERVE, { observe });
      return { worker, keys: await worker.python(KEYS, { text: env.API_KEYS ?? "" }) };
    } catch (error) {
      report(describe(error));
      return { worker: null, keys: [] };
    }
  }

  async function reload() {
    const started = performance.now();
    current = load();
    const { worker } = await current;
    const ms = Math.round(performance.now() - started);
    report(
      worker ? `Reloaded in ${ms} ms` : "Not loaded: every request gets a 500 until it is fixed",
    );
  }

  /** @param {Request} request */
  async function answer(request) {
    const asset = assets(request);
    if (asset) return asset;
    const { worker } = await current;
    if (!worker) return problem("The Worker does not load; the reason is in the terminal.");
    try {
      return await worker.fetch(request);
    } catch (error) {
      report(describe(error));
      if (worker.fatal) await reload();
      return problem("The Worker threw an exception; it is in the terminal.");
    }
  }
}

/** @param {string} text */
function problem(text) {
  return new Response(`${text}\n`, { status: 500, headers: { "content-type": "text/plain" } });
}

/**
 * @param {string} dir
 * @param {() => void} onChange
 */
function watchPython(dir, onChange) {
  /** @type {NodeJS.Timeout} */
  let pending;
  return watch(dir, { recursive: true }, (_, file) => {
    if (!file?.endsWith(".py")) return;
    // An editor saves in several steps.
    clearTimeout(pending);
    pending = setTimeout(onChange, 50);
  });
}

/**
 * A Python exception's message is its traceback; other errors have theirs in `stack`.
 * @param {any} error
 */
export function describe(error) {
  return String(error?.name === "PythonError" ? error.message : (error?.stack ?? error));
}
