"""Writes ``src/workers_ai/catalogue/models.txt`` from ``data/models.json``.

``--check`` only compares.

Files that end in .json are not bundled into a Python Worker, so the catalogue's JSON is a text.
Values that several models share (inputs, limits, …) are written once.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data" / "models.json"
FILE = ROOT / "src" / "workers_ai" / "catalogue" / "models.txt"

# Of a row's other fields the file keeps those under ``details``; what is documentation alone
# (``notes``, the shape of an answer, the basis of a successor) stays in the JSON.
FIELDS = (
    *("status", "context_window", "wire", "input_schema", "vision", "tools", "system_role"),
    *("reasoning", "fim", "lora", "beta", "partner", "realtime", "inputs", "limits"),
    *("dimensions", "price", "added_on", "retired_on", "successors", "details"),
)
DETAILS = (
    *("async_batch", "form_fields", "closed_schema", "speakers", "default_speaker"),
    "matryoshka",
    *("languages", "target_languages", "image_formats", "side_multiple", "editing"),
)
CONSTANTS = ("as_of", "usd_per_1000_neurons")

SHARED = ("inputs", "limits", "reasoning", "fim", "successors", "details")
"""Columns whose values are listed once each; a row has their places in the list."""


def details(row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: row[name] for name in DETAILS if name in row}
    output = row.get("output", {})
    if output.get("kind", "json") != "json":
        kept["output"] = {key: output[key] for key in ("kind", "content_type") if key in output}
    return kept


def columns(row: dict[str, Any]) -> dict[str, Any]:
    """The values of one ``Model``, those that are not its defaults."""
    values = {**row, "details": details(row)}
    values["inputs"] = " ".join(sorted(row.get("inputs", ())))
    reasoning = row.get("reasoning", {})
    values["reasoning"] = {key: value for key, value in reasoning.items() if key != "note"}
    values["successors"] = row.get("successor", {}).get("ids", [])
    if values["status"] == "current":
        del values["status"]
    return {
        name: values[name]
        for name in ("id", "task", *FIELDS)
        if values.get(name) not in (None, "", [], {})
    }


def literal(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def generate(data: dict[str, Any]) -> str:
    """The text of the file: JSON, with a value or a model a line."""
    rows = [columns(model) for model in data["models"]]
    shared: dict[str, list[str]] = {}
    for name in SHARED:
        column = [literal(row[name]) for row in rows if name in row]
        shared[name] = list(dict.fromkeys(column))
        for row in rows:
            if name in row:
                row[name] = shared[name].index(literal(row[name]))
    fields = {name: literal(data[name]) for name in CONSTANTS}
    fields |= {name: lines(values) for name, values in shared.items()}
    fields["models"] = lines(map(literal, rows))
    return "{\n" + ",\n".join(f'"{name}":{value}' for name, value in fields.items()) + "\n}\n"


def lines(values: Iterable[str]) -> str:
    return "[\n" + ",\n".join(values) + "\n]"


def main(arguments: list[str]) -> int:
    text = generate(json.loads(DATA.read_text("utf-8")))
    if arguments == ["--check"]:
        if FILE.exists() and FILE.read_text("utf-8") == text:
            return 0
        print(f"{FILE.relative_to(ROOT)} is not up to date: run scripts/make_catalogue.py")
        return 1
    if arguments:
        print("usage: make_catalogue.py [--check]")
        return 2
    FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
