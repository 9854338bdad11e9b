/** Streams: from upstream bodies through converters to the client. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { useWorker, withClock } from "./harness.mjs";
import { KINDS, upstream } from "./upstreams.mjs";

const worker = useWorker();

/** Converters that show what happens to them. */
const CONVERTERS = `
from edge.departure import Departure
from edge.streams import readable_stream
from core.errors import Upstream
from core.web import Source, Stream

class Plain:
    events = 0
    done = failed = False

    def __init__(self, name):
        self.name = name

    def feed(self, data):
        self.events += data.count(b"\\n")
        return data

    def close(self):
        return f"<{self.name} closed>".encode()

class Counting(Plain):
    """Tells how large the pieces were."""
    def feed(self, data):
        super().feed(data)
        return f"{len(data)} ".encode()

class Hiding(Plain):
    """Says nothing of what is in brackets."""
    def feed(self, data):
        super().feed(data)
        return b"" if data.startswith(b"[") else data

class Stopping(Plain):
    def feed(self, data):
        self.done = b"stop" in data
        return data

class Failing(Plain):
    def feed(self, data):
        self.failed = b"fail" in data
        return data + b"<error event>" if self.failed else data

class FailingAtClose(Plain):
    def close(self):
        self.failed = True
        return b"<error event>"

class RaisingInFeed(Plain):
    def feed(self, data):
        if b"raise" in data:
            raise ValueError("secret")
        return data

class RaisingInClose(Plain):
    def close(self):
        raise ValueError("secret")

class RaisingAPIError(Plain):
    def feed(self, data):
        raise Upstream("told")

def tail():
    return b"<tail>"

def fail(error):
    return f"<{type(error).__name__}>".encode()

def raising(*_):
    raise KeyError("secret")
`;

/**
 * The edge's answer over these upstreams: its converter, its tail and its error event are names
 * of Python functions above.
 * @param {{body?: object}[]} upstreams
 * @param {{converter?: string, tail?: string, fail?: string, flush?: number, head?: string,
 *   keepAlive?: string, finished?: ((outcome: any) => void) | null, signal?: AbortSignal}} [options]
 */
function open(
  upstreams,
  {
    converter = "Plain",
    tail = "tail",
    fail = "fail",
    flush = 1024,
    head = "",
    keepAlive = "",
    finished = null,
    signal = undefined,
  } = {},
) {
  const code = `${CONVERTERS}
def make():
    sources = [Source(body, ${converter}(name)) for name, body in enumerate(bodies)]
    stream = Stream(sources, ${tail}, ${fail}, flush, head.encode(), keep_alive.encode())
    stream = stream._replace(finished=finished) if finished else stream
    return readable_stream(stream, Departure(request))
make()
`;
  const bodies = upstreams.map(({ body }) => body);
  return worker.python(code, {
    bodies,
    flush,
    head,
    keep_alive: keepAlive,
    finished,
    request: { signal },
  });
}

const textOf = async (stream) => new Response(stream).text();
const decode = (bytes) => new TextDecoder().decode(bytes);

/** Reads until so much text has come. */
async function readSome(reader, length) {
  let text = "";
  while (text.length < length) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decode(value);
  }
  return text;
}

/** Lets everything happen that can happen without more input. */
async function calm() {
  for (let turn = 0; turn < 20; turn += 1) await setImmediate();
}

test("reports once how a stream ended", async () => {
  /** @type {(chunks: string[], options?: object, use?: (stream: any) => Promise<any>) => any} */
  const outcomes = async (chunks, options, use = textOf) => {
    const told = [];
    const finished = (outcome) => told.push(outcome);
    await use(await open([upstream("bytes", chunks)], { ...options, finished }));
    await calm();
    return told;
  };
  const leave = async (stream) => {
    const reader = stream.getReader();
    const { value } = await reader.read();
    await reader.cancel();
    return decode(value);
  };
  assert.deepEqual(await outcomes(["one", "two"]), ["complete"]);
  assert.deepEqual(await outcomes(["one", "stop"], { converter: "Stopping" }), ["complete"]);
  assert.deepEqual(await outcomes(["one", "fail"], { converter: "Failing" }), ["failed"]);
  assert.deepEqual(await outcomes([], { converter: "FailingAtClose" }), ["failed"]);
  assert.deepEqual(await outcomes(["x"], { converter: "RaisingAPIError" }), ["failed"]);
  const many = Array(200).fill("a piece that nobody waits for");
  assert.deepEqual(await outcomes(many, {}, leave), ["left"]);
});

