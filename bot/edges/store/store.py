"""The store: one open database and its members, one for each domain.

Everything is synchronous (callers on an event loop use `asyncio.to_thread`), each call is one transaction, and what goes in and
comes out are the frozen nouns of `bot.model` and `extractors.model`. `now` is always an argument. Any call may raise `StoreError`.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from types import TracebackType

from bot.edges.store import backup, leases, schema
from bot.edges.store.articles import Articles
from bot.edges.store.broadcasts import Broadcasts
from bot.edges.store.chain import Chain
from bot.edges.store.chats import Chats
from bot.edges.store.claims import Claims
from bot.edges.store.engine import Database
from bot.edges.store.feeds import Feeds
from bot.edges.store.listings import Listings
from bot.edges.store.operators import Operators
from bot.edges.store.outbox import Outbox
from bot.edges.store.stories import Stories
from bot.edges.store.subscriptions import Subscriptions


class Store:
    """An open database. `Store.open(url)` makes one; it closes with `close()` or as a context manager.

    Members: `feeds`, `articles` (with events and notes), `claims`, `stories`, `chain`, `chats`, `subscriptions`, `outbox`,
    `listings`, `broadcasts`, `operators`.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.feeds = Feeds(database)
        self.articles = Articles(database)
        self.claims = Claims(database)
        self.stories = Stories(database)
        self.chain = Chain(database)
        self.chats = Chats(database)
        self.subscriptions = Subscriptions(database)
        self.outbox = Outbox(database)
        self.listings = Listings(database)
        self.broadcasts = Broadcasts(database)
        self.operators = Operators(database)

    @classmethod
    def open(cls, url: str) -> Store:
        """The store at `url`: `sqlite:///FILE` (its folder is made), `sqlite://` in memory, or `postgresql+psycopg://...`.

        Brings the schema up to date first. StoreError if the database cannot be reached or belongs to a later version.
        """
        database = Database(url)
        try:
            schema.upgrade(database)
        except BaseException:
            database.close()
            raise
        return cls(database)

    def close(self) -> None:
        """Closes every connection; the store is of no use afterwards."""
        self.database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def try_lease(self, name: str, worker: str, now: datetime, seconds: float) -> bool:
        """Whether `worker` may do the job `name` for the next `seconds`: True for one worker at a time, and again for the same one."""
        return leases.take(self.database, name, worker, now, seconds)

    def end_lease(self, name: str, worker: str) -> None:
        """Gives the job back, so that another process need not wait for the lease to end."""
        leases.end(self.database, name, worker)

    def backup(self, path: Path) -> None:
        """Writes a consistent copy of a SQLite database to `path` while others go on using it; replaces an older copy whole.

        StoreError for PostgreSQL (its `pg_dump` does this) or if the copy cannot be written.
        """
        backup.copy(self.database, path)
