"""From the outbox to Telegram: claim, wait for the slot and the limiter, send, write down what became of it.

Messages are claimed only as they are about to leave (`Pace.ahead` of them wait for their slots), so that little is in limbo when the
process dies, and no more are under way at once than the pace needs (`UnderWay`). Between the answer and the mark lies one write to the
database: dying there, or between request and answer, is the only way to tell a message twice.
Commands are dead words to who reads a channel, so in what is posted there they leave as links to the bot. What is owed keeps them as
words: so it is the same for every chat, whatever the bot is called by the time it leaves.
On a stop nothing new is begun, what is under way is finished, and the rest is given back.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from math import isfinite

from bot.decisions.deep_links import names_command, with_links
from bot.edges.limiter import Limiter
from bot.edges.sender import Sender
from bot.edges.store.store import Store
from bot.edges.windows import Limits
from bot.errors import StoreError
from bot.jobs.settle import FIRST_WAIT, Settler, number, pace
from bot.jobs.under_way import UnderWay
from bot.model import ChatKind, Delivery, DeliveryKind, Message

LEASE = timedelta(seconds=60)  # longer than any wait and call below together
KEPT = timedelta(days=30)  # what was done with longer ago than anything is planned anew is forgotten
MISSED = timedelta(days=180)  # a chat that stays away for so long is forgotten with its settings
PRUNE_EVERY = 360  # turns of housekeeping, about an hour
URGENCY = {kind: place for place, kind in enumerate(DeliveryKind)}

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How the loop works; times in seconds."""

    ahead: int = 16
    under_way: int = 64
    idle: float = 0.4
    patience: float = 6.0  # a message whose chat has to wait longer goes back into the outbox
    farewell: float = 15.0
    housekeeping: float = 10.0
    first_wait: float = FIRST_WAIT
    after_start: float = Limits().overall_window  # what a process before may just have sent counts too


def is_broadcast(delivery: Delivery) -> bool:
    """Whether nobody asked for it: such messages may be paid for. Answers are few, and edits are free."""
    return delivery.kind is not DeliveryKind.ANSWER and delivery.message.edits is None


class Deliverer:
    """The loop. `worker` names this process in the outbox; what it had claimed before it died is taken up again at once."""

    def __init__(self, store: Store, sender: Sender, limiter: Limiter, worker: str, manner: Pace | None = None) -> None:
        self._store = store
        self._sender = sender
        self._limiter = limiter
        self._worker = worker
        self._pace = manner or Pace()
        self._settler = Settler(store, self._pace.first_wait)
        self._places = UnderWay(store.outbox.gap.total_seconds())
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting: set[asyncio.Task[None]] = set()
        self._news = asyncio.Event()

    def nudge(self) -> None:
        """Something was owed just now: look at once."""
        self._news.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Delivers until `stop` is set; returns when nothing of ours is under way any more."""
        self._limiter.hold(self._pace.after_start)
        await self._release()
        keeper = asyncio.create_task(self._keep_house())
        ending = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                claimed = await self._claim()
                for delivery in claimed:
                    self._begin(delivery)
                if not claimed or self._room() <= 0:
                    await self._rest(ending)
        finally:
            keeper.cancel()
            ending.cancel()
            await self._finish()

    def _room(self) -> int:
        """How many to claim now: few at a time would be many transactions, so none until half of the waiting have left."""
        room = min(self._pace.under_way - len(self._tasks), self._pace.ahead - len(self._waiting))
        return room if room >= self._pace.ahead // 2 else 0

    async def _claim(self) -> list[Delivery]:
        self._news.clear()
        if self._room() <= 0 or self._limiter.held() > 0:
            return []
        try:
            return await asyncio.to_thread(self._store.outbox.claim, self._worker, _now(), self._room(), LEASE)
        except StoreError as error:
            _LOG.warning("The outbox cannot be read: %s", error)
            return []

    async def _rest(self, ending: asyncio.Task[bool]) -> None:
        """Until there is news, the end, or it is time to look again."""
        news = asyncio.create_task(self._news.wait())
        await asyncio.wait({news, ending}, timeout=self._pace.idle, return_when=asyncio.FIRST_COMPLETED)
        news.cancel()

    def _begin(self, delivery: Delivery) -> None:
        task = asyncio.create_task(self._deliver(delivery), name=f"delivery {delivery.id}")
        self._tasks.add(task)
        self._waiting.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._waiting.discard(task)
        self._news.set()
        if not task.cancelled() and (error := task.exception()):
            _LOG.error("%s failed", task.get_name(), exc_info=error)

    # --- one message ---

    async def _deliver(self, delivery: Delivery) -> None:
        message = await self._for_its_readers(delivery)
        await asyncio.sleep(max(0.0, -_late(delivery)))
        if delivery.expires_at is not None and delivery.expires_at <= _now():
            return await self._give_back(delivery, 0.0, "too late")
        chat_id = delivery.place.chat_id
        async with AsyncExitStack() as until_marked:
            try:
                paid = self._sender.paid and is_broadcast(delivery)
                async with (
                    self._sender.ready(message),
                    asyncio.timeout(self._pace.patience) as patience,
                    self._limiter.turn(chat_id, URGENCY[delivery.kind], paid=paid),
                ):
                    patience.reschedule(None)
                    until_marked.callback(self._places.end, await self._places.begin(_late(delivery)))
                    self._under_way()
                    asked = delivery.kind is DeliveryKind.ANSWER
                    outcome = await self._sender.send(delivery.place, message, paid=paid, asked=asked)
            except TimeoutError:
                return await self._give_back(delivery, self._limiter.waiting().get(chat_id, 0.0), "the chat has to wait")
            pace(self._limiter, chat_id, outcome, self._pace.first_wait)
            return await asyncio.to_thread(self._settler.settle, delivery, outcome)

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

    def _under_way(self) -> None:
        task = asyncio.current_task()
        if task in self._waiting:
            self._waiting.discard(task)
            self._news.set()

    # --- beside and after ---

    async def _keep_house(self) -> None:
        for turn in count():
            with suppress(StoreError):
                await asyncio.to_thread(self._store.outbox.expire, _now())
                if turn % PRUNE_EVERY == 0:
                    await asyncio.to_thread(self._store.outbox.prune, _now() - KEPT)
                    await asyncio.to_thread(self._store.chats.forget_absent, _now() - MISSED)
            await asyncio.sleep(self._pace.housekeeping)

    async def _finish(self) -> None:
        """What waits is dropped, what is under way may end; then everything that is still claimed goes back."""
        for task in list(self._waiting):
            task.cancel()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=self._pace.farewell)
            for task in late:
                task.cancel()
        await self._release()

    async def _release(self) -> None:
        try:
            await asyncio.to_thread(self._store.outbox.release, self._worker)
        except StoreError as error:  # their leases end by themselves
            _LOG.warning("Claimed messages could not be given back: %s", error)


def _late(delivery: Delivery) -> float:
    """Seconds since the message's slot, below 0 before it."""
    return 0.0 if delivery.slot is None else (_now() - delivery.slot).total_seconds()


def _now() -> datetime:
    return datetime.now(UTC)
