/**
 * The errors of Workers AI: code → HTTP status, title, description, and the body it comes in.
 *
 * Statuses: the errors page of Cloudflare's documentation; for 3016, 3043, 5021, 8007 and the
 * 502x codes public logs. Two bodies are in use, and each code here keeps to one of them:
 *
 *   internal: {"name", "internalCode", "httpCode", "message", "description", "requestId"}
 *   errors:   {"success": false, "result": {}, "errors": [{"code", "message"}], "messages": []}
 */

const ALLOCATION =
  "you have used up your daily free allocation of 10,000 neurons, please upgrade to " +
  "Cloudflare's Workers Paid plan if you would like to continue usage.";

/** The text of 3030 when the filter rejects the output. */
export const FLAGGED =
  "Your output has been flagged. Please choose another prompt / input image combination";

/**
 * code: [status, title, description, body]
 * @type {Record<string, [number, string, string, "internal" | "errors"]>}
 */
export const ERRORS = {
  1031: [401, "AiError", "Authentication error", "errors"],
  3003: [400, "AiError", "Incomplete request", "internal"],
  3006: [413, "AiError", "Request is too large", "errors"],
  3007: [408, "AiError", "Request timeout", "internal"],
  3008: [408, "AiError", "Request was aborted", "errors"],
  3010: [413, "AiError", contextText(200000, 131072), "internal"],
  3016: [400, "Tensor error", tensorText("image"), "internal"],
  3023: [403, "AiError", "Account is blocked", "internal"],
  3030: [400, "AiError", "Input prompt contains NSFW content", "errors"],
  3036: [429, "AiError", ALLOCATION, "internal"],
  3039: [400, "AiError", "Invalid request", "errors"],
  3040: [429, "AiError", "Capacity temporarily exceeded, please try again.", "internal"],
  3041: [403, "AiError", "Model is private", "errors"],
  3042: [404, "AiError", "Invalid model ID", "internal"],
  3043: [500, "AiError", "Internal server error", "errors"],
  3046: [408, "AiError", "Request timeout", "errors"],
  4006: [429, "AiError", ALLOCATION, "internal"],
  5004: [400, "Invalid data", "Invalid base64 data", "errors"],
  5005: [405, "AiError", "Method not allowed", "internal"],
  5006: [400, "Bad input", "Error: required properties at '/' are 'prompt'", "internal"],
  5007: [400, "No such model", "No such model @cf/mock/none or task", "errors"],
  5016: [403, "Model Agreement", agreementText("this model"), "internal"],
  5018: [403, "AiError", "This account is not allowed to access this model", "errors"],
  5019: [405, "AiError", "Deprecated SDK version", "internal"],
  5021: [413, "AiError", contextText(200000, 131072), "internal"],
  5023: [400, "AiError", "JSON Schema mode is not supported with stream mode", "errors"],
  5024: [400, "AiError", "JSON Model couldn't be met", "internal"],
  5025: [400, "AiError", "This model doesn't support JSON Schema", "errors"],
  5028: [400, "Model has been deprecated", deprecatedText("2026-05-30"), "internal"],
  5035: [403, "AiError", planText("@cf/mock/paid"), "errors"],
  7000: [400, "AiError", "No route for that URI", "errors"],
  7003: [
    404,
    "AiError",
    "Could not route to that path, perhaps your object identifier is invalid?",
    "errors",
  ],
  8001: [400, "AiError", "Invalid input", "internal"],
  8002: [400, "AiError", "Invalid input", "errors"],
  8006: [400, "AiError", "Invalid data for image", "internal"],
  8007: [400, "AiError", engineText("Invalid request"), "internal"],
};

export function contextText(tokens, limit) {
  return (
    `The estimated number of input and maximum output tokens (${tokens}) ` +
    `exceeded this model context window limit (${limit})`
  );
}

export function tensorText(name) {
  return `failed to build tensor ${name}: Tensor error: Unknown internal error: failed to decode u8`;
}

export function agreementText(model) {
  return (
    "Prior to using this model, you must submit the prompt 'agree'. By submitting 'agree', " +
    `you hereby agree to the Community License of ${model}.`
  );
}

export function planText(model) {
  return (
    `Model ${model} is not available on the Workers Free plan. Upgrade to access this model: ` +
    "https://dash.cloudflare.com/?to=/:account/workers/plans"
  );
}

export function deprecatedText(date) {
  return `This model was deprecated on ${date}. Please use an alternative model.`;
}

/** Returns the description of an 8007: the inference engine's own error, as JSON text. */
export function engineText(message) {
  return JSON.stringify({
    error: { message, type: "BadRequestError", param: null, code: 400 },
  });
}

/**
 * Thrown by everything below `run`, which turns it into a Response.
 *
 * `hint` explains in plain words what the real service does not; it goes into the header
 * `x-mock-hint` only, so that the body stays the service's. `status` is for codes that have more
 * than one.
 *
 * @typedef {{hint?: string, body?: "internal" | "errors", status?: number, nested?: boolean}} Options
 */
export class AiError extends Error {
  /**
   * @param {number} code
   * @param {string} [description]
   * @param {Options} [options]
   */
  constructor(code, description, { hint, body, status, nested = false } = {}) {
    const [usualStatus, title, text, usualBody] = ERRORS[code];
    super(`${code}: ${description ?? text}`);
    this.code = code;
    this.description = description ?? text;
    this.title = title;
    this.status = status ?? usualStatus;
    this.body = body ?? usualBody;
    this.nested = nested;
    this.hint = hint;
  }

  /** @param {string} requestId */

  toResponse(requestId) {
    // Seen in the wild: an outer code around the real one, "8007: 4006: you have used up …".
    const code = this.nested ? 8007 : this.code;
    const description = this.nested ? `${this.code}: ${this.description}` : this.description;
    const title = this.nested ? "AiError" : this.title;
    const message = `AiError: ${title}: ${description} (${requestId})`;
    const bodies = {
      internal: {
        name: "AiError",
        internalCode: code,
        httpCode: this.status,
        message,
        description,
        requestId,
      },
      errors: { success: false, result: {}, errors: [{ message, code }], messages: [] },
    };
    const response = Response.json(bodies[this.body], { status: this.status });
    if (this.hint) response.headers.set("x-mock-hint", this.hint);
    return response;
  }
}
