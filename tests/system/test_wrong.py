"""An operator marks a story as wrong, and the real application corrects the digest that told it, though it is killed at once."""

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.edges.store.store import Store
from bot.model import Chat, ChatKind, Topic
from tests.support.application import Service
from tests.support.newsroom import Newsroom, events
from tests.support.tales import stored, subscription
from tests.support.telegram import FakeTelegram


def test_a_digest_is_corrected_over_a_kill_right_after_the_mark(tmp_path: Path) -> None:
    with FakeTelegram() as telegram:
        ada = telegram.person("Ada")
        channel = telegram.group("Sales", owner=ada, kind="channel", bot="administrator")
        feed = '[[feed]]\nurl = "https://ledger.example/feed"\ntitle = "Ledger"\n'
        (tmp_path / "feeds.toml").write_text(feed, encoding="utf-8")
        settings = {
            "ASSAY_TELEGRAM_TOKEN": telegram.token,
            "ASSAY_TELEGRAM_API": telegram.root,
            "ASSAY_MEMPOOL_URLS": "",
            "ASSAY_ESPLORA_URLS": "",
            "ASSAY_PRICE_URLS": "",
            "ASSAY_FEEDS": str(tmp_path / "feeds.toml"),
            "ASSAY_DATABASE_URL": f"sqlite:///{tmp_path}/assay.sqlite3",
            "ASSAY_ADMINS": str(ada["id"]),
        }
        now = datetime.now(UTC)
        with Store.open(settings["ASSAY_DATABASE_URL"]) as store:
            for coins in ("1080", "383"):
                sale = stored(company=f"Miner {coins}", ticker=None, btc=coins)
                Newsroom(store).tell(*events([sale]), outlet="Ledger", at=now - timedelta(hours=1))
            for feed in store.feeds.all():
                store.feeds.mute(feed.source.url, True)
            store.chats.see(Chat(channel.id, ChatKind.CHANNEL))
            due = (now - timedelta(minutes=1)).time().replace(second=0, microsecond=0)
            store.subscriptions.put(subscription(channel.id, topics=frozenset({Topic.DIGEST}), digest_at=due))
            [number] = [story.id for story in store.stories.unannounced(5) if story.story.company == "Miner 1080"]
        with Service(tmp_path, settings) as service:
            telegram.wait(telegram.with_text(channel, "2 completed sales, 1,463 BTC"), within=60)
            telegram.say(ada, f"/wrong {number}")
            telegram.wait(telegram.with_text(ada, "1 digest that tells it will be corrected."), within=30)
            service.end(signal.SIGKILL)
        with Service(tmp_path, settings):
            telegram.wait(telegram.with_text(channel, "Withdrawn: an operator marked it as wrong"), within=60)
            telegram.say(ada, f"/right {number}")
            telegram.wait(telegram.with_text(ada, "1 digest that shows it as withdrawn will tell it again."), within=30)
            telegram.wait(lambda: "Corrected" not in telegram.texts(channel)[0], within=30)
        [post] = telegram.shown(channel)
        assert "2 completed sales, 1,463 BTC" in post.text
        assert post.edits == 2
