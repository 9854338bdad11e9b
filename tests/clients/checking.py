"""HTTP transports that hold every answer of the Worker against its dialect on its way in.

A client built on one of them, whether of a library or a plain one, cannot receive an answer or an
event of a stream that is not as OpenAI (or Anthropic) publishes it: the test fails there and then.
``pytest.fail`` raises no ``Exception``, so that no client takes it for a broken connection and
tries again.
"""

from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest

from support import dialects


class Exchange(dialects.Exchange):
    """A request and what has come back so far."""

    def __init__(self, request: httpx2.Request, response: httpx2.Response) -> None:
        super().__init__(
            method=request.method,
            path=request.url.path,
            sent=request.headers,
            asked=dialects.json_object(request.content),
            status=response.status_code,
            headers=response.headers,
            body=bytearray(),
        )
        self._checked = False

    @property
    def done(self) -> bool:
        """The stream has said that it has ended; the client may not read what is left of it."""
        return b"data: [DONE]" in self.body

    def check(self, *, whole: bool = True) -> None:
        """Once."""
        if self._checked:
            return
        self._checked = True
        try:
            super().check(whole=whole)
        except AssertionError as error:
            shown = bytes(self.body[:2000]).decode("utf-8", "replace")
            pytest.fail(f"{self.method} {self.path} {self.status}: {error}\n{shown}")


class _SyncBody(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, exchange: Exchange) -> None:
        self._stream = stream
        self._parts = iter(stream)
        self._exchange = exchange

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self._exchange.body += part
            yield part
        self._exchange.check(whole=True)

    def close(self) -> None:
        """The package closes a stream at ``[DONE]``, so what may come after it is read here."""
        try:
            if self._exchange.done:
                for part in self._parts:
                    self._exchange.body += part
            self._exchange.check(whole=self._exchange.done)
        finally:
            self._stream.close()


class Transport(httpx2.HTTPTransport):
    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.read()
        request.headers["accept-encoding"] = "identity"  # the body is looked at as it comes
        response = super().handle_request(request)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _SyncBody(response.stream, Exchange(request, response))
        return response


class _AsyncBody(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, exchange: Exchange) -> None:
        self._stream = stream
        self._parts = aiter(stream)
        self._exchange = exchange

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._parts:
            self._exchange.body += part
            yield part
        self._exchange.check(whole=True)

    async def aclose(self) -> None:
        try:
            if self._exchange.done:
                async for part in self._parts:
                    self._exchange.body += part
            self._exchange.check(whole=self._exchange.done)
        finally:
            await self._stream.aclose()


class AsyncTransport(httpx2.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        await request.aread()
        request.headers["accept-encoding"] = "identity"
        response = await super().handle_async_request(request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _AsyncBody(response.stream, Exchange(request, response))
        return response
