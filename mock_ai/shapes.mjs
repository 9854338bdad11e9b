/** Short names for the parts of an input schema; schema.mjs documents the keywords. */

/** @import { Schema } from "./schema.mjs" */

export const string = { type: "string" };
export const boolean = { type: "boolean" };
export const object = { type: "object" };
export const anything = {};
export const text = { type: "string", minLength: 1 };
export const number = (minimum, maximum) => ({ type: "number", minimum, maximum });
export const integer = (minimum, maximum) => ({ type: "integer", minimum, maximum });
export const choice = (...values) => ({ type: "string", enum: values });
export const listOf = (items, more) => ({ type: "array", items, ...more });
export const orNull = (schema) => ({ ...schema, type: [schema.type, "null"].flat() });
/** @type {(properties: Record<string, Schema>, required?: string[], more?: Schema) => Schema} */
export const record = (properties, required = Object.keys(properties), more = {}) => ({
  type: "object",
  properties,
  required,
  ...more,
});

/** A file as an array of byte values. */
export const octets = listOf({ type: "number" }, { minItems: 1 });
