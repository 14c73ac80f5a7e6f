"""Stories, the tellings they rest on, and which company's stories are to be merged again."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from bot.edges.store.columns import Bitcoin, Dollars, Json, PlainText, UtcTime
from bot.edges.store.tables.base import Table, number


class StoryRow(Table, table=True):
    """A story's best reading. `day` orders it, `told_at` is its first telling; `unannounced` until its revision is planned for.

    `corrected` maps a field to what it said before it was corrected, and when that was (ISO 8601).
    """

    __tablename__ = "story"
    __table_args__ = (Index(None, "kind", "day"), Index(None, "company", "kind"))

    id: int | None = number()
    kind: str
    company: str = Field(sa_type=PlainText)
    ticker: str | None = Field(default=None, sa_type=PlainText)
    btc: Decimal | None = Field(default=None, sa_type=Bitcoin)
    usd: Decimal | None = Field(default=None, sa_type=Dollars)
    price_usd: Decimal | None = Field(default=None, sa_type=Dollars)
    status: str
    period_start: date | None = None
    period_end: date | None = None
    purposes: Any = Field(sa_type=Json)
    settlement: str | None = Field(default=None, sa_type=PlainText)
    differ: Any = Field(sa_type=Json)
    linked: Any = Field(sa_type=Json)
    corrected: Any = Field(default_factory=dict, sa_type=Json)
    day: date
    told_at: datetime = Field(sa_type=UtcTime)
    revision: int = 1
    found_at: datetime = Field(sa_type=UtcTime)
    changed_at: datetime = Field(sa_type=UtcTime, index=True)
    wrong: bool = False
    gone: bool = False
    unannounced: bool = Field(default=True, index=True)


class TellingRow(Table, table=True):
    """One telling of a story. The event may be gone after a new extraction, until the next merge; the article stays."""

    __tablename__ = "telling"

    story_id: int = Field(primary_key=True, foreign_key="story.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    article_id: int = Field(foreign_key="article.id", ondelete="CASCADE", index=True)
    event_id: int | None = Field(default=None, foreign_key="event.id", ondelete="SET NULL", index=True)


class MergeRow(Table, table=True):
    """A company and kind: `mark` counts changes of its tellings, `merged` is the change that its stories include."""

    __tablename__ = "merge"

    company: str = Field(primary_key=True, sa_type=PlainText)
    kind: str = Field(primary_key=True)
    mark: int = 1
    merged: int = 0
