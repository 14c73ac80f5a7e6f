"""What Telegram's refusals taught about chats and messages, for some time: so that the next call is the right one at once.

A call that was refused may count against a chat's pace. Hence what failed is not tried another way in the same breath, but later, in a
turn of its own, knowing better.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable

KEPT = 3600.0  # rights come back
MOST = 10_000


class Learned:
    """A set whose members are forgotten after an hour. `clock` in seconds, only forward."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[Hashable, float] = {}

    def add(self, fact: Hashable) -> None:
        """Keeps it, from now on; of too many the oldest go."""
        self._until.pop(fact, None)
        self._until[fact] = self._clock() + KEPT
        while len(self._until) > MOST:
            del self._until[next(iter(self._until))]

    def __contains__(self, fact: Hashable) -> bool:
        return self._until.get(fact, float("-inf")) > self._clock()
