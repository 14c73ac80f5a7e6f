"""What digests told of stories, on both databases: kept once, reworded while it waits, forgotten with its messages."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from bot.edges.store.store import Store
from bot.model import Delivery, DeliveryKind, Listing, Mark, Message, Part, Place
from extractors.model import Period
from tests.support.newsroom import Newsroom, events
from tests.support.tales import NOW, cango

LEASE = timedelta(minutes=1)


def listing(store: Store, **more: object) -> Listing:
    """A digest's message that tells a story of this store."""
    Newsroom(store).tell(*events([cango()]))
    [story] = store.stories.unannounced(5)
    store.stories.announced(story.id, story.revision)
    told = replace(story, story=replace(story.story, tellings=(), purposes=(), differ=()), changed_at=story.found_at)
    marks = (Mark(Part.SALE, (story.id,), (1, 2)), Mark(Part.SUMS, (story.id,), (0,)))
    return Listing("sums\nold\nwords", marks, (told,), "de", "Europe/Berlin", NOW - LEASE, NOW, NOW, **more)  # type: ignore[arg-type]


def owe(store: Store, told: Listing, *chats: int, key: str = "digest:2026-02-10T08:00", **more: object) -> None:
    message = Message(told.html, **more)  # type: ignore[arg-type]
    store.outbox.owe(Delivery(Place(chat), DeliveryKind.DIGEST, key, message, NOW, listing=told) for chat in chats)


def send(store: Store, now=NOW) -> None:
    for step in range(10):
        for one in store.outbox.claim("w", now + timedelta(seconds=3 * step), 50, LEASE):
            store.outbox.mark_sent(one.id or 0, one.message.edits or 70 + one.place.chat_id, now)


def test_it_comes_back_as_it_was_kept_and_is_kept_once(store: Store) -> None:
    told = listing(store, weekly=True, caption=True, without=frozenset({9}))
    owe(store, told, 1, 2, 3)
    number = told.stories[0].id
    assert store.listings.of(number) == [told]
    [found] = store.listings.of(number)
    story = found.stories[0].story
    assert (story.btc, story.usd, story.period) == (Decimal(4451), Decimal(305_000_000), Period(*_days()))
    assert store.listings.of(number, 1) == []
    assert store.listings.of(number, 2) == [told]
    assert store.listings.of(999) == []


def test_articles_of_what_was_marked_wrong_are_named_with_its_company(store: Store) -> None:
    number = listing(store).stories[0].id
    [article] = [source.article_id for source in store.stories.sources(number)]
    assert store.listings.marked_wrong([article]) == frozenset()
    store.stories.mark_wrong(number, True, NOW)
    assert store.listings.marked_wrong([article, "999"]) == {(article, "Cango")}
    assert store.listings.marked_wrong(["999"]) == frozenset()


def _days():  # type: ignore[no-untyped-def]
    period = cango().story.period
    assert period is not None
    return period.start, period.end


def test_what_is_owed_of_a_story_that_changed_meanwhile_announces_it_again(store: Store) -> None:
    told = listing(store)
    number = told.stories[0].id
    store.stories.mark_wrong(number, True, NOW)
    store.stories.announced(number, 2)
    owe(store, told, 1)
    assert [story.id for story in store.stories.unannounced(5)] == [number]


def test_only_what_waits_is_reworded_and_a_flight_leaves_it_unplanned(store: Store) -> None:
    told = listing(store)
    owe(store, told, 1, 2, 3)
    number = told.stories[0].id
    [flying] = store.outbox.claim("w", NOW, 1, LEASE)
    other = replace(told, without=frozenset({number}))
    assert store.listings.reword(told, other, "new", NOW) == 2
    assert store.listings.reword(told, other, "new", NOW) == 0
    assert not store.listings.planned(told, {number: 2}, 0, "")
    store.outbox.mark_sent(flying.id or 0, 71, NOW)
    assert not store.listings.planned(told, {number: 2}, 0, ""), "one was sent that was not seen"
    [sent] = store.listings.sent(told)
    assert (sent.place, sent.key, sent.message_id, sent.html) == (flying.place, flying.key, 71, told.html)
    assert store.listings.planned(told, {number: 2}, 1, "")
    assert store.listings.of(number, 2) == [other]
    send(store, NOW + LEASE)
    assert {one.html for one in store.listings.sent(other)} == {"new"}


def test_a_message_reads_as_its_last_edit_will(store: Store) -> None:
    told = listing(store)
    owe(store, told, 1)
    send(store)
    assert store.listings.reads_as_made(told)
    for number in (1, 2):
        edited = replace(told, html=f"edit {number}")
        message = Message(edited.html, edits=71)
        store.outbox.owe([Delivery(Place(1), DeliveryKind.DIGEST, f"digest:2026-02-10T08:00:e{number}", message, NOW, listing=told)])
    assert [one.html for one in store.listings.sent(told)] == ["edit 2"]
    assert not store.listings.reads_as_made(told)
    send(store, NOW + LEASE)
    assert [one.html for one in store.listings.sent(told)] == ["edit 2"]


def test_messages_are_counted_as_sent_or_waiting_without_their_edits(store: Store) -> None:
    told = listing(store)
    number = told.stories[0].id
    owe(store, told, 1)
    send(store)
    owe(store, told, 1, key="digest:2026-02-10T08:00:e1", edits=71)
    owe(store, told, 2, 3)
    sent, waiting = store.listings.counted(number)
    assert sent == {(1, 0, "digest:2026-02-10T08:00")}
    assert waiting == {(chat, 0, "digest:2026-02-10T08:00") for chat in (2, 3)}
    assert store.listings.counted(999) == (set(), set())


def test_it_is_forgotten_with_the_last_of_its_messages(store: Store) -> None:
    told = listing(store)
    number = told.stories[0].id
    owe(store, told, 1, 2)
    send(store)
    owe(store, told, 3)
    assert store.outbox.prune(NOW + LEASE) == 2
    assert store.listings.of(number) == [told]
    send(store, NOW + LEASE)
    assert store.outbox.prune(NOW + 2 * LEASE) == 1
    assert store.listings.of(number) == []
