/**
 * What a prompt asks for in words, because the call has no field for it: calls of tools as text, and
 * JSON that follows a schema.
 */

/** Returns how calls are to be written, if a system text shows `<tool_call>` and all the names. */
export function callsInWords({ tools, messages }, calls) {
  const texts = instructions(messages).filter((text) => text.includes("<tool_call>"));
  const declared = calls.filter(({ name }) => texts.some((text) => text.includes(`"${name}"`)));
  if (tools.length || !declared.length) return undefined;
  return declared
    .map(({ name, args }) => `<tool_call>${JSON.stringify({ name, arguments: args })}</tool_call>`)
    .join("\n");
}

/** Returns the JSON schema of an object in a prompt that speaks of JSON, undefined without one. */
export function schemaInWords({ messages }) {
  const text = instructions(messages)
    .concat(messages.filter(({ role }) => role === "user").map((message) => message.text))
    .filter((part) => /json/i.test(part))
    .join("\n");
  for (const { index } of text.matchAll(/\{\s*"/g)) {
    const value = objectAt(text, index);
    if (value?.type === "object" && typeof value.properties === "object") return value;
  }
  return undefined;
}

/** Whether the answer is to stand in a code block. */
export function wantsFence({ messages }) {
  return messages.some(({ role, text }) => role === "user" && /within a ```json/.test(text));
}

function instructions(messages) {
  return messages
    .filter(({ role }) => role === "system" || role === "developer")
    .map(({ text }) => text);
}

/** Parses the JSON object that begins at a position, undefined if none does. */
function objectAt(text, start) {
  let depth = 0;
  for (const { 0: token, index } of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === "{") depth += 1;
    if (token === "}") depth -= 1;
    if (depth > 0) continue;
    try {
      return JSON.parse(text.slice(start, start + index + 1));
    } catch {
      return undefined;
    }
  }
  return undefined;
}
