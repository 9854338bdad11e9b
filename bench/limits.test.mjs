import assert from "node:assert/strict";
import { test } from "node:test";
import { findMisses, format, round } from "./limits.mjs";

const IMPORT = { name: "import", value: 410, unit: "ms" };
const CALLS = { name: "calls", value: 25, unit: "" };

test("a figure at its limit holds it", () => {
  assert.deepEqual(findMisses([IMPORT, CALLS], { import: 410, calls: 25 }), []);
});

test("a missed limit is reported in words", () => {
  assert.deepEqual(findMisses([IMPORT, CALLS], { import: 300, calls: 24 }), [
    "import 410 ms: limit 300 ms missed",
    "calls 25: limit 24 missed",
  ]);
});

test("what could not be measured misses its limit", () => {
  assert.deepEqual(findMisses([{ ...IMPORT, value: NaN }], { import: 300 }), [
    "import NaN ms: limit 300 ms missed",
  ]);
});

test("a figure without a limit and a limit without a figure are misses", () => {
  assert.deepEqual(findMisses([IMPORT], { calls: 25 }), [
    "import: no limit in bench/limits.json",
    "calls: has a limit in bench/limits.json, but was not measured",
  ]);
});

test("figures are compared as they are printed", () => {
  assert.deepEqual([2.04, 2.06, 99.95, 324.4].map(round), [2, 2.1, 100, 324]);
});

test("figures are printed in columns, each beside its limit", () => {
  assert.equal(
    format([IMPORT, CALLS], { import: 300 }),
    ["import    410 ms  limit 300 ms", "calls         25  no limit"].join("\n"),
  );
});
