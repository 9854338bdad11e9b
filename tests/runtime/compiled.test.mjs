/** The Worker from compiled code, as it is deployed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { SRC } from "../../local/paths.mjs";
import { compileSource } from "../../scripts/compile.mjs";
import { useWorker } from "./harness.mjs";

const compiled = await compileSource(SRC);
const worker = useWorker({ compiled });

const LOADERS = `
import compiled, sys
ours = [
    (name, type(module.__loader__) is compiled.Loader)
    for name, module in sys.modules.items()
    if (getattr(module, "__file__", None) or "").startswith(src)
]
`;

test("every module but the first two comes from compiled code", async () => {
  const from = (expression) => worker.python(`${LOADERS}\n${expression}`, { src: SRC });
  const others = await from("sorted(name for name, is_compiled in ours if not is_compiled)");
  assert.deepEqual(others, ["compiled", "entry"]);
  assert.ok((await from("len(ours)")) > 100);
});

test("a request is answered", async () => {
  worker.ai.answers(Response.json({ response: "Hi" }));
  const messages = [{ role: "user", content: "Hello" }];
  const response = await worker.post("/v1/chat/completions", { model: "gpt-4o", messages });
  assert.equal(response.status, 200);
  assert.equal((await response.json()).choices[0].message.content, "Hi");
});

test("a traceback names file and line, and shows the source", async () => {
  await worker.handler("async def handle(request, connect):\n    raise KeyError");
  await assert.rejects(worker.get("/health"), {
    message: /src\/edge\/serve\.py", line \d+, in _answer_request\n +answer = await handle/,
  });
});

test("another compilation gives the same bytes", async () => {
  assert.deepEqual(await compileSource(SRC), compiled);
});
