"""Two figures that are the ends of one range: "9 to 12%", "between 70 and 75 trillion"."""

from __future__ import annotations

from decimal import Decimal

from extractors.claims.figures import Unit
from extractors.claims.item import Item, before_figure
from extractors.claims.lexicon import words
from extractors.model import Bounds, Span

_PLURAL_MOVES = words(
    """
    cuts drops declines falls decreases reductions rises increases gains jumps adjustments changes hikes steps
    """
)


def merge_ranges(items: list[Item]) -> list[Item]:
    """Two joined figures that are one range become one item with their middle and both ends as bounds."""
    merged: list[Item] = []
    for item in items:
        first = _partner(merged, item)
        if first is None:
            merged.append(item)
            continue
        del merged[merged.index(first) + 1 :]
        low, high = sorted((first.figure.value, item.figure.value))  # type: ignore[union-attr]  # a partner and its item are figures
        middle = ((low + high) / 2).normalize()
        first.figure = first.figure._replace(span=Span(first.start, item.end), value=middle)  # type: ignore[union-attr]
        first.bounds, first.end = Bounds(low, high), item.end
    return merged


def _partner(items: list[Item], item: Item) -> Item | None:
    figure = item.figure
    if figure is None or not figure.joint or figure.unit in {Unit.NUMBER, Unit.OTHER}:
        return None
    place = next((back for back in range(len(items) - 1, max(-1, len(items) - 4), -1) if items[back].figure), None)
    if place is None:
        return None
    first = items[place]
    if first.figure is None or first.figure.unit is not figure.unit or first.bounds or not _alike(first.figure.value, figure.value):
        return None
    before = before_figure(items, place)
    if figure.joint in {"and", "or"}:
        told_apart = any(other.lower in _PLURAL_MOVES for other in items[max(0, place - 6) : place])
        return first if (before == "between" or figure.joint == "or") and not told_apart else None
    if figure.joint == "to":
        return (
            None
            if before in {"from", "off"} or (figure.unit is not Unit.PERCENT and before not in {"at", "around", "about", "of"})
            else first
        )
    return first


def _alike(one: Decimal, other: Decimal) -> bool:
    return one < 4 * other and other < 4 * one
