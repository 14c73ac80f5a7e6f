"""Which day or month belongs to a figure, among those of its sentence.

A figure takes the day that stands nearest to it, where a sign or another figure in between counts as distance. Days that lie
ahead ("due on February 23") are read forward for forecasts, since a bare day is otherwise the last one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from extractors.claims.days import COMING
from extractors.mentions.dates import DateMention
from extractors.model import Period, Span

_BREAK_COST = {";": 120, ".": 120, ":": 40, ",": 25, "(": 10, "\n": 200}
_RIVAL_COST = 60
_LATER_COST = 8  # a day told first holds for all that follows; one told afterwards only for its own clause
_FARTHEST = 220
_SOON = timedelta(days=120)
_BASE = re.compile(r"\b(?:since|than|where it (?:was|stood|had been))(?: [a-z]+){0,4}[ -](?:mid-)?\Z", re.IGNORECASE)
_COMPARED = re.compile(r"(?:since|than|of)\s(?:\w+\s){0,2}\Z", re.IGNORECASE)
_OWN_CLAUSE = re.compile(r"[;:]|\b(?:when|which|since|than|after)\b")
_WHEN_CLAUSE = re.compile(r",? when [^.;:]{1,70}")
_LED = re.compile(r"\s?\(?(?:on|in|of|back in|as of)?\s?(?:mid-|early |late )?")
_POINT = re.compile(
    r"(?:'s)? (?:all-time |record )?(?:peak|record|high|low|top|level|close|figure) (?:of |at )?(?:about |around |nearly |over )?\$?"
)


class When(NamedTuple):
    """A day and the words that say it; `coming`: told as still to come."""

    day: date
    span: Span
    coming: bool = False


def day_of(text: str, figure: Span, mentions: Sequence[DateMention], rivals: Sequence[Span]) -> When | None:
    """The day that belongs to a figure, or None; `rivals` are the other figures of its metric."""
    if not mentions:
        return None

    def is_free(one: DateMention) -> bool:
        follows = one.span.start >= figure.end
        anothers = _is_base(text, one.span) or (follows and _OWN_CLAUSE.search(text, figure.end, one.span.start))
        return one.period.start == one.period.end and not anothers and not is_anothers(text, figure, one.span, rivals)

    def cost(one: DateMention) -> int:
        return _distance(text, figure, one.span, rivals)

    best = _nearest(filter(is_free, mentions), cost)
    if best and any(one.period.start != one.period.end and cost(one) + _BREAK_COST[";"] < cost(best) for one in mentions):
        return None  # "Monday's cut was the third; the one in mid-November had been 7.39%"
    return When(best.period.end, best.span, best.grain == COMING) if best else None


def period_for(text: str, figure: Span, mentions: Sequence[DateMention], published: date | None) -> Period | None:
    """The month, quarter or past year that is told for a figure, or None; "since 2021" is not a time but a comparison."""

    def is_free(one: DateMention) -> bool:
        this_year = one.grain == "year" and (published is None or one.period.start.year == published.year)
        if one.period.start == one.period.end or this_year:
            return False
        beside = 0 <= figure.start - one.span.end <= 4
        compared = _COMPARED.search(text, max(0, one.span.start - 20), one.span.start)
        return beside or not (_is_base(text, one.span) or compared)

    best = _nearest(filter(is_free, mentions), lambda one: _distance(text, figure, one.span, ()))
    return best.period if best else None


def _nearest(mentions: Iterable[DateMention], cost: Callable[[DateMention], int]) -> DateMention | None:
    best = min(mentions, key=cost, default=None)
    return best if best is not None and cost(best) < _FARTHEST else None


def _distance(text: str, figure: Span, words: Span, rivals: Sequence[Span]) -> int:
    follows = words.start >= figure.end
    low, high = (figure.end, words.start) if follows else (words.end, figure.start)
    between = text[low:high]
    passed = sum(low <= rival.start and rival.end <= high for rival in rivals)
    broken = sum(cost * between.count(sign) for sign, cost in _BREAK_COST.items())
    return len(between) + broken + _RIVAL_COST * passed + _LATER_COST * follows


def is_anothers(text: str, figure: Span, words: Span, rivals: Sequence[Span]) -> bool:
    """Whether a day or month is told of another figure: "3.28% on January 22 and 1.2%", "down from its October 6 peak of $126,198"."""
    after = min((rival.start for rival in rivals if rival.start >= words.end), default=None)
    if after is not None:
        parted = words.start >= figure.end and re.search("[,;:]", text[figure.end : words.start])
        if _POINT.fullmatch(text, words.end, after) or (parted and re.fullmatch("[^,;:]{0,30}", text[words.end : after])):
            return True
    before = max((rival.end for rival in rivals if rival.end <= words.start), default=None)
    passes = before is not None and (words.end <= figure.start or before > figure.end)
    return before is not None and passes and bool(_LED.fullmatch(text, before, words.start))


def _is_base(text: str, words: Span) -> bool:
    """ "since January 1", "above where it was in late August": what a change counts from, not when it came."""
    return text.startswith(("since", "Since"), words.start) or bool(_BASE.search(text, max(0, words.start - 32), words.start))


def told_of(figure: Span, mentions: Sequence[DateMention], text: str) -> Period | None:
    """The period told right before a figure: "March's 7.76% loss"."""
    for mention in mentions:
        between = text[mention.span.end : figure.start]
        if mention.period.start != mention.period.end and (between in {"'s ", " "} or _WHEN_CLAUSE.fullmatch(between)):
            return mention.period
    return None


def base_of(figure: Span, mentions: Sequence[DateMention], text: str) -> date | None:
    """The day that a change is told to count from: "it has lost 45% since mid-May", "above where it stood on July 1"."""
    for mention in mentions:
        low, high = (mention.span.end, figure.start) if mention.span.end <= figure.start else (figure.end, mention.span.start)
        between = text[low:high]
        near = len(between) < 60 and not re.search("[;:,.]", between) and not between.startswith("'s")
        if near and _is_base(text, mention.span):
            return mention.period.start
    return None


def ahead(when: When, text: str, published: date | None) -> When:
    """The same day read forward, for a forecast: "February 23", written on the 8th, is to come."""
    if published is None or when.day >= published or re.search(r"\d{4}", text[when.span.start : when.span.end]):
        return when
    moved = when.day + timedelta(days=365)
    return When(moved, when.span) if moved - published < _SOON else when
