"""Hearing of new blocks at once: every server's bell rings the same one, which brings the next pass forward.

A pass asks all sources and compares them, so a false alarm costs a few requests and nothing else; a bell that is silent
costs nothing, because passes come by themselves too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from bot.edges.chain.source import BlockBell
from bot.model import BlockHeader


async def listen(bells: Sequence[BlockBell], ring: Callable[[], None], stop: asyncio.Event) -> None:
    """Calls `ring` for every new block that any of the servers tells of, until the end."""

    def heard(_: BlockHeader) -> None:
        ring()

    listeners = [asyncio.create_task(bell.listen(heard), name=f"bell of {bell.name}") for bell in bells]
    try:
        await stop.wait()
    finally:
        for listener in listeners:
            listener.cancel()
            with suppress(asyncio.CancelledError):
                await listener
