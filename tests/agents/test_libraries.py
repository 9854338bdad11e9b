"""The libraries people build agents with, as their registries have them.

Each script beside this file talks to the Worker by one package: its functions are the cases here.
A function gets what the user says, and returns what came of it. The last word of its name says
what that must be, whatever the library.
"""

import json
import re
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from agents.environment import INSTALLED, NODE, clean_environment

HERE = Path(__file__).parent
CALLS = '[[call:add {"a":2,"b":3}]][[call:add {"a":4,"b":5}]]'
WORDS = 60
PROMPTS = {
    "chat": "Hello",
    "stream": f"[[tokens:{WORDS}]]",
    "tools": f"Add these. {CALLS}",
    "json": "A town.",
    "rerank": "fruit",
    "embeddings": "Hello",
}
CASE = r"^(?:export (?:async function|const)|(?:async )?def) (\w+)(?:\(prompt\)| = )"

SCRIPTS = [script for suffix in ("mjs", "py") for script in sorted(HERE.glob(f"*/*.{suffix}"))]


def kind(case: str) -> str:
    return case.rpartition("_")[2]


def cases_of(script: Path) -> list[str]:
    found = re.findall(CASE, script.read_text("utf-8"), re.MULTILINE)
    return [case for case in found if kind(case) in PROMPTS]


@pytest.fixture(scope="session")
def run(
    base_url: str, api_key: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Path], dict[str, Any]]:
    """Runs all cases of a script, once: importing a package may take seconds."""

    @cache
    def run_script(script: Path) -> dict[str, Any]:
        installed = INSTALLED / script.parent.name
        program = [NODE] if script.suffix == ".mjs" else [installed / "bin/python", "-P"]
        prompts = {case: PROMPTS[kind(case)] for case in cases_of(script)}
        home = tmp_path_factory.mktemp("home")
        done = subprocess.run(
            [*program, HERE / f"drive{script.suffix}", script, json.dumps(prompts)],
            cwd=installed,
            env=clean_environment(
                home,
                BASE_URL=base_url,
                API_KEY=api_key,
                LLM_USER_PATH=str(home),
                LITELLM_LOCAL_MODEL_COST_MAP="True",
                LITELLM_LOCAL_ANTHROPIC_BETA_HEADERS="True",
            ),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        # Libraries warn of names and ways that are going away.
        assert not done.stderr, done.stderr
        outcomes: dict[str, Any] = json.loads(done.stdout)
        return outcomes

    return run_script


@pytest.mark.parametrize(
    ("script", "case"),
    [(script, case) for script in SCRIPTS for case in cases_of(script)],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_case(run: Callable[[Path], dict[str, Any]], script: Path, case: str) -> None:
    outcome = run(script)[case]
    assert "error" not in outcome, outcome["error"]
    value = outcome["value"]
    match kind(case):  # what the mock answers
        case "chat":
            assert value == 'You said "Hello".'
        case "stream":
            assert len("".join(value).split()) == WORDS
            assert len(value) > 10
        case "tools":
            assert value == "The tool add answered: 5 The tool add answered: 9"
        case "json":
            assert value == {"name": "name", "people": 1}
        case "rerank":
            assert value == [1, 0]
        case _:
            assert value == 1024
