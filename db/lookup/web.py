"""Asking services over the network: at their pace, within bounds, and so that Cancel is heard at once."""

from __future__ import annotations

import asyncio
import os
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING, Self

import httpx

from db.domain.errors import LibraryError
from db.lookup.service import Refused, Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from db.lookup.service import Request, Service

AT = "SHEAF_LOOKUP_AT"
"""In the environment: an address below which all services are asked, each under its name, instead of their own
and without their pauses: a server of one's own."""
TICK_SECONDS = 0.1
TRIES = 3
MOST_WAIT_SECONDS = 60.0
MOST_BYTES = 20_000_000
MOST_SECONDS = 120.0
"""Of one answer; `TIMEOUT` is for each part of it."""
TIMEOUT = httpx.Timeout(30.0, connect=10.0)
AGENT = "Sheaf (reference manager)"
BUSY = frozenset(
    {
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    }
)
REFUSED = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.REQUEST_URI_TOO_LONG,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    }
)
"""Answers that speak of the question; others speak of who asks, or of the service."""
UNUSABLE = (
    "The network cannot be used as the environment asks for it, in ALL_PROXY, HTTPS_PROXY, HTTP_PROXY or SSL_CERT_FILE"
    " ({}). Nothing was looked up. Change that, and look up again."
)


class _Resolving(ThreadPoolExecutor):
    """Asks for the addresses of names, which nothing can interrupt: whoever gives up does not wait for it."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002
        super().shutdown(wait=False, cancel_futures=True)


class Web:
    """One round of questions; `tick` is called ten times a second while an answer is awaited, and may raise Cancelled.

    To be used by one thread, in a `with`. Raises LibraryError for a proxy that cannot be used.
    """

    def __init__(self, tick: Callable[[], None]) -> None:
        self._tick = tick
        self._next: dict[str, float] = {}
        self._asked = b""
        self._runner = asyncio.Runner()
        try:
            self._client = httpx.AsyncClient(
                timeout=TIMEOUT,
                follow_redirects=True,
                headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"},
                event_hooks={"request": [self._check]},
            )
        except (ImportError, OSError, ValueError, httpx.InvalidURL) as error:
            raise LibraryError(UNUSABLE.format(error)) from error

    def __enter__(self) -> Self:
        self._runner.get_loop().set_default_executor(_Resolving())
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        try:
            self._runner.run(self._client.aclose())
        finally:
            self._runner.close()

    def ask(self, service: Service, request: Request) -> str:
        """Return the answer of a service, "" when it knows of nothing.

        Raises Refused when it does not take this question, Unreachable when it does not answer.
        """
        instead = os.environ.get(AT, "").rstrip("/")
        address = (f"{instead}/{service.name}" if instead else service.base) + request.path
        pause = 0.0 if instead else service.pause
        for attempt in range(1, TRIES + 1):
            self._sleep(self._next.get(service.name, 0.0) - time.monotonic())
            try:
                status, wait, text = self._runner.run(self._answer(address, request))
            except httpx.TimeoutException:
                status, wait, text = HTTPStatus.GATEWAY_TIMEOUT, "", ""
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise Unreachable(f"{service.label} cannot be reached ({error or type(error).__name__}).") from error
            self._next[service.name] = time.monotonic() + pause
            if status not in BUSY:
                return _taken(service, status, text)
            if attempt < TRIES:
                self._sleep(_patience(wait, pause * 2**attempt))
        raise Unreachable(f"{service.label} has no time for more questions just now (answer {status:d}).")

    async def _answer(self, address: str, request: Request) -> tuple[int, str, str]:
        """Return the status, how long to wait before the next try, and the text."""
        asked = asyncio.ensure_future(self._fetch(httpx.URL(address), request))
        until = time.monotonic() + MOST_SECONDS
        try:
            while not (await asyncio.wait({asked}, timeout=TICK_SECONDS))[0]:
                self._tick()
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("the answer does not end")
            return asked.result()
        finally:
            asked.cancel()
            await asyncio.gather(asked, return_exceptions=True)

    async def _fetch(self, address: httpx.URL, request: Request) -> tuple[int, str, str]:
        self._asked = address.netloc
        async with self._client.stream("GET", address, params=dict(request.values) or None) as response:
            parts, size = [], 0
            async for part in response.aiter_raw():
                parts.append(part)
                size += len(part)
                _bounded(size)
        text = _unpacked(b"".join(parts), response.headers.get("Content-Encoding", "")).decode("utf-8", "replace")
        return response.status_code, response.headers.get("Retry-After", ""), text

    async def _check(self, request: httpx.Request) -> None:
        """Let nobody lead the question elsewhere without encryption, as into the network of one's own house."""
        if request.url.scheme != "https" and request.url.netloc != self._asked:
            raise httpx.UnsupportedProtocol(f"it leads to {request.url.scheme}://{request.url.host}")

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        self._tick()
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, TICK_SECONDS))
            self._tick()


def _bounded(size: int) -> None:
    if size > MOST_BYTES:
        raise httpx.DecodingError("the answer is longer than any that makes sense")


def _unpacked(body: bytes, packing: str) -> bytes:
    """Return what a body says, which may be packed once: a few bytes that were packed twice can be millions."""
    if packing.lower() in ("", "identity"):
        return body
    if packing.lower() != "gzip":
        raise httpx.DecodingError("the answer is packed in a way that was not asked for")
    opened = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        found = opened.decompress(body, MOST_BYTES + 1)
    except zlib.error as error:
        raise httpx.DecodingError("the answer cannot be unpacked") from error
    _bounded(len(found))
    if not opened.eof:
        raise httpx.DecodingError("the answer is cut off")
    return found


def _patience(wait: str, otherwise: float) -> float:
    """Return the seconds that an answer asks to wait, within bounds; it may also name a time, which is not read."""
    return min(float(wait) if wait.isdecimal() else otherwise, MOST_WAIT_SECONDS)


def _taken(service: Service, status: int, text: str) -> str:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return ""
    if status == HTTPStatus.OK:
        return text
    if status in REFUSED:
        raise Refused(f"{service.label} did not take the question (answer {status:d}).")
    raise Unreachable(f"{service.label} takes no questions from here just now (answer {status:d}).")
