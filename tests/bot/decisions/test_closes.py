"""The shipped closes are whole and lie by the market's, damage to them is told, and what is stored wins over them."""

import statistics
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.decisions.closes import join_days, parse_closes, shipped_closes
from bot.model import Day
from extractors.errors import DataError
from extractors.resources import data_path
from tests.support.claims import test_days as market_days

CLOSES = b"date,close\n2026-02-04,72896.27\n2026-02-05,63960.69\n"
UNFINISHED = date(2026, 7, 24)  # the last day of the market's figures was not over when they were taken


def test_every_day_of_the_shipped_closes_is_there() -> None:
    days = list(shipped_closes())
    assert (days[0], days[-1]) == (date(2024, 1, 1), date(2026, 10, 6))
    assert days == [days[0] + timedelta(days=ahead) for ahead in range(1010)]
    assert shipped_closes()[date(2024, 1, 1)].price_close == Decimal("43739.99")
    assert shipped_closes()[date(2025, 10, 6)].price_close == Decimal("124672.41")
    assert shipped_closes()[date(2026, 10, 6)].price_close == Decimal("85248.16")


def test_the_shipped_closes_lie_by_the_market() -> None:
    pairs = [(shipped_closes()[day].price_close, market.price_close) for day, market in market_days().items() if day != UNFINISHED]
    assert len(pairs) == 763
    off = [abs(ours / close - 1) for ours, close in pairs if ours and close]
    assert statistics.median(off) < 0.002
    assert max(off) < 0.02, "a price within 2.5 % of the market would be contradicted if a close were over 2.5 % off"
    assert sum(each > 0.01 for each in off) <= 8


def test_the_licence_of_the_closes_is_shipped_with_them() -> None:
    notice = data_path("prices-license.txt").read_text(encoding="utf-8")
    for words in ("Copyright (c) 2026 Bitcoin Research Kit & Bitview", "Permission is hereby granted, free of charge"):
        assert words in notice


@pytest.mark.parametrize(
    "line",
    [
        b"2026-02-06,\n",
        b"2026-02-06\n",
        b"6 February,70866.09\n",
        b"2026-02-05,63960.69\n",
        b"2026-02-01,76840.37\n",
        b"2026-02-06,0\n",
        b"2026-02-06,-70866.09\n",
        b"2026-02-06,NaN\n",
    ],
)
def test_a_damaged_close_is_named(line: bytes) -> None:
    with pytest.raises(DataError, match="line 4"):
        parse_closes(CLOSES + line)


def test_closes_without_their_columns_are_damaged() -> None:
    with pytest.raises(DataError, match="line 2"):
        parse_closes(b"day,price\n2026-02-05,63960.69\n")


def test_a_stored_day_wins_and_takes_only_a_close_that_it_lacks() -> None:
    before, shipped, later = date(2026, 2, 4), date(2026, 2, 5), date(2026, 2, 6)
    stored = Day(before, Decimal("73000"), Decimal("72000"), Decimal("76000"), 144, Decimal(450), "kraken")
    counted, new = Day(shipped, blocks=140, source="blocks counted"), Day(later, Decimal("70500"))
    joined = join_days(parse_closes(CLOSES), [stored, counted, new])
    assert joined == {
        before: stored,
        shipped: Day(shipped, Decimal("63960.69"), blocks=140, source="Bitcoin Research Kit"),
        later: new,
    }
    assert join_days(parse_closes(CLOSES), []) == parse_closes(CLOSES)
