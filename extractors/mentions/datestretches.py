"""Stretches of time that are told by their edges or by other words than English ones: for each the anchor words, pattern and reading.

"The September quarter", "the week ended 8 August", "the first three weeks of July", "in 2023 to date", "the rest of the quarter", "zweites
Quartal". A word such as "the same year" has no period of its own: it is read as grain "same year" and `dates` looks for the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from extractors.mentions import calendar as cal
from extractors.mentions.datereaders import Found, Result, number_of, year_of
from extractors.mentions.datewords import foreign_words, month_names
from extractors.model import Period

Stretch = tuple[tuple[str, ...], str, Callable[[Found], Result]]

_Y = r"(?:20[0-3]\d)"
_DATE = r"(?:(?P<d1>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?{mon}|{mon2}(?: (?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\b)?)(?:,? (?P<y>20[0-3]\d)\b)?"
_WEEKS = {"first": 0, "second": 1, "third": 2, "fourth": 3}


def stretches(mon: str) -> list[Stretch]:
    """All stretches; `mon` is the pattern of a month's name, with the group `m`."""
    names = tuple(month_names()[0])
    day = _DATE.replace("{mon2}", mon.replace("<m>", "<m2>")).replace("{mon}", mon)
    words = foreign_words()
    nth, three, six = ("|".join(words[name]) for name in ("nth", "quarter", "half"))
    return [
        (
            names,
            rf"{mon}(?:,? (?P<y>{_Y}))?[ -](?:fiscal |financial |half-?)?(?P<unit>quarter|half|year)\b(?:,? (?:of )?(?P<y2>{_Y}))?",
            _by_last_month,
        ),
        (("week",), rf"week (?:that )?(?:ended|ending|to|through|until)(?: on)? (?:the )?{day}", _week_to),
        (("week",), rf"week of {day}(?: ?(?:-|–|—|to|through) ?(?:{mon.replace('<m>', '<m3>')} )?(?P<to>[0-3]?\d)\b)?", _week_of),
        (
            ("week",),
            r"week (?:ended|ending|to|through)(?: on)? (?:last )?(?P<wd>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
            _week_to_weekday,
        ),
        (("first",), rf"first (?:(?P<n>two|three|ten|2|3|10) )?(?P<unit>weeks?|days) of {mon}(?:,? (?P<y>{_Y})\b)?", _head_of_month),
        (tuple(_WEEKS)[1:], rf"(?P<nth>second|third|fourth) week of {mon}(?:,? (?P<y>{_Y})\b)?", _week_of_month),
        (
            ("last", "final"),
            rf"(?:last|final) (?:(?P<n>two|three|ten|2|3|10) )?(?P<unit>weeks?|days) of {mon}(?:,? (?P<y>{_Y})\b)?",
            _tail_of_month,
        ),
        (("0",), rf"(?P<y>{_Y}) (?:to|up to) (?:date|now)\b", _to_date),
        (("since",), r"since (?:the )?(?:start|beginning|turn) of (?:the|this) year\b", _to_date),
        (("since",), r"since (?:the )?new year(?:'s)?(?: (?:day|eve))?\b", _to_date),
        (("first",), rf"first month of (?:the year|this year|(?P<y>{_Y}))\b", _january),
        (("this",), r"this month,? (?:up )?(?:to|through|until|till) (?:the )?(?P<d1>[0-3]?\d)(?:st|nd|rd|th)\b", _this_month_to),
        (("this",), r"this year (?:so far|to date|up to now)\b", _to_date),
        (
            ("rest", "remainder", "balance"),
            r"(?:rest|remainder|balance) of (?:the |this )(?:current )?(?P<unit>year|month|quarter)\b(?! (?:ended|to))",
            _rest,
        ),
        (
            ("by", "before"),
            r"(?:by|before) (?:the )?end of (?:the |this )(?:current )?(?P<unit>year|month|quarter)\b(?! (?:ended|to))",
            _rest,
        ),
        (
            ("same", "that"),
            r"(?:same|that) (?P<unit>year|month|quarter|half)\b(?! (?:(?:of|in) )?(?:last|a|the previous|20|one|earlier|before|ago))",
            _same,
        ),
        (words["nth"], rf"(?P<nth>{nth})[ -](?P<unit>{three}|{six})(?: (?:de |del |des jahres |du )?(?P<y>{_Y})\b)?", _foreign),
        (("0",), rf"(?P<q>[1-4])(?:\.|º|°|er|e|ème|-й|-м)? (?P<unit>{three}|{six})(?: (?:de |del |du )?(?P<y>{_Y})\b)?", _foreign),
        (("第", "上", "下"), r"(?:第(?P<han>[一二三四1-4])季度|(?P<hanhalf>[上下])半年)", _han),
    ]


