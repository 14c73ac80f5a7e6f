"""One story, one message, by the real application: it grows, is corrected and withdrawn where it stands, also over a restart."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from bot.edges.store.store import Store
from bot.model import Chat, ChatKind, Place, Subscription, Topic
from tests.support.application import Service
from tests.support.http import Reply, Server
from tests.support.telegram import FakeTelegram
from tests.support.telegram_world import Json, Room

NOW = format_datetime(datetime.now(UTC) - timedelta(minutes=5))
TOLD = (
    "Riot Platforms (RIOT) sold {coins} BTC in the last week{more}, the miner said on its site, and will use the proceeds for its growth."
)


class Outside:
    """Two outlets and Telegram on loopback; a reader, a channel and an operator who has both in sight."""

    def __init__(self, stack: ExitStack, home: Path) -> None:
        self.home = home
        self.telegram = stack.enter_context(FakeTelegram())
        self.outlets = stack.enter_context(Server())
        self.ada = self.telegram.person("Ada")
        self.channel = self.telegram.group("Sales", owner=self.ada, kind="channel", bot="administrator")
        listed = [f'[[feed]]\nurl = "{self.outlets.url(f"/{name}")}"\ntitle = "{name}"\n' for name in ("Ledger", "Courier")]
        (home / "feeds.toml").write_text("\n".join(listed), encoding="utf-8")
        self.settings = {
            "ASSAY_TELEGRAM_TOKEN": self.telegram.token,
            "ASSAY_TELEGRAM_API": self.telegram.root,
            "ASSAY_MEMPOOL_URLS": "",
            "ASSAY_ESPLORA_URLS": "",
            "ASSAY_PRICE_URLS": "",
            "ASSAY_FEEDS": str(home / "feeds.toml"),
            "ASSAY_DATABASE_URL": f"sqlite:///{home}/assay.sqlite3",
            "ASSAY_ALLOW_PRIVATE_HOSTS": "127.0.0.0/8",
            "ASSAY_POLL_SECONDS": "1",
            "ASSAY_ADMINS": str(self.ada["id"]),
        }
        with Store.open(self.settings["ASSAY_DATABASE_URL"]) as store:
            for number, kind in ((self.ada["id"], ChatKind.PRIVATE), (self.channel.id, ChatKind.CHANNEL)):
                store.chats.see(Chat(number, kind))
                store.subscriptions.put(Subscription(Place(number), frozenset({Topic.SALES})))

    def tell(self, outlet: str, coins: str, more: str = "") -> None:
        """The outlet's one article, as it reads from now on."""
        text = TOLD.format(coins=coins, more=more)
        item = f"<title>Riot sells bitcoin</title><link>https://{outlet.lower()}.example/riot</link><guid>riot</guid>"
        entry = f"<item>{item}<pubDate>{NOW}</pubDate><description>{text}</description></item>"
        self.outlets.script(f"/{outlet}", Reply(f'<rss version="2.0"><channel><title>{outlet}</title>{entry}</channel></rss>'.encode()))

    def shows(self, *words: str) -> None:
        """Waits until reader and channel show one message each, the first one still, with these words."""
        for where in (self.ada, self.channel):
            self.telegram.wait(lambda where=where: all(word in self.text(where) for word in words), within=60)
            assert len(self.sales(where)) == 1

    def sales(self, where: Json | Room) -> list[str]:
        return [text for text in self.telegram.texts(where) if "Riot Platforms (RIOT) sold" in text and "is marked as" not in text]

    def text(self, where: Json | Room) -> str:
        return (self.sales(where) or [""])[0]


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    with ExitStack() as stack:
        yield Outside(stack, tmp_path)


def test_a_story_grows_is_corrected_and_withdrawn_in_its_one_message(outside: Outside) -> None:
    telegram = outside.telegram
    outside.tell("Ledger", "1,080")
    with Service(outside.home, outside.settings):
        outside.shows("sold 1,080 BTC", "Source: Ledger", "#RIOT")
        assert "Updated" not in outside.text(outside.channel)
        outside.tell("Courier", "1,080", " for $96 million")
        outside.shows("sold 1,080 BTC for $96M", "Ledger", "Courier", "Updated", "#RIOT")
    for outlet in ("Ledger", "Courier"):
        outside.tell(outlet, "1,008", " for $96 million")
    with Service(outside.home, outside.settings):
        outside.shows("sold 1,008 BTC for $96M", "Corrected", ": 1,080 BTC before", "#RIOT")
        number = outside.text(outside.channel).partition("/why_")[2].split()[0]
        telegram.say(outside.ada, f"/wrong {number}")
        telegram.wait(telegram.with_text(outside.ada, f"Story {number} is marked as wrong"), within=30)
        outside.shows("Withdrawn: an operator marked it as wrong")
        telegram.say(outside.ada, f"/right {number}")
        telegram.wait(telegram.with_text(outside.ada, f"Story {number} is marked as right"), within=30)
        outside.shows("Corrected", "sold 1,008 BTC for $96M")
    [message] = telegram.shown(outside.channel)
    assert message.edits >= 4
