"""Figures of a sentence that are about the network or the market, each with its role: level, level before, or change.

A family a unit (`percents`, `levels`, `dollars`) says by the words around a figure whether it is a metric's: in doubt it is no claim.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from extractors.claims.before import bounds_of, is_from
from extractors.claims.dollars import of_dollars
from extractors.claims.figures import Unit
from extractors.claims.item import Item
from extractors.claims.levels import of_coins, of_hashes, of_hashprice, of_large, of_number, of_trillions
from extractors.claims.percents import of_percent, turn_of
from extractors.claims.spot import Context, Spot
from extractors.claims.when import When
from extractors.model import Bounds, Metric, Modality, Span


class Role(StrEnum):
    """Which field of a claim a figure fills."""

    VALUE = "value"
    FROM = "from_value"
    CHANGE = "change_pct"


@dataclass(slots=True)
class Part:
    """One figure on its way into a claim; changes are signed.

    `named` is the word that names the metric, or the figure itself; `expected` the word that makes it a forecast. `place` is its
    item, `clause` the words of its own clause in lower case with "#" for the figure. `turned`: the words say which way a change
    goes; `from_afar`: it counts from half a year ago or more.
    """

    metric: Metric
    role: Role
    value: Decimal
    span: Span
    named: Span
    place: int
    bounds: Bounds | None = None
    modality: Modality = Modality.FACT
    when: When | None = None
    clause: str = ""
    turned: bool = True
    from_afar: bool = False
    expected: Span | None = None


_METRIC_BY_UNIT: dict[Unit, Callable[[Spot], Metric | None]] = {
    Unit.PERCENT: of_percent,
    Unit.TRILLIONS: of_trillions,
    Unit.HASHES: of_hashes,
    Unit.DOLLARS: of_dollars,
    Unit.HASHPRICE: of_hashprice,
    Unit.COINS: of_coins,
    Unit.LARGE: of_large,
    Unit.NUMBER: of_number,
}


def find_parts(items: Sequence[Item], context: Context) -> list[Part]:
    """The parts of a sentence in order; dates, modality and clause are filled in by the caller."""
    parts = []
    for place, item in enumerate(items):
        if item.figure is None or item.figure.unit is Unit.OTHER:
            continue
        spot = Spot(items, place, item.figure, context)
        metric = _METRIC_BY_UNIT[item.figure.unit](spot)
        part = _part(spot, metric) if metric is not None else None
        if part is not None:
            parts.append(part)
            if part.role is Role.CHANGE:
                context = context._replace(last=(part.metric, 1 if part.value > 0 else -1))
    return parts


def _part(spot: Spot, metric: Metric) -> Part | None:
    item, bounds = spot.items[spot.place], bounds_of(spot)
    turn = turn_of(spot, metric, bounds) if spot.figure.unit is Unit.PERCENT else 0
    if turn is None:
        return None
    span, named = Span(item.start, item.end), name_of(spot.items, spot.place, metric)
    if spot.figure.unit is Unit.PERCENT:
        value = spot.figure.value * (turn or 1)
        return Part(
            metric,
            Role.CHANGE,
            value,
            span,
            named,
            spot.place,
            _signed(bounds, turn or 1),
            turned=bool(turn),
        )
    role = Role.FROM if metric is not Metric.BLOCK_HEIGHT and is_from(spot) else Role.VALUE
    return Part(metric, role, spot.figure.value, span, named, spot.place, bounds)


def name_of(items: Sequence[Item], place: int, metric: Metric) -> Span:
    """The nearest word to the left, else to the right, that names the metric; else the words at `place` themselves."""
    for item in chain(reversed(items[:place]), items[place + 1 :]):
        if item.names and (item.metric is metric or (item.adjusts and metric is Metric.DIFFICULTY)):
            return Span(item.start, item.end)
    return Span(items[place].start, items[place].end)


def _signed(bounds: Bounds | None, turn: int) -> Bounds | None:
    """Bounds of a fall: "more than 20%" is 20 or more below nought."""
    if bounds is None or turn > 0:
        return bounds
    low, high = (None if end is None else -end for end in (bounds.high, bounds.low))
    return Bounds(low, high, bounds.about)
