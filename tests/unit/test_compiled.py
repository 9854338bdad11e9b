"""Modules are imported from compiled code where it is theirs, and from their source elsewhere."""

import importlib
import importlib.util
import marshal
import sys
import traceback
from collections.abc import Callable, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from compiled import Finder, Loader, read_codes

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "make_compiled.py"
PART = '''"""Docstring."""

def fail():
    raise KeyError("missing")
'''

Import = Callable[..., list[str]]


@pytest.fixture
def script() -> Any:
    spec = importlib.util.spec_from_file_location("make_compiled", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def src(tmp_path: Path, script: Any) -> Path:
    """A package of two modules, beside compiled code of both."""
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample/__init__.py").write_text("from sample import part\n")
    (tmp_path / "sample/part.py").write_text(PART)
    (tmp_path / "compiled.bin").write_bytes(script.compile_source(tmp_path))
    return tmp_path


@pytest.fixture
def import_sample(src: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Import]:
    """Imports the package, and returns which of its modules were compiled from source."""
    from_source: list[str] = []
    compile_source = SourceFileLoader.source_to_code

    def source_to_code(self: SourceFileLoader, data: Any, path: str, **named: Any) -> Any:
        from_source.append(self.name)
        return compile_source(self, data, path, **named)

    def import_sample(codes: dict[str, bytes] | None = None) -> list[str]:
        finder = Finder(read_codes(src / "compiled.bin") if codes is None else codes)
        monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
        importlib.invalidate_caches()
        importlib.import_module("sample")
        return from_source

    monkeypatch.syspath_prepend(src)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.setattr(SourceFileLoader, "source_to_code", source_to_code)
    yield import_sample
    for name in ("sample", "sample.part"):
        sys.modules.pop(name, None)


def part() -> ModuleType:
    return sys.modules["sample.part"]


def test_modules_come_from_compiled_code(import_sample: Import) -> None:
    assert import_sample() == []
    assert isinstance(part().__loader__, Loader)


def test_modules_are_described_as_if_from_source(import_sample: Import, src: Path) -> None:
    import_sample()
    package = sys.modules["sample"]
    assert package.__file__ == str(src / "sample/__init__.py")
    assert package.__path__ == [str(src / "sample")]
    spec = part().__spec__
    assert spec and spec.origin == part().__file__ == str(src / "sample/part.py")


def test_a_traceback_names_file_and_line(import_sample: Import, src: Path) -> None:
    import_sample()
    with pytest.raises(KeyError) as raised:
        part().fail()
    frame = traceback.extract_tb(raised.tb)[-1]
    assert (frame.filename, frame.lineno, frame.name) == (str(src / "sample/part.py"), 4, "fail")
    assert frame.line == 'raise KeyError("missing")'


def test_docstrings_are_left_out(import_sample: Import) -> None:
    import_sample()
    assert part().__doc__ is None


def test_a_changed_source_wins(import_sample: Import, src: Path) -> None:
    (src / "sample/part.py").write_text("changed = True\n")
    assert import_sample() == ["sample.part"]
    assert part().changed


def test_a_module_without_compiled_code_comes_from_source(
    import_sample: Import, src: Path, script: Any
) -> None:
    (src / "sample/part.py").rename(src / "part.py")
    (src / "compiled.bin").write_bytes(script.compile_source(src))
    (src / "part.py").rename(src / "sample/part.py")
    assert import_sample() == ["sample.part"]


def test_another_version_of_python_compiles_the_source(import_sample: Import, src: Path) -> None:
    codes = read_codes(src / "compiled.bin")
    others = {name: b"\0\0\r\n" + code[4:] for name, code in codes.items()}
    (src / "compiled.bin").write_bytes(marshal.dumps(others))
    assert import_sample() == ["sample", "sample.part"]


@pytest.mark.parametrize("broken", [b"", b"\0\1\2", marshal.dumps(None), marshal.dumps([1])])
def test_a_broken_file_leaves_the_source(import_sample: Import, src: Path, broken: bytes) -> None:
    (src / "compiled.bin").write_bytes(broken)
    assert import_sample() == ["sample", "sample.part"]


def test_a_truncated_file_leaves_the_source(import_sample: Import, src: Path) -> None:
    data = (src / "compiled.bin").read_bytes()
    (src / "compiled.bin").write_bytes(data[: len(data) // 2])
    assert import_sample() == ["sample", "sample.part"]


def test_a_missing_file_leaves_the_source(import_sample: Import, src: Path) -> None:
    (src / "compiled.bin").unlink()
    assert import_sample() == ["sample", "sample.part"]


def test_code_is_kept_only_until_it_is_imported(import_sample: Import, src: Path) -> None:
    codes = read_codes(src / "compiled.bin")
    import_sample(codes)
    assert codes == {}


def test_what_comes_before_the_finder_is_not_compiled(src: Path, script: Any) -> None:
    for name in ("entry.py", "compiled.py"):
        (src / name).write_text("")
    assert set(marshal.loads(script.compile_source(src))) == {"sample", "sample.part"}


def test_the_same_source_compiles_to_the_same_bytes(src: Path, script: Any) -> None:
    assert script.compile_source(src) == script.compile_source(src)
