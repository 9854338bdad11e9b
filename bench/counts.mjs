/**
 * `make bench-counts`: the Python calls and crossings into JavaScript of one warm request. Unlike
 * times, they are in Node what they are in the runtime.
 *
 *     node bench/counts.mjs [SRC] [--profile health|chat|embeddings|remembered]
 *
 * With --profile, lists each call and crossing of that request. SRC is another `src` to count.
 *
 * - *Calls* are those of Python functions and of builtins: what `sys.setprofile` reports as `call`
 *   and `c_call`, except for resumptions of coroutines and generators, which it reports as calls.
 *   They are counted separately. A class written in C (`str`, `tuple`, …) is not a builtin here.
 * - *Crossings* are operations of Python on a JavaScript object. A method call is two: the method is
 *   read, then called. Numbers and strings that cross as arguments and results are not counted, nor
 *   is Pyodide's bookkeeping.
 *
 * The Worker's share is what its own code does, with all that it calls, from the entry into `fetch`
 * until the answer. What the SDK and Pyodide's event loop do around it is counted separately.
 */
import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CACHE, SRC } from "../local/paths.mjs";
import { startWorker } from "../local/worker.mjs";
import { chat, embeddings, health, KEY, translate } from "./requests.mjs";
import { Database, translated } from "./translation.mjs";
import { vectors, wholeAnswer } from "./upstream.mjs";

/**
 * @typedef {[name: string, file: string, firstLine: number, line: number]} Frame
 * @typedef {[kind: string, name: string, stack: Frame[]]} Event
 * @typedef {{ title: string, request: () => Request, upstream?: () => Response }} Kind
 */

/** @type {Record<string, Kind>} */
export const KINDS = {
  health: { title: "GET /health", request: health },
  chat: {
    title: "a chat, not streamed",
    request: () => chat(false),
    upstream: () => wholeAnswer("native"),
  },
  embeddings: {
    title: "embeddings of one text",
    request: () => embeddings("text"),
    upstream: () => vectors(1, 1024),
  },
  remembered: {
    title: "a remembered translation",
    request: () => translate("Hello world"),
    upstream: () => translated({ text: "Hello world" }),
  },
};

/** What Pyodide imports to do something to a JavaScript object, and what that is. */
const OPERATIONS = {
  read: ["JsProxy_GetAttr_js", "JsProxy_Dir_js"],
  write: ["JsProxy_SetAttr_js", "JsProxy_DelAttr_js"],
  call: [
    "JsvFunction_CallBound",
    "JsvFunction_Call_OneArg",
    "JsvObject_CallMethod",
    "JsvObject_CallMethod_NoArgs",
    "JsvObject_CallMethod_OneArg",
    "JsvObject_CallMethod_TwoArgs",
  ],
  new: ["JsvFunction_Construct"],
  item: [
    "JsvArray_Get",
    "JsvArray_Set",
    "JsvArray_Delete",
    "JsvArray_Insert",
    "JsvArray_Extend",
    "JsvArray_slice",
    "JsvArray_slice_assign",
    "JsArray_index_js",
    "JsArray_count_js",
    "JsArray_reverse_js",
    "JsProxy_subscript_js",
    "JsObjMap_subscript_js",
    "JsObjMap_ass_subscript_js",
    "JsObjMap_contains_js",
    "JsMap_clear_js",
  ],
  iteration: [
    "JsProxy_GetIter_js",
    "JsProxy_GetAsyncIter_js",
    "JsObjMap_GetIter_js",
    "JsMap_GetIter_js",
    "JsArray_reversed_iterator",
  ],
  length: ["get_length_helper", "JsObjMap_length_js"],
  truth: ["JsProxy_Bool_js"],
  comparison: [
    "Jsv_equal",
    "Jsv_not_equal",
    "Jsv_less_than",
    "Jsv_less_than_equal",
    "Jsv_greater_than",
    "Jsv_greater_than_equal",
  ],
  text: ["JsvObject_toString", "Jsv_typeof"],
  to_py: ["js2python_convert"],
  to_bytes: ["JsvBuffer_assignToPtr", "JsBuffer_DecodeString_js"],
  assign: ["JsvBuffer_assignFromPtr"],
  // Once for each to_js, whatever that converts.
  to_js: ["_python2js_handle_postprocess_list"],
  proxy: ["create_once_callable", "pyproxy_new", "pyproxy_new_ex"],
};

