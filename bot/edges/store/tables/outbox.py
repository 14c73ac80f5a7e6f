"""Messages owed and sent, the pace of sending, texts for every chat, and leases on jobs of which only one may run."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Index, String, UniqueConstraint, literal_column, text
from sqlmodel import Field, col

from bot.edges.store.columns import Big, Blob, Json, PlainText, UtcTime
from bot.edges.store.tables.base import Table, number
from bot.model import DeliveryState

OWED = DeliveryState.OWED.value
_OWED = text(f"state = '{OWED}'")


class PictureRow(Table, table=True):
    """A picture once, however many chats it goes to; named by its SHA-256."""

    __tablename__ = "picture"

    digest: str = Field(primary_key=True)
    data: bytes = Field(sa_type=Blob)


class ListingRow(Table, table=True):
    """What a digest's message told of stories, once, however many places it goes to; named by the SHA-256 of what it holds."""

    __tablename__ = "listing"

    digest: str = Field(primary_key=True)
    data: Any = Field(sa_type=Json)


class ListedRow(Table, table=True):
    """A story that a listing stands on, and the revision of it for which its messages were planned."""

    __tablename__ = "listed"

    listing: str = Field(primary_key=True, foreign_key="listing.digest", ondelete="CASCADE")
    story_id: int = Field(primary_key=True, index=True)
    revision: int


class DeliveryRow(Table, table=True):
    """One message owed to one place; topic 0 is the chat itself. `urgency` follows the kind, the smaller the sooner; an
    edit of an alert has that of a digest.

    `revision` is that of the story which the message shows, `listing` what a digest tells of stories (named, and perhaps forgotten).
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("chat_id", "topic_id", "key"),
        Index("ix_delivery_owed", "urgency", "id", sqlite_where=_OWED, postgresql_where=_OWED),
        Index("ix_delivery_owed_chat", "chat_id", "topic_id", "urgency", "id", sqlite_where=_OWED, postgresql_where=_OWED),
    )

    id: int | None = number()
    chat_id: int = Field(sa_type=Big)
    topic_id: int = Field(sa_type=Big)
    key: str = Field(sa_type=PlainText)
    kind: str
    urgency: int
    html: str = Field(sa_type=PlainText)
    buttons: Any = Field(sa_type=Json)
    picture: str | None = Field(default=None, foreign_key="picture.digest")
    silent: bool = False
    edits: int | None = Field(default=None, sa_type=Big)
    revision: int | None = None
    listing: str | None = Field(default=None, index=True)
    not_before: datetime = Field(sa_type=UtcTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcTime)
    state: str
    attempts: int = 0
    claimed_by: str | None = None
    claimed_until: datetime | None = Field(default=None, sa_type=UtcTime)
    slot: datetime | None = Field(default=None, sa_type=UtcTime)
    message_id: int | None = Field(default=None, sa_type=Big)
    error: str | None = Field(default=None, sa_type=PlainText)
    done_at: datetime | None = Field(default=None, sa_type=UtcTime, index=True)


def is_owed(row: type[DeliveryRow]) -> ColumnElement[bool]:
    """Written out, not bound: SQLite uses the indices over what is owed only if it can read the condition."""
    return col(row.state) == literal_column(f"'{OWED}'", String())


class PaceRow(Table, table=True):
    """When a chat may be sent to next: `recent` holds its last slots (seconds since 1970). Chat 0 stands for all chats together."""

    __tablename__ = "pace"

    chat_id: int = Field(primary_key=True, sa_type=Big, sa_column_kwargs={"autoincrement": False})
    ready_at: datetime | None = Field(default=None, sa_type=UtcTime)
    held_until: datetime | None = Field(default=None, sa_type=UtcTime)
    recent: Any = Field(sa_type=Json)


class BroadcastRow(Table, table=True):
    """A text that an operator wants every chat to have; `owed_at` once it was confirmed."""

    __tablename__ = "broadcast"

    id: int | None = number()
    text: str = Field(sa_type=PlainText)
    by: int | None = Field(default=None, sa_type=Big)
    made_at: datetime = Field(sa_type=UtcTime)
    owed_at: datetime | None = Field(default=None, sa_type=UtcTime)


class LeaseRow(Table, table=True):
    """Who does a job of which only one may run, and until when."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    worker: str
    until: datetime = Field(sa_type=UtcTime)
