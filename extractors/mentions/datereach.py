"""Stretches that reach to a day or lie ahead, and days in figures: for each the anchor words, pattern and reading.

"So far this month", "month to date", "the seven days to 20 November", "the last quarter of 2023", "next month", "5/31/2024". Of grain
"ahead" are those that only a plan can mean ("by year-end", "within ten days"). "The same day", "the six months then ended", "the following
month", "from the 26th to the 29th" are of grain "same day", "same 6", "same +month", "same 26-29": `dates` looks for what they point to.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.mentions import calendar as cal
from extractors.mentions.datereaders import Found, Result, last_unit, number_of, this_unit, year_of
from extractors.mentions.datestretches import Stretch
from extractors.mentions.datewords import COUNTS, month_names
from extractors.model import Period

_Y = r"(?:20[0-3]\d)"
_COUNTED = tuple(word for word in COUNTS if word not in {"a", "an", "past", "last"})
_N = r"(?P<n>\d\d?|" + "|".join(_COUNTED) + ")"
_EDGES = ("opening", "first", "closing", "final", "last")


def reaches(mon: str) -> list[Stretch]:
    """All of them; `mon` is the pattern of a month's name, with the group `m`."""
    mon2 = mon.replace("<m>", "<m2>")
    day = rf"(?:(?P<d1>[0-3]?\d)(?:st|nd|rd|th)? (?:of )?{mon}|{mon2} (?P<d2>[0-3]?\d)(?:st|nd|rd|th)?\b)(?:,? (?P<y>{_Y})\b)?"
    until = r"(?: period)?,? (?:that )?(?:ended|ending|to|through|until|up to)(?: and including)?(?: on)? (?:the )?"
    names = tuple(month_names()[0])
    return [
        (("so",), r"so far (?:this|in the|during the) (?:current )?(?P<unit>month|quarter|week)\b", _so_far),
        (("so",), rf"so far (?:in|during) {mon}(?:,? (?P<y>{_Y})\b)?", _so_far_in),
        (names, rf"{mon}(?:,? (?P<y>{_Y}))?,? (?:so far|to date)\b", _so_far_in),
        (("this",), r"this (?P<unit>month|quarter|week),? (?:so far|to date|up to now)\b", _so_far),
        (("since",), r"since (?:the )?(?:start|beginning|turn) of (?:the|this) (?:current )?(?P<unit>month|quarter|week)\b", _so_far),
        (("month", "quarter", "week"), r"(?P<unit>month|quarter|week)[- ]to[- ]date\b", _so_far),
        (("mtd", "qtd"), r"(?P<unit>mtd|qtd)\b", _so_far),
        (
            _EDGES,
            rf"(?P<edge>opening|first|closing|final|last) (?:(?P<unit>quarter|half)|{_N} months) of (?:(?:the year |calendar "
            rf"|calendar year )?(?P<y>{_Y})\b|(?P<ly>last year|the (?:previous|prior) year)\b|(?P<ny>next year)\b|(?:this|the) year\b)",
            _edge_of_year,
        ),
        (("first", "second", "third"), r"(?P<nth>first|second|third) quarter of (?:last|the previous|the prior) year\b", _last_years),
        (("first",), rf"first {_N} (?P<unit>days|weeks) of {mon}(?:,? (?P<y>{_Y})\b)?", _first_days),
        (("first",), rf"first (?P<n>two|three) quarters(?: of (?:the year|this year|(?P<y>{_Y})))?\b", _first_quarters),
        (("current", "present"), r"(?:current|present) (?P<unit>month|quarter|year|week)\b(?!-|'s)", this_unit),
        (("first", "last", "final"), rf"(?P<edge>first|last|final) (?:trading )?day of {mon}(?:,? (?P<y>{_Y})\b)?", _edge_day),
        ((*_COUNTED, "0"), rf"{_N}[- ](?P<unit>days?|weeks?){until}{day}", _days_to),
        (("the", "weekend"), rf"(?:the )?weekend of {day}(?: ?(?:-|–|to|and|/) ?[0-3]?\d\b)?", _weekend_of),
        (
            ("three", "six", "nine", "twelve", "quarter", "year", "month"),
            r"(?:(?P<n>three|six|nine|twelve) months|(?P<unit>quarter|year|month))(?: period)? then ended\b",
            _then_ended,
        ),
        (
            ("month", "quarter", "week", "year"),
            r"(?P<unit>month|quarter|week|year) just (?:ended|past|gone|closed|over|finished)\b",
            last_unit,
        ),
        (("following", "next"), r"(?:following (?P<unit>day|week|month|quarter)|next (?P<unit2>day))\b(?! to)", _after_it),
        (("day", "week", "month"), r"(?P<unit>day|week|month) later\b", _after_it),
        (("month", "quarter"), r"(?P<unit>month|quarter) (?:before|earlier)\b", _before_it),
        (("same",), r"same day\b(?! (?:as|it|they|of))", _same_day),
        (
            ("from", "between"),
            r"(?:from|between) the (?P<d1>[0-3]?\d)(?:st|nd|rd|th) (?:to|through|until|and) the (?P<d2>[0-3]?\d)"
            r"(?:st|nd|rd|th)\b(?! of [a-z]{3,})",
            _days_of_month_before,
        ),
        (
            ("on",),
            r"on the (?P<d1>[0-3]?\d)(?:st|nd|rd|th)\b(?=$|[.,;:)]| (?:it|they|he|she|we|the|a|an|another|and|when|of the month|of that"
            r" month|for|at|in|by|to|with|as|from|but|while|came|went|alone|followed|\d))",
            _days_of_month_before,
        ),
        (("this",), r"this (?:morning|afternoon|evening)\b", _today),
        (("next", "coming"), r"(?:next|coming) (?P<unit>month|quarter|year|week)\b(?!-|'s)", _coming),
        (("by", "before"), r"(?:by|before) (?:the )?(?:\w+ )?(?P<unit>month|quarter|year)(?:'s)?[- ]end\b", _by_the_end),
        (("within", "next", "coming"), rf"(?:within |within the next |next |coming ){_N} (?P<unit>days|weeks)\b", _ahead),
        (("0",), rf"(?P<m1>[0-3]?\d)/(?P<m2>[0-3]?\d)/(?P<y>{_Y}|2\d)\b(?![.,/]?\d)", _in_figures),
        (("0",), rf"(?P<d>[0-3]?\d)\.(?P<m1>[01]?\d)\.(?P<y>{_Y})\b(?![.,/]?\d)", _in_figures),
        (("0",), rf"(?:(?P<m1>0[1-9]|1[0-2])/(?P<y>{_Y})|(?P<y0>{_Y})[-/](?P<m2>0[1-9]|1[0-2]))(?![\d/-])", _month_in_figures),
    ]


