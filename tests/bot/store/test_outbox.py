"""The outbox: owed once, claimed by one, in order, at Telegram's pace, and never lost."""

import itertools
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from multiprocessing import get_context

import pytest

from bot.edges.store import pace
from bot.edges.store.store import Store
from bot.model import Button, Chat, ChatKind, Delivery, DeliveryKind, DeliveryState, Message, OutboxCounts, Place
from tests.support.news import NOW
from tests.support.senders import LEASE, drain

SECOND = timedelta(seconds=1)
ALERT, DIGEST, ANSWER = DeliveryKind.ALERT, DeliveryKind.DIGEST, DeliveryKind.ANSWER


def owed(key: str, chat: int = 1, kind: DeliveryKind = ALERT, topic: int | None = None, **others) -> Delivery:
    return Delivery(Place(chat, topic), kind, key, others.pop("message", Message(f"<b>{key}</b>")), others.pop("not_before", NOW), **others)


def claim(store: Store, now: datetime = NOW, limit: int = 50, worker: str = "w") -> list[str]:
    return [found.key for found in store.outbox.claim(worker, now, limit, LEASE)]


def in_order(store: Store, start: datetime = NOW, seconds: int = 5) -> list[str]:
    """The keys as they are claimed (and sent) over some seconds."""
    found = []
    for step in range(seconds * 4):
        now = start + step * SECOND / 4
        for delivery in store.outbox.claim("w", now, 50, LEASE):
            found.append(delivery.key)
            store.outbox.mark_sent(delivery.id, 1, now)
    return found


def test_a_message_is_owed_once_however_often_it_is_planned(store: Store) -> None:
    both = [owed("digest:2026-02-10", 1), owed("digest:2026-02-10", 2)]
    assert store.outbox.owe(both) == 2
    assert store.outbox.owe([*both, owed("digest:2026-02-10", 2, topic=5)]) == 1
    assert in_order(store) == ["digest:2026-02-10"] * 3
    assert store.outbox.owe(both) == 0
    assert store.outbox.counts(NOW) == OutboxCounts(sent=3)


def test_nothing_owed_is_nothing_done(store: Store) -> None:
    assert store.outbox.owe([]) == 0
    assert claim(store) == []


def test_a_message_comes_back_as_it_was_owed(store: Store) -> None:
    buttons = ((Button("Next", "/sales p2"), Button("Site", url="https://example.org/?a=1&b")), (Button("Close", "/close"),))
    message = Message("<b>4,451 BTC</b> &amp; 🟧", buttons, b"\x89PNG\x00\xff", silent=True, edits=77)
    wanted = owed("k", -100123456789, DIGEST, topic=9, message=message, expires_at=NOW + 60 * SECOND)
    store.outbox.owe([wanted])
    (found,) = store.outbox.waiting()
    assert found == replace(wanted, id=found.id)
    (found,) = store.outbox.claim("w", NOW, 1, LEASE)
    assert found == replace(wanted, id=found.id, attempts=1, slot=NOW)


def test_a_claimed_message_is_no_one_elses_until_its_lease_ends(store: Store) -> None:
    store.outbox.owe([owed("k")])
    assert claim(store, worker="dies") == ["k"]
    assert claim(store, NOW + LEASE - SECOND, worker="other") == []
    assert store.outbox.counts(NOW) == OutboxCounts(owed=1, in_flight=1, oldest_due=NOW)
    (again,) = store.outbox.claim("other", NOW + LEASE, 5, LEASE)
    assert (again.key, again.attempts) == ("k", 2)


def test_what_a_dead_process_claimed_is_sent_after_the_restart(store_url: str) -> None:
    with Store.open(store_url) as store:
        store.outbox.owe([owed("one"), owed("two"), owed("other", 2)])
        assert claim(store) == ["one", "other"]
    with Store.open(store_url) as store:
        assert in_order(store, NOW + LEASE, 5) == ["one", "other", "two"]
        assert store.outbox.counts(NOW).sent == 3


def test_a_worker_gives_back_what_it_has_not_sent(store: Store) -> None:
    store.outbox.owe([owed("one", 1), owed("two", 2)])
    first, _ = store.outbox.claim("w", NOW, 5, LEASE)
    store.outbox.mark_sent(first.id, 1, NOW)
    assert store.outbox.release("w") == 1
    (again,) = store.outbox.claim("w", NOW + 2 * SECOND, 5, LEASE)
    assert (again.key, again.attempts) == ("two", 1)


