"""The day a figure holds for, and the day a change counts from.

A figure takes the day that stands nearest to it, where a sign or another figure in between counts as distance. Days that lie
ahead ("due on February 23") are read forward for forecasts, since a bare day is otherwise the last one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from extractors.mentions.dates import DateMention, dates_in, find_dates
from extractors.mentions.scan import Scan
from extractors.model import Period, Span
from extractors.text import Token

_BREAK_COST = {";": 120, ".": 120, ":": 40, ",": 25, "(": 10, "\n": 200}
_FARTHEST = 220
_NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
}
_UNITS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365, "hour": 0}
_AGO = re.compile(
    r"\b(?:(?:than|in|over|within|for|from|on|versus|vs|during|across)\s)?(?:(?:the|this|these|that|just|under|about|around|roughly|nearly|almost|some|past|last|previous|more|only)\s){0,3}"
    r"(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,3})\s(?P<unit>day|week|month|quarter|year|hour)s?(?P<ago>\s(?:ago|earlier|before|prior|back|previously))?"
)
_YEARLY = re.compile(
    r"\b(?:yoy|y/y|year[- ]on[- ]year|year[- ]over[- ]year|than last year|from last year|than (?:in )?the year before|annually|than the previous year|(?:over|during|across) the (?:whole |full |entire |past |last )?year|over 12 months)\b"
)
_THIS = re.compile(
    r"\b(?:over|in|during|on|for) (?:the|this|past|last|the past|the last) (?P<unit>day|week|month|quarter)\b|\b(?P<unit2>week|month|quarter)[- ]on[- ](?:week|month|quarter)\b|\b(?P<mom>mom)\b"
)
_IN_YEAR = re.compile(r"# (?:\w+ ){0,2}(?:in|during|over|across|since the (?:start|beginning) of) (?P<year>20\d\d)\b")
_FROM_NEW_YEAR = re.compile(
    r"\b(?:since|from) (?:the )?(?:start|beginning|turn|outset) of (?:the|this) year\b|\bsince january\b|\bthan (?:it|they) (?:began|started|had begun|had started)\b|\bso far this year\b"
)
_THIS_YEAR = re.compile(r"# (?:\w+ ){0,2}(?:this year|year to date|ytd)\b|\b(?:year to date|ytd)[^.;]{0,20}#")
_NOW = re.compile(
    r"\b(?:(?<!from )now|currently|today|at present|presently|at the moment|at press time|at the time of (?:writing|reporting))\b"
)
_FROM_NOW = re.compile(
    r"\b(?P<n>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) (?P<unit>day|week)s?'?(?: from now| time| away)\b"
)


class When(NamedTuple):
    """A day and the words that say it."""

    day: date
    span: Span
    coming: bool = False  # told as still to come: "this Sunday"


_BAN = re.compile(r"\b(?:after|during|following|amid|in the wake of)\b(?: [\w']+){0,4} (?:ban|crackdown|exodus)\b", re.IGNORECASE)
_THIS_WEEKDAY = re.compile(r"\b(?:this|coming|next) (?:mon|tues|wednes|thurs|fri|satur|sun)day")
_MIGHT = re.compile(r"\bMight(?= \d)")


def days_in(ready: Scan, words: Sequence[Token], published: date | None) -> list[DateMention]:
    """The dates among some words of an article; machine translation makes "Might 13" of 13 May."""
    if not words:
        return []
    start, end = words[0].start, words[-1].end
    piece = ready.text[start:end]
    if _MIGHT.search(piece):
        found = [_moved(one, start) for one in find_dates(_MIGHT.sub("  May", piece), published)]
    else:
        found = dates_in(ready.text, ready.lower, words, published)
    bans = [DateMention(Span(*ban.span()), Period(date(2021, 1, 1), date(2021, 12, 31)), "ban") for ban in _BAN.finditer(piece)]
    found += [_moved(ban, start) for ban in bans]
    longest = [one for one in found if not any(_holds(other.span, one.span) for other in found)]
    return [_coming(_stretched(mention, ready.lower), ready.lower, published) for mention in longest]


def _moved(mention: DateMention, start: int) -> DateMention:
    return mention._replace(span=Span(mention.span.start + start, mention.span.end + start))


def _holds(other: Span, one: Span) -> bool:
    """Whether another mention reaches over this one: "the last day" of "last day of August"."""
    return other != one and other.start < one.end and one.start < other.end and other.end - other.start > one.end - one.start


def _stretched(mention: DateMention, lower: str) -> DateMention:
    """ "The beginning of February" is a stretch of days, not its first one."""
    if lower.startswith(("beginning", "the beginning", "start", "the start", "early"), mention.span.start):
        return mention._replace(period=Period(mention.period.start, mention.period.start + timedelta(days=9)))
    return mention


def _coming(mention: DateMention, lower: str, published: date | None) -> DateMention:
    """ "This Sunday", written on a Saturday, is to come."""
    words = lower[max(0, mention.span.start - 5) : mention.span.end]
    if published is None or not _THIS_WEEKDAY.search(words) or mention.period.end >= published or (published - mention.period.end).days > 7:
        return mention
    day = mention.period.end + timedelta(days=7)
    return mention._replace(period=Period(day, day), grain="coming")


def day_of(text: str, figure: Span, mentions: Sequence[DateMention], rivals: Sequence[Span]) -> When | None:
    """The day that belongs to a figure, or None."""
    best: tuple[int, When] | None = None
    for mention in mentions:
        if mention.period.start != mention.period.end or is_anothers(text, figure, mention.span, rivals):
            continue
        if _is_base(text, mention.span) or (mention.span.start >= figure.end and _OWN_CLAUSE.search(text, figure.end, mention.span.start)):
            continue
        cost = _distance(text, figure, mention.span, rivals)
        if cost < _FARTHEST and (best is None or cost < best[0]):
            best = (cost, When(mention.period.end, mention.span, mention.grain == "coming"))
    return best[1] if best else None


_COMPARED = re.compile(r"(?:since|than|of)\s(?:\w+\s){0,2}\Z", re.IGNORECASE)


def period_for(text: str, figure: Span, mentions: Sequence[DateMention], published: date | None) -> Period | None:
    """The month, quarter or past year that is told for a figure, or None; "since 2021" is not a time but a comparison."""
    best: tuple[int, Period] | None = None
    for mention in mentions:
        beside = 0 <= figure.start - mention.span.end <= 4
        if mention.period.start == mention.period.end or (text.startswith(("since", "Since"), mention.span.start) and not beside):
            continue
        if _is_base(text, mention.span) and not beside:
            continue
        if _COMPARED.search(text, max(0, mention.span.start - 20), mention.span.start) and not beside:
            continue
        if mention.grain == "year" and (published is None or mention.period.start.year == published.year):
            continue
        cost = _distance(text, figure, mention.span, ())
        if cost < _FARTHEST and (best is None or cost < best[0]):
            best = (cost, mention.period)
    return best[1] if best else None


def is_anothers(text: str, figure: Span, words: Span, rivals: Sequence[Span]) -> bool:
    """Whether a day or month is told of another figure:  "3.28% on January 22 and 1.2%": the day belongs to the figure right before it."""
    if words.start >= figure.end and re.search("[,;:]", text[figure.end : words.start]):
        after = min((rival.start for rival in rivals if rival.start >= words.end), default=None)
        if after is not None and re.fullmatch(r"[^,;:]{0,30}", text[words.end : after]):
            return True  # "slid to $104,000, down from its October 6 peak of $126,198"
    after = min((rival.start for rival in rivals if rival.start >= words.end), default=None)
    if after is not None and _POINT.fullmatch(text, words.end, after):
        return True
    before = max((rival.end for rival in rivals if rival.end <= words.start), default=None)
    return before is not None and words.end <= figure.start and text[before : words.start].strip() in {"on", "", "in", "(", "(on"}


_POINT = re.compile(
    r"(?:'s)? (?:all-time |record )?(?:peak|record|high|low|top|level|close|figure) (?:of |at )?(?:about |around |nearly |over )?\$?"
)
_OWN_CLAUSE = re.compile(r"[;:]|\b(?:when|which|since|than|after)\b")


def _is_base(text: str, words: Span) -> bool:
    """ "since January 1", "above where it was in late August": what a change counts from, not when it came."""
    return text.startswith(("since", "Since"), words.start) or bool(
        re.search(
            r"\b(?:since|than|where it (?:was|stood|had been))(?: [a-z]+){0,2}[ -](?:mid-)?\Z",
            text[max(0, words.start - 32) : words.start],
            re.IGNORECASE,
        )
    )


_WHEN_CLAUSE = re.compile(r",? when [^.;:]{1,70}")


def told_of(figure: Span, mentions: Sequence[DateMention], text: str) -> Period | None:
    """The period told right before a figure: "March's 7.76% loss"."""
    for mention in mentions:
        between = text[mention.span.end : figure.start]
        if mention.period.start != mention.period.end and (between in {"'s ", " "} or _WHEN_CLAUSE.fullmatch(between)):
            return mention.period
    return None


def base_of(figure: Span, mentions: Sequence[DateMention], text: str) -> date | None:
    """The day that a change is told to count from, with "since": "it has lost 45% since mid-May"."""
    for mention in mentions:
        low, high = (mention.span.end, figure.start) if mention.span.end <= figure.start else (figure.end, mention.span.start)
        between = text[low:high]
        near = len(between) < 60 and not re.search("[;:,.]", between) and not between.startswith("'s")
        if near and _is_base(text, mention.span) and "since" in text[max(0, mention.span.start - 12) : mention.span.end].lower():
            return mention.period.start
    return None


def _distance(text: str, figure: Span, words: Span, rivals: Sequence[Span]) -> int:
    low, high = (words.end, figure.start) if words.end <= figure.start else (figure.end, words.start)
    between = text[low:high]
    cost = len(between) + sum(_BREAK_COST.get(sign, 0) for sign in between)
    cost += 60 * sum(low <= rival.start and rival.end <= high for rival in rivals)
    # A day told first holds for all that follows; one told afterwards only for its own clause.
    return cost if words.end <= figure.start else cost + 8


def ahead(when: When, text: str, published: date | None) -> When:
    """The same day read forward, for a forecast: "February 23", written on the 8th, is to come."""
    if published is None or when.day >= published or re.search(r"\d{4}", text[when.span.start : when.span.end]):
        return when
    moved = _year_later(when.day)
    return When(moved, when.span) if moved - published < timedelta(days=120) else when


def _year_later(day: date) -> date:
    return day + timedelta(days=365 if not (day.month == 2 and day.day == 29) else 366)


_OPENS = re.compile(
    r"\b(?P<a>20\d\d) (?:opened|began|started|kicked off|got under way)|\b(?:start|beginning|outset|opening) of (?P<b>20\d\d)\b"
)


def year_opens(lower: str, start: int, end: int) -> When | None:
    """ "2024 opened with": the first of January."""
    found = _OPENS.search(lower, start, end)
    return When(date(int(found["a"] or found["b"]), 1, 1), Span(*found.span())) if found else None


def year_before(day: date) -> date:
    """The same day a year earlier (28 February for the 29th)."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def counted_from(clause: str, end: date | None) -> date | None:
    """The day a change counts from, by the words of its clause (lower case): "than a year ago", "in 2025", "over three months"."""
    if end is None:
        return None
    if _YEARLY.search(clause):
        return year_before(end)
    found = _AGO.search(clause)
    if found and (found["ago"] or re.match(r"(?:in|over|within|for|from|during|across|than)\b", found.group())):
        return _back(end, found["n"], found["unit"])
    found = _THIS.search(clause)
    if found:
        return end - timedelta(days=30 if found["mom"] else _UNITS[found["unit"] or found["unit2"]])
    if _FROM_NEW_YEAR.search(clause):
        return date(end.year, 1, 1)
    year = _IN_YEAR.search(clause)
    if year:
        return date(int(year["year"]), 1, 1)
    if _THIS_YEAR.search(clause):
        return date(end.year, 1, 1)
    return None


