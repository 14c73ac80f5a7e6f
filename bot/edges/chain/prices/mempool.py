"""Prices of mempool servers: whole dollars, up to an hour old; -1 means unknown, and a `time` of 0 that none was ever known.

Their history holds many prices a day for recent years: a day's close is the last of them, lows and highs are not told.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from bot.edges.chain import shapes
from bot.edges.chain.http import Door, NotOfferedError
from bot.model import Day, Quote

_CLOSE_WITHIN = timedelta(hours=3)


class MempoolPrices:
    """Prices of one mempool server."""

    name = "mempool"

    def __init__(self, door: Door) -> None:
        self._door = door

    async def quote(self, now: datetime) -> Quote:  # noqa: ARG002 - it tells the time itself
        """The price of the server's last update."""
        prices = await self._door.json("/v1/prices")
        at = shapes.seconds(shapes.field(prices, "time"))
        return Quote(self.name, shapes.price(shapes.field(prices, "USD")), at, rough=True)

    async def days(self, since: date) -> tuple[Day, ...]:
        """Closes of the whole days since: prices of the last hours before midnight UTC."""
        try:
            answer = await self._door.json("/v1/historical-price", {"currency": "USD"})
        except NotOfferedError:
            return ()
        closes: dict[date, tuple[datetime, Decimal]] = {}
        for entry in shapes.array(shapes.field(answer, "prices"), "the prices"):
            at, usd = _entry(entry)
            day = (at - timedelta(seconds=1)).date()  # midnight closes the day before
            if day >= since and usd > 0 and (day not in closes or at > closes[day][0]):
                closes[day] = at, shapes.price(usd)
        whole = ((day, usd) for day, (at, usd) in sorted(closes.items()) if _end(day) - at <= _CLOSE_WITHIN)
        return tuple(Day(day, price_close=usd, source=self.name) for day, usd in whole)


def _entry(entry: Any) -> tuple[datetime, Decimal]:
    """Time and price of an entry; the row of zeros that stands for the days before any price has none."""
    known = shapes.mapping(entry, "a price")
    if not known.get("time") or "USD" not in known:
        return datetime.min.replace(tzinfo=UTC) + timedelta(days=1), Decimal(0)
    return shapes.seconds(known["time"]), shapes.amount(known["USD"], "the price")


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)
