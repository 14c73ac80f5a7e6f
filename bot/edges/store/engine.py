"""Connections and transactions: the one place that minds which database it is.

SQLite runs in WAL mode with synchronous=FULL (a message marked as sent must still be marked after a power cut), and a transaction
that writes begins with BEGIN IMMEDIATE, so that writers queue at the door instead of failing half-way. PostgreSQL runs READ
COMMITTED; where SQLite's single writer makes a step exclusive, a named advisory lock does it there.
What the libraries raise leaves as `StoreError` in one line without the password.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

from sqlalchemy import Connection, CursorResult, Engine, QueuePool, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from bot.edges.store.tables.base import Table, table_of
from bot.errors import StoreError

WAIT_SECONDS = 30

_ALIVE = {"connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 30_000}
"""A server that is gone without a word (a cut cable, a machine without power) is noticed within a minute, not after hours."""


class Database:
    """An engine for reading and one for writing over the same connections."""

    def __init__(self, url: str) -> None:
        """Connects late: nothing is opened until the first transaction. StoreError if `url` cannot be used."""
        self.url = _parse(url)
        self.engine = _engine(self.url)
        self.is_postgres = self.engine.dialect.name == "postgresql"
        self._writer = self.engine.execution_options(begin="BEGIN IMMEDIATE")

    @property
    def shown(self) -> str:
        """The address as it may be shown: without a password."""
        return _shown(self.url)

    @property
    def file(self) -> Path | None:
        """The SQLite file, None in memory or on PostgreSQL."""
        name = self.url.database
        return None if self.is_postgres or not name or name == ":memory:" else Path(name)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session whose changes are dropped at the end."""
        with self._translated(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, lock: str | None = None) -> Iterator[Session]:
        """A session that commits at the end, or leaves nothing behind if something is raised.

        `lock` names a section that only one transaction of all processes is in at a time.
        """
        with self._translated(), Session(self._writer, expire_on_commit=False) as session, session.begin():
            if lock is not None and self.is_postgres:
                session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": crc32(lock.encode())})
            yield session

    @contextmanager
    def connecting(self) -> Iterator[Connection]:
        """A bare connection for schema work; its transaction, once begun, writes."""
        with self._translated(), self._writer.connect() as connection:
            yield connection

    def insert(self, row: type[Table]) -> Any:
        """INSERT into the table of `row` in the database's own dialect, which knows ON CONFLICT."""
        table = table_of(row)
        if self.is_postgres:
            from sqlalchemy.dialects.postgresql import insert as insert_postgres

            return insert_postgres(table)
        from sqlalchemy.dialects.sqlite import insert as insert_sqlite

        return insert_sqlite(table)

    def close(self) -> None:
        """Closes every connection."""
        self.engine.dispose()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise StoreError(f"Database {self.shown}: {_first_line(error)}") from error
        except SQLAlchemyError as error:
            raise StoreError(f"Database {self.shown}: {str(error).splitlines()[0]}") from error


def changed(session: Session, statement: Any) -> int:
    """Runs an INSERT, UPDATE or DELETE and tells how many rows it touched."""
    result = session.execute(statement, execution_options={"preserve_rowcount": True})  # else unknown for an INSERT on PostgreSQL
    return result.rowcount if isinstance(result, CursorResult) else 0


def _first_line(error: DBAPIError) -> str:
    cause = error.orig
    if cause is not None and isinstance(cause.__cause__, StoreError):
        return str(cause.__cause__)
    return next((line.strip() for line in str(cause).splitlines() if line.strip()), type(cause).__name__)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError("The database address cannot be read; sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME") from None
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise StoreError(f"Databases are SQLite (sqlite:///FILE) or PostgreSQL (postgresql+psycopg://...), not {parsed.drivername}")
    return parsed


def _engine(url: URL) -> Engine:
    try:
        return _postgres(url) if url.drivername.startswith("postgresql") else _sqlite(url)
    except (SQLAlchemyError, NoSuchModuleError, ImportError) as error:
        raise StoreError(f"Database {_shown(url)}: {error}") from error


def _shown(url: URL) -> str:
    """Without the passwords that may stand before the host or among the parameters."""
    return url.difference_update_query([name for name in url.query if "password" in name]).render_as_string(hide_password=True)


def _postgres(url: URL) -> Engine:
    engine = create_engine(url, pool_pre_ping=True, connect_args={name: value for name, value in _ALIVE.items() if name not in url.query})
    event.listen(engine, "connect", _prepare_postgres)
    return engine


def _sqlite(url: URL) -> Engine:
    in_memory = not url.database or url.database == ":memory:"
    if not in_memory:
        _make_folder(Path(str(url.database)).parent)
    # A database in memory lives as long as its connection: one, which every thread waits for.
    pool: dict[str, Any] = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0} if in_memory else {"poolclass": QueuePool}
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS, "check_same_thread": False}, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The folder {folder} of the database cannot be made: {error.strerror}") from error


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # Transactions are begun by `_begin_sqlite`; left to itself, the driver begins them too late to be safe.
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _prepare_postgres(connection: Any, _record: Any) -> None:
    # Who stops in the middle of a transaction (a suspended or vanished machine) would hold its locks, and with them all other processes.
    connection.execute(f"SET idle_in_transaction_session_timeout = '{WAIT_SECONDS}s'")
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
