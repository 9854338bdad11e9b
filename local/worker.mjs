/**
 * Runs a Python Worker under Pyodide in Node as the runtime does: class `Default` of entry.py, a
 * new instance per request, arguments and result through the SDK.
 *
 * Not simulated: limits of CPU and memory, the runtime's own stream classes, and the ban on I/O
 * objects of other requests.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CACHE, SRC } from "./paths.mjs";
import { loadPython } from "./pyodide.mjs";

/** `workers-runtime-sdk` 1.0.2 is the runtime's frozen SDK, except for types. */
export const FROZEN_SDK = "1.0.2";

/** The flags of the compatibility date in wrangler.toml that the SDK reads. */
const COMPATIBILITY_FLAGS = {
  python_workers: true,
  disable_python_external_sdk: true,
  enable_request_signal: true,
  python_request_headers_preserve_commas: true,
  python_workflows_implicit_dependencies: true,
};

/** What wrangler bundles of a folder: Python, texts and data. */
const BUNDLED = /\.(?:py|txt|html|sql|bin)$/;

/** Compiled code of an older deploy may lie there: here the source counts. */
const COMPILED = "compiled.bin";

/**
 * Names in Node's global scope that a Worker does not have.
 * @type {Set<string | symbol>}
 */
const NODE_ONLY = new Set(["process", "Buffer", "global", "setImmediate", "clearImmediate"]);

/**
 * @typedef {object} WorkerOptions
 * @property {string} [srcDir] the folder of entry.py; what wrangler bundles of it is copied
 * @property {Uint8Array} [compiled] the compiled code that scripts/compile.mjs makes; without it the
 *   Worker runs from source
 * @property {string} [sdk] version of workers-runtime-sdk
 * @property {object} [env] the bindings and variables; the Worker sees changes
 * @property {(request: Request) => Promise<Response>} [fetch] answers the Worker's own fetches
 * @property {(line: string, stream: "stdout" | "stderr") => void} [output] receives what it prints
 * @property {boolean} [strict] Python warnings in the Worker are errors
 * @property {import("./pyodide.mjs").Instrument} [instrument] replaces functions that Python's
 *   WebAssembly imports
 * @property {boolean} [trace] records proxies for `liveProxies`; slow
 */

/** @param {WorkerOptions} [options] */
export async function startWorker(options) {
  const worker = new PythonWorker(options);
  await worker.load();
  return worker;
}

class PythonWorker {
  #options;
  /** @type {import("./pyodide.mjs").Pyodide} */
  #pyodide;
  #crossings = () => 0;
  #Default;
  #call;
  /** @type {Set<Promise<unknown>>} */
  #background = new Set();
  /** @type {Set<(error: unknown) => void>} */
  #waiting = new Set();

  /** @param {WorkerOptions} [options] */
  constructor({
    srcDir = SRC,
    compiled,
    sdk = FROZEN_SDK,
    env = {},
    fetch = globalThis.fetch,
    output = (line, stream) => process[stream].write(`${line}\n`),
    strict = false,
    trace = false,
    instrument,
  } = {}) {
    this.#options = { srcDir, compiled, sdk, output, strict, trace, instrument };
    this.env = env;
    this.outgoing = fetch;
    /**
     * Set when the interpreter itself has died; only a new Worker helps then.
     * @type {unknown}
     */
    this.fatal = null;
  }

