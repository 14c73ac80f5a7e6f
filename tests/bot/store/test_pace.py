"""The pace of sending: never faster than Telegram allows, over all chats and in each."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.edges.store import pace
from bot.edges.store.store import Store
from tests.support.news import NOW
from tests.support.senders import LEASE, most_in, owed

SECOND = timedelta(seconds=1)


@pytest.fixture
def store() -> Iterator[Store]:
    """The arithmetic is the same on every database; `test_workers` holds it on both."""
    with Store.open("sqlite://") as opened:
        yield opened


def test_a_broadcast_goes_out_at_28_a_second_and_never_above_30(store: Store) -> None:
    store.outbox.owe([owed("digest", chat) for chat in range(1, 101)])
    slots = []
    for step in range(40):
        for delivery in store.outbox.claim("w", NOW + step * SECOND / 10, 50, LEASE):
            slots.append(delivery.slot.timestamp())
            store.outbox.mark_sent(delivery.id, 1, NOW)
    assert len(slots) == 100
    assert 27 <= 99 / (max(slots) - min(slots)) <= 30
    assert most_in(slots, 1) <= 29


def test_slots_are_given_out_at_most_a_second_ahead(store: Store) -> None:
    store.outbox.owe([owed("digest", chat) for chat in range(1, 101)])
    assert 28 <= len(store.outbox.claim("w", NOW, 100, LEASE)) <= 29
    assert store.outbox.claim("w", NOW, 100, LEASE) == []
    (answer, granted) = store.outbox.take_slot(500, NOW)
    assert not granted
    assert NOW + SECOND < answer <= NOW + SECOND + pace.GAP
    assert store.outbox.take_slot(500, NOW + SECOND / 10).granted


def test_a_chat_gets_one_message_a_second(store: Store) -> None:
    store.outbox.owe([owed(f"part {n}") for n in range(4)])
    slots = []
    for step in range(100):
        for delivery in store.outbox.claim("w", NOW + step * SECOND / 20, 5, LEASE):
            slots.append(delivery.slot)
            store.outbox.mark_sent(delivery.id, 1, NOW)
    assert len(slots) == 4
    assert all(later - earlier >= SECOND for earlier, later in pairwise(slots))


def test_a_group_gets_twenty_messages_a_minute_and_a_private_chat_more(store: Store) -> None:
    slots: dict[int, list[float]] = {1: [], -1: []}
    for step in range(70):
        for chat, taken in slots.items():
            slot = store.outbox.take_slot(chat, NOW + step * SECOND)
            if slot.granted:
                taken.append(slot.at.timestamp())
    assert most_in(slots[-1], 60) == 20
    assert most_in(slots[1], 60) > 50
    assert most_in(slots[1], 1) == most_in(slots[-1], 1) == 1


def test_an_answer_and_a_broadcast_share_one_pace(store: Store) -> None:
    store.outbox.owe([owed("digest", chat) for chat in range(1, 60)])
    slots = []
    for step in range(30):
        now = NOW + step * SECOND / 10
        answer = store.outbox.take_slot(1000 + step, now)
        assert answer.granted
        slots.append(answer.at.timestamp())
        for delivery in store.outbox.claim("w", now, 4, LEASE):
            slots.append(delivery.slot.timestamp())
            store.outbox.mark_sent(delivery.id, 1, now)
    assert most_in(slots, 1) <= 29


def test_a_clock_that_was_set_back_stops_nothing(store: Store) -> None:
    store.outbox.owe([owed("a", 1), owed("b", 1)])
    (first,) = store.outbox.claim("w", NOW, 5, LEASE)
    store.outbox.mark_sent(first.id, 1, NOW)
    earlier = NOW - timedelta(hours=1)
    assert store.outbox.take_slot(1, earlier) == (earlier, True)
    store.outbox.owe([owed("c", 2, not_before=earlier)])
    assert [found.slot for found in store.outbox.claim("w", earlier, 5, LEASE)] == [earlier + pace.GAP]


@pytest.mark.parametrize("recent", [[], [5.0], [float(n) for n in range(20)]])
def test_a_chat_is_ready_again_after_its_window(recent: list[float]) -> None:
    private, group = pace.ready_at(recent, group=False), pace.ready_at(recent, group=True)
    if not recent:
        assert private is group is None
    else:
        assert private.timestamp() - recent[-1] >= 1
        assert group.timestamp() >= (60 if len(recent) == 20 else 6)
