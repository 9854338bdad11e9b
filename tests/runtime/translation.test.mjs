/** Translations with the real D1, as it runs on this machine: memory, usage, glossaries. */
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { fileURLToPath } from "node:url";
import { useWorker } from "./harness.mjs";

const worker = useWorker({ timers: false });
const TABLES = ["translations", "translation_usage_by_key", "glossaries_by_key"];
let platform;
let db;

before(async () => {
  process.env.WRANGLER_LOG ??= "error";
  const { getPlatformProxy } = await import("wrangler");
  platform = await getPlatformProxy({
    configPath: fileURLToPath(new URL("stores.toml", import.meta.url)),
    persist: false,
  });
  db = platform.env.DB;
});

after(() => platform.dispose());

beforeEach(async () => {
  await db.batch(TABLES.map((table) => db.prepare(`DROP TABLE IF EXISTS ${table}`)));
  await anotherIsolate();
});

/** What an isolate remembers is gone; what D1 has is not. */
const anotherIsolate = () => worker.python("from core import isolate; isolate.forget()");

const translated = (text) => Response.json({ translated_text: text });

/** D1, with the calls to it counted. */
function counted(calls) {
  const batch = (statements) => {
    calls.push(statements.length);
    return db.batch(statements);
  };
  return { prepare: (sql) => db.prepare(sql), batch };
}

async function translate(text, { status = 200 } = {}) {
  const body = { text, source_lang: "EN", target_lang: "FR" };
  const response = await worker.post("/translate", body);
  const answer = await response.json();
  assert.equal(response.status, status, JSON.stringify(answer));
  return answer;
}

test("translations are kept in D1, with all of Unicode", async () => {
  worker.env.DB = db;
  worker.ai.answers(translated("Café « à la carte » 😀 'x'"), translated("Oui."));
  const text = "Coffee 'a la carte' 😀. Yes.";
  const first = await translate(text);
  assert.equal(first.data, "Café « à la carte » 😀 'x' Oui.");
  await anotherIsolate();
  assert.deepEqual((await translate(text)).data, first.data);
  assert.equal(worker.ai.calls.length, 2);
  const { results } = await db.prepare("SELECT length(key) AS size FROM translations").all();
  assert.deepEqual(results, [{ size: 64 }, { size: 64 }]);
});

test("one read and one write per request; only a read if all is cached", async () => {
  await db.exec("SELECT 1");
  const calls = [];
  worker.env.DB = counted(calls);
  worker.ai.answers(translated("Un."));
  await translate("One.");
  calls.length = 0; // the tables are there now
  worker.ai.answers(translated("Deux."), translated("Trois."));
  await translate("Two. Three. One.");
  assert.equal(calls.length, 2);
  await anotherIsolate();
  calls.length = 0;
  await translate("Two. Three. One.");
  assert.deepEqual(calls, [1]);
});

test("usage is counted per day", async () => {
  worker.env.DB = db;
  const usage = async () => (await worker.get("/v2/usage")).json();
  assert.equal((await usage()).character_count, 0);
  worker.ai.answers(translated("Bonjour."), translated("Monde."));
  await translate("Hello.");
  await translate("World.");
  await anotherIsolate();
  const { character_count, character_limit } = await usage();
  assert.equal(character_count, 12);
  assert.ok(Number.isInteger(character_limit) && character_limit > 600_000);
});

test("glossaries are kept, changed, used and deleted", async () => {
  worker.env.DB = db;
  const made = await worker.post("/v2/glossaries", {
    name: "Tiere",
    source_lang: "EN",
    target_lang: "FR",
    entries_format: "tsv",
    entries: "cat\tmatou",
  });
  assert.equal(made.status, 201);
  const { glossary_id } = await made.json();
  const translate = async () => {
    const body = { text: "A cat!", source_lang: "EN", target_lang: "FR", glossary_id };
    const response = await worker.post("/v2/translate", body);
    assert.equal(response.status, 200, await response.clone().text());
    return (await response.json()).translations[0].text;
  };
  worker.ai.answers((call) => {
    assert.match(call.inputs.messages[0].content, /cat = matou/);
    return Response.json({
      choices: [{ message: { content: "Un matou !" }, finish_reason: "stop" }],
    });
  });
  assert.equal(await translate(), "Un matou !");
  const patch = { dictionaries: [{ source_lang: "en", target_lang: "fr", entries: "cat\tminou" }] };
  const changed = await worker.fetch(`/v3/glossaries/${glossary_id}`, {
    method: "PATCH",
    body: JSON.stringify(patch),
  });
  assert.equal(changed.status, 200);
  worker.ai.answers(
    Response.json({ choices: [{ message: { content: "Un minou !" }, finish_reason: "stop" }] }),
  );
  assert.equal(await translate(), "Un minou !", "a changed glossary forgets");
  const gone = await worker.fetch(`/v2/glossaries/${glossary_id}`, { method: "DELETE" });
  assert.equal(gone.status, 204);
  assert.equal((await worker.get(`/v2/glossaries/${glossary_id}`)).status, 404);
});

