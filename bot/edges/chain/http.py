"""One door to one server: bounded, patient and never believing.

An answer counts only with HTTP 200 and the form that was asked for; servers send HTML pages with 429 and 502, and error
texts with 200. Cut connections, 5xx and 429 are tried again a few times with growing, jittered waits; a server that asks
for time (`Retry-After`) is left alone for it, at most ten minutes. Every failure is a `SourceError` in one line, without
addresses, since those may hold a password.
"""

from __future__ import annotations

import asyncio
import json
import random
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpx

from bot.errors import SourceError

LARGEST_ANSWER = 16_000_000
LONGEST_WAIT = 600.0
PATIENCE = 5.0  # a wait longer than this is left to the next poll
ATTEMPTS = 3
FIRST_PAUSE = 0.4
TIMEOUT = 8.0
_DEADLINE = 20.0  # for all attempts together, also against a server that sends a byte now and then
_NOT_OFFERED = frozenset({400, 404, 405, 410, 501})
_AGENT = "assay-bot"

Client = httpx.AsyncClient
Params = Mapping[str, str | int]


def open_client(timeout: float = TIMEOUT) -> httpx.AsyncClient:
    """One client for all sources; the caller closes it. `timeout`: seconds without a byte. Redirects are followed three times."""
    limits = httpx.Limits(max_connections=20, max_keepalive_connections=10)
    return httpx.AsyncClient(
        verify=_trust(), timeout=timeout, limits=limits, follow_redirects=True, max_redirects=3, headers={"User-Agent": _AGENT}
    )


@cache
def _trust() -> ssl.SSLContext:
    """The certificates that are trusted, read once."""
    return httpx.create_ssl_context()


def host_of(root: str) -> str:
    """What users are shown of an address: host and an unusual port, never a password."""
    parts = urlsplit(root)
    host = parts.hostname or root
    return f"{host}:{parts.port}" if parts.port else host


class NotOfferedError(SourceError):
    """The server has no such path or block."""


@dataclass(eq=False)
class _Again(Exception):  # noqa: N818 - a signal between two functions, not an error of its own
    """An attempt that may be repeated after `wait` seconds (None: a growing pause), or fails as `reason`."""

    reason: str
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    headers: httpx.Headers
    body: bytes

    @property
    def is_html(self) -> bool:
        return "html" in self.headers.get("content-type", "").lower() or self.body.lstrip()[:1] == b"<"


class Door:
    """Calls to the server at `root`. `auth` is a user and a password for HTTP Basic."""

    def __init__(
        self, client: httpx.AsyncClient, root: str, *, auth: tuple[str, str] | None = None, first_pause: float = FIRST_PAUSE
    ) -> None:
        self._client = client
        self._root = root.rstrip("/")
        self._auth = auth
        self._first_pause = first_pause
        self._closed_until = 0.0

    async def json(self, path: str, params: Params | None = None) -> Any:
        """The JSON at `path`; numbers with a point are `Decimal`."""
        return _parsed(await self._get(path, params))

    async def text(self, path: str) -> str:
        """The short plain text at `path`, without space around it."""
        reply = await self._get(path, None)
        if reply.is_html:
            raise SourceError("an HTML page instead of text")
        return reply.body[:200].decode("ascii", "replace").strip()

    async def post(self, body: Mapping[str, Any], accept: frozenset[int] = frozenset()) -> Any:
        """Posts JSON to the root and returns the JSON answer; the HTTP states `accept` count as answers too."""
        return _parsed(await self._tried("POST", "", body, accept))

    async def _get(self, path: str, params: Params | None) -> _Reply:
        return await self._tried("GET", path, params, frozenset())

    async def _tried(self, method: str, path: str, data: Mapping[str, Any] | None, accept: frozenset[int]) -> _Reply:
        self._refuse_while_closed()
        try:
            async with asyncio.timeout(_DEADLINE):
                for attempt in range(1, ATTEMPTS):
                    try:
                        return await self._once(method, path, data, accept)
                    except _Again as again:
                        await self._wait(again, attempt)
                return await self._once(method, path, data, accept)
        except _Again as again:
            self._give_up(again)
        except TimeoutError:
            raise SourceError("no answer in time") from None

    async def _wait(self, again: _Again, attempt: int) -> None:
        wait = self._first_pause * 2**attempt * (0.5 + random.random()) if again.wait is None else again.wait  # noqa: S311
        if wait > PATIENCE:
            raise again
        await asyncio.sleep(wait)

    def _refuse_while_closed(self) -> None:
        left = self._closed_until - time.monotonic()
        if left > 0:
            raise SourceError(f"it asked for a pause, {left:.0f} s are left")

    def _give_up(self, again: _Again) -> NoReturn:
        if again.wait is not None:
            self._closed_until = time.monotonic() + again.wait
        raise SourceError(again.reason) from None

    async def _once(self, method: str, path: str, data: Mapping[str, Any] | None, accept: frozenset[int]) -> _Reply:
        params, body = (data, None) if method == "GET" else (None, data)
        request = self._client.build_request(method, self._root + path, params=params, json=body)
        try:
            response = await self._client.send(request, stream=True, auth=self._auth)
            try:
                reply = _Reply(response.status_code, response.headers, await _bounded(response))
            finally:
                await response.aclose()
        except httpx.TimeoutException:
            raise SourceError("no answer in time") from None
        except httpx.TransportError as error:
            raise _Again(f"no connection ({type(error).__name__})") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise SourceError(f"the request failed ({type(error).__name__})") from None
        _check_status(reply, accept)
        return reply


async def _bounded(response: httpx.Response) -> bytes:
    received = bytearray()
    async for chunk in response.aiter_bytes():
        received += chunk
        if len(received) > LARGEST_ANSWER:
            raise SourceError(f"the answer is larger than {LARGEST_ANSWER // 1_000_000} MB")
    return bytes(received)


def _check_status(reply: _Reply, accept: frozenset[int]) -> None:
    status = reply.status
    if status == 200 or status in accept:
        return
    reason = f"HTTP {status}{_hint(reply)}"
    if status == 429:
        raise _Again(f"{reason}: too many requests", _retry_after(reply))
    if status >= 500:
        raise _Again(reason, _retry_after(reply))
    raise (NotOfferedError if status in _NOT_OFFERED else SourceError)(reason)


def _hint(reply: _Reply) -> str:
    """The server's own words, if they are few and no page."""
    text = reply.body[:200].decode("utf-8", "replace").strip()
    usable = text and not reply.is_html and len(text) <= 80 and text.isprintable()
    return f" ({text})" if usable else ""


def _retry_after(reply: _Reply) -> float | None:
    """Seconds that the server asks to wait, as a number or as a date; None if it does not, or not in words we know."""
    value = reply.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return min(float(value), LONGEST_WAIT)
    try:
        wait = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return None
    return min(max(wait, 0.0), LONGEST_WAIT)


def _parsed(reply: _Reply) -> Any:
    if reply.is_html:
        raise SourceError("an HTML page instead of JSON")
    try:
        return json.loads(reply.body, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, ArithmeticError, RecursionError):
        raise SourceError("the answer is no JSON") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
