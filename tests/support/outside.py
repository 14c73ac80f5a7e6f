"""Everything outside of the application on loopback: a feed, the chain, a market and Telegram."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

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


def ask(telegram: FakeTelegram, who: Json, command: str, words: str) -> bool:
    """Asks, waits for the answer, and says whether these words are in it."""
    before = len(telegram.texts(who))
    telegram.say(who, command)
    telegram.wait(lambda: len(telegram.texts(who)) > before, within=20)
    return any(words in text for text in telegram.texts(who)[before:])
