"""The changes that scripts/mutants.py makes, and the tests that it tries them on."""

import ast
import importlib.util
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "mutants.py"


@pytest.fixture
def mutants() -> Any:
    spec = importlib.util.spec_from_file_location("mutants", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("source", "changes"),
    [
        ("a < b <= c", ["a < b <= c → a <= b <= c", "a < b <= c → a < b < c"]),
        ("a in b", ["a in b → a not in b"]),
        ("a is not b", ["a is not b → a is b"]),
        ("a and b or c", ["a and b or c → (a and b) and c", "a and b → a or b"]),
        ("a + b", ["a + b → a - b"]),
        ("a //= b", ["a //= b → a *= b"]),
        ("not a", ["not a → a"]),
        ("a[5]", ["5 → 6", "5 → 4"]),
        ("a(True)", ["True → False"]),
        ("a('text', b'')", ["'text' → ''"]),
        ("f'{a} of them'", ["' of them' → ''"]),
        ("if a: b()", ["if a: → if not a:"]),
        ("while a: b()", ["while a: → while not a:"]),
        ("a if b else c", ["a if b else c → a if not b else c"]),
        ("def a(): return b", ["return b → return None"]),
        ("def a(): return None", []),
        ("async def a(b=1): pass", ["1 → 2", "1 → 0"]),
        ("a = None", []),
    ],
)
def test_each_kind_of_change(mutants: Any, source: str, changes: list[str]) -> None:
    assert [mutant.change for mutant in mutants.mutate(source)] == changes


def test_types_and_docstrings_are_left_alone(mutants: Any) -> None:
    source = '''
"""A module."""
Side = Literal["left", "right"]
class Box:
    """A box."""
    side: "Side | None"
def move(box: "Box", *sides: Literal["left"]) -> "Box":
    """Moves a box."""
'''
    assert list(mutants.mutate(source)) == []


def test_every_mutant_has_one_change_in_its_line(mutants: Any) -> None:
    source = ast.unparse(ast.parse(SCRIPT.read_text("utf-8")))
    before = source.split("\n")
    for mutant in mutants.mutate(source):
        pairs = zip(before, mutant.source.split("\n"), strict=True)
        differing = [number for number, (old, new) in enumerate(pairs, 1) if old != new]
        assert differing == [mutant.line], mutant.change


def test_long_lines_are_cut(mutants: Any) -> None:
    [mutant] = mutants.mutate(f"a < {'b' * 100}")
    assert mutant.change == f"a < {'b' * 55}… → a <= {'b' * 54}…"


@pytest.fixture
def tree(mutants: Any, tmp_path: Path) -> Path:
    """A tree in which one module of two has tests of its own."""
    files = "src/a/b.py", "src/a/c/d.py", "src/a/c/e.py", "tests/unit/a/c/test_d.py"
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    mutants.ROOT = tmp_path
    return tmp_path


def test_a_module_belongs_to_the_tests_of_its_name(mutants: Any) -> None:
    assert mutants.test_of(Path("src/a/c/d.py")) == Path("tests/unit/a/c/test_d.py")


@pytest.mark.usefixtures("tree")
def test_a_folder_stands_for_its_modules_that_have_tests(mutants: Any) -> None:
    assert list(mutants.modules(["src/a", "src/a/c/d.py"])) == [Path("src/a/c/d.py")] * 2


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("path", ["src/a/b.py", "src/a/x.py"])
def test_a_module_without_tests_is_refused(mutants: Any, path: str) -> None:
    with pytest.raises(SystemExit, match=path):
        list(mutants.modules([path]))
