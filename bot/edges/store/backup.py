"""A safe copy of the database: SQLite's own online backup, which others may write beside."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.edges.store.engine import Database
from bot.errors import StoreError


def copy(database: Database, path: Path) -> None:
    """Writes the copy beside `path` first, so that `path` is never half a copy."""
    if database.is_postgres:
        raise StoreError("PostgreSQL copies itself: pg_dump --format=custom --file=FILE DATABASE")
    if database.file is not None and path.exists() and path.samefile(database.file):
        raise StoreError(f"{path} is the database itself")
    partial = path.with_name(path.name + ".part")
    try:
        partial.unlink(missing_ok=True)
        _write(database, partial)
        partial.replace(path)
    except (OSError, sqlite3.Error) as error:
        partial.unlink(missing_ok=True)
        raise StoreError(f"The copy {path} cannot be written: {error}") from error


def _write(database: Database, partial: Path) -> None:
    target = sqlite3.connect(partial)
    try:
        with database.connecting() as connection:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)  # noqa: S101 - tells the type checker what the dialect says
            source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it
    finally:
        target.close()
