"""Words of time that are no dates: what a change counts from ("than a year ago", "in 2025"), "now", "five days from now".

A clause is in lower case, with "#" where its figure stands. A month counts 30 days, a quarter 91: what counts from there is loose anyway.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {"a": 1, "an": 1} | {name: place + 1 for place, name in enumerate(_NAMES)}
_N = rf"(?P<n>an?|{'|'.join(_NAMES)}|\d{{1,3}})"
_DAYS = {"hour": 0, "day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_MOST_YEARS = 17  # there was no chain before
_LONG_AGO = 180  # days: shorter times are too loose for a level's day

_OVER = r"(?:than|in|over|within|for|from|on|versus|vs|during|across)"
_SOME = r"(?:the|this|these|that|just|under|about|around|roughly|nearly|almost|some|past|last|previous|more|only)"
_AGO = re.compile(
    rf"\b(?:{_OVER}\s)?(?:{_SOME}\s){{0,3}}{_N}\s(?P<unit>day|week|month|quarter|year|hour)s?"
    r"(?P<ago>\s(?:ago|earlier|before|prior|back|previously))?"
)
_LEADS = re.compile(r"(?:in|over|within|for|from|during|across|than)\b")
_YEARLY = re.compile(
    r"\b(?:yoy|y/y|year[- ]on[- ]year|year[- ]over[- ]year|than last year|from last year|than (?:in )?the year before|annually"
    r"|than the previous year|(?:over|during|across) the (?:whole |full |entire |past |last )?year|over 12 months)\b"
)
_SPAN = re.compile(
    r"\b(?:over|in|during|on|for) (?:the|this|past|last|the past|the last) (?P<unit>day|week|month|quarter)\b"
    r"|\b(?P<unit2>week|month|quarter)[- ]on[- ](?:week|month|quarter)\b|\b(?P<mom>mom)\b"
)
_IN_YEAR = re.compile(r"# (?:\w+ ){0,2}(?:in|during|over|across|since the (?:start|beginning) of) (?P<year>20\d\d)\b")
_NEW_YEAR = re.compile(
    r"\b(?:since|from) (?:the )?(?:start|beginning|turn|outset) of (?:the|this) year\b|\bsince january\b|\bso far this year\b"
    r"|\bsince (?:the|this) year (?:began|started|opened)\b|\bsince (?:new year|jan\.? 1)\b|\bin the year (?:so far|to date)\b"
    r"|\bthan (?:it|they) (?:began|started|had begun|had started)\b"
    r"|# (?:\w+ ){0,2}(?:this year|year[- ]to[- ]date|ytd)\b|\b(?:year[- ]to[- ]date|ytd)\b[^.;]{0,40}#"
)
_MOVES = "adjustments|retargets|readjustments|changes|cuts|increases|drops|declines|decreases|rises|falls|hikes|gains|epochs|periods|steps"
_TOGETHER = re.compile(
    r"\b(?:together|combined|cumulative(?:ly)?|in total|in all|all told|altogether|a total of|between them|compounded|aggregate|overall"
    r"|add(?:s|ed|ing)? up to|sum(?:s|med)? (?:up )?to|this quarter and last|peak[- ]to[- ]trough|top to bottom|from top to"
    rf"|(?:two|three|four|five|six|seven|eight|nine|ten|several|few|both|\d{{1,2}}) (?:[a-z]+ ){{0,2}}(?:{_MOVES})"
    r"|than (?:(?:at|in|on|during)(?! any)|when|where|it|last|the (?:level|start|beginning|end|month|week|year))"
    r"|where it|quarter|since then"
    r"|(?:over|in|across|during|through|throughout) (?:that|this|the|its) (?:whole |entire )?"
    r"(?:run|streak|series|stretch|spell|cycle|slide))\b"
)
_NOW = re.compile(
    r"\b(?:(?<!from )now|currently|today|at present|presently|at the moment|at press time|at the time of (?:writing|reporting))\b"
)
_FROM_NOW = re.compile(rf"\b{_N} (?P<unit>day|week)s?'?(?: from now| time| away)\b")


_TIMED = re.compile(r"day|week|month|quarter|year|hour|annually|y/y|yoy|ytd|mom|jan|20\d\d|began|started")  # one of these is in all of them


def counted_from(clause: str, end: date | None) -> date | None:
    """The day a change counts from: "than a year ago", "in 2025", "over three months"; None if the words do not say."""
    if end is None or not _TIMED.search(clause):
        return None
    if _YEARLY.search(clause):
        return _back(end, 1, "year")
    ago, span, year = _AGO.search(clause), _SPAN.search(clause), _IN_YEAR.search(clause)
    if ago and (ago["ago"] or _LEADS.match(ago.group())):
        return _back(end, _count(ago["n"]), ago["unit"])
    if span:
        return _back(end, 1, "month" if span["mom"] else span["unit"] or span["unit2"])
    if year or _NEW_YEAR.search(clause):
        return date(int(year["year"]) if year else end.year, 1, 1)
    return None


def _count(word: str) -> int:
    return _NUMBERS.get(word) or int(word)


def _back(end: date, count: int, unit: str) -> date:
    if unit == "year":
        return end.replace(year=end.year - min(count, _MOST_YEARS), day=min(end.day, 28) if end.month == 2 else end.day)
    return end - timedelta(days=count * _DAYS[unit])


def is_of_several(clause: str) -> bool:
    """ "The last two adjustments together": the change is that of more than one retarget."""
    return bool(_TOGETHER.search(clause))


def days_ahead(clause: str, published: date) -> tuple[date, str] | None:
    """The day of "five days from now", "in two weeks' time", and these words."""
    found = _FROM_NOW.search(clause)
    return (published + timedelta(days=_count(found["n"]) * _DAYS[found["unit"]]), found.group()) if found else None


def days_ago(clause: str, published: date) -> tuple[date, str] | None:
    """The day of "a year ago", "seven months earlier", and these words; of half a year or more, as shorter times are loose."""
    found = _AGO.search(clause)
    if found is None or not found["ago"] or _LEADS.match(found.group()):  # "35% more than a year ago": what it counts from
        return None
    day = _back(published, _count(found["n"]), found["unit"])
    return (day, found.group()) if (published - day).days >= _LONG_AGO else None


def now_in(clause: str) -> str | None:
    """The word that says "now", if the clause has one."""
    found = _NOW.search(clause)
    return found.group() if found else None
