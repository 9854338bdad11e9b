/** What calls brought, for tests that can only look from outside (`@mock/calls`). */
import { state } from "./state.mjs";

const MOST = 16;
const LONGEST = 400;

/** @returns the note of a call, to which a task may add what it finds out, such as a form's fields */
export function record(model, inputs, media) {
  const { key, contentType } = media ?? {};
  const given = describe(inputs);
  const call = {
    model,
    inputs: media ? { ...given, [key]: { contentType, stream: true } } : given,
  };
  state.recent.push(call);
  state.recent.splice(0, state.recent.length - MOST);
  return call;
}

/** Long texts and lists of numbers become their size. */
function describe(value) {
  if (typeof value === "string" && value.length > LONGEST) return { characters: value.length };
  if (Array.isArray(value) && value.length > 8 && typeof value[0] === "number") {
    return { numbers: value.length };
  }
  if (Array.isArray(value)) return value.map(describe);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, describe(item)]));
}
