"""An alert that waited tells its story as it reads by then, and as news: only who has seen a message is told that it changed."""

import re
from collections.abc import Iterator
from datetime import time, timedelta

import pytest

from bot.edges.sender import timeless
from bot.jobs.alerts import owe_stories
from bot.model import Chat, ChatKind, Delivery, Topic
from extractors.model import Extraction
from tests.support.newsroom import Newsroom, events, newsroom, owed
from tests.support.tales import NOW, stored, subscription

MORNING = NOW + timedelta(hours=10)
SALES = frozenset({Topic.SALES})


def riot(**figures: str) -> list:
    return events([stored(company="Riot Platforms", ticker="RIOT", **figures)])


@pytest.fixture
def room() -> Iterator[Newsroom]:
    """A chat that sleeps until the evening, and one that does not; a sale is told to both, and read in the second."""
    with newsroom() as made:
        for chat, quiet in ((1, (time(8), time(18))), (2, None)):
            made.store.chats.see(Chat(chat, ChatKind.PRIVATE))
            made.store.subscriptions.put(subscription(chat, topics=SALES, quiet=quiet))
        made.tell(*riot(btc="1080"), at=NOW)
        assert owe_stories(made.store, NOW + timedelta(minutes=10)) == 2
        [alert] = owed(made.store, NOW + timedelta(minutes=10))
        made.store.chats.note_posted(story_told(made), alert.place, 77, 1, NOW)
        yield made


def story_told(room: Newsroom) -> int:
    [story] = room.store.stories.changed_since(NOW - timedelta(days=1))
    return story.id


def arrived(room: Newsroom, now=MORNING) -> dict[int, Delivery]:
    return {delivery.place.chat_id: delivery for delivery in owed(room.store, now)}


def test_what_grew_while_it_waited_is_no_update_to_who_reads_it_first(room: Newsroom) -> None:
    room.tell(*riot(btc="1080", usd="96000000"), outlet="StockTitan", at=NOW + timedelta(hours=1))
    assert owe_stories(room.store, NOW + timedelta(hours=2)) == 1
    messages = arrived(room)
    assert (messages[1].message.edits, messages[2].message.edits) == (None, 77)
    assert all("for <b>$96M</b>" in each.message.html for each in messages.values())
    assert ["Updated" in messages[chat].message.html for chat in (1, 2)] == [False, True]


def test_what_was_corrected_while_it_waited_was_never_wrong_to_who_reads_it_first(room: Newsroom) -> None:
    [article] = room.store.stories.sources(story_told(room))
    room.store.articles.save_extraction(int(article.article_id), Extraction(tuple(riot(btc="1008"))), "test")
    room.merge(NOW + timedelta(hours=1))
    owe_stories(room.store, NOW + timedelta(hours=1))
    messages = arrived(room)
    assert ["Corrected" in messages[chat].message.html for chat in (1, 2)] == [False, True]
    assert timeless(messages[1].message.html).startswith("<b>Riot Platforms (RIOT)</b> sold <b>1,008 BTC</b>")


def test_what_grows_after_it_arrived_says_so(room: Newsroom) -> None:
    first = arrived(room)[1]
    room.store.chats.note_posted(story_told(room), first.place, 78, first.revision or 1, MORNING)
    room.tell(*riot(btc="1080", usd="96000000"), outlet="StockTitan", at=MORNING)
    evening = MORNING + timedelta(hours=1)
    assert owe_stories(room.store, evening) == 2
    edited = arrived(room, evening + timedelta(hours=12))
    assert edited[1].message.edits == 78
    assert "Updated" in edited[1].message.html


def test_an_outlet_that_tells_the_same_day_later_is_named_behind_those_before(room: Newsroom) -> None:
    for minutes, outlet in ((10, "Yellow"), (20, "Aardvark"), (30, "TheMinerMag")):
        at = NOW + timedelta(minutes=minutes)
        room.tell(*riot(btc="1080", usd="96000000"), outlet=outlet, at=at)
        owe_stories(room.store, at + timedelta(minutes=10))
    edited = [delivery for delivery in owed(room.store, MORNING) if delivery.message.edits]
    named = [re.findall(r">(\w+)</a>", delivery.message.html) for delivery in edited]
    assert named == [["TheMinerMag", "Yellow"], ["TheMinerMag", "Yellow", "Aardvark"], ["TheMinerMag", "Yellow", "Aardvark"]]
