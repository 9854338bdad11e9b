/**
 * Compiles src/ for the runtime's Python: writes src/compiled.bin, which src/compiled.py reads.
 *
 * wrangler runs this before every deploy, by wrangler.toml. It never fails one: without the file
 * the Worker compiles its source when it starts, which is slower, and otherwise the same.
 */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SRC = fileURLToPath(new URL("../src", import.meta.url));
const COMPILED = join(SRC, "compiled.bin");
const SCRIPT = new URL("make_compiled.py", import.meta.url);

/**
 * @param {string} srcDir
 * @returns {Promise<Uint8Array>} compiled.bin
 */
export async function compileSource(srcDir) {
  const { loadPyodide } = await import("pyodide"); // here, as it may not be installed
  // Columns of the code, for the ^^^^ in tracebacks, are a quarter of what is uploaded.
  const pyodide = await loadPyodide({ env: { PYTHONNODEBUGRANGES: "1" } });
  pyodide.mountNodeFS("/src", srcDir);
  pyodide.runPython(readFileSync(SCRIPT, "utf8"));
  return pyodide.runPython(`compile_source(Path("/src"))`).toJs();
}

/** Whether nothing has changed since. wrangler dev runs this again for what it has just written. */
function isUpToDate() {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => file.endsWith(".py")).map((file) => join(SRC, file));
  const written = statSync(COMPILED, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return sources.every((file) => statSync(file).mtimeMs < written);
}

async function main() {
  if (process.env.WRANGLER_COMMAND === "dev" && isUpToDate()) return;
  try {
    writeFileSync(COMPILED, await compileSource(SRC));
  } catch (/** @type {any} */ error) {
    rmSync(COMPILED, { force: true });
    const [reason] = String(error.message ?? error).split("\n");
    console.log(`The source is not compiled, so the Worker will start more slowly: ${reason}`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
