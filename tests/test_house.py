"""Rules of src/ that no linter knows. Each is about how the Worker fails in the runtime."""

import ast
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src"
FILES = sorted(SRC.rglob("*.py"))
FLOORS = (
    ("entry",),
    ("edge",),
    ("gateway",),
    ("handlers",),
    ("translation",),
    ("workers_ai",),
    ("access", "media", "storage"),
    ("core",),
    ("untrusted", "compiled"),
)
"""The rooms from top to bottom. Imports go down, never up, nor from one to the next on a floor."""

RUNTIME = {"js", "pyodide", "workers", "_pyodide_entrypoint_helper", "_cloudflare_compat_flags"}
OURS = {path.stem if path.is_file() else path.name for path in SRC.iterdir()}

MODULES = {
    ".".join(path.relative_to(SRC).with_suffix("").parts).removesuffix(".__init__"): path
    for path in FILES
}

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SRC)))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), feature_version=(3, 11))


def imports(path: Path) -> set[str]:
    """The top-level names of all modules that a file imports."""
    names = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def modules_imported(path: Path) -> set[str]:
    """The modules of src/ that a file imports, also those that it imports in a function."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                found.add(submodule if submodule in MODULES else node.module)
    return found & MODULES.keys()


IMPORTS = {module: modules_imported(path) for module, path in MODULES.items()}


@every_file
def test_only_the_standard_library_is_imported(path: Path) -> None:
    assert imports(path) <= OURS | RUNTIME | sys.stdlib_module_names


@every_file
def test_only_the_edge_meets_javascript(path: Path) -> None:
    at_the_edge = path.name == "entry.py" or "edge" in path.relative_to(SRC).parts
    assert at_the_edge or not imports(path) & RUNTIME


@every_file
def test_the_cpu_limit_is_not_caught(path: Path) -> None:
    """The runtime raises ``CpuLimitExceeded(BaseException)``; who catches it breaks the isolate."""
    handlers = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ExceptHandler)]
    caught = {
        name.id
        for handler in handlers
        for name in ast.walk(handler.type or ast.Name("BaseException"))
        if isinstance(name, ast.Name)
    }
    assert "BaseException" not in caught


@every_file
def test_no_pattern_that_wedges_the_isolate(path: Path) -> None:
    """Abandoned tasks and ``asyncio.gather``: https://github.com/cloudflare/workerd/issues/6624"""
    called = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)}
    assert not called & {"gather", "create_task", "ensure_future"}


def test_no_module_hides_another() -> None:
    """Modules of src/ are top-level imports and come first on the path."""
    assert not OURS & (sys.stdlib_module_names | RUNTIME | {"asgi"})


def test_every_room_has_its_floor() -> None:
    rooms = {
        path.stem
        for path in SRC.iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert {room for floor in FLOORS for room in floor} == rooms


def test_imports_go_one_way() -> None:
    floor_of = {room: number for number, floor in enumerate(FLOORS) for room in floor}
    upward = [
        f"{module} → {imported}"
        for module, imports in IMPORTS.items()
        for imported in imports
        if (room := module.partition(".")[0]) != (other := imported.partition(".")[0])
        and floor_of[room] >= floor_of[other]
    ]
    assert upward == []


def test_no_import_comes_back() -> None:
    """Neither among modules nor among the parts of a room, a part being a folder or a module."""
    parts: dict[str, set[str]] = {}
    for module, imports in IMPORTS.items():
        part = part_of(module)
        parts.setdefault(part, set()).update(map(part_of, imports - {part}))
    for part, others in parts.items():
        others.discard(part)
    assert circles(IMPORTS) == []
    assert circles(parts) == []


def part_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


def circles(graph: Mapping[str, set[str]]) -> list[str]:
    """A line for each way back to where one is, as a walk through the graph finds them."""
    found: list[str] = []
    left: set[str] = set()

    def walk(node: str, way: list[str]) -> None:
        if node in way:
            found.append(" → ".join([*way[way.index(node) :], node]))
        elif node not in left:
            for other in sorted(graph.get(node, ())):
                walk(other, [*way, node])
            left.add(node)

    for node in graph:
        walk(node, [])
    return found


TEST_FILES = sorted((SRC.parent / "tests").rglob("*.py"))


@pytest.mark.parametrize("path", TEST_FILES, ids=lambda path: str(path.relative_to(SRC.parent)))
def test_tests_use_public_names_only(path: Path) -> None:
    """What is private may change without a test's changing."""
    modules = set()
    private = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if f"{node.module}.{alias.name}" in MODULES:
                    modules.add(alias.asname or alias.name)
                elif node.module in MODULES and alias.name.startswith("_"):
                    private.append(alias.name)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if (
                node.value.id in modules
                and node.attr.startswith("_")
                and not node.attr.endswith("__")
            ):
                private.append(f"{node.value.id}.{node.attr}")
    assert private == []
