"""What readers see of a digest whose story was marked as wrong: in a channel, in a topic, under a picture, and after a kill."""

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from bot.commands.desk import Desk
from bot.edges.store.store import Store
from bot.jobs.alerts import owe_stories
from bot.jobs.digest import DigestJob
from bot.model import Chat, ChatKind, Topic
from tests.support.deliveries import delivering
from tests.support.killing import WORKER
from tests.support.newsroom import Newsroom, events
from tests.support.tales import stored, subscription
from tests.support.telegram import FakeTelegram
from tests.support.telegram_pictures import tiny_png
from tests.support.telegram_world import Json, Posted, Room

pytestmark = pytest.mark.anyio


def now() -> datetime:
    return datetime.now(UTC)


def wants(store: Store, number: int, topic: Topic = Topic.DIGEST, thread: int | None = None) -> None:
    """The place asked for the digest that is due since a minute."""
    due = now() - timedelta(minutes=1)
    clock = due.time().replace(second=0, microsecond=0)
    store.subscriptions.put(
        subscription(number, topics=frozenset({topic}), thread=thread, digest_at=clock, weekly_at=clock, weekly_day=due.weekday())
    )


def told(store: Store, *sizes: str) -> None:
    """Sales of as many coins, by miners of their own, told within the last hours."""
    for number, coins in enumerate(sizes):
        sale = stored(company=f"Miner {number}", ticker=f"M{number}", btc=coins)
        Newsroom(store).tell(*events([sale]), outlet=f"Outlet {number}", at=now() - timedelta(hours=1))
    owe_stories(store, now())


def mark(store: Store, company: str, *, wrong: bool = True) -> None:
    known = [store.stories.get(number) for number in range(1, 40)]
    [number] = [story.id for story in known if story is not None and story.story.company == company]
    store.stories.mark_wrong(number, wrong, now())
    owe_stories(store, now())


def only(telegram: FakeTelegram, where: Room | Json) -> Posted:
    [post] = telegram.shown(where)
    return post


