/**
 * Upstream bodies whose every step a test decides, in the ways that platforms have them:
 *
 * - `bytes`: a byte stream of Node. The rest comes together with `done: true`.
 * - `plain`: not a byte stream, so it cannot be read with a view.
 * - `workerd`: a byte stream as the Workers runtime reads it: the rest comes with `done: false`,
 *   even if it is less than `min`, then `done: true` with an empty view. A read that is under way
 *   when it is cancelled never ends.
 */
export const KINDS = /** @type {const} */ (["bytes", "plain", "workerd"]);

/**
 * @typedef {object} Upstream
 * @property {any} body what the edge reads: a stream, or what can be read like one
 * @property {(chunk: string | Uint8Array) => void} push
 * @property {() => void} end after everything has been taken
 * @property {(error: unknown) => void} fail
 * @property {number} reads how often a reader has asked
 * @property {boolean} cancelled
 * @property {() => void} [settle] ends a read that would never end
 */

/**
 * @param {(typeof KINDS)[number]} kind
 * @param {Iterable<string | Uint8Array | Error>} [chunks] given one by one as they are asked for,
 *   then the end; without them the test pushes
 * @returns {Upstream}
 */
export function upstream(kind, chunks) {
  return kind === "workerd" ? new Simulated(chunks) : new Real(kind, chunks);
}

const toBytes = (chunk) => new Uint8Array(Buffer.from(chunk));

class Real {
  reads = 0;
  cancelled = false;
  #controller;

  constructor(kind, chunks) {
    const rest = chunks?.[Symbol.iterator]();
    const source = {
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () => {
        this.reads += 1;
        if (!rest) return;
        const { done, value } = rest.next();
        if (done) this.end();
        else if (value instanceof Error) this.fail(value);
        else this.push(value);
      },
      cancel: () => {
        this.cancelled = true;
      },
    };
    this.body =
      kind === "bytes"
        ? new ReadableStream({ type: "bytes", ...source })
        : new ReadableStream(source, { highWaterMark: 0 });
  }

  push(chunk) {
    this.#controller.enqueue(toBytes(chunk));
  }

  end() {
    this.#controller.close();
    this.#controller.byobRequest?.respond(0);
  }

  fail(error) {
    this.#controller.error(error);
  }
}

class Simulated {
  reads = 0;
  cancelled = false;
  #rest;
  #bytes = [];
  #state = "open";
  #error;
  /** @type {PromiseWithResolvers<void>} */
  #changed = Promise.withResolvers();

  constructor(chunks) {
    this.#rest = chunks?.[Symbol.iterator]();
  }

  /** A stream, as far as it is used. */
  get body() {
    const cancel = async () => {
      this.cancelled = true;
      this.#become("cancelled");
    };
    const read = (view, { min = 1 } = {}) => this.#read(view, min);
    return { cancel, getReader: () => ({ read, cancel }) };
  }

  push(chunk) {
    this.#bytes.push(...toBytes(chunk));
    this.#become(this.#state);
  }

  end() {
    this.#become("ended");
  }

  fail(error) {
    this.#error = error;
    this.#bytes = [];
    this.#become("failed");
  }

  /** Ends the read that was under way when the stream was cancelled, as Node's streams do. */
  settle() {
    this.#changed.resolve();
  }

  #become(state) {
    if (this.#state === "cancelled") return;
    this.#state = state;
    if (state !== "cancelled") this.#changed.resolve();
    this.#changed = Promise.withResolvers();
  }

  async #read(view, min) {
    this.reads += 1;
    if (min > view.byteLength) throw new TypeError("min is larger than the view");
    const buffer = view.buffer.transfer();
    while (this.#bytes.length < min && this.#state === "open") await this.#more();
    if (this.#state === "failed") throw this.#error;
    const given = this.#bytes.splice(0, buffer.byteLength);
    const value = new Uint8Array(buffer, 0, given.length);
    value.set(given);
    return { done: given.length === 0, value };
  }

  async #more() {
    if (!this.#rest) return this.#changed.promise;
    await null;
    const { done, value } = this.#rest.next();
    if (done) this.end();
    else if (value instanceof Error) this.fail(value);
    else this.push(value);
  }
}
