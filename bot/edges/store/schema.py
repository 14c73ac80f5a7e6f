"""The schema and its versions: brought up to date when the store opens, by Alembic, in one transaction.

A database that is up to date is recognised by one query, without loading Alembic. One that a later version of Assay has changed
is refused and left as it is: an old program must not write into a schema it does not know.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, inspect, text

from bot.edges.store.engine import WAIT_SECONDS, Database
from bot.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0009"
"""The revision that this version writes; a test holds it against the migrations."""

_LOCK = 5_201_314
_LOG = logging.getLogger(__name__)


def revision(connection: Connection) -> str | None:
    """The revision of the database, None if it has no schema yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(database: Database) -> str | None:
    """Brings the schema up to date; returns the revision it had. StoreError if it is of a later version."""
    with database.connecting() as connection:
        before = revision(connection)
        connection.rollback()
        if before == HEAD:
            return before
        _refuse_later(before)
        if not database.is_postgres:
            _prepare_file(connection)
        with connection.begin():
            if database.is_postgres:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            if revision(connection) != HEAD:  # another process may have been faster
                _run(connection)
        if not database.is_postgres:
            _raw(connection).execute("PRAGMA foreign_keys = ON")
    return before


def _refuse_later(found: str | None) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(f"The database belongs to a later version of Assay (schema {found}, this one knows {HEAD}); use that version")


def _prepare_file(connection: Connection) -> None:
    raw = _raw(connection)
    _write_ahead(raw)
    raw.execute("PRAGMA foreign_keys = OFF")  # a migration may rebuild a table that others point to


def _write_ahead(raw: Any) -> None:
    """Turns the write-ahead log on, which stays with the file. SQLite does not wait here when others open it too, so we do."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            raw.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if time.monotonic() > deadline:
                raise StoreError(f"The database cannot be prepared: {error}") from error
            time.sleep(0.02)
        else:
            return


def _raw(connection: Connection) -> Any:
    return connection.connection.driver_connection


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration for the migrations inside this package."""
    from alembic.config import Config

    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return made


def _run(connection: Connection) -> None:
    from alembic import command

    command.upgrade(config(connection), "head")
    _LOG.info("Schema brought up to revision %s", HEAD)
