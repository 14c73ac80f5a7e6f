"""One process a SQLite file: the service that runs on it keeps others from running beside it.

What they do is shared under one name there (see `bot.app.service.worker_name`), so two would take each other's messages and tell
them twice. A transaction that never ends, on an empty database beside the file, is the mark: whatever the system, it ends with the
process, also with one that is killed, and keeps nobody from reading, backing up or asking.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from bot.edges.store.engine import Database
from bot.errors import StoreError


@contextmanager
def alone(database: Database, patience: float = 0.0) -> Iterator[None]:
    """While the block lasts, no other block runs on the same SQLite file; PostgreSQL is made for several.

    Waits `patience` seconds for one that is about to stop; StoreError if it does not.
    """
    if database.file is None:
        yield
        return
    mark = database.file.with_name(f"{database.file.name}-running")
    with ExitStack() as stack:
        try:
            held = stack.enter_context(closing(sqlite3.connect(mark, timeout=patience, isolation_level=None)))
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            why = "another `assay run` uses it; several need PostgreSQL" if "locked" in str(error) else f"{mark.name}: {error}"
            raise StoreError(f"Database {database.shown}: {why}") from None
        yield
