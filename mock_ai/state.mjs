/**
 * Everything the mock remembers: what an account would, and what tests want to know.
 *
 * It lives as long as the process (or the isolate). `reset()` starts afresh; a test that only
 * speaks HTTP calls the model `@mock/reset`.
 */
export const state = {};

export function reset() {
  Object.assign(state, {
    /** "free" or "paid": paid-only models answer 5035 on free. */
    plan: "free",
    /** Ids of models whose licence was accepted with {prompt: "agree"}. */
    agreed: new Set(),
    /** What `models()` does: "ok" or "fail". */
    list: "ok",
    /** Failures still owed by `@mock/flaky/…`, by whole model id. */
    owed: new Map(),
    /** `run` calls, without those to @mock/state, @mock/reset, @mock/plan/… and @mock/models/…. */
    calls: 0,
    /** Calls and streams that ended because their signal aborted. */
    aborted: 0,
    /** Bodies whose reader cancelled them. */
    cancelled: 0,
    /** Bodies that broke by themselves (`@mock/stream/abort`). */
    failed: 0,
    /** Bodies that were read to their end. */
    finished: 0,
    /** Bytes of streamed inputs that the service has read. */
    received: 0,
    /** What the last calls brought, the newest last; see calls.mjs. */
    recent: [],
    /** How often an image was asked for in the same words without a seed, by digest. */
    unseeded: new Map(),
  });
}

reset();
