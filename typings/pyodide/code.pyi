"""What local/ uses of Pyodide's ways to run code."""

from collections.abc import Callable
from typing import Any

def relaxed_call(function: Callable[..., Any], *args: object) -> Any: ...
