from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.commands.desk import Desk
from bot.jobs.digest import DigestJob
from bot.model import Chat, ChatKind, Place
from tests.support.asking import tell_the_news
from tests.support.newsroom import Newsroom, newsroom, owed
from tests.support.tales import subscription, utc

DUE = utc("2026-02-10T08:00")


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as made:
        tell_the_news(made)
        for chat in (1, 2):
            made.store.chats.see(Chat(chat, ChatKind.PRIVATE))
        yield made


def test_nothing_is_owed_before_its_time_and_once_after_it(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    job = DigestJob(room.store)
    assert job.tick(Desk(room.store, DUE - timedelta(seconds=1))) == 0
    assert [job.tick(Desk(room.store, DUE + timedelta(minutes=minute))) for minute in range(3)] == [1, 0, 0]
    [digest] = owed(room.store, DUE + timedelta(minutes=3))
    assert "4,451 BTC" in digest.message.html
    assert "Late" not in digest.message.html


def test_a_restart_owes_nothing_again(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    assert DigestJob(room.store).tick(Desk(room.store, DUE)) == 1
    assert DigestJob(room.store).tick(Desk(room.store, DUE + timedelta(hours=2))) == 0


def test_after_a_downtime_it_comes_late_and_says_so_and_half_a_day_later_not_at_all(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    assert DigestJob(room.store).tick(Desk(room.store, DUE + timedelta(hours=12, minutes=1))) == 0
    late = DUE + timedelta(hours=5)
    assert DigestJob(room.store).tick(Desk(room.store, late)) == 1
    [digest] = owed(room.store, late)
    assert "Late: it was due at Tue 10 Feb 2026, 08:00 UTC" in digest.message.html


def test_each_place_gets_it_at_its_own_time_about_what_it_chose(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1, timezone="Europe/Berlin"))
    room.store.subscriptions.put(subscription(2, miners=frozenset({"Core Scientific"}), thread=7))
    job = DigestJob(room.store)
    assert job.tick(Desk(room.store, DUE - timedelta(hours=1))) == 1
    assert job.tick(Desk(room.store, DUE)) == 1
    by_place = {delivery.place: delivery.message.html for delivery in owed(room.store)}
    assert "CET" in by_place[Place(1)]
    assert "4,451" in by_place[Place(1)]
    assert "4,451" not in by_place[Place(2, 7)]
    assert "2,500 BTC" in by_place[Place(2, 7)]


def test_who_unsubscribed_or_threw_the_bot_out_gets_none(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1, topics=frozenset()))
    room.store.subscriptions.put(subscription(2))
    room.store.chats.pause(2, "thrown out")
    assert DigestJob(room.store).tick(Desk(room.store, DUE)) == 0


def test_a_thousand_places_that_read_the_same_share_one_digest(room: Newsroom) -> None:
    for chat in range(10, 310):
        room.store.subscriptions.put(subscription(chat))
    desk = CountingDesk(room.store, DUE)
    assert DigestJob(room.store).tick(desk) == 300
    assert desk.made == 1


class CountingDesk(Desk):
    made = 0

    def digest(self, *args, **more):  # type: ignore[no-untyped-def]
        self.made += 1
        return super().digest(*args, **more)
