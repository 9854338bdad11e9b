"""What edge/ uses of JavaScript's global scope.

The names of TypeScript's own declarations; those without a constructor (``Body``,
``PromiseSettledResult``, …) exist for the type checker alone. ``Any`` stands where JavaScript may
give anything. A method is a :class:`Function` where edge/ binds it or passes it on.
"""

from collections.abc import Generator
from typing import Any, ClassVar, Generic, Literal, TypeVar

from pyodide.ffi import JsNull, JsProxy

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

# --- the language ----------------------------------------------------------------------------

class Function(JsProxy, Generic[T_co]):
    prototype: ClassVar[FunctionPrototype]

    def __call__(self, *args: object) -> T_co: ...
    def bind(self, this: object, *args: object) -> Function[T_co]: ...

class FunctionPrototype(JsProxy):
    """A function that does nothing, and the methods of all functions."""

    def __call__(self, *args: object) -> None: ...

    bind: Function[Function[Any]]
    call: Function[Any]

class Object(JsProxy):
    fromEntries: ClassVar[Function[Any]]

    @staticmethod
    def new() -> Any: ...

class Array(JsProxy, Generic[T]):
    at: Function[T]
    length: int
    push: Function[int]
    slice: Function[Array[T]]
    prototype: ClassVar[ArrayPrototype]

    @classmethod
    def of(cls, *items: T) -> Array[T]: ...
    @staticmethod
    def from_(items: object) -> Array[Any]: ...
    def __getitem__(self, index: int) -> T: ...
    def flat(self) -> Array[Any]: ...
    def concat(self, *items: object) -> Array[Any]: ...
    def every(self, function: Function[bool]) -> bool: ...
    def to_py(self) -> list[Any]: ...
    def unshift(self, item: object) -> int: ...
    isArray: ClassVar[Function[bool]]
    @staticmethod
    def new() -> Array[Any]: ...

class ArrayPrototype(JsProxy):
    forEach: Function[None]
    map: Function[Array[Any]]

class ArrayBuffer(JsProxy):
    byteLength: int

    def to_bytes(self) -> bytes: ...

class Uint8Array(JsProxy):
    buffer: ArrayBuffer
    byteLength: int

    @staticmethod
    def new(source: int | ArrayBuffer) -> Uint8Array: ...
    def indexOf(self, byte: int, start: int) -> int: ...
    subarray: Function[Uint8Array]
    def to_bytes(self) -> bytes: ...

class Float32Array(JsProxy):
    buffer: ArrayBuffer

    @staticmethod
    def new(numbers: Array[float]) -> Float32Array: ...
    def every(self, function: Function[bool]) -> bool: ...

class String(JsProxy):
    prototype: ClassVar[StringPrototype]
    fromCharCode: ClassVar[Function[str]]
    raw: ClassVar[Function[str]]

class StringPrototype(JsProxy):
    match: Function[Array[str] | JsNull]

class RegExp(JsProxy):
    @staticmethod
    def new(pattern: str, flags: str) -> RegExp: ...

class Number(JsProxy):
    isFinite: ClassVar[Function[bool]]

class Math(JsProxy):
    atan2: ClassVar[Function[float]]
    hypot: ClassVar[Function[float]]
    tan: ClassVar[Function[float]]

class JSON(JsProxy):
    parse: ClassVar[Function[Any]]
    stringify: ClassVar[Function[str]]

class Reflect(JsProxy):
    apply: ClassVar[Function[Any]]

    @staticmethod
    def get(target: object, name: str) -> Any: ...
    @staticmethod
    def getOwnPropertyDescriptor(target: object, name: str) -> Any: ...

class Proxy(JsProxy):
    @staticmethod
    def new(target: object, handler: Any) -> Any: ...

class Promise(JsProxy, Generic[T_co]):
    """Given to Python by a call, it comes as an asyncio future instead."""

    prototype: ClassVar[JsProxy]
    allSettled: ClassVar[Function[Promise[Array[PromiseSettledResult[Any]]]]]
    race: ClassVar[Function[Promise[Any]]]
    resolve: ClassVar[Function[Promise[Any]]]

    @staticmethod
    def withResolvers() -> PromiseWithResolvers: ...
    def __await__(self) -> Generator[Any, Any, T_co]: ...