async def test_a_channel_and_a_topic_that_read_digests_alone_see_the_correction_and_its_end(telegram: FakeTelegram, store: Store) -> None:
    owner = telegram.person("Owner")
    channel = telegram.group("Sales", owner=owner, kind="channel", bot="administrator")
    forum = telegram.group("Miners", owner=owner, kind="supergroup", bot="administrator")
    thread = telegram.topic(forum, "Digest")
    store.chats.see(Chat(channel.id, ChatKind.CHANNEL, "Sales"))
    store.chats.see(Chat(forum.id, ChatKind.SUPERGROUP, "Miners"))
    store.chats.set_language(forum.id, "de")
    wants(store, channel.id)
    wants(store, forum.id, Topic.WEEKLY, thread)
    told(store, "1080", "383")
    assert DigestJob(store).tick(Desk(store, now())) == 2
    async with delivering(telegram, store, 1.01):
        pass
    before = {room.id: only(telegram, room).text for room in (channel, forum)}
    mark(store, "Miner 0")
    async with delivering(telegram, store, 1.01):
        pass
    post = only(telegram, channel)
    assert "Corrected: 1 completed sale, 383 BTC" in post.text
    assert "Withdrawn: an operator marked it as wrong" in post.text
    assert "what is struck out no longer holds" in post.text.splitlines()[1]
    assert len([link for link in post.links if "start=why_" in link]) == 2, "the commands of a channel's post lead to the bot"
    struck = [
        post.text.encode("utf-16-le")[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le") for one in _struck(post)
    ]
    assert struck == ["Sales reported: 2 completed sales, 1,463 BTC", "Miner 0 (M0) sold 1,080 BTC"]
    here = only(telegram, forum)
    assert here.topic_id == thread
    assert "Berichtigt: 1 abgeschlossener Verkauf, 383 BTC" in here.text
    assert "Zurückgezogen: ein Betreiber hat die Meldung als falsch markiert" in here.text
    mark(store, "Miner 0", wrong=False)
    async with delivering(telegram, store, 1.01):
        pass
    assert {room.id: only(telegram, room).text for room in (channel, forum)} == before
    assert [only(telegram, room).edits for room in (channel, forum)] == [2, 2]


def _struck(post: Posted) -> list[Json]:
    return [one for one in post.entities if one["type"] == "strikethrough"]


async def test_a_caption_is_corrected_as_a_caption_and_the_picture_stays(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person("Ada")
    store.chats.see(Chat(ada["id"], ChatKind.PRIVATE))
    wants(store, ada["id"])
    told(store, "1080")
    DigestJob(store, lambda chart: tiny_png()).tick(Desk(store, now()))
    async with delivering(telegram, store, 1.01):
        pass
    assert only(telegram, ada).photo == tiny_png()
    mark(store, "Miner 0")
    async with delivering(telegram, store, 1.01):
        pass
    post = only(telegram, ada)
    assert (post.photo, post.edits) == (tiny_png(), 1)
    assert "Withdrawn: an operator marked it as wrong" in post.text
    assert [call.code for call in telegram.called("editMessageCaption")] == [200]


async def test_a_picture_ahead_of_its_words_says_what_it_counts_and_the_words_are_corrected(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person("Ada")
    store.chats.see(Chat(ada["id"], ChatKind.PRIVATE))
    wants(store, ada["id"])
    told(store, *(str(100 + number) for number in range(8)))
    assert DigestJob(store, lambda chart: tiny_png()).tick(Desk(store, now())) == 2
    async with delivering(telegram, store, 1.01):
        pass
    mark(store, "Miner 3")
    async with delivering(telegram, store, 1.01):
        pass
    picture, words = telegram.shown(ada)
    assert picture.text.splitlines()[1].endswith("the picture and its sum still count a sale that no longer holds")
    assert "Corrected: 7 completed sales, 725 BTC" in words.text


async def test_a_digest_that_waits_leaves_without_what_was_marked(telegram: FakeTelegram, store: Store) -> None:
    ada = telegram.person("Ada")
    store.chats.see(Chat(ada["id"], ChatKind.PRIVATE))
    wants(store, ada["id"])
    told(store, "1080", "383")
    DigestJob(store).tick(Desk(store, now()))
    mark(store, "Miner 0")
    async with delivering(telegram, store, 1.01):
        pass
    post = only(telegram, ada)
    assert "Miner 0" not in post.text
    assert "Sales reported: 1 completed sale, 383 BTC" in post.text
    assert (post.edits, _struck(post)) == (0, [])


def test_killed_between_owing_and_sending_every_digest_is_corrected(telegram: FakeTelegram, store: Store) -> None:
    people = [telegram.person() for _ in range(12)]
    for person in people:
        store.chats.see(Chat(person["id"], ChatKind.PRIVATE))
        wants(store, person["id"])
    told(store, "1080", "383")
    assert DigestJob(store).tick(Desk(store, now())) == 12
    work(telegram, store, until=lambda: store.outbox.counts(now()).owed == 0)
    mark(store, "Miner 0")
    assert store.outbox.counts(now()).owed == 12
    for death in (3, 8):
        work(telegram, store, until=lambda wanted=death: len(telegram.called("editMessageText")) >= wanted)  # type: ignore[misc]
        assert owe_stories(store, now()) == 0
    work(telegram, store, until=lambda: store.outbox.counts(now()).owed == 0)
    assert all("Withdrawn: an operator marked it as wrong" in only(telegram, person).text for person in people)
    assert sum(only(telegram, person).edits for person in people) == 12


def work(telegram: FakeTelegram, store: Store, until) -> None:  # type: ignore[no-untyped-def]
    """A process that delivers until then, and is killed."""
    worker = subprocess.Popen([sys.executable, "-c", WORKER, str(store.database.url), telegram.root, telegram.token])
    try:
        telegram.wait(until, 30)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
