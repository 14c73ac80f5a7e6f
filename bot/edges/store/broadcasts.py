"""What operators want every chat to have: kept from the draft on, since a button is too small to carry a text."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col

from bot.edges.store.engine import Database, changed
from bot.edges.store.tables.base import number_of
from bot.edges.store.tables.outbox import BroadcastRow
from bot.model import Broadcast


class Broadcasts:
    """The texts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def draft(self, text: str, by: int | None, now: datetime) -> Broadcast:
        """Keeps a text that waits to be confirmed."""
        with self._database.writing() as session:
            row = BroadcastRow(text=text, by=by, made_at=now)
            session.add(row)
            session.flush()
            return _broadcast(row)

    def get(self, number: int) -> Broadcast | None:
        """The text of that number."""
        with self._database.reading() as session:
            row = session.get(BroadcastRow, number)
            return None if row is None else _broadcast(row)

    def confirm(self, number: int, now: datetime) -> bool:
        """Notes that it is owed to everybody from now on. False if it was before."""
        waits = (col(BroadcastRow.id) == number) & col(BroadcastRow.owed_at).is_(None)
        with self._database.writing() as session:
            return bool(changed(session, update(BroadcastRow).where(waits).values(owed_at=now)))


def _broadcast(row: BroadcastRow) -> Broadcast:
    return Broadcast(number_of(row), row.text, row.by, row.made_at, row.owed_at)
