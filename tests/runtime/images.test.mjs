/** Images across the border: forms in and out, base64 and files from models. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { byteStream, useWorker } from "./harness.mjs";

const worker = useWorker();
const KLEIN = "@cf/black-forest-labs/flux-2-klein-4b";
const INPAINTING = "@cf/runwayml/stable-diffusion-v1-5-inpainting";
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);
const BASE64 = PNG.toString("base64");
const drawn = () => Response.json({ image: BASE64 });

const generate = (fields) => worker.post("/v1/images/generations", { prompt: "A cat", ...fields });

function form(path, fields) {
  const body = new FormData();
  for (const [name, value] of fields) {
    if (typeof value === "string") body.append(name, value);
    else body.append(name, new Blob([value]), "a.bin");
  }
  return worker.fetch(path, { method: "POST", body });
}

/**
 * The form that a model was given.
 * @param {{inputs: any}} call
 * @returns {Promise<Map<string, any>>} its texts and files by name
 */
async function formOf({ inputs }) {
  assert.deepEqual(Object.keys(inputs), ["multipart"]);
  const { body, contentType } = inputs.multipart;
  assert.match(contentType, /^multipart\/form-data; *boundary=/);
  return new Map(await new Response(body, { headers: { "content-type": contentType } }).formData());
}

test("base64 is passed on without entering Python", async () => {
  const images = [1, 2].map((byte) =>
    Buffer.concat([PNG, Buffer.alloc(1_000_000, byte)]).toString("base64"),
  );
  worker.ai.answers(...images.map((image) => Response.json({ image, seed: 1 })));
  let response;
  const most = await worker.peak(async () => {
    const fields = { model: "flux-1-schnell", response_format: "b64_json", n: 2 };
    response = await generate(fields);
  });
  assert.ok(most < 300_000, `${most} bytes were in Python`);
  assert.equal(response.headers.get("content-type"), "application/json");
  const answer = await response.json();
  assert.deepEqual(
    answer.data.map((item) => item.b64_json),
    images,
  );
  assert.equal(answer.size, "1x1");
  assert.deepEqual(worker.ai.calls[0].inputs, { prompt: "A cat" });
});

test("incomplete base64 is a 502", async () => {
  const pull = (controller) => controller.error(new Error("secret detail"));
  worker.ai.answers(new Response(new ReadableStream({ type: "bytes", pull })));
  const response = await generate({ model: "flux-1-schnell", response_format: "b64_json" });
  assert.equal(response.status, 502);
  const { error } = await response.json();
  assert.equal(error.code, "upstream_error");
  assert.doesNotMatch(JSON.stringify(error), /secret/);
});

test("a file from the model becomes base64, however it is split", async () => {
  const pieces = [...PNG].map((byte) => Uint8Array.of(byte));
  const headers = { "content-type": "image/jpeg" };
  worker.ai.answers(new Response(byteStream(pieces), { headers }));
  const response = await generate({
    model: "@cf/leonardo/phoenix-1.0",
    response_format: "b64_json",
    size: "512x512",
  });
  const answer = await response.json();
  assert.equal(answer.data[0].b64_json, BASE64);
  assert.equal(answer.output_format, "png");
  assert.deepEqual(worker.ai.calls[0].inputs, { prompt: "A cat", width: 512, height: 512 });
});

test("flux-2 gets a form with a boundary, even for a bare prompt", async () => {
  worker.ai.answers(drawn(), drawn());
  const response = await generate({ model: KLEIN, prompt: "Eine Katze 🐈", n: 2 });
  assert.equal((await response.json()).data.length, 2);
  const forms = await Promise.all(worker.ai.calls.map(formOf));
  for (const given of forms) assert.equal(given.get("prompt"), "Eine Katze 🐈");
  assert.equal(new Set(forms.map((given) => given.get("seed"))).size, 2);
});

test("the images of an edit reach flux-2 as files of their true type", async () => {
  worker.ai.answers(drawn());
  const response = await form("/v1/images/edits", [
    ["model", KLEIN],
    ["prompt", "A hat"],
    ["image[]", PNG],
    ["image[]", Buffer.concat([PNG, Buffer.from("more")])],
    ["size", "512x512"],
    ["n", "1"],
  ]);
  assert.equal(response.status, 200, await response.clone().text());
  const given = await formOf(worker.ai.calls[0]);
  assert.deepEqual([...given.keys()].sort(), [
    "height",
    "input_image_0",
    "input_image_1",
    "prompt",
    "width",
  ]);
  assert.equal(given.get("width"), "512");
  const image = given.get("input_image_0");
  assert.equal(image.type, "image/png");
  assert.deepEqual(Buffer.from(await image.arrayBuffer()), PNG);
  assert.equal(given.get("input_image_1").size, PNG.length + 4);
});

test("image and mask reach the older models as base64 and numbers", async () => {
  worker.ai.answers(new Response(PNG, { headers: { "content-type": "image/png" } }));
  const response = await form("/v1/images/edits", [
    ["model", INPAINTING],
    ["prompt", "A hat"],
    ["image", PNG],
    ["mask", PNG],
    ["response_format", "b64_json"],
  ]);
  assert.equal((await response.json()).data[0].b64_json, BASE64);
  const { inputs } = worker.ai.calls[0];
  assert.deepEqual(inputs, { prompt: "A hat", image_b64: BASE64, mask: [...PNG] });
  assert.ok(Array.isArray(inputs.mask));
});

test("a retried call gets a new form", async () => {
  const busy = Response.json({ internalCode: 3040, description: "busy" }, { status: 429 });
  worker.ai.answers(busy, drawn());
  const response = await form("/v1/images/variations", [["image", PNG]]);
  assert.equal(response.status, 200);
  const forms = await Promise.all(worker.ai.calls.map(formOf));
  assert.deepEqual(
    forms.map((given) => given.get("input_image_0").size),
    [PNG.length, PNG.length],
  );
});

test("an image in a chat reaches flux-2 as a file", async () => {
  worker.ai.answers(drawn());
  const content = [
    { type: "text", text: "A hat" },
    { type: "image_url", image_url: { url: `data:image/jpeg;base64,${BASE64}` } },
  ];
  const messages = [{ role: "user", content }];
  const response = await worker.post("/v1/chat/completions", { model: KLEIN, messages });
  const { choices } = await response.json();
  assert.equal(choices[0].message.content, `![A hat](data:image/png;base64,${BASE64})`);
  const image = (await formOf(worker.ai.calls[0])).get("input_image_0");
  assert.equal(image.type, "image/png");
  assert.deepEqual(Buffer.from(await image.arrayBuffer()), PNG);
});

test("an invalid form is a 400", async () => {
  const response = await worker.post("/v1/images/edits", { prompt: "A hat" });
  assert.equal(response.status, 400);
  assert.equal((await response.json()).error.code, "invalid_form");
});
