/** What the benchmarks translate, what the models answer, and a D1 that remembers. */

const WORDS = (
  "the quick brown fox jumps over a lazy dog while many people look at how it runs through green " +
  "fields and never stops for anybody who calls its name"
).split(" ");

/** Prose of about that many characters, other prose for another number. */
function paragraph(number, size) {
  let text = "";
  for (let at = number; text.length < size; at += 1 + (at % 7)) {
    const word = WORDS[at % WORDS.length];
    text += at % 13 === 0 ? `${word}. The ` : `${word} `;
  }
  return `${text.slice(0, size - 1).trim()}.`;
}

/** @returns {string[]} */
export const page = (paragraphs, size) =>
  Array.from({ length: paragraphs }, (_, number) => paragraph(number * 31, size));

/** A call's answer: its texts with a letter more in each word. */
export function translated(inputs) {
  const translate = (text) => text.replace(/\b(?=[a-z])/g, "l");
  if (inputs.text) return Response.json({ translated_text: "你好，世界" });
  const content = inputs.messages.at(-1).content;
  const texts = Object.entries(JSON.parse(content)).map(([key, text]) => [key, translate(text)]);
  const message = { role: "assistant", content: JSON.stringify(Object.fromEntries(texts)) };
  const usage = { prompt_tokens: 600, completion_tokens: 600, total_tokens: 1200, neurons: 21.5 };
  return Response.json({ choices: [{ index: 0, message, finish_reason: "stop" }], usage });
}

/** The translation memory's two statements; others are taken and forgotten. */
export class Database {
  reads = 0;
  #texts = new Map();

  prepare(sql) {
    return { sql, bind: (...values) => ({ sql, values }) };
  }

  async batch(statements) {
    return statements.map(({ sql, values }) => ({ results: this.#run(sql, values) }));
  }

  forget() {
    this.#texts.clear();
  }

  #run(sql, values) {
    if (sql.startsWith("SELECT key, text, expires FROM translations")) {
      this.reads += 1;
      const keys = JSON.parse(values[0]).filter((key) => this.#texts.has(key));
      return keys.map((key) => ({ key, ...this.#texts.get(key) }));
    }
    if (sql.startsWith("INSERT OR REPLACE INTO translations")) {
      const [expires, entries] = values;
      for (const [key, text] of JSON.parse(entries)) this.#texts.set(key, { text, expires });
    }
    return [];
  }
}
