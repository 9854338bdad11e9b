/** Commands in double square brackets, which control the answer; README.md lists them. */

/** Parses `[[name]]` and `[[name:value]]`; a call's arguments end where their JSON is complete. */
export function parseCommands(text) {
  /** @type {{calls: {name: string, args: any}[], [name: string]: any}} */
  const commands = { calls: [] };
  for (const { 1: name, index } of text.matchAll(/\[\[([a-z]+)(?=[:\]])/g)) {
    const start = index + 2 + name.length;
    let end = text.indexOf("]]", start);
    if (name === "call") {
      for (; end >= 0; end = text.indexOf("]]", end + 1)) {
        const call = parseToolCall(text.slice(start + 1, end));
        if (call) {
          commands.calls.push(call);
          break;
        }
      }
    } else if (end >= 0) {
      commands[name] = text.slice(start + 1, end);
    }
  }
  return commands;
}

function parseToolCall(text) {
  const [, name, args] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  try {
    return name && { name, args: args ? JSON.parse(args) : {} };
  } catch {
    return undefined;
  }
}
