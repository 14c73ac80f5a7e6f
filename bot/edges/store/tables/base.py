"""What all tables share: one set of metadata whose constraints have names, so that migrations can speak of them on both databases."""

from __future__ import annotations

from typing import Any, Protocol

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """The base of every table; metadata of its own, so that nothing else that uses SQLModel mixes in."""

    metadata = sa.MetaData(naming_convention=NAMES)


def number() -> Any:
    """A primary key that the database counts."""
    return Field(default=None, primary_key=True)


def table_of(row: type[Table]) -> sa.Table:
    """The table behind a class of rows, for statements in bulk."""
    table = sa.inspect(row).local_table
    assert isinstance(table, sa.Table)  # noqa: S101 - tells the type checker what a mapped class has
    return table


class Numbered(Protocol):
    """A row whose number the database counts."""

    id: int | None


def number_of(row: Numbered) -> int:
    """The number of a row that the database has seen."""
    assert row.id is not None  # noqa: S101 - it gets one when it is written
    return row.id
