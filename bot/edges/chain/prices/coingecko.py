"""CoinGecko: a price with its own time and its change in 24 hours (which may be null)."""

from __future__ import annotations

from datetime import date, datetime

from bot.edges.chain import shapes
from bot.edges.chain.http import Door
from bot.model import Day, Quote

_PARAMS = {"ids": "bitcoin", "vs_currencies": "usd", "include_24hr_change": "true", "include_last_updated_at": "true"}


class CoinGeckoPrices:
    """CoinGecko's simple price."""

    name = "coingecko"

    def __init__(self, door: Door) -> None:
        self._door = door

    async def quote(self, now: datetime) -> Quote:
        """The price at the time it says; `now` if it does not say."""
        coin = shapes.mapping(shapes.field(await self._door.json("/api/v3/simple/price", _PARAMS), "bitcoin"), "the price")
        updated, change = coin.get("last_updated_at"), coin.get("usd_24h_change")
        return Quote(
            self.name,
            shapes.price(shapes.field(coin, "usd")),
            now if updated is None else shapes.seconds(updated),
            None if change is None else shapes.amount(change, "the change"),
        )

    async def days(self, since: date) -> tuple[Day, ...]:  # noqa: ARG002 - the interface's
        """Not offered."""
        return ()
