"""The dates of a sentence, as claims need them: the days of `mentions.dates` and what only network news says.

"After China's ban" is 2021; "Might 13" is machine translation's 13 May; "this Sunday" may be to come; "the beginning of February" is a
stretch of days, not the first.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.mentions.dates import DateMention, dates_in, find_dates
from extractors.mentions.scan import Scan
from extractors.model import Period, Span
from extractors.text import Words

COMING = "coming"  # the grain of a day told as still to come

_BAN = re.compile(r"\b(?:after|during|following|amid|in the wake of)\b(?: [\w']+){0,4} (?:ban|crackdown|exodus)\b", re.IGNORECASE)
_BANS = frozenset({"ban", "crackdown", "exodus"})
_BAN_YEAR = Period(date(2021, 1, 1), date(2021, 12, 31))
_MIGHT = re.compile(r"\bMight(?= \d)")
_THIS_WEEKDAY = re.compile(r"\b(?:this|coming|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day")
_THAT_YEAR = re.compile(r",? (?:of )?(?:that|the same) year\b")
_YEAR = re.compile(r"\b20\d\d\b")
_REACH = 400
_WEEK = timedelta(days=7)
_STRETCH = timedelta(days=9)
_OPENS = re.compile(
    r"\b(?P<a>20\d\d) (?:opened|began|started|kicked off|got under way)|\b(?:start|beginning|outset|opening) of (?P<b>20\d\d)\b"
)


def days_in(ready: Scan, words: Words, published: date | None) -> list[DateMention]:
    """The dates among some words of an article, in no order; spans are those of the body."""
    if not words.lowers:
        return []
    start, end = words.starts[0], words.ends[-1]
    if "might" in words.lowers and _MIGHT.search(ready.text, start, end):
        found = [_moved(one, start) for one in find_dates(_MIGHT.sub("  May", ready.text[start:end]), published)]
    else:
        found = dates_in(ready.text, ready.lower, words, published)
    if not _BANS.isdisjoint(words.lowers):
        found += [DateMention(Span(*ban.span()), _BAN_YEAR, "ban") for ban in _BAN.finditer(ready.text, start, end)]
    if not found:
        return found
    found = _of_that_year(found, ready.lower, published)
    longest = found if len(found) == 1 else [one for one in found if not any(_reaches_over(other.span, one.span) for other in found)]
    return [_coming(_stretched(mention, ready.lower), ready.lower, published) for mention in longest]


def _of_that_year(found: list[DateMention], lower: str, published: date | None) -> list[DateMention]:
    """ "In March of that year": the year named last; the months that follow in the sentence are of it as well."""
    first = next((one.span for one in found if _THAT_YEAR.match(lower, one.span.end)), None)
    named = _YEAR.findall(lower, max(0, first.start - _REACH), first.start) if first else []
    if first is None or not named or published is None:
        return found
    return [_in_year(one, int(named[-1])) if one.span.start >= first.start and one.grain != "year" else one for one in found]


def _in_year(mention: DateMention, year: int) -> DateMention:
    first, last = mention.period
    day = last.replace(day=28) if (last.month, last.day) == (2, 29) else last
    return mention._replace(period=Period(first.replace(year=year, day=min(first.day, 28)), day.replace(year=year)))


def _moved(mention: DateMention, start: int) -> DateMention:
    return mention._replace(span=Span(mention.span.start + start, mention.span.end + start))


def _reaches_over(other: Span, one: Span) -> bool:
    """ "The last day" is part of "last day of August"."""
    return other.start < one.end and one.start < other.end and other.end - other.start > one.end - one.start


def _stretched(mention: DateMention, lower: str) -> DateMention:
    if lower.startswith(("beginning", "the beginning", "start", "the start", "early"), mention.span.start):
        return mention._replace(period=Period(mention.period.start, mention.period.start + _STRETCH))
    return mention


def _coming(mention: DateMention, lower: str, published: date | None) -> DateMention:
    if published is None or not published - _WEEK <= mention.period.end < published:
        return mention
    if not _THIS_WEEKDAY.search(lower, max(0, mention.span.start - 5), mention.span.end):
        return mention
    day = mention.period.end + _WEEK
    return mention._replace(period=Period(day, day), grain=COMING)


def year_opens(lower: str, start: int, end: int) -> tuple[date, Span] | None:
    """ "2024 opened with a difficulty of 148 trillion": the first of January, and these words."""
    found = _OPENS.search(lower, start, end)
    return (date(int(found["a"] or found["b"]), 1, 1), Span(*found.span())) if found else None
