"""Fakes of the chain and price services on loopback: mempool's REST, Esplora, Core's RPC, Kraken, Coinbase, CoinGecko.

Real HTTP from a thread. Strict: a path or parameter that the service does not have answers 404 and is kept in `strays`, which
`check` refuses. Faults are switched on and off while it runs.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from tests.support.chain_faults import CHAIN_FAULTS, Fault
from tests.support.chain_services import NotServed, Request, Service
from tests.support.chain_world import Block, World, hash_of

LAG = 7
HTML = b"<!DOCTYPE html><html><head><title>Attention</title></head><body><h1>Something is wrong</h1></body></html>"


class FakeService:
    """One server that shows `world` the way of a service. Use as a context manager; `check` at the end."""

    def __init__(self, world: World, service: Service) -> None:
        self.world, self.service = world, service
        self.faults: set[Fault] = set()
        self.retry_after = "1"
        self.calls: list[str] = []
        self.strays: list[str] = []
        self.missing: set[str] = set()  # first parts of paths that this server does not know
        self.missing_exactly: set[str] = set()
        self.frozen_at = world.tip
        self._closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}{self.service.prefix}"

    @property
    def name(self) -> str:
        return f"127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self.check()

    def check(self) -> None:
        assert not self.strays, f"{self.service.prefix}: called what is not there: {self.strays[:10]}"

    def befall(self, *faults: Fault) -> None:
        """These faults and no others, from now on."""
        self.faults = set(faults)
        self.frozen_at = self.world.tip

    # --- what this server believes

    def blocks(self) -> dict[int, Block]:
        """The chain as its faults let it see it."""
        blocks, faults = self.world.blocks, self.faults
        if not faults.intersection(CHAIN_FAULTS):
            return blocks
        top = self.world.tip
        if Fault.FROZEN in faults:
            top = min(top, self.frozen_at)
        if Fault.LAGS in faults:
            top -= LAG
        seen = {height: block for height, block in blocks.items() if height <= top}
        return {height + self._lifted(): self._lied(block) for height, block in seen.items()}

    def _lifted(self) -> int:
        return 40_000 if Fault.AHEAD in self.faults else 0

    def _lied(self, block: Block) -> Block:
        if Fault.AHEAD in self.faults:
            block = replace(block, height=block.height + self._lifted())
        if Fault.OTHER_CHAIN in self.faults:
            block = replace(block, hash=hash_of("liar", block.height), previous=hash_of("liar", block.height - 1))
        if Fault.WRONG_BITS in self.faults:
            block = replace(block, bits=block.bits - 0x1111)
        if Fault.FUTURE in self.faults:
            block = replace(block, time=block.time + 86_400)
        return block

    def price(self) -> str:
        if Fault.NO_PRICE in self.faults:
            return "-1"
        return str(self.world.price * (10 if Fault.TENFOLD in self.faults else 1))

    # --- one request

    def answer(self, method: str, target: str, headers: Any, body: bytes) -> tuple[int, str, bytes, dict[str, str]]:
        """Status, content type, body and further headers."""
        parts = urlsplit(target)
        self.calls.append(f"{method} {parts.path}")
        plain = self._http_fault()
        if plain is not None:
            return plain
        try:
            path = parts.path.removeprefix(self.service.prefix)
            if path in self.missing_exactly or any(path.startswith(missing) for missing in self.missing):
                raise NotServed
            given = self.service.answer(self, Request(method, parts.path, dict(parse_qsl(parts.query)), headers, body))
        except NotServed as stray:
            if not self.missing:
                self.strays.append(f"{method} {target} {stray}")
            return 404, "text/plain", b"Not found", {}
        if isinstance(given, str):
            return 200, "text/plain", given.encode(), {}
        status, given = given if isinstance(given, tuple) else (200, given)
        return status, "application/json", json.dumps(self._distorted(given)).encode(), {}

    def _http_fault(self) -> tuple[int, str, bytes, dict[str, str]] | None:
        answers = {
            Fault.ERROR: (500, "text/plain", b"Internal error", {}),
            Fault.HTML_502: (502, "text/html", HTML, {}),
            Fault.HTML_429: (429, "text/html; charset=utf-8", HTML, {}),
            Fault.WAIT: (429, "text/plain", b"slow down", {"Retry-After": self.retry_after}),
            Fault.HTML_200: (200, "text/html", HTML, {}),
            Fault.SYNCING: (503, "text/plain", b"Service Unavailable", {}),
            Fault.GARBAGE: (200, "application/json", b'{"a": [1, 2, \xff', {}),
            Fault.HUGE: (200, "application/json", b"[" + b"1," * 9_000_000 + b"1]", {}),
        }
        if Fault.HANG in self.faults:
            self._closing.wait(30)
            raise ConnectionError
        if Fault.CUT in self.faults:
            raise ConnectionError
        return next((answers[fault] for fault in answers if fault in self.faults), None)

    def _distorted(self, given: Any) -> Any:
        if Fault.EMPTY in self.faults:
            return [] if isinstance(given, list) else {}
        if Fault.WRONG_TYPES in self.faults:
            return _mapped(given, lambda value: [value] if isinstance(value, str) else {"n": value})
        return _mapped(given, lambda _: None) if Fault.NULLS in self.faults else given


def _mapped(given: Any, change: Callable[[Any], Any]) -> Any:
    """The same shape with every value changed."""
    if isinstance(given, dict):
        return {key: _mapped(value, change) for key, value in given.items()}
    return [_mapped(value, change) for value in given] if isinstance(given, list) else change(given)


def _handler(fake: FakeService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else every answer waits 40 ms for the acknowledgement of its head

        def _do(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            try:
                status, kind, content, more = fake.answer(self.command, self.path, self.headers, body)
            except ConnectionError:
                self.close_connection = True
                return
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            for name, value in more.items():
                self.send_header(name, value)
            self.end_headers()
            if Fault.CUT_LATE in fake.faults:
                content = content[: len(content) // 2]
                self.close_connection = True
            try:
                self.wfile.write(content)
            except OSError:
                self.close_connection = True

        do_GET = do_POST = _do  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Silent."""

    return Handler


def soon(condition: Callable[[], Any], within: float = 10) -> None:
    """Waits until the condition holds."""
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.01)
