"""Coinbase: the spot price, an amount as text without a time."""

from __future__ import annotations

from datetime import date, datetime

from bot.edges.chain import shapes
from bot.edges.chain.http import Door
from bot.errors import SourceError
from bot.model import Day, Quote


class CoinbasePrices:
    """Coinbase's public spot price."""

    name = "coinbase"

    def __init__(self, door: Door) -> None:
        self._door = door

    async def quote(self, now: datetime) -> Quote:
        """The spot price."""
        data = shapes.field(await self._door.json("/v2/prices/BTC-USD/spot"), "data")
        if shapes.mapping(data, "the price").get("currency", "USD") != "USD":
            raise SourceError(f"the price is in {shapes.shown(data['currency'])}")
        return Quote(self.name, shapes.price(shapes.field(data, "amount")), now)

    async def days(self, since: date) -> tuple[Day, ...]:  # noqa: ARG002 - the interface's
        """Not offered."""
        return ()
