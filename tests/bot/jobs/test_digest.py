from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest

from bot.commands.desk import Desk
from bot.edges.store.store import Store
from bot.jobs.announce import Announcer
from bot.jobs.digest import DigestJob
from bot.model import Chat, ChatKind, Delivery, Place
from tests.support.asking import tell_the_news
from tests.support.newsroom import Newsroom, events, newsroom
from tests.support.tales import NOW, cango, stored, subscription, utc

DUE = utc("2026-02-10T08:00")


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as made:
        tell_the_news(made)
        for chat in (1, 2):
            made.store.chats.see(Chat(chat, ChatKind.PRIVATE))
        yield made


def owed(store: Store, now: datetime = NOW) -> list[Delivery]:
    """Everything that would be sent, at most one message of a chat at a time."""
    found: list[Delivery] = []
    for step in range(20):
        claimed = store.outbox.claim("test", now + timedelta(seconds=3 * step), 50, timedelta(minutes=5))
        for delivery in claimed:
            assert delivery.id is not None
            store.outbox.mark_sent(delivery.id, 1000 + delivery.id, now)
        found += claimed
    return found


# --- digests ---------------------------------------------------------------------------------------------------------


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


# --- stories and retargets -------------------------------------------------------------------------------------------


def test_a_new_sale_is_posted_once_and_edited_when_it_grows(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    announcer = Announcer(room.store)
    announcer.stories(Desk(room.store, NOW))
    owed(room.store)
    later = NOW + timedelta(hours=1)
    room.tell(*events([stored(company="Riot Platforms", ticker="RIOT", btc="1080")]), at=later)
    assert announcer.stories(Desk(room.store, later + timedelta(minutes=10))) == 1
    assert announcer.stories(Desk(room.store, later + timedelta(minutes=11))) == 0
    [alert] = owed(room.store, later + timedelta(minutes=12))
    assert "sold <b>1,080 BTC</b>" in alert.message.html
    assert "#RIOT" in alert.message.html
    number = int(alert.key.split(":")[1])
    room.store.chats.note_posted(number, alert.place, 77, 1, later)
    room.tell(
        *events([stored(company="Riot Platforms", ticker="RIOT", btc="1080", usd="96000000")]),
        outlet="StockTitan",
        at=later + timedelta(hours=1),
    )
    assert announcer.stories(Desk(room.store, later + timedelta(hours=2))) == 1
    [edit] = owed(room.store, later + timedelta(hours=2))
    assert edit.message.edits == 77
    assert "$96M" in edit.message.html
    assert "Updated" in edit.message.html


def test_a_restart_posts_nothing_twice(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    first = Announcer(room.store).stories(Desk(room.store, NOW))
    assert first > 0
    assert Announcer(room.store).stories(Desk(room.store, NOW + timedelta(minutes=1))) == 0


def test_old_news_of_a_first_load_alert_nobody(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    room.tell(*events([stored(company="IREN", ticker="IREN", btc="99")]), at=utc("2026-02-01T00:00"))
    Announcer(room.store).stories(Desk(room.store, NOW))
    assert not any("IREN" in delivery.message.html for delivery in owed(room.store))


def test_a_retarget_is_posted_once_with_its_rank(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    desk = Desk(room.store, utc("2026-02-07T13:51"))
    reached = [retarget for retarget in desk.history if retarget.height == 935424]
    assert Announcer(room.store).retargets(desk, reached) == 1
    assert Announcer(room.store).retargets(desk, reached) == 0
    [alert] = owed(room.store, desk.now)
    assert "-11.16 %" in alert.message.html
    assert "largest fall since July 2021" in alert.message.html


def test_a_retarget_of_long_ago_is_no_news(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    desk = Desk(room.store, NOW)
    assert Announcer(room.store).retargets(desk, desk.history[:464]) == 0


def test_the_same_sale_of_a_second_outlet_is_not_posted_again(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1, digest_at=time(23)))
    announcer = Announcer(room.store)
    announcer.stories(Desk(room.store, NOW))
    posted = [delivery for delivery in owed(room.store) if "4,451" in delivery.message.html]
    assert len(posted) == 1
    room.tell(*events([cango()]), outlet="Yellow", at=NOW + timedelta(minutes=5))
    announcer.stories(Desk(room.store, NOW + timedelta(minutes=20)))
    assert not [delivery for delivery in owed(room.store, NOW + timedelta(minutes=30)) if delivery.message.edits is None]
