/** Where things are, from the root of the project. */
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const ROOT = at(".");
export const SRC = at("src");
export const PUBLIC = at("public");
export const CACHE = at(".cache");
export const WRANGLER_CONFIG = at("wrangler.toml");
export const STATE = at(".wrangler/state/v3");
