/**
 * What a Worker may not do while it is imported: the runtime takes its memory snapshot then. It
 * refuses entropy and has no I/O, and it can store no JavaScript object but the globals.
 *
 * Node refuses none of this, so the modules are imported once more and watched.
 */
import assert from "node:assert/strict";
import crypto from "node:crypto"; // where Pyodide draws from in Node
import { test } from "node:test";
import { SRC } from "../../local/paths.mjs";
import { useWorker } from "./harness.mjs";

const worker = useWorker();

const IMPORT_AGAIN = `
import random, sys

def ours():
    return {
        name: module
        for name, module in sys.modules.items()
        if (getattr(module, "__file__", None) or "").startswith(src)
    }

names = list(ours())
for name in names:
    del sys.modules[name]
state = random.getstate()
import entry
unseeded = random.getstate() == state
`;

const JS_OBJECTS = `
import js
from pyodide.ffi import JsProxy

def is_global(value):
    name = getattr(value, "name", None)
    return any(value == getattr(js, name, None) for name in dir(js) if name.isidentifier())

def held(name, holder):
    for key, value in vars(holder).items():
        if isinstance(value, JsProxy) and value != js and not is_global(value):
            yield f"{name}.{key}"
        elif isinstance(value, type) and value.__module__ == getattr(holder, "__name__", None):
            yield from held(f"{name}.{key}", value)

[line for name, module in ours().items() for line in held(name, module)]
`;

/** Counts the calls of a function while `action` runs. */
async function calls(object, name, action) {
  const original = object[name];
  let count = 0;
  object[name] = function counted(...args) {
    count += 1;
    return original.apply(this, args);
  };
  try {
    await action();
  } finally {
    object[name] = original;
  }
  return count;
}

const importAgain = () => worker.python(`${IMPORT_AGAIN}\nlen(names)`, { src: SRC });

test("the import is observed", async () => {
  assert.ok((await importAgain()) > 5);
  const drawn = () => worker.python("import os; os.urandom(4)");
  assert.notEqual(await calls(crypto, "randomFillSync", drawn), 0);
});

test("the import draws no entropy", async () => {
  assert.equal(await calls(crypto, "randomFillSync", importAgain), 0);
  assert.equal(await worker.python(`${IMPORT_AGAIN}\nunseeded`, { src: SRC }), true);
});

test("the import fetches nothing", async () => {
  worker.outgoing = () => assert.fail("fetched");
  await importAgain();
});

test("no module keeps a JavaScript object that is not a global", async () => {
  const code = `${IMPORT_AGAIN}\n${JS_OBJECTS}`;
  assert.deepEqual(await worker.python(code, { src: SRC }), []);
});
