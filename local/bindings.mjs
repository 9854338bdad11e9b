/** The Worker's `env` on this machine: the mock AI in process, real local D1, KV and variables. */
import * as mock from "../mock_ai/ai.mjs";
import { STATE, WRANGLER_CONFIG } from "./paths.mjs";

/** Named as the runtime names its class: the SDK recognises bindings by it. */
class Ai {
  run(model, inputs, options) {
    return mock.run(model, inputs, options);
  }

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
  return { env: { ...platform.env, AI: new Ai() }, dispose: () => platform.dispose() };
}
