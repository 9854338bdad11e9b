/**
 * The AI binding as its caller sees it under `returnRawResponse: true`: `run` and `models`.
 *
 * Web-standard APIs only, so that the same modules work in Node and in a Worker.
 */
import { receiveInputs } from "./binding.mjs";
import { recordCall } from "./calls.mjs";
import { findModel } from "./catalogue.mjs";
import * as classification from "./classification.mjs";
import * as decision from "./decision.mjs";
import * as embeddings from "./embeddings.mjs";
import { AiError, deprecatedText, planText } from "./errors.mjs";
import * as images from "./images.mjs";
import { listModels } from "./list.mjs";
import * as recognition from "./recognition.mjs";
import * as sight from "./sight.mjs";
import * as speech from "./speech.mjs";
import { state } from "./state.mjs";
import * as textGeneration from "./text.mjs";
import { digest } from "./tokens.mjs";
import * as translation from "./translation.mjs";
import * as turns from "./turns.mjs";

export { reset, state } from "./state.mjs";

/** Task of a model → module with `run(call)`. A new task is a new row. */
const TASKS = {
  "Automatic Speech Recognition": recognition,
  Decision: decision,
  "Image Classification": sight,
  "Image-to-Text": sight,
  "Text Classification": classification,
  "Text Embeddings": embeddings,
  "Text Generation": textGeneration,
  "Text-to-Image": images,
  "Text-to-Speech": speech,
  Translation: translation,
  "Voice Activity Detection": turns,
};

/** How much of the inputs goes into a request id; large files are truncated. */
const ID_LENGTH = 65536;

/**
 * What tasks and quirks receive. `noted` is the record of the call that `@mock/calls` returns.
 *
 * @typedef {{id: string, model: import("./catalogue.mjs").Model, inputs: any,
 *   media: import("./binding.mjs").Media | undefined, options: any, noted: any}} Call
 */

/**
 * Runs one model call. Always returns a Response, whatever its status.
 *
 * Throws as the binding does: TypeError for null inputs or options and for values that JSON does
 * not support, AiInternalError for streams that it rejects, the signal's reason when it aborts.
 * Also throws unless `returnRawResponse` is true: mixing both kinds of calls on one binding gives
 * overlapping calls each other's results.
 *
 * @param {string} model
 * @param {any} inputs
 * @param {any} [options]
 */
export async function run(model, inputs, options = {}) {
  if (inputs === null || options === null)
    throw new TypeError("inputs and options may not be null");
  if (options.returnRawResponse !== true) {
    throw new Error("mock AI: every call must pass returnRawResponse: true");
  }
  options.signal?.throwIfAborted();

  // The service receives JSON: a Map becomes {}, undefined vanishes, NaN becomes null.
  const arrived = receiveInputs(inputs, options);
  const { media } = arrived;
  const text = JSON.stringify(arrived.inputs);
  const requestId = uuid(digest(`${model}\n${text.length}\n${text.slice(0, ID_LENGTH)}`));
  let response;
  try {
    response = await answer(model, arrived, options);
  } catch (error) {
    if (error === options.signal?.reason) state.aborted += 1;
    if (!(error instanceof AiError)) throw error;
    response = error.toResponse(requestId);
  } finally {
    media?.dismiss();
  }
  response.headers.set("cf-ai-req-id", requestId);
  return response;
}

async function answer(id, { inputs, media }, options) {
  const model = findModel(id, { inputs, media });
  if (!model?.control) state.calls += 1;
  const noted = model?.control ? {} : recordCall(id, inputs, media);
  if (!model || model.gone) {
    // The service still reports the date of the later of two mass retirements.
    if (model && model.retired_on >= "2026")
      throw new AiError(5028, deprecatedText(model.retired_on));
    throw new AiError(5007, `No such model ${id} or task`);
  }
  if (model.status === "gated") throw new AiError(5018);
  if (model.status === "paid_only" && state.plan === "free") {
    throw new AiError(5035, planText(id), { hint: "run @mock/plan/paid for a paid account" });
  }
  const call = { id, model, inputs, media, options, noted };
  return (await model.intercept(call)) ?? TASKS[model.task].run(call);
}

/** Lists the live models; see list.mjs for rows and parameters. */
export async function models(params = {}) {
  return listModels(params);
}

function uuid(hex) {
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5");
}
