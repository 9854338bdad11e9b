/**
 * Loads Pyodide in Node, from a memory snapshot after the first time: 0.2 s instead of 2.
 *
 * The snapshot has the bare interpreter, as the runtime's base snapshot does, without modules of
 * the Worker or the SDK: so the cost of importing them stays visible.
 */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadPyodide, version } from "pyodide";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import { CACHE } from "./paths.mjs";

/** @import { PyodideAPI } from "pyodide" */

/**
 * With the private members used here, which may change with any version.
 * @typedef {PyodideAPI & {_api: any, _module: any, makeMemorySnapshot: () => Uint8Array}} Pyodide
 */

/**
 * Given the functions that Python's WebAssembly imports from JavaScript, by name, returns those to
 * import instead.
 * @typedef {(env: Record<string, any>) => Record<string, any>} Instrument
 */

/** @typedef {{instrument?: Instrument} & Record<string, unknown>} PythonOptions */

const SNAPSHOT = join(CACHE, `pyodide-${version}.snapshot`);

/**
 * @param {PythonOptions} [options] with `jsglobals`, `stdout`, `stderr` and whatever else
 *   loadPyodide takes
 * @returns {Promise<{pyodide: Pyodide, crossings: () => number}>}
 *   `crossings()` counts the calls of Python functions from JavaScript since the start
 */
export async function loadPython(options = {}) {
  return load({ ...options, _loadSnapshot: await snapshot() });
}

async function snapshot() {
  try {
    return await readFile(SNAPSHOT);
  } catch (/** @type {any} */ error) {
    if (error.code !== "ENOENT") throw error;
  }
  const { pyodide } = await load({ _makeSnapshot: true });
  const memory = pyodide.makeMemorySnapshot();
  // Written to a draft and renamed, since several processes may do this at once.
  await mkdir(CACHE, { recursive: true });
  const draft = `${SNAPSHOT}.${process.pid}`;
  await writeFile(draft, memory);
  await rename(draft, SNAPSHOT);
  return memory;
}

/** @param {PythonOptions} options */
async function load({ instrument = (env) => env, ...options }) {
  /** @type {(() => number)[]} */
  const counters = [];
  /** @param {any} settings */
  const counted = (settings) =>
    createPyodideModule({
      ...settings,
      instantiateWasm: (imports, done) => {
        const instrumented = { ...imports, env: instrument(imports.env) };
        settings.instantiateWasm(instrumented, (instance, module) => {
          /** @type {any} */
          const { exports: metered } = new WebAssembly.Instance(new WebAssembly.Module(METER), {
            pyodide: { call: instance.exports._pyproxy_apply },
          });
          counters.push(() => metered.count.value);
          const exports = { ...instance.exports, _pyproxy_apply: metered.call };
          done({ exports }, module);
        });
      },
    });
  const pyodide = /** @type {Pyodide} */ (
    await loadPyodide({ ...options, _sysExecutable: "python", createPyodideModule: counted })
  );

  // Calls that may suspend use another entry, which is looked up by name at each call.
  const { promisingApply } = pyodide._module;
  let suspending = 0;
  pyodide._module.promisingApply = (...args) => {
    suspending += 1;
    return promisingApply(...args);
  };
  counters.push(() => suspending);

  return { pyodide, crossings: () => counters.reduce((sum, count) => sum + count(), 0) };
}

/**
 * A WebAssembly function that counts calls and passes them on. Pyodide's linker puts every export into its
 * function table, which takes WebAssembly functions only; hence bytes instead of a closure:
 *
 *     (import "pyodide" "call" (func $call (type $apply)))
 *     (type $apply (func (param i32 externref i32 externref i32) (result externref)))
 *     (global (export "count") (mut i32) (i32.const 0))
 *     (func (export "call") (type $apply)
 *       (global.set 0 (i32.add (global.get 0) (i32.const 1)))
 *       (call $call (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4)))
 */
const METER = (() => {
  const I32 = 0x7f;
  const EXTERNREF = 0x6f;
  const name = (text) => [text.length, ...Buffer.from(text)];
  const section = (id, ...content) => [id, content.length, ...content];
  const increment = [0x23, 0, 0x41, 1, 0x6a, 0x24, 0];
  const callOn = [0x20, 0, 0x20, 1, 0x20, 2, 0x20, 3, 0x20, 4, 0x10, 0];
  const body = [0, ...increment, ...callOn, 0x0b];
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 5, I32, EXTERNREF, I32, EXTERNREF, I32, 1, EXTERNREF),
    ...section(2, 1, ...name("pyodide"), ...name("call"), 0, 0),
    ...section(3, 1, 0),
    ...section(6, 1, I32, 1, 0x41, 0, 0x0b),
    ...section(7, 2, ...name("count"), 3, 0, ...name("call"), 0, 1),
    ...section(10, 1, body.length, ...body),
  ]);
})();
