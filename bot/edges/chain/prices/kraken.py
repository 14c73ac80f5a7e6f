"""Kraken: the last trade, and daily candles for up to 720 days back.

Errors come with HTTP 200 and a filled `error` list, and the result's key is not the pair that was asked for. The ticker's
`o` is the opening of the UTC day, so no change of 24 hours follows from it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from bot.edges.chain import shapes
from bot.edges.chain.http import Door
from bot.errors import SourceError
from bot.model import Day, Quote

_DAY_MINUTES = 1440
_PAIR = "XBTUSD"


class KrakenPrices:
    """Kraken's public market data."""

    name = "kraken"

    def __init__(self, door: Door) -> None:
        self._door = door

    async def quote(self, now: datetime) -> Quote:
        """The last trade's price."""
        ticker = _only(await self._result("/0/public/Ticker", {"pair": _PAIR}))
        last = shapes.array(shapes.field(ticker, "c"), "the last trade")
        return Quote(self.name, shapes.price(last[0]), now)

    async def days(self, since: date) -> tuple[Day, ...]:
        """Low, high and close of whole days; the running day's candle is left out."""
        start = int(datetime.combine(since, time(), tzinfo=UTC).timestamp())
        result = await self._result("/0/public/OHLC", {"pair": _PAIR, "interval": _DAY_MINUTES, "since": start - 1})
        candles = [self._day(candle) for candle in shapes.array(_only(result), "the candles")]
        return tuple(day for day in sorted(candles, key=lambda day: day.day)[:-1] if day.day >= since)

    def _day(self, candle: Any) -> Day:
        values = shapes.array(candle, "a candle")
        if len(values) < 5:
            raise SourceError("a candle is too short")
        high, low, close = (shapes.price(value) for value in values[2:5])
        if not low <= close <= high:
            raise SourceError("a candle's close lies outside its range")
        return Day(shapes.seconds(values[0]).date(), price_close=close, price_low=low, price_high=high, source=self.name)

    async def _result(self, path: str, params: dict[str, str | int]) -> dict[str, Any]:
        answer = shapes.mapping(await self._door.json(path, params), "the answer")
        if answer.get("error"):
            raise SourceError(f"it says {shapes.shown(answer['error'])}")
        return dict(shapes.mapping(shapes.field(answer, "result"), "the result"))


def _only(result: dict[str, Any]) -> Any:
    """The value of the one key that is no `last`."""
    values = [value for key, value in result.items() if key != "last"]
    if len(values) != 1:
        raise SourceError(f"it sent {len(values)} markets, not one")
    return values[0]
