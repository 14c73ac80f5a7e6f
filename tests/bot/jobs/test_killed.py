"""Killed in the middle of a broadcast, again and again: nothing is lost, and each death repeats at most one message."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from bot.edges.store.store import Store
from bot.model import Delivery, DeliveryKind, Message, Place
from tests.support.telegram import FakeTelegram

KILLS = 3
CHATS = 60
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


def test_sigkill_loses_nothing_and_repeats_at_most_one_message_each(tmp_path: Path) -> None:
    draw, url = random.Random(11), f"sqlite:///{tmp_path / 'assay.sqlite3'}"
    with FakeTelegram() as telegram, Store.open(url) as store:
        people = [telegram.person() for _ in range(CHATS)]
        now = datetime.now(UTC)
        store.outbox.owe(Delivery(Place(user["id"]), DeliveryKind.DIGEST, "digest", Message("digest"), now) for user in people)
        for death in range(KILLS + 1):
            before = len(telegram.called("sendMessage"))
            worker = subprocess.Popen([sys.executable, "-c", WORKER, url, telegram.root, telegram.token])
            try:
                if death == KILLS:
                    telegram.wait(lambda: store.outbox.counts(datetime.now(UTC)).owed == 0, 20)
                else:
                    telegram.wait(lambda sent=before: len(telegram.called("sendMessage")) > sent + 5, 20)
                    time.sleep(draw.uniform(0, 0.2))
            finally:
                worker.send_signal(signal.SIGKILL)
                worker.wait()
        found = Counter(user["id"] for user in people for _ in telegram.shown(user))
    assert len(found) == CHATS
    assert found.total() <= CHATS + KILLS