def _this_unit(unit: str, seen: date) -> Period:
    if unit.startswith("w"):
        monday = seen - timedelta(days=seen.weekday())
        return Period(monday, monday + timedelta(days=6))
    if unit.startswith("q"):
        return cal.quarter(seen.year, (seen.month + 2) // 3)
    return cal.months(seen.year, 1, 12) if unit == "year" else cal.month(seen.year, seen.month)


def _so_far(at: Found) -> Result:
    return (Period(_this_unit(at.match.group("unit"), at.seen).start, at.seen), "range") if at.seen else None


def _month_of(at: Found) -> Period | None:
    groups = at.match.groupdict()
    number, year = month_names()[0][groups.get("m") or groups.get("m2") or ""], year_of(at.match)
    if year:
        return cal.month(year, number) if cal.known_year(year) else None
    return cal.latest_month(number, at.seen) if at.seen else None


def _so_far_in(at: Found) -> Result:
    month = _month_of(at)
    if month is None or at.seen is None:
        return None
    return Period(month.start, max(month.start, min(month.end, at.seen))), "range"


def _edge_of_year(at: Found) -> Result:
    groups, year = at.match.groupdict(), year_of(at.match)
    count = {"quarter": 3, "half": 6}.get(groups["unit"] or "") or number_of(groups["n"])
    if not 1 <= count <= 12:
        return None
    first = 1 if groups["edge"] in {"opening", "first"} else 13 - count
    if year is None:
        if at.seen is None:
            return None
        year = (
            at.seen.year + 1
            if groups["ny"]
            else at.seen.year - 1
            if groups["ly"] or date(at.seen.year, first, 1) > at.seen
            else at.seen.year
        )
    if not cal.known_year(year):
        return None
    return cal.months(year, first, count), {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(count, "range")


def _last_years(at: Found) -> Result:
    number = ("first", "second", "third").index(at.match.group("nth")) + 1
    return (cal.quarter(at.seen.year - 1, number), "quarter") if at.seen else None


def _first_quarters(at: Found) -> Result:
    year = year_of(at.match) or (at.seen.year if at.seen else None)
    count = 3 * number_of(at.match.group("n"))
    return (cal.months(year, 1, count), "half" if count == 6 else "range") if year and cal.known_year(year) else None


def _first_days(at: Found) -> Result:
    month, count = _month_of(at), number_of(at.match.group("n")) * (7 if at.match.group("unit") == "weeks" else 1)
    if month is None or not 1 <= count <= 28:
        return None
    return Period(month.start, month.start + timedelta(days=count - 1)), "range"


def _edge_day(at: Found) -> Result:
    month = _month_of(at)
    return (cal.one_day(month.start if at.match.group("edge") == "first" else month.end), "day") if month else None


def _day(at: Found) -> date | None:
    groups = at.match.groupdict()
    number, year, day = month_names()[0][groups["m"] or groups["m2"]], year_of(at.match), int(groups["d1"] or groups["d2"])
    if year:
        return cal.safe_day(year, number, day)
    return cal.latest_day(number, day, at.seen) if at.seen else None


def _days_to(at: Found) -> Result:
    day, count = _day(at), number_of(at.match.group("n")) * (7 if at.match.group("unit").startswith("week") else 1)
    return (cal.days_back(day, count), "range") if day and 1 <= count <= 99 else None


def _weekend_of(at: Found) -> Result:
    day = _day(at)
    if day is None:
        return None
    saturday = day - timedelta(days=1) if day.weekday() == 6 else day + timedelta(days=5 - day.weekday())
    return Period(saturday, saturday + timedelta(days=1)), "weekend"


def _then_ended(at: Found) -> Result:
    count = at.match.group("n")
    length = number_of(count) if count else {"quarter": 3, "month": 1, "year": 12}[at.match.group("unit")]
    return cal.one_day(at.seen or date(2009, 1, 3)), f"same {length}"


_OPENS = re.compile(r"(?:^|[.!?:;\n\"] ?)(?:on )?(?:the |that )(?:very )?$")


def _same_day(at: Found) -> Result:
    """Only where it opens a sentence: "sold the same day" speaks of the day of mining."""
    if not _OPENS.search(at.text[max(0, at.match.start() - 24) : at.match.start()].lower()):
        return None
    return cal.one_day(at.seen or date(2009, 1, 3)), "same day"


def _days_of_month_before(at: Found) -> Result:
    first = at.match.group("d1")
    return cal.one_day(at.seen or date(2009, 1, 3)), f"same {first}-{at.match.groupdict().get('d2') or first}"


def _after_it(at: Found) -> Result:
    unit = at.match.groupdict().get("unit2") or at.match.group("unit")
    return cal.one_day(at.seen or date(2009, 1, 3)), f"same +{unit}"


_BEFORE_IT = re.compile(r"(?:^|[.!?:;\n\"] ?)(?:in )?(?:the |a |one )$")


def _before_it(at: Found) -> Result:
    """ "The month before, it had sold ..."; within a sentence it is a comparison."""
    if not _BEFORE_IT.search(at.text[max(0, at.match.start() - 16) : at.match.start()].lower()):
        return None
    return cal.one_day(at.seen or date(2009, 1, 3)), f"same -{at.match.group('unit')}"


def _today(at: Found) -> Result:
    return (cal.one_day(at.seen), "day") if at.seen else None


def _coming(at: Found) -> Result:
    if at.seen is None:
        return None
    unit = at.match.group("unit")
    return _this_unit(unit, _this_unit(unit, at.seen).end + timedelta(days=1)), "range" if unit == "week" else unit


def _by_the_end(at: Found) -> Result:
    return (Period(at.seen, _this_unit(at.match.group("unit"), at.seen).end), "ahead") if at.seen else None


def _ahead(at: Found) -> Result:
    if at.seen is None:
        return None
    count = number_of(at.match.group("n")) * (7 if at.match.group("unit") == "weeks" else 1)
    return Period(at.seen, at.seen + timedelta(days=count)), "ahead"


def _in_figures(at: Found) -> Result:
    """ "5/31/2024" month first, "31.05.2024" and "31/05/2024" day first."""
    groups, year = at.match.groupdict(), year_of(at.match) or 0
    number, day = (int(groups["m1"]), int(groups["d"])) if groups.get("d") else (int(groups["m1"]), int(groups["m2"]))
    if number > 12 and not groups.get("d"):
        number, day = day, number
    found = cal.safe_day(year, number, day)
    return (cal.one_day(found), "day") if found else None


def _month_in_figures(at: Found) -> Result:
    groups = at.match.groupdict()
    year, number = int(groups["y"] or groups["y0"]), int(groups["m1"] or groups["m2"])
    return (cal.month(year, number), "month") if cal.known_year(year) else None
