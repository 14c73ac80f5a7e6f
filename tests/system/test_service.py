"""The whole way, by the real application over real HTTP: a feed goes in, messages come out in the chat, once."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.edges.store.store import Store
from bot.model import Chat, ChatKind, Place, Subscription, Topic
from tests.support.http import Reply
from tests.support.outside import CANGO, RIOT, Outside, ask, feed


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    with ExitStack() as stack:
        yield Outside(stack, tmp_path)


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
    assert len([message for message in telegram.shown(ada) if message.photo]) == 1


def test_a_token_that_telegram_does_not_know_ends_it_with_one_line(outside: Outside) -> None:
    outside.settings["ASSAY_TELEGRAM_TOKEN"] = "1:" + "x" * 30
    with outside.run() as service:
        assert service.wait(40) == 1
    last = service.output.strip().splitlines()[-1]
    assert last.startswith("assay: ASSAY_TELEGRAM_TOKEN")
    assert "Traceback" not in service.output
