import assert from "node:assert/strict";
import { test } from "node:test";
import { fromBase64, hasText, toBase64 } from "./media/bytes.mjs";
import { ENCODERS, inspectImage } from "./media/pictures.mjs";
import { state } from "./state.mjs";
import {
  ask,
  assertAccepted,
  assertRejected,
  errorOf,
  file,
  formInput,
  json,
  streamInput,
} from "./testing.mjs";

const SCHNELL = "@cf/black-forest-labs/flux-1-schnell";
const DEV = "@cf/black-forest-labs/flux-2-dev";
const KLEIN = "@cf/black-forest-labs/flux-2-klein-4b";
const LUCID = "@cf/leonardo/lucid-origin";
const PHOENIX = "@cf/leonardo/phoenix-1.0";
const SDXL = "@cf/stabilityai/stable-diffusion-xl-base-1.0";
const LIGHTNING = "@cf/bytedance/stable-diffusion-xl-lightning";
const DREAMSHAPER = "@cf/lykon/dreamshaper-8-lcm";
const INPAINTING = "@cf/runwayml/stable-diffusion-v1-5-inpainting";
const prompt = "a red fox";

const grey = () => [128, 128, 128];
const png = await ENCODERS.png(64, 64, grey, 0);
const jpeg = await ENCODERS.jpeg(64, 64, grey, 0);
const large = await ENCODERS.png(512, 64, grey, 0);
const blob = (data, type) => new Blob([data], { type });

async function picture(model, inputs) {
  const { image, ...rest } = await json(model, inputs);
  assert.deepEqual(rest, {});
  return fromBase64(image);
}

async function pictureOf(model, fields) {
  return picture(model, { multipart: formInput(fields) });
}

async function formRefused(cases) {
  for (const [name, fields, code, hint] of cases) {
    const found = await errorOf(KLEIN, { multipart: formInput(fields) });
    assert.deepEqual([found.code, found.status], [code, code === 3043 ? 500 : 400], name);
    if (hint) assert.match(found.hint, hint, name);
  }
}

const sized = (type, width, height) => ({ type, width, height });

test("JSON models return base64, the others bytes, in their type and size", async () => {
  assert.deepEqual(
    inspectImage(await picture(SCHNELL, { prompt })),
    sized("image/jpeg", 1024, 1024),
  );
  assert.deepEqual(inspectImage(await picture(LUCID, { prompt })), sized("image/jpeg", 1120, 1120));
  /** @type {[string, string, ReturnType<typeof sized>][]} */
  const given = [
    [PHOENIX, "image/jpeg", sized("image/jpeg", 1024, 1024)],
    [SDXL, "image/png", sized("image/png", 1024, 1024)],
    [LIGHTNING, "image/jpeg", sized("image/jpeg", 1024, 1024)],
    [DREAMSHAPER, "image/png", sized("image/jpeg", 512, 512)],
  ];
  for (const [model, label, seen] of given) {
    const { type, data } = await file(model, { prompt });
    assert.equal(type, label, model);
    assert.deepEqual(inspectImage(data), seen, model);
  }
});

test("flux-1-schnell accepts prompt and steps only", async () => {
  await assertAccepted(SCHNELL, [
    ["steps", { prompt, steps: 8 }],
    ["longest", { prompt: "x".repeat(2048) }],
  ]);
  await assertRejected(SCHNELL, [
    [
      "seed",
      { prompt, seed: 1 },
      /^Error: Additional or unevaluated properties '\/seed' at '\/' not allowed$/,
    ],
    ["width", { prompt, width: 512 }, /'\/width'/],
    ["num_steps", { prompt, num_steps: 4 }],
    ["steps 9", { prompt, steps: 9 }, /'\/steps' must be <= 8/],
    ["too long", { prompt: "x".repeat(2049) }, /length of '\/prompt' must be <= 2048/],
    ["no prompt", {}, /are 'prompt'/],
    ["empty prompt", { prompt: "" }],
  ]);
});

test("pictures have the requested size", async () => {
  const { data } = await file(SDXL, { prompt, width: 256, height: 512 });
  assert.deepEqual(inspectImage(data), sized("image/png", 256, 512));
  const small = await file(PHOENIX, { prompt, width: 33, height: 20 });
  assert.deepEqual(inspectImage(small.data), sized("image/jpeg", 33, 20));
  const cut = await picture(LUCID, { prompt, width: 2480, height: 100 });
  assert.deepEqual(inspectImage(cut), sized("image/jpeg", 2048, 100));
  const dev = await pictureOf(DEV, { prompt, width: "512", height: "256" });
  assert.deepEqual(inspectImage(dev), sized("image/jpeg", 512, 256));
});

