"""The outbox: owed once, claimed by one, in order, and never lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from bot.edges.store.pace import GAP, PAID_GAP, SHARED_GAP
from bot.edges.store.store import Store
from bot.model import Button, Chat, ChatKind, DeliveryKind, DeliveryState, Message, OutboxCounts
from tests.support.news import NOW
from tests.support.senders import LEASE, owed

SECOND = timedelta(seconds=1)
ALERT, DIGEST, ANSWER = DeliveryKind.ALERT, DeliveryKind.DIGEST, DeliveryKind.ANSWER


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


def test_new_alerts_go_before_edits_of_old_ones_and_these_keep_their_order(store: Store) -> None:
    edits = [owed(f"story:{number % 3}:r{number}", message=Message("x", edits=number % 3 + 1)) for number in range(2, 8)]
    store.outbox.owe([*edits, owed("digest", kind=DIGEST), owed("late", message=Message("x", edits=1))])
    assert claim(store) == ["story:2:r2"]
    store.outbox.release("w")
    store.outbox.owe([owed("one"), owed("two"), owed("answer", kind=ANSWER)])
    found = in_order(store, NOW + SECOND, 15)
    assert found == ["answer", "one", "two", *(edit.key for edit in edits), "digest", "late"]


def test_an_edit_that_is_retried_is_passed_by_news_alone(store: Store) -> None:
    first, second = (owed(key, message=Message("x", edits=1)) for key in ("first", "second"))
    store.outbox.owe([first, second])
    [edit] = store.outbox.claim("w", NOW, 5, LEASE)
    store.outbox.retry(edit.id, NOW + 20 * SECOND, "502")
    store.outbox.owe([owed("alert")])
    assert in_order(store, NOW + 2 * SECOND, 3) == ["alert"]
    assert in_order(store, NOW + 20 * SECOND, 4) == ["first", "second"]


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


def test_a_paused_chat_gets_nothing_until_it_is_open_again(store: Store) -> None:
    store.chats.see(Chat(1, ChatKind.PRIVATE))
    store.outbox.owe([owed("a", 1), owed("b", 2), owed("stale", 1, expires_at=NOW + 10 * SECOND)])
    store.chats.pause(1, "bot was blocked by the user", NOW)
    store.chats.pause(2, "user is deactivated", NOW)  # a chat that was never seen
    store.outbox.owe([owed("late", 1)])
    assert in_order(store) == []
    assert store.outbox.counts(NOW) == OutboxCounts(owed=4, waiting=4)
    assert store.chats.resume(1)
    (first,) = store.outbox.claim("w", NOW + 20 * SECOND, 9, LEASE)
    store.outbox.mark_sent(first.id, 7, NOW)
    assert [first.key, *claim(store, NOW + 25 * SECOND)] == ["a", "late"]


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


def test_a_claim_reads_the_index_over_what_is_owed(fresh_url: Callable[[str], str]) -> None:
    """A million sent messages lie beside it. (PostgreSQL plans by the size of the table, which says nothing in a test.)"""
    from bot.edges.store.outbox import _claimable

    with Store.open(fresh_url("sqlite")) as store, store.database.reading() as session:
        compiled = str(_claimable().compile(store.database.engine))
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", tuple("1" * compiled.count("?"))).fetchall()
    assert any("SCAN delivery USING INDEX ix_delivery_owed" in row[3] for row in plan)


def test_what_is_owed_takes_other_words_until_it_is_on_its_way(store: Store) -> None:
    store.outbox.owe([owed("story:1:r1", chat) for chat in (1, 2)] + [owed("story:2:r1", 3)])
    [flying] = store.outbox.claim("w", NOW, 1, LEASE)
    assert store.outbox.reword("story:1:r1", (Message("<b>grown</b>"), 2), NOW) == 1
    assert {(one.place.chat_id, one.message.html, one.revision) for one in store.outbox.waiting()} == {
        (flying.place.chat_id, "<b>story:1:r1</b>", None),
        (3 - flying.place.chat_id, "<b>grown</b>", 2),
        (3, "<b>story:2:r1</b>", None),
    }


def test_other_words_may_be_for_some_chats_alone(store: Store) -> None:
    store.outbox.owe([owed("story:1:r1", chat) for chat in (1, 2, 3)])
    assert store.outbox.reword("story:1:r1", (Message("gewachsen"), 2), NOW, [1, 3, 4]) == 2
    assert [one.message.html for one in store.outbox.waiting()] == ["gewachsen", "<b>story:1:r1</b>", "gewachsen"]


def test_what_is_withdrawn_is_not_sent_and_may_be_owed_again(store: Store) -> None:
    store.outbox.owe([owed("story:1:r1", 1), owed("story:1:r1", 2)])
    [flying] = store.outbox.claim("w", NOW, 1, LEASE)
    assert store.outbox.withdraw("story:1:r1", NOW) == 1
    assert [one.id for one in store.outbox.waiting()] == [flying.id]
    assert store.outbox.owe([owed("story:1:r1", 1), owed("story:1:r1", 2)]) == 1


def test_broadcasts_that_are_paid_for_leave_close_together_and_what_is_not_paid_keeps_its_distance(store: Store) -> None:
    store.outbox.gap = PAID_GAP
    edit = owed("edit", 50, message=Message("x", edits=7))
    store.outbox.owe([edit, *(owed("digest", chat, DIGEST) for chat in range(1, 41)), owed("answer", 60, ANSWER)])
    slots = [found.slot for found in store.outbox.claim("w", NOW, 100, LEASE) if found.slot]
    gaps = [after - before for before, after in pairwise(slots)]
    assert len(slots) == 42
    usual = SHARED_GAP if store.outbox.is_shared else GAP
    assert gaps == [usual, usual, *[PAID_GAP] * 39]  # an answer first, being more urgent, and an edit that was owed before
    assert store.outbox.take_slot(70, NOW).at == slots[-1] + PAID_GAP
    assert store.outbox.take_slot(71, NOW).at == slots[-1] + PAID_GAP + usual
