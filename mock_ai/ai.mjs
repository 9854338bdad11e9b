/**
 * The AI binding as its caller sees it under `returnRawResponse: true`: `run` and `models`.
 *
 * Web-standard APIs only, so that the same modules work in Node and in a Worker.
 */
import { find } from "./catalogue.mjs";
import { AiError, deprecatedText, planText } from "./errors.mjs";
import { list } from "./list.mjs";
import { state } from "./state.mjs";
import * as textGeneration from "./text.mjs";
import { digest } from "./tokens.mjs";

export { reset, state } from "./state.mjs";

/** Task of a model → module with `run({model, inputs, options})`. A new task is a new row. */
const TASKS = {
  "Text Generation": textGeneration,
};

/**
 * One model call. Always answers with a Response, whatever its status.
 *
 * Throws as the binding does: TypeError for null inputs or options and for values JSON does not
 * know, the signal's reason when it aborts. Also throws when `returnRawResponse` is not true:
 * mixing both kinds of call on one binding hands overlapping calls each other's results.
 */
export async function run(model, inputs, options = {}) {
  if (inputs === null || options === null)
    throw new TypeError("inputs and options may not be null");
  if (options.returnRawResponse !== true) {
    throw new Error("mock AI: every call must pass returnRawResponse: true");
  }
  options.signal?.throwIfAborted();

  // What arrives at the service is JSON: Map becomes {}, undefined vanishes, NaN becomes null.
  const wire = inputs === undefined ? {} : JSON.parse(JSON.stringify(inputs));
  const requestId = uuid(digest(`${model}\n${JSON.stringify(wire)}`));
  let response;
  try {
    response = await answer(model, wire, options);
  } catch (error) {
    if (error === options.signal?.reason) state.aborted += 1;
    if (!(error instanceof AiError)) throw error;
    response = error.toResponse(requestId);
  }
  response.headers.set("cf-ai-req-id", requestId);
  return response;
}

async function answer(id, inputs, options) {
  const model = find(id);
  if (!model?.control) state.calls += 1;
  if (!model || model.gone) {
    // Of two mass retirements only the later one is still known by date.
    if (model?.retired_on >= "2026") throw new AiError(5028, deprecatedText(model.retired_on));
    throw new AiError(5007, `No such model ${id} or task`);
  }
  if (model.status === "gated") throw new AiError(5018);
  if (model.status === "paid_only" && state.plan === "free") {
    throw new AiError(5035, planText(id), { hint: "run @mock/plan/paid to play a paid account" });
  }
  const task = TASKS[model.task];
  if (!task) {
    const hint = `the mock does not play ${model.task} yet`;
    throw new AiError(5007, `No such model ${id} or task`, { hint });
  }
  const call = { id, model, inputs, options };
  return (await model.intercept(call)) ?? task.run(call);
}

/** The live model list; see list.mjs for its rows and parameters. */
export async function models(params = {}) {
  return list(params);
}

function uuid(hex) {
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
