"""A broadcast in a storm: each of eight faults befalls a share of all calls, polls too, while people ask questions.

What counts: no chat goes without its message, nothing is told twice but what a call of unknown fate may have told, no second has more than
30, and questions are answered soon. The times of answers depend on the faults that they meet: they are printed, not judged.

Usage: python -m benchmarks.storm [CHATS [PERCENT]]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.edges.store.store import Store
from bot.model import Delivery, DeliveryKind, Message, Place
from tests.support.telegram import FakeTelegram
from tests.support.telegram_bot import Commands, running
from tests.support.telegram_faults import Fault

CHATS, PERCENT = 100, 2
KINDS = ("flood", "error", "bad_gateway", "cut_before", "cut_after", "hang_before", "hang_after", "refuse")
HANG = 30.0
ASK_EVERY, PATIENCE = 0.7, 60.0
ASKED = ("getUpdates", "getChatMember", "answerCallbackQuery")


@dataclass(frozen=True, slots=True)
class Storm:
    """Chats without their message, messages told twice and calls of unknown fate, the most in any second, seconds of each answer."""

    lost: int
    repeated: int
    unknown: int
    most: int
    answers: list[float]


def fault(kind: str) -> Fault:
    """One of a kind; refusals are those that pass: Telegram does not find a chat that is there."""
    return Fault(kind, seconds=HANG if kind.startswith("hang") else 1)


async def measure(chats: int = CHATS, percent: float = PERCENT) -> Storm:
    """Runs one broadcast through the storm until everything has arrived, at most five minutes."""
    with FakeTelegram() as telegram, tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/assay.sqlite3") as store:
        people = [telegram.person() for _ in range(chats)]
        asking = [telegram.person() for _ in range(4 * chats)]
        now = datetime.now(UTC)
        store.outbox.owe(Delivery(Place(user["id"]), DeliveryKind.DIGEST, "digest", Message("digest"), now) for user in people)
        answers: list[asyncio.Task[float]] = []
        async with running(telegram, store, Commands()):
            telegram.faults.storm(percent / 100, [fault(kind) for kind in KINDS], also=ASKED)
            end = time.monotonic() + 300
            while store.outbox.counts(datetime.now(UTC)).owed and time.monotonic() < end:
                if asking:
                    answers.append(asyncio.create_task(_ask(telegram, asking.pop())))
                await asyncio.sleep(ASK_EVERY)
            telegram.faults.storm(0, [])
            taken = sorted(await asyncio.gather(*answers))
        found = Counter(user["id"] for user in people for _ in telegram.shown(user))
        met = telegram.faults.met
        most = telegram.flood.most if telegram.flood else 0
    return Storm(chats - len(found), found.total() - len(found), met["cut_after"] + met["hang_after"], most, taken)


async def _ask(telegram: FakeTelegram, who: dict[str, object]) -> float:
    begun = time.monotonic()
    telegram.say(who, "/sales")
    while not telegram.with_text(who, "<sales>")():  # as a person looks
        if time.monotonic() > begun + PATIENCE:
            return float("inf")
        await asyncio.sleep(0.02)
    return time.monotonic() - begun


def main(chats: int = CHATS, percent: float = PERCENT) -> None:
    """Prints what became of it; ends with 1 if a message was lost."""
    storm = asyncio.run(measure(chats, percent))
    share = {bound: sum(taken < bound for taken in storm.answers) / len(storm.answers) for bound in (1, 2, 3)}
    print(f"{chats} chats, {len(KINDS)} faults at {percent:g}% of calls each: {storm.lost} lost, {storm.repeated} told twice", end=" ")
    print(f"for {storm.unknown} calls of unknown fate, at most {storm.most} in any second")
    shares = ", ".join(f"{part:.0%} within {bound} s" for bound, part in share.items())
    print(f"{len(storm.answers)} questions: {shares}, the middle one after {storm.answers[len(storm.answers) // 2]:.1f} s", end="")
    print(f", the slowest after {storm.answers[-1]:.1f} s")
    if storm.lost or storm.answers[-1] > PATIENCE:
        sys.exit("a message was lost")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
