"""What every command that needs a database begins with."""

from __future__ import annotations

from bot.edges.store.store import Store
from bot.settings import Settings


def open_store(settings: Settings) -> Store:
    """The user's store, its schema brought up to date; StoreError if it cannot be opened."""
    return Store.open(settings.database)
