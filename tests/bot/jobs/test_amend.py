"""Digests whose story turned out wrong: what was sent is corrected, what waits leaves without it, whatever dies in between."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.commands.desk import Desk
from bot.edges.sender import timeless
from bot.jobs.alerts import owe_stories
from bot.jobs.amend import owe_amendments
from bot.jobs.digest import DigestJob
from bot.model import Answer, Chat, ChatKind, Delivery, Place, Subscription, Topic
from extractors.model import Extraction
from tests.support.asking import tell_the_news
from tests.support.newsroom import Newsroom, events, newsroom, owed
from tests.support.tales import stored, subscription, utc

DUE = utc("2026-02-10T08:00")
AFTER = DUE + timedelta(hours=5)


@pytest.fixture
def room() -> Iterator[Newsroom]:
    with newsroom() as made:
        tell_the_news(made)
        for chat in (1, 2):
            made.store.chats.see(Chat(chat, ChatKind.PRIVATE))
            made.store.subscriptions.put(daily(chat))
        owe_stories(made.store, DUE - timedelta(minutes=1))
        yield made


def daily(chat: int, **fields: object) -> Subscription:
    return subscription(chat, topics=frozenset({Topic.DIGEST}), **fields)


def make(room: Newsroom, now=DUE) -> int:
    return DigestJob(room.store).tick(Desk(room.store, now))


def send(room: Newsroom, now=DUE) -> dict[int, Delivery]:
    """All that is owed is sent; the last message of each chat."""
    return {delivery.place.chat_id: delivery for delivery in owed(room.store, now)}


def mark(room: Newsroom, now=AFTER, *, wrong: bool = True) -> None:
    room.store.stories.mark_wrong(cangos(room), wrong, now)


def cangos(room: Newsroom) -> int:
    """The number of the sale that the digests tell first."""
    return next(number for number in range(1, 30) if (one := room.store.stories.get(number)) and str(one.story.btc) == "4451")


def test_a_digest_that_was_sent_is_edited_once_and_back_when_the_story_is_right_after_all(room: Newsroom) -> None:
    make(room)
    first = send(room)
    mark(room)
    assert [owe_stories(room.store, AFTER + timedelta(seconds=5 * n)) for n in range(3)] == [2, 0, 0]
    edits = send(room, AFTER)
    for chat in (1, 2):
        assert edits[chat].message.edits == first[chat].id + 1000  # type: ignore[operator]
        assert "<s><b>Cango (CANG)</b> sold <b>4,451 BTC</b>" in edits[chat].message.html
        assert edits[chat].expires_at is None
    mark(room, AFTER + timedelta(hours=1), wrong=False)
    assert owe_stories(room.store, AFTER + timedelta(hours=1)) == 2
    assert {one.message.html for one in send(room, AFTER + timedelta(hours=1)).values()} == {first[1].message.html}
    mark(room, AFTER + timedelta(hours=2))
    assert owe_stories(room.store, AFTER + timedelta(hours=2)) == 2, "a second time"


def test_a_mark_and_its_end_before_the_edit_leaves_cost_nobody_the_order(room: Newsroom) -> None:
    make(room)
    first = send(room)
    for number in range(2):
        mark(room, AFTER + timedelta(minutes=number), wrong=not number)
        owe_stories(room.store, AFTER + timedelta(minutes=number))
    assert send(room, AFTER + timedelta(minutes=3))[1].message.html == first[1].message.html


def test_a_digest_that_waits_leaves_without_it_and_with_it_again(room: Newsroom) -> None:
    make(room)
    before = {delivery.message.html for delivery in room.store.outbox.waiting()}
    mark(room, DUE)
    assert owe_stories(room.store, DUE) == 0
    for delivery in room.store.outbox.waiting():
        assert "4,451" not in delivery.message.html
        assert "1 completed sale, 550.03 BTC" in delivery.message.html
        assert "Corrected" not in delivery.message.html
    mark(room, DUE + timedelta(minutes=1), wrong=False)
    assert owe_stories(room.store, DUE + timedelta(minutes=1)) == 0
    assert {delivery.message.html for delivery in room.store.outbox.waiting()} == before


def test_what_left_without_a_story_tells_it_when_it_is_right_after_all(room: Newsroom) -> None:
    make(room)
    whole = room.store.outbox.waiting()[0].message.html
    mark(room, DUE)
    owe_stories(room.store, DUE)
    assert "4,451" not in send(room)[1].message.html
    assert owe_stories(room.store, AFTER) == 0
    mark(room, AFTER, wrong=False)
    assert owe_stories(room.store, AFTER) == 2
    assert send(room, AFTER)[1].message.html == whole


def test_a_digest_on_its_way_is_edited_once_it_has_arrived(room: Newsroom) -> None:
    make(room)
    [flying] = room.store.outbox.claim("w", DUE, 1, timedelta(minutes=1))
    mark(room, DUE)
    now = DUE + timedelta(seconds=5)
    assert owe_stories(room.store, now) == 0
    [other] = [one for one in room.store.outbox.waiting() if one.id != flying.id]
    assert "4,451" not in other.message.html
    assert "4,451" in room.store.outbox.get(flying.id or 0).message.html  # type: ignore[union-attr]
    room.store.outbox.mark_sent(flying.id or 0, 77, now)
    assert owe_stories(room.store, now + timedelta(seconds=5)) == 1
    [edit] = [one for one in room.store.outbox.waiting() if one.message.edits == 77]
    assert "<s><b>Cango (CANG)</b>" in edit.message.html
    assert owe_stories(room.store, now + timedelta(seconds=10)) == 0


def test_a_digest_whose_flight_failed_is_given_other_words_before_the_next(room: Newsroom) -> None:
    make(room)
    [flying] = room.store.outbox.claim("w", DUE, 1, timedelta(minutes=1))
    mark(room, DUE)
    owe_stories(room.store, DUE + timedelta(seconds=5))
    room.store.outbox.retry(flying.id or 0, DUE + timedelta(seconds=30), "Too Many Requests")
    assert owe_stories(room.store, DUE + timedelta(seconds=10)) == 0
    assert not [one for one in room.store.outbox.waiting() if "4,451" in one.message.html]


def test_a_story_marked_while_its_digest_was_made_is_corrected_too(room: Newsroom) -> None:
    class Interrupted(Desk):
        def digest(self, *args, **more) -> Answer:  # type: ignore[no-untyped-def]
            said = super().digest(*args, **more)
            mark(room, DUE)
            owe_stories(room.store, DUE)
            return said

    DigestJob(room.store).tick(Interrupted(room.store, DUE))
    assert "4,451" in room.store.outbox.waiting()[0].message.html
    owe_stories(room.store, DUE + timedelta(seconds=5))
    assert not [one for one in room.store.outbox.waiting() if "4,451" in one.message.html]


def test_dying_between_owing_and_noting_it_owes_nothing_twice(room: Newsroom) -> None:
    make(room)
    send(room)
    mark(room)
    marked = room.store.stories.get(cangos(room))
    assert marked is not None
    assert owe_amendments(Desk(room.store, AFTER), marked).owed == 2
    assert owe_stories(room.store, AFTER + timedelta(minutes=1)) == 0  # the story was still to be announced
    assert len(send(room, AFTER + timedelta(minutes=2))) == 2
    assert owe_stories(room.store, AFTER + timedelta(minutes=3)) == 0


def test_a_story_that_grows_edits_no_digest(room: Newsroom) -> None:
    make(room)
    send(room)
    room.tell(*events([stored(btc="550.03", usd="38000000")]), outlet="Yellow", at=AFTER)
    assert owe_stories(room.store, AFTER + timedelta(minutes=10)) == 0


def test_a_corrected_figure_is_corrected_in_the_digest(room: Newsroom) -> None:
    number = room.tell(*events([stored(company="Riot Platforms", ticker="RIOT", btc="1080", usd="96000000")]), at=utc("2026-02-10T03:00"))
    owe_stories(room.store, DUE - timedelta(minutes=1))
    make(room)
    send(room)
    right = events([stored(company="Riot Platforms", ticker="RIOT", btc="1008", usd="96000000")])
    room.store.articles.save_extraction(number, Extraction(tuple(right)), "test")
    room.merge(AFTER)
    assert owe_stories(room.store, AFTER) == 2
    edit = timeless(send(room, AFTER)[1].message.html)
    assert "<b>Corrected</b> Tue 10 Feb 2026, 13:00 UTC: what is struck out no longer holds" in edit
    assert "<s><b>Riot Platforms (RIOT)</b> sold <b>1,080 BTC</b> for <b>$96M</b></s>" in edit
    assert (
        "<b>Corrected: </b><b>Riot Platforms (RIOT)</b> sold <b>1,008 BTC</b> for <b>$96M</b>\nreported 10 Feb 2026 · about $95.2k a coin"
        in edit
    )


def test_each_place_is_told_in_the_language_of_its_digest_though_it_speaks_another_by_now(room: Newsroom) -> None:
    room.store.chats.set_language(2, "de")
    room.store.subscriptions.put(daily(2, timezone="Europe/Berlin", digest_at=(DUE + timedelta(hours=1)).time()))
    make(room)
    send(room)
    room.store.chats.set_language(2, "zh")
    mark(room)
    owe_stories(room.store, AFTER)
    edits = {chat: timeless(one.message.html).splitlines()[1] for chat, one in send(room, AFTER).items()}
    assert edits[1].startswith("<b>Corrected</b> Tue 10 Feb 2026, 13:00 UTC")
    assert edits[2].startswith("<b>Berichtigt</b> Di., 10. Feb. 2026, 14:00 CET: Durchgestrichenes gilt nicht mehr")


def test_the_day_and_the_week_are_both_corrected(room: Newsroom) -> None:
    room.store.subscriptions.put(subscription(1, topics=frozenset({Topic.DIGEST, Topic.WEEKLY}), weekly_day=1))
    make(room)
    send(room)
    mark(room)
    assert owe_stories(room.store, AFTER) == 3
    keys = [one.key.rpartition(":e")[0] for one in room.store.outbox.waiting() if one.place == Place(1)]
    assert sorted(keys) == ["digest:2026-02-10T08:00", "weekly:2026-02-10T08:00"]


def test_who_threw_the_bot_out_is_edited_and_what_became_a_supergroup_is_not(room: Newsroom) -> None:
    room.store.subscriptions.put(daily(-3))
    make(room)
    send(room)
    room.store.chats.pause(1, "thrown out", AFTER)
    room.store.chats.resume(1)
    room.store.chats.migrate(-3, -1_000_000_000_003)
    mark(room)
    assert owe_stories(room.store, AFTER) == 2
    assert {one.place for one in room.store.outbox.waiting()} == {Place(1), Place(2)}


def test_an_edit_owed_to_a_group_does_not_follow_it_into_its_supergroup(room: Newsroom) -> None:
    room.store.subscriptions.put(daily(-3))
    make(room)
    send(room)
    mark(room)
    assert owe_stories(room.store, AFTER) == 3
    room.store.chats.migrate(-3, -1_000_000_000_003)
    assert {one.place for one in room.store.outbox.waiting()} == {Place(1), Place(2)}


def test_a_digest_of_long_ago_is_forgotten_with_what_it_told(room: Newsroom) -> None:
    make(room)
    send(room)
    number = cangos(room)
    assert len(room.store.listings.of(number)) == 1
    room.store.outbox.prune(DUE + timedelta(days=1))
    assert room.store.listings.of(number) == []
    mark(room)
    assert owe_stories(room.store, AFTER) == 0


def test_a_digest_that_nobody_will_get_holds_up_nothing(room: Newsroom) -> None:
    make(room)
    room.store.outbox.expire(DUE + timedelta(days=1))
    mark(room, DUE + timedelta(days=1))
    assert owe_stories(room.store, DUE + timedelta(days=1)) == 0
    assert not room.store.stories.unannounced(10)


def test_what_was_set_aside_is_owed_again_without_it(room: Newsroom) -> None:
    make(room)
    [first, _] = room.store.outbox.waiting()
    room.store.outbox.set_aside(first.id or 0, "400", DUE)
    mark(room, DUE)
    owe_stories(room.store, DUE)
    room.store.outbox.owe_again(first.id or 0, DUE)
    assert not [one for one in room.store.outbox.waiting() if "4,451" in one.message.html]


def test_a_thousand_places_share_what_is_kept_of_a_digest(room: Newsroom) -> None:
    for chat in range(10, 210):
        room.store.subscriptions.put(daily(chat))
    make(room)
    assert len(room.store.listings.of(cangos(room))) == 1
    mark(room, DUE)
    owe_stories(room.store, DUE)
    waiting = room.store.outbox.waiting(1000)
    assert (len(waiting), {"4,451" in one.message.html for one in waiting}) == (202, {False})


def test_a_store_keeps_what_a_digest_told_as_it_was(room: Newsroom) -> None:
    make(room)
    [listing] = room.store.listings.of(cangos(room))
    assert {story.id: story.story.btc for story in listing.stories}[cangos(room)] == 4451
    assert (listing.until, listing.since, listing.language) == (DUE, DUE - timedelta(days=1), "en")
    assert room.store.listings.reword(listing, listing, listing.html, DUE) == 0
