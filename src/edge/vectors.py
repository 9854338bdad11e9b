"""Implements the port :class:`Vectors`: numbers in bulk, none of which is ever in Python.

There a number takes ten times the memory and the time that it takes in JavaScript. What is done to
all of them is done by JavaScript's own functions over arrays, in a number of crossings that does
not depend on how many there are. A text that Python is not to see stays in an array, because what
a call returns is converted.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from js import (
    Array,
    Float32Array,
    Function,
    Math,
    RegExp,
    Uint8Array,
    btoa,
)
from pyodide.ffi import JsException, to_js

from core.ports import VectorEncoding
from core.web import Buffer
from edge.functions import functions
from edge.values import PlatformBuffer, to_small_object, to_uint8_array

if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")

_VECTOR = r'\[(?<=[[,]\s*\[)[^[\]{}"]*\]'
"""An element of an array that is an array of numbers."""


def read_vectors(answer: Buffer) -> PlatformVectors:
    """Implements :attr:`Ports.read_vectors`."""
    try:
        text = functions.map(to_js([[to_uint8_array(answer)]]), functions.decode)
        return PlatformVectors(text, functions.map(text, functions.parse)[0])
    except (JsException, AttributeError) as error:
        raise ValueError("The answer is no JSON with vectors.") from error


class PlatformVectors:
    """Implements :class:`Vectors`.

    ``text`` is an array with the answer's JSON, ``answer`` is what it says. Raises
    :class:`ValueError`, and what JavaScript throws at an answer of another shape.
    """

    def __init__(self, text: Array[str], answer: Any) -> None:
        self._text = text
        self._numbers: Array[float] = Array.new()
        # ``push`` takes all numbers of a vector, and returns how many there are by then.
        push = functions.bind_apply(None, self._numbers.push, self._numbers)
        data = answer.data
        ends = functions.map(data, push).to_py() if data.every(functions.is_array) else []
        self.count = len(ends)
        self._size = ends[0] if ends else 0
        if not self._size or ends != [self._size * (place + 1) for place in range(self.count)]:
            raise ValueError("The vectors are missing, or not of one size.")
        if not self._numbers.every(functions.is_finite):
            raise ValueError("A vector holds something else than numbers.")
        self._floats = Float32Array.new(self._numbers)
        if not self._floats.every(functions.is_finite):
            raise ValueError("A number is too large for a float32.")
        del answer.data
        self.rest = json.loads(functions.stringify(answer))

    def write(
        self, between: Sequence[str], encoding: VectorEncoding, dimensions: int | None
    ) -> PlatformBuffer:
        if dimensions is not None:
            self._truncate(dimensions)
        if encoding == "base64":
            vectors = self._encode()
        elif dimensions is None:
            vectors = self._cut_out()
        else:
            rows = self._slices(self._numbers.slice, self._numbers, self._size)
            vectors = functions.map(rows, functions.stringify)
        # String.raw({raw: [a, b, c]}, x, y) is a + x + b + y + c.
        vectors.unshift(to_small_object({"raw": between}))
        text = functions.map(to_js([vectors]), functions.join_raw)
        return PlatformBuffer(functions.map(to_js([text]), functions.encode)[0])

    def _cut_out(self) -> Array[str]:
        """Returns the text of each vector as it came: writing it takes three times as long as
        reading it."""
        self._text.push(RegExp.new(_VECTOR, "g"))
        found = _call_each(functions.match, None, to_js([self._text]))[0]
        if not found or found.length != self.count:
            raise ValueError("There are vectors outside of the data.")
        return found

    def _encode(self) -> Array[str]:
        """Returns little-endian float32 in base64, as JSON strings."""
        data = Uint8Array.new(self._floats.buffer)
        rows = self._slices(data.subarray, data, 4 * self._size)
        characters = functions.map(rows, functions.from_codes)
        return functions.map(functions.map(characters, btoa), functions.stringify)

    def _truncate(self, size: int) -> None:
        """Keeps the first numbers of each vector, scaled to a vector of length 1.

        JavaScript has no function that divides: x / y is the cotangent of atan2(y, x), which is the
        tangent of atan2(1, tangent). A length of 0 is passed over.
        """
        size = min(size, self._size)
        rows = self._slices(self._numbers.slice, self._numbers, self._size, size)
        lengths = functions.map(rows, functions.bind_apply(None, Math.hypot, Math)).to_py()
        divisors = to_small_object([[None, length or 1] for length in lengths])
        atan2 = _call_each(Function.prototype.bind, Math.atan2, divisors)
        angles = _call_each(functions.map, None, _pairs(rows, atan2, self.count)).flat()
        tangents = functions.map(angles, Math.tan)
        inverse = functions.map(tangents, Math.atan2.bind(None, 1))
        self._numbers = functions.map(inverse, Math.tan)
        self._floats = Float32Array.new(self._numbers)
        self._size = size

    def _slices(
        self, slice: Function[Any], source: object, step: int, size: int | None = None
    ) -> Array[Any]:
        """Returns a slice for each vector. ``step`` is the distance from one to the next."""
        starts = range(0, step * self.count, step)
        return _call_each(slice, source, to_js([[at, at + (size or step)] for at in starts]))


def _call_each(function: Function[T], this: object, calls: Array[Any]) -> Array[T]:
    """Calls a function once for each array of arguments. Returns an array of what it returns."""
    return functions.map(calls, functions.bind_apply(None, function, this))


def _pairs(first: Array[Any], second: Array[Any], count: int) -> Array[Any]:
    """Returns [[first[0], second[0]], …]."""
    both = first.concat(second)
    order = [place + half for place in range(count) for half in (0, count)]
    mixed = functions.map(to_js(order), both.at.bind(both))
    return _call_each(mixed.slice, mixed, to_js([[at, at + 2] for at in range(0, 2 * count, 2)]))
