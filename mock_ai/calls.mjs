/** Records calls, for tests that can only look from outside (`@mock/calls`). */
import { state } from "./state.mjs";

const MAX_CALLS = 16;
const MAX_TEXT = 400;

/** Returns the record of a call; a task may add to it, such as a form's fields. */
export function recordCall(model, inputs, media) {
  const { key, contentType } = media ?? {};
  const summary = summarize(inputs);
  const call = {
    model,
    inputs: media ? { ...summary, [key]: { contentType, stream: true } } : summary,
  };
  state.recent.push(call);
  state.recent.splice(0, state.recent.length - MAX_CALLS);
  return call;
}

/** Replaces long texts and lists of numbers by their size. */
function summarize(value) {
  if (typeof value === "string" && value.length > MAX_TEXT) return { characters: value.length };
  if (Array.isArray(value) && value.length > 8 && typeof value[0] === "number") {
    return { numbers: value.length };
  }
  if (Array.isArray(value)) return value.map(summarize);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, summarize(item)]));
}