  async load() {
    const { srcDir, compiled, sdk, output, strict, trace, instrument } = this.#options;
    const { pyodide, crossings } = await loadPython({
      instrument,
      jsglobals: this.#globals(),
      stdout: (line) => output(line, "stdout"),
      stderr: (line) => output(line, "stderr"),
    });
    this.#pyodide = pyodide;
    this.#crossings = crossings;
    pyodide._api.on_fatal = (error) => {
      this.fatal = error;
      for (const reject of this.#waiting) reject(error);
    };

    // The same paths as outside, so that tracebacks name the file to open.
    const sdkDir = join(CACHE, `sdk-${sdk}`);
    copyBundle(pyodide.FS, srcDir);
    if (compiled) pyodide.FS.writeFile(join(srcDir, COMPILED), compiled);
    copyBundle(pyodide.FS, sdkDir);
    pyodide.FS.mkdirTree("/local");
    pyodide.FS.writeFile(
      "/local/_local_entrypoint.py",
      readFileSync(new URL("entrypoint.py", import.meta.url)),
    );
    pyodide.registerJsModule("_pyodide_entrypoint_helper", {
      cloudflareWorkersModule: { env: this.env, waitUntil: (work) => this.#waitUntil(work) },
      cloudflareSocketsModule: {},
      doAnImport: (name) => import(name),
      // ExecutionContext below keeps Python awaitables alive itself.
      patchWaitUntil: () => {},
    });
    pyodide.registerJsModule("_cloudflare_compat_flags", COMPATIBILITY_FLAGS);

    await this.python("import sys; sys.path[:0] = [src]; sys.path += [sdk, '/local']", {
      src: srcDir,
      sdk: sdkDir,
    });
    this.#call = await this.python("from _local_entrypoint import call; call");
    if (strict) await this.python("import warnings; warnings.simplefilter('error')");
    this.#Default = await this.python("import entry; entry.Default");
    if (trace) {
      // Proxies cache attribute lookups; let the class do so before tracing starts.
      const instance = await this.#instance();
      instance.destroy();
      pyodide._module.enable_pyproxy_allocation_tracing();
    }
  }

  /**
   * @param {Request} request
   * @returns {Promise<Response>} rejects with a PythonError where the runtime returns error
   *   1101, and with the fatal error of the interpreter, after which nothing else would settle
   */
  async fetch(request) {
    if (this.fatal) throw this.fatal;
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      this.#answer(request)
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject));
    });
  }

  /** Resolves when all work passed to waitUntil has ended. */
  async background() {
    while (this.#background.size > 0) await Promise.all(this.#background);
  }

  /**
   * Runs Python code in a namespace of its own, with these local variables.
   * @returns the value of its last expression; lists and dicts as arrays and objects
   */
  async python(code, locals = {}) {
    const globals = this.#pyodide.toPy(locals, { depth: 1 });
    try {
      const value = await this.#pyodide.runPythonAsync(code, { globals });
      const { PyDict, PySequence } = this.#pyodide.ffi;
      if (!(value instanceof PyDict || value instanceof PySequence)) return value;
      try {
        return value.toJs({ dict_converter: Object.fromEntries });
      } finally {
        value.destroy();
      }
    } finally {
      globals.destroy();
    }
  }

  /** The number of calls of Python functions from JavaScript since the start. */
  get crossings() {
    return this.#crossings();
  }

  /** How much of its memory the interpreter uses, in bytes. */
  get memory() {
    const { _malloc, _mallinfo, _free, HEAP32 } = this.#pyodide._module;
    const fields = _malloc(40);
    _mallinfo(fields);
    const used = HEAP32[fields / 4 + 7]; // uordblks
    _free(fields);
    return used;
  }

  /** The size of its memory in bytes. It grows only: so this is the most that it has ever needed. */
  get heap() {
    return this.#pyodide._module.HEAP8.length;
  }

  /** The origins of all Python proxies that have not been released. Needs `trace`. */
  liveProxies() {
    return [...this.#pyodide._module.pyproxy_alloc_map.values()];
  }

  async #answer(request) {
    const instance = await this.#instance();
    try {
      return await promising(this.#call, instance, "fetch", request);
    } finally {
      instance.destroy();
    }
  }

  #instance() {
    const context = new ExecutionContext((work) => this.#waitUntil(work));
    return promising(this.#Default, context, this.env);
  }

  #waitUntil(work) {
    // A Python awaitable is valid during the call only, hence the copy.
    const copy = work?.copy?.() ?? work;
    const settled = Promise.resolve(copy)
      .catch((error) => this.#options.output(`waitUntil: ${error.message ?? error}`, "stderr"))
      .finally(() => {
        copy?.destroy?.();
        this.#background.delete(settled);
      });
    this.#background.add(settled);
  }

  #globals() {
    /** @type {typeof globalThis.fetch} */
    const fetch = (resource, init) => this.outgoing(new Request(resource, init));
    return new Proxy(globalThis, {
      get(target, name) {
        if (name === "fetch") return fetch;
        return NODE_ONLY.has(name) ? undefined : Reflect.get(target, name);
      },
      has: (target, name) => !NODE_ONLY.has(name) && Reflect.has(target, name),
    });
  }
}

class ExecutionContext {
  constructor(waitUntil) {
    this.waitUntil = waitUntil;
    this.props = {};
  }

  passThroughOnException() {}

  get [Symbol.toStringTag]() {
    return "ExecutionContext";
  }
}

/** Calls a Python function so that it may suspend (`run_sync`), as the runtime does. */
function promising(callable, ...args) {
  return callable.callWithOptions({ relaxed: true, promising: true }, ...args);
}

function copyBundle(FS, dir) {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true });
  const bundled = ({ name }) => BUNDLED.test(name) && name !== COMPILED;
  for (const file of files.filter((file) => file.isFile() && bundled(file))) {
    FS.mkdirTree(file.parentPath);
    const path = join(file.parentPath, file.name);
    FS.writeFile(path, readFileSync(path));
  }
}
