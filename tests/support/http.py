"""A scripted HTTP server on loopback: tests say what each path answers, and read what was asked.

    with Server() as server:
        server.script("/feed", Reply(b"<rss/>"), Reply(status=304))
        ...
        assert server.requests[1].headers["if-none-match"] == '"1"'

The replies of a path are given one after the other, the last one again and again; an unknown path is a 404.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Request:
    """What was asked; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """What is answered. `delay` seconds before it, `drip` seconds between single bytes, `cut` bytes sent before the line drops."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0
    drip: float = 0
    cut: int | None = None


Answer = Reply | Callable[[Request], Reply]


class Server:
    """See the module. Ends, and joins its threads, when the `with` block does."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._scripts: dict[str, list[Answer]] = {}
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._http = _Listener(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def port(self) -> int:
        return self._http.server_address[1]

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def script(self, path: str, *answers: Answer) -> str:
        """Sets what `path` (without query) answers from now on, and gives its address."""
        with self._lock:
            self._scripts[path] = list(answers)
        return self.url(path)

    def asked(self, path: str) -> list[Request]:
        """The requests for `path`, in order."""
        return [request for request in self.requests if request.path.partition("?")[0] == path]

    def answer(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            answers = self._scripts.get(request.path.partition("?")[0])
            answer = Reply(status=404) if not answers else answers.pop(0) if len(answers) > 1 else answers[0]
        return answer if isinstance(answer, Reply) else answer(request)

    def pause(self, seconds: float) -> None:
        """Sleeps, but not beyond the server's end."""
        self._over.wait(seconds)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Listener(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up early is what some tests are about."""


def _handler(server: Server) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = server.answer(Request(self.command, self.path, headers, self.rfile.read(length)))
            server.pause(reply.delay)
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), "Connection": "close", **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD" and reply.status not in (204, 304):
                self._send(reply)
            self.close_connection = True

        def _send(self, reply: Reply) -> None:
            body = reply.body[: reply.cut]
            if not reply.drip:
                self.wfile.write(body)
                return
            for offset in range(len(body)):
                self.wfile.write(body[offset : offset + 1])
                server.pause(reply.drip)

        do_GET = do_POST = do_HEAD = _serve  # noqa: N815 - the names that http.server looks for

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the test's output is its own."""

    return Handler


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    """Waits for `condition`; AssertionError when it does not come true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("it did not happen in time")
        time.sleep(0.01)
