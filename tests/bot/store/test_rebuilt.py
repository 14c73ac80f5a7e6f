"""Stories are built once, and what is kept of them is never older than the database, whoever changes it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.edges.store.store import Store
from bot.model import FeedKind, FeedSource, SalesQuery, StoredStory
from extractors.merge import merge
from extractors.model import Extraction, Kind, Purpose
from tests.support.news import LONG, NOW, article, period, sale, spans, tell
from tests.support.statements import statements

LATER = NOW + timedelta(hours=2)
WIRE = FeedSource("https://wire.example/feed", "Wire", FeedKind.WIRE)
RELEASE = "NEW YORK, Feb. 09, 2026 (GLOBE NEWSWIRE) -- Cango sold 4,451 bitcoin. "


def merge_due(store: Store) -> None:
    for due in store.stories.due():
        store.stories.replace(due.company, due.kind, merge(store.articles.tellings(due.company, due.kind)), NOW, [due])


def only(store: Store) -> StoredStory:
    [found] = store.stories.list(SalesQuery(), LATER)
    return found


def read_again(store: Store, number: int) -> None:
    body = f"Cango sells 4,451 BTC\na: {LONG}"
    store.articles.save_extraction(number, Extraction((replace(sale(), evidence=spans(body, btc="4,451")),)), "2")


def read_otherwise(store: Store, number: int) -> None:
    told = sale("4451", usd=Decimal(305_000_000), purposes=(Purpose.DEBT_REPAYMENT,), period=period("2026-02-07", "2026-02-08"))
    store.articles.save_extraction(number, Extraction((told,)), "2")
    merge_due(store)


def reword(store: Store, number: int) -> None:
    assert store.articles.add(article("a", text=RELEASE + LONG, link="https://example.org/a"), 1, NOW) == number
    store.articles.save_extraction(number, Extraction((sale(),)), "1")


def rename_feed(store: Store, _: int) -> None:
    store.feeds.ensure([replace(WIRE, title="Another name", kind=FeedKind.NEWS)])


def learn_time(store: Store, _: int) -> None:
    store.articles.add(article("a", text=f"a: {LONG}", link="https://example.org/a", published=NOW - timedelta(hours=1)), 1, NOW)


def mark(store: Store, _: int) -> None:
    store.stories.mark_wrong(1, True, LATER)
    store.stories.mark_wrong(1, False, LATER)


@pytest.mark.parametrize("change", [read_again, read_otherwise, reword, rename_feed, learn_time, mark])
def test_what_another_process_changed_is_read_at_once(store_url: str, change: Callable[[Store, int], None]) -> None:
    with Store.open(store_url) as ours, Store.open(store_url) as other:
        ours.feeds.ensure([WIRE])
        number = tell(ours, "a", sale(), feed_id=1, published=None)
        merge_due(ours)
        before = only(ours)
        change(other, number)
        now = only(ours)
        assert now != before
        assert now.story.tellings == tuple(ours.articles.tellings("Cango", Kind.SALE))
        assert now == only(other)


def test_the_words_of_articles_are_read_for_a_story_once(store_url: str) -> None:
    with Store.open(store_url) as writer, Store.open(store_url) as reader:
        tell(writer, "a", sale())
        merge_due(writer)
        with statements(reader) as first:
            found = only(reader)
        with statements(reader) as second:
            assert only(reader) is found, "a story that is the same is not built again"
        tell(writer, "b", sale("777"))
        merge_due(writer)
        with statements(reader) as third:
            assert len(reader.stories.list(SalesQuery(), LATER)) == 2
        assert [any("article_text" in one for one in asked) for asked in (first, second, third)] == [True, False, True]
