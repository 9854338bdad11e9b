/** Where things are, from the root of the project. */
import { fileURLToPath } from "node:url";

/** @param {string} path */
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const ROOT = at(".");
export const SRC = at("src");
export const PUBLIC = at("public");
export const CACHE = at(".cache");
export const WRANGLER_CONFIG = at("wrangler.toml");
/** What D1 and KV keep. Tests have one of their own, or they would be told what an older run knew. */
export const STATE = process.env.LOCAL_STATE || at(".wrangler/state/v3");
