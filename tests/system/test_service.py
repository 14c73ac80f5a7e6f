"""The whole way, by the real application over real HTTP: a feed goes in, messages come out in the chat, once."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.edges.store.store import Store
from bot.model import Chat, ChatKind, Place, Subscription, Topic
from tests.support.application import Service
from tests.support.chain import FakeService
from tests.support.chain_services import Kraken, Mempool
from tests.support.chain_world import World
from tests.support.http import Reply, Server
from tests.support.telegram import FakeTelegram
from tests.support.telegram_world import Json

ITEM = """<item><title>{title}</title><link>https://news.example/{number}</link><guid>{number}</guid>
<pubDate>{date}</pubDate><description>{text}</description></item>"""


def feed(*items: tuple[str, str]) -> Reply:
    now = format_datetime(datetime.now(UTC) - timedelta(minutes=5))
    entries = "".join(ITEM.format(number=number, title=title, text=text, date=now) for number, (title, text) in enumerate(items))
    return Reply(f'<rss version="2.0"><channel><title>Ledger</title>{entries}</channel></rss>'.encode())


CANGO = ("Cango sells 4,451 BTC", "Cango (CANG) sold 4,451 BTC for about $305 million and repaid part of a loan.")
RIOT = ("Riot Platforms sells 500 BTC", "Riot Platforms sold 500 BTC this week for $34 million.")


LAST_SHIPPED = (969_696, datetime(2026, 10, 3, 7, 16, 36, tzinfo=UTC), 0x17021EF0)


def the_world_now() -> World:
    """The chain as it may have gone on since the shipped history ends, a block every ten minutes and the difficulty as it was."""
    height, since, bits = LAST_SHIPPED
    now = datetime.now(UTC)
    tip = height + int((now - since).total_seconds()) // 600
    return World(start=height - 2016, tip=tip, now=now, bits=dict.fromkeys(range(479, tip // 2016 + 2), bits))


class Outside:
    """Everything outside of the application, on loopback."""

    def __init__(self, stack: ExitStack, home: Path) -> None:
        self.home = home
        self.telegram = stack.enter_context(FakeTelegram())
        self.feeds = stack.enter_context(Server())
        world = self.world = the_world_now()
        self.mempool = stack.enter_context(FakeService(world, Mempool()))
        self.kraken = stack.enter_context(FakeService(world, Kraken()))
        self.feeds.script("/feed", feed(CANGO))
        listed = home / "feeds.toml"
        listed.write_text(f'[[feed]]\nurl = "http://127.0.0.1:{self.feeds.port}/feed"\ntitle = "Ledger"\n', encoding="utf-8")
        self.settings = {
            "ASSAY_TELEGRAM_TOKEN": self.telegram.token,
            "ASSAY_TELEGRAM_API": self.telegram.root,
            "ASSAY_MEMPOOL_URLS": self.mempool.root,
            "ASSAY_ESPLORA_URLS": "",
            "ASSAY_PRICE_URLS": f"kraken={self.kraken.root}",
            "ASSAY_FEEDS": str(listed),
            "ASSAY_DATABASE_URL": f"sqlite:///{home}/assay.sqlite3",
            "ASSAY_ALLOW_PRIVATE_HOSTS": "127.0.0.0/8",
            "ASSAY_POLL_SECONDS": "1",
            "ASSAY_LOG_LEVEL": "DEBUG",
        }

    def run(self) -> Service:
        return Service(self.home, self.settings)


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    with ExitStack() as stack:
        yield Outside(stack, tmp_path)


def ask(telegram: FakeTelegram, who: Json, command: str, words: str) -> bool:
    """Asks, waits for the answer, and says whether these words are in it."""
    before = len(telegram.texts(who))
    telegram.say(who, command)
    telegram.wait(lambda: len(telegram.texts(who)) > before, within=20)
    return any(words in text for text in telegram.texts(who)[before:])


def test_a_feed_is_read_and_its_story_posted_once_also_after_a_restart(outside: Outside) -> None:
    telegram = outside.telegram
    ada = telegram.person()
    outside.feeds.script("/feed", Reply(status=503), feed(CANGO))
    with outside.run():
        telegram.say(ada, "/subscribe sales")
        telegram.wait(telegram.with_text(ada, "4,451 BTC"), within=60)
    posted = [text for text in telegram.texts(ada) if "4,451 BTC" in text]
    assert len(posted) == 1
    assert "$305M" in posted[0]
    outside.feeds.script("/feed", feed(CANGO, RIOT))
    with outside.run():
        telegram.wait(telegram.with_text(ada, "500 BTC"), within=60)
    assert sum("4,451 BTC" in text for text in telegram.texts(ada)) == 1


def test_it_answers_from_the_feed_and_the_chain_and_ends_in_good_order(outside: Outside) -> None:
    telegram = outside.telegram
    ada = telegram.person()
    with outside.run() as service:
        telegram.say(ada, "/start")
        telegram.wait(telegram.with_text(ada, "Assay reads bitcoin-mining news"), within=30)
        telegram.wait(lambda: ask(telegram, ada, "/difficulty", f"block {outside.world.tip:,}"), within=60)
        telegram.wait(lambda: ask(telegram, ada, "/sales", "4,451 BTC"), within=40)
        assert service.end(signal.SIGTERM) == 0
    assert telegram.token not in service.output
    assert telegram.token.partition(":")[2] not in service.output
    assert "Traceback" not in service.output


def test_a_digest_is_posted_at_its_time_and_once(outside: Outside) -> None:
    telegram = outside.telegram
    ada = telegram.person()
    due = datetime.now(UTC) - timedelta(minutes=1)
    with Store.open(outside.settings["ASSAY_DATABASE_URL"]) as store:
        store.chats.see(Chat(ada["id"], ChatKind.PRIVATE))
        store.subscriptions.put(Subscription(Place(ada["id"]), frozenset({Topic.DIGEST}), digest_at=due.time().replace(second=0)))
    with outside.run():
        telegram.wait(lambda: telegram.texts(ada), within=60)
    with outside.run():
        telegram.wait(lambda: ask(telegram, ada, "/about", "Assay"), within=60)
    digests = [text for text in telegram.texts(ada) if text.startswith(("Digest, ", "A quiet day"))]
    assert len(digests) == 1


def test_a_token_that_telegram_does_not_know_ends_it_with_one_line(outside: Outside) -> None:
    outside.settings["ASSAY_TELEGRAM_TOKEN"] = "1:" + "x" * 30
    with outside.run() as service:
        assert service.wait(40) == 1
    last = service.output.strip().splitlines()[-1]
    assert last.startswith("assay: ASSAY_TELEGRAM_TOKEN")
    assert "Traceback" not in service.output
