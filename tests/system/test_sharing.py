"""Several processes on one PostgreSQL share the work, and any of them may die; on SQLite the one process takes up where it was killed."""

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from bot.edges.store.store import Store
from bot.jobs.leaving import LEASE, Pace
from bot.model import Chat, ChatKind, Delivery, DeliveryKind, Message, Place, Subscription, Topic
from tests.support.application import Service
from tests.support.outside import CANGO, RIOT, Outside, ask, feed

CHATS = 60


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    with ExitStack() as stack:
        yield Outside(stack, tmp_path)


def holder(url: str, job: str) -> int | None:
    """The process that does the job now."""
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        found = connection.execute("SELECT worker FROM lease WHERE name = %s", (job,)).fetchone()
    return int(found[0].rpartition(":")[2]) if found else None


def test_two_processes_share_the_work_and_one_may_die(outside: Outside, fresh_url: Callable[[str], str]) -> None:
    telegram, url = outside.telegram, fresh_url("postgresql")
    outside.settings["ASSAY_DATABASE_URL"] = url
    ada, ben = telegram.person(), telegram.person()
    due = (datetime.now(UTC) - timedelta(minutes=1)).time().replace(second=0)
    with Store.open(url) as store:
        for person, topic in ((ada, Topic.SALES), (ben, Topic.DIGEST)):
            store.chats.see(Chat(person["id"], ChatKind.PRIVATE))
            store.subscriptions.put(Subscription(Place(person["id"]), frozenset({topic}), digest_at=due))
        homes = [outside.home / name for name in ("first", "second")]
        for home in homes:
            home.mkdir()
        with Service(homes[0], outside.settings) as first, Service(homes[1], outside.settings) as second:
            by_pid = {service.pid: service for service in (first, second)}
            telegram.wait(telegram.with_text(ada, "4,451 BTC"), within=60)
            telegram.wait(lambda: telegram.texts(ben), within=60)
            telegram.wait(lambda: holder(url, "chain") and holder(url, "updates"), within=60)
            dying = by_pid.pop(holder(url, "updates") or 0)
            [living] = by_pid.values()
            dying.end(signal.SIGKILL)
            outside.world.mine(1, seconds=1)
            outside.feeds.script("/feed", feed(CANGO, RIOT))
            telegram.wait(telegram.with_text(ada, "500 BTC"), within=90)
            telegram.wait(lambda: ask(telegram, ben, "/sales", "500 BTC"), within=90)
            telegram.wait(lambda: (tip := store.chain.tip()) and tip.height == outside.world.tip, within=120)
            assert holder(url, "chain") == living.pid
        assert sum("4,451 BTC" in text for text in telegram.texts(ada)) == 1
        assert sum("500 BTC" in text for text in telegram.texts(ada)) == 1
        assert sum(text.startswith(("Digest, ", "A quiet day")) for text in telegram.texts(ben)) == 1
        assert not any("Another process" in service.output or "Traceback" in service.output for service in (first, second))


def test_a_service_killed_in_a_broadcast_goes_on_with_it_at_once(outside: Outside) -> None:
    telegram = outside.telegram
    people = [telegram.person() for _ in range(CHATS)]
    with Store.open(outside.settings["ASSAY_DATABASE_URL"]) as store:
        now = datetime.now(UTC)
        store.outbox.owe(Delivery(Place(user["id"]), DeliveryKind.NOTICE, "notice", Message("notice"), now) for user in people)
        with outside.run() as service:
            telegram.wait(lambda: len(telegram.called("sendMessage")) > 10, within=60)
            service.end(signal.SIGKILL)
        taken = sum(len(telegram.shown(user)) for user in people)
        under_way = taken - store.outbox.counts(datetime.now(UTC)).sent
        assert under_way <= Pace().ahead, "no more is in limbo when a process dies than it claims at a time, however busy the machine"
        assert store.outbox.counts(datetime.now(UTC)).in_flight > 0, "some were claimed and not sent"
        with outside.run():
            telegram.wait(lambda: len(telegram.called("sendMessage")) > taken, within=60)
            # Two seconds' work. What the dead process had claimed would wait for the end of its lease, which is still far.
            telegram.wait(lambda: store.outbox.counts(datetime.now(UTC)).owed == 0, within=LEASE.total_seconds() * 2 / 3)
        found = Counter(user["id"] for user in people for _ in telegram.shown(user))
    assert len(found) == CHATS
    assert found.total() - CHATS <= under_way
