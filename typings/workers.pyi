"""What the Worker and its local host use of the Workers SDK, and the bindings that it hands out."""

from typing import Any, Literal

import js
from js import Array, Function, Promise, ReadableStream
from pyodide.ffi import JsNull, JsProxy

class WorkerEntrypoint: ...

class Request:
    """The SDK's wrapper around a request."""

    js_object: js.Request

class _Module(JsProxy):
    env: Env

    def waitUntil(self, promise: Promise[None]) -> None: ...

def import_from_javascript(name: Literal["cloudflare:workers"]) -> _Module: ...
def python_from_rpc(value: Any) -> Any: ...
def python_to_rpc(value: Any) -> Any: ...

# --- the bindings, for the type checker alone ------------------------------------------------

class Env(JsProxy):
    """Variables, secrets and bindings by name. One that is not set is no attribute."""

    def __getattr__(self, name: str) -> Any: ...

class Ai(JsProxy):
    models: Function[Promise[Any]]
    run: Function[Promise[js.Response]]

class D1Database(JsProxy):
    batch: Function[Promise[Array[Any]]]

    def prepare(self, sql: str) -> D1PreparedStatement: ...

class D1PreparedStatement(JsProxy):
    def bind(self, *values: str | int | float) -> D1PreparedStatement: ...

class R2Bucket(JsProxy):
    get: Function[Promise[R2ObjectBody | JsNull]]
    put: Function[Promise[object]]

class R2ObjectBody(JsProxy):
    body: ReadableStream
    customMetadata: Any
    httpMetadata: R2HTTPMetadata
    size: int

class R2HTTPMetadata(JsProxy):
    contentType: str

class KVNamespace(JsProxy):
    getWithMetadata: Function[Promise[KVNamespaceGetWithMetadataResult]]
    put: Function[Promise[None]]

class KVNamespaceGetWithMetadataResult(JsProxy):
    metadata: Any
    value: ReadableStream | JsNull
