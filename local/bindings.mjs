/** The Worker's `env` on this machine: the mock AI in process, real local D1, KV and variables. */
import * as mock from "../mock_ai/ai.mjs";
import { STATE, WRANGLER_CONFIG } from "./paths.mjs";

/** Has the name of the runtime's class, by which the SDK recognises bindings. */
class Ai {
  /** @type {typeof mock.run} */
  run(model, inputs, options) {
    return mock.run(model, inputs, options);
  }

  /** @type {typeof mock.models} */
  models(params) {
    return mock.models(params);
  }
}

/**
 * Returns the bindings and variables of [env.mock] in wrangler.toml, and of .dev.vars.
 * @returns {Promise<{env: object, dispose: () => Promise<void>}>} dispose stops the runtime
 *   with the stores
 */
export async function localBindings() {
  process.env.WRANGLER_LOG ??= "error"; // its log would break the banner
  const { getPlatformProxy } = await import("wrangler");
  const platform = await getPlatformProxy({
    configPath: WRANGLER_CONFIG,
    environment: "mock",
    persist: { path: STATE },
  });
  // Its `AI` is the mock as a service, which needs a second server; here it is called directly.
  const env = { ...platform.env, FILES: cancellable(platform.env.FILES), AI: new Ai() };
  return { env, dispose: () => platform.dispose() };
}

/**
 * Wraps the Worker's KV. Cancelling a stream of wrangler's proxy before its end rejects a promise
 * that nobody can reach, so values are read in full before they are streamed.
 * @param {any} namespace
 */
export function cancellable(namespace) {
  return {
    /** @param {unknown[]} args */
    put: (...args) => namespace.put(...args),
    /** @param {string} key */
    async getWithMetadata(key) {
      const entry = await namespace.getWithMetadata(key, "arrayBuffer");
      return { ...entry, value: entry.value && new Response(entry.value).body };
    },
  };
}
