"""A fake of a mempool server's websocket on loopback, strict about what is asked of it."""

import json
import threading
from typing import Any, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from tests.support.chain_services import mempool_block
from tests.support.chain_world import World


class FakeBell:
    """Sends the newest blocks to whoever wants blocks, and a new one when `ring` is called. Use as a context manager."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.deaf = False  # answers no ping
        self.connections: list[ServerConnection] = []
        self.asked: list[Any] = []
        self.wrong: list[str] = []
        self._server: Server = serve(self._serve, "127.0.0.1", 0, close_timeout=0.3)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self._server.socket.getsockname()[1]}/api"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()
        self._server.shutdown()
        self._thread.join()
        assert not self.wrong, self.wrong

    def _serve(self, socket: ServerConnection) -> None:
        if socket.request is None or socket.request.path != "/api/v1/ws":
            self.wrong.append(str(socket.request))
            return
        self.connections.append(socket)
        try:
            for message in socket:
                self._hear(socket, json.loads(message))
        except ConnectionClosed:
            pass

    def _hear(self, socket: ServerConnection, asked: Any) -> None:
        self.asked.append(asked)
        match asked:
            case {"action": "want", "data": ["blocks"]}:
                newest = [mempool_block(self.world.blocks[height]) for height in range(self.world.tip - 7, self.world.tip + 1)]
                socket.send(json.dumps({"blocks": newest, "loadingIndicators": {}}))
            case {"action": "ping"}:
                if not self.deaf:
                    socket.send(json.dumps({"pong": True}))
            case _:
                self.wrong.append(str(asked))

    def send(self, message: Any) -> None:
        for socket in self.connections:
            try:
                socket.send(message if isinstance(message, str | bytes) else json.dumps(message))
            except ConnectionClosed:
                continue

    def ring(self) -> None:
        """Tells of the world's newest block."""
        self.send({"block": mempool_block(self.world.blocks[self.world.tip]), "mempoolInfo": {"size": 1}})

    def drop(self) -> None:
        """Ends every connection."""
        for socket in self.connections:
            socket.close()
        self.connections = []
