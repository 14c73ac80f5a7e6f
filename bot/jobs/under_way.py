"""How many messages are under way at once: as few as keep the pace.

From the moment a message leaves until it is marked, nobody could tell whether it arrived: if the process is killed meanwhile, it is
told again. So one waits for the one before to be marked, as long as that keeps up with the slots. Only where answers take longer than
a slot, or a busy machine falls behind, more go side by side: as many as the time that each takes asks for, and one more for every
`BEHIND` seconds that the next is late. A call that hangs is not waited for.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from bot.edges.store.pace import GAP

BEHIND = 0.08
HANGS = 0.3  # seconds after which a call is no longer waited for
WEIGHT = 0.1  # of the last call in what one is believed to take


class UnderWay:
    """Hands out places to messages that are about to leave, on one event loop, in the order of asking."""

    def __init__(self, slot: float = GAP.total_seconds(), clock: Callable[[], float] = time.monotonic) -> None:
        self._slot = slot
        self._clock = clock
        self._begun: list[float] = []
        self._takes, self._known = 0.0, 0
        self._door = asyncio.Lock()
        self._ended = asyncio.Event()

    async def begin(self, late: float) -> float:
        """Waits for a place, which `end` gives back; `late` are the seconds by which the message's slot has passed."""
        due = self._clock() - late
        async with self._door:
            while (wait := self._wait(due)) > 0:
                self._ended.clear()
                with suppress(TimeoutError):
                    async with asyncio.timeout(wait):
                        await self._ended.wait()
            self._begun.append(begun := self._clock())
        return begun

    def end(self, begun: float) -> None:
        """The message is marked, or surely did not arrive."""
        self._begun.remove(begun)
        took = min(HANGS, self._clock() - begun)
        self._known += 1
        self._takes += max(WEIGHT, 1 / self._known) * (took - self._takes)
        self._ended.set()

    def _wait(self, due: float) -> float:
        """Seconds until there is a place if none is given back before; 0 if there is one."""
        now = self._clock()
        fresh = [begun for begun in self._begun if begun + HANGS > now]
        late = max(0.0, now - due)
        if len(fresh) < 1 + int(self._takes / self._slot) + int(late / BEHIND):
            return 0.0
        one_more = BEHIND - late % BEHIND
        return min(one_more, fresh[0] + HANGS - now) + 0.001
