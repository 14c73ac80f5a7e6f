"""Where news comes from: feeds with their health, articles as kept, and the source of a figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from extractors.model import Article


class FeedKind(StrEnum):
    """What a feed carries; wires and filings are primary sources."""

    NEWS = "news"
    WIRE = "wire"
    FILING = "filing"


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A feed as a list names it. `full_text` says that entries carry whole articles."""

    url: str
    title: str
    kind: FeedKind = FeedKind.NEWS


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is polled, and its health. `failures` counts polls in a row that failed."""

    id: int
    source: FeedSource
    etag: str | None = None
    last_modified: str | None = None
    next_poll: datetime | None = None
    last_poll: datetime | None = None
    last_success: datetime | None = None
    newest_entry: datetime | None = None
    failures: int = 0
    error: str | None = None
    muted: bool = False
    moved_to: str | None = None  # where a permanent redirect led; the list's address stays its name

    @property
    def address(self) -> str:
        """Where it is fetched from now."""
        return self.moved_to or self.source.url


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as kept. `revision` grows when its text was edited; `extractor` names the version that read this revision."""

    id: int
    article: Article
    feed_id: int | None
    revision: int
    seen_at: datetime
    extractor: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was read: an article of a feed, with the words that hold it.

    `primary`: a filing, or the miner's own release. `seen_at` is when the article came, None where that was not asked.
    """

    article_id: str
    title: str
    link: str | None
    feed: str
    published: datetime | None
    quote: str | None = None
    quotes: tuple[tuple[str, str], ...] = ()  # (field, the sentence its figure stands in)
    primary: bool = False
    seen_at: datetime | None = None
