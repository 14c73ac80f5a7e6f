"""How calls to Telegram fare: rough for a while after one that got no sensible answer.

In rough weather nobody waits long for an answer that someone else waits for; in calm weather a slow answer is just that.
"""

from __future__ import annotations

import time
from collections.abc import Callable

ROUGH_FOR = 30.0


class Weather:
    """Shared by all who call. `clock` in seconds, only forward."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed = float("-inf")

    def failed(self) -> None:
        """A call was cut off, hung, or met a server in trouble."""
        self._failed = self._clock()

    @property
    def rough(self) -> bool:
        """Whether that happened within the last `ROUGH_FOR` seconds."""
        return self._clock() - self._failed < ROUGH_FOR
