"""From the outbox to Telegram: claim, wait for the slot and the limiter, send, write down what became of it.

Messages are claimed only as they are about to leave (`Pace.ahead` of them wait for their slots), so that little is in limbo when the
process dies, and no more are under way at once than the pace needs (`UnderWay`). Between the answer and the mark lies one write to the
database: dying there, or between request and answer, is the only way to tell a message twice.
On a stop nothing new is begun, what is under way is finished, and the rest is given back.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.edges.limiter import Limiter
from bot.edges.sender import Sender
from bot.edges.store.store import Store
from bot.errors import StoreError
from bot.jobs.leaving import LEASE, Leaving, Pace
from bot.model import Delivery

KEPT = timedelta(days=30)  # what was done with longer ago than anything is planned anew is forgotten
MISSED = timedelta(days=180)  # a chat that stays away for so long is forgotten with its settings
PRUNE_EVERY = 360  # turns of housekeeping, about an hour

_LOG = logging.getLogger(__name__)


class Deliverer:
    """The loop. `worker` names this process in the outbox; what it had claimed before it died is taken up again at once."""

    def __init__(self, store: Store, sender: Sender, limiter: Limiter, worker: str, manner: Pace | None = None) -> None:
        self._store = store
        self._limiter = limiter
        self._worker = worker
        self._pace = manner or Pace()
        self._leaving = Leaving(store, sender, limiter, self._pace)
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
        if self._leaving.owes_marks or self._room() <= 0 or self._limiter.held() > 0:
            return []
        try:
            return await asyncio.to_thread(self._store.outbox.claim, self._worker, _now(), self._room(), LEASE)
        except StoreError as error:
            _LOG.warning("The outbox cannot be read: %s", error)
            self._limiter.hold(self._pace.after_outage)
            return []

    async def _rest(self, ending: asyncio.Task[bool]) -> None:
        """Until there is news, the end, or it is time to look again."""
        news = asyncio.create_task(self._news.wait())
        await asyncio.wait({news, ending}, timeout=self._pace.idle, return_when=asyncio.FIRST_COMPLETED)
        news.cancel()

    def _begin(self, delivery: Delivery) -> None:
        task = asyncio.create_task(self._leaving.send(delivery, self._off), name=f"delivery {delivery.id}")
        self._tasks.add(task)
        self._waiting.add(task)
        task.add_done_callback(self._end)

    def _off(self) -> None:
        """The running task's message waits no longer: its call begins."""
        task = asyncio.current_task()
        if task in self._waiting:
            self._waiting.discard(task)
            self._news.set()

    def _end(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._waiting.discard(task)
        self._news.set()
        if not task.cancelled() and (error := task.exception()):
            _LOG.error("%s failed", task.get_name(), exc_info=error)

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


def _now() -> datetime:
    return datetime.now(UTC)