class PromiseWithResolvers(JsProxy):
    promise: Promise[None]
    resolve: Function[None]

class PromiseSettledResult(JsProxy, Generic[T_co]):
    status: Literal["fulfilled", "rejected"]
    reason: Any

    @property
    def value(self) -> T_co: ...

PromiseSettledResults = Array[PromiseSettledResult[T]]

# --- the platform ----------------------------------------------------------------------------

class Headers(JsProxy):
    prototype: ClassVar[HeadersPrototype]

    def get(self, name: str) -> str | JsNull: ...

class HeadersPrototype(JsProxy):
    get: Function[str | JsNull]

class Body(JsProxy):
    body: ReadableStream | JsNull
    headers: Headers
    arrayBuffer: Function[Promise[ArrayBuffer]]
    formData: Function[Promise[FormData]]
    json: Function[Promise[Any]]

class Request(Body):
    method: str
    signal: AbortSignal
    url: str

class Response(Body):
    prototype: ClassVar[JsProxy]
    status: int

    @staticmethod
    def new(
        body: ArrayBuffer | Blob | FormData | ReadableStream | Uint8Array | None, init: Any = ...
    ) -> Response: ...

class Blob(JsProxy):
    size: int
    type: str
    arrayBuffer: Function[Promise[ArrayBuffer]]

    @staticmethod
    def new(parts: Array[Any], options: Any = ...) -> Blob: ...
    def slice(self, start: int, end: int) -> Blob: ...
    def stream(self) -> ReadableStream: ...

class TextDecoder(JsProxy):
    decode: Function[str]

    @staticmethod
    def new() -> TextDecoder: ...

class TextEncoder(JsProxy):
    encode: Function[Uint8Array]

    @staticmethod
    def new() -> TextEncoder: ...

btoa: Function[str]

class File(Blob):
    name: str

class FormData(JsProxy):
    @staticmethod
    def new() -> FormData: ...
    def append(self, name: str, value: str | Blob, filename: str = ...) -> None: ...
    def entries(self) -> JsProxy: ...

class ReadableStream(JsProxy):
    prototype: ClassVar[ReadableStream]
    cancel: Function[Promise[None]]

    @staticmethod
    def new(source: Any, strategy: Any) -> ReadableStream: ...
    def tee(self) -> tuple[ReadableStream, ReadableStream]: ...
    def getReader(self, options: Any = ...) -> ReadableStreamReader: ...

class ReadableStreamReader(JsProxy):
    """A default reader, or a reader into the caller's own buffers (``{mode: "byob"}``)."""

    cancel: Function[Promise[None]]
    read: Function[Promise[ReadableStreamReadResult]]

    def releaseLock(self) -> None: ...

class ReadableStreamDefaultReader(ReadableStreamReader):
    prototype: ClassVar[ReadableStreamReader]

    @staticmethod
    def new(stream: ReadableStream | JsNull) -> ReadableStreamReader: ...

class ReadableStreamBYOBReader(ReadableStreamReader):
    prototype: ClassVar[ReadableStreamReader]

    @staticmethod
    def new(stream: ReadableStream | JsNull) -> ReadableStreamReader: ...

class ReadableStreamReadValueResult(JsProxy):
    done: Literal[False]
    value: Uint8Array

class ReadableStreamReadDoneResult(JsProxy):
    done: Literal[True]
    value: Uint8Array | None

ReadableStreamReadResult = ReadableStreamReadValueResult | ReadableStreamReadDoneResult

class ReadableStreamController(JsProxy):
    desiredSize: int
    """``null`` for a stream that has failed, which none of edge/ does."""

    def close(self) -> None: ...
    def enqueue(self, chunk: Uint8Array) -> None: ...

class AbortSignal(JsProxy):
    aborted: bool
    onabort: object

class AbortController(JsProxy):
    signal: AbortSignal
    abort: Function[None]

    @staticmethod
    def new() -> AbortController: ...

fetch: Function[Promise[Response]]

def setTimeout(function: JsProxy, milliseconds: float, *args: object) -> object: ...
def clearTimeout(timer: object) -> None: ...
