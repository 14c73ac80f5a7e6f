"""The pace of sending, kept in the database so that all processes together stay within Telegram's limits.

A slot is a moment at which one message may leave. Slots of all chats lie at least `GAP` apart; those of one chat at least
`CHAT_GAP`; and in a group or channel no more than `GROUP_MESSAGES` fall into any `GROUP_WINDOW`. A little is added to
Telegram's own windows (1/s, 20/min), because messages that leave evenly do not arrive evenly.
Slots are given out at most `HORIZON` ahead: an answer to a person never waits behind a long broadcast.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.edges.store.engine import Database
from bot.edges.store.tables.outbox import PaceRow
from bot.model import Slot

GAP = timedelta(seconds=1 / 28)
CHAT_GAP = timedelta(seconds=1.05)
GROUP_MESSAGES = 20
GROUP_WINDOW = timedelta(seconds=61)
HORIZON = timedelta(seconds=1)
ALL_CHATS = 0


def ready_at(recent: list[float], *, group: bool) -> datetime | None:
    """When the next slot of a chat may be, after its `recent` ones (seconds since 1970, ascending); None if at any time."""
    if not recent:
        return None
    ready = recent[-1] + CHAT_GAP.total_seconds()
    if group and len(recent) >= GROUP_MESSAGES:
        ready = max(ready, recent[-GROUP_MESSAGES] + GROUP_WINDOW.total_seconds())
    return datetime.fromtimestamp(ready, UTC)


def clock(database: Database, session: Session) -> PaceRow:
    """The row that holds the next slot of all, locked until the transaction ends."""
    session.execute(database.insert(PaceRow).values(chat_id=ALL_CHATS, recent=[]).on_conflict_do_nothing())
    return session.scalars(select(PaceRow).where(col(PaceRow.chat_id) == ALL_CHATS).with_for_update()).one()


def next_slot(shared: PaceRow, now: datetime) -> datetime:
    """The first moment at which any message may leave."""
    return max(filter(None, (now, shared.ready_at, shared.held_until)))


def book(session: Session, shared: PaceRow, chat_id: int, now: datetime) -> datetime:
    """Takes the next slot for a chat that is ready."""
    slot = next_slot(shared, now)
    shared.ready_at = slot + GAP
    row = chat_pace(session, chat_id)
    row.recent = [*row.recent[1 - GROUP_MESSAGES :], slot.timestamp()]
    row.ready_at = ready_at(row.recent, group=chat_id < 0)
    return slot


def take(database: Database, chat_id: int, now: datetime) -> Slot:
    """A slot for a message that is not in the outbox; not granted if it would lie beyond the horizon."""
    with database.writing() as session:
        shared, row = clock(database, session), chat_pace(session, chat_id)
        first = max(filter(None, (next_slot(shared, now), row.ready_at, row.held_until)))
        if first > now + HORIZON:
            return Slot(first, granted=False)
        if first > next_slot(shared, now):  # the chat itself has to wait a moment; all others need not
            row.recent = [*row.recent[1 - GROUP_MESSAGES :], first.timestamp()]
            row.ready_at = ready_at(row.recent, group=chat_id < 0)
            return Slot(first, granted=True)
        return Slot(book(session, shared, chat_id, now), granted=True)


def hold(database: Database, chat_id: int, until: datetime) -> None:
    """Nothing leaves for the chat (or for any, with `ALL_CHATS`) before `until`; a longer hold stays."""
    with database.writing("pace") as session:
        row = chat_pace(session, chat_id)
        row.held_until = max(filter(None, (row.held_until, until)))


def chat_pace(session: Session, chat_id: int) -> PaceRow:
    """The row of a chat, made if it is the first message."""
    row = session.get(PaceRow, chat_id)
    if row is None:
        row = PaceRow(chat_id=chat_id, recent=[])
        session.add(row)
    return row
