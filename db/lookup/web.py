"""Asking services over the network: at their pace, within bounds, and so that Cancel is heard at once."""

from __future__ import annotations

import asyncio
import os
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Self

import httpx

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


class Web:
    """One round of questions; `tick` is called ten times a second while an answer is awaited, and may raise Cancelled.

    To be used by one thread, in a `with`.
    """

    def __init__(self, tick: Callable[[], None]) -> None:
        self._tick = tick
        self._next: dict[str, float] = {}
        self._runner = asyncio.Runner()
        self._client = httpx.AsyncClient(timeout=TIMEOUT, follow_redirects=True, headers={"User-Agent": AGENT})

    def __enter__(self) -> Self:
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
        asked = asyncio.ensure_future(self._fetch(address, request))
        try:
            while not (await asyncio.wait({asked}, timeout=TICK_SECONDS))[0]:
                self._tick()
            return asked.result()
        finally:
            asked.cancel()
            await asyncio.gather(asked, return_exceptions=True)

    async def _fetch(self, address: str, request: Request) -> tuple[int, str, str]:
        async with self._client.stream("GET", address, params=dict(request.values) or None) as response:
            parts, size = [], 0
            async for part in response.aiter_bytes():
                parts.append(part)
                size += len(part)
                if size > MOST_BYTES:
                    raise httpx.DecodingError("the answer is longer than any that makes sense")
        text = b"".join(parts).decode("utf-8", "replace")
        return response.status_code, response.headers.get("Retry-After", ""), text

    def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        self._tick()
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, TICK_SECONDS))
            self._tick()


def _patience(wait: str, otherwise: float) -> float:
    """Return the seconds that an answer asks to wait, within bounds; it may also name a time, which is not read."""
    return min(float(wait) if wait.isdecimal() else otherwise, MOST_WAIT_SECONDS)


def _taken(service: Service, status: int, text: str) -> str:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return ""
    if status == HTTPStatus.OK:
        return text
    raise Refused(f"{service.label} did not take the question (answer {status:d}).")
