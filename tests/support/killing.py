"""A broadcast whose process is killed at random moments, again and again, and started anew."""

import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from bot.edges.store.store import Store
from bot.model import Delivery, DeliveryKind, Message, Place
from tests.support.telegram import FakeTelegram

WORKER = """
import asyncio, sys
from bot.edges.limiter import Limiter
from bot.edges.sender import Sender, open_bot
from bot.edges.store.store import Store
from bot.jobs.deliver import Deliverer

async def main(url, root, token):
    with Store.open(url) as store:
        async with open_bot(token, root) as bot:
            await Deliverer(store, Sender(bot), Limiter(), "assay").run(asyncio.Event())

asyncio.run(main(*sys.argv[1:]))
"""


@dataclass(frozen=True, slots=True)
class Killed:
    """What became of a broadcast: chats that got it and that never did, messages told twice, by which kill most, the most in any second."""

    reached: int
    lost: int
    repeated: int
    worst: int
    most: int


def broadcast(chats: int, kills: int, *, seed: int = 11, latency: Callable[[], float] = lambda: 0.0, each: int = 5) -> Killed:
    """Owes a digest to `chats` private chats and kills the process that delivers it, each time after some more than `each` messages."""
    draw = random.Random(seed)
    with FakeTelegram() as telegram, tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/assay.sqlite3") as store:
        telegram.latency = latency
        people = [telegram.person() for _ in range(chats)]
        now, twice = datetime.now(UTC), [0]
        store.outbox.owe(Delivery(Place(user["id"]), DeliveryKind.DIGEST, "digest", Message("digest"), now) for user in people)
        for death in range(kills + 1):
            before = len(telegram.called("sendMessage"))
            worker = subprocess.Popen([sys.executable, "-c", WORKER, f"sqlite:///{folder}/assay.sqlite3", telegram.root, telegram.token])
            try:
                if death == kills:
                    telegram.wait(lambda: store.outbox.counts(datetime.now(UTC)).owed == 0, 20 + chats / 20)
                else:
                    telegram.wait(lambda wanted=before + each: len(telegram.called("sendMessage")) > wanted, 20)  # type: ignore[misc]
                    time.sleep(draw.uniform(0, 0.2))
            finally:
                worker.send_signal(signal.SIGKILL)
                worker.wait()
            found = Counter(user["id"] for user in people for _ in telegram.shown(user))
            twice.append(found.total() - len(found))
        most = telegram.flood.most if telegram.flood else 0
    worst = max(after - before for before, after in pairwise(twice))
    return Killed(len(found), chats - len(found), twice[-1], worst, most)
