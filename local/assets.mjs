/**
 * Static assets as Workers serves them by default (`html_handling = "auto-trailing-slash"`):
 * assets come before the Worker, pages have addresses without `.html`, their other spellings
 * redirect, and assets accept GET and HEAD only.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import mime from "mime";

/** Files that configure Workers' static assets and are not assets themselves. */
const CONTROL = new Set(["_headers", "_redirects", ".assetsignore"]);

/**
 * Reads the headers that `_headers` sets on every asset: the lines below `/*`, the only rule here.
 * @param {string} dir
 * @returns {Record<string, string>}
 */
function commonHeaders(dir) {
  const file = join(dir, "_headers");
  const [, rule = ""] = existsSync(file) ? readFileSync(file, "utf8").split(/^\/\*$/m) : [];
  const lines = rule.split("\n").filter((line) => /^\s+\S/.test(line));
  return Object.fromEntries(
    lines.map((line) =>
      line
        .trim()
        .split(/:\s*(.*)/s)
        .slice(0, 2),
    ),
  );
}

/**
 * @param {string} dir
 * @returns {(request: Request) => Response | null} null for requests to the Worker
 */
export function staticAssets(dir) {
  return (request) => {
    const { pathname, search } = new URL(request.url);
    const entry = addresses(dir).get(decode(pathname));
    if (!entry) return null;
    if (!["GET", "HEAD"].includes(request.method)) return new Response(null, { status: 405 });
    if (entry.redirect) {
      const location = encodeURI(entry.redirect) + search;
      return new Response(null, { status: 307, headers: { location } });
    }
    return asset(request, entry.file, commonHeaders(dir));
  };
}

/**
 * Returns every address of an asset. Read on each request: the files are few and may change.
 * @param {string} dir
 * @returns {Map<string, {file: string, redirect?: string}>} a page's other spellings redirect
 */
function addresses(dir) {
  const files = existsSync(dir) ? readdirSync(dir, { recursive: true, withFileTypes: true }) : [];
  const pages = new Map();
  const redirects = new Map();
  for (const entry of files.filter((entry) => entry.isFile() && !CONTROL.has(entry.name))) {
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(dir, file).split(sep).join("/")}`;
    const page = path.replace(/(?<=\/)index\.html$|\.html$/, "");
    pages.set(page, { file });
    const aliases = page.endsWith("/")
      ? [path, `${page}index`, page.slice(0, -1)]
      : [path, `${page}/`, `${page}/index`, `${page}/index.html`];
    for (const alias of aliases) redirects.set(alias, { file, redirect: page });
  }
  return new Map([...redirects, ...pages]);
}

/**
 * @param {Request} request
 * @param {string} file
 * @param {Record<string, string>} common
 */
function asset(request, file, common) {
  const body = readFileSync(file);
  const etag = `"${createHash("md5").update(body).digest("hex")}"`;
  const type = mime.getType(file);
  const headers = {
    ...common,
    etag,
    "cache-control": "public, max-age=0, must-revalidate",
    ...(type && { "content-type": type.startsWith("text/") ? `${type}; charset=utf-8` : type }),
  };
  const cached = request.headers.get("if-none-match");
  if (cached === etag || cached === `W/${etag}`)
    return new Response(null, { status: 304, headers });
  return new Response(request.method === "HEAD" ? null : body, { headers });
}

/** @param {string} pathname */
function decode(pathname) {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}
