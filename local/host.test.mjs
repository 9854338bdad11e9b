import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { promisify } from "node:util";
import { startHost } from "./host.mjs";

const ENTRY = (word) => `
from pyodide.code import run_js
from workers import Response, WorkerEntrypoint, import_from_javascript

class Default(WorkerEntrypoint):
    async def fetch(self, request):
        env = import_from_javascript("cloudflare:workers").env
        if request.url.endswith("/boom"):
            raise ValueError("kaboom")
        if request.url.endswith("/die"):
            import json
            json.loads("[" * 200_000)
        return Response(f"${word} {env.API_KEYS} {env.COLOUR}")
`;

// As src/core/settings.py has them: what the host asks the Worker for.
const SETTINGS = `
from types import SimpleNamespace as Row

ROWS = [
    Row(name="API_KEYS"),
    Row(name="COLOUR"),
]
`;
const KEYS = `
from types import SimpleNamespace as Key

def read_keys(text):
    return [Key(secret=key.encode()) for key in text.split(",")]
`;

const dir = mkdtempSync(join(tmpdir(), "host-"));
const srcDir = join(dir, "src");
const publicDir = join(dir, "public");
const said = [];
let host;

before(async () => {
  for (const each of [srcDir, publicDir]) mkdirSync(each);
  for (const room of ["core", "access"]) mkdirSync(join(srcDir, room));
  writeFileSync(join(srcDir, "access/keys.py"), KEYS);
  writeFileSync(join(srcDir, "core/settings.py"), SETTINGS);
  writeFileSync(join(srcDir, "entry.py"), ENTRY("first"));
  writeFileSync(join(publicDir, "page.html"), "a page");
  host = await startHost({
    bindings: Promise.resolve({ API_KEYS: "k1,k2", COLOUR: "red" }),
    settings: { COLOUR: "blue", PATH: "/bin" },
    report: (text) => said.push(text),
    srcDir,
    publicDir,
  });
});

beforeEach(() => said.splice(0));

after(async () => {
  await host.close();
  rmSync(dir, { recursive: true });
});

const get = async (path) => {
  const response = await fetch(host.url + path);
  return [response.status, await response.text()];
};

/** Waits until the host has said what matches. */
async function hears(pattern) {
  while (!said.some((text) => pattern.test(text)))
    await new Promise((done) => setTimeout(done, 20));
}

test("the Worker has the bindings, and its settings from the environment", async () => {
  assert.deepEqual(await get("/"), [200, "first k1,k2 blue"]);
  assert.deepEqual(await host.keys(), ["k1", "k2"]);
});

test("assets come before the Worker", async () => {
  assert.deepEqual(await get("/page"), [200, "a page"]);
});

test("an exception is a 500 without its text, which the terminal shows", async () => {
  const [status, text] = await get("/boom");
  assert.equal(status, 500);
  assert.doesNotMatch(String(text), /kaboom/);
  assert.match(said.join(), /entry\.py.*kaboom/s);
});

test("a change is loaded, a broken file answers 500 until it is fixed", async () => {
  writeFileSync(join(srcDir, "entry.py"), ENTRY("second"));
  await hears(/Reloaded in/);
  assert.deepEqual(await get("/"), [200, "second k1,k2 blue"]);

  writeFileSync(join(srcDir, "entry.py"), "def broken(:\n");
  await hears(/Not loaded/);
  assert.match(said.join(), /SyntaxError/);
  assert.equal((await get("/"))[0], 500);
  assert.deepEqual(await get("/page"), [200, "a page"]);

  said.splice(0);
  writeFileSync(join(srcDir, "entry.py"), ENTRY("third"));
  await hears(/Reloaded in/);
  assert.deepEqual(await get("/"), [200, "third k1,k2 blue"]);
});

// In a process of its own: what kills the interpreter also rejects a promise that nobody can
// reach, and node:test takes that for a failure.
const DIE = `
import { startHost } from ${JSON.stringify(new URL("host.mjs", import.meta.url))};
process.on("unhandledRejection", () => {});
const [srcDir] = process.argv.slice(1);
const bindings = { API_KEYS: "k", COLOUR: "red" };
const host = await startHost({ srcDir, bindings, report: () => {} });
const before = await fetch(host.url + "/die");
const after = await fetch(host.url + "/");
console.log(before.status, after.status);
process.exit();
`;

test("a dead interpreter is replaced", async () => {
  const arguments_ = ["--input-type=module", "--eval", DIE, srcDir];
  const { stdout } = await promisify(execFile)(process.execPath, arguments_);
  assert.equal(stdout, "500 200\n");
});

test("a change in a new folder is loaded", async () => {
  mkdirSync(join(srcDir, "colours"));
  writeFileSync(join(srcDir, "colours", "__init__.py"), "");
  await hears(/Reloaded in/);
});
