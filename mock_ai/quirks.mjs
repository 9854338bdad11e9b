/**
 * Models that misbehave on purpose, by id under `@mock/`. The table is the documentation:
 * README.md repeats it, and a test holds the two together.
 *
 * Each row: the id's pattern, what it does, and the model it is as changes to a plain one.
 * `@mock/native/…` and `@mock/responses/…` are the same quirks on the other wire formats,
 * `@mock/<kind>/…` on other tasks; without a kind the inputs say which task it is.
 */
import { AiError, ERRORS, engineText, FLAGGED } from "./errors.mjs";
import { guess, KINDS } from "./kinds.mjs";
import { MISTAKES } from "./mistakes.mjs";
import { reset, state } from "./state.mjs";
import { byteBody, DONE, sleep } from "./streams.mjs";
import { fence } from "./translator.mjs";

/** Thinks unless told not to; three efforts. */
const THINKS = {
  reasoning: {
    supported: true,
    can_disable: true,
    control: {
      "chat_template_kwargs.enable_thinking": [true, false],
      reasoning_effort: ["low", "medium", "high", "none"],
    },
    default: { reasoning_effort: "medium" },
    aliases: { minimal: "low", xhigh: "high" },
  },
};

const answerWith = (make) => ({ intercept: make });
const reshape = (change) => ({ reshape: (body) => ({ ...body, ...change(body) }) });
const says = (text) => ({
  speak: (answer, request) => ({ ...answer, text: text(answer, request) }),
});

// Leaked tool calls: what should be a call comes as text.

const leaks = (write) => ({
  speak: (answer) =>
    answer.calls.length
      ? { ...answer, text: answer.text + write(answer.calls), calls: [], finish: "stop" }
      : answer,
});
const each = (write) => (calls) =>
  calls.map(({ name, arguments: args }) => write(JSON.stringify(name), args)).join("\n");

// JSON answers that are none.

const inJSONMode = (spoil) =>
  says((answer, request) => (request.json ? spoil(answer.text) : answer.text));

/** Spoils until the conversation holds the spoilt answer, as a request for repair does. */
const once = (spoilt, mark) =>
  says(({ text }, { json, messages }) =>
    json && !messages.some((message) => message.text.includes(mark)) ? spoilt : text,
  );

// Streams.

const half = (frames) => frames.slice(0, Math.ceil((frames.length - 3) / 2));
const breaksWith = (...frames) => ({ edit: (all) => [...half(all), ...frames] });
const withoutDone = (frames) => frames.filter((frame) => frame !== DONE);
const isTail = ({ data }) => data?.usage && data.response === "";
const heartbeat = { data: { response: "", p: "abc" } };

function html(status) {
  const page =
    "<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head>\n" +
    "<body><h1>Error 502</h1><p>The web server reported a bad gateway error.</p></body></html>\n";
  return new Response(page, { status, headers: { "content-type": "text/html; charset=UTF-8" } });
}

const jsonText = (text) => () =>
  new Response(byteBody(text ? [new TextEncoder().encode(text)] : []), {
    headers: { "content-type": "application/json" },
  });

function fail(code, options) {
  if (!(code in ERRORS)) throw new AiError(5007, `No such model @mock/error/${code} or task`);
  throw new AiError(Number(code), undefined, options);
}

function owe({ id }, code, times) {
  const left = state.owed.get(id) ?? Number(times);
  // One success pays the debt: the next call fails again, so that runs do not depend on order.
  if (left === 0) {
    state.owed.delete(id);
    return;
  }
  state.owed.set(id, left - 1);
  fail(code);
}

function* endlessPage() {
  // Each block anew: a byte stream takes the memory of what it is given.
  for (;;) yield new TextEncoder().encode("<p>This page does not end.</p>\n".repeat(1024));
}

/** A quirk of one kind of model, whatever the inputs look like. */
function of(kind, changes) {
  return { kind, ...changes };
}

function rescore(change) {
  return reshape(({ response }) => ({
    response: response.map(({ id, score }) => ({ id, score: change(score) })),
  }));
}

