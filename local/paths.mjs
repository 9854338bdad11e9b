/** Paths in the project. */
import { fileURLToPath } from "node:url";

/** @param {string} path */
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const ROOT = at(".");
export const SRC = at("src");
export const PUBLIC = at("public");
export const CACHE = at(".cache");
export const WRANGLER_CONFIG = at("wrangler.toml");
/** The data of D1 and KV. Tests have their own, or they would see the data of earlier runs. */
export const STATE = process.env.LOCAL_STATE || at(".wrangler/state/v3");
