"""A story stays unannounced until its present revision has been planned for."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.edges.store.store import Store
from extractors.merge import merge
from extractors.model import Article, Event, Extraction, Kind

NOW = datetime(2026, 2, 9, 12, tzinfo=UTC)


def told(store: Store, number: int, btc: str, usd: str | None = None) -> None:
    article = Article(f"a{number}", "Cango sells", f"Cango sold {btc} BTC. {usd} {number}", NOW, f"https://news.example/{number}")
    stored = store.articles.add(article, None, NOW)
    event = Event(Kind.SALE, "Cango", btc=Decimal(btc), usd=Decimal(usd) if usd else None)
    store.articles.save_extraction(stored, Extraction((event,)), "1")
    merged = merge(store.articles.tellings("Cango", Kind.SALE))
    store.stories.replace("Cango", Kind.SALE, merged, NOW, store.stories.due())


def test_a_story_is_announced_once_for_each_revision(store: Store) -> None:
    told(store, 1, "4451")
    (first,) = store.stories.unannounced(10)
    store.stories.announced(first.id, first.revision)
    assert not store.stories.unannounced(10)
    told(store, 2, "4451", "305000000")
    (second,) = store.stories.unannounced(10)
    assert (second.id, second.revision) == (first.id, first.revision + 1)


def test_an_announcement_of_an_older_revision_leaves_the_present_one_to_be_told(store: Store) -> None:
    told(store, 1, "4451")
    (first,) = store.stories.unannounced(10)
    told(store, 2, "4451", "305000000")
    store.stories.announced(first.id, first.revision)
    assert [story.revision for story in store.stories.unannounced(10)] == [first.revision + 1]


def test_a_story_marked_as_wrong_is_to_be_told_anew(store: Store) -> None:
    told(store, 1, "4451")
    (first,) = store.stories.unannounced(10)
    store.stories.announced(first.id, first.revision)
    store.stories.mark_wrong(first.id, True, NOW + timedelta(hours=1))
    assert [story.wrong for story in store.stories.unannounced(10)] == [True]
