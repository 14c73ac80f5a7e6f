"""What is asked of a database while a test does something."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from bot.edges.store.store import Store


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """The statements, as they come."""
    asked: list[str] = []

    def note(*given: object) -> None:
        asked.append(str(given[2]))

    event.listen(store.database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(store.database.engine, "before_cursor_execute", note)
