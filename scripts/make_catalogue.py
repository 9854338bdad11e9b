"""Writes ``src/workers_ai/catalogue/models.py`` from ``data/models.json``.

``--check`` only compares.

JSON files are not bundled into a Python Worker, so the catalogue is a Python module. Values that
several models share (inputs, limits, …) are written once and given a name.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data" / "models.json"
MODULE = ROOT / "src" / "workers_ai" / "catalogue" / "models.py"
WIDTH = 100

# Of a row's other fields the module keeps those under ``details``; what is documentation alone
# (``notes``, the shape of an answer, the basis of a successor) stays in the JSON.
FIELDS = (
    *("status", "context_window", "wire", "vision", "tools", "system_role", "reasoning", "fim"),
    *("lora", "beta", "partner", "realtime", "inputs", "limits", "dimensions", "price"),
    *("added_on", "retired_on", "successors", "details"),
)
DETAILS = (
    *("async_batch", "form_fields", "closed_schema", "speakers", "default_speaker"),
    "matryoshka",
    *("languages", "target_languages", "image_formats", "side_multiple", "editing"),
)
CONSTANTS = ("as_of", "usd_per_1000_neurons")

HEADER = '''\
"""The catalogue's rows, written by scripts/make_catalogue.py from data/models.json.

Do not edit: change the JSON, then run the script.
"""

# fmt: off
from workers_ai.catalogue.model import Limit, Model, Reasoning


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())

'''

SPACE = "\N{NO-BREAK SPACE}"  # a space inside a literal, where no line may end


def literal(value: Any) -> str:
    """A value of the JSON as Python source; arrays become tuples."""
    if isinstance(value, dict):
        items = ", ".join(f"{literal(key)}:{SPACE}{literal(item)}" for key, item in value.items())
        return "{" + items + "}"
    if isinstance(value, list | tuple):
        return "(" + ", ".join(map(literal, value)) + ("," if len(value) == 1 else "") + ")"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace(" ", SPACE)
    return repr(value)


def call(name: str, **arguments: Any) -> str:
    return f"{name}(" + ", ".join(f"{key}={value}" for key, value in arguments.items()) + ")"


def limits(rows: dict[str, Any]) -> str:
    items = ", ".join(
        f"{literal(name)}:{SPACE}"
        + call("Limit", **{key: literal(value) for key, value in row.items()})
        for name, row in rows.items()
    )
    return "{" + items + "}"


def names(words: list[str]) -> str:
    return f'_names("""{" ".join(sorted(words))}""")'


def reasoning(row: dict[str, Any]) -> str:
    return call("Reasoning", **{k: literal(v) for k, v in row.items() if k != "note"})


def details(row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: row[name] for name in DETAILS if name in row}
    output = row.get("output", {})
    if output.get("kind", "json") != "json":
        kept["output"] = {key: output[key] for key in ("kind", "content_type") if key in output}
    return kept


SHARED = ("inputs", "limits", "reasoning", "details", "successors")
RENDER: dict[str, Callable[[Any], str]] = {
    "inputs": names,
    "limits": limits,
    "reasoning": reasoning,
}


def columns(row: dict[str, Any]) -> dict[str, str]:
    """The keyword arguments of one ``Model``, as source."""
    values = {**row, "details": details(row)}
    values["successors"] = row.get("successor", {}).get("ids", ())
    if values["status"] == "current":
        del values["status"]
    return {
        name: RENDER.get(name, literal)(values[name])
        for name in FIELDS
        if values.get(name) not in (None, (), {})
    }


def wrap(text: str, indent: str = "") -> str:
    """Breaks source at its spaces, never inside a literal or between a key and its value."""
    first, *words = text.split(" ")
    lines = [indent + first]
    for word in words:
        if len(lines[-1]) + 1 + len(word) <= WIDTH:
            lines[-1] += " " + word
        else:
            lines.append(indent + "    " + word)
    return "\n".join(lines).replace(SPACE, " ")


def shared(rows: list[dict[str, str]]) -> dict[tuple[str, str], str]:
    """Names for the values that several rows have in common, by column and source."""
    uses = Counter((column, row[column]) for row in rows for column in SHARED if column in row)
    given: dict[tuple[str, str], str] = {}
    for column in SHARED:
        repeated = [key for key, times in uses.items() if key[0] == column and times > 1]
        given |= {key: f"_{column.upper()}_{number}" for number, key in enumerate(repeated, 1)}
    return given


def generate(data: dict[str, Any]) -> str:
    tasks = list(dict.fromkeys(model["task"] for model in data["models"]))
    task_names = {task: "_" + task.upper().replace(" ", "_").replace("-", "_") for task in tasks}
    rows = [columns(model) for model in data["models"]]
    given = shared(rows)
    parts = [HEADER]
    parts += [f"{name.upper()} = {literal(data[name])}" for name in CONSTANTS]
    parts.append("")
    parts += [wrap(f"{name} = {literal(task)}") for task, name in task_names.items()]
    parts.append("")
    parts += [wrap(f"{name} = {source}") for (_, source), name in given.items()]
    parts.append("\nMODELS: tuple[Model, ...] = (")
    for model, row in zip(data["models"], rows, strict=True):
        arguments = [literal(model["id"]), task_names[model["task"]]]
        arguments += [f"{key}={given.get((key, source), source)}" for key, source in row.items()]
        parts.append(wrap("Model(" + ", ".join(arguments) + "),", "    "))
    parts.append(")")
    return "\n".join(parts) + "\n"


def main(arguments: list[str]) -> int:
    source = generate(json.loads(DATA.read_text("utf-8")))
    if arguments == ["--check"]:
        if MODULE.exists() and MODULE.read_text("utf-8") == source:
            return 0
        print(f"{MODULE.relative_to(ROOT)} is not up to date: run scripts/make_catalogue.py")
        return 1
    if arguments:
        print("usage: make_catalogue.py [--check]")
        return 2
    MODULE.write_text(source, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
