"""Implements the port :class:`Database` with D1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from js import JSON
from pyodide.ffi import JsException, to_js

from core.limits import STORE_SECONDS
from core.ports import NoSuchTable, Statement
from edge.promises import call_js

if TYPE_CHECKING:
    from workers import D1Database, Env


class D1:
    def __init__(self, binding: D1Database) -> None:
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
            outcome = await call_js(
                self._binding.batch, self._binding, to_js(prepared), seconds=STORE_SECONDS
            )
        except OSError as error:
            missing = "no such table" in str(error)
            raise (NoSuchTable if missing else OSError)("D1 refused") from None
        try:
            return [each["results"] for each in json.loads(JSON.stringify(outcome))]
        except (TypeError, LookupError) as error:
            raise OSError("D1 gave no results") from error


def find_database(env: Env) -> D1 | None:
    binding = getattr(env, "DB", None)
    return D1(binding) if binding else None
