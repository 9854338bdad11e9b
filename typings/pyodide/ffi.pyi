"""What edge/ uses of Pyodide's foreign function interface."""

from collections.abc import Callable
from typing import Any, Literal, overload

from js import Array, Uint8Array

class JsProxy:
    """An object of JavaScript. ``undefined`` is None in Python, ``null`` is a :class:`JsNull`."""

class JsNull:
    """The type of ``null``."""

    def __bool__(self) -> Literal[False]: ...

class JsException(Exception):
    """What JavaScript threw."""

class JsDoubleProxy(JsProxy):
    """A Python function for JavaScript, alive until it is destroyed."""

    def destroy(self) -> None: ...

def create_proxy(function: Callable[..., object]) -> JsDoubleProxy: ...
def destroy_proxies(proxies: Array[JsDoubleProxy]) -> None: ...
@overload
def to_js(value: bytes) -> Uint8Array: ...
@overload
def to_js(value: list[Any]) -> Array[Any]: ...
@overload
def to_js(value: dict[str, Any], *, dict_converter: Callable[..., object]) -> Any: ...
