/**
 * All state of the mock: that of the account, and counters for tests.
 *
 * It lives as long as the process (or the isolate). `reset()` clears it; a test that only speaks
 * HTTP calls the model `@mock/reset`.
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
    /** Remaining failures of `@mock/flaky/…`, by full model id. */
    owed: new Map(),
    /** `run` calls, except those of control models (@mock/state, @mock/reset, @mock/plan/…). */
    calls: 0,
    /** Calls and streams that ended because their signal aborted. */
    aborted: 0,
    /** Bodies whose reader cancelled them. */
    cancelled: 0,
    /** Bodies that failed by themselves (`@mock/stream/abort`). */
    failed: 0,
    /** Bodies that were read to their end. */
    finished: 0,
    /** Bytes of streamed inputs that the service has read. */
    received: 0,
    /** Records of the last calls, newest last; see calls.mjs. */
    recent: [],
    /** Number of equal image requests without a seed, by digest. */
    unseeded: new Map(),
  });
}

reset();
