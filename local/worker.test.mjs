import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { startWorker } from "./worker.mjs";

const ENTRY = `
import js
from pyodide.ffi import create_proxy, run_sync, to_js
from workers import Response, WorkerEntrypoint, import_from_javascript

leaked = []

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        path = request.url.partition("://")[2].partition("/")[2]
        return await getattr(self, path)(request)

    async def kind(self, request):
        env = import_from_javascript("cloudflare:workers").env
        return Response(f"{type(request).__name__} {type(env).__name__} {env.AI.constructor.name}")

    async def raw(self, request):
        return js.Response.new("raw")

    async def leak(self, request):
        leaked.append(create_proxy(lambda: None))
        return Response("leaked")

    async def outgoing(self, request):
        return await js.fetch("https://example.com/a", method="POST", body="x")

    async def sync(self, request):
        return Response(run_sync(js.Promise.resolve("synced")))

    async def later(self, request):
        async def work():
            await js.Promise.resolve(1)
            print("worked")
        self.ctx.waitUntil(work())
        return Response("soon")

    async def node(self, request):
        return Response(str([hasattr(js, name) for name in ("process", "Buffer", "setTimeout")]))

    async def call(self, request):
        callback = create_proxy(lambda: None)
        env = import_from_javascript("cloudflare:workers").env
        env.times(callback)
        callback.destroy()
        return Response("called")
`;

class Ai {}

const dir = mkdtempSync(join(tmpdir(), "worker-"));
writeFileSync(join(dir, "entry.py"), ENTRY);
writeFileSync(join(dir, "data.json"), "{}");
writeFileSync(join(dir, "compiled.bin"), "");
after(() => rmSync(dir, { recursive: true }));

for (const sdk of ["1.0.2", "1.9.5"]) {
  describe(`with SDK ${sdk}`, () => {
    const printed = [];
    const env = { AI: new Ai() };
    let worker;

    before(async () => {
      worker = await startWorker({
        srcDir: dir,
        sdk,
        env,
        output: (line, stream) => printed.push(`${stream}: ${line}`),
        fetch: async (request) => new Response(`${request.method} ${request.url}`),
        trace: true,
      });
    });

    const ask = async (path) =>
      (await worker.fetch(new Request(`https://x.example/${path}`))).text();

    test("the request is the SDK's, the environment of cloudflare:workers is raw", async () => {
      assert.equal(await ask("kind"), "Request JsProxy Ai");
    });

    test("a raw JavaScript Response is passed on", async () => {
      assert.equal(await ask("raw"), "raw");
    });

    test("a Python exception rejects with its traceback", async () => {
      await assert.rejects(ask("missing"), { name: "PythonError", message: /AttributeError/ });
    });

    test("the test answers the Worker's fetches", async () => {
      assert.equal(await ask("outgoing"), "POST https://example.com/a");
    });

    test("a request may suspend", async () => {
      assert.equal(await ask("sync"), "synced");
    });

    test("work continues after the response", async () => {
      assert.equal(await ask("later"), "soon");
      await worker.background();
      assert.deepEqual(printed, ["stdout: worked"]);
    });

    test("hides globals of Node that Workers do not have", async () => {
      assert.equal(await ask("node"), "[False, False, True]");
    });

    test("crossings are counted", async () => {
      const crossings = async (times) => {
        env.times = (callback) => {
          for (let i = 0; i < times; i += 1) callback();
        };
        const before = worker.crossings;
        await ask("call");
        return worker.crossings - before;
      };
      const without = await crossings(0);
      assert.equal(await crossings(100), without + 100);
    });

    test("proxies are counted, and a request leaks none", async () => {
      await ask("raw");
      assert.deepEqual(worker.liveProxies(), []);
      await ask("leak");
      assert.equal(worker.liveProxies().length, 1);
      await worker.python("import entry; entry.leaked.pop().destroy()");
      assert.deepEqual(worker.liveProxies(), []);
    });

    test("Python code returns plain values", async () => {
      assert.deepEqual(await worker.python("[1, {'a': x}]", { x: "b" }), [1, { a: "b" }]);
      assert.equal(await worker.python("await later", { later: Promise.resolve(2) }), 2);
    });

    test("has only the files of a bundle", async () => {
      const code = "import os; sorted(os.listdir(path))";
      assert.deepEqual(await worker.python(code, { path: dir }), ["entry.py"]);
    });
  });
}
