"""The schema: migrations give what the tables say, on both databases; a later version's database is left alone."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.edges.store import schema
from bot.edges.store.engine import Database
from bot.edges.store.store import Store
from bot.edges.store.tables import METADATA
from bot.errors import StoreError
from bot.model import Chat, ChatKind, ChatState, Place, Subscription, Topic
from extractors.model import Claim, Extraction, Metric, Period
from tests.support.news import NOW, article


def test_the_migrated_schema_is_the_tables_own(store: Store) -> None:
    with store.database.connecting() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "render_as_batch": True})
        assert compare_metadata(context, METADATA) == []
        assert schema.revision(connection) == schema.HEAD
    assert len(METADATA.tables) > 20


def test_the_known_head_is_the_last_migration() -> None:
    assert ScriptDirectory.from_config(schema.config()).get_current_head() == schema.HEAD


def test_migrations_can_be_undone(empty_url: str) -> None:
    from alembic import command

    with Store.open(empty_url) as store, store.database.connecting() as connection:
        with connection.begin():
            command.downgrade(schema.config(connection), "base")
        left = set(MigrationContext.configure(connection).dialect.get_table_names(connection))
        assert left == {"alembic_version"}


def test_a_database_of_the_first_version_keeps_its_settings_and_gets_the_rest(empty_url: str) -> None:
    from alembic import command

    wished = Subscription(Place(7), frozenset({Topic.SALES}), silent=True)
    with Store.open(empty_url) as store:
        store.subscriptions.put(wished)
        with store.database.connecting() as connection, connection.begin():
            command.downgrade(schema.config(connection), "0001")
    with Store.open(empty_url) as store:
        assert store.subscriptions.get(Place(7)) == wished
        assert store.broadcasts.get(1) is None


def test_a_chat_of_the_second_version_leaves_its_language_to_who_writes_there(empty_url: str) -> None:
    from alembic import command

    with Store.open(empty_url) as store:
        store.chats.see(Chat(7, ChatKind.PRIVATE, "Ada", timezone="Europe/Berlin", native="de"))
        store.chats.see(Chat(-8, ChatKind.GROUP, "Miners"))
        store.chats.set_language(-8, "ru")
        store.chats.pause(-8, "thrown out", datetime.now(UTC))
        with store.database.connecting() as connection:
            with connection.begin():
                command.downgrade(schema.config(connection), "0002")
            assert [row[0] for row in connection.execute(text("SELECT language FROM chat ORDER BY id"))] == ["ru", "en"]
    with Store.open(empty_url) as store:
        assert store.chats.get(7) == Chat(7, ChatKind.PRIVATE, "Ada", timezone="Europe/Berlin")
        assert store.chats.get(-8) == Chat(-8, ChatKind.GROUP, "Miners", ChatState.PAUSED, pause_reason="thrown out")


def test_a_chat_that_was_paused_before_counts_as_away_from_now_on(empty_url: str) -> None:
    from alembic import command

    now = datetime.now(UTC)
    with Store.open(empty_url) as store:
        store.chats.see(Chat(7, ChatKind.PRIVATE, "Ada"))
        store.chats.pause(-8, "thrown out", now - timedelta(days=900))
        with store.database.connecting() as connection, connection.begin():
            command.downgrade(schema.config(connection), "0003")
    with Store.open(empty_url) as store:
        assert store.chats.forget_absent(now) == 0
        assert store.chats.forget_absent(datetime.now(UTC) + timedelta(days=1)) == 1
        assert [chat.id for chat in store.chats.all()] == [7]


def test_a_topic_that_was_paused_before_is_not_waited_for(empty_url: str) -> None:
    from alembic import command

    now = datetime.now(UTC)
    topic = Subscription(Place(-8, 7), frozenset({Topic.SALES}))
    with Store.open(empty_url) as store:
        store.subscriptions.put(topic)
        store.subscriptions.pause_topic(topic.place, "topic closed", now)
        assert store.subscriptions.all(awaited_since=now - timedelta(days=1)) == [topic]
        with store.database.connecting() as connection, connection.begin():
            command.downgrade(schema.config(connection), "0006")
    with Store.open(empty_url) as store:
        assert store.subscriptions.all(awaited_since=now - timedelta(days=1)) == []
        assert store.subscriptions.why_paused(topic.place) == "topic closed"


def test_a_claim_of_the_fifth_version_is_kept_and_takes_its_month_when_it_is_read_again(empty_url: str) -> None:
    from alembic import command

    told = Claim(Metric.DIFFICULTY, change_pct=Decimal(7), within=Period(date(2025, 11, 1), date(2025, 11, 30)), together=True)
    with Store.open(empty_url) as store:
        number = store.articles.add(article(), None, NOW)
        assert number is not None
        store.articles.save_extraction(number, Extraction(claims=(told,)), "1")
        (kept,) = store.claims.of_article(number)
        with store.database.connecting() as connection, connection.begin():
            command.downgrade(schema.config(connection), "0005")
    with Store.open(empty_url) as store:
        assert store.articles.extraction(number).claims == (replace(told, within=None, together=False),)
        store.articles.save_extraction(number, Extraction(claims=(told,)), "2")
        assert [(one.id, one.claim) for one in store.claims.of_article(number)] == [(kept.id, told)]


def test_opening_again_keeps_what_is_there(store_url: str) -> None:
    with Store.open(store_url) as store:
        assert store.try_lease("watch", "one", datetime(2026, 2, 10, tzinfo=UTC), 60)
    with Store.open(store_url) as store:
        assert not store.try_lease("watch", "two", datetime(2026, 2, 10, tzinfo=UTC), 60)


def test_several_may_open_a_new_database_at_once(empty_url: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(lambda _: Store.open(empty_url), range(6)))
    for store in stores:
        assert store.feeds.all() == []
        store.close()


def test_a_database_of_a_later_version_is_refused_and_not_touched(empty_url: str) -> None:
    with Store.open(empty_url) as store, store.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        session.execute(text("ALTER TABLE feed ADD COLUMN taste TEXT"))
    before = _bytes(store.database)
    with pytest.raises(StoreError, match=r"later version of Assay \(schema 9999"):
        Store.open(empty_url)
    assert _bytes(store.database) == before


def _bytes(database: Database) -> bytes | None:
    return database.file.read_bytes() if database.file else None


def test_a_database_that_was_made_by_hand_is_filled_beside_what_it_holds(tmp_path: Path) -> None:
    file = tmp_path / "own.sqlite3"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE mine (x)")
    connection.close()
    with Store.open(f"sqlite:///{file}") as store:
        assert store.articles.count() == 0


def test_sqlite_waits_writes_ahead_and_syncs(tmp_path: Path) -> None:
    with Store.open(f"sqlite:///{tmp_path / 'deep' / 'folder' / 'assay.sqlite3'}") as store, store.database.reading() as session:
        pragmas = {name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")}
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}


def test_postgresql_waits_neither_for_who_stopped_in_a_transaction_nor_for_a_line_that_is_cut(fresh_url: Callable[[str], str]) -> None:
    address = fresh_url("postgresql")
    for url, patience in ((address, "10"), (f"{address}&connect_timeout=3", "3")):
        with Store.open(url) as store, store.database.connecting() as connection:
            assert connection.scalar(text("SHOW idle_in_transaction_session_timeout")) == "30s"
            raw = connection.connection.driver_connection
            assert isinstance(raw, psycopg.Connection)
            given = raw.info.get_parameters()
            assert given["tcp_user_timeout"] == "30000"
            assert given["connect_timeout"] == patience


def test_a_store_in_memory_serves_several_threads() -> None:
    with Store.open("sqlite://") as store, ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: store.articles.count(), range(8)))
        assert counts == [0] * 8


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "cannot be read"),
        ("mysql://root@localhost/x", "SQLite .* or PostgreSQL"),
        ("sqlite:////proc/nowhere/assay.sqlite3", "cannot be made"),
        ("postgresql://user:secret@127.0.0.1:1/assay", r"Database postgresql\+psycopg://user:\*\*\*@127.0.0.1:1/assay"),
        ("postgresql://127.0.0.1:1/assay?user=me&password=secret", r"Database postgresql\+psycopg://127.0.0.1:1/assay\?user=me:"),
    ],
)
def test_a_database_out_of_reach_is_told_in_one_line_without_the_password(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words) as caught:
        Store.open(url)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear reader, " * 1000)
    with pytest.raises(StoreError, match="not a database"):
        Store.open(f"sqlite:///{file}")


def test_a_backup_is_a_whole_database(fresh_url: Callable[[str], str], tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_text("an older copy")
    with Store.open(fresh_url("sqlite")) as store:
        store.try_lease("watch", "one", datetime(2026, 2, 10, tzinfo=UTC), 60)
        store.backup(copy)
        with pytest.raises(StoreError, match="the database itself"):
            store.backup(store.database.file or copy)
        with pytest.raises(StoreError, match="cannot be written"):
            store.backup(tmp_path / "nowhere" / "copy.sqlite3")
    assert [path.name for path in tmp_path.iterdir()] == ["copy.sqlite3"]
    with Store.open(f"sqlite:///{copy}") as restored:
        assert not restored.try_lease("watch", "two", datetime(2026, 2, 10, tzinfo=UTC), 60)


def test_postgresql_is_backed_up_by_its_own_tool(fresh_url: Callable[[str], str], tmp_path: Path) -> None:
    with Store.open(fresh_url("postgresql")) as store, pytest.raises(StoreError, match="pg_dump"):
        store.backup(tmp_path / "copy")
