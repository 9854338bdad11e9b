"""Runs the cases of a script, and prints what became of each as JSON: ``value`` or ``error``.

    python -P drive.py SCRIPT '{"CASE": "what the user says", …}'

-P, as scripts are named after the packages that they import.
"""

import asyncio
import importlib.util
import inspect
import json
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any


def load(path: str) -> ModuleType:
    """Under a name of its own, as its own name is that of a package."""
    spec = importlib.util.spec_from_file_location(f"cases_{Path(path).stem}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def drive(script: str, prompts: dict[str, str]) -> dict[str, Any]:
    cases = load(script)
    outcomes: dict[str, Any] = {}
    for name, prompt in prompts.items():
        try:
            value = getattr(cases, name)(prompt)
            outcomes[name] = {"value": await value if inspect.isawaitable(value) else value}
        except Exception:
            outcomes[name] = {"error": traceback.format_exc()}
    return outcomes


if __name__ == "__main__":
    script, prompts = sys.argv[1:]
    print(json.dumps(asyncio.run(drive(script, json.loads(prompts)))))
