"""Dates told more closely: "the holiday weekend (May 24-26)", "fiscal Q3 (ended December 31)", "the quarter's last month"."""

from __future__ import annotations

import re

from extractors.mentions import calendar as cal
from extractors.model import Period, Span

Dated = tuple[Span, Period, str]  # where it stands, the days, the grain

_MONTHS = {"quarter": 3, "half": 6, "year": 12}
COARSE = frozenset([*_MONTHS, "weekend", "week"])
_BRACKET = re.compile(r" \((?:from |the )?$")
_ENDS = re.compile(
    r"(?:,? \(?|, )(?:which |that |the (?:three|six|twelve) months )?(?:ended|ending|ends|closed|(?<=\()(?:to|through))(?: on)?(?: the)? $"
)
_REACH = 60  # characters
_NEAR = 45  # days
_YEAR = re.compile(r"20\d\d")
_MONTH_OF = re.compile(r"(?:'s|s')? (?P<nth>first|second|third|opening|middle|closing|last|final) month\b")
_NTH = {"first": 0, "opening": 0, "second": 1, "middle": 1, "third": 2}


def told_closer(first: Dated, second: Dated, lower: str) -> Dated | None:
    """What the second says of the first more exactly, as one mention; None if it speaks of another time."""
    (begin, whole, grain), (end, part, other) = first, second
    if not 0 < end.start - begin.end <= _REACH:
        return None
    span = Span(begin.start, end.end)
    bracketed = _BRACKET.search(lower, begin.end - 1, end.start) and end.start - begin.end < len(" (from the ")
    if grain in {"weekend", "week"} and other in {"day", "range", "days"} and bracketed:
        near = abs((part.end - whole.end).days) <= _NEAR
        return (span, part, "range") if near else None
    if grain not in _MONTHS:
        return None
    if bracketed and other in _MONTHS and re.search(r"\b(?:ended|ending|to|through)\b", lower[end.start : end.end]):
        return span, _of_year(begin, end, part, lower), other
    if other in {"day", "month"} and _ENDS.fullmatch(lower, begin.end, end.start):
        return span, _of_year(begin, end, cal.months_to(part.end, _MONTHS[grain]), lower), grain
    return None


def _of_year(first: Span, second: Span, period: Period, lower: str) -> Period:
    """The period in the year that the first names, where the second names none ("fiscal 2025 (year to March 31)")."""
    year = _YEAR.search(lower, first.start, first.end)
    if year is None or _YEAR.search(lower, second.start, second.end):
        return period
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    return cal.months_to(cal.month(int(year.group()), period.end.month).end, months)


def month_within(mention: Dated, lower: str) -> Dated:
    """ "Q3's first month", "the quarter's last month": that month; else the mention as it is."""
    span, period, grain = mention
    found = _MONTH_OF.match(lower, span.end) if grain == "quarter" else None
    if found is None:
        return mention
    first = period.start
    number = first.month + _NTH.get(found.group("nth"), 2)
    return Span(span.start, found.end()), cal.month(first.year, number), "month"
