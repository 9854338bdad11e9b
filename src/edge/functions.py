"""Looks up and binds JavaScript's own functions, once per isolate: each look-up is a crossing.

They belong to no request, so an isolate may keep them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from js import (
    JSON,
    Array,
    Function,
    Headers,
    Number,
    Promise,
    ReadableStreamBYOBReader,
    ReadableStreamDefaultReader,
    Reflect,
    String,
    TextDecoder,
    TextEncoder,
)

from core import isolate

if TYPE_CHECKING:
    from js import Uint8Array
    from pyodide.ffi import JsNull


class Functions:
    """Holds methods of JavaScript as functions whose first argument is the object:
    ``map(array, function)``."""

    def __init__(self) -> None:
        self.ready = False

    def prepare(self) -> None:
        """Looks them up, the first time. Not at import, because the runtime's snapshot can hold no
        JavaScript object."""
        if self.ready:
            return
        call, bind = Function.prototype.call, Function.prototype.bind
        self.map: Function[Array[Any]] = call.bind(Array.prototype.map)
        self.for_each: Function[None] = call.bind(Array.prototype.forEach)
        self.get_header: Function[str | JsNull] = call.bind(Headers.prototype.get)
        self.read_piece = ReadableStreamDefaultReader.prototype.read
        self.read_into = ReadableStreamBYOBReader.prototype.read
        self.parse = JSON.parse
        # bind_call(method) returns a function whose first argument is the object.
        self.bind_call: Function[Function[Any]] = bind.bind(call)
        # bind_apply(None, function, this) returns a function whose argument is an array: those
        # of ``function``.
        self.bind_apply: Function[Function[Any]] = bind.bind(Reflect.apply)
        # By ``Reflect``: on a promise itself, the attribute ``then`` is Pyodide's own.
        self.bind_then: Function[Function[None]] = bind.bind(Reflect.get(Promise.prototype, "then"))
        decoder, encoder = TextDecoder.new(), TextEncoder.new()
        # Of arrays of arguments, for what must not become a Python string on its way.
        self.decode: Function[str] = self.bind_apply(None, decoder.decode, decoder)
        self.encode: Function[Uint8Array] = self.bind_apply(None, encoder.encode, encoder)
        self.join_raw: Function[str] = self.bind_apply(None, String.raw, String)
        self.from_codes: Function[str] = self.bind_apply(None, String.fromCharCode, String)
        self.match: Function[Array[str] | JsNull] = call.bind(String.prototype.match)
        self.stringify = JSON.stringify
        self.is_array = Array.isArray
        self.is_finite = Number.isFinite
        self.all_settled = Promise.allSettled.bind(Promise)
        self.race = Promise.race.bind(Promise)
        self.resolve = Promise.resolve.bind(Promise)
        self.array_of: Function[Array[Any]] = Reflect.get(Array, "of").bind(Array)
        self.no_arguments: Array[Array[Any]] = Array.of(Array.of())
        self.once = Array.of(0)
        self.ready = True

    def forget(self) -> None:
        self.__dict__.clear()
        self.ready = False


functions = Functions()
isolate.keeps("JavaScript's own functions", functions.forget)
