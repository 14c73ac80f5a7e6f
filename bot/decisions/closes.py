"""The shipped closes of bitcoin, a day's price in USD each, and the days that a store knows in their place.

A row is `date,close`. They are read out of the chain's own payments by the Bitcoin Research Kit (see `data/prices-license.txt`),
so a close may lie up to two percent off an exchange's. Damage is told, not skipped: a wrong close would make a wrong verdict.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from bot.model import Day
from extractors.errors import DataError
from extractors.resources import data_path

_SOURCE = "Bitcoin Research Kit"


def parse_closes(data: bytes) -> Mapping[date, Day]:
    """The days in order, each with its close; DataError names the line that is wrong or out of order."""
    days: dict[date, Day] = {}
    last = date.min
    for line, row in enumerate(csv.DictReader(io.StringIO(data.decode())), 2):
        try:
            day, close = date.fromisoformat(row["date"]), Decimal(row["close"])
        except (KeyError, ValueError, TypeError, ArithmeticError) as error:
            raise DataError(f"closes, line {line}: {error}") from None
        if day <= last or not close.is_finite() or close <= 0:
            raise DataError(f"closes, line {line}: {row['close']} on {day} after {last}")
        days[day] = Day(day, price_close=close, source=_SOURCE)
        last = day
    return MappingProxyType(days)


@cache
def shipped_closes() -> Mapping[date, Day]:
    """The closes that come with Assay, read once."""
    return parse_closes(data_path("prices.csv").read_bytes())


def is_estimate(day: Day) -> bool:
    """Whether a day's close was read out of the chain's payments."""
    return day.source == _SOURCE


def join_days(shipped: Mapping[date, Day], stored: Iterable[Day]) -> dict[date, Day]:
    """Both by day: what is stored of a day wins, and takes from the shipped one only a close that it lacks."""
    joined = dict(shipped)
    for day in stored:
        under = shipped.get(day.day) if day.price_close is None else None
        joined[day.day] = replace(day, price_close=under.price_close, source=under.source) if under else day
    return joined
