/**
 * Runs hostile requests inside Pyodide: `hostile.mjs [seconds] [seed]`, see tests/hostile.
 *
 * They run in a worker thread. What does not come back within half a minute hangs, and what kills the
 * interpreter ends the thread: either is a finding, and another thread goes on behind it.
 */
import { join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { CACHE, ROOT } from "../local/paths.mjs";
import { loadPython } from "../local/pyodide.mjs";

const HANG_MS = 30_000;

const RUN = `
import os, sys
os.chdir(root)
sys.path += [root + "/src", root + "/tests", site, root + "/scripts"]
sys.dont_write_bytecode = True
import pyodide_plugin
from hostile.campaign import Campaign
campaign = Campaign(report, clock)
if with_corpus:
    campaign.run_corpus()
campaign.run_seeds(seed, seconds)
campaign.write_json()
`;

/**
 * @typedef {{count: number, statuses: Record<string, number>, slowest: [number, string],
 *   costs: [string, number, string][], findings: string[]}} Summary
 */

if (isMainThread) {
  const seconds = Number(process.argv[2] || 600);
  const seed = Number(process.argv[3] || Math.floor(Date.now() / 1000));
  process.exitCode = await supervise(seconds, seed);
} else {
  await work();
}

async function work() {
  const root = ROOT.replace(/\/$/, "");
  const { pyodide } = await loadPython();
  pyodide.FS.mkdirTree(root);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root }, root);
  const report = (/** @type {string} */ name) => parentPort?.postMessage({ name });
  const clock = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1e6;
  };
  const site = join(CACHE, "pyodide-site");
  const globals = pyodide.toPy({ root, site, report, clock, ...workerData });
  parentPort?.postMessage({ summary: JSON.parse(await pyodide.runPythonAsync(RUN, { globals })) });
}

/**
 * @param {number} seconds
 * @param {number} seed
 */
async function supervise(seconds, seed) {
  console.log(`SECONDS=${seconds} SEED=${seed}`);
  const end = Date.now() + seconds * 1000;
  const deaths = [];
  for (let with_corpus = true; ; with_corpus = false) {
    const rest = Math.max(0, (end - Date.now()) / 1000);
    const { summary, last, death } = await runThread({ seed, seconds: rest, with_corpus });
    if (summary) return conclude(summary, deaths);
    deaths.push(`${last}: ${death}`);
    console.log(`FOUND ${last}: ${death}`);
    const number = /^SEED=(\d+)$/.exec(last)?.[1];
    if (!number) return conclude(null, deaths);
    seed = Number(number) + 1;
  }
}

/**
 * @param {object} data
 * @returns {Promise<{summary?: Summary, last: string, death?: string}>}
 */
function runThread(data) {
  return new Promise((resolve) => {
    let last = "loading";
    const worker = new Worker(new URL(import.meta.url), { workerData: data });
    const stop = (/** @type {string} */ death) => {
      clearTimeout(timer);
      worker.terminate();
      resolve({ last, death });
    };
    const hang = () => stop("hangs");
    let timer = setTimeout(hang, 2 * HANG_MS);
    worker.on("message", ({ name, summary }) => {
      clearTimeout(timer);
      if (summary) return resolve({ summary, last });
      if (name.startsWith("FOUND")) console.log(name);
      else last = name;
      timer = setTimeout(hang, HANG_MS);
    });
    worker.on("error", (error) => stop(`kills the interpreter: ${error.message.slice(0, 300)}`));
  });
}

/**
 * @param {Summary | null} summary
 * @param {string[]} deaths
 */
function conclude(summary, deaths) {
  if (summary) {
    const { count, statuses, slowest, costs } = summary;
    console.log("\nworst cost by endpoint, µs per byte (of 4,000 bytes or more)");
    for (const [endpoint, cost, name] of costs) {
      console.log(`${cost.toFixed(2).padStart(8)}  ${endpoint.padEnd(36)} ${name}`);
    }
    console.log(`\n${count} requests: ${JSON.stringify(statuses)}`);
    console.log(`slowest below 100 KB: ${slowest[0].toFixed(0)} ms, ${slowest[1]}`);
  }
  const findings = [...(summary?.findings ?? []), ...deaths];
  for (const finding of findings) console.log(`wrong: ${finding}`);
  console.log(findings.length ? "see tests/hostile/corpus" : "nothing slow, nothing wrong");
  return findings.length ? 1 : 0;
}