for (const kind of KINDS) {
  describe(`from an upstream of the kind ${kind}`, () => {
    const make = (chunks) => upstream(kind, chunks);

    test("sends head, content, what the converter held back, and tail", async () => {
      for (const chunks of [["one", "two"], ["x"], [], [" ".repeat(100_000), "end"]]) {
        const stream = await open([make(chunks)], { head: "<head>" });
        assert.equal(await textOf(stream), `<head>${chunks.join("")}<0 closed><tail>`);
      }
    });

    test("accepts chunks of any size and any bytes", async () => {
      const bytes = Buffer.from([...Array(70_000).keys()].map((place) => (place * 7) % 256));
      for (const size of [1, 2, 3, 47, 1023, 16_384, 16_385, 70_000]) {
        const chunks = [];
        const end = Math.min(bytes.length, size * 2000);
        for (let at = 0; at < end; at += size)
          chunks.push(bytes.subarray(at, Math.min(at + size, end)));
        const stream = await open([make(chunks)]);
        const all = Buffer.from(await new Response(stream).arrayBuffer());
        const expected = Buffer.concat([...chunks, Buffer.from("<0 closed><tail>")]);
        assert.ok(all.equals(expected), `chunks of ${size}`);
      }
    });

    test("sends each piece before the next arrives", async () => {
      const source = make();
      const reader = (await open([source])).getReader();
      for (const piece of ["first", "second, longer", "third, longer still than the second"]) {
        source.push(piece);
        assert.equal(await readSome(reader, piece.length), piece);
      }
      source.end();
      assert.equal(await readSome(reader, Infinity), "<0 closed><tail>");
    });

    test("sends the head before anything arrives", async () => {
      const source = make();
      const reader = (await open([source], { head: "<head>" })).getReader();
      assert.equal(decode((await reader.read()).value), "<head>");
      await reader.cancel();
      assert.ok(source.cancelled);
    });

    test("a client that disconnects stops the upstream: before it reads", async () => {
      const early = make(Array(1000).fill("x"));
      await (await open([early])).cancel("gone");
      assert.ok(early.cancelled);

      const later = make();
      const stream = await open([later]);
      await calm();
      await stream.cancel();
      assert.ok(later.cancelled);
    });

    test("a client that disconnects stops the upstream: in the middle", async () => {
      const source = make();
      const reader = (await open([source])).getReader();
      source.push("some");
      assert.equal(await readSome(reader, 4), "some");
      await reader.cancel("gone");
      assert.ok(source.cancelled);
      assert.deepEqual(await reader.read(), { done: true, value: undefined });
    });

    test("a client that disconnects stops the upstream: with much left to read", async () => {
      const source = make(Array(100).fill("x".repeat(5000)));
      const reader = (await open([source])).getReader();
      await reader.read();
      await calm();
      await reader.cancel();
      assert.ok(source.cancelled);
    });

    test("a client that disconnects at the end does no harm", async () => {
      for (const taken of [0, 1, 2, 3, Infinity]) {
        const source = make(["one"]);
        const reader = (await open([source])).getReader();
        await calm();
        for (let piece = 0; piece < taken; piece += 1) if ((await reader.read()).done) break;
        await reader.cancel();
        await calm();
        assert.ok(!source.cancelled);
      }
    });

    test("a slow client: the upstream is not read far ahead", async () => {
      const source = make(Array(2000).fill("x".repeat(100)));
      const reader = (await open([source], { converter: "Counting", flush: 1 })).getReader();
      await calm();
      const before = source.reads;
      assert.ok(before <= 20, `${before} reads before the client reads`);
      for (let piece = 0; piece < 10; piece += 1) await reader.read();
      await calm();
      assert.ok(source.reads > before);
      assert.ok(source.reads - before <= 20, `${source.reads - before} reads for 10 pieces`);
      await reader.cancel();
    });

    test("a client that pauses now and then gets everything", async () => {
      const chunks = Array.from({ length: 300 }, (_, place) => `${place}\n`);
      const reader = (await open([make(chunks)], { flush: 1 })).getReader();
      let text = "";
      for (let piece = 0; ; piece += 1) {
        if (piece % 7 === 0) await calm();
        const { done, value } = await reader.read();
        if (done) break;
        text += decode(value);
      }
      assert.equal(text, `${chunks.join("")}<0 closed><tail>`);
    });

    test("a failing upstream: an error event, no tail, a clean end", async () => {
      for (const error of [new Error("secret"), new DOMException("secret", "AbortError")]) {
        const source = make();
        const reader = (await open([source])).getReader();
        source.push("some");
        assert.equal(await readSome(reader, 4), "some");
        source.fail(error);
        assert.equal(await readSome(reader, Infinity), "<Upstream>");
      }
    });

    test("an upstream that fails at once, with any reason", async () => {
      for (const reason of [new Error("secret"), "secret", undefined, null]) {
        const source = make();
        const stream = await open([source]);
        source.fail(reason);
        assert.equal(await textOf(stream), "<Upstream>");
      }
    });

    test("a converter that is done stops the upstream and ends the answer", async () => {
      const source = make(["one ", "stop ", "never"]);
      const stream = await open([source], { converter: "Stopping", flush: 1 });
      assert.equal(await textOf(stream), "one stop <0 closed><tail>");
      assert.ok(source.cancelled);
    });

    test("a converter that failed stops the upstream, its error event is the last", async () => {
      const source = make(["one ", "fail ", "never"]);
      const stream = await open([source], { converter: "Failing", flush: 1 });
      assert.equal(await textOf(stream), "one fail <error event>");
      assert.ok(source.cancelled);

      const whole = await open([make(["one "])], { converter: "FailingAtClose" });
      assert.equal(await textOf(whole), "one <error event>");
    });

    test("a converter that raises: an error event without details, a line in the log", async () => {
      const source = make(["one ", "raise", "never"]);
      const stream = await open([source], { converter: "RaisingInFeed", flush: 1 });
      assert.equal(await textOf(stream), "one <ValueError>");
      assert.ok(source.cancelled);
      assert.match(worker.takeLog().join("\n"), /^ValueError in feed [^\n]*$/);

      const closing = await open([make(["one "])], { converter: "RaisingInClose" });
      assert.equal(await textOf(closing), "one <ValueError>");
      assert.match(worker.takeLog().join("\n"), /^ValueError in close [^\n]*$/);

      const known = await open([make(["one "])], { converter: "RaisingAPIError" });
      assert.equal(await textOf(known), "<Upstream>");
    });

    test("a tail that raises, and an error event that cannot be built", async () => {
      const stream = await open([make(["one "])], { tail: "raising" });
      assert.equal(await textOf(stream), "one <0 closed><KeyError>");
      assert.equal(worker.takeLog().length, 1);

      const source = make(["raise", "never"]);
      const broken = await open([source], {
        converter: "RaisingInFeed",
        fail: "raising",
        flush: 1,
      });
      assert.equal(await textOf(broken), "");
      assert.ok(source.cancelled);
      assert.equal(worker.takeLog().length, 2);
    });

    test("interleaves several upstreams as they arrive", async () => {
      const sources = [make(), make(), make()];
      const reader = (await open(sources)).getReader();
      for (const [place, text] of [
        [2, "C1"],
        [0, "A1"],
        [2, "C2"],
        [1, "B1"],
        [0, "A2"],
      ]) {
        sources[place].push(text);
        assert.equal(await readSome(reader, 2), text);
      }
      sources[1].end();
      assert.equal(await readSome(reader, 10), "<1 closed>");
      sources[0].push("A3, much longer than what came before it");
      assert.match(await readSome(reader, 10), /^A3/);
      sources[0].end();
      assert.equal(await readSome(reader, 10), "<0 closed>");
      sources[2].end();
      assert.equal(await readSome(reader, Infinity), "<2 closed><tail>");
    });

    test("several upstreams to a slow client: nothing is lost, nothing stalls", async () => {
      const texts = ["x", "y", "z"].map((letter) => letter.repeat(20_000));
      const chunks = (text) => text.match(/.{37}|.+$/g);
      const reader = (await open(texts.map((text) => make(chunks(text))))).getReader();
      let all = "";
      for (;;) {
        await setImmediate();
        const { done, value } = await reader.read();
        if (done) break;
        all += decode(value);
      }
      for (const text of texts)
        assert.equal(all.replaceAll(/<.*?>/g, "").split(text[0]).length, 20_001);
      assert.match(all, /<tail>$/);
    });

    test("one failing upstream ends all", async () => {
      /** @type {[string, (source: ReturnType<typeof upstream>) => void, string][]} */
      const cases = [
        ["Failing", (source) => source.push("fail"), "fail<error event>"],
        ["RaisingInFeed", (source) => source.push("raise"), "<ValueError>"],
        ["Plain", (source) => source.fail(new Error("secret")), "<Upstream>"],
      ];
      for (const [converter, end, expected] of cases) {
        const sources = [make(), make(), make()];
        const reader = (await open(sources, { converter })).getReader();
        for (const source of sources) source.push("some");
        await readSome(reader, 12);
        end(sources[1]);
        assert.equal(await readSome(reader, Infinity), expected);
        assert.ok(sources[0].cancelled && sources[2].cancelled);
        assert.equal(worker.takeLog().length, converter === "RaisingInFeed" ? 1 : 0);
      }
    });

    test("a client that disconnects stops all upstreams", async () => {
      const sources = [make(), make(["b"]), make()];
      const reader = (await open(sources)).getReader();
      sources[0].push("a");
      await readSome(reader, 11);
      await reader.cancel();
      assert.ok(sources[0].cancelled && sources[2].cancelled);
    });

    test("many clients that disconnect at any moment", async () => {
      for (let moment = 0; moment < 12; moment += 1) {
        const sources = [make(["a", "b", "c"]), make(["d", "e"])];
        const reader = (await open(sources, { head: "<head>" })).getReader();
        const reading = readSome(reader, Infinity);
        for (let turn = 0; turn < moment; turn += 1) await (moment % 2 ? null : setImmediate());
        await reader.cancel();
        await reading;
      }
    });

    test("uses no asyncio task and no awaited future", async () => {
      const source = make();
      const reader = (await open([source])).getReader();
      source.push("some");
      await readSome(reader, 4);
      const tasks = "import asyncio; len(asyncio.all_tasks() - {asyncio.current_task()})";
      assert.equal(await worker.python(tasks), 0);
      await reader.cancel();
    });
  });
}

