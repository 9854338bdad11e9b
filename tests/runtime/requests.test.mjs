/** What becomes of a request on its way in, and of an answer on its way out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { useWorker } from "./harness.mjs";

const worker = useWorker();

const CHAT = "/v1/chat/completions";
const MODEL = "@cf/google/gemma-4-26b-a4b-it";
const MB = 1024 * 1024;

/** Answers with what arrived. */
const ECHO = `
from core.errors import TooLarge
from core.web import Response, json_response
async def handle(request, connect):
    try:
        body = await request.read(64)
    except TooLarge:
        return Response(status=413)
    names = (request.query.get("header") or "").split()
    return json_response({
        "method": request.method,
        "path": request.path,
        "query": request.query_string,
        "headers": [request.header(name) for name in names],
        "body": list(body),
    })
`;

const echo = async (path, init) => (await worker.fetch(path, init)).json();

/** A request body of unknown length that notes how much of it was taken. */
function upload(pieces) {
  const state = { taken: 0, cancelled: false };
  const rest = pieces[Symbol.iterator]();
  state.body = new ReadableStream(
    {
      pull(controller) {
        const { done, value } = rest.next();
        if (done) return controller.close();
        state.taken += value.length;
        if (value instanceof Error) controller.error(value);
        else controller.enqueue(value);
      },
      cancel: () => {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return state;
}

function* pieces(amount, size) {
  for (let i = 0; i < amount; i += 1) yield new Uint8Array(size).fill(32);
}

const post = (body, headers = {}) => ({ method: "POST", body, headers, duplex: "half" });

test("method, path and query arrive as they were sent", async () => {
  await worker.handler(ECHO);
  for (const method of ["GET", "POST", "PUT", "DELETE", "PURGE", "PROPFIND"]) {
    assert.equal((await echo("/", { method })).method, method);
  }
  const addresses = {
    "/v1/models/%40cf%2Fa%2Fb%20c?x=%26&y=%3F%2F": [
      "/v1/models/%40cf%2Fa%2Fb%20c",
      "x=%26&y=%3F%2F",
    ],
    "//v1//models///": ["//v1//models///", ""],
    "/?": ["/", ""],
    "?a/b": ["/", "a/b"],
    "/a?b?c#d": ["/a", "b?c"],
    "/a#b?c": ["/a", ""],
    "/%FF%00%": ["/%FF%00%", ""],
    "/模型?模=型": ["/%E6%A8%A1%E5%9E%8B", "%E6%A8%A1=%E5%9E%8B"],
  };
  for (const [address, [path, query]] of Object.entries(addresses)) {
    const seen = await echo(address);
    assert.deepEqual([seen.path, seen.query], [path, query], address);
  }
});

test("headers are found in any case; a missing one is None", async () => {
  await worker.handler(ECHO);
  const headers = { "X-Some": "thing", "x-empty": "", "x-list": "a, b", "x-latin": "\u00e9" };
  const seen = await echo("/?header=x-some+X-SOME+x-empty+x-list+x-latin+x-none", { headers });
  assert.deepEqual(seen.headers, ["thing", "thing", "", "a, b", "\u00e9", null]);
});

test("body bytes arrive unchanged with a right, missing or wrong content length", async () => {
  await worker.handler(ECHO);
  const bytes = Uint8Array.of(0, 255, 0xc3, 0x28, 10, 0xed, 0xa0, 0x80);
  const expected = [...bytes];
  assert.deepEqual((await echo("/", post(bytes))).body, expected);
  assert.deepEqual((await echo("/", post(bytes, { "content-length": "8" }))).body, expected);
  assert.deepEqual((await echo("/", post(bytes, { "content-length": "eight" }))).body, expected);
  const cut = [bytes.subarray(0, 3), bytes.subarray(3, 4), bytes.subarray(4)];
  assert.deepEqual((await echo("/", post(upload(cut).body))).body, expected);
  const unpacked = { "content-length": "1", "content-encoding": "gzip" };
  assert.deepEqual((await echo("/", post(upload(cut).body, unpacked))).body, expected);
});

test("no body and an empty body are empty", async () => {
  await worker.handler(ECHO);
  assert.deepEqual((await echo("/")).body, []);
  assert.deepEqual((await echo("/", { method: "POST" })).body, []);
  assert.deepEqual((await echo("/", post("", { "content-length": "0" }))).body, []);
  assert.deepEqual((await echo("/", post(upload([]).body))).body, []);
  const packed = { "content-length": "0", "content-encoding": "gzip" };
  assert.deepEqual((await echo("/", { method: "POST", headers: packed })).body, []);
});

test("accepts bodies up to the limit", async () => {
  await worker.handler(ECHO);
  for (const [size, status] of [
    [64, 200],
    [65, 413],
  ]) {
    const body = "x".repeat(size);
    const asked = await Promise.all([
      worker.fetch("/", post(body)),
      worker.fetch("/", post(body, { "content-length": String(size) })),
      worker.fetch("/", post(upload(pieces(size, 1)).body)),
    ]);
    assert.deepEqual(
      asked.map((response) => response.status),
      [status, status, status],
    );
  }
});

test("over 5 MB with a content length: 413 without reading", async () => {
  for (const length of [5 * MB + 1, "9".repeat(5000)]) {
    const sent = upload(pieces(30, MB));
    const response = await worker.fetch(
      CHAT,
      post(sent.body, { "content-length": String(length) }),
    );
    assert.equal(response.status, 413);
    assert.equal((await response.json()).error.code, "request_too_large");
    assert.equal(sent.taken, 0);
  }
});

test("over 5 MB without a content length: 413 as soon as it is exceeded", async () => {
  const sent = upload(pieces(1000, MB));
  const response = await worker.fetch(CHAT, post(sent.body));
  assert.equal(response.status, 413);
  assert.equal((await response.json()).error.code, "request_too_large");
  assert.ok(sent.taken <= 7 * MB, `${sent.taken} bytes were read`);
  assert.ok(sent.cancelled);
});

test("a body whose cancellation fails or never ends does not delay the answer", async () => {
  for (const cancel of [() => Promise.reject("no"), () => new Promise(() => {})]) {
    const pull = (controller) => controller.enqueue(new Uint8Array(MB));
    const body = new ReadableStream({ pull, cancel });
    assert.equal((await worker.fetch(CHAT, post(body))).status, 413);
  }
});

test("a failing body is a 400 without details", async () => {
  for (const headers of [{}, { "content-length": "100" }]) {
    const sent = upload([new Uint8Array(3), new Error("secret detail")]);
    const response = await worker.fetch(CHAT, post(sent.body, headers));
    const text = await response.text();
    assert.equal(response.status, 400);
    assert.equal(JSON.parse(text).error.code, "incomplete_body");
    assert.doesNotMatch(text, /secret|Traceback|File/);
  }
});

test("a body that is not UTF-8 is a 400", async () => {
  const response = await worker.fetch(
    CHAT,
    post(Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d)),
  );
  assert.equal(response.status, 400);
  assert.equal((await response.json()).error.code, "invalid_json");
});

test("unknown methods are 405 on known paths, 404 on others", async () => {
  for (const method of ["PURGE", "PROPFIND", "get-it"]) {
    const known = await worker.fetch("/v1/completions", { method });
    assert.equal(known.status, 405);
    assert.equal(known.headers.get("allow"), "POST, OPTIONS");
    assert.equal((await worker.fetch("/nowhere", { method })).status, 404);
  }
});

test("HEAD has the headers of GET and no body", async () => {
  const head = await worker.fetch("/v1/models", { method: "HEAD" });
  assert.equal(head.status, 200);
  assert.equal(head.headers.get("content-type"), "application/json");
  assert.equal(head.body, null);
  assert.equal((await worker.fetch("/nowhere", { method: "HEAD" })).body, null);
});

test("a preflight is a 204 without a body", async () => {
  const headers = { "access-control-request-headers": "x-a, authorization" };
  const response = await worker.fetch(CHAT, { method: "OPTIONS", headers });
  assert.equal(response.status, 204);
  assert.equal(response.body, null);
  assert.equal(response.headers.get("access-control-allow-headers"), "x-a, authorization");
});

test("204 and 304 have no body, even if a handler returns one", async () => {
  for (const status of [204, 304]) {
    await worker.handler(`
from core.web import Response
async def handle(request, connect):
    return Response(b"body", ${status}, {"etag": '"x"'})
`);
    const response = await worker.fetch("/");
    assert.equal(response.status, status);
    assert.equal(response.body, null);
    assert.equal(response.headers.get("etag"), '"x"');
  }
});

test("status, headers and bytes of a response are sent unchanged", async () => {
  await worker.handler(`
from core.web import Response
async def handle(request, connect):
    body = bytes(range(256)) * 1000
    return Response(body, 418, {"content-type": "image/png", "x-text": "caf\\u00e9", "x-two": "1, 2"})
`);
  const response = await worker.fetch("/");
  assert.equal(response.status, 418);
  const own = { "content-type": "image/png", "x-text": "caf\u00e9", "x-two": "1, 2" };
  assert.deepEqual(Object.fromEntries(response.headers), own);
  const bytes = Buffer.from(await response.arrayBuffer());
  assert.deepEqual(bytes, Buffer.concat(Array(1000).fill(Buffer.from([...Array(256).keys()]))));
});

test("an upstream body is passed on, or cancelled if it is not needed", async () => {
  await worker.handler(`
from edge.bindings import fetch_urls
from core.web import PassThrough
async def handle(request, connect):
    [reply] = await fetch_urls(["https://files.example/a"], {}, 5)
    return PassThrough(reply.stream, int(request.query["status"]), {"content-type": "x/y"})
`);
  /** @type {[string, number, string][]} */
  const cases = [
    ["GET", 200, "bytes"],
    ["HEAD", 200, ""],
    ["GET", 304, ""],
  ];
  for (const [method, status, expected] of cases) {
    let cancelled = false;
    const body = new ReadableStream(
      {
        pull(controller) {
          controller.enqueue(Buffer.from("bytes"));
          controller.close();
        },
        cancel: () => {
          cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    worker.outgoing = async () => new Response(body);
    const response = await worker.fetch(`/?status=${status}`, { method });
    assert.equal(await response.text(), expected);
    assert.equal(cancelled, expected === "");
  }
  worker.outgoing = async () => new Response(null);
  for (const method of ["GET", "HEAD"]) {
    assert.equal(await (await worker.fetch("/?status=200", { method })).text(), "");
  }
});

test("HEAD does not read a stream", async () => {
  await worker.handler(`
from edge.bindings import fetch_urls
from core.web import Source, Stream
async def handle(request, connect):
    [reply] = await fetch_urls(["https://files.example/a"], {}, 5)
    return Stream([Source(reply.stream, None)], None, None, 1, headers={"content-type": "x/y"})
`);
  let cancelled = false;
  const cancel = () => {
    cancelled = true;
  };
  worker.outgoing = async () => new Response(new ReadableStream({ type: "bytes", cancel }));
  const response = await worker.fetch("/", { method: "HEAD" });
  assert.equal(response.headers.get("content-type"), "x/y");
  assert.equal(response.body, null);
  assert.ok(cancelled);
});

test("text is preserved: UTF-8, zeros, lone surrogates", async () => {
  const text = "Grüße 你好 🦊\u0000\u2028 \ud83d and \udc00";
  worker.ai.answers(({ inputs }) => Response.json({ response: inputs.messages[0].content }));
  const messages = [{ role: "user", content: text }];
  const response = await worker.post(CHAT, { model: MODEL, messages });
  assert.equal(response.status, 200);
  assert.equal(worker.ai.calls[0].inputs.messages[0].content, text);
  const bytes = await response.arrayBuffer();
  const answer = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  assert.equal(JSON.parse(answer).choices[0].message.content, text);
});

test("no address raises an internal error", async () => {
  const paths = [
    "/",
    "//",
    "/%",
    "/%FF",
    "/%00",
    "/v1",
    "/v1/v1",
    "/v1/models/%FF",
    "/v1/models/%2F",
  ];
  paths.push("/v1/models/", "/v1/models/a%0Ab", "/v1/models?task=%FF%00", `/${"a/".repeat(2000)}`);
  paths.push(`/v1/models/${"%E4".repeat(3000)}`, "/health?%", "/v1/models/../../health");
  for (const path of paths) {
    const response = await worker.get(path);
    assert.ok(response.status < 500, `${response.status} for ${path}`);
    await response.text();
  }
});

// --- how much of an upload is read -----------------------------------------------------------------

const FORM = { "content-type": "multipart/form-data; boundary=x" };
const FIELD = 'content-disposition: form-data; name="f"\r\n\r\n';

/** A form of one field that goes on for 60 MB. */
function* endlessForm() {
  const encode = (text) => new TextEncoder().encode(text);
  yield encode(`--x\r\n${FIELD}`);
  yield* pieces(60, MB);
  yield encode("\r\n--x--\r\n");
}

const UPLOADS = {
  "/v1/chat/completions": 26,
  "/v1/audio/transcriptions": 27,
  "/v1/images/edits": 26,
  "/translate": 2,
  "/v2/translate": 2,
  "/v2/glossaries": 3,
};

for (const [path, most] of Object.entries(UPLOADS)) {
  for (const headers of [{}, FORM]) {
    const kind = headers === FORM ? "form" : "body";
    test(`${path}: a ${kind} without an end is read to its limit, and given up`, async () => {
      const sent = upload(headers === FORM ? endlessForm() : pieces(60, MB));
      const response = await worker.fetch(path, post(sent.body, headers));
      assert.ok([400, 413].includes(response.status), String(response.status));
      assert.ok(sent.taken <= most * MB, `${sent.taken / MB} MB`);
      assert.ok(sent.cancelled || sent.taken === 0);
    });

    test(`${path}: without a key, no ${kind} is read that has none`, async () => {
      const sent = upload(headers === FORM ? endlessForm() : pieces(60, MB));
      const keyless = { ...headers, authorization: null };
      const response = await worker.fetch(path, post(sent.body, keyless));
      const hasKeyInBody = most < 4;
      assert.ok((hasKeyInBody ? [401, 403, 413] : [401]).includes(response.status));
      assert.ok(sent.taken <= (hasKeyInBody ? most * MB : 0), `${sent.taken / MB} MB`);
    });
  }
}

test("a form has a limited number of fields, of known and of unknown length", async () => {
  const field = `--x\r\n${FIELD}\r\n`;
  for (const count of [1_000, 1_001]) {
    const text = `${field.repeat(count)}--x--\r\n`;
    for (const body of [text, upload([new TextEncoder().encode(text)]).body]) {
      const response = await worker.fetch("/translate", post(body, FORM));
      const told = /1000 fields/.test(await response.text());
      assert.equal(told, count > 1_000);
    }
  }
});
