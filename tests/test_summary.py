"""scripts/summary.py has the last word of `make test`: it may not say too soon that all is well."""

import importlib.util
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "summary.py"

PYTEST = """<testsuites><testsuite>
  <testcase classname="unit.a" name="good"/>
  <testcase classname="unit.a" name="bad"><failure message="assert 0"/></testcase>
  <testcase classname="unit.a" name="broken"><error message="fixture"/></testcase>
  <testcase classname="unit.a" name="left_out"><skipped message="no network"/></testcase>
  <testcase classname="" name="unit.b"><skipped message="collection skipped"
    >('/unit/b.py', 0, 'Skipped: does not load in Pyodide')</skipped></testcase>
</testsuite></testsuites>"""

NODE = """<testsuites>
  <testcase name="one" classname="test"/>
  <testsuite name="two"><testcase name="three" classname="test"/></testsuite>
</testsuites>"""


@pytest.fixture
def summary() -> Any:
    spec = importlib.util.spec_from_file_location("summary", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_parts_are_counted_and_skipped_tests_named(
    summary: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "unit.xml").write_text(PYTEST)
    (tmp_path / "local.xml").write_text(NODE)
    assert summary.main(str(tmp_path), "unit", "local") == 1
    assert capsys.readouterr().out.splitlines() == [
        "unit   skipped: unit.a left_out: no network",
        "unit   skipped: unit.b: does not load in Pyodide",
        "unit   1 passed, 2 failed, 2 skipped",
        "local  2 passed, 0 failed",
        "all    3 passed, 2 failed, 2 skipped",
    ]


def test_all_is_well(summary: Any, tmp_path: Path) -> None:
    (tmp_path / "local.xml").write_text(NODE)
    assert summary.main(str(tmp_path), "local") == 0


@pytest.mark.parametrize("report", [None, "<testsuites/>"])
def test_a_part_that_did_not_run_has_failed(
    summary: Any, tmp_path: Path, report: str | None
) -> None:
    if report:
        (tmp_path / "unit.xml").write_text(report)
    assert summary.main(str(tmp_path), "unit") == 1