def past_unit(at: Found) -> Result:
    """ "over the past week": it reaches to the day of publication."""
    if at.seen is None:
        return None
    unit, count = at.match.group("unit").removesuffix("s"), number_of(at.match.group("n"))
    if unit == "month":
        last = cal.month_before(at.seen)
        if not 1 <= count <= 12:
            return None
        return (last, "month") if count == 1 else (cal.months_to(last.end, count), "range")
    days = {"day": count, "week": 7 * count + 1, "fortnight": 14 * count + 1, "hour": -(-count // 24) + 1}[unit]
    if not (1 <= count <= 400 and days <= 400):
        return None
    return cal.days_back(at.seen, days), "week" if unit in {"week", "fortnight"} else "days"


def past_week(at: Found) -> Result:
    """ "within a week"."""
    seen = at.seen
    return (cal.days_back(seen, 8), "week") if seen else None


def _month_number(at: Found) -> int:
    groups = at.match.groupdict()
    return month_names()[0][groups.get("m") or groups.get("m2") or ""]


def _by_last_month(at: Found) -> Result:
    """ "The June quarter", "the September 2025 quarter": the months that end with it."""
    number, year, unit = _month_number(at), year_of(at.match) or year_of(at.match, "y2"), at.match.group("unit")
    if unit == "year" or not (year or at.seen):
        return None
    last = cal.month(year, number) if year else cal.latest_month(number, at.seen) if at.seen else None
    if last is None or not cal.known_year(last.end.year):
        return None
    return (cal.months_to(last.end, 3), "quarter") if unit == "quarter" else (cal.months_to(last.end, 6), "half")


def _day(at: Found) -> date | None:
    groups = at.match.groupdict()
    number, year, text = _month_number(at), year_of(at.match), groups.get("d1") or groups.get("d2")
    if not text:
        return None
    if year:
        return cal.safe_day(year, number, int(text))
    return cal.latest_day(number, int(text), at.seen) if at.seen else None


def _week_to(at: Found) -> Result:
    day = _day(at)
    return (cal.days_back(day, 7), "range") if day else None


def _week_of(at: Found) -> Result:
    day = _day(at)
    if day is None:
        return None
    last = at.match.group("to")
    end = next((end for ahead in range(1, 9) if (end := day + timedelta(days=ahead)).day == int(last)), None) if last else None
    return Period(day, end or day + timedelta(days=6)), "range"


def _week_to_weekday(at: Found) -> Result:
    if at.seen is None:
        return None
    number = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday").index(at.match.group("wd"))
    return cal.days_back(cal.latest_weekday(number, at.seen), 7), "range"


def _month_of(at: Found) -> Period | None:
    year, number = year_of(at.match), _month_number(at)
    if year:
        return cal.month(year, number)
    return cal.latest_month(number, at.seen) if at.seen else None


def _days_of(at: Found) -> int:
    return max(number_of(at.match.groupdict().get("n")), 1) * (7 if at.match.group("unit").startswith("week") else 1)


def _is_vague(at: Found) -> bool:
    """ "In the last days of July"."""
    return at.match.group("unit") in {"days", "weeks"} and not at.match.groupdict().get("n")


def _head_of_month(at: Found) -> Result:
    month = None if _is_vague(at) else _month_of(at)
    return (Period(month.start, month.start + timedelta(days=min(_days_of(at), 28) - 1)), "range") if month else None


def _tail_of_month(at: Found) -> Result:
    month = None if _is_vague(at) else _month_of(at)
    return (cal.days_back(month.end, min(_days_of(at), 28)), "range") if month else None


def _week_of_month(at: Found) -> Result:
    month, week = _month_of(at), _WEEKS[at.match.group("nth")]
    if month is None:
        return None
    start = month.start + timedelta(days=7 * week)
    return Period(start, start + timedelta(days=6)), "range"


def _to_date(at: Found) -> Result:
    year = year_of(at.match) or (at.seen.year if at.seen else None)
    if year is None or not cal.known_year(year):
        return None
    return Period(date(year, 1, 1), at.seen if at.seen and at.seen.year == year else date(year, 12, 31)), "ytd"


def _january(at: Found) -> Result:
    year = year_of(at.match) or (at.seen.year if at.seen else None)
    return (cal.month(year, 1), "month") if year and cal.known_year(year) else None


def _this_month_to(at: Found) -> Result:
    """ "This month up to the 29th"."""
    last = cal.safe_day(at.seen.year, at.seen.month, int(at.match.group("d1"))) if at.seen else None
    return (Period(last.replace(day=1), last), "range") if last and at.seen and last <= at.seen else None


def _rest(at: Found) -> Result:
    if at.seen is None:
        return None
    unit = at.match.group("unit")
    whole = cal.month(at.seen.year, at.seen.month) if unit == "month" else cal.quarter(at.seen.year, (at.seen.month + 2) // 3)
    return Period(at.seen, date(at.seen.year, 12, 31) if unit == "year" else whole.end), "range"


def _same(at: Found) -> Result:
    """The grain alone: `dates` puts in the period that was named before."""
    day = at.seen or date(2009, 1, 3)
    return cal.one_day(day), "same " + at.match.group("unit")


def _foreign(at: Found) -> Result:
    groups, words = at.match.groupdict(), foreign_words()
    number = int(groups["q"]) if groups.get("q") else words["nth"].index(groups["nth"]) % 4 + 1
    half = any(re.fullmatch(word, groups["unit"]) for word in words["half"])
    return _numbered(at, number, year_of(at.match), half=half)


def _han(at: Found) -> Result:
    groups = at.match.groupdict()
    if groups.get("hanhalf"):
        return _numbered(at, "上下".index(groups["hanhalf"]) + 1, None, half=True)
    return _numbered(at, "一二三四1234".index(groups["han"]) % 4 + 1, None, half=False)


def _numbered(at: Found, number: int, year: int | None, *, half: bool) -> Result:
    seen = at.seen
    if not (year or seen) or (half and number > 2):
        return None
    if half:
        begun = year or (seen.year if seen and number * 6 - 5 <= seen.month else seen.year - 1 if seen else 0)
        return cal.months(begun, number * 6 - 5, 6), "half"
    if year:
        return cal.quarter(year, number), "quarter"
    return (cal.latest_quarter(number, seen), "quarter") if seen else None
