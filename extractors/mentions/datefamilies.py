"""The families of dates: for each anchor word the patterns that may begin with it, and how what they match is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from extractors.mentions import datereaders as read
from extractors.mentions.anyof import any_of
from extractors.mentions.datereach import reaches
from extractors.mentions.datestretches import past_unit, past_week, stretches
from extractors.mentions.datewords import ORDINALS, WEEKDAYS, month_names
from extractors.mentions.patternwords import DIGIT, fits, next_words
from extractors.mentions.remembered import Remembered

_Reader = Callable[[read.Found], read.Result]


class Family(NamedTuple):
    """A pattern, anchored at its first word, and its reading."""

    pattern: re.Pattern[str]
    read: _Reader


_Y = r"(?:20[0-3]\d)"


_DAY = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th|\.)?"


_TO = r" ?(?:-|–|—|to|through|until|and|/) ?(?:the )?"


_NTH = r"(?P<nth>first|1st|second|2nd|third|3rd|fourth|4th|final)"


class Beginnings(NamedTuple):
    """Families in the order in which they are to be tried, if `gate` is none or matches: where several can, mostly none does."""

    gate: re.Pattern[str] | None
    families: tuple[Family, ...]


Begun = Callable[[str], Beginnings | None]
"""The families that a word can begin, by the word or sign behind it ("" for none); None for none."""

_MOST_WORDS, _MOST_BEHIND = 50_000, 1000  # that are remembered; behind each of the few hundred that begin a date
_DIGITS = frozenset("0123456789")
_YEAR = 4  # digits; most numbers of so many are years
_LENGTHS = (1, 2, _YEAR)  # of the numbers that begin a date


def _families_of(word: str) -> Begun | None:
    if word in _by_word():
        return _anchored(word)
    return _anchored(DIGIT * len(word)) if word[0] in _DIGITS and len(word) in _LENGTHS else None


families_of: Callable[[str], Begun | None] = Remembered(_families_of, _MOST_WORDS).__getitem__
"""The families that a word can begin; None for one that begins none, as a number of three digits or of more than four."""


@lru_cache(maxsize=1000)
def _anchored(word: str) -> Begun:
    """The families of one word, by the word behind it, which mostly rules out all."""
    families = _by_word()[DIGIT if word[0] == DIGIT else word]
    told = [(family, next_words(family.pattern.pattern, word)) for family in families]

    def fitting(behind: str) -> Beginnings | None:
        fit = tuple(family for family, needed in told if needed is None or fits(behind, needed))
        few = len(fit) < 3 or word[0] != DIGIT or len(word) == _YEAR
        return Beginnings(None if few else _any_family(tuple(family.pattern.pattern for family in fit)), fit) if fit else None

    return Remembered(fitting, _MOST_BEHIND).__getitem__


@lru_cache(maxsize=100)
def _any_family(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern that matches where any of these does; they have groups of the same names, which it does not need."""
    return re.compile("|".join(re.sub(r"\(\?P<\w+>", "(?:", pattern) for pattern in patterns))


