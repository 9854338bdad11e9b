/**
 * Models that misbehave on purpose, by id under `@mock/`. README.md repeats the table; a test
 * compares the two.
 *
 * Each row: the id's pattern, what it does, and its changes to a plain model. `@mock/native/…` and
 * `@mock/responses/…` are the same quirks on the other wire formats, `@mock/<kind>/…` on other
 * tasks; without a kind the inputs determine the task.
 */
import { AiError, ERRORS, engineText, FLAGGED } from "./errors.mjs";
import { guessKind, KINDS } from "./kinds.mjs";
import { MISTAKES } from "./mistakes.mjs";
import { reset, state } from "./state.mjs";
import { byteBody, DONE, sleep } from "./streams.mjs";
import { fence } from "./translator.mjs";

/** Thinks by default; three efforts. */
const THINKING = {
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
const withText = (text) => ({
  speak: (answer, request) => ({ ...answer, text: text(answer, request) }),
});

// Leaked tool calls: text instead of a call.

const leakCalls = (write) => ({
  speak: (answer) =>
    answer.calls.length
      ? { ...answer, text: answer.text + write(answer.calls), calls: [], finish: "stop" }
      : answer,
});
const writeCalls = (write) => (calls) =>
  calls.map(({ name, arguments: args }) => write(JSON.stringify(name), args)).join("\n");

const withoutCalls = (answer) =>
  answer.calls.length
    ? { ...answer, text: "I would rather not.", calls: [], finish: "stop" }
    : answer;

// Broken JSON answers.

const spoilJSON = (spoil) =>
  withText((answer, request) => (request.json ? spoil(answer.text) : answer.text));

/** Spoils answers until the conversation contains one, as a request for repair does. */
const spoilOnce = (spoilt, mark) =>
  withText(({ text }, { json, messages }) =>
    json && !messages.some((message) => message.text.includes(mark)) ? spoilt : text,
  );

// Streams.

const firstHalf = (frames) => frames.slice(0, Math.ceil((frames.length - 3) / 2));
const breakOffWith = (...frames) => ({ edit: (all) => [...firstHalf(all), ...frames] });
const withoutDone = (frames) => frames.filter((frame) => frame !== DONE);
const isUsageFrame = ({ data }) => data?.usage && data.response === "";
const heartbeat = { data: { response: "", p: "abc" } };

function htmlPage(status) {
  const page =
    "<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head>\n" +
    "<body><h1>Error 502</h1><p>The web server reported a bad gateway error.</p></body></html>\n";
  return new Response(page, { status, headers: { "content-type": "text/html; charset=UTF-8" } });
}

const rawJSON = (text) => () =>
  new Response(byteBody(text ? [new TextEncoder().encode(text)] : []), {
    headers: { "content-type": "application/json" },
  });

function fail(code, options) {
  if (!(code in ERRORS)) throw new AiError(5007, `No such model @mock/error/${code} or task`);
  throw new AiError(Number(code), undefined, options);
}

function failSomeTimes({ id }, code, times) {
  const remaining = state.owed.get(id) ?? Number(times);
  // After one success the next call fails again, so that tests do not depend on their order.
  if (remaining === 0) {
    state.owed.delete(id);
    return;
  }
  state.owed.set(id, remaining - 1);
  fail(code);
}

function* endlessPage() {
  // A new block each time, since a byte stream takes over the memory of its chunks.
  for (;;) yield new TextEncoder().encode("<p>This page does not end.</p>\n".repeat(1024));
}

/** A quirk of one kind of model, whatever the inputs look like. */
function ofKind(kind, changes) {
  return { kind, ...changes };
}

function rescore(change) {
  return reshape(({ response }) => ({
    response: response.map(({ id, score }) => ({ id, score: change(score) })),
  }));
}

function translationQuirk(way) {
  return ofKind("translation", { mistranslates: way });
}

// Chat models that translate a JSON object of texts.

function translatorQuirk(change) {
  return ofKind(
    "text",
    withText(({ text }) => change(text)),
  );
}

/** Changes a JSON object among the answers, as text or by its entries. */
const onObject = (change) => (text) => (text.startsWith("{") ? change(text) : text);
const onEntries = (change) =>
  onObject((text) => JSON.stringify(Object.fromEntries(change(Object.entries(JSON.parse(text))))));

function controlModel(change) {
  return {
    control: true,
    kind: "text",
    intercept: () => {
      change();
    },
    ...withText(() => "done"),
  };
}

/**
 * [pattern, what it does, (…parameters) => changes to the plain model]
 * @type {[string, string, (...parameters: string[]) => any][]}
 */
export const QUIRKS = [
  ["openai", "No quirk: answers as chat.completion.", () => ({})],
  ["native", "No quirk: answers natively.", () => ({ wire: "native" })],
  [
    "mixed",
    "Accepts native inputs, answers as chat.completion, as qwen3-30b does.",
    () => ({ kind: "text", asked: "native" }),
  ],
  ["responses", "No quirk: accepts `input` too, as gpt-oss does.", () => ({ wire: "responses" })],
  ["embeddings", "No quirk: accepts bge-m3's inputs.", () => ofKind("embeddings")],
  ["rerank", "No quirk: accepts bge-reranker-base's inputs.", () => ofKind("rerank")],
  [
    "image",
    "No quirk: accepts JSON with every parameter, or a form; returns base64 of a JPEG.",
    () => ofKind("image"),
  ],
  [
    "transcription",
    "No quirk: accepts audio in every form, answers as whisper-large-v3-turbo.",
    () => ofKind("transcription"),
  ],
  ["speech", "No quirk: accepts aura's inputs, with any speaker.", () => ofKind("speech")],
  ["translation", "No quirk: accepts m2m100's inputs.", () => ofKind("translation")],
  ["moderation", "No quirk: judges as llama-guard.", () => ofKind("moderation")],

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
  [
    "refused/3030",
    "The content filter rejects the prompt: error 3030.",
    () => answerWith(() => fail(3030)),
  ],
  [
    "refused/output",
    "The content filter rejects the output: 3030 with flux-2's text.",
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
    (code, n) => answerWith((call) => failSomeTimes(call, code, n)),
  ],
  [
    "flaky/<code>/<n>/<name>",
    "The same with a name of your choice, so that tests do not share a count.",
    (code, n) => answerWith((call) => failSomeTimes(call, code, n)),
  ],

  ["html-502", "502 with an HTML page.", () => answerWith(() => htmlPage(502))],
  ["html-200", "200 with an HTML page.", () => answerWith(() => htmlPage(200))],
  ["empty", "200 with an empty body.", () => answerWith(rawJSON(""))],
  [
    "not-json",
    "200, content type JSON, a body that is not.",
    () => answerWith(rawJSON('{"response": "half')),
  ],
  ["null", "200 with the JSON `null`.", () => answerWith(rawJSON("null"))],
  [
    "no-choices",
    "200 with `choices: []`.",
    () => ({ reshape: (body) => ({ ...body, choices: [] }) }),
  ],
  ["no-content", "200 with nothing in the message.", () => withText(() => "")],
  [
    "charset",
    "Content type `application/json; charset=utf-8`.",
    () => ({
      contentType: "application/json; charset=utf-8",
    }),
  ],
  [
    "never-read",
    "503 with an HTML body that never ends: reading it to the end hangs; cancel it.",
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

  [
    "forced/ignored",
    "Makes no calls, not even one that it must make.",
    () => ({ speak: (answer) => withoutCalls(answer) }),
  ],
  [
    "forced/late",
    "The same, until a second message of the user.",
    () => ({
      speak: (answer, { messages }) =>
        messages.filter(({ role }) => role === "user").length > 1 ? answer : withoutCalls(answer),
    }),
  ],
  [
    "image-marker",
    "Takes text for an image that has an image's data URL in it: error 8006.",
    () =>
      answerWith(({ inputs }) => {
        const { messages, prompt } = inputs;
        const texts = JSON.stringify([messages ?? prompt, inputs.tools], (key, value) =>
          key === "image_url" ? undefined : value,
        );
        if (/data:image\/.*?;base64,/i.test(texts)) fail(8006);
      }),
  ],

  ["stream/openai", "No quirk.", () => ({})],
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
    "One byte per chunk: splits characters, names and line breaks.",
    () => ({
      transport: { cut: "bytes" },
    }),
  ],
  ["stream/packed", "Seven events per chunk.", () => ({ transport: { cut: "packed" } })],
  ["stream/crlf", "Lines end with CR LF.", () => ({ transport: { eol: "\r\n" } })],
  [
    "stream/no-blank-line-at-end",
    "Nothing follows the last `data:` line, not even a line break.",
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
      edit: (frames) => frames.filter((frame) => !isUsageFrame(frame)),
    }),
  ],
  [
    "stream/broken",
    "Ends in the middle of the text: no finish_reason, no usage, no `[DONE]`.",
    () => breakOffWith(),
  ],
  [
    "stream/cut-event",
    "Ends in the middle of an event.",
    () => breakOffWith({ data: '{"choices":[{"del' }),
  ],
  [
    "stream/bad-event",
    "An event in the middle is not JSON; the rest follows.",
    () => ({
      edit: (frames) => [
        ...firstHalf(frames),
        { data: "{oops" },
        ...frames.slice(firstHalf(frames).length),
      ],
    }),
  ],
  [
    "stream/error",
    "An error frame `{errors: […]}` (3040) in the middle, then the end.",
    () =>
      breakOffWith({
        data: { errors: [{ code: 3040, message: ERRORS[3040][2] }], success: false },
      }),
  ],
  [
    "stream/error/internal",
    "The same, `{internalCode: …}`.",
    () =>
      breakOffWith({
        data: { name: "AiError", internalCode: 3040, httpCode: 429, description: ERRORS[3040][2] },
      }),
  ],
  [
    "stream/error/engine",
    "The same in the engine's form, `{error: {message, code}}`, then `[DONE]`.",
    () => breakOffWith({ data: engineText("CUDA error") }, DONE),
  ],
  [
    "stream/abort",
    "The connection breaks in the middle.",
    () => breakOffWith({ fail: "connection reset" }),
  ],
  [
    "stream/stall",
    "Stops in the middle and stays open until it is cancelled.",
    () => ({
      edit: firstHalf,
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

  ["think", "Thinks, in reasoning_content.", () => THINKING],
  ["think/reasoning", "Thinks, in reasoning.", () => ({ ...THINKING, reasoningIn: ["reasoning"] })],
  [
    "think/both",
    "Thinks, in both fields.",
    () => ({ ...THINKING, reasoningIn: ["reasoning", "reasoning_content"] }),
  ],
  [
    "think/slow/<ms>",
    "Thinks, and waits before every chunk.",
    (ms) => ({ ...THINKING, transport: { wait: Number(ms) } }),
  ],
  [
    "think/stall",
    "Thinks, stops in the middle and stays open until it is cancelled.",
    () => ({ ...THINKING, edit: firstHalf, transport: { stall: true } }),
  ],
  [
    "think/tags",
    "Thinks inside the text: <think>…</think>.",
    () => ({ ...THINKING, thinkTags: "tags" }),
  ],
  [
    "think/close-only",
    "Thinks inside the text and only ends it: …</think>.",
    () => ({
      ...THINKING,
      thinkTags: "close-only",
    }),
  ],

  [
    "leak/tool_call",
    "Tool calls as text: <tool_call>{…}</tool_call>.",
    () =>
      leakCalls(
        writeCalls(
          (name, args) => `<tool_call>\n{"name": ${name}, "arguments": ${args}}\n</tool_call>`,
        ),
      ),
  ],
  [
    "leak/json",
    "Tool calls as bare JSON.",
    () => leakCalls(writeCalls((name, args) => `{"name": ${name}, "parameters": ${args}}`)),
  ],
  [
    "leak/fenced",
    "Tool calls in a fenced code block, with words before it.",
    () =>
      leakCalls(
        writeCalls(
          (name, args) =>
            `I call a tool.\n\`\`\`json\n{"name": ${name}, "arguments": ${args}}\n\`\`\``,
        ),
      ),
  ],
  [
    "leak/python_tag",
    "Tool calls after <|python_tag|>.",
    () =>
      leakCalls(
        writeCalls(
          (name, args) =>
            `<|python_tag|>{"type": "function", "name": ${name}, "parameters": ${args}}`,
        ),
      ),
  ],
  [
    "leak/mistral",
    "Tool calls after [TOOL_CALLS], as a list.",
    () =>
      leakCalls(
        (calls) =>
          `[TOOL_CALLS][${writeCalls((name, args) => `{"name": ${name}, "arguments": ${args}}`)(calls).replaceAll("\n", ", ")}]`,
      ),
  ],

  [
    "json/broken",
    "JSON mode: text that is not JSON.",
    () => spoilJSON((text) => `${text.slice(0, -1)} …`),
  ],
  [
    "json/broken-once",
    "The same, until the conversation contains that answer's word broken-once.",
    () => spoilOnce('{"this is": broken-once', "broken-once"),
  ],
  [
    "json/mismatch",
    "JSON mode: JSON that does not fit the schema.",
    () => spoilJSON(() => '{"unexpected":1}'),
  ],
  [
    "json/mismatch-once",
    "The same, until the conversation contains that answer's word mismatch-once.",
    () => spoilOnce('{"mismatch-once":1}', "mismatch-once"),
  ],
  [
    "json/fenced",
    "JSON mode: JSON in a fenced code block, with words before it.",
    () => spoilJSON((text) => `Here it is:\n\`\`\`json\n${text}\n\`\`\``),
  ],

  [
    "embeddings/short",
    "One vector fewer than texts.",
    () =>
      ofKind(
        "embeddings",
        reshape(({ data }) => ({ data: data?.slice(1) })),
      ),
  ],
  [
    "embeddings/zeros",
    "Vectors of nothing but zeros, which have no direction.",
    () =>
      ofKind(
        "embeddings",
        reshape(({ data }) => ({ data: data?.map((vector) => vector.map(() => 0)) })),
      ),
  ],
  [
    "rerank/logits",
    "Raw scores, from minus to plus infinity.",
    () =>
      ofKind(
        "rerank",
        rescore((score) => Math.log(score / (1 - score))),
      ),
  ],
  [
    "rerank/unsorted",
    "Results in the order of the contexts.",
    () =>
      ofKind(
        "rerank",
        reshape(({ response }) => ({ response: response.toSorted((a, b) => a.id - b.id) })),
      ),
  ],
  ["image/jpeg", "JPEG as image/jpeg.", () => ofKind("image", { answer: "binary" })],
  ["image/png", "PNG as image/png.", () => ofKind("image", { answer: "binary", encode: "png" })],
  [
    "image/mislabelled",
    "JPEG as image/png.",
    () => ofKind("image", { answer: "binary", label: "image/png" }),
  ],
  ["image/base64-png", "Base64 of a PNG.", () => ofKind("image", { encode: "png" })],
  [
    "image/garbage",
    "Base64 of something that is not an image.",
    () =>
      ofKind(
        "image",
        reshape(() => ({ image: btoa("This is no image.") })),
      ),
  ],
  [
    "transcription/text-only",
    "The text and nothing else.",
    () => ofKind("transcription", { reshape: ({ text }) => ({ text }) }),
  ],
  [
    "transcription/whisper",
    "Answers as whisper: words and no segments.",
    () => ofKind("transcription", { transcript: "whisper" }),
  ],
  [
    "transcription/deepgram",
    "Answers as nova-3.",
    () => ofKind("transcription", { transcript: "deepgram" }),
  ],
  [
    "speech/wav",
    "WAV as audio/mpeg, whatever the request says.",
    () => ofKind("speech", { sound: "wav" }),
  ],
  [
    "speech/json",
    "As melotts: {audio: base64 of MP3}, for `prompt` and `lang`.",
    () => ofKind("speech", { inputs: ["prompt", "lang"] }),
  ],
  ["translation/drops", "Omits all sentences but the first.", () => translationQuirk("drops")],
  ["translation/loops", "Repeats itself again and again.", () => translationQuirk("loops")],
  ["translation/empty", "An empty translation.", () => translationQuirk("empty")],
  ["translation/echo", "The unchanged text.", () => translationQuirk("echo")],
  [
    "translation/mangles",
    "Spaces inside placeholders and tags.",
    () => translationQuirk("mangles"),
  ],
  [
    "translation/script",
    "The text in its own letters after the code of the target: `[zh] Hello`.",
    () => translationQuirk("script"),
  ],
  [
    "translation/chatter",
    "`Here is the translation: ` before the translation.",
    () => translationQuirk("chatter"),
  ],
  ["translation/long", "More than five times as long as the text.", () => translationQuirk("long")],
  ["translation/short", "The first tenth.", () => translationQuirk("short")],

  [
    "translator/broken",
    "A chat model that translates: JSON without its last quote and brace.",
    () => translatorQuirk(onObject((text) => text.slice(0, -2))),
  ],
  [
    "translator/fenced",
    "The same: all in a fenced code block.",
    () => translatorQuirk((text) => fence(text, text.startsWith("{") ? "json" : "")),
  ],
  [
    "translator/chatter",
    "The same: words before the answer.",
    () => translatorQuirk((text) => `Here is the translation:\n\n${text}`),
  ],
  [
    "translator/renumbered",
    "The same: each text under the number after its own.",
    () =>
      translatorQuirk(
        onEntries((entries) =>
          entries.map(([key, text], index) => [(Number(key) || index) + 1, text]),
        ),
      ),
  ],
  [
    "translator/drops-last",
    "The same: without the last of several texts.",
    () =>
      translatorQuirk(
        onEntries((entries) => (entries.length > 1 ? entries.slice(0, -1) : entries)),
      ),
  ],
  [
    "translator/thinks",
    "The same: thinks in tags first, even if thinking is off.",
    () => translatorQuirk((text) => `<think>\nTwo ways to say it.\n</think>\n\n${text}`),
  ],
  [
    "translator/<mistake>",
    "The same: makes this mistake (a command above) in every text.",
    (name) =>
      Object.hasOwn(MISTAKES.llm, name) ? ofKind("text", { mistranslates: name }) : undefined,
  ],

  [
    "state",
    "Answers with the mock's counters as JSON.",
    () => ({
      control: true,
      kind: "text",
      ...withText(() => {
        const { calls, aborted, cancelled, failed, finished, received, plan } = state;
        return JSON.stringify({ calls, aborted, cancelled, failed, finished, received, plan });
      }),
    }),
  ],
  [
    "calls",
    "Answers with the last 16 calls as JSON: model, inputs (long ones as their size), form.",
    () => ({ control: true, kind: "text", ...withText(() => JSON.stringify(state.recent)) }),
  ],
  ["reset", "Clears plan, licences, counts and counters.", () => controlModel(reset)],
  [
    "plan/paid",
    "From now on a paid account: paid-only models answer.",
    () =>
      controlModel(() => {
        state.plan = "paid";
      }),
  ],
  [
    "plan/free",
    "From now on a free account.",
    () =>
      controlModel(() => {
        state.plan = "free";
      }),
  ],
  [
    "models/fail",
    "From now on models() throws.",
    () =>
      controlModel(() => {
        state.list = "fail";
      }),
  ],
  [
    "models/ok",
    "From now on it does not.",
    () =>
      controlModel(() => {
        state.list = "ok";
      }),
  ],
];

const PATTERNS = QUIRKS.map(([pattern, , make]) => ({
  pattern: new RegExp(`^${pattern.replace(/<\w+>/g, "([\\w.-]+)")}$`),
  make,
}));

const kindNames = Object.keys(KINDS).join("|");

/**
 * Returns the model of an `@mock/…` id, undefined if the table does not have it.
 *
 * @param call inputs and media, which determine the task if the id does not
 */
export function quirk(id, call) {
  const path = /^@mock\/(.+)$/.exec(id)?.[1];
  if (!path) return undefined;
  const [, prefix, rest] = new RegExp(`^(native|responses|${kindNames})/(.+)$`).exec(path) ?? [];
  const changes =
    changesFor(path) ?? (prefix && changesFor(rest) && withPrefix(prefix, changesFor(rest)));
  if (!changes) return undefined;
  const base = KINDS[changes.kind ?? (changes.wire ? "text" : guessKind(call))];
  const limits = changes.wire === "native" && { limits: { max_tokens: { default: 256 } } };
  return { ...base, id, ...limits, ...changes };
}

function withPrefix(prefix, changes) {
  return prefix in KINDS ? { ...changes, kind: prefix } : { ...changes, wire: prefix };
}

function changesFor(path) {
  for (const { pattern, make } of PATTERNS) {
    const match = pattern.exec(path);
    if (match) return make(...match.slice(1));
  }
  return undefined;
}
