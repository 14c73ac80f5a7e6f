"""Telegram's limits, kept by us: sliding windows over all messages, over each chat, and over each crowded chat.

Telegram allows 30 messages a second over all, 1 a second in a chat and 20 a minute in a group or channel, and counts them as they
arrive. Two messages let go a second apart may arrive closer together, so each window is a little stricter than Telegram's: 29 in
1.033 s with at least 1/40 s between two (28.1 a second in the long run, and a stall is caught up within a window), and a chat's
windows count from the moment its last call was answered. One call at a time is under way in a chat, which also keeps its order.
Broadcasts that are paid for have a window of their own over all chats; those of a chat hold for them as well.

`Windows` is the rule, without clock or waiting; `Limiter` lets coroutines wait for their turn, answers to people first.
A refusal with `retry_after` holds that chat. Only when `REFUSED_IN_A_ROW` chats in a row, with no success between them, were
refused or not reached, Telegram means everyone, and everyone waits.
"""

from __future__ import annotations

import asyncio
import time
from bisect import insort
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

REFUSED_IN_A_ROW = 5
MOST_WATCHED = 2000  # chats, before those that need no watch are forgotten
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be sent; times in seconds. The defaults are Telegram's with a margin for messages that overtake each other.

    `paid` is how many may go in the overall window that are paid for: Telegram lets 1,000 a second through.
    """

    overall: int = 29
    paid: int = 900
    overall_window: float = 1.033
    gap: float = 1 / 40
    chat_gap: float = 1.02
    crowd: int = 20
    crowd_window: float = 60.5


def is_crowded(chat_id: int) -> bool:
    """Groups and channels have negative ids; they take 20 messages a minute."""
    return chat_id < 0


@dataclass(slots=True)
class _Chat:
    recent: deque[float] = field(default_factory=deque)
    held_until: float = 0.0
    under_way: bool = False


class Windows:
    """Who may send when. `now` is any clock that only goes forward, in seconds."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._recent: deque[float] = deque(maxlen=self.limits.overall)
        self._paid: deque[float] = deque(maxlen=self.limits.paid)
        self._chats: dict[int, _Chat] = {}
        self._held_until = 0.0
        self._refused: dict[int, float] = {}

    def ready_at(self, *, paid: bool = False) -> float:
        """When the next message, or the next that is paid for, may go, whatever its chat."""
        ready, recent = self._held_until, self._paid if paid else self._recent
        if recent and not paid:
            ready = max(ready, recent[-1] + self.limits.gap)
        if len(recent) == recent.maxlen:
            ready = max(ready, recent[0] + self.limits.overall_window)
        return ready

    def chat_ready_at(self, chat_id: int) -> float:
        """When the chat's own windows let a message through; NEVER while one is under way."""
        chat = self._chats.get(chat_id)
        if chat is None:
            return 0.0
        if chat.under_way:
            return NEVER
        ready = chat.held_until
        if chat.recent:
            ready = max(ready, chat.recent[-1] + self.limits.chat_gap)
        if is_crowded(chat_id) and len(chat.recent) == self.limits.crowd:
            ready = max(ready, chat.recent[0] + self.limits.crowd_window)
        return ready

    def take(self, chat_id: int, now: float, *, paid: bool = False) -> None:
        """A message goes to the chat now; the caller has seen that it may."""
        if len(self._chats) > MOST_WATCHED:
            self.waiting(now)
        (self._paid if paid else self._recent).append(now)
        chat = self._chat(chat_id)
        chat.recent.append(now)
        chat.under_way = True

    def settle(self, chat_id: int, now: float) -> None:
        """The call is over: the chat's windows count from here, whenever the message arrived."""
        chat = self._chats.get(chat_id)
        if chat is not None and chat.under_way:
            chat.under_way = False
            chat.recent[-1] = now

    def passed(self) -> None:
        """Telegram took a message, so it does not mean everyone."""
        self._refused.clear()

    def failed(self, chat_id: int, seconds: float, now: float) -> None:
        """A call to the chat was refused for a while or got nowhere. Different chats in a row hold all, for the shortest of the whiles."""
        self._refused[chat_id] = now + seconds
        if len(self._refused) >= REFUSED_IN_A_ROW:
            self._held_until = max(self._held_until, min(self._refused.values()))
            self._refused.clear()

    def hold(self, seconds: float, now: float, chat_id: int | None = None) -> None:
        """Telegram asked to wait: nothing goes to the chat, or to any chat, for so long."""
        if chat_id is None:
            self._held_until = max(self._held_until, now + seconds)
            return
        chat = self._chat(chat_id)
        chat.held_until = max(chat.held_until, now + seconds)
        self.failed(chat_id, seconds, now)

    def held(self, now: float) -> float:
        """Seconds for which nothing goes to anyone."""
        return max(0.0, self._held_until - now)

    def _chat(self, chat_id: int) -> _Chat:
        return self._chats.setdefault(chat_id, _Chat(deque(maxlen=self.limits.crowd if is_crowded(chat_id) else 1)))

    def waiting(self, now: float) -> dict[int, float]:
        """The chats that may not be written to now, with the seconds until they may; chats that need no watch are forgotten."""
        found = {}
        for chat_id, chat in list(self._chats.items()):
            ready = self.chat_ready_at(chat_id)
            if ready > now:
                found[chat_id] = ready - now
            elif not chat.recent or chat.recent[-1] + self.limits.crowd_window < now:
                del self._chats[chat_id]
        return found


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
    async def turn(self, chat_id: int, urgency: int = 0, *, paid: bool = False) -> AsyncIterator[None]:
        """Waits until a message may go to the chat; the block is the call itself. Smaller `urgency` goes first."""
        waiter = _Waiter(urgency, next(self._numbers), chat_id, asyncio.get_running_loop().create_future(), paid)
        insort(self._waiters, waiter)
        self._pump()
        try:
            await waiter.turn
            yield
        finally:
            if waiter in self._waiters:
                self._waiters.remove(waiter)
            else:
                self.windows.settle(chat_id, self._clock())
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
