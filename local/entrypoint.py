"""How the runtime calls a method of a Python Worker's entry class.

The arguments go through the SDK's ``python_from_rpc`` and the result through
``python_to_rpc``, so the Worker meets the same objects here as in the runtime.
"""

from inspect import isawaitable
from typing import Any

from pyodide.code import relaxed_call
from workers import python_from_rpc, python_to_rpc


async def call(instance: Any, method: str, *arguments: Any) -> Any:
    result = relaxed_call(getattr(instance, method), *map(python_from_rpc, arguments))
    if isawaitable(result):
        result = await result
    return python_to_rpc(result)
