import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { test } from "node:test";
import { listen } from "./http.mjs";

/** A server for one test, and what it said of each exchange. */
async function serving(t, handler) {
  const done = [];
  const server = await listen(handler, { onDone: (exchange) => done.push(exchange) });
  t.after(() => server.close());
  return { ...server, done };
}

/** The first event of a promise-returning handler's outside. */
function signalled() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

test("passes on method, address, headers and body", async (t) => {
  const { url } = await serving(t, async (request) =>
    Response.json({
      method: request.method,
      url: new URL(request.url).pathname + new URL(request.url).search,
      header: request.headers.get("x-one"),
      body: await request.text(),
    }),
  );
  const response = await fetch(`${url}/a%20b?c=1`, {
    method: "PATCH",
    headers: { "x-one": "1" },
    body: "hello",
  });
  assert.deepEqual(await response.json(), {
    method: "PATCH",
    url: "/a%20b?c=1",
    header: "1",
    body: "hello",
  });
});

test("a GET may have a body", async (t) => {
  const { url } = await serving(t, async (request) =>
    Response.json([request.method, await request.text()]),
  );
  const outgoing = request(url, { method: "GET", headers: { "content-length": 11 } });
  outgoing.end("type=target");
  const [incoming] = await once(outgoing, "response");
  assert.equal((await incoming.toArray()).join(""), '["GET","type=target"]');
});

test("leading double slashes stay in the path", async (t) => {
  const { url } = await serving(t, (request) => new Response(new URL(request.url).pathname));
  const response = await fetch(`${url}//v1//models`);
  assert.equal(await response.text(), "//v1//models");
});

test("returns status, headers and several cookies", async (t) => {
  const { url } = await serving(t, () => {
    const headers = new Headers({ "x-one": "1" });
    headers.append("set-cookie", "a=1");
    headers.append("set-cookie", "b=2");
    return new Response(null, { status: 204, headers });
  });
  const response = await fetch(url);
  assert.equal(response.status, 204);
  assert.equal(response.headers.get("x-one"), "1");
  assert.deepEqual(response.headers.getSetCookie(), ["a=1", "b=2"]);
});

test("HEAD returns the headers and cancels the body", async (t) => {
  const cancelled = signalled();
  const { url } = await serving(
    t,
    () =>
      new Response(new ReadableStream({ cancel: cancelled.resolve }), {
        headers: { "x-one": "1" },
      }),
  );
  const response = await fetch(url, { method: "HEAD" });
  assert.equal(response.headers.get("x-one"), "1");
  await cancelled.promise;
});

test("a chunk arrives before the next one exists", async (t) => {
  let controller;
  const body = new ReadableStream({
    start(given) {
      controller = given;
      controller.enqueue(Buffer.from("first"));
    },
  });
  const { url } = await serving(t, () => new Response(body));
  const { body: received } = await fetch(url);
  const chunks = /** @type {ReadableStream} */ (received).pipeThrough(new TextDecoderStream());
  const reader = chunks.getReader();
  assert.equal((await reader.read()).value, "first");
  controller.enqueue(Buffer.from("second"));
  controller.close();
  assert.equal((await reader.read()).value, "second");
  assert.equal((await reader.read()).done, true);
});

test("a request body arrives while it is being sent", async (t) => {
  const { url } = await serving(t, async (request) => {
    const reader = request.body.getReader({ mode: "byob" });
    const { value } = await reader.read(new Uint8Array(16));
    await reader.cancel();
    return new Response(value);
  });
  const outgoing = request(url, { method: "POST" });
  outgoing.write("only the start");
  const [incoming] = await once(outgoing, "response");
  assert.equal((await incoming.toArray()).join(""), "only the start");
  outgoing.end();
});

test("an unread body does not corrupt the next request", async (t) => {
  const { url } = await serving(t, (request) => new Response(request.method));
  for (const method of ["POST", "PUT", "POST"]) {
    const response = await fetch(url, { method, body: Buffer.alloc(1_000_000) });
    assert.equal(await response.text(), method);
  }
});

test("a cancelled request body still gets a response", async (t) => {
  const { url } = await serving(t, async (request) => {
    const reader = request.body.getReader();
    await reader.read();
    await reader.cancel();
    return new Response("too large", { status: 413 });
  });
  const response = await fetch(url, { method: "POST", body: Buffer.alloc(5_000_000) });
  assert.equal(response.status, 413);
  assert.equal(await response.text(), "too large");
});

test("a client that disconnects aborts the signal and cancels the body", async (t) => {
  const aborted = signalled();
  const cancelled = signalled();
  const { url, done } = await serving(t, (request) => {
    request.signal.addEventListener("abort", aborted.resolve);
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from("one")),
      cancel: cancelled.resolve,
    });
    return new Response(body);
  });
  const client = new AbortController();
  const response = await fetch(url, { signal: client.signal });
  await response.body?.getReader().read();
  client.abort();
  await Promise.all([aborted.promise, cancelled.promise]);
  while (done.length === 0) await new Promise(setImmediate);
  assert.equal(done[0].aborted, true);
});

test("a client that disconnects before the response aborts the signal", async (t) => {
  const arrived = signalled();
  const aborted = signalled();
  const { url } = await serving(t, async (request) => {
    request.signal.addEventListener("abort", aborted.resolve);
    arrived.resolve();
    await aborted.promise;
    return new Response("nobody reads this");
  });
  const client = new AbortController();
  const pending = fetch(url, { signal: client.signal });
  await arrived.promise;
  client.abort();
  await assert.rejects(pending);
  await aborted.promise;
});

test("a slow client slows the body down", async (t) => {
  let pulled = 0;
  const body = new ReadableStream(
    {
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(65536));
      },
    },
    { highWaterMark: 0 },
  );
  const { url } = await serving(t, () => new Response(body));
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  t.after(() => socket.destroy());
  socket.pause();
  socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n");
  // Until nothing moves any more; the kernel's own buffers take some megabytes.
  let before = -1;
  while (pulled === 0 || before !== pulled) {
    before = pulled;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.ok(pulled < 1000, `${pulled} chunks`);
});

test("a failing body closes the connection", async (t) => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from("one"));
    },
    pull() {
      throw new Error("broken");
    },
  });
  const { url, done } = await serving(t, () => new Response(body));
  const response = await fetch(url);
  await assert.rejects(response.text());
  assert.equal(done[0].aborted, true);
});

test("requests that fetch does not allow get a 400", async (t) => {
  const { url } = await serving(t, () => assert.fail("handled"));
  const outgoing = request(url, { method: "TRACE" });
  outgoing.end();
  const [incoming] = await once(outgoing, "response");
  assert.equal(incoming.statusCode, 400);
  incoming.resume();
});

test("a port in use is an error", async (t) => {
  const { url } = await serving(t, () => new Response());
  await assert.rejects(
    listen(async () => new Response(), { port: Number(new URL(url).port) }),
    {
      code: "EADDRINUSE",
    },
  );
});
