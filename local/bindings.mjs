/** The Worker's `env` on this machine: the mock AI in process, real local D1, KV and variables. */
import * as mock from "../mock_ai/ai.mjs";
import { STATE, WRANGLER_CONFIG } from "./paths.mjs";

/** Named as the runtime names its class: the SDK recognises bindings by it. */
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
 * The bindings and variables that wrangler.toml declares under [env.mock], and .dev.vars.
 * @returns {Promise<{env: object, dispose: () => Promise<void>}>} dispose ends the runtime
 *   that holds the stores
 */
export async function localBindings() {
  process.env.WRANGLER_LOG ??= "error"; // else it talks into the banner
  const { getPlatformProxy } = await import("wrangler");
  const platform = await getPlatformProxy({
    configPath: WRANGLER_CONFIG,
    environment: "mock",
    persist: { path: STATE },
  });
  // Its `AI` is the mock as a service, which needs a second server; here it is a call.
  const env = { ...platform.env, FILES: cancellable(platform.env.FILES), AI: new Ai() };
  return { env, dispose: () => platform.dispose() };
}

/**
 * The Worker's KV. A stream of wrangler's proxy must not be cancelled while it still flows: that
 * rejects a promise which nobody can reach. So values are here before they are streamed.
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