test("an answer without a body ends like an empty one", async () => {
  assert.equal(await textOf(await open([{ body: undefined }])), "<0 closed><tail>");
  const both = await open([{ body: undefined }, upstream("bytes", ["text"])]);
  assert.equal(await textOf(both), "<0 closed>text<1 closed><tail>");
  await (await open([{ body: undefined }])).cancel();
});

test("a locked upstream is an error event", async () => {
  const source = upstream("bytes", ["text"]);
  source.body.getReader();
  assert.equal(await textOf(await open([source])), "<JsException>");
  assert.equal(worker.takeLog().length, 1);
});

test("an upstream whose cancellation fails, or never ends", async () => {
  const refusals = ["no", new Error("no")].map((reason) => () => Promise.reject(reason));
  const pull = (controller) => controller.enqueue(new TextEncoder().encode("stop"));
  for (const cancel of [...refusals, () => new Promise(() => {})]) {
    for (const type of ["bytes", undefined]) {
      /** @type {any} */
      const source = { type, pull, cancel };
      const body = new ReadableStream(source, { highWaterMark: 0 });
      const stream = await open([{ body }], { converter: "Stopping" });
      assert.equal(await textOf(stream), "stop<0 closed><tail>");
    }
  }
});

test("reads grow from one byte to the limit, and never beyond it", async () => {
  // A frame of 48 bytes, the width that the limit is counted in.
  const frames = Array(2000).fill(`${"x".repeat(47)}\n`);
  for (const [flush, most] of [
    [1, 48],
    [256, 288],
    [1024, 1056],
  ]) {
    const stream = await open([upstream("bytes", frames)], { converter: "Counting", flush });
    const sizes = (await textOf(stream)).split(" ").map(Number).filter(Boolean);
    assert.equal(sizes[0], 48);
    assert.equal(Math.max(...sizes), most);
    assert.equal(
      sizes.reduce((sum, size) => sum + size),
      48 * 2000,
    );
  }
});

