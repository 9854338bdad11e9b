/** What the service answers in the benchmarks: one-token events, as the two wire formats have them. */
const encoder = new TextEncoder();
const USAGE = { prompt_tokens: 21, completion_tokens: 500, total_tokens: 521, neurons: 1.25 };
const TAIL = [`data: ${JSON.stringify({ response: "", usage: USAGE })}\n\n`, "data: [DONE]\n\n"];
const frame = (payload) => `data: ${JSON.stringify(payload)}\n\n`;
const word = (place) => ` w${place % 100}`;

export const FRAMES = {
  native: (events) => [
    ...Array.from({ length: events }, (_, place) =>
      frame({ response: word(place), p: "abcdefghijklmno".slice(place % 10) }),
    ),
    ...TAIL,
  ],
  openai: (events) => [
    ...Array.from({ length: events }, (_, place) =>
      frame({
        id: "chatcmpl-5f0c0a9d8e7b",
        object: "chat.completion.chunk",
        created: 1795000000,
        model: "@cf/google/gemma-4-26b-a4b-it",
        choices: [
          { index: 0, delta: { content: word(place) }, logprobs: null, finish_reason: null },
        ],
      }),
    ),
    ...TAIL,
  ],
};

const TEXT = "Sunlight is scattered by air, and blue light most of all. ".repeat(8);
const WHOLE = {
  native: { response: TEXT, usage: USAGE },
  openai: {
    id: "chatcmpl-5f0c0a9d8e7b",
    object: "chat.completion",
    created: 1795000000,
    model: "@cf/google/gemma-4-26b-a4b-it",
    choices: [{ index: 0, message: { role: "assistant", content: TEXT }, finish_reason: "stop" }],
    usage: USAGE,
  },
};

/** @param {"native" | "openai"} wire */
export function wholeAnswer(wire) {
  return Response.json(WHOLE[wire], { headers: { "cf-ai-req-id": crypto.randomUUID() } });
}

export function vectors(count, size) {
  const vector = (place) =>
    Array.from({ length: size }, (_, at) => Math.fround(Math.sin(place * size + at) / 32));
  const data = Array.from({ length: count }, (_, place) => vector(place));
  return Response.json({ shape: [count, size], data });
}

/** A PNG by its first bytes, of about that many bytes. */
export function image(bytes) {
  const file = Buffer.alloc(bytes, "pixels");
  Buffer.from("89504e470d0a1a0a0000000d4948445200000400000004000802000000", "hex").copy(file);
  return Response.json({ image: file.toString("base64") });
}

export function transcript() {
  return Response.json({ text: "Hello.", transcription_info: { language: "en", duration: 2 } });
}

/** One frame a chunk, as tokens arrive. A byte stream, as the service's own are. */
export function byteStream(frames) {
  let place = 0;
  return new ReadableStream({
    type: "bytes",
    pull(controller) {
      if (place < frames.length) {
        controller.enqueue(encoder.encode(frames[place]));
        place += 1;
        return;
      }
      controller.close();
      controller.byobRequest?.respond(0);
    },
  });
}
