"""Pictures that Telegram has already: one that was uploaded is sent by the id that Telegram gave it, however many chats it goes to.

The ids live in memory, for the latest pictures: a restart uploads each once more, which costs less than keeping them. While a picture
is on its way up for the first time, others that want it wait for its id, but not for long: a call may hang. A picture whose id was
refused is uploaded with every message from then on, so that no message is asked twice for nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from hashlib import sha256

MOST_KEPT = 200
PATIENCE = 1.5  # seconds that a message waits for the first upload of its picture


class Pictures:
    """The ids of pictures by their bytes. For one event loop."""

    def __init__(self, most: int = MOST_KEPT, patience: float = PATIENCE) -> None:
        self._most, self._patience = most, patience
        self._ids: dict[bytes, str | None] = {}  # oldest first; None: Telegram refused the id
        self._uploads: dict[bytes, asyncio.Event] = {}

    @asynccontextmanager
    async def ready(self, photo: bytes | None) -> AsyncIterator[None]:
        """Enters when the picture has an id, or when it is for the block to upload it. Nothing to wait for without a picture."""
        name = None if photo is None else _name(photo)
        if name is None or not await self._is_ours(name):
            yield
            return
        self._uploads[name] = done = asyncio.Event()
        try:
            yield
        finally:
            done.set()
            if self._uploads.get(name) is done:
                del self._uploads[name]

    def id_of(self, photo: bytes) -> str | None:
        """Telegram's id of the picture; None if it has to be uploaded."""
        return self._ids.get(_name(photo))

    def learn(self, photo: bytes, file_id: str) -> None:
        """Telegram took the picture and calls it so."""
        self._ids.setdefault(_name(photo), file_id)
        while len(self._ids) > self._most:
            self._ids.pop(next(iter(self._ids)))

    def refuse(self, photo: bytes) -> None:
        """Telegram did not take the id."""
        self._ids[_name(photo)] = None

    async def _is_ours(self, name: bytes) -> bool:
        """Whether the picture is unknown and nobody else uploads it, after waiting for whoever does."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience):
                while name not in self._ids and (upload := self._uploads.get(name)) is not None:
                    await upload.wait()
        return name not in self._ids


def _name(photo: bytes) -> bytes:
    return sha256(photo).digest()
