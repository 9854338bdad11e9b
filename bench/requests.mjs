/** What the benchmarks send. */

export const KEY = "sk-bench";
const MODEL = "@cf/google/gemma-4-26b-a4b-it";

/** @returns {Request} with that object as its JSON body */
export function post(path, fields) {
  const body = JSON.stringify(fields);
  const headers = {
    authorization: `Bearer ${KEY}`,
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
  };
  return new Request(`https://gateway.example${path}`, { method: "POST", headers, body });
}

export const health = () => new Request("https://gateway.example/health");

/** @param {boolean} stream */
export const chat = (stream) =>
  post("/v1/chat/completions", {
    model: MODEL,
    stream,
    messages: [
      { role: "system", content: "You are a helpful assistant." },
      { role: "user", content: "Why is the sky blue?" },
    ],
  });

/** @param {string[] | string} input */
export const embeddings = (input) =>
  post("/v1/embeddings", { model: "@cf/baai/bge-m3", input, encoding_format: "base64" });

/** @param {string} text */
export const translate = (text) =>
  post(`/translate?token=${KEY}`, { text, source_lang: "en", target_lang: "zh-CN" });
