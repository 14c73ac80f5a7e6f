"""Feeds and pages over HTTP, within limits and from public addresses only.

`addresses` decides where a connection may go, `bodies` takes compression off, `fetcher` asks and follows.
"""

from __future__ import annotations

from bot.edges.fetch.addresses import Guard
from bot.edges.fetch.fetcher import Fetched, Fetcher

__all__ = ["Fetched", "Fetcher", "Guard"]