def _back(end: date, number: str, unit: str) -> date:
    count = _NUMBERS.get(number) or int(number) if number in _NUMBERS or number.isdigit() else 1
    if unit == "year":
        return end.replace(year=end.year - min(count, 20), day=min(end.day, 28) if end.month == 2 else end.day)
    return end - timedelta(days=count * _UNITS[unit])


def days_ahead(clause: str, published: date | None) -> tuple[date | None, str]:
    """The day of "five days from now", "in two weeks' time", and these words."""
    found = _FROM_NOW.search(clause)
    if found is None or published is None:
        return None, ""
    count = _NUMBERS.get(found["n"]) or (int(found["n"]) if found["n"].isdigit() else 1)
    return published + timedelta(days=count * _UNITS[found["unit"]]), found.group()


def days_ago(clause: str, published: date | None) -> tuple[date | None, str]:
    """The day of "a year ago", "two months earlier", and these words; of half a year or more, as shorter times are loose."""
    found = _AGO.search(clause)
    if found is None or published is None or not found["ago"]:
        return None, ""
    day = _back(published, found["n"], found["unit"])
    return (day, found.group()) if (published - day).days >= 180 else (None, "")


def is_now(clause: str) -> re.Match[str] | None:
    """The word that says "now", if the clause has one."""
    return _NOW.search(clause)
