"""Turns to send within Telegram's limits, handed out on one event loop: answers to people first.

`bot.edges.windows` says who may send when; here coroutines wait for it.
"""

from __future__ import annotations

import asyncio
import time
from bisect import insort
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from bot.edges.windows import NEVER, Limits, Windows


@dataclass(slots=True)
class Turn:
    """Leave to send one message. Whoever sends nothing after all says so."""

    used: bool = True


@dataclass(order=True, slots=True)
class _Waiter:
    urgency: int
    number: int
    chat_id: int = field(compare=False)
    turn: asyncio.Future[None] = field(compare=False)
    paid: bool = field(compare=False, default=False)


class Limiter:
    """Hands out turns to send, on one event loop: the most urgent first, then in the order of asking."""

    def __init__(self, limits: Limits | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.windows = Windows(limits)
        self._clock = clock
        self._waiters: list[_Waiter] = []
        self._numbers = count()
        self._alarm: asyncio.TimerHandle | None = None

    @asynccontextmanager
    async def turn(self, chat_id: int, urgency: int = 0, *, paid: bool = False) -> AsyncIterator[Turn]:
        """Waits until a message may go to the chat; the block is the call itself. Smaller `urgency` goes first."""
        waiter = _Waiter(urgency, next(self._numbers), chat_id, asyncio.get_running_loop().create_future(), paid)
        insort(self._waiters, waiter)
        self._pump()
        turn = Turn()
        try:
            await waiter.turn
            yield turn
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)
            elif turn.used:
                self.windows.settle(chat_id, self._clock())
            else:
                self.windows.waive(chat_id)
            self._pump()

    def hold(self, seconds: float, chat_id: int | None = None) -> None:
        """See `Windows.hold`."""
        self.windows.hold(seconds, self._clock(), chat_id)
        self._pump()

    def failed(self, chat_id: int, seconds: float) -> None:
        """See `Windows.failed`."""
        self.windows.failed(chat_id, seconds, self._clock())

    def passed(self) -> None:
        """See `Windows.passed`."""
        self.windows.passed()

    def held(self) -> float:
        """See `Windows.held`."""
        return self.windows.held(self._clock())

    def waiting(self) -> dict[int, float]:
        """See `Windows.waiting`."""
        return self.windows.waiting(self._clock())

    def _pump(self) -> None:
        """Grants every turn that is due and sets the alarm for the next."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        while self._waiters:
            now = self._clock()
            found, ready = self._first(now)
            if found is None:
                if ready < NEVER:  # else a call that is under way will end, and pump again
                    self._alarm = asyncio.get_running_loop().call_later(ready - now, self._pump)
                return
            self._waiters.remove(found)
            self.windows.take(found.chat_id, now, paid=found.paid)
            if not found.turn.done():
                found.turn.set_result(None)

    def _first(self, now: float) -> tuple[_Waiter | None, float]:
        """The first waiter who may go, or else when the first will be allowed to."""
        soonest, overall = NEVER, {paid: self.windows.ready_at(paid=paid) for paid in (False, True)}
        for waiter in self._waiters:
            ready = max(overall[waiter.paid], self.windows.chat_ready_at(waiter.chat_id))
            if ready <= now:
                return waiter, now
            soonest = min(soonest, ready)
        return None, soonest