test("limits of the rows", async () => {
  await assertRejected(LUCID, [
    ["width", { prompt, width: 2501 }, /'\/width' must be <= 2500/],
    ["guidance", { prompt, guidance: 10.5 }],
    ["steps", { prompt, num_steps: 41 }],
    ["seed", { prompt, seed: -1 }],
  ]);
  await assertRejected(PHOENIX, [
    ["guidance", { prompt, guidance: 1 }, /must be >= 2/],
    ["negative_prompt", { prompt, negative_prompt: "" }, /length of '\/negative_prompt'/],
    ["height", { prompt, height: 2049 }],
  ]);
  await assertRejected(SDXL, [
    ["small", { prompt, width: 255 }, /must be >= 256/],
    ["large", { prompt, height: 2056 }],
    ["steps", { prompt, num_steps: 21 }],
    ["text", { prompt, width: "512" }, /'integer' not in 'string'/],
    ["seed", { prompt, seed: 1.5 }],
  ]);
  await assertAccepted(SDXL, [
    ["the rest", { prompt, negative_prompt: "", strength: 0.5, n: 4, size: "x" }],
  ]);
});

test("sides of the SDXL family are multiples of 8, or the engine fails", async () => {
  const { status, code, hint } = await errorOf(SDXL, { prompt, width: 1004 });
  assert.deepEqual([status, code], [500, 3043]);
  assert.match(hint, /multiples of 8/);
});

test("equal seeds give equal pictures, other seeds or prompts do not", async () => {
  const draw = async (inputs) =>
    toBase64((await file(SDXL, { prompt, width: 256, height: 256, ...inputs })).data);
  const first = await draw({ seed: 1 });
  assert.equal(await draw({ seed: 1 }), first);
  for (const other of [
    { seed: 2 },
    { seed: 1, negative_prompt: "blue" },
    { seed: 1, prompt: "a dog" },
  ]) {
    assert.notEqual(await draw(other), first);
  }
});

test("without a seed every picture differs, in an order that a reset restarts", async () => {
  const draw = async () => (await json(SCHNELL, { prompt })).image;
  const before = [await draw(), await draw()];
  assert.notEqual(before[0], before[1]);
  await ask("@mock/reset", { prompt: "x" });
  assert.deepEqual([await draw(), await draw()], before);
});

test("the content filter rejects prompts and outputs", async () => {
  /** @type {[string, object][]} */
  const cases = [
    [SCHNELL, { prompt: "[[nsfw]] a fox" }],
    [SDXL, { prompt: "[[nsfw]] a fox" }],
    [KLEIN, { multipart: formInput({ prompt: "[[nsfw]]" }) }],
  ];
  for (const [model, inputs] of cases) {
    const { status, code, text } = await errorOf(model, inputs);
    assert.deepEqual([status, code], [400, 3030], model);
    assert.match(text, /Input prompt contains NSFW content/);
  }
  for (const [model, inputs] of [
    ["@mock/image/refused/output", { prompt }],
    [KLEIN, { multipart: formInput({ prompt: "[[flagged]]" }) }],
  ]) {
    const { code, text } = await errorOf(model, inputs);
    assert.equal(code, 3030);
    assert.match(text, /^(AiError: AiError: )?Your output has been flagged/);
  }
});

test("[[bytes:N]] sets the minimum size", async () => {
  const data = await picture(SCHNELL, { prompt: "[[bytes:1000000]]" });
  assert.ok(data.length >= 1e6 && data.length < 1.01e6);
  assert.deepEqual(inspectImage(data), sized("image/jpeg", 1024, 1024));
});

// flux-2

test("flux-2 needs a form, even for a bare prompt", async () => {
  for (const model of [DEV, KLEIN, "@cf/black-forest-labs/flux-2-klein-9b"]) {
    const seen = inspectImage(await pictureOf(model, { prompt }));
    assert.deepEqual(seen, sized("image/jpeg", 1024, model === DEV ? 768 : 1024));
    await assertRejected(model, [
      ["JSON", { prompt }, /^Error: required properties at '\/' are 'multipart'$/],
    ]);
  }
});

test("flux-2 needs a stream whose type has a boundary", async () => {
  const invalid = async (multipart) => (await errorOf(KLEIN, { multipart })).code;
  assert.equal(
    await invalid({ body: "--x\r\n", contentType: "multipart/form-data; boundary=x" }),
    8001,
  );
  assert.equal(await invalid({ body: new Blob(["x"]), contentType: "multipart/form-data" }), 8001);
  const { body } = formInput({ prompt });
  const bare = await errorOf(KLEIN, { multipart: { body, contentType: "multipart/form-data" } });
  assert.deepEqual([bare.status, bare.code], [400, 3030]);
  assert.match(bare.text, /Missing boundary in multipart\./);
  const fields = new FormData();
  fields.append("prompt", prompt);
  const unserialised = { body: fields, contentType: "multipart/form-data" };
  assert.equal(await invalid(unserialised), 3030);
  const torn = streamInput("--x\r\nContent-Dispo", "multipart/form-data; boundary=x");
  assert.equal(await invalid(torn), 3043);
});

test("flux-2 checks the fields of its form", async () => {
  await formRefused([
    ["no prompt", { steps: "4" }, 3030, /prompt is required/],
    ["width", { prompt, width: "255" }, 3030, /width must be a number from 256 to 1920/],
    ["height", { prompt, height: "1921" }, 3030],
    ["no number", { prompt, width: "wide" }, 3030],
    ["fraction", { prompt, steps: "2.5" }, 3030],
    ["seed", { prompt, seed: "-1" }, 3030],
    ["guidance", { prompt, guidance: "much" }, 3030],
  ]);
  await pictureOf(KLEIN, { prompt, steps: "4", guidance: "2.5", seed: "0", unknown: "x" });
});

