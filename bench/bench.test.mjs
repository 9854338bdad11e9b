/** The bench itself runs, in its quick form: every figure with a limit is measured. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { readLimits } from "./limits.mjs";

const BENCH = new URL("bench.mjs", import.meta.url).pathname;

test("every figure that has a limit is measured, and no other", async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [BENCH, "--quick"]);
  assert.equal(stderr, "");
  const lines = stdout.trimEnd().split("\n");
  const figures = lines.map((line) => line.split(/ {2,}/));
  assert.deepEqual(
    figures.map(([name]) => name),
    Object.keys(readLimits()),
  );
  for (const [name, value, limit] of figures) {
    assert.match(value, /^-?\d+(?:\.\d)?(?: [×µmKMBs]+)?$/u, name);
    assert.match(limit, /^limit \d+(?:\.\d)?(?: [×µmKMBs]+)?$/u, name);
  }
});

test("every module's import is measured", async () => {
  const imports = new URL("imports.mjs", import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [imports, "--quick"]);
  for (const name of ["all", "entry", "edge.streams", "translation.languages.ngrams"]) {
    assert.match(stdout, new RegExp(`^\\| ${name} \\|(?: \\d+\\.\\d \\|){4}$`, "m"));
  }
  assert.match(stdout, /^The interpreter's memory after the import: \d+\.\d MB$/m);
  assert.match(stdout, /src, compiled$/m);
  assert.match(stdout, /src, from source$/m);
});
