"""The rule of Telegram's limits, without clock or waiting: sliding windows over all messages, over each chat, and over each crowded chat.

Telegram allows 30 messages a second over all, 1 a second in a chat and 20 a minute in a group or channel, and counts them as they
arrive. When one arrived is known only to lie between the moment it was let go and the moment it was answered. So a message keeps its
place in the overall window until a second after it surely had arrived: after its answer, less the time that every answer takes, which
is learnt slowly from the shortest ones. However late a busy machine sends what was let go, no second then holds more than 30.
A call that hangs counts as arrived after `Limits.unsure`, or a few of them would stop everyone.

A chat's windows count from the moment its last call was answered; one call at a time is under way in a chat, which also keeps its order.
Broadcasts that are paid for have a window of their own over all chats; those of a chat hold for them as well.

A refusal with `retry_after` holds that chat. Only when `REFUSED_IN_A_ROW` chats in a row, with no success between them, were
refused or not reached, Telegram means everyone, and everyone waits.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from heapq import nlargest

REFUSED_IN_A_ROW = 5
MOST_WATCHED = 2000  # chats, before those that need no watch are forgotten
CREEP = 0.0003  # seconds by which the time that every answer takes is believed to grow with each call, until one is quicker
NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Limits:
    """What may be sent; times in seconds. The defaults are Telegram's, with a margin for what is not seen from here.

    `gap` lies between any two messages, so that what a stall held up does not leave in one burst. `paid` is how many may go in
    the overall window that are paid for: Telegram lets 1,000 a second through.
    """

    overall: int = 30
    paid: int = 900
    overall_window: float = 1.01
    unsure: float = 0.5
    gap: float = 1 / 40
    chat_gap: float = 1.02
    crowd: int = 20
    crowd_window: float = 60.5


def is_crowded(chat_id: int) -> bool:
    """Groups and channels have negative ids; they take 20 messages a minute."""
    return chat_id < 0


@dataclass(slots=True)
class _Call:
    """A message that was let go, and until when it may have arrived as far as is known."""

    begun: float
    arrived: float


class _Window:
    """At most `most` arrivals in any `seconds`, with `gap` between those that are let go."""

    def __init__(self, most: int, seconds: float, gap: float, unsure: float) -> None:
        self._most, self._seconds, self._gap, self._unsure = most, seconds, gap, unsure
        self._calls: list[_Call] = []
        self._always = 0.0  # seconds that every answer takes

    def ready_at(self) -> float:
        """When the next may go, if no call ends before."""
        if not self._calls:
            return 0.0
        ready = self._calls[-1].begun + self._gap
        if len(self._calls) >= self._most:
            ready = max(ready, nlargest(self._most, (call.arrived for call in self._calls))[-1] + self._seconds)
        return ready

    def begin(self, now: float) -> _Call:
        """One is let go."""
        self._calls = [call for call in self._calls if call.arrived + self._seconds > now]
        self._calls.append(call := _Call(now, now + self._unsure))
        return call

    def end(self, call: _Call, now: float) -> None:
        """Its answer is there, or all hope of one is gone."""
        self._always = min(self._always + CREEP, now - call.begun)
        call.arrived = min(call.arrived, now - self._always)

    def drop(self, call: _Call) -> None:
        """It was none."""
        self._calls = [one for one in self._calls if one is not call]


@dataclass(slots=True)
class _Chat:
    recent: deque[float] = field(default_factory=deque)
    held_until: float = 0.0
    under_way: tuple[_Window, _Call] | None = None


class Windows:
    """Who may send when. `now` is any clock that only goes forward, in seconds."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = each = limits or Limits()
        self._free = _Window(each.overall, each.overall_window, each.gap, each.unsure)
        self._paid = _Window(each.paid, each.overall_window, 0.0, each.unsure)
        self._chats: dict[int, _Chat] = {}
        self._held_until = 0.0
        self._refused: dict[int, float] = {}

    def ready_at(self, *, paid: bool = False) -> float:
        """When the next message, or the next that is paid for, may go, whatever its chat; sooner if a call ends before."""
        return max(self._held_until, (self._paid if paid else self._free).ready_at())

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
        window = self._paid if paid else self._free
        chat = self._chat(chat_id)
        chat.recent.append(now)
        chat.under_way = window, window.begin(now)

    def settle(self, chat_id: int, now: float) -> None:
        """The call is over: the chat's windows count from here, whenever the message arrived."""
        chat = self._chats.get(chat_id)
        if chat is not None and chat.under_way:
            window, call = chat.under_way
            window.end(call, now)
            chat.under_way = None
            chat.recent[-1] = now

    def waive(self, chat_id: int) -> None:
        """What was let go to the chat was not sent after all."""
        chat = self._chats.get(chat_id)
        if chat is not None and chat.under_way:
            window, call = chat.under_way
            window.drop(call)
            chat.under_way = None
            chat.recent.pop()

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
