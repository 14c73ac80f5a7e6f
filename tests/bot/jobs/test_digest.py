from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands.desk import Desk
from bot.decisions.plan import AWAITED
from bot.decisions.schedule import begun
from bot.edges.sender import timeless
from bot.jobs.digest import DigestJob
from bot.model import Chart, Chat, ChatKind, Place, Subscription, Topic
from bot.speech import language
from tests.support.asking import tell_the_news
from tests.support.newsroom import Newsroom, newsroom, owed
from tests.support.tales import subscription, utc
from tests.support.telegram_pictures import tiny_png

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
    assert "Late: it was due at Tue 10 Feb 2026, 08:00 UTC" in timeless(digest.message.html)


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
    room.store.chats.pause(2, "thrown out", DUE - AWAITED - timedelta(minutes=1))
    assert DigestJob(room.store).tick(Desk(room.store, DUE)) == 0


def test_a_thousand_places_that_read_the_same_share_one_digest(room: Newsroom) -> None:
    for chat in range(10, 310):
        room.store.subscriptions.put(subscription(chat))
    desk = CountingDesk(room.store, DUE)
    assert DigestJob(room.store).tick(desk) == 300
    assert desk.made == 1


def test_places_of_one_language_share_one_digest_that_is_said_in_it(room: Newsroom) -> None:
    for chat in range(10, 40):
        room.store.chats.see(Chat(chat, ChatKind.PRIVATE, native="de" if chat % 2 else None))
        room.store.subscriptions.put(subscription(chat))
    desk = CountingDesk(room.store, DUE)
    assert DigestJob(room.store).tick(desk) == 30
    assert desk.made == 2
    told = {delivery.place.chat_id % 2: delivery.message.html for delivery in room.store.outbox.waiting(100)}
    assert "4,451 BTC" in told[0]
    assert "4.451 BTC" in told[1]


# --- pictures --------------------------------------------------------------------------------------------------------


def drawing(drawn: list[Chart]) -> Callable[[Chart], bytes]:
    def draw(chart: Chart) -> bytes:
        drawn.append(chart)
        return tiny_png()

    return draw


def test_a_picture_goes_before_words_that_are_no_caption_and_is_drawn_once(room: Newsroom) -> None:
    drawn: list[Chart] = []
    for chat in range(10, 60):
        room.store.subscriptions.put(subscription(chat, miners=frozenset({"Cango"}) if chat % 2 else frozenset()))
    assert DigestJob(room.store, drawing(drawn)).tick(Desk(room.store, DUE)) == 100
    assert len(drawn) == 1
    first, second = [delivery for delivery in owed(room.store, DUE) if delivery.place == Place(10)]
    assert (first.message.photo, second.message.photo) == (tiny_png(), None)
    assert "4,451 BTC" in second.message.html
    assert (first.message.silent, second.message.silent) == (True, False)


def test_on_a_quiet_day_the_words_are_the_caption(room: Newsroom) -> None:
    quiet = utc("2026-02-16T08:00")
    room.store.subscriptions.put(subscription(1, topics=frozenset({Topic.DIGEST})))
    assert DigestJob(room.store, drawing([])).tick(Desk(room.store, quiet)) == 1
    [daily] = owed(room.store, quiet)
    assert (daily.message.photo, "A quiet day" in daily.message.html) == (tiny_png(), True)