@lru_cache(maxsize=1)
def _by_word() -> dict[str, list[Family]]:
    names = month_names()[0]
    mon = rf"(?P<m>{any_of(names)})\b\.?"
    mon2 = mon.replace("<m>", "<m2>")
    d2 = _DAY.replace("<d>", "<d2>")
    after = rf"(?:,? (?:of |de )?(?P<y>{_Y}|'\d\d)\b)?"
    to_month = r"(?: period)?,? (?:that )?(?:ended|ending|to|through|until) (?:on )?(?:the )?(?:end of |last day of )?"
    to_month += r"(?:(?P<d1>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?)?"
    ended = rf"{to_month}(?:{mon}(?: (?P<d>[0-3]?\d)(?:st|nd|rd|th)?\b)?)(?:,? (?P<y>{_Y}))?"

    def make(pattern: str, reader: _Reader) -> Family:
        return Family(re.compile(pattern), reader)

    by_word: dict[str, list[Family]] = {"0": []}
    month_families = [
        make(
            rf"{mon} {_DAY}(?:{_TO}(?:{mon2} )?{d2}(?![\d%]|[.,]\d))?(?:,? (?P<y>{_Y})\b)?(?![\d%]|[.,:]\d| ?(?:btc|bitcoin|eh))"
            r"(?P<ly> (?:of )?last year)?",
            read.day_of_month,
        ),
        make(
            rf"{mon}(?:(?:,? (?:of |de )?|[-/])(?P<y>{_Y}|'\d\d)\b(?!-\d))?(?P<ly> (?:of )?(?:last|the previous|the prior) year)?(?![a-z])",
            read.month,
        ),
    ]
    for name in names:
        by_word[name] = list(month_families)
    by_word["might"] = [make(r"might\b", read.spun_may)]
    by_word["could"] = by_word["might"]
    quarter = make(rf"q(?P<q>[1-4])(?:[ -]?(?P<y>{_Y}|'?2\d)\b)?(?![a-z\d])", read.quarter)
    nth_quarter = make(
        rf"{_NTH}[ -](?:fiscal |calendar |financial )?(?:quarter|trimester)\b(?:'s)?"
        rf"(?:,? (?:of )?(?:fiscal (?:year )?|the (?:year|exercise) )?(?P<y>{_Y}))?",
        read.quarter,
    )
    of_year = rf"(?:,? of (?:(?:the year )?(?P<y>{_Y})|(?:this|the) year|(?P<ly>(?:last|the previous|the prior) year))|,? (?P<y2>{_Y}))?"
    nth_ended = make(rf"{_NTH}[ -](?:fiscal )?(?P<unit>quarter)\b(?: of fiscal(?: year)? {_Y})?(?:,? which)?{ended}", read.months_ended)
    nth_half = make(rf"{_NTH}[ -]half\b{of_year}(?! of )", read.half)
    ended_family = make(
        r"(?:(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[- ]months?|"
        rf"(?P<unit>quarter|month|year|half)(?:[- ](?:year|months?))?){ended}",
        read.months_ended,
    )
    for word in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"):
        by_word[word] = [ended_family]
    by_word["first"] = [
        make(
            rf"first (?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|\d+) months(?: of (?:the year|(?P<y>{_Y})|this year))?",
            read.first_months,
        )
    ]
    for word in ("quarter", "month", "year", "half"):
        by_word[word] = [make(rf"(?P<unit>quarter|month|year|half)(?:[- ](?:year|months?))?{ended}", read.months_ended)]
    by_word["year"].append(make(rf"year[- ]to[- ]date(?: (?P<y>{_Y}))?", read.ytd))
    by_word["ytd"] = [make(rf"ytd(?: (?P<y>{_Y}))?", read.ytd)]
    by_word["so"] = [make(rf"so far (?:this year|in (?P<y>{_Y}))", read.ytd)]
    for word in ORDINALS:
        by_word.setdefault(word, []).extend([nth_ended, nth_quarter, nth_half])
    by_word["q"] = [quarter]
    by_word["h"] = [make(rf"h(?P<q>[12])(?:[ -]?(?P<y>{_Y}|'?2\d)\b)?(?![a-z\d])", read.half)]
    by_word["fy"] = [make(rf"fy ?(?P<y>{_Y}|2\d)\b", read.year)]
    by_word["cy"] = [make(rf"cy ?(?P<y>{_Y}|2\d)\b", read.year)]
    by_word["the"] = [
        make(
            r"the (?:full |whole |entire )?(?:year|12 months|twelve months)\b(?!(?:'s)?[ -](?:ago|earlier|before|end|to|of|prior|after))",
            read.the_year,
        ),
        make(r"the (?P<unit>weekend)\b", read.this_unit),
        make(r"the (?:past|last) (?:(?P<n>\d+|[a-z]+)[ -])?(?P<unit>days?|weeks?|fortnight|months?|hours)\b(?! of )", past_unit),
    ]
    for word in ("within", "in"):
        by_word[word] = [make(r"(?:with)?in (?:just |only )?(?:a|one)(?: single)? (?P<unit>week)\b", past_week)]
    for word in ("выходные", "wochenende", "周末"):
        by_word[word] = [make(rf"(?P<unit>{word})", read.weekend)]
    for word in ("fin", "fim", "week"):
        by_word.setdefault(word, []).append(make(r"(?:fin|fim) de semana\b|week-end\b", read.weekend))
    by_word["weekend"] = [make(r"(?P<unit>weekend)\b", read.this_unit)]
    by_word["past"] = [make(r"past (?:(?P<n>\d+|[a-z]+)[ -])?(?P<unit>days?|weeks?|fortnight|months?|hours)\b(?! of )", past_unit)]
    by_word["seven"].append(make(r"(?P<n>seven) (?P<unit>days)(?= (?:to|through|up to))", past_unit))
    weekday = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
    by_word["last"] = [
        make(r"last (?:(?P<n>\d+|[a-z]+)[ -])(?P<unit>days|weeks|months|hours)\b(?! of )", past_unit),
        make(rf"(?P<last>last) (?P<wd>{weekday})\b", read.weekday),
        make(r"last (?P<unit>month|quarter|weekend|week|year)\b", read.last_unit),
    ]
    by_word["previous"] = [make(r"previous (?P<unit>month|quarter|week|year)\b", read.last_unit)]
    by_word["final"] = [nth_quarter, make(r"final (?P<unit>month)\b", read.last_unit)]
    by_word["this"] = [make(r"this (?P<unit>month|quarter|weekend|week|year)\b", read.this_unit)]
    for word in WEEKDAYS:
        by_word[word] = [make(rf"(?P<last>last )?(?P<wd>{weekday})\b", read.weekday)]
    for word in ("yesterday", "today", "overnight"):
        by_word[word] = [make(r"(?P<w>yesterday|today|overnight)\b", read.near_day)]
    by_word["0"] = [
        make(rf"(?P<y>{_Y})[-/.](?P<m>[01]?\d)[-/.](?P<d>[0-3]?\d)(?!\d)", read.iso),
        make(rf"(?P<y0>{_Y}) q(?P<q>[1-4])\b", read.quarter),
        make(rf"(?P<q>[1-4])q ?(?P<y>{_Y}|'?2\d)\b", read.quarter),
        make(r"(?P<q>[1-4])q\b", read.quarter),
        make(rf"(?P<y0>{_Y})(?:'s)? {_NTH} quarter\b", read.quarter),
        make(rf"{_NTH}[ -](?:fiscal )?quarter\b(?:,? (?:of )?(?:fiscal )?(?P<y>{_Y}))?", read.quarter),
        make(rf"(?P<n>[2-9]|1[0-2]?)[- ]months?{ended}", read.months_ended),
        make(rf"{_DAY}(?:{_TO}{d2})? (?:of |de )?{mon}{after}", read.day_before_month),
        make(rf"(?P<y>{_Y})(?![\d,.]\d|[a-z\d%]|-\d| ?(?:btc|bitcoin|coins|machines|miners|rigs|units|mw|ph/s|eh/s|eth|mwh))", read.year),
    ]
    for words, pattern, reader in reversed([*reaches(mon), *stretches(mon)]):
        family = make(pattern, reader)
        for word in words:
            by_word.setdefault(word, []).insert(0, family)
    return by_word
