"""Rules of src/ that no linter knows. Each is about how the Worker fails in the runtime."""

import ast
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[1] / "src"
FILES = sorted(SRC.rglob("*.py"))
RUNTIME = {"js", "pyodide", "workers", "_pyodide_entrypoint_helper", "_cloudflare_compat_flags"}
OURS = {path.stem if path.is_file() else path.name for path in SRC.iterdir()}

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
