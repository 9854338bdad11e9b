"""Writes the tables of README.md that repeat what the code says; ``--check`` only compares."""

import ast
import json
import sys
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
LIMITS = ROOT / "bench/limits.json"
RESULTS = ROOT / "bench/results.json"
sys.path.insert(0, str(ROOT / "src"))

from core import limits as limits_module  # noqa: E402
from core.settings import ROWS  # noqa: E402
from workers_ai.catalogue.aliases import ALIASES  # noqa: E402


def settings() -> str:
    lines = ["| Setting | Takes | Default | |", "|---|---|---|---|"]
    for row in ROWS:
        default = f"`{row.default}`" if row.default else ""
        lines.append(f"| `{row.name}` | {row.takes} | {default} | {row.meaning} |")
    return "\n".join(lines)


def aliases() -> str:
    """One line a model. Prefixes stand for what they are, so their exact twins are left out."""
    names: dict[str, list[str]] = {}
    for name, model in ALIASES.items():
        if ALIASES.get(name + "*") != model:
            names.setdefault(model, []).append(f"`{name}`")
    lines = ["| Names | Model |", "|---|---|"]
    lines += [f"| {', '.join(aliases)} | `{model}` |" for model, aliases in names.items()]
    return "\n".join(lines)


def limits() -> str:
    """One line a constant of :mod:`core.limits`: what its docstring says before and after the first
    semicolon."""
    body = ast.parse(Path(limits_module.__file__).read_text("utf-8")).body
    lines = ["| What | Limit | Beyond it |", "|---|---|---|"]
    for constant, docstring in pairwise(body):
        match constant, docstring:
            case (
                ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                what, _, outcome = " ".join(text.split()).rstrip(".").partition("; ")
                value = with_unit(name, getattr(limits_module, name))
                lines.append(f"| {what} | {value} | {outcome} |")
    return "\n".join(lines)


def with_unit(name: str, value: int) -> str:
    """The value of a limit in the unit that its name ends in, without one where it counts."""
    unit = name.rpartition("_")[2]
    if unit == "BYTES" and value % 1024 == 0:
        return f"{value / (1 << 20):g} MB" if value % (1 << 19) == 0 else f"{value >> 10} KB"
    units = {"BYTES": " bytes", "SECONDS": " s", "CHARACTERS": " characters"}
    return f"{value:,}{units.get(unit, '')}"


def costs() -> str:
    """What `make bench` measured last, beside today's limits."""
    limits = json.loads(LIMITS.read_text("utf-8"))
    figures = json.loads(RESULTS.read_text("utf-8"))
    if [figure["name"] for figure in figures] != list(limits):
        sys.exit("bench/results.json does not fit bench/limits.json: run make bench WRITE=1")
    lines = ["| What | Limit | Measured |", "|---|---|---|"]
    for figure in figures:
        name, value, unit = figure["name"], figure["value"], figure["unit"]
        missed = "" if value <= limits[name] else ", limit missed"
        lines.append(f"| {name} | {amount(limits[name], unit)} | {amount(value, unit)}{missed} |")
    return "\n".join(lines)


def amount(value: float, unit: str) -> str:
    return f"{value} {unit}".rstrip()  # counts have no unit


TABLES: Mapping[str, Callable[[], str]] = {
    "settings": settings,
    "aliases": aliases,
    "limits": limits,
    "costs": costs,
}


def filled(text: str) -> str:
    """The text with every table as the code has it now."""
    for name, table in TABLES.items():
        before, begin, rest = text.partition(f"<!-- {name} -->\n")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        text = f"{before}{begin}{table()}\n{end}{after}"
    return text


def main() -> int:
    text = README.read_text("utf-8")
    if "--check" not in sys.argv:
        README.write_text(filled(text), "utf-8")
    elif filled(text) != text:
        print("README.md is not up to date: run python3 scripts/make_readme.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
