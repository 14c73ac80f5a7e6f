"""Chats and subscriptions: settings outlive pauses and moves, and topics are their own."""

from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal

from bot.edges.store.store import Store
from bot.model import Chat, ChatKind, ChatState, Message, OutboxCounts, Place, Subscription, Topic
from tests.support.news import NOW, sale, story, tell
from tests.support.senders import LEASE, owed

GROUP, SUPER = -500, -1000000000500
FULL = Subscription(
    Place(GROUP, 7),
    frozenset({Topic.SALES, Topic.DIGEST}),
    Decimal("99.5"),
    frozenset({"CANG", "RIOT"}),
    "Europe/Berlin",
    time(6, 45),
    frozenset({0, 4}),
    (time(22, 0), time(7, 30)),
    silent=True,
)


def group(store: Store, chat_id: int = GROUP) -> Chat:
    return store.chats.see(Chat(chat_id, ChatKind.GROUP, "Miners"))


def tell_a_story(store: Store) -> None:
    """Story 1."""
    tell(store, "a", sale())
    store.stories.replace("Cango", sale().kind, [story(*store.articles.tellings("Cango", sale().kind))], NOW)


def test_a_chat_that_is_seen_again_keeps_its_settings(store: Store) -> None:
    group(store)
    store.chats.set_language(GROUP, "de")
    store.chats.set_timezone(GROUP, "Europe/Berlin")
    seen = store.chats.see(Chat(GROUP, ChatKind.GROUP, "Miners & friends"))
    assert seen == Chat(GROUP, ChatKind.GROUP, "Miners & friends", language="de", timezone="Europe/Berlin")
    assert store.chats.get(GROUP) == seen
    assert store.chats.get(1) is None


def test_the_language_of_who_writes_is_kept_as_last_seen(store: Store) -> None:
    assert store.chats.see(Chat(1, ChatKind.PRIVATE, "Ada", native="de")).native == "de"
    assert store.chats.see(Chat(1, ChatKind.PRIVATE, "Ada")).native == "de"
    assert store.chats.see(Chat(1, ChatKind.PRIVATE, "Ada", native="ru")) == Chat(1, ChatKind.PRIVATE, "Ada", native="ru")
    store.chats.set_language(1, "es")
    store.chats.set_language(1, None)
    assert store.chats.get(1).language is None


def test_a_subscription_comes_back_as_it_was_put(store: Store) -> None:
    store.subscriptions.put(FULL)
    assert store.subscriptions.get(FULL.place) == FULL
    changed = replace(FULL, topics=frozenset({Topic.CLAIMS}), quiet=None)
    store.subscriptions.put(changed)
    assert store.subscriptions.of_chat(GROUP) == [changed]
    assert store.subscriptions.get(Place(GROUP)) is None


def test_subscribers_are_found_by_topic(store: Store) -> None:
    store.subscriptions.put(FULL)
    store.subscriptions.put(Subscription(Place(1), frozenset({Topic.RETARGETS})))
    store.subscriptions.put(Subscription(Place(2)))
    assert [one.place for one in store.subscriptions.all(Topic.SALES)] == [FULL.place]
    assert [one.place for one in store.subscriptions.all()] == [FULL.place, Place(1)]
    assert store.subscriptions.remove(FULL.place)
    assert not store.subscriptions.remove(FULL.place)
    assert store.subscriptions.all(Topic.SALES) == []


def test_a_chat_that_threw_the_bot_out_keeps_its_settings(store: Store) -> None:
    group(store)
    store.subscriptions.put(FULL)
    store.chats.pause(GROUP, "bot was kicked", NOW)
    paused = store.chats.get(GROUP)
    assert (paused.state, paused.pause_reason) == (ChatState.PAUSED, "bot was kicked")
    assert store.subscriptions.all() == []
    assert store.subscriptions.get(FULL.place) == FULL
    assert store.chats.resume(GROUP)
    assert not store.chats.resume(GROUP)
    assert store.subscriptions.all() == [FULL]
    assert store.chats.get(GROUP).pause_reason is None


def test_a_closed_topic_pauses_that_topic_alone(store: Store) -> None:
    other = replace(FULL, place=Place(GROUP))
    store.subscriptions.put(FULL)
    store.subscriptions.put(other)
    store.outbox.owe([owed("a", GROUP, topic=7), owed("b", GROUP)])
    store.subscriptions.pause_topic(FULL.place, "topic closed", NOW)
    assert store.subscriptions.why_paused(FULL.place) == "topic closed"
    assert store.subscriptions.all() == [other]
    assert [one.key for one in store.outbox.claim("w", NOW, 5, LEASE)] == ["b"]
    assert store.subscriptions.resume_topic(FULL.place)
    assert not store.subscriptions.resume_topic(FULL.place)
    assert [one.key for one in store.outbox.claim("w", NOW + LEASE * 2, 5, LEASE)] == ["a"]
    store.subscriptions.pause_topic(FULL.place, "topic closed", NOW)
    store.subscriptions.put(FULL)
    assert store.subscriptions.why_paused(FULL.place) is None
    assert store.subscriptions.all() == [other, FULL]


