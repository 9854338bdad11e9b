/** The Worker's own fetches: images by address. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { useWorker, withClock } from "./harness.mjs";

const worker = useWorker();

const MODEL = "@cf/google/gemma-4-26b-a4b-it";
const PNG = Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), Buffer.alloc(1000, 7)]);
const MB = 1024 * 1024;

/** Asks about the image at this address, for which the pages are fetched. */
async function see(url, pages) {
  const fetched = [];
  worker.outgoing = async (request) => {
    fetched.push(request);
    const page = pages[request.url];
    if (!page) throw new TypeError("fetch failed");
    return typeof page === "function" ? page(request) : page;
  };
  const content = [{ type: "image_url", image_url: { url } }];
  const body = { model: MODEL, messages: [{ role: "user", content }] };
  const response = await worker.post("/v1/chat/completions", body);
  return { response, fetched, error: response.ok ? null : (await response.json()).error };
}

/** A body that is made as it is read; notes how much of it was, and its end. */
function page(pieces, init = {}) {
  const state = { taken: 0, cancelled: false };
  const rest = pieces[Symbol.iterator]();
  const body = new ReadableStream(
    {
      pull(controller) {
        const { done, value } = rest.next();
        if (done) return controller.close();
        if (value instanceof Error) return controller.error(value);
        state.taken += value.length;
        controller.enqueue(new Uint8Array(value));
      },
      cancel: () => {
        state.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return Object.assign(new Response(body, init), { state });
}

const repeat = function* (amount, piece) {
  for (let place = 0; place < amount; place += 1) yield piece;
};
const redirect = (location, status = 302) =>
  page([Buffer.from("moved")], { status, headers: { location } });

/** Lets everything happen that waits for nothing but its turn. */
const turns = async () => {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
};

const A = "https://images.example/a.png";
const B = "https://cdn.example/b.png";

test("an image is fetched, and sent as a data URL", async () => {
  worker.ai.answers(Response.json({ response: "A picture" }));
  const { response, fetched } = await see(A, { [A]: new Response(PNG) });
  assert.equal(response.status, 200);
  const [{ inputs }] = worker.ai.calls;
  const url = `data:image/png;base64,${PNG.toString("base64")}`;
  assert.deepEqual(inputs.messages[0].content, [{ type: "image_url", image_url: { url } }]);
  const [request] = fetched;
  assert.equal(request.method, "GET");
  assert.equal(request.redirect, "manual");
  assert.equal(request.headers.get("accept"), "image/*");
  assert.equal(request.headers.get("authorization"), null);
});

test("follows redirects and cancels their bodies", async () => {
  worker.ai.answers(Response.json({ response: "A picture" }));
  const first = redirect("https://cdn.example/c.png");
  const second = redirect("/b.png", 307);
  const pages = { [A]: first, "https://cdn.example/c.png": second, [B]: new Response(PNG) };
  const { response, fetched } = await see(A, pages);
  assert.equal(response.status, 200);
  assert.equal(fetched.length, 3);
  assert.ok(first.state.cancelled && second.state.cancelled);
});

test("does not follow redirects to forbidden addresses", async () => {
  for (const location of [
    "http://127.0.0.1/",
    "http://169.254.169.254/latest",
    "file:///etc/passwd",
    "http://[::1]/",
  ]) {
    const moved = redirect(location);
    const { response, fetched, error } = await see(A, { [A]: moved });
    assert.equal(response.status, 400);
    assert.equal(error.code, "invalid_image_url");
    assert.equal(fetched.length, 1);
    assert.ok(moved.state.cancelled);
  }
});

test("stops after too many redirects", async () => {
  const { response, fetched, error } = await see(A, { [A]: () => redirect(A) });
  assert.equal(response.status, 400);
  assert.equal(error.code, "invalid_image_url");
  assert.equal(fetched.length, 4);
});

test("an image that cannot be fetched is a 400", async () => {
  const refused = page([Buffer.from("no")], { status: 404 });
  const broken = page([PNG.subarray(0, 100), new Error("secret detail")]);
  const half = page([PNG.subarray(0, 100), new Error("secret detail")], {
    headers: { "content-length": "1008" },
  });
  for (const pages of [
    {},
    { [A]: refused },
    { [A]: broken },
    { [A]: half },
    { [A]: new Response(null) },
    { [A]: new Response("text") },
  ]) {
    const { response, error } = await see(A, pages);
    assert.equal(response.status, 400);
    assert.equal(error.code, "invalid_image_url");
    assert.equal(error.param, "messages[0].content[0].image_url");
    assert.doesNotMatch(error.message, /secret|TypeError|Traceback/);
  }
  assert.ok(refused.state.cancelled);
});

test("rejects an image that is too large by its length, without reading it", async () => {
  const large = page(repeat(11, PNG), { headers: { "content-length": String(11 * MB) } });
  const { response, error } = await see(A, { [A]: large });
  assert.equal(response.status, 400);
  assert.match(error.message, /4 MB/);
  assert.equal(large.state.taken, 0);
  assert.ok(large.state.cancelled);
});

test("rejects an image that is too large while reading, whatever its length says", async () => {
  const compressed = { "content-length": "1000", "content-encoding": "gzip" };
  for (const headers of [{}, compressed]) {
    const large = page(repeat(1000, Buffer.alloc(MB, 7)), { headers });
    const { response, error } = await see(A, { [A]: large });
    assert.equal(response.status, 400);
    assert.match(error.message, /4 MB/);
    assert.ok(large.state.taken <= 6 * MB, `${large.state.taken} bytes were read`);
    assert.ok(large.state.cancelled);
  }
});

test("accepts an image of the largest size", async () => {
  worker.ai.answers(
    Response.json({ response: "A picture" }),
    Response.json({ response: "A picture" }),
  );
  const image = Buffer.concat([PNG, Buffer.alloc(4 * MB - PNG.length, 7)]);
  /** @type {Record<string, string>[]} */
  const announcements = [{}, { "content-length": String(image.length) }];
  for (const headers of announcements) {
    const { response } = await see(A, { [A]: new Response(new Uint8Array(image), { headers }) });
    assert.equal(response.status, 200);
  }
  for (const { inputs } of worker.ai.calls) {
    assert.equal(
      inputs.messages[0].content[0].image_url.url,
      `data:image/png;base64,${image.toString("base64")}`,
    );
  }
});

test("gives up on a page that never answers and one that never ends", async () => {
  const aborted = (request, reject) =>
    request.signal.addEventListener("abort", () => reject(request.signal.reason));
  const never = (request) => new Promise((_, reject) => aborted(request, reject));
  const endless = (headers) => (request) => {
    const start = (controller) => {
      controller.enqueue(new Uint8Array(PNG));
      aborted(request, (reason) => controller.error(reason));
    };
    const cancel = () => {
      cancelled += 1;
    };
    return new Response(new ReadableStream({ start, cancel }), { headers });
  };
  let cancelled = 0;
  await withClock(worker, async (clock) => {
    for (const answer of [never, endless({}), endless({ "content-length": "2000" })]) {
      const seen = see(A, { [A]: answer });
      await turns();
      clock.advance(14.9);
      await turns();
      assert.equal(clock.running, 1);
      clock.advance(0.1);
      const { response, error } = await seen;
      assert.equal(response.status, 400);
      assert.equal(error.code, "invalid_image_url");
      assert.match(error.message, /too long/);
    }
  });
  assert.equal(cancelled, 2);
});

test("a page that comes too late is cancelled", async () => {
  const late = Promise.withResolvers();
  await withClock(worker, async (clock) => {
    const seen = see(A, { [A]: () => late.promise });
    await turns();
    clock.advance(15);
    assert.equal((await seen).response.status, 400);
  });
  const answer = page(repeat(9, PNG));
  late.resolve(answer);
  await turns();
  assert.ok(answer.state.cancelled);
  assert.equal(answer.state.taken, 0);
});

test("a page that is fetched in time is not aborted later", async () => {
  const signals = [];
  await withClock(worker, async (clock) => {
    worker.ai.answers(async () => {
      await turns();
      clock.advance(20);
      return Response.json({ response: "A picture" });
    });
    const { response } = await see(A, {
      [A]: (request) => {
        signals.push(request.signal);
        return new Response(PNG);
      },
    });
    assert.equal(response.status, 200);
  });
  assert.deepEqual(
    signals.map(({ aborted }) => aborted),
    [false],
  );
});

/** Asks about the images at these addresses. */
async function seeAll(urls, outgoing) {
  worker.outgoing = outgoing;
  const content = urls.map((url) => ({ type: "image_url", image_url: { url } }));
  return worker.post("/v1/chat/completions", {
    model: MODEL,
    messages: [{ role: "user", content }],
  });
}

test("six pages are fetched at a time, each once, with one deadline for all", async () => {
  const urls = Array.from({ length: 14 }, (_, place) => `https://images.example/${place}.png`);
  let now = 0;
  let most = 0;
  const fetched = [];
  worker.ai.answers(Response.json({ response: "Pictures" }));
  const response = await seeAll([...urls, ...urls], async (request) => {
    fetched.push(request.url);
    now += 1;
    most = Math.max(most, now);
    await turns();
    now -= 1;
    return new Response(PNG);
  });
  assert.equal(response.status, 200);
  assert.deepEqual(fetched, urls);
  assert.equal(most, 6);

  await withClock(worker, async (clock) => {
    fetched.length = 0;
    const slow = await seeAll(urls, async (request) => {
      fetched.push(request.url);
      const isLast = fetched.length % 6 === 0;
      await turns();
      if (isLast) clock.advance(8);
      return new Response(PNG);
    });
    assert.equal(slow.status, 400);
    assert.match((await slow.json()).error.message, /too long/);
  });
  assert.equal(fetched.length, 12);
});
