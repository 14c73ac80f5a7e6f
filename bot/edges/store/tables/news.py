"""Feeds, articles and what was read in them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from bot.edges.store.columns import Bitcoin, Dollars, ExactDecimal, Json, PlainText, UtcTime
from bot.edges.store.tables.base import Table, number


class FeedRow(Table, table=True):
    """A feed. `standing`: "listed" by the feed list, "own" (added by hand), "dropped" from the list, "removed" by hand."""

    __tablename__ = "feed"

    id: int | None = number()
    url: str = Field(sa_type=PlainText, unique=True)
    title: str = Field(sa_type=PlainText)
    kind: str
    standing: str
    moved_to: str | None = Field(default=None, sa_type=PlainText)
    etag: str | None = Field(default=None, sa_type=PlainText)
    last_modified: str | None = Field(default=None, sa_type=PlainText)
    next_poll: datetime | None = Field(default=None, sa_type=UtcTime, index=True)
    last_poll: datetime | None = Field(default=None, sa_type=UtcTime)
    last_success: datetime | None = Field(default=None, sa_type=UtcTime)
    newest_entry: datetime | None = Field(default=None, sa_type=UtcTime)
    failures: int = 0
    error: str | None = Field(default=None, sa_type=PlainText)
    muted: bool = False
    claimed_by: str | None = None
    claimed_until: datetime | None = Field(default=None, sa_type=UtcTime)


class ArticleRow(Table, table=True):
    """An article; its words are in `ArticleTextRow`, one row a revision, so that every span stays true to what it was read from."""

    __tablename__ = "article"

    id: int | None = number()
    feed_id: int | None = Field(default=None, foreign_key="feed.id")
    guid: str = Field(sa_type=PlainText)
    link: str | None = Field(default=None, sa_type=PlainText)
    published: datetime | None = Field(default=None, sa_type=UtcTime)
    seen_at: datetime = Field(sa_type=UtcTime)
    told_at: datetime = Field(sa_type=UtcTime, index=True)  # published, or seen where that is not known
    revision: int = 1
    extracted: int = Field(default=0, index=True)  # the revision that was read, 0 for none
    extractor: str | None = None


class ArticleTextRow(Table, table=True):
    """The words of one revision, and the feed that brought them."""

    __tablename__ = "article_text"

    article_id: int = Field(primary_key=True, foreign_key="article.id", ondelete="CASCADE")
    revision: int = Field(primary_key=True)
    title: str = Field(sa_type=PlainText)
    text: str = Field(sa_type=PlainText)
    feed_id: int | None = Field(default=None, foreign_key="feed.id")


class ArticleKeyRow(Table, table=True):
    """By what an article is known again; see `identity`."""

    __tablename__ = "article_key"

    key: str = Field(primary_key=True)
    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", index=True)


class EventRow(Table, table=True):
    """An event. `evidence` maps fields to [start, end) in the body of its revision."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "company", "kind"),)

    id: int | None = number()
    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", index=True)
    revision: int
    position: int
    kind: str
    company: str = Field(sa_type=PlainText)
    ticker: str | None = Field(default=None, sa_type=PlainText)
    btc: Decimal | None = Field(default=None, sa_type=Bitcoin)
    usd: Decimal | None = Field(default=None, sa_type=Dollars)
    price_usd: Decimal | None = Field(default=None, sa_type=Dollars)
    status: str
    purposes: Any = Field(sa_type=Json)
    period_start: date | None = None
    period_end: date | None = None
    settlement: str | None = Field(default=None, sa_type=PlainText)
    evidence: Any = Field(sa_type=Json)


class ClaimRow(Table, table=True):
    """A claim and, once judged, its verdict."""

    __tablename__ = "claim"

    id: int | None = number()
    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", index=True)
    revision: int
    position: int
    metric: str
    value: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    from_value: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    change_pct: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    at: date | None = None
    modality: str
    superlative: str | None = Field(default=None, sa_type=PlainText)
    bounds: Any = Field(sa_type=Json)
    since: date | None = None
    previous: bool = False
    within_start: date | None = None
    within_end: date | None = None
    extreme: str | None = None
    together: bool = False
    evidence: Any = Field(sa_type=Json)
    verdict: str | None = Field(default=None, index=True)
    reason: str | None = Field(default=None, sa_type=PlainText)
    judged_at: datetime | None = Field(default=None, sa_type=UtcTime)


class NoteRow(Table, table=True):
    """What else an article says."""

    __tablename__ = "note"

    id: int | None = number()
    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", index=True)
    revision: int
    position: int
    kind: str
    span_start: int
    span_end: int
    company: str | None = Field(default=None, sa_type=PlainText)
    details: Any = Field(sa_type=Json)