function mistranslates(way) {
  return of("translation", { mistranslates: way });
}

// Chat models that translate a JSON object of texts.

function translator(change) {
  return of(
    "text",
    says(({ text }) => change(text)),
  );
}

/** Changes a JSON object among the answers, as text or by its entries. */
const onObject = (change) => (text) => (text.startsWith("{") ? change(text) : text);
const onEntries = (change) =>
  onObject((text) => JSON.stringify(Object.fromEntries(change(Object.entries(JSON.parse(text))))));

function setting(change) {
  return {
    control: true,
    kind: "text",
    intercept: () => {
      change();
    },
    ...says(() => "done"),
  };
}

/**
 * [pattern, what it does, (…parameters) => changes to the plain model]
 * @type {[string, string, (...parameters: string[]) => any][]}
 */
export const QUIRKS = [
  ["openai", "Nothing odd: answers as chat.completion.", () => ({})],
  ["native", "Nothing odd: answers natively.", () => ({ wire: "native" })],
  ["responses", "Nothing odd: takes `input` too, as gpt-oss does.", () => ({ wire: "responses" })],
  ["embeddings", "Nothing odd: takes what bge-m3 takes.", () => of("embeddings")],
  ["rerank", "Nothing odd: takes what bge-reranker-base takes.", () => of("rerank")],
  [
    "image",
    "Nothing odd: takes JSON with every parameter there is or a form, gives base64 of a JPEG.",
    () => of("image"),
  ],
  [
    "transcription",
    "Nothing odd: takes audio in every way, answers as whisper-large-v3-turbo.",
    () => of("transcription"),
  ],
  ["speech", "Nothing odd: takes what aura takes, any speaker.", () => of("speech")],
  ["translation", "Nothing odd: takes what m2m100 takes.", () => of("translation")],
  ["moderation", "Nothing odd: judges as llama-guard.", () => of("moderation")],

  [
    "error/<code>",
    "Fails with this code of errors.mjs, in the code's usual body.",
    (code) => answerWith(() => fail(code)),
  ],
  [
    "error/<code>/internal",
    "The same, body `{internalCode, …}`.",
    (code) => answerWith(() => fail(code, { body: "internal" })),
  ],
  [
    "error/<code>/errors",
    "The same, body `{errors: [{code, message}]}`.",
    (code) => answerWith(() => fail(code, { body: "errors" })),
  ],
  [
    "error/<code>/nested",
    "The same inside an 8007: `8007: <code>: …`.",
    (code) => answerWith(() => fail(code, { nested: true })),
  ],
  ["refused/3030", "The content filter refuses: error 3030.", () => answerWith(() => fail(3030))],
  [
    "refused/output",
    "The content filter refuses what came out: 3030 in the words of flux-2.",
    () =>
      answerWith(() => {
        throw new AiError(3030, FLAGGED);
      }),
  ],
  [
    "refused/filter",
    "Cut by the content filter: half a text, finish_reason content_filter.",
    () => ({
      speak: (answer) => ({
        ...answer,
        text: answer.text.slice(0, answer.text.length / 2),
        finish: "content_filter",
      }),
    }),
  ],
  [
    "context/engine",
    "The engine, not the schema, finds the context too small: 8007 with JSON inside.",
    () =>
      answerWith(() => {
        throw new AiError(
          8007,
          engineText(
            "This model's maximum context length is 32768 tokens. However, you requested 32000 output " +
              "tokens and your prompt contains at least 769 input tokens, for a total of at least 32769 tokens.",
          ),
        );
      }),
  ],
  [
    "flaky/<code>/<n>",
    "Fails n times, then succeeds once, and so on; counted per whole id.",
    (code, n) => answerWith((call) => owe(call, code, n)),
  ],
  [
    "flaky/<code>/<n>/<name>",
    "The same with a name of your own, so that tests do not share a count.",
    (code, n) => answerWith((call) => owe(call, code, n)),
  ],

  ["html-502", "502 with an HTML page.", () => answerWith(() => html(502))],
  ["html-200", "200 with an HTML page.", () => answerWith(() => html(200))],
  ["empty", "200 with an empty body.", () => answerWith(jsonText(""))],
  [
    "not-json",
    "200, content type JSON, a body that is not.",
    () => answerWith(jsonText('{"response": "half')),
  ],
  ["null", "200 with the JSON `null`.", () => answerWith(jsonText("null"))],
  [
    "no-choices",
    "200 with `choices: []`.",
    () => ({ reshape: (body) => ({ ...body, choices: [] }) }),
  ],
  ["no-content", "200 with nothing in the message.", () => says(() => "")],
  [
    "charset",
    "Content type `application/json; charset=utf-8`.",
    () => ({
      contentType: "application/json; charset=utf-8",
    }),
  ],
  [
    "never-read",
    "503 with an HTML body that never ends: whoever reads on never returns; cancel it.",
    () =>
      answerWith(
        ({ options }) =>
          new Response(byteBody(endlessPage(), { signal: options.signal }), {
            status: 503,
            headers: { "content-type": "text/html" },
          }),
      ),
  ],
  [
    "slow",
    "Waits a second, then answers; the signal aborts the wait.",
    () => answerWith(({ options }) => sleep(1000, options.signal)),
  ],
  [
    "slow/<ms>",
    "The same, any number of milliseconds.",
    (ms) => answerWith(({ options }) => sleep(Number(ms), options.signal)),
  ],

  ["stream/openai", "Nothing odd.", () => ({})],
  ["stream/native", "Native frames.", () => ({ wire: "native" })],
  ["stream/anonymous", "Chunks without id, object, created and model.", () => ({ ids: null })],
  [
    "stream/heartbeats",
    "An empty native frame and a comment before every token.",
    () => ({
      edit: (frames) => frames.flatMap((frame) => [heartbeat, { comment: "keep-alive" }, frame]),
    }),
  ],
  ["stream/chunk-usage", "Every chunk has a usage of its own.", () => ({ chunkUsage: true })],
  ["stream/whole-call", "A tool call in one delta.", () => ({ callDeltas: "whole" })],
  [
    "stream/late-name",
    "Pieces of the arguments before the name of the tool.",
    () => ({ callDeltas: "late-name" }),
  ],
  [
    "stream/nulls",
    "Deltas name all of their fields, null where there is nothing.",
    () => ({
      callDeltas: "nulls",
      nullDeltas: true,
    }),
  ],
  [
    "stream/id-first",
    "Chunks start with their id instead of their choices.",
    () => ({ idFirst: true }),
  ],
  [
    "stream/null-end",
    "A tool call ends with a delta of nulls.",
    () => ({ callDeltas: "terminated" }),
  ],
  [
    "stream/split",
    "One byte per chunk: cuts characters, names and line ends everywhere.",
    () => ({
      transport: { cut: "bytes" },
    }),
  ],
  ["stream/packed", "Seven events per chunk.", () => ({ transport: { cut: "packed" } })],
  ["stream/crlf", "Lines end with CR LF.", () => ({ transport: { eol: "\r\n" } })],
  [
    "stream/no-blank-line-at-end",
    "Nothing follows the last `data:` line, not even a line end.",
    () => ({
      transport: { lastBlank: false },
    }),
  ],
  [
    "stream/no-done",
    "No `[DONE]`; finish_reason and usage are there.",
    () => ({ edit: withoutDone }),
  ],
  [
    "stream/no-tail",
    "No native usage frame: zeros are all there is.",
    () => ({
      edit: (frames) => frames.filter((frame) => !isTail(frame)),
    }),
  ],
  [
    "stream/broken",
    "Ends in the middle of the text: no finish_reason, no usage, no `[DONE]`.",
    () => breaksWith(),
  ],
  [
    "stream/cut-event",
    "Ends in the middle of an event.",
    () => breaksWith({ data: '{"choices":[{"del' }),
  ],
  [
    "stream/bad-event",
    "An event in the middle is not JSON; the rest follows.",
    () => ({
      edit: (frames) => [...half(frames), { data: "{oops" }, ...frames.slice(half(frames).length)],
    }),
  ],
  [
    "stream/error",
    "An error frame `{errors: […]}` (3040) in the middle, then the end.",
    () =>
      breaksWith({ data: { errors: [{ code: 3040, message: ERRORS[3040][2] }], success: false } }),
  ],
  [
    "stream/error/internal",
    "The same, `{internalCode: …}`.",
    () =>
      breaksWith({
        data: { name: "AiError", internalCode: 3040, httpCode: 429, description: ERRORS[3040][2] },
      }),
  ],
  [
    "stream/error/engine",
    "The same in the engine's form, `{error: {message, code}}`, then `[DONE]`.",
    () => breaksWith({ data: engineText("CUDA error") }, DONE),
  ],
  [
    "stream/abort",
    "The connection breaks in the middle.",
    () => breaksWith({ fail: "connection reset" }),
  ],
  [
    "stream/stall",
    "Stops in the middle and stays open until somebody cancels.",
    () => ({
      edit: half,
      transport: { stall: true },
    }),
  ],
  ["stream/slow/<ms>", "Waits before every chunk.", (ms) => ({ transport: { wait: Number(ms) } })],
  ["stream/json", "Answers a stream request with JSON.", () => ({ streams: false })],

  [
    "finish/none",
    "finish_reason null in JSON, absent in streams.",
    () => ({
      speak: (answer) => ({ ...answer, finish: null }),
    }),
  ],
  [
    "finish/stop",
    "finish_reason stop, tool calls or not.",
    () => ({
      speak: (answer) => ({ ...answer, finish: "stop" }),
    }),
  ],
  [
    "usage/none",
    "No usage anywhere.",
    () => ({
      reshape: ({ usage: _, ...body }) => body,
      edit: (frames) => frames.filter(({ data }) => !data?.usage),
    }),
  ],

  ["think", "Thinks, in reasoning_content.", () => THINKS],
  ["think/reasoning", "Thinks, in reasoning.", () => ({ ...THINKS, reasoningIn: ["reasoning"] })],
  [
    "think/both",
    "Thinks, in both fields.",
    () => ({ ...THINKS, reasoningIn: ["reasoning", "reasoning_content"] }),
  ],
  [
    "think/tags",
    "Thinks inside the text: <think>…</think>.",
    () => ({ ...THINKS, thinkTags: "tags" }),
  ],
  [
    "think/close-only",
    "Thinks inside the text and only ends it: …</think>.",
    () => ({
      ...THINKS,
      thinkTags: "close-only",
    }),
  ],

  [
    "leak/tool_call",
    "Tool calls as text: <tool_call>{…}</tool_call>.",
    () =>
      leaks(
        each((name, args) => `<tool_call>\n{"name": ${name}, "arguments": ${args}}\n</tool_call>`),
      ),
  ],
  [
    "leak/json",
    "Tool calls as bare JSON.",
    () => leaks(each((name, args) => `{"name": ${name}, "parameters": ${args}}`)),
  ],
  [
    "leak/fenced",
    "Tool calls in a fenced code block, with words before it.",
    () =>
      leaks(
        each(
          (name, args) =>
            `I call a tool.\n\`\`\`json\n{"name": ${name}, "arguments": ${args}}\n\`\`\``,
        ),
      ),
  ],
  [
    "leak/python_tag",
    "Tool calls after <|python_tag|>.",
    () =>
      leaks(
        each(
          (name, args) =>
            `<|python_tag|>{"type": "function", "name": ${name}, "parameters": ${args}}`,
        ),
      ),
  ],
  [
    "leak/mistral",
    "Tool calls after [TOOL_CALLS], as a list.",
    () =>
      leaks(
        (calls) =>
          `[TOOL_CALLS][${each((name, args) => `{"name": ${name}, "arguments": ${args}}`)(calls).replaceAll("\n", ", ")}]`,
      ),
  ],

  [
    "json/broken",
    "JSON mode: text that is not JSON.",
    () => inJSONMode((text) => `${text.slice(0, -1)} …`),
  ],
  [
    "json/broken-once",
    "The same, until the conversation holds the word broken-once of that answer.",
    () => once('{"this is": broken-once', "broken-once"),
  ],
  [
    "json/mismatch",
    "JSON mode: JSON that does not fit the schema.",
    () => inJSONMode(() => '{"unexpected":1}'),
  ],
  [
    "json/mismatch-once",
    "The same, until the conversation holds the word mismatch-once of that answer.",
    () => once('{"mismatch-once":1}', "mismatch-once"),
  ],
  [
    "json/fenced",
    "JSON mode: JSON in a fenced code block, with words before it.",
    () => inJSONMode((text) => `Here it is:\n\`\`\`json\n${text}\n\`\`\``),
  ],

  [
    "embeddings/short",
    "One vector less than texts.",
    () =>
      of(
        "embeddings",
        reshape(({ data }) => ({ data: data?.slice(1) })),
      ),
  ],
  [
    "embeddings/zeros",
    "Vectors of nothing but zeros, which have no direction.",
    () =>
      of(
        "embeddings",
        reshape(({ data }) => ({ data: data?.map((vector) => vector.map(() => 0)) })),
      ),
  ],
  [
    "rerank/logits",
    "Raw scores, from minus to plus infinity.",
    () =>
      of(
        "rerank",
        rescore((score) => Math.log(score / (1 - score))),
      ),
  ],
  [
    "rerank/unsorted",
    "Results in the order of the contexts.",
    () =>
      of(
        "rerank",
        reshape(({ response }) => ({ response: response.toSorted((a, b) => a.id - b.id) })),
      ),
  ],
  ["image/jpeg", "JPEG as image/jpeg.", () => of("image", { answer: "binary" })],
  ["image/png", "PNG as image/png.", () => of("image", { answer: "binary", encode: "png" })],
  [
    "image/mislabelled",
    "JPEG as image/png.",
    () => of("image", { answer: "binary", label: "image/png" }),
  ],
  ["image/base64-png", "Base64 of a PNG.", () => of("image", { encode: "png" })],
  [
    "image/garbage",
    "Base64 of what is no image.",
    () =>
      of(
        "image",
        reshape(() => ({ image: btoa("This is no image.") })),
      ),
  ],
  [
    "transcription/text-only",
    "The text and nothing else.",
    () => of("transcription", { reshape: ({ text }) => ({ text }) }),
  ],
  [
    "transcription/whisper",
    "Answers as whisper: words and no segments.",
    () => of("transcription", { transcript: "whisper" }),
  ],
  [
    "transcription/deepgram",
    "Answers as nova-3.",
    () => of("transcription", { transcript: "deepgram" }),
  ],
  ["speech/wav", "WAV, whatever is asked, as audio/mpeg.", () => of("speech", { sound: "wav" })],
  [
    "speech/json",
    "As melotts: {audio: base64 of MP3}, for `prompt` and `lang`.",
    () => of("speech", { inputs: ["prompt", "lang"] }),
  ],
  ["translation/drops", "Leaves out all sentences but the first.", () => mistranslates("drops")],
  ["translation/loops", "Says the same again and again.", () => mistranslates("loops")],
  ["translation/empty", "An empty translation.", () => mistranslates("empty")],
  ["translation/echo", "The text as it was.", () => mistranslates("echo")],
  [
    "translation/mangles",
    "Blanks inside of placeholders and tags.",
    () => mistranslates("mangles"),
  ],
  [
    "translation/script",
    "The text in its own letters behind the code of the target: `[zh] Hello`.",
    () => mistranslates("script"),
  ],
  [
    "translation/chatter",
    "`Here is the translation: `, and then the translation.",
    () => mistranslates("chatter"),
  ],
  ["translation/long", "More than five times as long as the text.", () => mistranslates("long")],
  ["translation/short", "The first tenth.", () => mistranslates("short")],

  [
    "translator/broken",
    "A chat model that translates: JSON without its last quote and brace.",
    () => translator(onObject((text) => text.slice(0, -2))),
  ],
  [
    "translator/fenced",
    "The same: all in a fenced code block.",
    () => translator((text) => fence(text, text.startsWith("{") ? "json" : "")),
  ],
  [
    "translator/chatter",
    "The same: words before the answer.",
    () => translator((text) => `Here is the translation:\n\n${text}`),
  ],
  [
    "translator/renumbered",
    "The same: each text under the number after its own.",
    () =>
      translator(
        onEntries((entries) =>
          entries.map(([key, text], index) => [(Number(key) || index) + 1, text]),
        ),
      ),
  ],
  [
    "translator/drops-last",
    "The same: without the last of several texts.",
    () => translator(onEntries((entries) => (entries.length > 1 ? entries.slice(0, -1) : entries))),
  ],
  [
    "translator/thinks",
    "The same: thinks in tags first, whatever it is told.",
    () => translator((text) => `<think>\nTwo ways to say it.\n</think>\n\n${text}`),
  ],
  [
    "translator/<mistake>",
    "The same: makes this mistake of a command above in every text.",
    (name) => (Object.hasOwn(MISTAKES.llm, name) ? of("text", { mistranslates: name }) : undefined),
  ],

  [
    "state",
    "Answers with the mock's counters as JSON.",
    () => ({
      control: true,
      kind: "text",
      ...says(() => {
        const { calls, aborted, cancelled, failed, finished, received, plan } = state;
        return JSON.stringify({ calls, aborted, cancelled, failed, finished, received, plan });
      }),
    }),
  ],
  [
    "calls",
    "Answers with the last 16 calls as JSON: model, inputs (long ones as their size), form.",
    () => ({ control: true, kind: "text", ...says(() => JSON.stringify(state.recent)) }),
  ],
  ["reset", "Forgets plan, licences, counts and counters.", () => setting(reset)],
  [
    "plan/paid",
    "From now on the account pays: paid-only models answer.",
    () =>
      setting(() => {
        state.plan = "paid";
      }),
  ],
  [
    "plan/free",
    "From now on it does not.",
    () =>
      setting(() => {
        state.plan = "free";
      }),
  ],
  [
    "models/fail",
    "From now on models() throws.",
    () =>
      setting(() => {
        state.list = "fail";
      }),
  ],
  [
    "models/ok",
    "From now on it does not.",
    () =>
      setting(() => {
        state.list = "ok";
      }),
  ],
];

