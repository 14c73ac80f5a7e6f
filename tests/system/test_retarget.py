"""A retarget reaches a subscribed chat within seconds of its block, once, and is corrected when its block is replaced."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.edges.store.store import Store
from bot.model import Chat, ChatKind, Place, Subscription, Topic
from tests.support.application import Service
from tests.support.chain import FakeService
from tests.support.chain_bell import FakeBell
from tests.support.chain_services import Esplora, Mempool
from tests.support.chain_world import World
from tests.support.telegram import FakeTelegram

LAST_SHIPPED = datetime(2026, 10, 3, 7, 16, 36, tzinfo=UTC)
BOUNDARY = 484 * 2016
BITS = {480: 0x17021EC5, 481: 0x17021EF0, 482: 0x17021EF0, 483: 0x17021EF0, 484: 0x17027000}


class Outside:
    """A mempool server with its websocket, a second source, and Telegram, all on loopback; the chain stands before a retarget."""

    def __init__(self, stack: ExitStack, home: Path) -> None:
        self.home = home
        now = datetime.now(UTC)
        spacing = int((now - LAST_SHIPPED).total_seconds()) // (BOUNDARY - 969_696)
        self.world = World(start=967_680, tip=BOUNDARY - 1, now=now, bits=dict(BITS), spacing=spacing)
        self.telegram = stack.enter_context(FakeTelegram())
        self.mempool = stack.enter_context(FakeService(self.world, Mempool()))
        self.esplora = stack.enter_context(FakeService(self.world, Esplora()))
        self.bell = stack.enter_context(FakeBell(self.world))
        (home / "feeds.toml").write_text('[[feed]]\nurl = "http://127.0.0.1:9/feed"\ntitle = "Nothing"\n', encoding="utf-8")
        self.settings = {
            "ASSAY_TELEGRAM_TOKEN": self.telegram.token,
            "ASSAY_TELEGRAM_API": self.telegram.root,
            "ASSAY_MEMPOOL_URLS": f"{self.mempool.root},{self.bell.root}",
            "ASSAY_ESPLORA_URLS": self.esplora.root,
            "ASSAY_PRICE_URLS": "",
            "ASSAY_FEEDS": str(home / "feeds.toml"),
            "ASSAY_DATABASE_URL": f"sqlite:///{home}/assay.sqlite3",
        }

    def subscribe(self, chat: int) -> None:
        with Store.open(self.settings["ASSAY_DATABASE_URL"]) as store:
            store.chats.see(Chat(chat, ChatKind.PRIVATE))
            store.subscriptions.put(Subscription(Place(chat), frozenset({Topic.RETARGETS})))

    def tip_known(self, height: int) -> bool:
        with Store.open(self.settings["ASSAY_DATABASE_URL"]) as store:
            tip = store.chain.tip()
            return tip is not None and tip.height >= height


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    with ExitStack() as stack:
        yield Outside(stack, tmp_path)


def test_a_retarget_is_posted_at_once_and_once_and_corrected_by_an_edit(outside: Outside) -> None:
    telegram, world, bell = outside.telegram, outside.world, outside.bell
    ada = telegram.person()
    outside.subscribe(ada["id"])
    with Service(outside.home, outside.settings):
        telegram.wait(lambda: outside.tip_known(BOUNDARY - 1), within=60)
        assert telegram.texts(ada) == []
        world.mine(1, seconds=1)
        bell.ring()
        telegram.wait(telegram.with_text(ada, "fell 12.99 %"), within=20)
        assert "Next retarget about" in telegram.texts(ada)[0]
        assert telegram.texts(ada)[0].count("block 975,744") >= 1
        world.bits[484] = 0x17026000
        world.reorganise(1, later=1)
        bell.ring()
        telegram.wait(telegram.with_text(ada, "fell 10.70 %"), within=40)
    with Service(outside.home, outside.settings):
        world.mine(2, seconds=1)
        telegram.wait(lambda: outside.tip_known(world.tip), within=60)
    assert len(telegram.texts(ada)) == 1