test("a limit above the size of a view", async () => {
  const frames = Array(5000).fill(`${"x".repeat(47)}\n`);
  for (const kind of KINDS) {
    const stream = await open([upstream(kind, frames)], { flush: 65_536 });
    assert.equal((await textOf(stream)).length, 240_000 + "<0 closed><tail>".length);
  }
});

test("one crossing into Python per read", async () => {
  const frames = Array(500).fill(`${"x".repeat(47)}\n`);
  const stream = await open([upstream("bytes", frames)]);
  const before = worker.crossings;
  await textOf(stream);
  const crossings = worker.crossings - before;
  assert.ok(crossings <= 40, `${crossings} crossings for 500 events`);
});

/** Random numbers that are the same in every run. */
function random(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("random events in random order", async () => {
  for (let seed = 1; seed <= 90; seed += 1) {
    const pick = random(seed);
    const sources = Array.from({ length: 1 + pick(3) }, () => upstream(KINDS[pick(3)]));
    const going = new Map(sources.map((source, place) => [source, "ABC"[place]]));
    const sent = { A: 0, B: 0, C: 0 };
    const reader = (await open(sources, { flush: [1, 100, 5000][pick(3)] })).getReader();
    let text = "";
    const reading = (async () => {
      for (;;) {
        for (let turn = pick(4); turn > 0; turn -= 1) await setImmediate();
        const { done, value } = await reader.read();
        if (done) return;
        text += decode(value);
      }
    })();
    let outcome = "well";
    while (going.size > 0 && outcome === "well") {
      const [source, letter] = [...going][pick(going.size)];
      const step = pick(40);
      if (step < 32) {
        const length = 1 + pick(step < 30 ? 60 : 40_000);
        sent[letter] += length;
        source.push(letter.repeat(length));
      } else if (step < 35) {
        // After everything is taken: Node's streams refuse a read that waits for more than is left.
        for (let turn = 0; turn < 200; turn += 1) await setImmediate();
        source.end();
        going.delete(source);
      } else if (step === 35) {
        outcome = "broken";
        source.fail(new Error("secret"));
      } else if (step === 36) {
        outcome = "cancelled";
        await reader.cancel();
      }
      if (pick(3) === 0) await setImmediate();
    }
    await reading;
    const count = (letter) => text.split(letter).length - 1;
    for (const letter of "ABC") {
      if (outcome === "well") assert.equal(count(letter), sent[letter], `seed ${seed}`);
      else assert.ok(count(letter) <= sent[letter], `seed ${seed}`);
    }
    const ending = { well: /<tail>$/, broken: /<Upstream>$/, cancelled: /^(?!.*<tail>)/s };
    assert.match(text, ending[outcome], `seed ${seed}`);
    if (outcome === "cancelled") for (const source of going.keys()) assert.ok(source.cancelled);
  }
});

describe("an upstream that falls silent", () => {
  for (const kind of KINDS) {
    test(`is given up after 30 s, kind ${kind}`, () =>
      withClock(worker, async (clock) => {
        const source = upstream(kind);
        const reader = (await open([source])).getReader();
        for (const length of [8, 16, 32]) {
          source.push("x".repeat(length));
          await readSome(reader, length);
          clock.advance(29);
          await calm();
          assert.ok(!source.cancelled);
        }
        clock.advance(1);
        assert.ok(source.cancelled);
        assert.deepEqual(worker.liveProxies, []);
        assert.equal(await readSome(reader, Infinity), "<UpstreamTimeout>");
      }));
  }

  test("may take longer to its first byte", () =>
    withClock(worker, async (clock) => {
      for (const late of [false, true]) {
        const source = upstream("bytes");
        const stream = await open([source]);
        const reader = stream.getReader();
        clock.advance(89);
        if (!late) source.push("first");
        await calm();
        clock.advance(29);
        await calm();
        assert.equal(source.cancelled, late);
        await reader.cancel();
      }
    }));

  test("one of several", () =>
    withClock(worker, async (clock) => {
      const sources = [upstream("bytes"), upstream("bytes")];
      const reader = (await open(sources)).getReader();
      for (const source of sources) source.push("some");
      await readSome(reader, 8);
      clock.advance(20);
      sources[1].push("more of it");
      await readSome(reader, 10);
      clock.advance(9);
      assert.ok(!sources[0].cancelled);
      clock.advance(1);
      assert.ok(sources[0].cancelled && sources[1].cancelled);
      assert.equal(await readSome(reader, Infinity), "<UpstreamTimeout>");
    }));

  test("a slow client is none", () =>
    withClock(worker, async (clock) => {
      const source = upstream("bytes", Array(60).fill("x".repeat(2000)));
      const reader = (await open([source])).getReader();
      await calm();
      clock.advance(500);
      await calm();
      assert.equal((await readSome(reader, Infinity)).length, 120_000 + "<0 closed><tail>".length);
    }));

  test("a slow model is none: reads wait for less and less", () =>
    withClock(worker, async (clock) => {
      const source = upstream("bytes");
      const stream = await open([source], { flush: 65_536 });
      const all = textOf(stream);
      for (const [perSecond, events] of [
        [30, 600],
        [5, 300],
        [0.2, 30],
      ]) {
        for (let event = 0; event < events; event += 1) {
          source.push("x".repeat(48));
          await setImmediate();
          clock.advance(1 / perSecond);
        }
      }
      source.end();
      assert.equal((await all).length, 48 * 930 + "<0 closed><tail>".length);
    }));
});

describe("a client that has nothing to read", () => {
  const keepAlive = ": here\n\n";

  /** What a stream has sent so far, as it comes. */
  function collect(stream) {
    const got = { text: "", isOver: false };
    const reader = stream.getReader();
    const reading = (async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        got.text += decode(value);
      }
      got.isOver = true;
    })();
    return Object.assign(got, { reader, reading });
  }

  for (const kind of KINDS) {
    test(`hears every 15 s that a silent model is waited for, kind ${kind}`, () =>
      withClock(worker, async (clock) => {
        const source = upstream(kind);
        const got = collect(await open([source], { head: "<head>", keepAlive }));
        let expected = "<head>";
        for (let round = 0; round < 5; round += 1) {
          clock.advance(14.9);
          await calm();
          assert.equal(got.text, expected);
          clock.advance(0.1);
          await calm();
          expected += keepAlive;
          assert.equal(got.text, expected);
        }
        clock.advance(15);
        await got.reading;
        assert.equal(got.text, `${expected}<UpstreamTimeout>`);
      }));

    test(`hears it while the model thinks, kind ${kind}`, () =>
      withClock(worker, async (clock) => {
        const source = upstream(kind);
        const options = { converter: "Hiding", keepAlive, flush: 1 };
        const got = collect(await open([source], options));
        for (let second = 0; second < 100; second += 1) {
          source.push("[thought]\n");
          await calm();
          clock.advance(1);
        }
        await calm();
        assert.equal(got.text, keepAlive.repeat(6));
        assert.ok(clock.started < 20, `${clock.started} timers`);
        source.push("said");
        await calm();
        clock.advance(14);
        assert.equal(got.text, `${keepAlive.repeat(6)}said`);
        source.end();
        await got.reading;
        assert.equal(got.text, `${keepAlive.repeat(6)}said<0 closed><tail>`);
      }));
  }

  test("15 s after what it was sent last, and with no timer for each piece", () =>
    withClock(worker, async (clock) => {
      const source = upstream("bytes");
      const got = collect(await open([source], { keepAlive, flush: 1 }));
      for (let token = 0; token < 800; token += 1) {
        source.push("x");
        await setImmediate();
        clock.advance(0.125);
      }
      await calm();
      const said = "x".repeat(800);
      assert.equal(got.text, said);
      assert.ok(clock.started <= 8, `${clock.started} timers in 100 s`);
      clock.advance(14.75);
      await calm();
      assert.equal(got.text, said);
      clock.advance(0.125);
      await calm();
      assert.equal(got.text, said + keepAlive);
      await got.reader.cancel();
    }));

  test("hears nothing in a format that has nothing for it", () =>
    withClock(worker, async (clock) => {
      const got = collect(await open([upstream("bytes")]));
      clock.advance(89);
      await calm();
      assert.equal(got.text, "");
      await got.reader.cancel();
    }));

  test("hears it once of several upstreams that are silent", () =>
    withClock(worker, async (clock) => {
      const sources = [upstream("bytes"), upstream("workerd")];
      const got = collect(await open(sources, { keepAlive }));
      sources[0].push("one");
      await calm();
      clock.advance(16);
      await calm();
      assert.equal(got.text, `one${keepAlive}`);
      await got.reader.cancel();
    }));

  test("is sent nothing more while its queue is full", () =>
    withClock(worker, async (clock) => {
      const chunks = Array(60).fill("x".repeat(2000));
      const stream = await open([upstream("bytes", chunks)], { keepAlive });
      await calm();
      clock.advance(500);
      await calm();
      const text = await textOf(stream);
      assert.equal(text.length, 120_000 + "<0 closed><tail>".length);
    }));
});

