"""What is owed leaves through the real loop, over real HTTP."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.edges.limiter import Limiter
from bot.edges.sender import Sender, open_bot
from bot.edges.store.store import Store
from bot.jobs.deliver import Deliverer
from bot.jobs.leaving import Pace
from tests.support.telegram import FakeTelegram


@asynccontextmanager
async def delivering(telegram: FakeTelegram, store: Store, after_start: float = 0.0) -> AsyncIterator[None]:
    """A loop that delivers over the block, and after it until nothing is owed."""
    stop = asyncio.Event()
    async with open_bot(telegram.token, telegram.root) as bot:
        pace = Pace(idle=0.05, after_start=after_start)
        running = asyncio.create_task(Deliverer(store, Sender(bot), Limiter(), "here", pace).run(stop))
        yield
        await telegram.until(lambda: store.outbox.counts(datetime.now(UTC)).owed == 0, within=30)
        stop.set()
        await running