const PYTHON = new Set(["function", "builtin"]);
const isCall = ([kind]) => PYTHON.has(kind);
const isResumption = ([kind]) => kind === "resumption";
const isCrossing = ([kind]) => kind in OPERATIONS;

/** Reports each operation of Python on a JavaScript object, by kind and name, to `crossed()`. */
class Instrument {
  /** @type {((kind: string, name: string) => void) | null} */
  crossed = null;

  /** @type {import("../local/pyodide.mjs").Instrument} */
  wrap = (env) => {
    const wrapped = { ...env };
    for (const [kind, names] of Object.entries(OPERATIONS)) {
      for (const name of names) {
        const operate = env[name];
        if (!operate) throw new Error(`Pyodide does not import ${name} any more`);
        wrapped[name] = (...args) => {
          const { crossed } = this;
          // The report itself crosses, too.
          this.crossed = null;
          crossed?.(kind, nameOf(name, args, env.memory));
          this.crossed = crossed;
          return operate(...args);
        };
      }
    }
    return wrapped;
  };
}

/** The attribute, method or function that an import is given. */
function nameOf(operation, args, memory) {
  const [target, key] = args;
  if (operation.startsWith("JsvObject_CallMethod")) return String(key);
  if (operation.startsWith("JsvFunction_")) return target.name;
  if (!operation.includes("Attr_js")) return "";
  const bytes = new Uint8Array(memory.buffer);
  return Buffer.from(bytes.subarray(key, bytes.indexOf(0, key))).toString();
}

/**
 * Records a warm request of each kind.
 *
 * @param {string[]} names of KINDS
 * @returns {Promise<Map<string, {own: Event[], around: Event[]}>>} in and around the Worker's code
 */
export async function record(names, src = SRC) {
  const instrument = new Instrument();
  let answer;
  const AI = { run: async () => answer(), models: async () => [] };
  const env = { API_KEYS: KEY, MODELS_TTL: "0", AI, DB: new Database() };
  const worker = await startWorker({ srcDir: src, env, instrument: instrument.wrap });
  const code = readFileSync(new URL("counts.py", import.meta.url), "utf8");
  const recorded = new Map();
  for (const name of names) {
    const { request, upstream } = KINDS[name];
    answer = upstream;
    // Only the third is warm: by then everything is imported, cached and remembered.
    for (let place = 0; place < 2; place += 1) await (await worker.fetch(request())).text();
    const recorder = await worker.python(code);
    const one = request();
    recorder.start();
    instrument.crossed = recorder.crossed;
    const response = await worker.fetch(one);
    instrument.crossed = null;
    /** @type {Event[]} */
    const events = JSON.parse(recorder.stop());
    if (response.status !== 200) throw new Error(await response.text());
    const isOwn = ([, , stack]) => stack.some(([, file]) => file.startsWith(`${src}/`));
    recorded.set(name, {
      own: events.filter(isOwn),
      around: events.filter((event) => !isOwn(event)),
    });
  }
  return recorded;
}

/**
 * For `make bench`: the Worker's share of each kind.
 *
 * @returns {Promise<import("./limits.mjs").Figure[]>}
 */
export async function countFigures() {
  const recorded = await record(Object.keys(KINDS));
  return [...recorded].flatMap(([name, { own }]) => {
    const { title } = KINDS[name];
    return [
      { name: `Python calls for ${title}`, value: count(own, isCall), unit: "" },
      { name: `crossings into JavaScript for ${title}`, value: count(own, isCrossing), unit: "" },
    ];
  });
}

function count(events, test) {
  return events.filter(test).length;
}

function totals({ own, around }) {
  return [isCall, isResumption, isCrossing].flatMap((test) => [
    count(own, test),
    count(around, test),
  ]);
}

/**
 * Each of the Worker's functions in the order of its first call, below the function that called it
 * first, with what happens inside it, callees included. After a wait a coroutine goes on inside the
 * promise's callback, and no more inside `fetch`.
 */
