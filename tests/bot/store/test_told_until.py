"""Until when a place was told by digests is kept with what is owed, and settings never set it back."""

from dataclasses import replace
from datetime import timedelta

from bot.edges.store.store import Store
from bot.model import Delivery, DeliveryKind, Message, Place, Subscription, Topic
from tests.support.news import NOW

HERE, TOPIC, THERE = Place(1), Place(1, 7), Place(2)
DAY = timedelta(days=1)


def digest(place: Place, key: str, at=NOW, edits: int | None = None) -> Delivery:
    return Delivery(place, DeliveryKind.DIGEST, key, Message("words", edits=edits), not_before=at)


def subscribed(store: Store, *places: Place) -> None:
    for place in places:
        store.subscriptions.put(Subscription(place, frozenset({Topic.DIGEST, Topic.WEEKLY})))


def until(store: Store, place: Place):
    found = store.subscriptions.get(place)
    assert found is not None
    return found.digest_until, found.weekly_until


def test_what_is_owed_is_told_up_to_its_time_there_alone(store: Store) -> None:
    subscribed(store, HERE, TOPIC, THERE)
    store.outbox.owe(
        [digest(HERE, "digest:2026-02-10T08:00"), digest(HERE, "digest:2026-02-10T08:00:2"), digest(THERE, "weekly:x", NOW - DAY)]
    )
    assert [until(store, place) for place in (HERE, TOPIC, THERE)] == [(NOW, None), (None, None), (None, NOW - DAY)]


def test_an_edit_and_what_is_owed_already_tell_nothing_new(store: Store) -> None:
    subscribed(store, HERE)
    store.outbox.owe([digest(HERE, "digest:a", NOW)])
    store.outbox.owe([digest(HERE, "digest:a", NOW + DAY), digest(HERE, "digest:a:e5", NOW + DAY, edits=7)])
    store.outbox.owe([digest(HERE, "digest:b", NOW - DAY)])
    assert until(store, HERE) == (NOW, None)


def test_settings_never_set_it_back(store: Store) -> None:
    subscribed(store, HERE)
    before = store.subscriptions.get(HERE)
    assert before is not None
    store.outbox.owe([digest(HERE, "digest:a"), digest(HERE, "weekly:a")])
    store.subscriptions.put(replace(before, silent=True))
    assert until(store, HERE) == (NOW, NOW)
    store.subscriptions.put(replace(before, digest_until=NOW + DAY, weekly_until=NOW - DAY))
    assert until(store, HERE) == (NOW + DAY, NOW)
