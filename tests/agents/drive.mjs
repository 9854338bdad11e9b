/**
 * Runs the cases of a script, and prints what became of each as JSON: `{value}` or `{error}`.
 *
 *     node drive.mjs SCRIPT '{"CASE": "what the user says", …}'
 *
 * Packages are those of the working directory.
 */
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

const installed = pathToFileURL(`${process.cwd()}/package.json`).href;
registerHooks({
  resolve: (specifier, context, next) =>
    next(
      specifier,
      context.parentURL?.startsWith(import.meta.dirname, "file://".length)
        ? { ...context, parentURL: /^[./]|^file:/.test(specifier) ? context.parentURL : installed }
        : context,
    ),
});

const [script, prompts] = process.argv.slice(2);
const cases = await import(pathToFileURL(script).href);
const outcomes = {};
for (const [name, prompt] of Object.entries(JSON.parse(prompts))) {
  try {
    outcomes[name] = { value: await cases[name](prompt) };
  } catch (/** @type {any} */ error) {
    outcomes[name] = { error: error.stack };
  }
}
process.stdout.write(JSON.stringify(outcomes), () => process.exit());
