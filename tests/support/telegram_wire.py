"""The fake server's socket: HTTP/1.1 on loopback, a thread per connection, bodies of every form that the Bot API takes."""

import json
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.support.telegram_spec import Upload

PATH = re.compile(r"(?:/[^/]+)*?/bot([^/]+)/([A-Za-z]+)")
NAME = re.compile(rb'name="([^"]*)"')
FILENAME = re.compile(rb'filename="')


@dataclass
class Answer:
    """What goes back: a status and JSON or HTML, or nothing at all with the connection cut."""

    status: int = 200
    body: dict[str, Any] = field(default_factory=dict)
    html: str | None = None
    cut: bool = False
    headers: dict[str, str] = field(default_factory=dict)


Answering = Callable[[str, str, dict[str, Any]], Answer]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: "Server"

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:  # the client died while it wrote: nothing was asked
            return self.give(Answer(cut=True))
        address = urlsplit(self.path)
        found = PATH.fullmatch(unquote(address.path))
        given = dict(parse_qsl(address.query, keep_blank_values=True)) | read_body(self.headers.get("Content-Type", ""), body)
        answer = self.server.answering(found[1], found[2], given) if found else Answer(404, {"ok": False, "error_code": 404})
        return self.give(answer)

    do_GET = do_POST  # noqa: N815  # the name that the standard library calls

    def give(self, answer: Answer) -> None:
        if answer.cut:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        kind = "text/html" if answer.html is not None else "application/json"
        body = (answer.html if answer.html is not None else json.dumps(answer.body)).encode()
        head = [f"HTTP/1.1 {answer.status} {self.responses.get(answer.status, ('Answer',))[0]}", f"Content-Type: {kind}"]
        head += [f"Content-Length: {len(body)}", *(f"{name}: {value}" for name, value in answer.headers.items())]
        self.wfile.write("\r\n".join(head).encode() + b"\r\n\r\n" + body)

    def handle(self) -> None:
        self.server.connections.add(self.connection)
        try:
            super().handle()
        except (ConnectionError, TimeoutError, ValueError):  # the client went away, or the test is over
            self.close_connection = True
        finally:
            self.server.connections.discard(self.connection)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the fake keeps its own record of calls."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, answering: Answering) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answering = answering
        self.connections: set[socket.socket] = set()
        self.thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        return self.server_address[1]

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        self.thread.join()


def read_body(kind: str, body: bytes) -> dict[str, Any]:
    """Parameters out of a form, JSON or multipart body; file parts become `Upload`."""
    if kind.startswith("application/json"):
        return json.loads(body or b"{}")
    if kind.startswith("multipart/form-data"):
        return read_multipart(kind.partition("boundary=")[2].strip('"').encode(), body)
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def read_multipart(boundary: bytes, body: bytes) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for part in body.split(b"--" + boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name, content = NAME.search(head), content.removesuffix(b"\r\n")
        if name:
            given[name[1].decode()] = Upload(content) if FILENAME.search(head) else content.decode()
    return given
