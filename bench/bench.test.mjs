/** The bench itself runs, in its quick form: every row is measured, whatever it comes to here. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";

const BENCH = new URL("bench.mjs", import.meta.url).pathname;

const ROWS = [
  "GET /health, the floor",
  "chat, not streamed, native answer",
  "chat, not streamed, OpenAI answer",
  "crossings into Python, 500 native events",
  "crossings into Python, 500 OpenAI events",
  "Python per native event",
  "Python per OpenAI event",
  "the same to Messages",
  "the same to Responses",
  "100 embeddings of 1,024 floats to base64, by json.loads",
  "image of 1 MB as b64_json, but for its passage",
  "recording of 10 MB, its form parsed",
  "“Hello world” into zh-CN, D1 read and written",
  "the same once more, from the isolate's memory",
  "page of 50 paragraphs of 300 characters",
  "the same page, remembered",
  "reads of D1 for it",
  "import of entry.py, after the SDK",
  "bundle with its tables, gzip",
];

test("every row is measured", async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [BENCH, "--quick"]);
  assert.equal(stderr, "");
  const [heading, rule, ...rows] = stdout.trimEnd().split("\n");
  assert.equal(heading, "| What | Target | Here |");
  assert.equal(rule, "|---|---|---|");
  const cells = rows.map((row) => row.split("|").map((cell) => cell.trim()));
  assert.deepEqual(
    cells.map(([, what]) => what),
    ROWS,
  );
  for (const [, what, target, here] of cells) {
    assert.match(target, /^(?:≤ )?\d+(?: [×µmKMBs]+)?$/u, what);
    assert.match(here, /^-?\d+(?:\.\d)?(?: [×µmKMBs]+)?$/u, what);
  }
});

test("every module's import is measured", async () => {
  const imports = new URL("imports.mjs", import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [imports, "--quick"]);
  for (const name of ["all", "entry", "edge.streams", "translation.ngrams"]) {
    assert.match(stdout, new RegExp(`^\\| ${name} \\|(?: \\d+\\.\\d \\|){4}$`, "m"));
  }
  assert.match(stdout, /^The interpreter's memory after the import: \d+\.\d MB$/m);
});
