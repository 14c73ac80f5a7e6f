"""What a process is called among those that share a database."""

from bot.app.service import worker_name
from bot.settings import load_settings


def test_a_process_on_sqlite_has_the_same_name_after_a_restart() -> None:
    assert worker_name(load_settings(database_url="sqlite:////tmp/a.sqlite3")) == worker_name(load_settings(database_url=None)) == "assay"


def test_who_shares_a_database_has_a_name_of_its_own_even_on_the_same_host_under_the_same_number() -> None:
    """As two containers with the host's name have, each of which is process 1."""
    shared = load_settings(database_url="postgresql+psycopg://localhost/assay")
    one, other = worker_name(shared), worker_name(shared)
    assert one != other
    assert one.rpartition(":")[2].isdigit()
