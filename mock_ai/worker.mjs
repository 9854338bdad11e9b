import { WorkerEntrypoint } from "cloudflare:workers";
import { models, run } from "./ai.mjs";

/** The methods of the AI binding, for service bindings with `entrypoint = "Ai"`. */
export class Ai extends WorkerEntrypoint {
  run(model, inputs, options) {
    return run(model, inputs, options);
  }

  models(params) {
    return models(params);
  }
}

export default {
  fetch() {
    return new Response(
      'This Worker plays Workers AI for tests. Bind it as a service with entrypoint = "Ai".\n',
    );
  },
};