def test_answers_go_before_alerts_and_alerts_before_digests(store: Store) -> None:
    store.outbox.owe([owed("d", 1, DIGEST), owed("al", 2, ALERT), owed("an", 3, ANSWER), owed("d2", 4, DIGEST)])
    assert claim(store) == ["an", "al", "d", "d2"]


def test_in_one_place_the_planned_order_arrives(store: Store) -> None:
    store.outbox.owe([owed("part 1", kind=DIGEST), owed("part 2", kind=DIGEST), owed("alert"), owed("part 3", kind=DIGEST)])
    assert in_order(store) == ["alert", "part 1", "part 2", "part 3"]


def test_a_later_message_waits_while_an_earlier_one_is_in_flight_or_retried(store: Store) -> None:
    store.outbox.owe([owed("one"), owed("two")])
    (one,) = store.outbox.claim("w", NOW, 5, LEASE)
    assert claim(store, NOW + 5 * SECOND) == []
    store.outbox.retry(one.id, NOW + 20 * SECOND, "502 Bad Gateway")
    assert claim(store, NOW + 10 * SECOND) == []
    assert store.outbox.waiting()[0].error == "502 Bad Gateway"
    assert in_order(store, NOW + 20 * SECOND, 3) == ["one", "two"]


def test_a_more_urgent_message_passes_one_that_is_retried(store: Store) -> None:
    store.outbox.owe([owed("digest", kind=DIGEST)])
    (digest,) = store.outbox.claim("w", NOW, 5, LEASE)
    store.outbox.retry(digest.id, NOW + 60 * SECOND, "502")
    store.outbox.owe([owed("alert")])
    assert claim(store, NOW + 2 * SECOND) == ["alert"]


def test_what_is_owed_for_later_holds_nothing_up(store: Store) -> None:
    store.outbox.owe([owed("after quiet hours", not_before=NOW + timedelta(hours=2)), owed("now"), owed("digest", kind=DIGEST)])
    assert in_order(store) == ["now", "digest"]
    assert claim(store, NOW + timedelta(hours=2)) == ["after quiet hours"]


def test_a_topic_that_is_retried_does_not_hold_up_another_topic(store: Store) -> None:
    store.outbox.owe([owed("one", topic=1), owed("two", topic=2)])
    (one,) = store.outbox.claim("w", NOW, 5, LEASE)
    store.outbox.retry(one.id, NOW + 60 * SECOND, "closed")
    assert claim(store, NOW + 2 * SECOND) == ["two"]


def test_what_will_never_pass_is_set_aside_and_out_of_the_way(store: Store) -> None:
    store.outbox.owe([owed("broken"), owed("next")])
    (broken,) = store.outbox.claim("w", NOW, 5, LEASE)
    store.outbox.set_aside(broken.id, "can't parse entities", NOW)
    assert claim(store, NOW + 2 * SECOND) == ["next"]
    (aside,) = store.outbox.aside()
    assert (aside.key, aside.state, aside.error) == ("broken", DeliveryState.SET_ASIDE, "can't parse entities")
    assert store.outbox.owe_again(broken.id, NOW)
    assert not store.outbox.owe_again(broken.id, NOW)
    assert store.outbox.aside() == []


def test_a_message_that_is_too_old_expires_and_holds_nothing_up(store: Store) -> None:
    store.outbox.owe([owed("old", expires_at=NOW + 60 * SECOND), owed("new")])
    assert claim(store, NOW + 60 * SECOND) == ["new"]
    assert store.outbox.expire(NOW + 60 * SECOND) == 1
    assert store.outbox.counts(NOW).expired == 1


def test_a_message_in_flight_does_not_expire(store: Store) -> None:
    store.outbox.owe([owed("k", expires_at=NOW + SECOND)])
    (found,) = store.outbox.claim("w", NOW, 1, LEASE)
    assert store.outbox.expire(NOW + 2 * SECOND) == 0
    store.outbox.mark_sent(found.id, 5, NOW + 2 * SECOND)
    assert store.outbox.counts(NOW).sent == 1


def test_a_chat_that_is_held_does_not_hold_others(store: Store) -> None:
    store.outbox.owe([owed("a", 1), owed("b", 2)])
    store.outbox.hold_chat(1, NOW + 30 * SECOND)
    store.outbox.hold_chat(1, NOW + 10 * SECOND)  # a shorter hold does not end a longer one
    assert in_order(store, NOW, 3) == ["b"]
    assert claim(store, NOW + 29 * SECOND) == []
    assert claim(store, NOW + 30 * SECOND) == ["a"]


