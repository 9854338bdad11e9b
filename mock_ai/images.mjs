/**
 * Text to image: checks, a picture that depends on all inputs, and its bytes in the model's
 * format.
 *
 * Schemas: Cloudflare's documentation; limits are those of the model's row. What the engines do
 * beyond them (3010, 3030, 3043, sides reduced to a limit) is from public logs of 2026. Only the
 * flux-2 models support input images.
 */
import { parseCommands } from "./commands.mjs";
import { AiError, FLAGGED, tensorText } from "./errors.mjs";
import { fromBase64, toBase64 } from "./media/bytes.mjs";
import { ENCODERS, inspectImage } from "./media/pictures.mjs";
import { binaryResponse, jsonResponse } from "./respond.mjs";
import { requireValid } from "./schema.mjs";
import { anything, integer, number, octets, record, string, text } from "./shapes.mjs";
import { state } from "./state.mjs";
import { digest, hash } from "./tokens.mjs";

const SIDE = { min: 256, max: 1920 };
const MAX_IMAGES = 4;
const MAX_BYTES = 2 ** 25;

export async function run(call) {
  const { model } = call;
  const parameters = call.media ? await readForm(call) : readInputs(call);
  rejectFlaggedPrompt(parameters.prompt);
  const [width, height] = pickSize(model, parameters);
  const data = await drawPicture(model, parameters, width, height);
  if (model.answer === "json") return jsonResponse(call, { image: toBase64(data) });
  return binaryResponse(call, data, model.label ?? `image/${model.encode}`);
}

function rejectFlaggedPrompt(prompt) {
  const commands = parseCommands(prompt);
  if (commands.nsfw !== undefined) throw new AiError(3030);
  if (commands.flagged !== undefined) throw new AiError(3030, FLAGGED);
}

// JSON

function readInputs({ model, inputs }) {
  const forms = model.inputs.includes("multipart");
  if (forms && (inputs.multipart !== undefined || !model.inputs.includes("prompt"))) {
    requireValid(record({ multipart: anything }), inputs);
    throw new AiError(8001, undefined, { hint: "multipart takes {body: a stream, contentType}" });
  }
  requireValid(schema(model), inputs);
  return { ...inputs, tensors: readTensors(model, inputs) };
}

function schema({ inputs, limits, closed_schema }) {
  const bounded = (name, kind) => kind(limits?.[name]?.min, limits?.[name]?.max);
  const prompt = { ...text, maxLength: limits?.prompt_chars?.max };
  const parameters = {
    prompt,
    negative_prompt: { ...string, minLength: limits?.negative_prompt_chars?.min },
    ...Object.fromEntries(
      ["width", "height", "steps", "num_steps", "seed"].map((name) => [
        name,
        bounded(name, integer),
      ]),
    ),
    ...Object.fromEntries(["guidance", "strength"].map((name) => [name, bounded(name, number)])),
    image: octets,
    image_b64: string,
    mask: octets,
  };
  const accepted = Object.entries(parameters).filter(([name]) => inputs.includes(name));
  return record(Object.fromEntries(accepted), ["prompt"], { additionalProperties: !closed_schema });
}

/** Checks the images among the inputs and returns them as their digests. */
function readTensors(model, { image, image_b64, mask }) {
  const images = {
    image: image_b64 === undefined ? image && Uint8Array.from(image) : fromBase64(image_b64),
    mask: mask && Uint8Array.from(mask),
  };
  for (const name of model.needs) {
    if (!images[name]) throw incompleteInput(`model requires input '${name}'`);
  }
  const tensors = Object.entries(images)
    .filter(([, data]) => data)
    .map(([name, data]) => {
      if (model.tensors.includes(`${name}[1]`)) {
        const where = `input '${name}' for model '${model.id.split("/").at(-1)}'`;
        throw incompleteInput(
          `unexpected shape for ${where}. Expected [1], got [1,${data.length}]`,
        );
      }
      if (!model.tensors.includes(name)) {
        const why = `input tensor \`${name}\` is not present in the model`;
        throw new AiError(3030, `Model input is not valid: ${why}`);
      }
      const image = inspectImage(data);
      if (!image) throw new AiError(3016, tensorText(name));
      return { ...image, digest: digest(data.join()) };
    });
  if (
    tensors.length === 2 &&
    tensors[0].width * tensors[1].height !== tensors[1].width * tensors[0].height
  ) {
    throw incompleteInput("mask and image differ in shape");
  }
  return tensors;
}

function incompleteInput(why) {
  const description = `Invalid or incomplete input for the model: model returned: ${why}`;
  return new AiError(3010, description, { status: 400 });
}

// Forms

