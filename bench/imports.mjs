/**
 * `make bench-imports`: what the import of each module costs, and the interpreter's memory after it.
 *
 * It is measured with compiled code, as it is deployed, and from source, and so is another `src`
 * whose path is given (`SRC=…`), all by turns: compare only what was measured in one run. “Code” is
 * what it takes to read a module's code, or to compile it. All times are the least of several, in ms,
 * in an interpreter that has imported everything before: the SDK and the standard library are there,
 * as they are in the runtime. With --quick there is one round.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { SRC } from "../local/paths.mjs";
import { startWorker } from "../local/worker.mjs";
import { compileSource } from "../scripts/compile.mjs";

const QUICK = process.argv.includes("--quick");
const ROUNDS = QUICK ? 1 : 9;
const OTHERS = process.argv.slice(2).filter((argument) => argument !== "--quick");

const IMPORT = `
import importlib.machinery, pathlib, re._compiler, shutil, sys, time

sys.dont_write_bytecode = True  # the runtime has nowhere to write it
for name, module in list(sys.modules.items()):
    if (getattr(module, "__file__", None) or "").startswith(src):
        del sys.modules[name]
for cache in list(pathlib.Path(src).rglob("__pycache__")):
    shutil.rmtree(cache)
re.purge()

def timed(kind, function):
    """The function, with what it takes entered under its kind, without what it calls of others."""
    def wrapper(*args, **named):
        name = args[1].__name__ if kind == "running" else open_[-1][0]
        open_.append((name, kind, 0.0))
        started = time.perf_counter()
        try:
            return function(*args, **named)
        finally:
            whole = time.perf_counter() - started
            *_, inner = open_.pop()
            row = spent.setdefault(name, {"running": 0.0, "code": 0.0, "patterns": 0.0})
            row[kind] += whole - inner
            outer, outer_kind, others = open_.pop()
            open_.append((outer, outer_kind, others + whole))
    return wrapper

spent = {}
open_ = [("", "", 0.0)]
Loader = importlib.machinery.SourceFileLoader
originals = Loader.exec_module, Loader.get_code, re._compiler.compile
Loader.exec_module = timed("running", Loader.exec_module)
Loader.get_code = timed("code", Loader.get_code)
re._compiler.compile = timed("patterns", re._compiler.compile)
try:
    import entry
finally:
    Loader.exec_module, Loader.get_code, re._compiler.compile = originals
[[name, *row.values()] for name, row in spent.items()]
`;

/** The least that each module took in any round, by its name. */
function enter(best, rows) {
  for (const [name, ...times] of rows) {
    const before = best.get(name) ?? times;
    best.set(
      name,
      times.map((each, place) => Math.min(each, before[place])),
    );
  }
}

const ms = (seconds) => (seconds * 1000).toFixed(1);
const sum = (values) => values.reduce((total, value) => total + value, 0);

const measured = [];
async function measure(src, name, compiled) {
  const worker = await startWorker({ srcDir: src, compiled, env: { API_KEYS: "sk-bench" } });
  measured.push({ src, name, worker, memory: worker.memory, best: new Map() });
}

for (const src of new Set([SRC, ...OTHERS].map((path) => resolve(path)))) {
  if (existsSync(join(src, "compiled.py")))
    await measure(src, `${src}, compiled`, await compileSource(src));
  await measure(src, `${src}, from source`);
}
for (let round = 0; round < ROUNDS; round += 1) {
  for (const { src, worker, best } of measured) enter(best, await worker.python(IMPORT, { src }));
}
for (const { name: title, memory, best } of measured) {
  const rows = [...best].sort(([, a], [, b]) => sum(b) - sum(a));
  const whole = [0, 1, 2].map((kind) => sum(rows.map(([, times]) => times[kind])));
  console.log(`\n${title}\n\n| Module | All | Code | Patterns | Running |\n|---|---|---|---|---|`);
  for (const [name, times] of [["all", whole], ...rows]) {
    const [running, code, patterns] = times.map(ms);
    console.log(`| ${name} | ${ms(sum(times))} | ${code} | ${patterns} | ${running} |`);
  }
  console.log(
    `\nThe interpreter's memory after the import: ${(memory / 1024 / 1024).toFixed(1)} MB`,
  );
}
process.exit(0);