/** What is alive of streams, garbage that only Python's collector could find included. */
const CENSUS = `
import gc
from collections import Counter
import edge.departure, edge.streams
from core.web import Source, Stream

kinds = (edge.departure.Departure, edge.streams._Pump, edge.streams._UpstreamReader, Source, Stream)
dict(Counter(
    type(thing).__name__ for thing in gc.get_objects()
    if isinstance(thing, kinds) or type(thing).__name__ == "Plain"
))
`;

/** The points at which a client leaves, as how often it reads and what the upstreams do before. */
const LEFT_AT = {
  "before the first byte": [["", 0]],
  "in the middle": [["some", 1]],
  "with pieces in the queue": [8, 16, 32].map((length) => ["x".repeat(length), 0]),
  "with the queue full": Array(20).fill(["x".repeat(2000), 0]),
  // Each longer than all before, as reads wait for more and more.
  "after several pieces": [8, 16, 32, 64].map((length) => ["x".repeat(length), 1]),
};

describe("nothing stays of a stream that is left, though its reads never end", () => {
  const ROUNDS = 8;

  /** Leaves streams there, while Python's collector does not run. */
  async function leave(moves, count, goAway) {
    await worker.python("import gc; gc.collect(); gc.disable()");
    const before = await worker.python(CENSUS);
    const late = [];
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const sources = Array.from({ length: count }, () => upstream("workerd"));
        const client = new AbortController();
        const stream = await open(sources, { head: "", signal: client.signal });
        const reader = stream.getReader();
        for (const [text, reads] of moves) {
          if (text) for (const source of sources) source.push(text);
          await setImmediate();
          for (let each = 0; each < reads; each += 1) await reader.read();
        }
        await goAway(reader, client);
        assert.deepEqual(worker.liveProxies, []);
        for (const source of sources) assert.ok(source.cancelled);
        late.push(...sources);
      }
      assert.deepEqual(await worker.python(CENSUS), before);
    } finally {
      await worker.python("import gc; gc.enable()");
    }
    for (const source of late) source.settle();
    await calm();
  }

  const ways = {
    "by its stream's cancel": (reader) => reader.cancel("gone"),
    "by its signal": (_reader, client) => client.abort(),
    "by both": async (reader, client) => {
      await reader.cancel();
      client.abort();
    },
    "by both, its signal first": async (reader, client) => {
      client.abort();
      await reader.cancel();
    },
  };
  for (const [way, goAway] of Object.entries(ways)) {
    for (const [point, moves] of Object.entries(LEFT_AT)) {
      for (const count of [1, 3]) {
        test(`${way}, ${point}, ${count} upstreams`, () => leave(moves, count, goAway));
      }
    }
  }
});
