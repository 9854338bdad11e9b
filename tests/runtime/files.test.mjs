/** Generated files in the real KV and R2, as they run on this machine. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { cancellable } from "../../local/bindings.mjs";
import { KEY, useWorker } from "./harness.mjs";

const worker = useWorker({ timers: false });
const NO_KEY = { headers: { authorization: null } };
const MISSING = `/file/${"f".repeat(32)}.png`;
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);
let platform;

before(async () => {
  process.env.WRANGLER_LOG ??= "error";
  const { getPlatformProxy } = await import("wrangler");
  platform = await getPlatformProxy({
    configPath: fileURLToPath(new URL("stores.toml", import.meta.url)),
    persist: false,
  });
});

after(() => platform.dispose());

/** Lets a model draw, with these stores bound, and gives the URL in the answer. */
async function draw(stores) {
  Object.assign(worker.env, stores);
  worker.ai.answers(Response.json({ image: PNG.toString("base64") }));
  const body = { model: "flux-1-schnell", prompt: "A cat" };
  const response = await worker.post("/v1/images/generations", body);
  assert.equal(response.status, 200);
  const { data } = await response.json();
  return data[0].url;
}

const pathOf = (url) => url.replace(/^https:\/\/gateway\.example(?=\/)/, "");

const stores = {
  KV: () => ({ FILES: cancellable(platform.env.FILES) }),
  R2: () => ({ BUCKET: platform.env.BUCKET }),
};

for (const [name, bind] of Object.entries(stores)) {
  test(`${name}: a file is served to whoever has its address`, async () => {
    const path = pathOf(await draw(bind()));
    assert.match(path, /^\/file\/[0-9a-f]{32}\.png$/);
    const response = await worker.get(path, NO_KEY);
    assert.equal(response.status, 200);
    assert.deepEqual(Buffer.from(await response.arrayBuffer()), PNG);
    const header = (name) => response.headers.get(name);
    assert.equal(header("content-type"), "image/png");
    assert.equal(header("content-length"), String(PNG.length));
    assert.equal(header("cache-control"), "public, max-age=31536000, immutable");
    assert.equal(header("x-content-type-options"), "nosniff");
    assert.equal(header("access-control-allow-origin"), "*");
    assert.ok(Math.abs(Date.parse(header("last-modified") ?? "") - Date.now()) < 60_000);
  });

  test(`${name}: nothing is sent twice`, async () => {
    const path = pathOf(await draw(bind()));
    const first = await worker.get(path, NO_KEY);
    await first.body.cancel();
    const conditions = {
      "if-none-match": first.headers.get("etag"),
      "if-modified-since": first.headers.get("last-modified"),
    };
    for (const [condition, value] of Object.entries(conditions)) {
      const headers = { authorization: null, [condition]: value };
      const again = await worker.get(path, { headers });
      assert.equal(again.status, 304);
      assert.equal(again.headers.get("etag"), first.headers.get("etag"));
      assert.equal(await again.text(), "");
    }
  });

  test(`${name}: HEAD`, async () => {
    const path = pathOf(await draw(bind()));
    const response = await worker.fetch(path, { method: "HEAD", ...NO_KEY });
    assert.equal(response.status, 200);
    assert.equal(response.headers.get("content-length"), String(PNG.length));
    assert.equal(await response.text(), "");
  });

  test(`${name}: what is not there`, async () => {
    Object.assign(worker.env, bind());
    const response = await worker.get(MISSING, NO_KEY);
    assert.equal(response.status, 404);
    assert.equal((await response.json()).error.code, "not_found");
  });
}

test("R2 is preferred to KV", async () => {
  const path = pathOf(await draw({ ...stores.KV(), ...stores.R2() }));
  const key = path.split("/").at(-1);
  assert.ok(await platform.env.BUCKET.head(key));
  assert.equal(await platform.env.FILES.get(key), null);
});

test("R2: a file expires", async () => {
  const path = pathOf(await draw(stores.R2()));
  const key = path.split("/").at(-1);
  const { customMetadata } = await platform.env.BUCKET.head(key);
  assert.equal(customMetadata.expires - customMetadata.created, 30 * 86400);
  await platform.env.BUCKET.put(key, PNG, {
    httpMetadata: { contentType: "image/png" },
    customMetadata: { ...customMetadata, expires: "1" },
  });
  assert.equal((await worker.get(path, NO_KEY)).status, 404);
});

test("KV: a file has a time to live", async () => {
  worker.env.FILES_TTL = "3600";
  await draw(stores.KV());
  const { keys } = await platform.env.FILES.list();
  const left = keys.map(({ expiration }) => expiration - Date.now() / 1000);
  assert.ok(left.some((seconds) => seconds > 3500 && seconds <= 3601));
});

test("a full store does not lose the image", async () => {
  const full = { put: () => Promise.reject(new Error("KV put() limit exceeded for the day.")) };
  for (const stores of [{ FILES: full }, { BUCKET: full }, {}]) {
    delete worker.env.BUCKET;
    delete worker.env.FILES;
    await worker.newIsolate();
    assert.equal(await draw(stores), `data:image/png;base64,${PNG.toString("base64")}`);
  }
});

test("an image by its address in a chat, and by GET", async () => {
  Object.assign(worker.env, stores.KV());
  worker.ai.answers(Response.json({ image: PNG.toString("base64") }));
  const query = `debug=1&key=${KEY}&model=flux-1-schnell&prompt=A%20cat`;
  const response = await worker.get(`/v1/chat/completions?${query}`, NO_KEY);
  const text = await response.text();
  const link = /^!\[A cat\]\((https:\/\/gateway\.example\/file\/[0-9a-f]{32}\.png)\)$/.exec(text);
  assert(link, text);
  assert.equal((await worker.get(pathOf(link[1]), NO_KEY)).status, 200);
});
