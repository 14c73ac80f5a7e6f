"""Polling feeds: each is claimed by one process, fetched within bounds, read in a process that can be killed, and stored.

What went wrong is written down with the feed and shown by /sources; one bad feed never stops the others. When a feed is
polled next is decided by how often it publishes and how it has failed.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.decisions.polling import Poll, next_poll
from bot.edges.fetch import Fetched, Fetcher
from bot.edges.reader import FeedReader
from bot.edges.store.store import Store
from bot.errors import AssayError, FetchError
from bot.model import Feed
from extractors.errors import InputError
from extractors.feed import clamp_future
from extractors.model import Article

_LEASE = timedelta(minutes=3)
_AT_ONCE = 4
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll of a feed brought: how many articles were new or edited, or what went wrong."""

    feed: Feed
    articles: int = 0
    error: str | None = None


class Poller:
    """Polls the feeds that are due. `worker` names this process, `fixed` replaces the adaptive waits (seconds)."""

    def __init__(self, store: Store, edges: tuple[Fetcher, FeedReader], worker: str, fixed: float | None = None) -> None:
        self._store = store
        self._fetcher, self._reader = edges
        self._worker = worker
        self._fixed = fixed

    async def poll_due(self, now: datetime, advance: Callable[[int], None] = lambda _: None) -> list[Polled]:
        """Polls every feed that is due at `now` and not claimed by another process; one line of result for each."""
        polled: list[Polled] = []
        while claimed := await asyncio.to_thread(self._store.feeds.claim_due, now, self._worker, _LEASE, _AT_ONCE):
            polled += await asyncio.gather(*(self._poll(feed, now) for feed in claimed))
            advance(len(claimed))
        return polled

    async def _poll(self, feed: Feed, now: datetime) -> Polled:
        try:
            fetched = await self._fetcher.fetch(feed.address, etag=feed.etag, last_modified=feed.last_modified)
            articles = () if fetched.not_modified else await self._reader.read_feed(fetched.body, url=fetched.url, charset=fetched.charset)
        except (AssayError, InputError) as error:
            return await asyncio.to_thread(self._failed, feed, now, error)
        return await asyncio.to_thread(self._succeeded, feed, now, (fetched, articles))

    def _failed(self, feed: Feed, now: datetime, error: Exception) -> Polled:
        _LOG.info("%s: %s", feed.source.title, error)
        wish = error.retry_after if isinstance(error, FetchError) else None
        again = self._next(Poll(now, _known(feed), feed.failures + 1, wish))
        self._store.feeds.record_failure(feed.id, now, again, str(error))
        return Polled(feed, error=str(error))

    def _succeeded(self, feed: Feed, now: datetime, came: tuple[Fetched, tuple[Article, ...]]) -> Polled:
        fetched, told = came
        articles = clamp_future(told, now)
        new = self._store.articles.add_all(articles, feed.id, now)
        published = tuple(article.published for article in articles if article.published)
        self._store.feeds.record_success(
            feed.id,
            now,
            self._next(Poll(now, published or _known(feed))),
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            newest_entry=max(published, default=feed.newest_entry),
            moved_to=fetched.moved_to,
        )
        return Polled(feed, articles=len(new))

    def _next(self, poll: Poll) -> datetime:
        return next_poll(poll, jitter=random.random(), fixed=self._fixed)  # noqa: S311  # spreads polls, keeps no secret


def _known(feed: Feed) -> tuple[datetime, ...]:
    return (feed.newest_entry,) if feed.newest_entry else ()