def test_a_picture_that_fails_costs_nobody_the_words(room: Newsroom, caplog: pytest.LogCaptureFixture) -> None:
    room.store.subscriptions.put(subscription(1))
    assert DigestJob(room.store, lambda chart: 1 // 0).tick(Desk(room.store, DUE)) == 1  # type: ignore[arg-type, return-value]
    [digest] = owed(room.store, DUE)
    assert (digest.message.photo, "4,451 BTC" in digest.message.html) == (None, True)
    assert "could not be drawn" in caplog.text


def test_what_was_told_without_a_picture_gets_none_after_a_restart(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    assert DigestJob(room.store).tick(Desk(room.store, DUE)) == 1
    assert DigestJob(room.store, drawing([])).tick(Desk(room.store, DUE + timedelta(hours=1))) == 0


def test_who_set_the_digest_after_it_was_due_gets_no_part_of_it(room: Newsroom) -> None:
    wished = subscription(1, topics=frozenset({Topic.DIGEST}))
    room.store.subscriptions.put(begun(None, wished, DUE + timedelta(minutes=5)))
    assert DigestJob(room.store, drawing([])).tick(Desk(room.store, DUE + timedelta(minutes=6))) == 0


def test_a_zone_moved_east_before_the_digest_came_brings_it_and_leaves_no_hours_out(room: Newsroom) -> None:
    york = subscription(1, topics=frozenset({Topic.DIGEST}), timezone="America/New_York")
    room.store.subscriptions.put(begun(None, york, utc("2026-02-08T14:00")))
    job = DigestJob(room.store)
    assert job.tick(Desk(room.store, utc("2026-02-09T13:00"))) == 1
    moved = utc("2026-02-10T12:00")
    before = room.store.subscriptions.get(Place(1))
    assert before is not None
    assert before.digest_until == utc("2026-02-09T13:00")
    room.store.subscriptions.put(begun(before, replace(before, timezone="Europe/Berlin"), moved))
    assert [job.tick(Desk(room.store, moved + timedelta(minutes=minutes))) for minutes in (0, 1, 61)] == [1, 0, 0]
    [digest] = [one for one in owed(room.store, moved) if one.key == "digest:2026-02-10T08:00"]
    assert timeless(digest.message.html).startswith("<b>Digest</b>, the 18 h to Tue 10 Feb 2026, 08:00 CET")
    assert job.tick(Desk(room.store, utc("2026-02-11T07:00"))) == 1


def test_a_process_that_dies_over_a_digest_leaves_it_owed_and_told_or_neither(room: Newsroom) -> None:
    wished = subscription(1, topics=frozenset({Topic.DIGEST}))
    room.store.subscriptions.put(wished)
    DigestJob(room.store).tick(Desk(room.store, DUE))
    known = room.store.subscriptions.get(Place(1))
    assert known == replace(wished, digest_until=DUE)
    room.store.subscriptions.put(wished)
    assert room.store.subscriptions.get(Place(1)) == known, "settings that were read before do not take it back"


# --- the edition of the week -----------------------------------------------------------------------------------------

MONDAY = utc("2026-02-09T08:00")


def weekly(chat: int = 1, **fields: object) -> Subscription:
    return subscription(chat, topics=frozenset({Topic.WEEKLY}), **fields)


def test_the_weekly_digest_is_owed_once_at_its_local_time(room: Newsroom) -> None:
    room.store.subscriptions.put(weekly(timezone="Europe/Berlin", weekly_day=1))
    job = DigestJob(room.store)
    assert job.tick(Desk(room.store, DUE - timedelta(hours=1, seconds=1))) == 0
    assert [job.tick(Desk(room.store, DUE - timedelta(hours=1) + timedelta(minutes=minute))) for minute in range(3)] == [1, 0, 0]
    assert DigestJob(room.store).tick(Desk(room.store, DUE)) == 0
    [digest] = owed(room.store, DUE)
    assert timeless(digest.message.html).startswith("<b>Weekly digest</b>, the 7 days to Tue 10 Feb 2026, 08:00 CET")
    assert "mined 496 BTC" in digest.message.html
    assert "550.03 BTC, 111 % of it" in digest.message.html


def test_the_weekly_digest_says_that_it_is_late_and_is_dropped_after_half_a_day(room: Newsroom) -> None:
    room.store.subscriptions.put(weekly())
    assert DigestJob(room.store).tick(Desk(room.store, MONDAY + timedelta(hours=12, minutes=1))) == 0
    assert DigestJob(room.store).tick(Desk(room.store, MONDAY + timedelta(hours=3))) == 1
    [digest] = owed(room.store, MONDAY + timedelta(hours=3))
    assert "Late: it was due at Mon 9 Feb 2026, 08:00 UTC" in timeless(digest.message.html)


def test_the_day_and_the_week_are_told_side_by_side(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1))
    DigestJob(room.store).tick(Desk(room.store, MONDAY))
    assert [delivery.key for delivery in owed(room.store, MONDAY)] == ["digest:2026-02-09T08:00", "weekly:2026-02-09T08:00"]


class CountingDesk(Desk):
    made = 0

    def digest(self, *args, **more):  # type: ignore[no-untyped-def]
        self.made += 1
        return super().digest(*args, **more)


def test_a_picture_is_drawn_for_each_language(room: Newsroom) -> None:
    room.store.chats.set_language(2, "ru")
    for chat in (1, 2):
        room.store.subscriptions.put(subscription(chat))
    spoken: list[str] = []

    def draw(_: Chart) -> bytes:
        spoken.append(language().code)
        return tiny_png()

    DigestJob(room.store, draw).tick(Desk(room.store, DUE))
    assert sorted(spoken) == ["en", "ru"]
