"""Several workers on one outbox and one list of feeds: nothing twice, nothing lost, everything in order and within the pace."""

from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import pairwise
from multiprocessing import get_context

from bot.edges.store.store import Store
from bot.model import FeedSource
from tests.support.news import NOW
from tests.support.senders import drain, most_in, owed, poll


def fill(url: str, chats: int, each: int) -> None:
    with Store.open(url) as store:
        assert store.outbox.owe([owed(f"k{n}", chat) for n in range(each) for chat in range(1, chats + 1)]) == chats * each


def check(claims: list[tuple[int, int, float]], chats: int, each: int) -> None:
    """Each message once, each chat's in order and a second apart, all within the pace."""
    assert sorted(Counter(delivery for delivery, _, _ in claims).items()) == [(n + 1, 1) for n in range(chats * each)]
    for chat in range(1, chats + 1):
        own = sorted((slot, delivery) for delivery, place, slot in claims if place == chat)
        assert [delivery for _, delivery in own] == sorted(delivery for _, delivery in own)
        assert all(later[0] - earlier[0] >= 1 for earlier, later in pairwise(own))
    assert most_in([slot for _, _, slot in claims], 1) <= 29


def test_threads_claim_nothing_twice(store_url: str) -> None:
    fill(store_url, chats=12, each=3)
    with ThreadPoolExecutor(6) as pool:
        claims = [pool.submit(drain, store_url, f"w{n}", NOW, 200) for n in range(6)]
        check([one for found in claims for one in found.result()], 12, 3)


def test_processes_claim_nothing_twice(store_url: str) -> None:
    fill(store_url, chats=12, each=3)
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        claims = [pool.submit(drain, store_url, f"w{n}", NOW, 200) for n in range(3)]
        check([one for found in claims for one in found.result()], 12, 3)


def test_one_message_planned_by_many_is_owed_once(store_url: str) -> None:
    def plan(_: int) -> int:
        with Store.open(store_url) as store:
            return store.outbox.owe([owed("digest", chat) for chat in range(1, 30)])

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(plan, range(6))) == 29


def test_each_feed_is_polled_by_one(store_url: str) -> None:
    with Store.open(store_url) as store:
        store.feeds.ensure(FeedSource(f"https://feed{n}.example/rss", f"Feed {n}") for n in range(30))
    with ThreadPoolExecutor(6) as pool:
        claims = [pool.submit(poll, store_url, f"w{n}", NOW, 10) for n in range(6)]
        assert sorted(feed for found in claims for feed in found.result()) == list(range(1, 31))
