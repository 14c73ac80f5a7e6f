"""Which figures of a story were wrong before: told, and now told otherwise.

A figure that comes for the first time is growth, and one that is the former one with more digits (or fewer) is the same figure;
neither is a correction by itself, but beside one both are told. Dates that lie within the former ones only say more exactly when it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from bot.edges.store.tables.stories import StoryRow

AMOUNTS = ("btc", "usd", "price_usd")
_WIDE = Context(prec=60)


def corrected(row: StoryRow, values: Mapping[str, Any], now: datetime) -> dict[str, list[str]]:
    """The corrections of a story that is about to take `values`: those it had, and for each field that is wrong now what it said."""
    at = now.astimezone(UTC).isoformat()
    found = {name: [str(before), at] for name in AMOUNTS if (before := getattr(row, name)) is not None and _differs(before, values[name])}
    if found:
        refined = {name: before for name in AMOUNTS if (before := getattr(row, name)) is not None and before != values[name]}
        found = {name: [str(before), at] for name, before in refined.items()}
    if row.period_start and row.period_end and not _within(row, values):
        found["period"] = [f"{row.period_start.isoformat()}/{row.period_end.isoformat()}", at]
    return {**(row.corrected or {}), **found}


def _differs(before: Decimal, after: Decimal | None) -> bool:
    return after is None or not (rounds_to(after, before) or rounds_to(before, after))


def rounds_to(figure: Decimal, rounded: Decimal) -> bool:
    """Whether `rounded` is `figure` with no more digits than `rounded` prints.

    >>> rounds_to(Decimal(304_600_000), Decimal(305_000_000)), rounds_to(Decimal(4415), Decimal(4451))
    (True, False)
    """
    digits = rounded.normalize(_WIDE).as_tuple().exponent
    assert isinstance(digits, int)  # noqa: S101 - amounts are finite
    return figure.quantize(Decimal(1).scaleb(digits), ROUND_HALF_UP, _WIDE) == rounded


def _within(row: StoryRow, values: Mapping[str, Any]) -> bool:
    start, end = values["period_start"], values["period_end"]
    if not isinstance(start, date) or not isinstance(end, date):
        return True  # dates that are told no more were not contradicted
    return bool(row.period_start and row.period_end and row.period_start <= start and end <= row.period_end)