function steps(own) {
  const functions = new Map();
  for (const event of own) {
    const [kind, name, stack] = event;
    const [inner, outer] = stack.map(keyOf);
    const keys = new Set(stack.map(keyOf));
    if (kind === "function") {
      const depth = 1 + (functions.get(outer)?.depth ?? -1);
      const counts = { called: 0, calls: 0, crossings: 0 };
      const row = functions.get(inner) ?? { name, depth, place: placeOf(stack[0]), ...counts };
      row.called += 1;
      functions.set(inner, row);
      keys.delete(inner);
    }
    for (const key of keys) {
      const row = functions.get(key);
      if (row && isCall(event)) row.calls += 1;
      if (row && isCrossing(event)) row.crossings += 1;
    }
  }
  return [...functions.values()].map(({ called, calls, crossings, name, depth, place }) => {
    return [called, calls, crossings, "  ".repeat(depth) + name, place];
  });
}

/** How often each thing happens, most often first, and from where. */
function most(events) {
  const rows = new Map();
  for (const [kind, name, stack] of events) {
    const what = `${kind} ${name}`.trim();
    const row = rows.get(what) ?? { total: 0, places: new Map() };
    const caller = kind === "function" ? stack[1] : stack[0];
    const place = caller ? placeOf(caller, { current: true }) : "JavaScript";
    row.total += 1;
    row.places.set(place, (row.places.get(place) ?? 0) + 1);
    rows.set(what, row);
  }
  const byCount = ([, a], [, b]) => b - a;
  return [...rows]
    .sort(([, a], [, b]) => b.total - a.total)
    .map(([what, { total, places }]) => {
      const each = [...places].sort(byCount).map(([place, times]) => `${place} ×${times}`);
      return [total, what, each.join("  ")];
    });
}

const keyOf = ([name, file, first]) => `${name} ${file}:${first}`;

/** File and line, as short as it stays clear. */
function placeOf([, file, first, line], { current = false } = {}) {
  const short = file.replace(/^.*\/(?:python\d+\.zip|site-packages|src)\//, "");
  return `${short.startsWith(CACHE) ? relative(CACHE, short) : short}:${current ? line : first}`;
}

function print(title, heading, rows) {
  const all = [heading, ...rows];
  const last = heading.length - 1;
  const widths = heading.map((_, column) =>
    Math.max(...all.map((row) => String(row[column]).length)),
  );
  console.log(`\n${title}\n`);
  for (const row of all) {
    const cells = row.map((cell, column) => {
      if (typeof rows[0]?.[column] === "number") return String(cell).padStart(widths[column]);
      return column === last ? cell : cell.padEnd(widths[column]);
    });
    console.log(cells.join("  ").trimEnd());
  }
}

function printCounts(recorded) {
  print(
    "Of one warm request, in the Worker and (around) in the SDK and Pyodide",
    ["request", "calls", "around", "resumptions", "around", "crossings", "around"],
    [...recorded].map(([name, events]) => [KINDS[name].title, ...totals(events)]),
  );
}

function printProfile({ own, around }) {
  print(
    "The Worker's functions in the order of their first call; calls and crossings with all inside",
    ["called", "calls", "crossings", "function", "defined"],
    steps(own),
  );
  print("Calls, most first", ["times", "what", "from"], most(own.filter(isCall)));
  print("Crossings, most first", ["times", "what", "from"], most(own.filter(isCrossing)));
  print("Resumptions", ["times", "what", "from"], most(own.filter(isResumption)));
  print("Around: the SDK and Pyodide", ["times", "what", "from"], most(around));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    options: { profile: { type: "string" } },
    allowPositionals: true,
  });
  const src = positionals[0] ? resolve(positionals[0]) : SRC;
  if (values.profile && !(values.profile in KINDS)) {
    throw new Error(`--profile is one of ${Object.keys(KINDS).join(", ")}`);
  }
  const recorded = await record(values.profile ? [values.profile] : Object.keys(KINDS), src);
  printCounts(recorded);
  if (values.profile) for (const events of recorded.values()) printProfile(events);
  process.exit(0);
}
