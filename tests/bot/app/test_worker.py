"""What a process is called among those that share a database."""

from bot.app.service import worker_name
from bot.settings import load_settings


def test_a_process_on_sqlite_has_the_same_name_after_a_restart_and_others_have_their_own() -> None:
    assert worker_name(load_settings(database_url="sqlite:////tmp/a.sqlite3")) == worker_name(load_settings(database_url=None)) == "assay"
    shared = worker_name(load_settings(database_url="postgresql+psycopg://localhost/assay"))
    host, _, process = shared.rpartition(":")
    assert host
    assert process.isdigit()
