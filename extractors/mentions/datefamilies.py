"""The families of dates: for each anchor word the patterns that may begin with it, and how what they match is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from extractors.mentions import calendar as cal
from extractors.mentions.datewords import COUNTS, ORDINALS, WEEKDAYS, month_names
from extractors.model import Period

Result = tuple[Period, str] | None
_Match = re.Match[str]
_Reader = Callable[[_Match, date | None, str], Result]


class Family(NamedTuple):
    """A pattern, anchored at its first word, and its reading."""

    pattern: re.Pattern[str]
    read: _Reader


_Y = r"(?:20[0-3]\d)"
_DAY = r"(?P<d>[0-3]?\d)(?:st|nd|rd|th|\.)?"
_TO = r" ?(?:-|–|—|to|through|until|and|/) ?"
_NTH = r"(?P<nth>first|1st|second|2nd|third|3rd|fourth|4th|final)"
_IN_MAY = re.compile(
    r"(?:\b(?:in|of|during|since|by|until|through|from|for|early|late|mid|last|this|on|and|to|or|vs|versus|than|after|before|over|[a-z]+'s)[ -]|[(,/|•:-] ?|^|\n)$"
)


def _year_of(match: _Match, name: str = "y") -> int | None:
    text = match.groupdict().get(name)
    if not text:
        return None
    year = int(text.lstrip("'"))
    return year + 2000 if year < 100 else year


def _month_is_meant(match: _Match, text: str) -> bool:
    """Whether a name that is also a word ("may", "mar") stands for the month here."""
    name, start = match.group("m"), match.start("m")
    if name not in month_names()[1]:
        return True
    if re.search(r"\b(?:mois de|en|au mois de|fin|début|im|em|in|de) $", text[max(0, start - 12) : start]) and name in {
        "mai",
        "mars",
        "set",
        "out",
    }:
        return True
    if not text[start].isupper() and not (match.start() < start):
        return False
    if match.end() > match.end("m") + 1 or match.start() < start:
        return True
    if text[match.end() : match.end() + 1] in set(":|,/)'-\n"):
        return True
    before = text[max(0, start - 14) : start].lower()
    return name not in {"may", "march", "mars", "set", "out"} or bool(_IN_MAY.search(before))


def _day_of_month(match: _Match, seen: date | None, text: str) -> Result:
    if not _month_is_meant(match, text):
        return None
    number, day, year = month_names()[0][match.group("m")], int(match.group("d")), _year_of(match)
    first = cal.safe_day(year, number, day) if year else cal.latest_day(number, day, seen) if seen else None
    if first is None:
        return None
    groups = match.groupdict()
    if not groups.get("d2"):
        return cal.one_day(first), "day"
    last_month = month_names()[0][groups["m2"]] if groups.get("m2") else number
    last = cal.safe_day(first.year, last_month, int(groups["d2"]))
    return (Period(first, last), "range") if last and last > first else (cal.one_day(first), "day")


def _day_before_month(match: _Match, seen: date | None, text: str) -> Result:
    return _day_of_month(match, seen, text)


def _month(match: _Match, seen: date | None, text: str) -> Result:
    if not _month_is_meant(match, text):
        return None
    number, year = month_names()[0][match.group("m")], _year_of(match)
    if year:
        return (cal.month(year, number), "month") if cal.known_year(year) else None
    if seen is None:
        return None
    if match.group("ly"):
        return cal.month(seen.year - 1, number), "month"
    return cal.latest_month(number, seen), "month"


def _spun_may(match: _Match, seen: date | None, text: str) -> Result:
    """Spun English writes "in Might" for "in May"."""
    if not text[match.start()].isupper() or not re.search(r"\b(?:in|of|during) $", text[max(0, match.start() - 8) : match.start()]):
        return None
    return (cal.latest_month(5, seen), "month") if seen else None


def _quarter(match: _Match, seen: date | None, text: str) -> Result:
    groups = match.groupdict()
    number = int(groups["q"]) if groups.get("q") else ORDINALS[groups["nth"]]
    year = _year_of(match) or _year_of(match, "y0")
    if year:
        return (cal.quarter(year, number), "quarter") if cal.known_year(year) else None
    return (cal.latest_quarter(number, seen), "quarter") if seen else None


def _half(match: _Match, seen: date | None, text: str) -> Result:
    groups = match.groupdict()
    number = int(groups["q"]) if groups.get("q") else ORDINALS[groups["nth"]]
    year = _year_of(match) or _year_of(match, "y2") or (seen.year if seen else None)
    if year is None or number > 2 or not cal.known_year(year):
        return None
    return cal.months(year, number * 6 - 5, 6), "half"


def _months_ended(match: _Match, seen: date | None, text: str) -> Result:
    groups = match.groupdict()
    count = _count(groups.get("n")) if groups.get("n") else {"quarter": 3, "month": 1, "year": 12, "half": 6}[groups["unit"]]
    number, day = month_names()[0][groups["m"]], groups.get("d")
    year = _year_of(match) or (seen.year if seen else None)
    if not year or not cal.known_year(year) or not 1 <= count <= 24:
        return None
    end = cal.safe_day(year, number, int(day)) if day else cal.month(year, number).end
    if end is None:
        return None
    if seen and end > seen and not _year_of(match):
        end = cal.month(end.year - 1, number).end
    return cal.months_to(end, count), {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(count, "range")


def _count(word: str | None) -> int:
    if not word:
        return 1
    return int(word) if word.isdigit() else COUNTS.get(word, 0)


def _first_months(match: _Match, seen: date | None, text: str) -> Result:
    """The first nine months of 2024."""
    count, year = _count(match.group("n")), _year_of(match) or (seen.year if seen else None)
    if not year or not cal.known_year(year) or not 1 <= count <= 12:
        return None
    return cal.months(year, 1, count), {3: "quarter", 6: "half", 12: "year"}.get(count, "range")


def _year(match: _Match, seen: date | None, text: str) -> Result:
    year = _year_of(match)
    if year is None or not cal.known_year(year):
        return None
    return Period(date(year, 1, 1), date(year, 12, 31)), "year"


def _iso(match: _Match, seen: date | None, text: str) -> Result:
    day = cal.safe_day(int(match.group("y")), int(match.group("m")), int(match.group("d")))
    return (cal.one_day(day), "day") if day else None


def _weekday(match: _Match, seen: date | None, text: str) -> Result:
    name = match.group("wd")
    if seen is None or (len(name) < 5 and not text[match.start("wd")].isupper()):
        return None
    day = cal.latest_weekday(WEEKDAYS[name], seen)
    if match.group("last") and day == seen:
        day = cal.days_back(seen, 8).start
    return cal.one_day(day), "day"


def _last_unit(match: _Match, seen: date | None, text: str) -> Result:
    if seen is None:
        return None
    unit = match.group("unit")
    if unit == "month":
        return cal.month_before(seen), "month"
    if unit == "quarter":
        return cal.quarter_before(seen), "quarter"
    if unit == "weekend":
        return cal.weekend(seen), "weekend"
    if unit == "week":
        return cal.week_before(seen), "week"
    return Period(date(seen.year - 1, 1, 1), date(seen.year - 1, 12, 31)), "year"


def _past_unit(match: _Match, seen: date | None, text: str) -> Result:
    """ "over the past week": it reaches to the day of publication."""
    if seen is None:
        return None
    unit, count = match.group("unit").removesuffix("s"), _count(match.group("n"))
    if not 1 <= count <= 400:
        return None
    if unit == "day":
        return cal.days_back(seen, count), "days"
    if unit in {"week", "fortnight"}:
        return cal.days_back(seen, (14 if unit == "fortnight" else 7) * count + 1), "week"
    if unit == "hour":
        return cal.days_back(seen, -(-count // 24) + 1), "days"
    if unit == "month" and count == 1:
        return cal.month_before(seen), "month"
    return None


def _weekend(match: _Match, seen: date | None, text: str) -> Result:
    return (cal.weekend(seen), "weekend") if seen else None


def _past_week(match: _Match, seen: date | None, text: str) -> Result:
    return (cal.days_back(seen, 8), "week") if seen else None


def _this_unit(match: _Match, seen: date | None, text: str) -> Result:
    if seen is None:
        return None
    unit = match.group("unit")
    if unit == "weekend":
        return cal.weekend(seen), "weekend"
    if unit == "week":
        return cal.days_back(seen, 8), "week"
    if unit == "month":
        return cal.month(seen.year, seen.month), "month"
    if unit == "quarter":
        return cal.quarter(seen.year, (seen.month + 2) // 3), "quarter"
    return Period(date(seen.year, 1, 1), seen), "ytd"


def _ytd(match: _Match, seen: date | None, text: str) -> Result:
    year = _year_of(match) or (seen.year if seen else None)
    if year is None or not cal.known_year(year):
        return None
    end = seen if seen and seen.year == year else date(year, 12, 31)
    return Period(date(year, 1, 1), end), "ytd"


def _the_year(match: _Match, seen: date | None, text: str) -> Result:
    """ "over the year": the one that is over in its first weeks."""
    if seen is None or not re.search(r"\b(?:over|for|in|during|across|throughout) $", text[max(0, match.start() - 12) : match.start()]):
        return None
    year = seen.year - 1 if seen.month <= 3 else seen.year
    return Period(date(year, 1, 1), date(year, 12, 31)), "year"


def _near_day(match: _Match, seen: date | None, text: str) -> Result:
    if seen is None:
        return None
    return cal.one_day(cal.days_back(seen, 2 if match.group("w") == "yesterday" else 1).start), "day"


@lru_cache(maxsize=1)
def families() -> dict[str, tuple[Family, ...]]:
    """Families by anchor word; "0" are those that begin with a number."""
    names = month_names()[0]
    mon = "(?P<m>" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b\.?"
    mon2 = mon.replace("<m>", "<m2>")
    d2 = _DAY.replace("<d>", "<d2>")
    after = rf"(?:,? (?:of |de )?(?P<y>{_Y}|'\d\d)\b)?"
    ended = rf"(?: period)?,? (?:that )?(?:ended|ending|to|through|until) (?:on )?(?:the )?(?:{mon} ?(?P<d>[0-3]?\d)?(?:st|nd|rd|th)?\b|(?P<d0>[0-3]?\d) {mon2})(?:,? (?P<y>{_Y}))?"
    ended = ended.replace(rf"|(?P<d0>[0-3]?\d) {mon2}", "")

    def make(pattern: str, read: _Reader) -> Family:
        return Family(re.compile(pattern), read)

    by_word: dict[str, list[Family]] = {"0": []}
    month_families = [
        make(
            rf"{mon} {_DAY}(?:{_TO}(?:{mon2} )?{d2}(?![\d%]|[.,]\d))?(?:,? (?P<y>{_Y})\b)?(?![\d%]|[.,:]\d| ?(?:btc|bitcoin|eh))",
            _day_of_month,
        ),
        make(
            rf"{mon}(?:(?:,? (?:of |de )?|[-/])(?P<y>{_Y}|'\d\d)\b(?!-\d))?(?P<ly> (?:of )?(?:last|the previous|the prior) year)?(?![a-z])",
            _month,
        ),
    ]
    for name in names:
        by_word[name] = list(month_families)
    by_word["might"] = [make(r"might\b", _spun_may)]
    by_word["could"] = by_word["might"]
    quarter = make(rf"q(?P<q>[1-4])(?:[ -]?(?P<y>{_Y}|'?2\d)\b)?(?![a-z\d])", _quarter)
    nth_quarter = make(
        rf"{_NTH}[ -](?:fiscal |calendar |financial )?quarter\b(?:'s)?(?:,? (?:of )?(?:fiscal (?:year )?|the year )?(?P<y>{_Y}))?", _quarter
    )
    nth_half = make(rf"{_NTH} half(?:,? of (?:(?:the year )?(?P<y>{_Y})|(?:this|the) year)|,? (?P<y2>{_Y}))", _half)
    ended_family = make(rf"(?:(?P<n>three|six|nine|twelve|one) months?|(?P<unit>quarter|month|year|half)){ended}", _months_ended)
    for word in ("three", "six", "nine", "twelve", "one"):
        by_word[word] = [ended_family]
    by_word["first"] = [
        make(
            rf"first (?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|\d+) months(?: of (?:the year|(?P<y>{_Y})|this year))?",
            _first_months,
        )
    ]
    for word in ("quarter", "month", "year", "half"):
        by_word[word] = [make(rf"(?P<unit>quarter|month|year|half){ended}", _months_ended)]
    by_word["year"].append(make(rf"year[- ]to[- ]date(?: (?P<y>{_Y}))?", _ytd))
    by_word["ytd"] = [make(rf"ytd(?: (?P<y>{_Y}))?", _ytd)]
    by_word["so"] = [make(rf"so far (?:this year|in (?P<y>{_Y}))", _ytd)]
    for word in ORDINALS:
        by_word.setdefault(word, []).extend([nth_quarter, nth_half])
    by_word["q"] = [quarter]
    by_word["h"] = [make(rf"h(?P<q>[12])[ -]?(?P<y>{_Y}|'?2\d)\b", _half)]
    by_word["fy"] = [make(rf"fy ?(?P<y>{_Y}|2\d)\b", _year)]
    by_word["cy"] = [make(rf"cy ?(?P<y>{_Y}|2\d)\b", _year)]
    by_word["the"] = [
        make(
            r"the (?:full |whole |entire )?(?:year|12 months|twelve months)\b(?!(?:'s)?[ -](?:ago|earlier|before|end|to|of|prior|after))",
            _the_year,
        ),
        make(r"the (?P<unit>weekend)\b", _this_unit),
        make(r"the (?:past|last) (?:(?P<n>\d+|[a-z]+)[ -])?(?P<unit>days?|weeks?|fortnight|months?|hours)\b", _past_unit),
    ]
    for word in ("within", "in"):
        by_word[word] = [make(r"(?:with)?in (?:just |only )?(?:a|one)(?: single)? (?P<unit>week)\b", _past_week)]
    for word in ("выходные", "wochenende", "周末"):
        by_word[word] = [make(rf"(?P<unit>{word})", _weekend)]
    for word in ("fin", "fim", "week"):
        by_word.setdefault(word, []).append(make(r"(?:fin|fim) de semana\b|week-end\b", _weekend))
    by_word["weekend"] = [make(r"(?P<unit>weekend)\b", _this_unit)]
    by_word["past"] = [make(r"past (?:(?P<n>\d+|[a-z]+)[ -])?(?P<unit>days?|weeks?|fortnight|months?|hours)\b", _past_unit)]
    by_word["seven"] = [make(r"(?P<n>seven) (?P<unit>days)(?= (?:to|through|up to))", _past_unit)]
    weekday = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
    by_word["last"] = [
        make(r"last (?:(?P<n>\d+|[a-z]+)[ -])(?P<unit>days|weeks|months|hours)\b", _past_unit),
        make(rf"(?P<last>last) (?P<wd>{weekday})\b", _weekday),
        make(r"last (?P<unit>month|quarter|weekend|week|year)\b", _last_unit),
    ]
    by_word["previous"] = [make(r"previous (?P<unit>month|quarter|week|year)\b", _last_unit)]
    by_word["final"] = [nth_quarter, make(r"final (?P<unit>month)\b", _last_unit)]
    by_word["this"] = [make(r"this (?P<unit>month|quarter|weekend|week|year)\b", _this_unit)]
    for word in WEEKDAYS:
        by_word[word] = [make(rf"(?P<last>last )?(?P<wd>{weekday})\b", _weekday)]
    for word in ("yesterday", "today", "overnight"):
        by_word[word] = [make(r"(?P<w>yesterday|today|overnight)\b", _near_day)]
    by_word["0"] = [
        make(rf"(?P<y>{_Y})[-/.](?P<m>[01]?\d)[-/.](?P<d>[0-3]?\d)(?!\d)", _iso),
        make(rf"(?P<y0>{_Y}) q(?P<q>[1-4])\b", _quarter),
        make(rf"(?P<q>[1-4])q ?(?P<y>{_Y}|'?2\d)\b", _quarter),
        make(rf"(?P<q>[1-4])q\b", _quarter),
        make(rf"(?P<y0>{_Y})(?:'s)? {_NTH} quarter\b", _quarter),
        make(rf"{_NTH}[ -](?:fiscal )?quarter\b(?:,? (?:of )?(?:fiscal )?(?P<y>{_Y}))?", _quarter),
        make(rf"(?P<n>3|6|9|12) months?{ended}", _months_ended),
        make(rf"{_DAY}(?:{_TO}{d2})? (?:de )?{mon}{after}", _day_before_month),
        make(rf"(?P<y>{_Y})(?![\d,.]\d|[a-z\d%]|-\d| ?(?:btc|bitcoin|coins|machines|miners|rigs|units|mw|ph/s|eh/s|eth|mwh))", _year),
    ]
    return {word: tuple(group) for word, group in by_word.items()}
