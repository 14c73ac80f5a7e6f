"""The tables, one file a domain. Rows never leave the store: what comes out are the frozen nouns of `bot.model`."""

from __future__ import annotations

from bot.edges.store.tables import chain, chats, news, outbox, stories
from bot.edges.store.tables.base import Table

METADATA = Table.metadata

__all__ = ["METADATA", "Table", "chain", "chats", "news", "outbox", "stories"]
