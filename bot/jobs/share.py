"""Work that several processes on one database share: a job belongs to whoever holds its lease.

A turn is a lease for one round, renewed while the round lasts and given back after it; whoever dies in a round is replaced when
the lease ends. A job that only one process should do for long (polling the chain, asking Telegram for updates) is kept from round
to round instead. Everything that is done under a lease may be done twice without harm: leases spare work, they do not guard truth.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.edges.store.store import Store
from bot.errors import StoreError

TURN_SECONDS = 20.0
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether a round is ours; `lost` is set if another process took it over all the same (the database was out of reach for long)."""

    ours: bool
    lost: asyncio.Event = field(default_factory=asyncio.Event)


class Share:
    """This process's share of the work. `worker` names it among those that use the same database."""

    def __init__(self, store: Store, worker: str) -> None:
        self.store = store
        self.worker = worker

    async def keep(self, job: str, seconds: float) -> bool:
        """Whether the job is ours for the next `seconds`. Raises `StoreError`."""
        return await asyncio.to_thread(self.store.try_lease, job, self.worker, datetime.now(UTC), seconds)

    async def leave(self, *jobs: str) -> None:
        """Gives jobs back, so that another process takes them at once."""
        for job in jobs:
            try:
                await asyncio.to_thread(self.store.end_lease, job, self.worker)
            except StoreError as error:  # the lease ends by itself
                _LOG.warning("The job %s could not be given back: %s", job, error)

    @asynccontextmanager
    async def turn(self, job: str, seconds: float = TURN_SECONDS) -> AsyncIterator[Turn]:
        """A round of the job: if it is ours, it stays ours, whatever its length, until the block ends."""
        turn = Turn(await self.keep(job, seconds))
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
            await self.leave(job)

    async def _renew(self, job: str, seconds: float, lost: asyncio.Event) -> None:
        while not lost.is_set():
            await asyncio.sleep(seconds / 3)
            with suppress(StoreError):
                if not await self.keep(job, seconds):
                    lost.set()
