"""The way of one message: what a machine that slept or a database that was away must not make of it; on both databases."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.edges.limiter import Limiter
from bot.edges.sender import Sender, open_bot
from bot.edges.store.outbox import Outbox
from bot.edges.store.store import Store
from bot.errors import StoreError
from bot.jobs.deliver import Deliverer
from bot.jobs.leaving import LEASE, Leaving, Pace
from bot.model import Delivery, DeliveryKind, Message, Place
from tests.support.telegram import FakeTelegram

pytestmark = pytest.mark.anyio
BRISK = Pace(idle=0.05, first_wait=0.1, housekeeping=0.1, after_start=0.0, after_outage=0.1)


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        yield opened


def now() -> datetime:
    return datetime.now(UTC)


def owe(telegram: FakeTelegram, store: Store, chats: int) -> list[dict]:
    people = [telegram.person() for _ in range(chats)]
    store.outbox.owe(Delivery(Place(user["id"]), DeliveryKind.DIGEST, "digest", Message("digest"), now()) for user in people)
    return people


async def see_off(telegram: FakeTelegram, store: Store, delivery: Delivery) -> int:
    """How often the message's call was begun."""
    begun: list[None] = []
    async with open_bot(telegram.token, telegram.root) as bot:
        await Leaving(store, Sender(bot), Limiter(), BRISK).send(delivery, lambda: begun.append(None))
    return len(begun)


async def test_while_the_database_is_away_nothing_more_leaves_and_nothing_is_told_twice(
    telegram: FakeTelegram, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, away, tried = owe(telegram, store, 60), asyncio.Event(), []
    mark = Outbox.mark_sent

    def marking(*given: object) -> None:
        tried.append(given)
        if away.is_set():
            raise StoreError("the database is away")
        mark(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Outbox, "mark_sent", marking)
    stop = asyncio.Event()
    async with open_bot(telegram.token, telegram.root) as bot:
        running = asyncio.create_task(Deliverer(store, Sender(bot), Limiter(), "here", BRISK).run(stop))
        await telegram.until(lambda: len(telegram.called("sendMessage")) > 5)
        away.set()
        await telegram.until(lambda: len(tried) > 60)
        told = len(telegram.called("sendMessage"))
        assert told <= 5 + 3 * BRISK.ahead, "what was claimed leaves, nothing else is claimed"
        away.clear()
        await telegram.until(lambda: store.outbox.counts(now()).owed == 0)
        stop.set()
        await running
    assert [len(telegram.shown(user)) for user in people] == [1] * len(people)


async def test_a_machine_that_slept_leaves_alone_what_may_be_anothers_by_now(telegram: FakeTelegram, store: Store) -> None:
    owe(telegram, store, 1)
    (claimed,) = store.outbox.claim("slept", now() + timedelta(seconds=1), 1, LEASE)
    assert claimed.slot
    asleep = Delivery(claimed.place, claimed.kind, claimed.key, claimed.message, claimed.not_before, id=claimed.id, slot=now() - LEASE)
    assert await see_off(telegram, store, asleep) == 0
    assert store.outbox.counts(now()).owed == 1, "its lease ends, and somebody sends it"


async def test_who_shares_the_pace_and_missed_a_slot_takes_another(telegram: FakeTelegram, store: Store) -> None:
    (ada,) = owe(telegram, store, 1)
    earlier = now() - timedelta(seconds=5)
    store.outbox.owe([Delivery(Place(ada["id"]), DeliveryKind.DIGEST, "late", Message("late"), earlier)])
    (late,) = store.outbox.claim("here", earlier, 1, LEASE)
    assert late.slot == earlier
    assert await see_off(telegram, store, late) == 1
    assert telegram.texts(ada) == ["late"]
    moved = store.outbox.ready_at(ada["id"], earlier) > earlier + timedelta(seconds=4)
    assert moved == store.outbox.is_shared, "a process alone watches each second for itself"
