"""One digest to many chats through the real outbox, limiter and library, against a stand-in for Telegram that takes its time to answer.

Telegram allows 30 messages a second; the score is the share of that which a broadcast keeps up over the whole run, and counts only if
no second held more than 30. Ratios compare across machines: the pace is set by the limiter, not by the processor.

Usage: python -m benchmarks.broadcast [CHATS]
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.edges.limiter import Limiter
from bot.edges.sender import Sender, open_bot
from bot.edges.store.store import Store
from bot.jobs.deliver import Deliverer
from bot.model import Delivery, DeliveryKind, Message, Place
from tests.support.telegram import FakeTelegram

ALLOWED = 30.0
CHATS = 280


@dataclass(frozen=True, slots=True)
class Run:
    """A broadcast: messages, their rate over the whole run, the most in any second, processor seconds."""

    messages: int
    rate: float
    most: int
    cpu: float

    @property
    def share(self) -> float:
        """Of the 30 messages a second that Telegram allows."""
        return self.rate / ALLOWED


def measure(chats: int = CHATS) -> Run:
    """Runs one broadcast, for about `chats` / 28.5 seconds; AssertionError if a limit of Telegram's was broken."""
    return asyncio.run(_broadcast(chats))


async def _broadcast(chats: int) -> Run:
    draw = random.Random(7)
    with FakeTelegram() as telegram, tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/assay.sqlite3") as store:
        telegram.latency = lambda: draw.uniform(0.02, 0.12)
        places = [Place(telegram.person()["id"]) for _ in range(chats)]
        message = Message("<b>Digest</b>\n" + "\n".join(["A line of the digest."] * 30))
        now = datetime.now(UTC)
        store.outbox.owe(Delivery(place, DeliveryKind.DIGEST, "digest", message, now) for place in places)
        stop, cpu = asyncio.Event(), time.process_time()
        async with open_bot(telegram.token, telegram.root) as bot:
            running = asyncio.create_task(Deliverer(store, Sender(bot), Limiter(), "bench").run(stop))
            while store.outbox.counts(datetime.now(UTC)).owed:  # noqa: ASYNC110 - the outbox tells when it is asked
                await asyncio.sleep(0.2)
            stop.set()
            await running
        flood = telegram.flood
    if flood is None:
        raise RuntimeError("the stand-in did not watch the limits")
    return Run(len(flood.arrivals), flood.rate(), flood.most, time.process_time() - cpu)


if __name__ == "__main__":
    run = measure(int(sys.argv[1]) if len(sys.argv) > 1 else CHATS)
    print(f"{run.messages} messages, {run.rate:.2f}/s ({run.share:.1%} of {ALLOWED:g}/s), at most {run.most} in any second")
    print(f"{run.cpu:.1f} s of processor for bot and stand-in together")
