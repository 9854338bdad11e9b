import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { staticAssets } from "./assets.mjs";

const dir = mkdtempSync(join(tmpdir(), "assets-"));
after(() => rmSync(dir, { recursive: true }));
for (const path of [
  "index.html",
  "about.html",
  "docs/index.html",
  "app.js",
  "a b.txt",
  "_headers",
]) {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), path);
}
writeFileSync(
  join(dir, "_headers"),
  "/*\n  Content-Security-Policy: default-src 'none'; img-src data:\n  X-Content-Type-Options: nosniff\n",
);
const assets = staticAssets(dir);

/** @type {(path: string, init?: RequestInit) => Response | null} */
const find = (path, init) => assets(new Request(`http://127.0.0.1${path}`, init));

/** @type {(path: string, init?: RequestInit) => Response} */
const ask = (path, init) => {
  const response = find(path, init);
  assert(response, `${path} is no asset`);
  return response;
};

test("a page has an address without .html", async () => {
  const files = { "/": "index.html", "/about": "about.html", "/docs/": "docs/index.html" };
  for (const [path, file] of Object.entries(files)) {
    const response = ask(path);
    assert.equal(await response.text(), file);
    assert.equal(response.headers.get("content-type"), "text/html; charset=utf-8");
  }
});

test("other files have their own addresses", async () => {
  assert.equal(await ask("/app.js").text(), "app.js");
  assert.equal(await ask("/a%20b.txt").text(), "a b.txt");
});

test("the headers of _headers are on every asset", () => {
  for (const path of ["/", "/app.js"]) {
    const { headers } = ask(path);
    assert.equal(headers.get("content-security-policy"), "default-src 'none'; img-src data:");
    assert.equal(headers.get("x-content-type-options"), "nosniff");
  }
});

test("other spellings of a page redirect to it", () => {
  const redirects = {
    "/index.html": "/",
    "/index": "/",
    "/about.html?x=1": "/about?x=1",
    "/about/": "/about",
    "/docs": "/docs/",
    "/docs/index.html": "/docs/",
  };
  for (const [path, location] of Object.entries(redirects)) {
    const response = ask(path);
    assert.equal(response.status, 307, path);
    assert.equal(response.headers.get("location"), location);
  }
});

test("other requests go to the Worker", () => {
  for (const path of ["/v1/models", "/app", "/_headers", "/../package.json", "/%E0%A4%A"]) {
    assert.equal(find(path), null, path);
  }
  assert.equal(staticAssets(join(dir, "missing"))(new Request("http://127.0.0.1/")), null);
});

test("assets accept GET and HEAD only", async () => {
  assert.equal(ask("/", { method: "POST" }).status, 405);
  const head = ask("/", { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(await head.text(), "");
});

test("unchanged assets are not sent again", () => {
  const etag = ask("/app.js").headers.get("etag") ?? "";
  assert.equal(ask("/app.js", { headers: { "if-none-match": etag } }).status, 304);
  assert.equal(ask("/about", { headers: { "if-none-match": etag } }).status, 200);
});