async function readForm({ model, inputs, media, noted }) {
  if (!model.inputs.includes("multipart")) {
    requireValid(schema(model), inputs);
    throw new AiError(8001, undefined, { hint: `${model.id} takes no stream` });
  }
  const { contentType } = media;
  const data = await media.bytes();
  if (!/;\s*boundary=/i.test(contentType))
    throw new AiError(3030, "Missing boundary in multipart.");
  const form = await parseForm(data, contentType);
  noted.form = [...form].map(([name, value]) =>
    typeof value === "string"
      ? [name, value]
      : [name, { name: value.name, type: value.type, size: value.size }],
  );
  const parameters = { prompt: textField(form, "prompt") };
  if (!parameters.prompt) throw invalidField("prompt", "is required");
  for (const name of ["width", "height"]) {
    parameters[name] = numberField(form, name, { ...SIDE, ...model.limits?.[name] });
  }
  for (const name of ["steps", "seed"]) parameters[name] = numberField(form, name, { min: 0 });
  parameters.guidance = numberField(form, "guidance", {}, Number.isFinite);
  const names = Array.from({ length: MAX_IMAGES }, (_, index) => `input_image_${index}`);
  const present = names.filter((name) => form.has(name));
  parameters.tensors = await Promise.all(present.map((name) => inputImage(model, form, name)));
  return parameters;
}

async function parseForm(data, contentType) {
  try {
    return await new Response(data, { headers: { "content-type": contentType } }).formData();
  } catch {
    throw new AiError(3043, undefined, { hint: "the form is incomplete" });
  }
}

function textField(form, name) {
  const value = form.get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function numberField(form, name, { min = -Infinity, max = Infinity }, isValid = Number.isInteger) {
  const text = textField(form, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!isValid(value) || value < min || value > max) {
    throw invalidField(name, `must be a number from ${min} to ${max}`);
  }
  return value;
}

async function inputImage(model, form, name) {
  const file = form.get(name);
  if (typeof file === "string") throw invalidField(name, "must be a file, which has a name");
  const data = new Uint8Array(await file.arrayBuffer());
  const image = inspectImage(data);
  if (!image) throw new AiError(3043, undefined, { hint: `${name} is no image` });
  if (file.type !== image.type) {
    const hint = `${name} is ${image.type}, its content type ${file.type || "empty"}`;
    throw new AiError(3043, undefined, { hint });
  }
  const limit = model.limits?.input_image_side_px?.max ?? Infinity;
  if (Math.max(image.width, image.height) > limit)
    throw invalidField(name, "must be smaller than 512x512");
  return { ...image, digest: digest(data.join()) };
}

/** The service's own text is not known. */
function invalidField(name, why) {
  return new AiError(3030, `Invalid value for ${name}`, { hint: `${name} ${why}` });
}

// The picture

function pickSize({ size: defaultSize, clamp, multiple }, { width, height }) {
  const sides = [width || defaultSize[0], height || defaultSize[1]].map((side) =>
    Math.min(side, clamp),
  );
  if (sides.some((side) => side % multiple)) {
    const hint = `width and height must be multiples of ${multiple}`;
    throw new AiError(3043, undefined, { hint });
  }
  return sides;
}

async function drawPicture(model, parameters, width, height) {
  const key = JSON.stringify([model.id, parameters]);
  const paint = createPainter(key + (parameters.seed === undefined ? drawingNumber(key) : ""));
  const minBytes = Math.min(Number(parseCommands(parameters.prompt).bytes) || 0, MAX_BYTES);
  return ENCODERS[model.encode](width, height, paint, minBytes);
}

/** Counts the pictures of equal requests without a seed, so that each is a different one. */
function drawingNumber(key) {
  const id = digest(key);
  const times = (state.unseeded.get(id) ?? 0) + 1;
  state.unseeded.set(id, times);
  return times;
}

const SPREAD = 64;

/** Paints a repeated square with a colour at each corner, and some noise between them. */
function createPainter(key) {
  const seed = hash(key);
  const shades = [0, 1, 2, 3].map((corner) => {
    const value = hash(`${corner} ${key}`);
    return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff];
  });
  return (column, row) => {
    const x = (column % SPREAD) / SPREAD;
    const y = (row % SPREAD) / SPREAD;
    const grain = ((Math.imul(seed ^ (row * 8191 + column), 0x9e3779b1) >>> 27) & 15) - 8;
    return [0, 1, 2].map((part) => {
      const top = shades[0][part] * (1 - x) + shades[1][part] * x;
      const bottom = shades[2][part] * (1 - x) + shades[3][part] * x;
      return Math.max(0, Math.min(255, Math.round(top * (1 - y) + bottom * y + grain)));
    });
  };
}