const compiled = QUIRKS.map(([pattern, , make]) => ({
  pattern: new RegExp(`^${pattern.replace(/<\w+>/g, "([\\w.-]+)")}$`),
  make,
}));

const kindNames = Object.keys(KINDS).join("|");

/**
 * The model of an `@mock/…` id, undefined when the table does not have it.
 *
 * @param given what the call brings, for ids that leave the task to it
 */
export function quirk(id, given) {
  const path = /^@mock\/(.+)$/.exec(id)?.[1];
  if (!path) return undefined;
  const [, prefix, rest] = new RegExp(`^(native|responses|${kindNames})/(.+)$`).exec(path) ?? [];
  const made = make(path) ?? (prefix && make(rest) && onPrefix(prefix, make(rest)));
  if (!made) return undefined;
  const base = KINDS[made.kind ?? (made.wire ? "text" : guess(given))];
  const limits = made.wire === "native" && { limits: { max_tokens: { default: 256 } } };
  return { ...base, id, ...limits, ...made };
}

function onPrefix(prefix, made) {
  return prefix in KINDS ? { ...made, kind: prefix } : { ...made, wire: prefix };
}

function make(path) {
  for (const { pattern, make } of compiled) {
    const match = pattern.exec(path);
    if (match) return make(...match.slice(1));
  }
  return undefined;
}
