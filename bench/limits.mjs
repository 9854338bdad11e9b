/**
 * Compares what `make bench` measured with bench/limits.json, where each figure has its maximum.
 *
 * A limit guards against a change that costs, so it leaves room for the noise of its figure: none
 * for a count, little for a ratio within one run, much for a time.
 */
import { readFileSync, writeFileSync } from "node:fs";

/** @typedef {{ name: string, value: number, unit: string }} Figure */

const RESULTS = new URL("results.json", import.meta.url);

/** @returns {Record<string, number>} */
export function readLimits() {
  return JSON.parse(readFileSync(new URL("limits.json", import.meta.url), "utf8"));
}

/** Rounds to the digits that mean something, so that what is compared is what is printed. */
export function round(value) {
  return Number(value.toFixed(value < 100 ? 1 : 0));
}

/**
 * Each missed limit in words, and each figure that has no limit, or limit that has no figure.
 *
 * @param {Figure[]} figures
 * @param {Record<string, number>} limits
 */
export function findMisses(figures, limits) {
  const measured = new Set(figures.map(({ name }) => name));
  return [
    ...figures.flatMap(({ name, value, unit }) => {
      const max = limits[name];
      if (max === undefined) return [`${name}: no limit in bench/limits.json`];
      return value <= max ? [] : [`${name} ${text(value, unit)}: limit ${text(max, unit)} missed`];
    }),
    ...Object.keys(limits)
      .filter((name) => !measured.has(name))
      .map((name) => `${name}: has a limit in bench/limits.json, but was not measured`),
  ];
}

/**
 * One line per figure, in columns.
 *
 * @param {Figure[]} figures
 * @param {Record<string, number>} limits
 */
export function format(figures, limits) {
  const width = Math.max(...figures.map(({ name }) => name.length));
  return figures
    .map(({ name, value, unit }) => {
      const limit = name in limits ? `limit ${text(limits[name], unit)}` : "no limit";
      return `${name.padEnd(width)}  ${text(value, unit).padStart(8)}  ${limit}`;
    })
    .join("\n");
}

/** Keeps the figures for README's table, which scripts/make_readme.py makes. */
export function writeResults(figures) {
  writeFileSync(RESULTS, `${JSON.stringify(figures, null, 2)}\n`);
}

function text(value, unit) {
  return `${value} ${unit}`.trimEnd();
}
