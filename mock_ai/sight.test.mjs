import assert from "node:assert/strict";
import { test } from "node:test";
import { latin1Text, toBase64 } from "./media/bytes.mjs";
import { ENCODERS } from "./media/pictures.mjs";
import { ask, assertRejected, errorOf, json, streamInput, streamText } from "./testing.mjs";

const LLAVA = "@cf/llava-hf/llava-1.5-7b-hf";
const MOONDREAM = "@cf/moondream/moondream3.1-9B-A2B";
const RESNET = "@cf/microsoft/resnet-50";
const TURN = "@cf/pipecat-ai/smart-turn-v2";

const png = await ENCODERS.png(64, 32, () => [1, 2, 3], 0);
const image = `data:image/png;base64,${toBase64(png)}`;

test("llava describes an image given as numbers, as text or as a stream", async () => {
  const expected = { description: " This is an image, image/png, 64 by 32 pixels." };
  for (const given of [[...png], latin1Text(png), streamInput(png, "image/png")]) {
    assert.deepEqual(await json(LLAVA, { image: given }), expected);
  }
  const asked = await json(LLAVA, { image: [...png], prompt: "What?", max_tokens: 3 });
  assert.equal(asked.description, " You asked ");
  await assertRejected(LLAVA, [
    ["no image", { prompt: "What?" }, /are 'image'/],
    ["prompt", { image: [...png], prompt: 1 }],
  ]);
  assert.equal((await errorOf(LLAVA, { image: [1, 2, 3] })).code, 3016);
});

test("moondream: four tasks, streamed by default", async () => {
  const body = await json(MOONDREAM, { image, question: "What?", stream: false });
  assert.equal(body.answer, 'You asked "What?". This is an image, image/png, 64 by 32 pixels.');
  assert.equal(body.finish_reason, "stop");
  assert.equal(typeof body.metrics.input_tokens, "number");
  assert.ok((await json(MOONDREAM, { task: "caption", image, stream: false })).caption);
  assert.equal((await json(MOONDREAM, { task: "point", image })).points.length, 1);
  assert.equal((await json(MOONDREAM, { task: "detect", image })).objects.length, 1);
  const streamed = await ask(MOONDREAM, { image });
  assert.equal(streamed.headers.get("content-type"), "text/event-stream");
  assert.match(await streamed.text(), /"completed":true,"answer":/);
  assert.match(await streamText(MOONDREAM, { question: "Why?" }), /You/);
  await assertRejected(MOONDREAM, [
    ["no image", { task: "caption" }, /are 'image'/],
    ["task", { task: "draw", image }],
    ["temperature", { image, temperature: 3 }],
  ]);
  assert.equal((await errorOf(MOONDREAM, { image: "http://example.com/a.png" })).code, 3030);
  assert.equal((await errorOf(MOONDREAM, { image: "data:image/png;base64,AAAA" })).code, 3016);
});

test("resnet-50 returns five labels, most likely first", async () => {
  const labels = await json(RESNET, { image: [...png] });
  assert.equal(labels.length, 5);
  const scores = labels.map(({ score }) => score);
  assert.deepEqual(
    scores,
    scores.toSorted((a, b) => b - a),
  );
  assert.deepEqual(await json(RESNET, { image: streamInput(png, "image/png") }), labels);
  assert.equal((await errorOf(RESNET, { image: [0] })).code, 3016);
  await assertRejected(RESNET, [["text", { image: toBase64(png) }]]);
});

test("smart-turn detects the end of a turn", async () => {
  const { is_complete, probability } = await json(TURN, { audio: toBase64(png), dtype: "uint8" });
  assert.equal(is_complete, probability >= 0.5);
  const streamed = await json(TURN, { audio: streamInput(png, "application/octet-stream") });
  assert.equal(streamed.probability, probability);
  await assertRejected(TURN, [
    ["nothing", {}],
    ["dtype", { audio: toBase64(png), dtype: "int8" }],
    ["empty", { audio: streamInput("", "application/octet-stream") }],
  ]);
});

test("clef answers every question with probabilities", async () => {
  const inputs = {
    model: "clef",
    state: { text: "The parcel is late." },
    questions: {
      late: { type: "noul", instructions: "Is it late?" },
      mood: { type: "choice", instructions: "Mood?", criteria: { calm: null, angry: null } },
      grade: { type: "score", instructions: "How bad?", criteria: ["fine", "bad", "worse"] },
    },
    images: [image],
  };
  const { model, answers, usage } = await json("@cf/cloudflare/clef", inputs);
  assert.equal(model, "clef");
  assert.ok(usage.input_tokens > 0);
  assert.ok(answers.late.noul >= 0 && answers.late.noul <= 1);
  for (const { probabilities } of [answers.mood, answers.grade]) {
    const sum = Object.values(probabilities).reduce((all, value) => all + value, 0);
    assert.ok(Math.abs(sum - 1) < 1e-9);
  }
  assert.equal(answers.mood.probabilities[answers.mood.choice], answers.mood.confidence);
  assert.ok(answers.grade.score >= 0 && answers.grade.score <= 2);
  assert.deepEqual(answers.grade.legend, { 0: "fine", 1: "bad", 2: "worse" });
  assert.ok(await json("@cf/cloudflare/clef-omni", { ...inputs, model: "clef-omni" }));
  await assertRejected("@cf/cloudflare/clef", [
    ["other model", { ...inputs, model: "clef-omni" }, /does not match pattern/],
    ["no questions", { ...inputs, questions: {} }, /properties of '\/questions' must be >= 1/],
    ["type", { ...inputs, questions: { a: { type: "yes", instructions: "?" } } }],
    ["criteria", { ...inputs, questions: { a: { type: "choice", instructions: "?" } } }],
    ["link", { ...inputs, images: ["https://example.com/a.png"] }],
  ]);
});
