"""Whether two tellings can speak of the same days, from their periods and, where one has none, from publication.

Between periods: equal, one inside the other, close (overlapping or a weekend apart), or apart. Where a period is missing the gap in
days from the sale to the publication is all there is, and how long a gap is believed depends on how telling the amount is.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from extractors.merge.facts import Days

_SHORT = 10  # days: up to here a period is meant as a date, and dates are printed a few days off
_SLACK = 7


class Relation(IntEnum):
    """How the days of two tellings lie."""

    APART = 0
    UNKNOWN = 1
    CLOSE = 2
    INSIDE = 3
    EQUAL = 4


class When(NamedTuple):
    """Relation of the days, the gap between them in days, and the length of the longer (0 if one is unknown)."""

    relation: Relation
    gap: int
    longer: int = 0


def between(one: Days, other: Days) -> When:
    """How two known periods lie."""
    longer = max(one.length, other.length)
    gap = max(one.start - other.end, other.start - one.end, 0)
    if one == other:
        return When(Relation.EQUAL, 0, longer)
    first, second = (one, other) if one.length >= other.length else (other, one)
    if first.start <= second.start and second.end <= first.end:
        return When(Relation.INSIDE, 0, longer)
    if gap == 0 or (longer <= _SHORT and gap <= _SLACK):
        return When(Relation.CLOSE, gap, longer)
    return When(Relation.APART, gap, longer)


def told_after(days: Days, seen: int | None, *, planned: bool = False) -> When:
    """A known period against a telling that names none: days between its end and the publication.

    What is done in a month is told when it is over, so days before its end count three times; a plan is told of before.
    """
    if seen is None:
        return When(Relation.UNKNOWN, 0)
    if planned:
        return When(Relation.UNKNOWN, max(seen - days.end, days.start - seen, 0))
    return When(Relation.UNKNOWN, seen - days.end if seen >= days.end else 3 * (days.end - seen))


def published_apart(one: int | None, other: int | None) -> When:
    """Two tellings without a period: days between their publications, 0 if one is unknown."""
    return When(Relation.UNKNOWN, 0 if one is None or other is None else abs(one - other))
