"""D1 as the core's database."""

import json
from typing import Any

from js import JSON
from pyodide.ffi import JsException, to_js

from core.ports import NoSuchTable, Statement
from edge.promises import call_js


class D1:
    def __init__(self, binding: Any) -> None:
        self._binding = binding

    async def run(self, *statements: Statement) -> list[list[dict[str, Any]]]:
        try:
            prepared = [
                self._binding.prepare(sql).bind(*values) if values else self._binding.prepare(sql)
                for sql, values in statements
            ]
        except JsException as error:
            raise OSError("the statement was not taken") from error
        try:
            outcome = await call_js(self._binding.batch, self._binding, to_js(prepared))
        except OSError as error:
            missing = "no such table" in str(error)
            raise (NoSuchTable if missing else OSError)("D1 refused") from None
        return [each["results"] for each in json.loads(JSON.stringify(outcome))]


def find_database(env: Any) -> D1 | None:
    binding = getattr(env, "DB", None)
    return D1(binding) if binding else None
