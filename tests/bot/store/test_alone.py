"""Only one service runs on a SQLite file; PostgreSQL takes several."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.edges.store.alone import alone
from bot.edges.store.engine import Database
from bot.edges.store.store import Store
from bot.errors import StoreError

HOLD = """
import sys, time
from bot.edges.store.alone import alone
from bot.edges.store.engine import Database
with alone(Database(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'assay.sqlite3'}"


def test_a_second_service_on_the_same_file_is_refused_until_the_first_ends(url: str) -> None:
    with Store.open(url) as one, Store.open(url) as other:
        with alone(one.database), pytest.raises(StoreError, match="another `assay run` uses it"), alone(other.database):
            pytest.fail("both run")
        with alone(other.database):
            assert other.articles.count() == 0


def test_one_that_stops_is_waited_for(url: str) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD.replace("60", "1"), url], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with alone(Database(url), 60):
            assert process.wait() == 0


def test_others_read_and_write_meanwhile(url: str) -> None:
    with Store.open(url) as one, alone(one.database), Store.open(url) as other:
        assert other.feeds.release("refresh") == 0


def test_the_mark_of_a_process_that_was_killed_is_gone(url: str) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, url], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match="another"), alone(Database(url)):
            pytest.fail("both run")
        process.kill()
        process.wait()
        with alone(Database(url)):
            pass


def test_a_mark_that_cannot_be_made_is_told_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "assay.sqlite3"
    file.with_name("assay.sqlite3-running").write_text("no database at all, but a letter of some length\n" * 50)
    with pytest.raises(StoreError, match=r"assay\.sqlite3-running: "), alone(Database(f"sqlite:///{file}")):
        pytest.fail("it runs")


def test_postgresql_and_a_database_in_memory_take_several(fresh_url: Callable[[str], str]) -> None:
    for address in (fresh_url("postgresql"), "sqlite://"):
        with Store.open(address) as one, Store.open(address) as other, alone(one.database), alone(other.database):
            assert other.articles.count() == 0
