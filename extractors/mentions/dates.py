"""Dates and periods, resolved against the day of publication.

Each word that can belong to a date (a month, "quarter", "week", a year ...) is an anchor; the patterns of its family are tried
at that place only, so time is linear. A bare month or quarter is the last one that had begun on the day of publication; without
that day only full dates are found. Grains: "day", "days", "week", "weekend", "month", "quarter", "half", "year", "ytd", "range",
"end" (the last or first day of a period) and "part" (early, mid or late: the period it is a part of).
"""

from __future__ import annotations

import re
from datetime import date
from itertools import compress
from typing import NamedTuple

from extractors.mentions import calendar as cal
from extractors.mentions.datefamilies import families_of
from extractors.mentions.datepairs import COARSE, month_within, told_closer
from extractors.mentions.datereaders import Found
from extractors.mentions.datewords import WEEKDAYS
from extractors.model import Period, Span
from extractors.text import Words, lowered, plain, words_of


class DateMention(NamedTuple):
    """A date or period in the text."""

    span: Span
    period: Period
    grain: str


_BEFORE = re.compile(
    r"(?P<end>\b(?:end|close|finish|last day|conclusion)(?: of)?(?: the)?(?: month of| fiscal| calendar)?[- ]|\bmonth-end |\blate-)$"
    r"|(?P<begin>\b(?:start|beginning|turn) of(?: the)? )$"
    r"|(?P<half>\b(?:first|second) half of )$"
    r"|(?P<part>\b(?:early|mid|late)(?: in)?[- ])$"
    r"|(?P<since>\bsince(?: the (?:start|beginning) of)?(?: late| early| mid)?[- ])$"
)
_EDGE = re.compile("end|close|finish|last day|conclusion|start|beginning|turn|half|early|mid|late|since")  # one is in all of these
_AFTER = re.compile(r"(?:'s)?[- ]end\b|'s finish\b")
_JOIN = re.compile(r" ?\(?(?:-|–|—|(?:up )?(?:to|through|thru|until|till)(?: and including)?(?: the)?|and(?: the)?) ?$")
_GAP = 16
_MOST = 10_000  # a megabyte of prose holds fewer


def find_dates(text: str, published: date | None) -> list[DateMention]:
    """All dates of a text in order; none overlap. Spans count characters of `text`."""
    flat = plain(text)
    lower = lowered(flat)
    return dates_in(flat, lower, words_of(lower), published)


def dates_in(text: str, lower: str, words: Words, published: date | None) -> list[DateMention]:
    """As `find_dates`, for text that has been made plain and cut already."""
    done = 0
    found: list[DateMention] = []
    starts, followers = words.starts, [*words.lowers[1:], ""]
    groups = list(map(families_of, words.lowers))
    for index in compress(range(len(groups)), groups):
        start, begun = starts[index], groups[index]
        if start < done or begun is None or (beginnings := begun(followers[index])) is None:
            continue
        gate, families = beginnings
        if gate and not gate.match(lower, start):
            continue
        for family in families:
            match = family.pattern.match(lower, start)
            if match and (result := family.read(Found(match, published, text))):
                mention = _with_edges(DateMention(Span(start, match.end()), *result), lower, published)
                found += _as_before(mention, found) if mention.grain.startswith("same ") else [mention]
                done = mention.span.end
                if len(found) >= _MOST:
                    return _joined(found, lower)
                break
    return _joined(found, lower)


def _as_before(mention: DateMention, found: list[DateMention]) -> list[DateMention]:
    """ "In the same year": the year that was named before; likewise the other grains of `datereach`."""
    grain = mention.grain.removeprefix("same ")
    near = found[-8:]
    if grain.isdigit():  # "the six months then ended"
        ends = [earlier.period.end for earlier in near if earlier.grain in {"day", "end"}]
        return [DateMention(mention.span, cal.months_to(end, int(grain)), "range") for end in ends[-1:]]
    if grain[0] in "+-":  # "the following month", "the month before"
        whole = [earlier.period for earlier in near if earlier.grain == grain[1:]]
        return [DateMention(mention.span, cal.next_to(period, grain), grain[1:]) for period in whole[-1:]]
    if "-" in grain:  # "from the 26th to the 29th", of the month named before
        first, last = map(int, grain.split("-"))
        starts = [earlier.period.start for earlier in near if earlier.period.start.month == earlier.period.end.month]
        days = [(cal.safe_day(day.year, day.month, first), cal.safe_day(day.year, day.month, last)) for day in starts[-1:]]
        return [
            DateMention(mention.span, Period(start, end), "range" if start < end else "day")
            for start, end in days
            if start and end and start <= end
        ]
    return [DateMention(mention.span, earlier.period, grain) for earlier in near if earlier.grain == grain][-1:]


