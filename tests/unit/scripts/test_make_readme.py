"""README's table of costs says in words which limits were missed."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[3] / "scripts" / "make_readme.py"
FIGURES = [
    {"name": "import", "value": 410, "unit": "ms"},
    {"name": "calls", "value": 25, "unit": ""},
]


@pytest.fixture
def script(tmp_path: Path) -> Any:
    """The script, on figures and limits of the test."""
    spec = importlib.util.spec_from_file_location("make_readme", SCRIPT)
    assert spec and spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.LIMITS, module.RESULTS = tmp_path / "limits.json", tmp_path / "results.json"
    module.RESULTS.write_text(json.dumps(FIGURES))
    return module


def test_each_cost_is_beside_its_limit(script: Any) -> None:
    script.LIMITS.write_text('{"import": 300, "calls": 25}')
    assert script.costs().splitlines()[2:] == [
        "| import | 300 ms | 410 ms, limit missed |",
        "| calls | 25 | 25 |",
    ]


@pytest.mark.parametrize("limits", ['{"import": 300}', '{"import": 300, "calls": 1, "bundle": 1}'])
def test_figures_and_limits_must_have_the_same_names(script: Any, limits: str) -> None:
    script.LIMITS.write_text(limits)
    with pytest.raises(SystemExit, match="make bench WRITE=1"):
        script.costs()
