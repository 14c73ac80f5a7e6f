"""A mempool server's websocket as a bell: it rings when a block was found, within seconds.

What it says is a hint, not a figure: whoever hears it asks the sources and compares, as at any other time. Silence is ended
by a ping and, without an answer, by connecting anew; blocks missed meanwhile are seen from the list sent at the start.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from bot.edges.chain.esplora import read_header
from bot.edges.chain.http import host_of
from bot.errors import SourceError
from bot.model import BlockHeader

SILENCE = 30.0
_LARGEST_MESSAGE = 4_000_000
FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0

Ring = Callable[[BlockHeader], None]


class MempoolBell:
    """The websocket of the server whose API root is `root`. `silence`: seconds without a word before it is asked."""

    def __init__(self, root: str, *, silence: float = SILENCE, first_pause: float = FIRST_PAUSE) -> None:
        self.name = host_of(root)
        self._address = "ws" + root.removeprefix("http").rstrip("/") + "/v1/ws"
        self._silence = silence
        self._first_pause = first_pause

    async def listen(self, ring: Ring) -> None:
        """Rings for ever; a lost connection is made anew after a growing, jittered pause."""
        pause = self._first_pause
        while True:
            with contextlib.suppress(OSError, TimeoutError, WebSocketException, SourceError):
                async with connect(self._address, max_size=_LARGEST_MESSAGE, open_timeout=10, close_timeout=2) as socket:
                    pause = self._first_pause
                    await self._hear(socket, ring)
            await asyncio.sleep(pause * (0.5 + random.random()))  # noqa: S311 - no secret
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _hear(self, socket: ClientConnection, ring: Ring) -> None:
        await socket.send(json.dumps({"action": "want", "data": ["blocks"]}))
        rung = -1
        while True:
            for block in blocks_of(await self._message(socket)):
                if block.height != rung:
                    rung = block.height
                    ring(block)

    async def _message(self, socket: ClientConnection) -> str | bytes:
        """The next message; TimeoutError when there is none even after a ping."""
        # Not `asyncio.wait_for`: before Python 3.12 it loses a cancellation that comes together with a message (bpo-37658),
        # and who waits for this to end would wait for ever.
        try:
            async with asyncio.timeout(self._silence):
                return await socket.recv()
        except TimeoutError:
            await socket.send(json.dumps({"action": "ping"}))
        async with asyncio.timeout(self._silence):
            return await socket.recv()


def blocks_of(message: str | bytes) -> list[BlockHeader]:
    """The newest block that a message tells of, if it does; SourceError for what is no JSON object or no block."""
    try:
        said: Any = json.loads(message, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        raise SourceError("a message is no JSON") from None
    if not isinstance(said, dict):
        raise SourceError("a message is no object")
    if isinstance(said.get("block"), dict):
        return [read_header(said["block"])]
    listed = said.get("blocks")
    known = [read_header(block) for block in listed] if isinstance(listed, list) else []
    return [max(known, key=lambda block: block.height)] if known else []
