"""Notices that a client goes away before it has its answer.

In workerd nothing that a request waits for calls back once its client is gone: what it holds by
then stays for as long as the isolate lives. The abort of ``request.signal`` is the last that is
heard of it, after the ``cancel`` of a stream.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pyodide.ffi import create_proxy

if TYPE_CHECKING:
    from js import AbortSignal, Request
    from pyodide.ffi import JsDoubleProxy


class Departure:
    """The client's going away, of one request. Listens for it only as long as something watches."""

    def __init__(self, request: Request | None = None) -> None:
        self._request = request
        self._signal: AbortSignal | None = None
        self._watchers: list[Callable[[], None]] = []
        self._proxy: JsDoubleProxy | None = None
        self.has_left = False

    def signal(self) -> AbortSignal | None:
        """Returns the client's abort signal, or None if the runtime has none."""
        if self._request is not None:
            self._signal = getattr(self._request, "signal", None)
            self._request = None
        return self._signal

    def watch(self, on_left: Callable[[], None]) -> None:
        """Calls ``on_left`` when the client goes away, unless it is unwatched before. Sets
        ``has_left`` instead if the client has gone already."""
        self._watchers.append(on_left)
        if self._proxy is not None:
            return
        signal = self.signal()
        if signal is None:
            return
        if signal.aborted:
            self.has_left = True
            return
        self._proxy = create_proxy(self._on_abort)
        # The signal is this request's alone, and a listener would take a crossing more.
        signal.onabort = self._proxy

    def unwatch(self, on_left: Callable[[], None]) -> None:
        if on_left in self._watchers:
            self._watchers.remove(on_left)
            if not self._watchers:
                self._stop_listening()

    def _on_abort(self, _event: object) -> None:
        self.has_left = True
        watchers, self._watchers = self._watchers, []
        self._stop_listening()
        for on_left in watchers:
            on_left()

    def _stop_listening(self) -> None:
        proxy, self._proxy = self._proxy, None
        if proxy is not None and self._signal is not None:
            self._signal.onabort = None
            proxy.destroy()
