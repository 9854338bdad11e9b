"""`make mutants` on a small tree: it tries each change, reports survivors and edits nothing."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "mutants.py"
SOURCE = "def is_adult(age):\n    return age >= 18\n"
TESTS = (
    "from ages import is_adult\ndef test_adults():\n    assert is_adult(18) and not is_adult(9)\n"
)


@pytest.fixture
def mutants(tmp_path: Path) -> Any:
    """The script, on a tree whose tests do not try the years just below the limit."""
    spec = importlib.util.spec_from_file_location("mutants", SCRIPT)
    assert spec and spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROOT = tmp_path / "tree"
    for name, text in {
        "src/ages.py": SOURCE,
        "tests/unit/test_ages.py": TESTS,
        "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["src"]\n',
    }.items():
        path = module.ROOT / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return module


def test_survivors_are_reported(mutants: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert mutants.main(["src"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "src/ages.py: 1 of 4 mutants survived",
        "  src/ages.py:2  18 → 17",
    ]
    assert (mutants.ROOT / "src/ages.py").read_text() == SOURCE


def test_a_sample_is_the_same_each_time(
    mutants: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutants.Copies, "is_caught", lambda *_: False)
    reports = []
    for _ in range(2):
        assert mutants.main(["--most", "2", "src/ages.py"]) == 0
        reports.append(capsys.readouterr().out)
    assert reports[0] == reports[1]
    assert reports[0].startswith("src/ages.py: 2 of 2 mutants survived\n")


def test_an_endless_loop_is_caught(mutants: Any, tmp_path: Path) -> None:
    copies = mutants.Copies(tmp_path / "copies")
    assert copies.is_caught(Path("src/ages.py"), "while True: pass", seconds=0.1)


def test_tests_that_fail_anyway_are_no_measure(mutants: Any) -> None:
    (mutants.ROOT / "tests/unit/test_ages.py").write_text("def test(): assert False")
    with pytest.raises(SystemExit, match="fails without any change"):
        mutants.main(["src"])
