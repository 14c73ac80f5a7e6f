"""Work that several processes on one database share: a job belongs to whoever holds its lease.

A turn is a lease that is renewed while it lasts and given back after it; whoever dies in it is replaced when the lease ends. Some
jobs are taken in turns, a round each; what only one process should do for long (polling the chain, asking Telegram for updates) is
held until the end. Everything that is done under a lease may be done twice without harm: leases spare work, they do not guard truth.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.edges.store.store import Store
from bot.errors import StoreError

TURN_SECONDS = 20.0
ASKING_AGAIN = 2.0  # seconds between attempts to take a job that is another's
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether a round is ours; `lost` is set if it may be another's by now: it was taken over, or the database is out of reach."""

    ours: bool
    lost: asyncio.Event = field(default_factory=asyncio.Event)


class Share:
    """This process's share of the work. `worker` names it among those that use the same database."""

    def __init__(self, store: Store, worker: str) -> None:
        self.store = store
        self.worker = worker

    @asynccontextmanager
    async def turn(self, job: str, seconds: float = TURN_SECONDS) -> AsyncIterator[Turn]:
        """A round of the job: if it is ours, it stays ours, whatever its length, until the block ends."""
        turn = Turn(await self._take(job, seconds))
        if not turn.ours:
            yield turn
            return
        renewal = asyncio.create_task(self._renew(job, seconds, turn.lost), name=f"lease of {job}")
        try:
            yield turn
        finally:
            renewal.cancel()
            with suppress(asyncio.CancelledError):
                await renewal
            await self._leave(job)

    async def hold(
        self, job: str, work: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event, seconds: float = TURN_SECONDS
    ) -> None:
        """Does the work whenever the job is ours, until `stop`; `work` is to return when the event that it gets is set."""
        while not stop.is_set():
            try:
                async with self.turn(job, seconds) as turn:
                    if turn.ours:
                        await _until_first(work, (stop, turn.lost))
            except StoreError as error:
                _LOG.warning("The job %s waits: %s", job, error)
            with suppress(TimeoutError):
                async with asyncio.timeout(ASKING_AGAIN):
                    await stop.wait()

    async def _take(self, job: str, seconds: float) -> bool:
        return await asyncio.to_thread(self.store.try_lease, job, self.worker, datetime.now(UTC), seconds)

    async def _leave(self, job: str) -> None:
        try:
            await asyncio.to_thread(self.store.end_lease, job, self.worker)
        except StoreError as error:  # the lease ends by itself
            _LOG.warning("The job %s could not be given back: %s", job, error)

    async def _renew(self, job: str, seconds: float, lost: asyncio.Event) -> None:
        while not lost.is_set():
            await asyncio.sleep(seconds / 3)
            try:
                held = await self._take(job, seconds)
            except StoreError as error:
                # Whoever reaches the database may take the job; and what is asked of Telegram meanwhile could not be answered.
                _LOG.warning("The job %s is let go: %s", job, error)
                held = False
            if not held:
                lost.set()


async def _until_first(work: Callable[[asyncio.Event], Awaitable[None]], ends: tuple[asyncio.Event, ...]) -> None:
    """Does the work until the first of the ends."""
    end = asyncio.Event()
    waiting = [asyncio.create_task(each.wait()) for each in ends]
    for task in waiting:
        task.add_done_callback(lambda _: end.set())
    try:
        await work(end)
    finally:
        for task in waiting:
            task.cancel()