def test_a_hold_of_all_holds_all(store: Store) -> None:
    store.outbox.owe([owed("a", 1), owed("b", 2)])
    store.outbox.hold_all(NOW + 5 * SECOND)
    assert claim(store, NOW + 3 * SECOND) == []
    assert claim(store, NOW + 5 * SECOND) == ["a", "b"]


def test_a_paused_chat_gets_nothing_and_gives_up_what_it_was_owed(store: Store) -> None:
    store.chats.see(Chat(1, ChatKind.PRIVATE))
    store.outbox.owe([owed("a", 1), owed("b", 2)])
    store.chats.pause(1, "bot was blocked by the user")
    store.chats.pause(2, "user is deactivated")  # a chat that was never seen
    store.outbox.owe([owed("late", 1)])
    assert in_order(store) == []
    assert store.outbox.counts(NOW) == OutboxCounts(owed=1, expired=2, oldest_due=NOW)
    assert store.chats.resume(1)
    assert claim(store, NOW + 20 * SECOND) == ["late"]


def test_a_picture_is_kept_once_and_forgotten_with_its_last_message(store: Store) -> None:
    store.outbox.owe([owed("d", chat, message=Message("x", photo=b"chart")) for chat in range(1, 4)])
    photos = []
    for delivery in store.outbox.claim("w", NOW, 3, LEASE):
        photos.append(delivery.message.photo)
        store.outbox.mark_sent(delivery.id, 1, NOW)
    assert photos == [b"chart"] * 3
    assert store.outbox.prune(NOW) == 0
    assert store.outbox.prune(NOW + SECOND) == 3
    assert store.outbox.counts(NOW) == OutboxCounts()


# --- pace ------------------------------------------------------------------------------------------------------------


def most_in(slots: Iterable[float], window: float) -> int:
    ordered = sorted(slots)
    return max(sum(start <= slot < start + window for slot in ordered) for start in ordered)


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
    assert 28 <= len(claim(store, limit=100)) <= 29
    assert claim(store, limit=100) == []
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
    assert all(later - earlier >= SECOND for earlier, later in itertools.pairwise(slots))


def test_a_group_gets_twenty_messages_a_minute_and_a_private_chat_more(store: Store) -> None:
    slots: dict[int, list[float]] = {1: [], -1: []}
    for step in range(150):
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


# --- several workers -------------------------------------------------------------------------------------------------


def fill(url: str, chats: int, each: int) -> None:
    with Store.open(url) as store:
        assert store.outbox.owe([owed(f"k{n}", chat) for n in range(each) for chat in range(1, chats + 1)]) == chats * each


def check(claims: list[tuple[int, int, float]], chats: int, each: int) -> None:
    """Each message once, each chat's in order and a second apart, all within the pace."""
    assert sorted(Counter(delivery for delivery, _, _ in claims).items()) == [(n + 1, 1) for n in range(chats * each)]
    for chat in range(1, chats + 1):
        own = sorted((slot, delivery) for delivery, place, slot in claims if place == chat)
        assert [delivery for _, delivery in own] == sorted(delivery for _, delivery in own)
        assert all(later[0] - earlier[0] >= 1 for earlier, later in itertools.pairwise(own))
    assert most_in([slot for _, _, slot in claims], 1) <= 29


def test_threads_claim_nothing_twice(store_url: str) -> None:
    fill(store_url, chats=12, each=3)
    with ThreadPoolExecutor(6) as pool:
        claims = [pool.submit(drain, store_url, f"w{n}", NOW, 50) for n in range(6)]
        check([one for found in claims for one in found.result()], 12, 3)


def test_processes_claim_nothing_twice(store_url: str) -> None:
    fill(store_url, chats=12, each=3)
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        claims = [pool.submit(drain, store_url, f"w{n}", NOW, 50) for n in range(3)]
        check([one for found in claims for one in found.result()], 12, 3)


def test_one_message_planned_by_many_is_owed_once(store_url: str) -> None:
    def plan(_: int) -> int:
        with Store.open(store_url) as store:
            return store.outbox.owe([owed("digest", chat) for chat in range(1, 30)])

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(plan, range(6))) == 29


@pytest.mark.parametrize("recent", [[], [5.0], [float(n) for n in range(20)]])
def test_a_chat_is_ready_again_after_its_window(recent: list[float]) -> None:
    private, group = pace.ready_at(recent, group=False), pace.ready_at(recent, group=True)
    if not recent:
        assert private is group is None
    else:
        assert private.timestamp() - recent[-1] >= 1
        assert group.timestamp() >= (60 if len(recent) == 20 else 6)
