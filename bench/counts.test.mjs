/** What counts as a call and as a crossing, by a Worker of a few lines. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { record } from "./counts.mjs";

const ENTRY = `
from js import JSON, Response
from workers import WorkerEntrypoint

async def twice(number):
    return abs(number) + abs(number)

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        await twice(-1)
        parsed = JSON.parse("[1, 2]")
        parsed[0]
        request.js_object.mark = "a"
        return Response.new(str(sum(number for number in (1, 2))))
`;

test("each call, resumption and crossing of the Worker is counted, and no other", async (t) => {
  const src = await mkdtemp(join(tmpdir(), "counts-"));
  t.after(() => rm(src, { recursive: true }));
  await writeFile(join(src, "entry.py"), ENTRY);

  const recorded = await record(["health"], src);

  const events = recorded.get("health")?.own.map(([kind, name]) => `${kind} ${name}`.trim());
  assert.deepEqual(events, [
    "function Default.fetch",
    "function twice",
    "builtin abs",
    "builtin abs",
    "read parse",
    "call parse",
    "item",
    "function Request.js_object",
    "write mark",
    "builtin sum",
    "function Default.fetch.<locals>.<genexpr>",
    "resumption Default.fetch.<locals>.<genexpr>",
    "resumption Default.fetch.<locals>.<genexpr>",
    "builtin JsProxy.new",
    "new Response",
  ]);
});
