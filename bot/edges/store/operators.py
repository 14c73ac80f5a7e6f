"""Whose private chat shows the operators' menu: it is kept by Telegram, so it has to be taken away from those who are none any more."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlmodel import col

from bot.edges.store.engine import Database
from bot.edges.store.tables.chats import OperatorRow


class Operators:
    """The users by Telegram's ids."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> frozenset[int]:
        """Everybody who was added and not removed since."""
        with self._database.reading() as session:
            return frozenset(session.scalars(select(col(OperatorRow.user_id))))

    def add(self, user_id: int) -> None:
        """They may see the menu from now on."""
        with self._database.writing() as session:
            session.execute(self._database.insert(OperatorRow).values(user_id=user_id).on_conflict_do_nothing())

    def remove(self, user_id: int) -> None:
        """They do not see it any more."""
        with self._database.writing() as session:
            session.execute(delete(OperatorRow).where(col(OperatorRow.user_id) == user_id))
