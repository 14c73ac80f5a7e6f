"""The way of one message that was claimed: its slot, its turn, its place among those under way, the call, and the mark.

Commands are dead words to who reads a channel, so in what is posted there they leave as links to the bot. What is owed keeps them as
words: so it is the same for every chat, whatever the bot is called by the time it leaves.
What a machine that slept wakes up with may be another's by now, or told already: it is left alone. Where several processes send, one
that missed its slot takes another, since the others know of it by its slot alone.
What Telegram took is marked however long the database is away, and until then nothing else is claimed: what is known to have arrived
is not told again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import isfinite

from bot.decisions.deep_links import names_command, with_links
from bot.edges.limiter import Limiter
from bot.edges.sender import Outcome, Sender
from bot.edges.store.store import Store
from bot.edges.windows import Limits
from bot.errors import StoreError
from bot.jobs.settle import FIRST_WAIT, Settler, number, pace
from bot.jobs.under_way import UnderWay
from bot.model import ChatKind, Delivery, DeliveryKind, Message

LEASE = timedelta(seconds=60)  # longer than any wait and call below together
STALE = LEASE.total_seconds() * 2 / 3
MISSED_BY = 0.05  # seconds; so few that no second between several processes has more than 30
AHEAD = timedelta(seconds=0.05)  # of now lies the slot that is taken instead: taking it takes time
MOST_SLOTS = 4  # on a machine that misses them all it leaves nevertheless
MARK_AGAIN = 0.3

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How deliveries work; times in seconds."""

    ahead: int = 16
    under_way: int = 64
    idle: float = 0.4
    patience: float = 6.0  # a message whose chat has to wait longer goes back into the outbox
    farewell: float = 8.0  # less than the ten that containers are given to stop
    housekeeping: float = 10.0
    first_wait: float = FIRST_WAIT
    after_start: float = Limits().overall_window  # what a process before may just have sent counts too
    after_outage: float = 2.0  # while the database was away, others may have sent what they have yet to mark


def is_broadcast(delivery: Delivery) -> bool:
    """Whether nobody asked for it: such messages may be paid for. Answers are few, and edits are free."""
    return delivery.kind is not DeliveryKind.ANSWER and delivery.message.edits is None


class Leaving:
    """Sees messages off, one call of `send` each."""

    def __init__(self, store: Store, sender: Sender, limiter: Limiter, manner: Pace) -> None:
        self._store = store
        self._sender = sender
        self._limiter = limiter
        self._pace = manner
        self._settler = Settler(store, manner.first_wait)
        self._places = UnderWay(store.outbox.gap.total_seconds())
        self._unmarked: set[int] = set()

    @property
    def owes_marks(self) -> bool:
        """Whether something that Telegram answered to could not be written down yet."""
        return bool(self._unmarked)

    async def send(self, delivery: Delivery, off: Callable[[], None]) -> None:
        """Sends the message at its time, or gives it back; `off` is called when its call begins."""
        message, claimed = await self._for_its_readers(delivery), delivery
        for left in reversed(range(MOST_SLOTS)):
            await asyncio.sleep(max(0.0, -_late(delivery)))
            if delivery.expires_at is not None and delivery.expires_at <= _now():
                return await self._give_back(delivery, 0.0, "too late")
            async with AsyncExitStack() as until_marked:
                try:
                    missed_by = MISSED_BY if left and self._store.outbox.is_shared else STALE
                    outcome = await self._call(delivery, message, until_marked, off, missed_by)
                except TimeoutError:
                    ready = self._limiter.waiting().get(delivery.place.chat_id, 0.0)
                    return await self._give_back(delivery, ready, "the chat has to wait")
                if outcome is not None:
                    pace(self._limiter, delivery.place.chat_id, outcome, self._pace.first_wait)
                    return await self._mark(delivery, outcome)
            if delivery.slot is None or _late(claimed) > STALE:
                _LOG.info("Message %s is left to its lease: this process slept", delivery.id)
                return None
            slot = await asyncio.to_thread(self._store.outbox.rebook, delivery.place.chat_id, delivery.slot, _now() + AHEAD)
            delivery = replace(delivery, slot=slot)
        return None

    async def _call(
        self, delivery: Delivery, message: Message, until_marked: AsyncExitStack, off: Callable[[], None], missed_by: float
    ) -> Outcome | None:
        """What became of the call; None if there was none, since the slot has passed by so much. TimeoutError if the chat has to wait."""
        paid, asked = self._sender.paid and is_broadcast(delivery), delivery.kind is DeliveryKind.ANSWER
        async with (
            self._sender.ready(message),
            asyncio.timeout(self._pace.patience) as patience,
            self._limiter.turn(delivery.place.chat_id, delivery.urgency, paid=paid) as turn,
        ):
            patience.reschedule(None)
            until_marked.callback(self._places.end, await self._places.begin(_late(delivery)))
            if _late(delivery) > missed_by:
                turn.used = False
                return None
            off()
            return await self._sender.send(delivery.place, message, paid=paid, asked=asked)

    async def _for_its_readers(self, delivery: Delivery) -> Message:
        """The message as it leaves. An answer stays as it is: whoever asked may write there."""
        message, chat_id, username = delivery.message, delivery.place.chat_id, self._sender.username
        if not username or delivery.kind is DeliveryKind.ANSWER or chat_id > 0 or not names_command(message.html):
            return message
        chat = await asyncio.to_thread(self._store.chats.get, chat_id)
        if chat is None or chat.kind is not ChatKind.CHANNEL:
            return message
        return replace(message, html=with_links(message.html, username))

    async def _give_back(self, delivery: Delivery, seconds: float, reason: str) -> None:
        again = _now() + timedelta(seconds=min(seconds, 60.0) if isfinite(seconds) else self._pace.first_wait)
        await asyncio.to_thread(self._store.outbox.retry, number(delivery), again, reason)

    async def _mark(self, delivery: Delivery, outcome: Outcome) -> None:
        try:
            while True:
                try:
                    return await asyncio.to_thread(self._settler.settle, delivery, outcome)
                except StoreError as error:
                    _LOG.warning("The outcome of messages cannot be written: %s", error)
                self._unmarked.add(number(delivery))
                await asyncio.sleep(MARK_AGAIN)
        finally:
            self._unmarked.discard(number(delivery))


def _late(delivery: Delivery) -> float:
    """Seconds since the message's slot, below 0 before it."""
    return 0.0 if delivery.slot is None else (_now() - delivery.slot).total_seconds()


def _now() -> datetime:
    return datetime.now(UTC)