test("flux-2 accepts up to four images smaller than 512x512 with their true type", async () => {
  const images = Object.fromEntries(
    [0, 1, 2, 3].map((index) => [`input_image_${index}`, blob(png, "image/png")]),
  );
  const one = { input_image_0: blob(png, "image/png") };
  const seeds = [{}, one, images].map((more) => pictureOf(KLEIN, { prompt, seed: "1", ...more }));
  const drawn = (await Promise.all(seeds)).map(toBase64);
  assert.equal(new Set(drawn).size, 3, "input images change the picture");
  await pictureOf(KLEIN, { prompt, input_image_0: blob(jpeg, "image/jpeg") });
  await formRefused([
    [
      "too large",
      { prompt, input_image_0: blob(large, "image/png") },
      3030,
      /smaller than 512x512/,
    ],
    ["no image", { prompt, input_image_0: blob("text", "image/png") }, 3043, /no image/],
    [
      "other type",
      { prompt, input_image_0: blob(png, "image/jpeg") },
      3043,
      /content type image\/jpeg/,
    ],
    ["text", { prompt, input_image_0: "aGk=" }, 3030, /must be a file/],
  ]);
});

test("@mock/calls reports the fields of a form", async () => {
  await pictureOf(KLEIN, { prompt, input_image_0: blob(png, "image/png") });
  assert.deepEqual(state.recent.at(-1).form, [
    ["prompt", prompt],
    ["input_image_0", { name: "input_image_0.bin", type: "image/png", size: png.length }],
  ]);
});

// Images among JSON inputs

test("input images in the SDXL family's schema do not work", async () => {
  for (const more of [{ image: [...png] }, { image_b64: toBase64(png) }]) {
    for (const model of [SDXL, LIGHTNING]) {
      const { code, status, text } = await errorOf(model, { prompt, ...more });
      assert.deepEqual([status, code], [400, 3030]);
      assert.match(text, /input tensor `image` is not present in the model/);
    }
    const { code, text } = await errorOf(DREAMSHAPER, { prompt, ...more });
    assert.equal(code, 3010);
    assert.match(text, /for model 'dreamshaper-8-lcm'\. Expected \[1\], got \[1,\d+\]/);
  }
});

test("inpainting needs an image and a mask of one shape", async () => {
  const image = [...png];
  const mask = [...(await ENCODERS.png(32, 32, grey, 0))];
  const { data, type } = await file(INPAINTING, { prompt, image, mask, seed: 1 });
  assert.equal(type, "image/png");
  assert.deepEqual(inspectImage(data), sized("image/png", 512, 512));
  const other = await file(INPAINTING, { prompt, image_b64: toBase64(jpeg), mask, seed: 1 });
  assert.notDeepEqual(other.data, data);
  const code = async (more) => (await errorOf(INPAINTING, { prompt, ...more })).code;
  assert.equal(await code({}), 3010);
  assert.equal(await code({ image }), 3010);
  assert.equal(await code({ image, mask: [...large] }), 3010);
  assert.equal(await code({ image, mask: [1, 2, 3] }), 3016);
  assert.equal(await code({ image_b64: "?", mask }), 5004);
  assert.equal(await code({ image: [], mask }), 5006);
});

test("a JSON model rejects streams", async () => {
  const { code } = await errorOf(SDXL, { prompt, image: streamInput(png, "image/png") });
  assert.equal(code, 8001);
  assert.equal((await errorOf(SDXL, { prompt: streamInput("x", "text/plain") })).code, 5006);
});

test("plain models return every format, also mislabelled", async () => {
  const given = async (id) => {
    const { type, data } = await file(`@mock/image/${id}`, { prompt });
    return [type, inspectImage(data)?.type];
  };
  assert.deepEqual(await given("jpeg"), ["image/jpeg", "image/jpeg"]);
  assert.deepEqual(await given("png"), ["image/png", "image/png"]);
  assert.deepEqual(await given("mislabelled"), ["image/png", "image/jpeg"]);
  assert.equal(
    inspectImage(await picture("@mock/image/base64-png", { prompt }))?.type,
    "image/png",
  );
  assert.equal(inspectImage(await picture("@mock/image/garbage", { prompt })), undefined);
  assert.ok(await pictureOf("@mock/image", { prompt }));
  assert.ok(await picture("@mock/image", { prompt, image: [...png], mask: [...png], steps: 3 }));
});

test("a file arrives in pieces, in single bytes when split", async () => {
  const sizes = async (id) => {
    const list = [];
    for await (const piece of (await ask(id, { prompt })).body) list.push(piece);
    return list;
  };
  const plain = await sizes("@mock/image/png");
  assert.ok(plain.length >= 8 && plain.every(({ length }) => length <= 16384));
  const { body } = await ask("@mock/image/stream/split", { prompt, width: 64 });
  for await (const piece of body) assert.ok(piece.length);
  assert.ok(hasText(plain[0], 1, "PNG"));
});
