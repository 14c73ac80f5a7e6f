"""What is owed arrives, once, in order and within Telegram's limits, whatever goes wrong on the way."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.decisions.plan import story_key
from bot.edges.limiter import Limiter
from bot.edges.sender import Sender, open_bot
from bot.edges.store.store import Store
from bot.jobs.deliver import Deliverer
from bot.jobs.leaving import Pace
from bot.jobs.settle import BELIEVED_AFTER, wait_seconds
from bot.model import Chat, ChatKind, ChatState, Delivery, DeliveryKind, Message, Place, Subscription, Topic
from extractors.merge import merge
from extractors.model import Article, Event, Extraction, Kind
from tests.support.telegram import FakeTelegram
from tests.support.telegram_faults import Fault
from tests.support.telegram_pictures import tiny_png
from tests.support.telegram_world import Room

pytestmark = pytest.mark.anyio
BRISK = Pace(idle=0.05, first_wait=0.1, housekeeping=0.1, after_start=0.0)


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'assay.sqlite3'}") as opened:
        yield opened


@asynccontextmanager
async def delivering(telegram: FakeTelegram, store: Store, worker: str = "here") -> AsyncIterator[Deliverer]:
    """A loop that runs over the block and is stopped in good order."""
    stop = asyncio.Event()
    async with open_bot(telegram.token, telegram.root, seconds=0.6) as bot:
        deliverer = Deliverer(store, Sender(bot), Limiter(), worker, BRISK)
        running = asyncio.create_task(deliverer.run(stop))
        try:
            yield deliverer
        finally:
            stop.set()
            await running


def owed(place: Place, key: str, kind: DeliveryKind = DeliveryKind.DIGEST, **more) -> Delivery:
    message = Message(f"<b>{key}</b>", edits=more.pop("edits", None))
    return Delivery(place, kind, key, message, not_before=more.pop("not_before", now()), **more)


def now() -> datetime:
    return datetime.now(UTC)


def settled(store: Store) -> Callable[[], bool]:
    """A condition: nothing is owed any more."""
    return lambda: store.outbox.counts(now()).owed == 0


def arrivals(telegram: FakeTelegram) -> Counter[tuple[int, str]]:
    """How often each text was posted to each chat, also where it was seen by nobody but the server."""
    return Counter(
        (room.id, post.text) for room in telegram.world.rooms.values() for post in room.shown if post.sender is telegram.world.bot
    )


async def test_a_digest_goes_to_many_chats_once_each_and_at_pace(telegram: FakeTelegram, store: Store) -> None:
    people = [telegram.person() for _ in range(80)]
    store.outbox.owe(owed(Place(user["id"]), "digest") for user in people)
    async with delivering(telegram, store):
        await telegram.until(settled(store))
    assert arrivals(telegram) == Counter((user["id"], "digest") for user in people)
    assert telegram.flood
    assert telegram.flood.most <= 30
    assert telegram.flood.rate() > 20, "benchmarks/broadcast.py measures the pace; here it only must not crawl"
    assert store.outbox.counts(now()).sent == 80


async def test_chats_that_threw_the_bot_out_half_a_year_ago_are_forgotten(telegram: FakeTelegram, store: Store) -> None:
    for chat, days in ((1, 200), (2, 100)):
        store.chats.pause(chat, "the bot was removed", now() - timedelta(days=days))
    async with delivering(telegram, store):
        await telegram.until(lambda: [chat.id for chat in store.chats.all()] == [2])


async def test_the_picture_of_a_digest_is_uploaded_once_for_all_chats(telegram: FakeTelegram, store: Store) -> None:
    people = [telegram.person() for _ in range(12)]
    telegram.latency = lambda: 0.1
    digest = Message("digest", photo=tiny_png())
    store.outbox.owe(Delivery(Place(user["id"]), DeliveryKind.DIGEST, "digest", digest, now()) for user in people)
    async with delivering(telegram, store):
        await telegram.until(settled(store))
    assert arrivals(telegram) == Counter((user["id"], "digest") for user in people)
    assert sum(isinstance(call.given["photo"], bytes) for call in telegram.called("sendPhoto")) == 1


async def test_a_chat_gets_alerts_before_digests_and_each_kind_in_its_order(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    place = Place(ada["id"])
    store.outbox.owe([owed(place, "digest 1"), owed(place, "digest 2"), owed(place, "alert", DeliveryKind.ALERT)])
    async with delivering(telegram, store):
        await telegram.until(settled(store))
    assert telegram.texts(ada) == ["alert", "digest 1", "digest 2"]


async def test_a_fault_loses_nothing_and_repeats_at_most_the_message_it_hit(telegram: FakeTelegram, store: Store) -> None:
    kinds = ["error", "bad_gateway", "cut_before", "cut_after", "hang_before", "hang_after", "flood"]
    people = [telegram.person(kind) for kind in kinds]
    for user in people:
        telegram.faults.add(user["first_name"], chat_id=user["id"], times=1, seconds=1)
    store.outbox.owe(owed(Place(user["id"]), "digest") for user in people)
    async with delivering(telegram, store):
        await telegram.until(settled(store))
    for user in people:
        repeated = 2 if user["first_name"].endswith("_after") else 1
        assert telegram.texts(user) == ["digest"] * repeated, user["first_name"]


async def test_a_flooded_chat_waits_alone(telegram: FakeTelegram, store: Store) -> None:
    people = [telegram.person() for _ in range(6)]
    telegram.faults.add("flood", chat_id=people[0]["id"], seconds=2)
    store.outbox.owe(owed(Place(user["id"]), "digest") for user in people)
    async with delivering(telegram, store):
        await telegram.until(lambda: arrivals(telegram).total() == 5, within=1.5)
        assert telegram.texts(people[0]) == []
        await telegram.until(settled(store))
    assert telegram.texts(people[0]) == ["digest"]


async def test_a_storm_of_faults_loses_nothing(telegram: FakeTelegram, store: Store) -> None:
    people = [telegram.person() for _ in range(30)]
    faults = ["error", "bad_gateway", "cut_before", "cut_after", "flood", "refuse"]
    telegram.faults.storm(0.05, [Fault(kind, times=None, seconds=1, code=403, description="Forbidden: perhaps") for kind in faults])
    store.outbox.owe(owed(Place(user["id"]), "digest") for user in people)
    async with delivering(telegram, store):
        await telegram.until(settled(store), within=20)
    found = arrivals(telegram)
    assert set(found) == {(user["id"], "digest") for user in people}
    assert found.total() <= 30 + telegram.faults.met["cut_after"]


def place_in(room: Room, topic: int | None = None) -> Place:
    return Place(room.id, topic)


async def test_a_chat_that_threw_the_bot_out_is_paused_with_its_settings(telegram: FakeTelegram, store: Store) -> None:
    group = telegram.group(owner=telegram.person(), bot="kicked")
    store.chats.see(Chat(group.id, ChatKind.GROUP, "Miners"))
    store.subscriptions.put(Subscription(place_in(group), frozenset({Topic.SALES})))
    store.outbox.owe([owed(place_in(group), "digest 1"), owed(place_in(group), "digest 2")])
    async with delivering(telegram, store):
        await telegram.until(lambda: len(telegram.called("sendMessage")) == BELIEVED_AFTER and is_paused(store, group.id))
    chat = store.chats.get(group.id)
    assert chat
    assert chat.pause_reason == "403 Forbidden: bot was kicked from the group chat"
    assert store.subscriptions.get(place_in(group))
    assert len(telegram.called("sendMessage")) == BELIEVED_AFTER


def is_paused(store: Store, chat_id: int) -> bool:
    chat = store.chats.get(chat_id)
    return chat is not None and chat.state is ChatState.PAUSED


async def test_what_a_paused_chat_is_owed_arrives_when_it_is_open_again(telegram: FakeTelegram, store: Store) -> None:
    group = telegram.group(owner=telegram.person(), bot="kicked")
    soon = now() + timedelta(seconds=2)
    store.outbox.owe([owed(place_in(group), "sale"), owed(place_in(group), "stale", expires_at=soon), owed(place_in(group), "retarget")])
    async with delivering(telegram, store):
        await telegram.until(lambda: is_paused(store, group.id))
        await telegram.until(lambda: store.outbox.counts(now()).expired == 1)
        telegram.set_bot(group, "member")
        store.chats.resume(group.id)
        await telegram.until(settled(store))
    assert telegram.texts(group) == ["sale", "retarget"]


async def test_a_group_that_became_a_supergroup_gets_its_message_there(telegram: FakeTelegram, store: Store) -> None:
    group = telegram.group(owner=telegram.person())
    store.chats.see(Chat(group.id, ChatKind.GROUP, "Miners"))
    store.subscriptions.put(Subscription(place_in(group), frozenset({Topic.SALES})))
    store.outbox.owe([owed(place_in(group), "digest")])
    new = telegram.migrate(group, tell=False)
    async with delivering(telegram, store):
        await telegram.until(settled(store))
    assert telegram.texts(new) == ["digest"]
    assert store.subscriptions.get(place_in(new))


async def test_a_closed_topic_is_paused_alone(telegram: FakeTelegram, store: Store) -> None:
    forum = telegram.group(owner=telegram.person(), kind="supergroup")
    closed, open_one = telegram.topic(forum, "Sales"), telegram.topic(forum, "Network")
    telegram.close_topic(forum, closed)
    for topic in (closed, open_one):
        store.subscriptions.put(Subscription(place_in(forum, topic), frozenset({Topic.SALES})))
    store.outbox.owe([owed(place_in(forum, closed), "sale"), owed(place_in(forum, open_one), "sale")])
    async with delivering(telegram, store):
        await telegram.until(lambda: [one.place.topic_id for one in store.subscriptions.all()] == [open_one])
        await telegram.until(lambda: [message.topic_id for message in telegram.shown(forum)] == [open_one])
        telegram.reopen_topic(forum, closed)
        store.subscriptions.resume_topic(place_in(forum, closed))
        await telegram.until(settled(store))
    assert [message.topic_id for message in telegram.shown(forum) if message.text] == [open_one, closed]


async def test_what_will_never_pass_is_set_aside_with_its_reason(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    telegram.faults.add("refuse", description="Bad Request: message is too long")
    store.outbox.owe([owed(Place(ada["id"]), "long"), owed(Place(ada["id"]), "short")])
    async with delivering(telegram, store):
        await telegram.until(settled(store))
    assert [(one.key, one.error) for one in store.outbox.aside()] == [("long", "400 Bad Request: message is too long")]
    assert telegram.texts(ada) == ["short"]


async def test_old_alerts_expire_rather_than_arrive_stale(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    old = owed(Place(ada["id"]), "old", DeliveryKind.ALERT, not_before=now() - timedelta(hours=9), expires_at=now() - timedelta(hours=1))
    store.outbox.owe([old, owed(Place(ada["id"]), "new", DeliveryKind.ALERT)])
    async with delivering(telegram, store):
        await telegram.until(settled(store))
    assert telegram.texts(ada) == ["new"]
    assert store.outbox.counts(now()).expired == 1


async def test_what_a_dead_worker_had_claimed_is_sent_by_its_successor_at_once(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    store.outbox.owe([owed(Place(ada["id"]), "digest")])
    assert store.outbox.claim("here", now(), 8, timedelta(hours=1))
    async with delivering(telegram, store, "here"):
        await telegram.until(settled(store), within=2)
    assert telegram.texts(ada) == ["digest"]


async def test_what_a_dead_worker_had_claimed_is_sent_by_another_when_the_lease_ends(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    store.outbox.owe([owed(Place(ada["id"]), "digest")])
    assert store.outbox.claim("dead", now(), 8, timedelta(seconds=1.2))
    async with delivering(telegram, store, "here"):
        await asyncio.sleep(0.5)
        assert telegram.texts(ada) == []
        await telegram.until(settled(store))
    assert telegram.texts(ada) == ["digest"]


async def test_dying_between_send_and_mark_repeats_that_message_and_no_other(telegram: FakeTelegram, store: Store) -> None:
    people = [telegram.person() for _ in range(3)]
    store.outbox.owe(owed(Place(user["id"]), "digest") for user in people)
    (claimed, *_) = store.outbox.claim("here", now(), 1, timedelta(hours=1))
    async with open_bot(telegram.token, telegram.root) as bot:
        await Sender(bot).send(claimed.place, claimed.message)  # and here the process dies
    await asyncio.sleep(1.05)
    async with delivering(telegram, store, "here"):
        await telegram.until(settled(store))
    assert sorted(arrivals(telegram).values()) == [1, 1, 2]


async def test_a_stop_finishes_what_is_under_way_and_gives_back_the_rest(telegram: FakeTelegram, store: Store) -> None:
    people = [telegram.person() for _ in range(40)]
    store.outbox.owe(owed(Place(user["id"]), "digest") for user in people)
    async with delivering(telegram, store):
        await telegram.until(lambda: arrivals(telegram).total() >= 10)
    counts = store.outbox.counts(now())
    assert (counts.sent, counts.in_flight) == (arrivals(telegram).total(), 0)
    assert 0 < counts.owed <= 30
    async with delivering(telegram, store):
        await telegram.until(settled(store))
    assert set(arrivals(telegram).values()) == {1}


async def test_an_alert_of_a_story_is_remembered_for_later_edits(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    place = Place(ada["id"])
    article = store.articles.add(Article("1", "Cango sells bitcoin", "It sold 4,451 BTC."), None, now())
    assert article
    store.articles.save_extraction(article, Extraction((Event(Kind.SALE, "Cango"),)), "test")
    store.stories.replace("Cango", Kind.SALE, merge(store.articles.tellings("Cango", Kind.SALE)), now())
    kept = store.stories.get(1)
    assert kept
    store.outbox.owe([owed(place, story_key(kept), DeliveryKind.ALERT), owed(place, "story:999:r1", DeliveryKind.ALERT)])
    async with delivering(telegram, store):
        await telegram.until(settled(store))
    assert store.stories.get(999) is None
    (posted,) = store.chats.posted(kept.id)
    assert (posted.place, posted.message_id) == (place, telegram.shown(ada)[0].message_id)


def test_waits_grow_and_are_bounded() -> None:
    waits = [wait_seconds(attempts, 0.5) for attempts in range(1, 40)]
    assert waits[:4] == [1, 2, 4, 8]
    assert waits == sorted(waits)
    assert waits[-1] == 60
    assert wait_seconds(3, 0.0) < wait_seconds(3, 0.99)


async def test_what_was_done_with_a_month_ago_is_forgotten_and_what_is_owed_is_not(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person()
    long_ago = now() - timedelta(days=40)
    store.outbox.owe([owed(Place(ada["id"]), "old", not_before=long_ago)])
    (claimed,) = store.outbox.claim("elsewhere", long_ago, 1, timedelta(seconds=60))
    store.outbox.mark_sent(claimed.id or 0, 1, long_ago)
    store.outbox.owe([owed(Place(ada["id"]), "new")])
    async with delivering(telegram, store):
        await telegram.until(lambda: store.outbox.counts(now()).sent == 1 and telegram.texts(ada) == ["new"])


async def test_what_a_process_before_may_just_have_sent_counts_too(telegram: FakeTelegram, store: Store) -> None:
    for key in ("before", "after"):
        store.outbox.owe([owed(Place(telegram.person()["id"]), key)])
        stop = asyncio.Event()
        async with open_bot(telegram.token, telegram.root, seconds=0.6) as bot:
            running = asyncio.create_task(Deliverer(store, Sender(bot), Limiter(), "here", replace(BRISK, after_start=1.01)).run(stop))
            await telegram.until(settled(store))
            stop.set()
            await running
    before, after = (call.at for call in telegram.called("sendMessage"))
    assert after - before > 1.0
