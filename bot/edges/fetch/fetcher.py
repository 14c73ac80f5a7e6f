"""One request for a feed or a page: bounded in bytes, time and redirects, each hop checked by the guard.

The address in the request is the one that the guard checked, while the Host header and TLS keep the name; connections are not
kept, since two names may share an address. A 403 is tried once more under another agent name: many sites judge by it alone.
"""

from __future__ import annotations

import asyncio
import email.utils
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx

from bot.edges.fetch.addresses import Guard
from bot.edges.fetch.bodies import plain_body
from bot.errors import FetchError, ForbiddenHostError

AGENTS = ("Assay/0.1 (bitcoin mining news reader)", "Mozilla/5.0 (compatible; Assay/0.1; feed reader)")
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_MAX_WAIT = 86_400.0
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is where it came from in the end; `moved_to` where permanent redirects say the feed lives now.

    `not_modified`: the validators still hold, and the body is empty.
    """

    status: int
    body: bytes
    url: str
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    charset: str | None = None
    not_modified: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost. `seconds` covers everything from name lookup to the last byte."""

    seconds: float = 30.0
    max_bytes: int = 5_000_000
    redirects: int = 5


class Fetcher:
    """Fetches feeds and pages. An async context manager; one serves many fetches at a time."""

    def __init__(self, guard: Guard | None = None, limits: Limits | None = None, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """`guard` decides where connections may go, public addresses only if left out; `transport` is httpx's way to the network."""
        self._guard = guard or Guard()
        self._limits = limits or Limits()
        # Proxies of the environment are left out: the address must be the one that was checked.
        self._client = httpx.AsyncClient(
            transport=transport, trust_env=False, timeout=15.0, limits=httpx.Limits(max_keepalive_connections=0)
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes every connection."""
        await self._client.aclose()

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """The answer to a GET of `url`, redirects followed; with the validators of an earlier answer it may be "not modified".

        FetchError with a line for a person, and `status` and `retry_after` where the server gave them; ForbiddenHostError for an
        address that may not be fetched.
        """
        validators = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in validators.items() if value}
        try:
            async with asyncio.timeout(self._limits.seconds):
                fetched = await self._fetch(url, headers)
        except TimeoutError:
            raise FetchError(f"no complete answer within {self._limits.seconds:g} s") from None
        if fetched.not_modified:  # which need not name the validators again
            return replace(fetched, etag=fetched.etag or etag, last_modified=fetched.last_modified or last_modified)
        return fetched

    async def _fetch(self, url: str, headers: dict[str, str]) -> Fetched:
        for agent in AGENTS[:-1]:
            try:
                return await self._follow(url, {**headers, "User-Agent": agent})
            except FetchError as error:
                if error.status != httpx.codes.FORBIDDEN:
                    raise
        return await self._follow(url, {**headers, "User-Agent": AGENTS[-1]})

    async def _follow(self, url: str, headers: dict[str, str]) -> Fetched:
        moved_to = None
        permanent = True
        here = _parsed(url)
        for _ in range(self._limits.redirects + 1):
            status, answered, body = await self._ask(here, headers)
            if status not in _REDIRECTS or "location" not in answered:
                return _finished(status, answered, body, here, moved_to)
            here = _parsed(answered["location"], here)
            permanent = permanent and status in _PERMANENT
            moved_to = str(here) if permanent else moved_to
        raise FetchError(f"more than {self._limits.redirects} redirects")

    async def _ask(self, url: httpx.URL, headers: dict[str, str]) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and plain body of one request; tries the host's addresses in turn."""
        addresses = await self._guard.addresses(url.host, url.port or (443 if url.scheme == "https" else 80))
        for address in addresses[:-1]:
            try:
                return await self._ask_at(address, url, headers)
            except httpx.ConnectError:
                continue
            except httpx.HTTPError as error:
                raise FetchError(_reason(error)) from None
        try:
            return await self._ask_at(addresses[-1], url, headers)
        except httpx.HTTPError as error:
            raise FetchError(_reason(error)) from None

    async def _ask_at(self, address: str, url: httpx.URL, headers: dict[str, str]) -> tuple[int, httpx.Headers, bytes]:
        pinned = url.copy_with(host=address)
        sent = {"Host": url.netloc.decode("ascii"), "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate", **headers}
        request = self._client.build_request("GET", pinned, headers=sent, extensions={"sni_hostname": url.raw_host.decode("ascii")})
        response = await self._client.send(request, stream=True)
        try:
            raw = bytearray()
            async for chunk in response.aiter_raw():
                raw += chunk
                if len(raw) > self._limits.max_bytes:
                    raise FetchError(f"the answer is larger than {self._limits.max_bytes // 1_000_000} MB", status=response.status_code)
        finally:
            await response.aclose()
        return (
            response.status_code,
            response.headers,
            plain_body(bytes(raw), response.headers.get("content-encoding", ""), self._limits.max_bytes),
        )


def _parsed(url: str, base: httpx.URL | None = None) -> httpx.URL:
    try:
        parsed = base.join(url) if base else httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        raise FetchError("the address is not a valid URL") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        raise ForbiddenHostError("only http and https addresses are fetched")
    return parsed.copy_with(fragment=None)


def _finished(status: int, headers: httpx.Headers, body: bytes, url: httpx.URL, moved_to: str | None) -> Fetched:
    if status != httpx.codes.NOT_MODIFIED and not httpx.codes.is_success(status):
        raise FetchError(_refusal(status, headers), status=status, retry_after=_retry_after(headers))
    found = _CHARSET.search(headers.get("content-type", ""))
    return Fetched(
        status=status,
        body=b"" if status == httpx.codes.NOT_MODIFIED else body,
        url=str(url),
        moved_to=moved_to,
        etag=headers.get("etag"),
        last_modified=headers.get("last-modified"),
        charset=found[1] if found else None,
        not_modified=status == httpx.codes.NOT_MODIFIED,
    )


def _refusal(status: int, headers: httpx.Headers) -> str:
    if headers.get("cf-mitigated", "").lower() == "challenge":
        return f"the site wants a browser check (Cloudflare challenge, HTTP {status}) that a program cannot pass"
    return f"HTTP {status} {httpx.codes.get_reason_phrase(status)}".strip()


def _retry_after(headers: httpx.Headers) -> float | None:
    """Seconds to wait, from a Retry-After in seconds or as a date, at most a day; None if there is none."""
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(?:\.\d+)?", text):
        return min(float(text), _MAX_WAIT)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except (ValueError, IndexError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.now(UTC)).total_seconds(), 0.0), _MAX_WAIT)


def _reason(error: httpx.HTTPError) -> str:
    """A line for a person: what httpx says is often empty."""
    match error:
        case httpx.ConnectTimeout() | httpx.ReadTimeout() | httpx.WriteTimeout() | httpx.PoolTimeout():
            return "the server did not answer in time"
        case httpx.ConnectError() if "certificate" in str(error).lower():
            return f"the server's certificate is not valid: {str(error).rpartition(': ')[2] or error}"
        case httpx.ConnectError():
            return "no connection to the server"
        case httpx.RemoteProtocolError() | httpx.ReadError():
            return "the server broke off its answer"
        case _:
            return f"{type(error).__name__}: {error}".rstrip(": ")
