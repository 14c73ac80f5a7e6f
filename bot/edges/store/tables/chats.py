"""Chats, what each place asked for, and which message shows which story."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from typing import Any

from sqlmodel import Field

from bot.edges.store.columns import Big, Bitcoin, Json, PlainText, UtcTime
from bot.edges.store.tables.base import Table


class ChatRow(Table, table=True):
    """A chat by Telegram's id; `moved_to` is the supergroup that a group became, `paused_at` when it was paused."""

    __tablename__ = "chat"

    id: int = Field(primary_key=True, sa_type=Big, sa_column_kwargs={"autoincrement": False})
    kind: str
    title: str = Field(default="", sa_type=PlainText)
    state: str
    language: str | None = None
    native: str | None = None
    timezone: str = "UTC"
    pause_reason: str | None = Field(default=None, sa_type=PlainText)
    paused_at: datetime | None = Field(default=None, sa_type=UtcTime)
    moved_to: int | None = Field(default=None, sa_type=Big)


class OperatorRow(Table, table=True):
    """A person whose private chat shows the operators' menu."""

    __tablename__ = "operator"

    user_id: int = Field(primary_key=True, sa_type=Big, sa_column_kwargs={"autoincrement": False})


class SubscriptionRow(Table, table=True):
    """What a place asked for; topic 0 is the chat itself. `paused` says why a topic gets nothing, `paused_at` since when.

    `digest_until` and `weekly_until` are when the time ended of which the last edition told.
    """

    __tablename__ = "subscription"

    chat_id: int = Field(primary_key=True, sa_type=Big, sa_column_kwargs={"autoincrement": False})
    topic_id: int = Field(primary_key=True, sa_type=Big, sa_column_kwargs={"autoincrement": False})
    topics: Any = Field(sa_type=Json)
    min_btc: Decimal = Field(sa_type=Bitcoin)
    miners: Any = Field(sa_type=Json)
    timezone: str
    digest_at: time
    days: Any = Field(sa_type=Json)
    quiet_from: time | None = None
    quiet_to: time | None = None
    silent: bool = False
    weekly_day: int = 0
    weekly_at: time = time(8)
    digest_until: datetime | None = Field(default=None, sa_type=UtcTime)
    weekly_until: datetime | None = Field(default=None, sa_type=UtcTime)
    paused: str | None = Field(default=None, sa_type=PlainText)
    paused_at: datetime | None = Field(default=None, sa_type=UtcTime)


class PostedRow(Table, table=True):
    """The message that shows a story in a place."""

    __tablename__ = "posted"

    story_id: int = Field(primary_key=True, foreign_key="story.id", ondelete="CASCADE")
    chat_id: int = Field(primary_key=True, sa_type=Big)
    topic_id: int = Field(primary_key=True, sa_type=Big)
    message_id: int = Field(sa_type=Big)
    revision: int
    posted_at: datetime = Field(sa_type=UtcTime)