def test_places_that_were_paused_lately_can_be_asked_for(store: Store) -> None:
    long_ago = NOW - timedelta(days=5)
    for chat, since in ((1, NOW), (2, long_ago)):
        store.subscriptions.put(replace(FULL, place=Place(chat)))
        store.chats.pause(chat, "blocked", since)
        store.chats.pause(chat, "blocked", NOW)
    for topic, since in ((3, NOW), (4, long_ago)):
        store.subscriptions.put(replace(FULL, place=Place(GROUP, topic)))
        store.subscriptions.pause_topic(Place(GROUP, topic), "closed", since)
        store.subscriptions.pause_topic(Place(GROUP, topic), "closed", NOW)
    assert store.subscriptions.all() == []
    assert [one.place for one in store.subscriptions.all(awaited_since=NOW)] == [Place(GROUP, 3), Place(1)]
    assert len(store.subscriptions.all(awaited_since=long_ago)) == 4


def test_a_group_that_became_a_supergroup_takes_everything_along(store: Store) -> None:
    group(store)
    store.chats.set_language(GROUP, "ru")
    store.subscriptions.put(FULL)
    tell(store, "a")
    store.outbox.owe([owed("part 1", GROUP, topic=7), owed("part 2", GROUP, topic=7)])
    for _ in range(2):  # Telegram says it twice
        store.chats.migrate(GROUP, SUPER)
    moved = Place(SUPER, 7)
    assert store.chats.get(SUPER) == Chat(SUPER, ChatKind.SUPERGROUP, "Miners", language="ru")
    assert store.chats.get(GROUP).state is ChatState.PAUSED
    assert store.subscriptions.all() == [replace(FULL, place=moved)]
    (first,) = store.outbox.claim("w", NOW, 5, LEASE)
    assert (first.place, first.key) == (moved, "part 1")
    assert store.outbox.owe([owed("part 1", GROUP, topic=7), owed("part 3", GROUP, topic=7)]) == 1
    assert [one.place for one in store.outbox.waiting()] == [moved] * 3
    assert not store.chats.resume(GROUP)


def test_a_supergroup_that_is_known_already_keeps_what_it_has(store: Store) -> None:
    group(store)
    store.chats.see(Chat(SUPER, ChatKind.SUPERGROUP, "Miners"))
    own = replace(FULL, place=Place(SUPER, 7), min_btc=Decimal(5))
    store.subscriptions.put(FULL)
    store.subscriptions.put(own)
    store.outbox.owe([owed("digest", GROUP), owed("digest", SUPER)])
    store.chats.migrate(GROUP, SUPER)
    store.chats.migrate(SUPER, SUPER)
    assert store.subscriptions.all() == [own]
    assert store.outbox.counts(NOW) == OutboxCounts(owed=1, oldest_due=NOW)


def test_messages_of_a_former_group_can_not_be_edited(store: Store) -> None:
    tell_a_story(store)
    store.chats.note_posted(1, Place(GROUP), 10, 1, NOW)
    store.chats.note_posted(1, Place(3), 11, 1, NOW)
    group(store)
    store.chats.migrate(GROUP, SUPER)
    assert [one.place for one in store.chats.posted(1)] == [Place(3)]
    store.chats.pause(3, "blocked", NOW)
    assert store.chats.posted(1) == []
    assert [one.place for one in store.chats.posted(1, awaited_since=NOW)] == [Place(3)]
    assert store.chats.posted(1, awaited_since=NOW + timedelta(seconds=1)) == []


def test_a_chat_that_is_forgotten_leaves_nothing(store: Store) -> None:
    group(store)
    store.subscriptions.put(FULL)
    store.outbox.owe([owed("a", GROUP)])
    store.chats.forget(GROUP)
    assert store.chats.all() == []
    assert store.subscriptions.of_chat(GROUP) == []
    assert store.outbox.counts(NOW + timedelta(days=1)) == OutboxCounts()


def test_messages_of_a_chat_that_threw_the_bot_out_are_remembered_for_its_return(store: Store) -> None:
    tell_a_story(store)
    group(store)
    store.subscriptions.put(FULL)
    store.outbox.owe([owed("a", GROUP), owed("edit", GROUP, message=Message("b", edits=10))])
    for chat in (GROUP, 3):
        store.chats.note_posted(1, Place(chat), 10, 1, NOW)
    store.chats.pause(GROUP, "the bot was removed", NOW)
    assert store.chats.get(GROUP).state is ChatState.PAUSED
    assert [one.place for one in store.chats.posted(1)] == [Place(3)]
    assert [one.key for one in store.outbox.waiting()] == ["a", "edit"]
    assert store.chats.resume(GROUP)
    assert store.subscriptions.all() == [FULL]
    assert {one.place for one in store.chats.posted(1)} == {Place(GROUP), Place(3)}


def test_chats_that_stay_away_are_forgotten_and_no_others(store: Store) -> None:
    lost, again, back, lately, active = -1, -2, -3, -4, -5
    for number in (lost, again, back, lately, active):
        group(store, number)
        store.subscriptions.put(replace(FULL, place=Place(number)))
    group(store)
    store.chats.migrate(GROUP, SUPER)
    for number in (lost, again, back):
        store.chats.pause(number, "the bot was removed", NOW)
    later = NOW + timedelta(days=100)
    store.chats.pause(lost, "chat not found", later)  # it was paused before
    for number in (again, back):
        store.chats.resume(number)
    for number in (again, lately):
        store.chats.pause(number, "the bot was removed", later)
    assert store.chats.forget_absent(NOW) == 0
    assert store.chats.forget_absent(later) == 1
    assert [chat.id for chat in store.chats.all()] == [SUPER, GROUP, active, lately, back, again]
    assert store.subscriptions.of_chat(lost) == []
    assert [one.place for one in store.subscriptions.all()] == [Place(active), Place(back)]
