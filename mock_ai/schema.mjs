/**
 * A small JSON Schema validator that words its findings as Workers AI does.
 *
 * Keywords: type, enum, pattern, minimum, maximum, minLength, maxLength, minItems, maxItems,
 * items, minProperties, maxProperties, properties, required, additionalProperties, anyOf, oneOf,
 * and `by: {key, cases}`, which picks the schema of an object by the value of one of its
 * properties.
 *
 * @typedef {Record<string, any>} Schema
 */
import { AiError } from "./errors.mjs";

/**
 * Raises 5006 with all that is wrong.
 *
 * @param {Schema} schema
 * @param {any} value
 */
export function conform(schema, value) {
  const found = findings(schema, value);
  if (found.length) throw new AiError(5006, `Error: ${found.join(", ")}`);
}

/**
 * @param {Schema} schema
 * @param {any} value
 * @returns {string[]} empty when the value fits
 */
export function findings(schema, value, path = "") {
  const found = [];
  const at = path || "/";

  if (schema.oneOf || schema.anyOf) {
    const all = (schema.oneOf ?? schema.anyOf).map((branch) => findings(branch, value, path));
    const matches = all.filter((texts) => texts.length === 0).length;
    if (matches === 0 || (schema.oneOf && matches > 1)) {
      const name = schema.oneOf ? "oneOf" : "anyOf";
      const why = matches ? "" : `: ${[...new Set(all.flat())].join(", ")}`;
      found.push(`${name} at '${at}' not met, ${matches} matches${why}`);
    }
  }
  if (schema.type) {
    const types = [schema.type].flat();
    if (!types.some((type) => fits(type, value))) {
      found.push(`Type mismatch of '${at}', '${types.join(",")}' not in '${typeName(value)}'`);
      return found;
    }
  }
  if (value === null) return found;
  if (schema.enum && !schema.enum.includes(value)) {
    found.push(`'${at}' must be one of ${schema.enum.map((item) => `'${item}'`).join(", ")}`);
  }
  if (schema.pattern && typeof value === "string" && !new RegExp(schema.pattern).test(value)) {
    found.push(`'${at}' does not match pattern '${schema.pattern}'`);
  }
  bound(found, `'${at}'`, value, schema.minimum, schema.maximum);
  const length = typeof value === "string" || Array.isArray(value) ? value.length : undefined;
  bound(found, `length of '${at}'`, length, schema.minLength, schema.maxLength);
  bound(found, `length of '${at}'`, length, schema.minItems, schema.maxItems);

  if (Array.isArray(value) && schema.items) {
    for (const [index, item] of value.entries()) {
      found.push(...findings(schema.items, item, `${path}/${index}`));
    }
  }
  if (typeName(value) === "object") object(found, schema, value, path, at);
  return found;
}

function object(found, schema, value, path, at) {
  const size = Object.keys(value).length;
  bound(found, `properties of '${at}'`, size, schema.minProperties, schema.maxProperties);
  if (schema.required?.some((name) => !(name in value))) {
    found.push(`required properties at '${at}' are '${schema.required.join(",")}'`);
  }
  if (schema.by) {
    const { key, cases } = schema.by;
    const chosen = Object.hasOwn(cases, value[key]) ? cases[value[key]] : undefined;
    if (chosen) found.push(...findings(chosen, value, path));
    else {
      const names = Object.keys(cases).map((name) => `'${name}'`);
      found.push(`'${path}/${key}' must be one of ${names.join(", ")}`);
    }
  }
  const known = schema.properties ?? {};
  for (const [name, item] of Object.entries(value)) {
    if (Object.hasOwn(known, name)) found.push(...findings(known[name], item, `${path}/${name}`));
    else if (schema.additionalProperties === false) {
      found.push(`Additional or unevaluated properties '/${name}' at '${at}' not allowed`);
    } else if (schema.additionalProperties) {
      found.push(...findings(schema.additionalProperties, item, `${path}/${name}`));
    }
  }
}

function bound(found, what, value, low, high) {
  if (typeof value !== "number") return;
  if (value < low) found.push(`${what} must be >= ${low}`);
  if (value > high) found.push(`${what} must be <= ${high}`);
}

function fits(type, value) {
  return type === "integer" ? Number.isInteger(value) : typeName(value) === type;
}

function typeName(value) {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
