"""What is answered in trouble, over several commands, or offered inline is said as well: nothing comes past the catalogues."""

from collections.abc import Iterator
from typing import cast

import pytest

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.inline import offers
from bot.commands.registry import reply
from bot.edges.store.store import Store
from bot.errors import StoreError
from bot.model import Chat, ChatKind, Place
from bot.telegram.members import channel_words
from bot.telegram.nouns import BLOCKED
from tests.support.asking import answered
from tests.support.brackets import speaking_in_brackets, unsaid, words_of
from tests.support.newsroom import Newsroom
from tests.support.senders import owed
from tests.support.tales import NOW

ADA = Chat(7, ChatKind.PRIVATE, "Ada")
NAMES = (
    *(
        "Assay",
        "Bitfarms",
        "BITF",
        "Cango",
        "CANG",
        "Core Scientific",
        "CORZ",
        "HIVE Digital",
        "HIVE",
        "Keel Infrastructure",
        "KEEL",
        "MARA",
    ),
    *("Riot Platforms", "RIOT", "StockTitan", "TheMinerMag", "Protos", "Report", "USDT", "Jack Jin", "chief technology officer"),
)
FOREIGN = ("Hallo", "Forbidden", "HTTP")  # what an operator wrote, what Telegram said, and a feed's server
TYPED = ("sales", "retargets", "digest", "weekly", "claims", "Mon", "Europe/Berlin")
WITH_TROUBLE = (
    *("/feeds", "/feeds mute 1", "/feeds unmute 1", "/mute StockTitan", "/sources", "/mute e", "/unmute StockTitan", "/unmute x"),
    *("/wrong 1", "/wrong 1", "/why 1", "/right 1", "/right 1", "/aside", "/again", "/again x", "/again 99", "/health"),
    *("/again 1", "/again 2", "/again 3", "/again all", "/broadcast Hallo", "/broadcast drop 1", "/broadcast send 1", "/broadcast send 1"),
    *("/broadcast send 9", "/sales CANG 2w", "/sales 1w", "/sales 1m", "/sales 2m", "/sales 1y", "/sales CANG 1d >1000000", "/sales p2"),
    *("/miner RIOT", "/miner MARA", "/miner HIVE", "/miner BITF", "/miner CORZ", "/claims 1d", "/claims 30d", "/digest 31d"),
    *("/digest weekly a b c d e", "/unsubscribe claims", "/subscribe >x", "/start", "/help"),
)


@pytest.fixture(autouse=True)
def _brackets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with speaking_in_brackets(monkeypatch):
        yield


@pytest.fixture
def troubled(told: Newsroom) -> Newsroom:
    """A feed that fails, a chat that is paused, messages that were set aside."""
    store, feed = told.store, told.store.feeds.all()[0]
    store.feeds.record_failure(feed.id, NOW, NOW, "HTTP 503")
    store.outbox.owe([owed("Hallo", 5), owed("Hallo", 6, topic=3), owed("Hallo", 7, expires_at=NOW)])
    for number in (1, 2, 3):
        store.outbox.set_aside(number, "Forbidden", NOW)
    store.chats.pause(6, BLOCKED, NOW)
    return told


def test_answers_in_trouble(troubled: Newsroom) -> None:
    said = {line: words_of(answered(troubled, line, chat=ADA, admin=True)) for line in WITH_TROUBLE}
    assert all("⟦" in text for text in said.values())
    assert {line: words for line, text in said.items() if (words := unsaid(text, (*NAMES, *FOREIGN, *TYPED)))} == {}


class Gone:
    """A database that was there when the process began."""

    def __getattr__(self, name: str) -> object:
        raise StoreError(f"Database sqlite:////home/ada/assay.sqlite3: no such table: {name}")


@pytest.mark.parametrize("line", ["/sales", "/settings", "/sources", "/difficulty"])
def test_a_database_that_does_not_answer_is_told_without_its_address(line: str, caplog: pytest.LogCaptureFixture) -> None:
    said = words_of(reply(Desk(cast("Store", Gone()), NOW), Ask(line, Place(7), ADA, 7)))
    assert unsaid(said) == []
    assert "database does not answer" in said
    assert "no such table" in caplog.text


def test_a_feed_says_in_the_readers_language_why_it_fails(told: Newsroom) -> None:
    feed = told.store.feeds.all()[0]
    told.store.feeds.record_failure(feed.id, NOW, NOW, "the answer is larger than 5 MB")
    for line in ("/sources", "/feeds", "/health"):
        said = words_of(answered(told, line, chat=ADA, admin=True))
        assert "⟦the answer is larger than ⟧5⟦ MB⟧" in said, line


def test_whoever_may_not_change_is_told(told: Newsroom) -> None:
    said = words_of(answered(told, "/subscribe", may_change=False))
    assert "⟦" in said
    assert unsaid(said) == []


def test_offers_of_inline_mode(told: Newsroom) -> None:
    found = [offer for query in ("", "cango", "riot", "sales 30d") for offer in offers(Desk(told.store, NOW), query)]
    assert len(found) > 10
    assert {offer.line: words for offer in found if (words := unsaid(f"{offer.title}⟧\n{offer.description}⟧", NAMES))} == {}


@pytest.mark.parametrize("title", ["", "Gruben"])
def test_who_adds_the_bot_to_a_channel(title: str) -> None:
    said = words_of(channel_words(Chat(-1007, ChatKind.CHANNEL, title), "gruben"))
    assert "⟦" in said
    assert unsaid(said, ("Gruben", "@gruben", "English", *TYPED)) == []
