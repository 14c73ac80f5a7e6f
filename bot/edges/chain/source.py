"""The small interface behind which every chain and price source stands.

A source fetches and checks the form of what it is given; whether it tells the truth is decided by comparing sources
(`bot.decisions.agreement`). Every call raises `SourceError`, and only that, when the source fails or talks nonsense.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from bot.model import BlockHeader, Day, Quote


class ChainSource(Protocol):
    """Headers of the main chain as one server sees it. `name` is what users are shown, `own` the operator's own node."""

    name: str
    own: bool

    async def newest(self) -> tuple[BlockHeader, ...]:
        """The tip and, where one call gives them, some blocks before it, ascending without a gap."""
        ...

    async def headers(self, top: int) -> tuple[BlockHeader, ...]:
        """The block at height `top` and, where one call gives them, some before it, ascending without a gap."""
        ...

    async def mean_fees(self) -> Decimal | None:
        """Mean fees of the last 144 blocks in BTC; None if the source does not tell."""
        ...


class PriceSource(Protocol):
    """Quotes of one market or service in USD."""

    name: str

    async def quote(self, now: datetime) -> Quote:
        """The price as of `now`."""
        ...

    async def days(self, since: date) -> tuple[Day, ...]:
        """Prices of the whole days from `since` on that the source offers, ascending; perhaps none."""
        ...


class BlockBell(Protocol):
    """Rings when a server says that a block was found."""

    name: str

    async def listen(self, ring: Callable[[BlockHeader], None]) -> None:
        """Calls `ring` with every new block, for ever: reconnects by itself and never raises `SourceError`."""
        ...