def _with_edges(mention: DateMention, lower: str, published: date | None) -> DateMention:
    """The mention with the words before and behind it that make it a point, a part or a reach to the day of publication."""
    span, period, grain = mention
    if grain in {"day", "days", "end", "weekend", "range"}:
        reaches = grain == "day" and published and lower[max(0, span.start - 6) : span.start] == "since "
        return DateMention(span, Period(period.start, max(period.start, published)), "range") if reaches and published else mention
    first = span.start - 34 if span.start > 34 else 0
    before = _BEFORE.search(lower, first, span.start) if _EDGE.search(lower, first, span.start) else None
    if before:
        return _with_words_before(mention, before, published)
    if grain == "quarter":
        mention = DateMention(*month_within(mention, lower))
        span, period, grain = mention
    after = _AFTER.match(lower, span.end) if grain != "week" else None
    return DateMention(Span(span.start, after.end()), cal.one_day(period.end), "end") if after else mention


def _with_words_before(mention: DateMention, before: re.Match[str], published: date | None) -> DateMention:
    span, period, grain = mention
    wide = Span(before.start(), span.end)
    if before.group("since"):
        return DateMention(span, Period(period.start, max(period.start, published or period.end)), "range")
    if before.group("half") and grain == "month":
        first = "first" in before.group()
        middle = period.start.replace(day=15 if first else 16)
        return DateMention(wide, Period(period.start, middle) if first else Period(middle, period.end), "range")
    if before.group("part") or before.group("half"):
        return DateMention(span, period, "part")
    return DateMention(wide, cal.one_day(period.start if before.group("begin") else period.end), "end")


def _joined(found: list[DateMention], lower: str) -> list[DateMention]:
    """ "January through August 2024", "Oct. 1, 2022 to Sept. 30, 2023": one period."""
    result: list[DateMention] = []
    for later in found:
        mention = later
        if result and _is_of_week(result[-1], mention, lower):
            continue
        if result and result[-1].grain in COARSE and (closer := told_closer(result[-1], mention, lower)):
            result[-1] = DateMention(*closer)
            continue
        if result and (_names_the_day(result[-1], mention, lower) or _is_narrower(result[-1], mention, lower)):
            result.pop()
        if result and _joins(result[-1], mention, lower):
            first = result.pop()
            start = first.period.start
            if start > mention.period.end or (first.grain == "month" and start.year != mention.period.end.year):
                start = _same_year(start, mention.period)
            mention = DateMention(Span(first.span.start, mention.span.end), Period(start, mention.period.end), "range")
        result.append(mention)
    return result


def _names_the_day(first: DateMention, second: DateMention, lower: str) -> bool:
    """ "On Monday, July 15": the weekday says nothing of its own."""
    between = lower[first.span.end : second.span.start]
    return (
        between in {", ", " ", " the ", ", the ", " ("} and second.grain == "day" and lower[first.span.start : first.span.end] in WEEKDAYS
    )


def _is_of_week(first: DateMention, second: DateMention, lower: str) -> bool:
    """ "From Monday to Wednesday of this week": the week says nothing more."""
    return second.grain == "week" and first.grain in {"day", "range"} and lower[first.span.end : second.span.start] in {" of ", " "}


def _is_narrower(first: DateMention, second: DateMention, lower: str) -> bool:
    """ "In the last days of July, from the 26th to the 29th"."""
    within = first.period.start <= second.period.start and second.period.end <= first.period.end
    return (
        within
        and first.grain in {"month", "part"}
        and second.grain == "range"
        and lower[first.span.end : second.span.start] in {", ", " ("}
    )


def _joins(first: DateMention, second: DateMention, lower: str) -> bool:
    between = lower[first.span.end : second.span.start]
    if len(between) > _GAP or first.grain not in _EDGES or second.grain not in _EDGES:
        return False
    before = lower[max(0, first.span.start - 12) : first.span.start]
    apart = (second.period.start - first.period.end).days
    if "range" in {first.grain, second.grain} or between in {", ", ", and "}:
        return second.grain == "month" and apart == 1 and _is_list(first, between, before, lower[second.span.end : second.span.end + 16])
    if between.strip() in {"and", "and the"}:
        if first.grain == second.grain == "month" and apart == 1:
            return bool(_OVER.search(before)) and "respectively" not in lower[second.span.end : second.span.end + 60]
        return (first.grain == second.grain == "day" and apart == 1 and bool(_OVER.search(before))) or before.endswith("between ")
    if not _JOIN.fullmatch(between) or (first.grain == second.grain == "end"):
        return False
    # "from March to April output rose" would join; a comparison is read elsewhere, by its own words.
    return second.period.end > first.period.start or first.grain == "month"


def _is_list(first: DateMention, between: str, before: str, behind: str) -> bool:
    """ "In January, February and March": a range that grows; its first comma counts where an "and" follows."""
    if first.grain == "month":
        return between.startswith(",") and bool(_OVER.search(before) and _AND_MORE.match(behind))
    return first.grain == "range" and between.strip(" ,") in {"", "and"} and bool(between.strip())


_EDGES = frozenset({"day", "month", "quarter", "year", "end", "range"})
_OVER = re.compile(r"\b(?:over|during|across|between|in|for|on|of|both|throughout|months?|within) $")
_AND_MORE = re.compile(r",? and [a-z]{3,9}\b(?! [a-z]+ed\b)")


def _same_year(start: date, later: Period) -> date:
    moved = start.replace(year=later.end.year, day=1 if start.day > 28 else start.day)
    return moved if moved <= later.end else moved.replace(year=moved.year - 1)
