"""A real store with articles told into it as the service would: kept, read (by the test's own hand), merged into stories."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.edges.store.store import Store
from bot.model import Delivery, FeedKind, FeedSource
from extractors.merge import merge
from extractors.model import Article, Claim, Event, Extraction, Note, Span
from tests.support.tales import NOW, utc


class Newsroom:
    """A store, and what it takes to fill it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.told = store.articles.count()

    def feed(self, title: str, kind: FeedKind = FeedKind.NEWS) -> int:
        """The number of a feed of that name."""
        known = {feed.source.title: feed.id for feed in self.store.feeds.all()}
        return known.get(title) or self.store.feeds.add(FeedSource(f"https://{title.lower()}.example/feed", title, kind)).id

    def tell(self, *facts: Event | Claim | Note, outlet: str = "TheMinerMag", at: datetime | None = None, text: str = "") -> int:
        """An article with these facts; spans of facts without evidence are its first sentence. Returns its number."""
        self.told += 1
        published = at or utc("2026-02-09T12:00")
        title = f"Report {self.told}"
        article = Article(
            f"guid-{self.told}",
            title,
            text or f"Report {self.told} tells it all.",
            published,
            f"https://{outlet.lower()}.example/{self.told}",
        )
        number = self.store.articles.add(article, self.feed(outlet), published + timedelta(minutes=5))
        assert number is not None
        start = len(title) + 1
        extraction = Extraction(
            tuple(_with_evidence(fact, start) for fact in facts if isinstance(fact, Event)),
            tuple(_with_evidence(fact, start) for fact in facts if isinstance(fact, Claim)),
            tuple(replace(fact, span=Span(start, start + 6)) for fact in facts if isinstance(fact, Note)),
        )
        self.store.articles.save_extraction(number, extraction, "test")
        self.merge(published + timedelta(minutes=6))
        return number

    def merge(self, now: datetime) -> None:
        for due in self.store.stories.due():
            tellings = self.store.articles.tellings(due.company, due.kind)
            self.store.stories.replace(due.company, due.kind, merge(tellings), now, [due])


def _with_evidence(fact: Any, start: int) -> Any:
    filled = ("kind", "btc", "usd", "price_usd", "purposes", "period", "change_pct", "value")
    return fact if fact.evidence else replace(fact, evidence={name: Span(start, start + 6) for name in filled if getattr(fact, name, None)})


@contextmanager
def newsroom(url: str = "sqlite://") -> Iterator[Newsroom]:
    with Store.open(url) as store:
        yield Newsroom(store)


def events(stories: Sequence[Any]) -> list[Event]:
    """The events of stories made by `tests.support.tales`."""
    return [told.event for stored in stories for told in stored.story.tellings]


def owed(store: Store, now: datetime = NOW) -> list[Delivery]:
    """Everything that would be sent, at most one message of a chat at a time."""
    found: list[Delivery] = []
    for step in range(20):
        claimed = store.outbox.claim("test", now + timedelta(seconds=3 * step), 50, timedelta(minutes=5))
        for delivery in claimed:
            assert delivery.id is not None
            store.outbox.mark_sent(delivery.id, 1000 + delivery.id, now)
        found += claimed
    return found
