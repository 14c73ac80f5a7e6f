"""The Puell multiple and hashprice over two years of known closes and block counts (`tests/facts/daily.csv`, for tests only)."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.decisions import network
from bot.decisions.history import height_at, shipped_history
from bot.model import Day

ROWS = list(csv.DictReader((Path(__file__).parents[2] / "facts" / "daily.csv").read_text(encoding="utf-8").splitlines()))
DAYS = {
    day: Day(day, price_close=Decimal(row["price_usd"]), issuance=Decimal(row["issuance_btc"]))
    for row in ROWS
    for day in (date.fromisoformat(row["date"]),)
}


@pytest.mark.parametrize(
    ("day", "value"), [("2026-01-24", "0.594"), ("2026-02-05", "0.62"), ("2026-02-08", "0.79"), ("2026-06-06", "0.58")]
)
def test_known_values(day: str, value: str) -> None:
    found = network.puell(DAYS, date.fromisoformat(day))
    assert found is not None
    assert found.complete
    assert round(found.value, len(value) - 2) == Decimal(value)


def test_a_whole_year_is_first_known_a_year_after_the_first_day() -> None:
    found = {day: network.puell(DAYS, day) for day in DAYS}
    assert min(day for day, puell in found.items() if puell and puell.complete) == date(2025, 6, 20)
    assert min((puell.value, day) for day, puell in found.items() if puell and puell.complete)[1] == date(2026, 6, 6)


def spread(day: date) -> float:
    """The blocks of a UTC day, spread evenly between the retargets around it."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    first, last = (height_at(shipped_history(), when) for when in (start, start + timedelta(days=1)))
    assert first is not None
    assert last is not None
    return last - first


def test_blocks_spread_between_retargets_are_right_on_average() -> None:
    recorded = {date.fromisoformat(row["date"]): Decimal(row["blocks"]) for row in ROWS if row["blocks_kind"] == "counted"}
    off = [spread(day) - float(count) for day, count in recorded.items()]
    assert len(off) == len(recorded) > 150
    assert abs(sum(off) / len(off)) < 0.5
    assert max(map(abs, off)) < 65