test("glossaries of an older version are moved to the table with owners", async () => {
  worker.env.DB = db;
  const columns = "name TEXT, created TEXT, version TEXT, dictionaries TEXT";
  const entries = JSON.stringify([["en", "fr", { cat: "matou", dog: "clebs" }]]);
  await db.batch([
    db.prepare("DROP TABLE IF EXISTS glossaries"),
    db.prepare(`CREATE TABLE glossaries (id TEXT PRIMARY KEY, ${columns}) WITHOUT ROWID`),
    db.prepare("INSERT INTO glossaries VALUES ('old', 'Tiere', '2026', '1', ?)").bind(entries),
  ]);
  const { glossaries } = await (await worker.get("/v2/glossaries")).json();
  assert.deepEqual(
    glossaries.map((each) => [each.glossary_id, each.name, each.entry_count]),
    [["old", "Tiere", 2]],
  );
  const response = await worker.get("/v2/glossaries/old/entries");
  assert.equal(await response.text(), "cat\tmatou\ndog\tclebs");
  const tables = await db.prepare("SELECT name FROM sqlite_schema WHERE name = 'glossaries'").all();
  assert.deepEqual(tables.results, []);
});

test("a failing database does not fail the translation", async () => {
  const fail = () => Promise.reject(new Error("D1_ERROR: the database is away"));
  worker.env.DB = { prepare: (sql) => db.prepare(sql), batch: fail };
  worker.ai.answers(translated("Bonjour."));
  assert.equal((await translate("Hello.")).data, "Bonjour.");
  const response = await worker.get("/v2/glossaries");
  assert.equal(response.status, 503);
  assert.equal(typeof (await response.json()).message, "string");
});

test("without a database, everything except glossaries works", async () => {
  worker.ai.answers(translated("Bonjour."));
  assert.equal((await translate("Hello.")).data, "Bonjour.");
  assert.equal((await worker.get("/v2/glossaries")).status, 501);
  assert.equal((await worker.get("/v2/usage")).status, 200);
});

test("a GET may have a body, as DeepL's Python package sends one", async () => {
  const init = { method: "POST", body: "type=target" };
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const sent = worker.request("/v2/languages", { ...init, headers });
  // Node's own Request takes no body with GET; workerd's does.
  Object.defineProperty(sent, "method", { value: "GET" });
  const response = await worker.send(sent);
  assert.equal(response.status, 200);
  const german = (await response.json()).find(({ language }) => language === "DE");
  assert.deepEqual(german, { language: "DE", name: "German", supports_formality: true });
});

test("a body beyond DeepL's limit is a 413 with the limit", async () => {
  const response = await worker.post("/v2/translate", { text: "a".repeat(128 * 1024) });
  assert.equal(response.status, 413);
  assert.deepEqual(await response.json(), { message: "The body is larger than 128 KB." });
});

test("reads a multipart form and the key in it", async () => {
  worker.ai.answers(translated("Bonjour."));
  const form = new FormData();
  const fields = { q: "Hello.", source: "en", target: "fr", api_key: "sk-test" };
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  const response = await worker.fetch("/translate", {
    method: "POST",
    body: form,
    headers: { authorization: null },
  });
  assert.equal((await response.json()).translatedText, "Bonjour.");
});

test("reads a quoted key in the path, with a plus and a slash", async () => {
  worker.env.API_KEYS = "pages:translation=a+b/钥匙";
  worker.ai.answers(translated("Bonjour."));
  const path = `/${encodeURIComponent("a+b/钥匙")}/translate?text=Hello.&target_lang=fr`;
  const response = await worker.get(path, { headers: { authorization: null } });
  assert.equal((await response.json()).data, "Bonjour.");
});
