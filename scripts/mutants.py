"""Changes modules of src/ in small ways and reports the changes that no unit test notices.

usage: mutants.py [--most N] PATH...

A path is a module, or a folder of them. Each change (a mutant) is tried in a copy of the tree, on
the module's own tests: src/a/b.py belongs to tests/unit/a/test_b.py. A run that takes far longer
than without the change counts as caught, since the change may have made a loop endless. With
``--most``, only so many mutants of a module are tried, always the same ones.

A survivor is not always a gap: some changes make no difference that anyone could see.
"""

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import cache_from_source
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
SRC, TESTS = Path("src"), Path("tests/unit")
NOT_COPIED = shutil.ignore_patterns(".*", "node_modules", "__pycache__")

MEMORY = 4_000_000  # KiB that a run may take: an endless loop may also fill a list
PATIENCE = 10  # times what the run without a change took, and
GRACE = 10  # seconds on top: a busy machine is slow to start anything

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt},
    **{ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is},
    **{ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And},
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult},
    **{ast.Div: ast.Mult, ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr},
    **{ast.BitOr: ast.BitAnd, ast.LShift: ast.RShift, ast.RShift: ast.LShift},
}


class Mutant(NamedTuple):
    """A module with one change. ``change`` says which, as ``before → after``."""

    line: int
    change: str
    source: str


def mutate(source: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    tree = ast.parse(source)
    for place, key, node in sorted(places(tree), key=lambda each: each[2].lineno):
        for replacement in replacements(node):
            place[key] = replacement
            yield Mutant(node.lineno, f"{brief(node)} → {brief(replacement)}", ast.unparse(tree))
        place[key] = node


def places(parent: ast.AST) -> Iterator[tuple[Any, Any, Any]]:
    """Statements and expressions that run, each as the list or dict that holds it, the key there
    and the node.

    Annotations and docstrings do nothing, so a change of them could not be noticed.
    """
    for field, value in ast.iter_fields(parent):
        if field in ("annotation", "returns"):
            continue
        holder = dict(enumerate(value)) if isinstance(value, list) else {field: value}
        for key, node in holder.items():
            if isinstance(node, ast.AST) and not is_inert(node):
                if isinstance(node, ast.stmt | ast.expr):
                    yield value if isinstance(value, list) else vars(parent), key, node
                yield from places(node)


def is_inert(node: Any) -> bool:
    """Whether a node is a docstring or a type's ``Literal``."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Subscript) and ast.unparse(node.value) == "Literal"


def replacements(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in place of a node."""
    match node:
        case ast.Compare(ops=[*ops]):
            for index, op in enumerate(ops):
                yield changed(node, ops=[*ops[:index], SWAPS[type(op)](), *ops[index + 1 :]])
        case ast.BoolOp(op=op) | ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in SWAPS:
            yield changed(node, op=SWAPS[type(op)]())
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            yield changed(node, test=ast.UnaryOp(ast.Not(), test))
        case ast.Return(value=value) if value and ast.unparse(value) != "None":
            yield changed(node, value=ast.Constant(None))
        case ast.Constant(value=bool() as value):
            yield changed(node, value=not value)
        case ast.Constant(value=int() | float() as value):
            yield from (changed(node, value=value + step) for step in (1, -1))
        case ast.Constant(value=str() | bytes() as value) if value:
            yield changed(node, value=type(value)())


def changed(node: ast.AST, **fields: Any) -> ast.AST:
    return type(node)(**{**dict(ast.iter_fields(node)), **fields})


def brief(node: ast.AST) -> str:
    """The first line of a node's source, which is all of it unless it has a body."""
    line = ast.unparse(node).split("\n")[0]
    return line if len(line) <= 60 else line[:59] + "…"


def test_of(module: Path) -> Path:
    return TESTS / module.relative_to(SRC).with_name(f"test_{module.name}")


def modules(paths: list[str]) -> Iterator[Path]:
    """The modules named, and those with tests of their own in the folders named."""
    for path in map(Path, paths):
        if (ROOT / path).is_dir():
            found = sorted(each.relative_to(ROOT) for each in (ROOT / path).rglob("*.py"))
            yield from (module for module in found if (ROOT / test_of(module)).is_file())
        elif not (ROOT / path).is_file() or not (ROOT / test_of(path)).is_file():
            sys.exit(f"{path}: no such module, or no {test_of(path)}")
        else:
            yield path


class Copies:
    """Copies of the tree, each with one mutant at a time."""

    def __init__(self, folder: Path) -> None:
        self.number = os.cpu_count() or 1
        self._free: SimpleQueue[Path] = SimpleQueue()
        for name in range(self.number):
            self._free.put(shutil.copytree(ROOT, folder / str(name), ignore=NOT_COPIED))

    def is_caught(self, module: Path, source: str, seconds: float | None = None) -> bool:
        """Whether the tests of a module fail with this source."""
        copy = self._free.get()
        path = copy / module
        command = ["sh", "-c", f'ulimit -v {MEMORY}; exec "$@"', "sh"]
        command += [sys.executable, "-m", "pytest", "-x", "-q", "--hypothesis-seed=0"]
        command.append(str(test_of(module)))
        try:
            path.write_text(source, "utf-8")
            # Bytecode is looked up by second and size, which two mutants may have in common.
            Path(cache_from_source(str(path))).unlink(missing_ok=True)
            done = subprocess.run(command, cwd=copy, capture_output=True, timeout=seconds)
            return done.returncode != 0
        except subprocess.TimeoutExpired:
            return True
        finally:
            shutil.copyfile(ROOT / module, path)
            self._free.put(copy)


def find_survivors(module: Path, mutants: list[Mutant], copies: Copies) -> list[Mutant]:
    started = time.monotonic()
    if copies.is_caught(module, (ROOT / module).read_text("utf-8")):
        sys.exit(f"{test_of(module)} fails without any change")
    seconds = PATIENCE * (time.monotonic() - started) + GRACE
    with ThreadPoolExecutor(copies.number) as pool:
        caught = pool.map(lambda each: copies.is_caught(module, each.source, seconds), mutants)
        return [mutant for mutant, was in zip(mutants, caught, strict=True) if not was]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--most", type=int, help="mutants of a module, at most")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        copies = Copies(Path(folder))
        for module in modules(options.paths):
            mutants = list(mutate((ROOT / module).read_text("utf-8")))
            if options.most and options.most < len(mutants):
                mutants = sorted(random.Random(0).sample(mutants, options.most))
            survivors = find_survivors(module, mutants, copies)
            print(f"{module}: {len(survivors)} of {len(mutants)} mutants survived")
            for survivor in survivors:
                print(f"  {module}:{survivor.line}  {survivor.change}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
