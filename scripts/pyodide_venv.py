"""Runs the unit tests in a Pyodide virtual environment, which it makes with pyodide-build.

`make test-pyodide` runs the same tests in the same interpreter without it; this is the way
Python projects test for Pyodide. It needs the Python version that Pyodide has, and the internet
for Pyodide's cross-build environment. What it cannot have it says in one line.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / ".cache" / "pyodide-build"
VENV = ROOT / ".venv-pyodide"
PYODIDE = json.loads((ROOT / "node_modules/pyodide/package.json").read_text())["version"]
PYTHON = (3, 14)  # the one that Pyodide has


class Impossible(Exception):
    pass


def run(step: str, *command: str | Path) -> None:
    """Runs the command quietly; if it fails, the last line it wrote is the reason."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=ENV,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
        raise Impossible(f"{step}: {lines[-1] if lines else 'no reason given'}")


# Pyodide's `python` is a script that looks for node.
ENV = {**os.environ, "PATH": f"{ROOT}/node_modules/.bin:{os.environ['PATH']}"}


def make() -> None:
    if sys.version_info[:2] != PYTHON:
        wanted, here = (f"{major}.{minor}" for major, minor in (PYTHON, sys.version_info[:2]))
        raise Impossible(
            f"Pyodide {PYODIDE} needs Python {wanted} beside it and this is {here}; "
            f"try PYTHON=python{wanted} make pyodide-venv"
        )
    constraints = ("-c", ROOT / "requirements.txt")
    run("venv", sys.executable, "-m", "venv", BUILD)
    run("pyodide-build", BUILD / "bin/pip", "install", *constraints, "pyodide-build")
    pyodide = BUILD / "bin/pyodide"
    run("the cross-build environment cannot be had", pyodide, "xbuildenv", "install", PYODIDE)
    run("the environment cannot be made", pyodide, "venv", "--clear", VENV)
    tools = ("pytest", "hypothesis", "openai", "anthropic")
    run("the tools cannot be had", VENV / "bin/pip", "install", *constraints, *tools)


def main() -> int:
    try:
        make()
    except Impossible as error:
        print(f"pyodide-venv: {error}", file=sys.stderr)
        return 1
    python = str(VENV / "bin/python")
    tests = [python, "-m", "pytest", "-p", "pyodide_plugin", "tests/unit"]
    environment = {**ENV, "PYTHONPATH": "scripts"}
    return subprocess.run(tests, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
