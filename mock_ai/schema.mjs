/**
 * A small JSON Schema validator that reports errors in Workers AI's words.
 *
 * Keywords: type, enum, pattern, minimum, maximum, minLength, maxLength, minItems, maxItems,
 * items, minProperties, maxProperties, properties, required, additionalProperties, anyOf, oneOf,
 * and `by: {key, cases}`, which selects the schema of an object by the value of one of its
 * properties. No library speaks these words, and those that compile schemas cannot run in a
 * Worker.
 *
 * @typedef {Record<string, any>} Schema
 */
import { AiError } from "./errors.mjs";

/**
 * Throws 5006 with all errors.
 *
 * @param {Schema} schema
 * @param {any} value
 */
export function requireValid(schema, value) {
  const errors = schemaErrors(schema, value);
  if (errors.length) throw new AiError(5006, `Error: ${errors.join(", ")}`);
}

/**
 * @param {Schema} schema
 * @param {any} value
 * @returns {string[]} empty when the value fits
 */
export function schemaErrors(schema, value, path = "") {
  const errors = [];
  const at = path || "/";

  if (schema.oneOf || schema.anyOf) {
    const branches = (schema.oneOf ?? schema.anyOf).map((branch) =>
      schemaErrors(branch, value, path),
    );
    const matches = branches.filter((texts) => texts.length === 0).length;
    if (matches === 0 || (schema.oneOf && matches > 1)) {
      const name = schema.oneOf ? "oneOf" : "anyOf";
      const causes = matches ? "" : `: ${[...new Set(branches.flat())].join(", ")}`;
      errors.push(`${name} at '${at}' not met, ${matches} matches${causes}`);
    }
  }
  if (schema.type) {
    const types = [schema.type].flat();
    if (!types.some((type) => hasType(type, value))) {
      errors.push(`Type mismatch of '${at}', '${types.join(",")}' not in '${typeName(value)}'`);
      return errors;
    }
  }
  if (value === null) return errors;
  if (schema.enum && !schema.enum.includes(value)) {
    errors.push(`'${at}' must be one of ${schema.enum.map((item) => `'${item}'`).join(", ")}`);
  }
  if (schema.pattern && typeof value === "string" && !new RegExp(schema.pattern).test(value)) {
    errors.push(`'${at}' does not match pattern '${schema.pattern}'`);
  }
  checkBounds(errors, `'${at}'`, value, schema.minimum, schema.maximum);
  const length = typeof value === "string" || Array.isArray(value) ? value.length : undefined;
  checkBounds(errors, `length of '${at}'`, length, schema.minLength, schema.maxLength);
  checkBounds(errors, `length of '${at}'`, length, schema.minItems, schema.maxItems);

  if (Array.isArray(value) && schema.items) {
    for (const [index, item] of value.entries()) {
      errors.push(...schemaErrors(schema.items, item, `${path}/${index}`));
    }
  }
  if (typeName(value) === "object") checkObject(errors, schema, value, path, at);
  return errors;
}

function checkObject(errors, schema, value, path, at) {
  const size = Object.keys(value).length;
  checkBounds(errors, `properties of '${at}'`, size, schema.minProperties, schema.maxProperties);
  if (schema.required?.some((name) => !(name in value))) {
    errors.push(`required properties at '${at}' are '${schema.required.join(",")}'`);
  }
  if (schema.by) {
    const { key, cases } = schema.by;
    const chosen = Object.hasOwn(cases, value[key]) ? cases[value[key]] : undefined;
    if (chosen) errors.push(...schemaErrors(chosen, value, path));
    else {
      const names = Object.keys(cases).map((name) => `'${name}'`);
      errors.push(`'${path}/${key}' must be one of ${names.join(", ")}`);
    }
  }
  const properties = schema.properties ?? {};
  for (const [name, item] of Object.entries(value)) {
    if (Object.hasOwn(properties, name))
      errors.push(...schemaErrors(properties[name], item, `${path}/${name}`));
    else if (schema.additionalProperties === false) {
      errors.push(`Additional or unevaluated properties '/${name}' at '${at}' not allowed`);
    } else if (schema.additionalProperties) {
      errors.push(...schemaErrors(schema.additionalProperties, item, `${path}/${name}`));
    }
  }
}

function checkBounds(errors, what, value, low, high) {
  if (typeof value !== "number") return;
  if (value < low) errors.push(`${what} must be >= ${low}`);
  if (value > high) errors.push(`${what} must be <= ${high}`);
}

function hasType(type, value) {
  return type === "integer" ? Number.isInteger(value) : typeName(value) === type;
}

function typeName(value) {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
