/**
 * Runs pytest inside Pyodide, on the files of this folder: `pyodide_pytest.mjs [pytest arguments]`.
 *
 * pytest and what the tests import are wheels in .cache/pyodide-site (`make` puts them there). A
 * test file that imports what has no wheel for Pyodide is reported as skipped, by name, with the
 * reason; any other failure to load is a failure.
 */
import { join } from "node:path";
import { CACHE, ROOT } from "../local/paths.mjs";
import { loadPython } from "../local/pyodide.mjs";

const RUN = `
import os, sys
os.chdir(root)
sys.path += [site, root + "/scripts"]
sys.dont_write_bytecode = True
import pytest
import pyodide_plugin
pyodide_plugin.on_start = on_start
int(pytest.main([*arguments], plugins=[pyodide_plugin]))
`;

const root = ROOT.replace(/\/$/, "");
let test = "loading";
// Too deep a recursion kills the interpreter, here as in the runtime, outside of any call.
process.on("unhandledRejection", fail);

const { pyodide } = await loadPython();
// Unbuffered, so that pytest's dots come one by one.
pyodide.setStdout({
  write: (bytes) => {
    process.stdout.write(Buffer.from(bytes)); // a copy: this memory is used again
    return bytes.length;
  },
});
pyodide.FS.mkdirTree(root);
pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root }, root);
const globals = pyodide.toPy({
  root,
  site: join(CACHE, "pyodide-site"),
  arguments: process.argv.slice(2),
  on_start: (name) => {
    test = name;
  },
});
process.exitCode = await pyodide.runPythonAsync(RUN, { globals }).catch(fail);

function fail(error) {
  console.error(`Pyodide died in: ${test}\n${error.message}`);
  process.exit(1);
}
