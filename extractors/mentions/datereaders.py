"""How the families of dates are read: a match, the day of publication and the text make a period and its grain, or nothing."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from extractors.mentions import calendar as cal
from extractors.mentions.datewords import COUNTS, ORDINALS, WEEKDAYS, month_names
from extractors.model import Period

Result = tuple[Period, str] | None


Match = re.Match[str]


class Found(NamedTuple):
    """A match, the day of publication, and the text with its capitals."""

    match: Match
    seen: date | None
    text: str


_IN_MAY = re.compile(
    r"(?:\b(?:in|of|during|since|by|until|through|from|for|early|late|mid|last|this|the|its|on|and|to|or|vs|versus|than|after|before|over"
    r"|[a-z]+'s)[ -]|[(,/|•:-] ?|^|\n)$"
)


def year_of(match: Match, name: str = "y") -> int | None:
    """The year of a group, "'24" as well."""
    text = match[name] if name in match.re.groupindex else None
    if not text:
        return None
    year = int(text.lstrip("'"))
    return year + 2000 if year < 100 else year


def _month_is_meant(match: Match, text: str) -> bool:
    """Whether a name that is also a word ("may", "mar") stands for the month here."""
    name, start = match.group("m"), match.start("m")
    if name not in month_names()[1]:
        return True
    if name in {"mai", "mars", "set", "out"} and _ROMANCE.search(text, max(0, start - 12), start):
        return True
    if not text[start].isupper() and not (match.start() < start and (name not in {"may", "march"} or match.groupdict().get("y"))):
        return False  # "Hut 8 may sell", but "8 may 2024"
    if match.end() > match.end("m") + 1 or match.start() < start or text[match.end() : match.end() + 1] in set(":|,/)'-\n"):
        return True
    before = text[max(0, start - 14) : start].lower()
    opens = name in {"may", "march"} and _AFTER_STOP.search(before) and _TOPIC.match(text, match.end())
    amid = _AMID_SENTENCE.search(text, max(0, start - 16), start)
    return bool(opens or amid) or name not in {"may", "march", "mars", "set", "out"} or bool(_IN_MAY.search(before))


_ROMANCE = re.compile(r"\b(?:mois de|en|au mois de|fin|début|im|em|in|de) $")
# A capital behind a small word, in a sentence that is no headline: "reports May output", "throughout March".
_AMID_SENTENCE = re.compile(r"\b[a-z]{2,} [a-z]{2,} $|\b[a-z]{4,} $")
_AFTER_STOP = re.compile(r"[.!?:;\"] $")
_TOPIC = re.compile(
    r" (?:sales?|production|output|figures|numbers|update|was|saw|brought|had|were|has|is|mining|bitcoin|proceeds|results|ended|began"
    r"|closed|turned)\b"
)


def day_of_month(at: Found) -> Result:
    """ "Feb. 7-8, 2026", "July 31"."""
    match = at.match
    seen = at.seen
    text = at.text
    if not _month_is_meant(match, text) or _ends_sentence(match, text):
        return None
    number, day, year = month_names()[0][match.group("m")], int(match.group("d")), year_of(match)
    first = cal.safe_day(year, number, day) if year else cal.latest_day(number, day, seen) if seen else None
    if first is None:
        return None
    groups = match.groupdict()
    if groups.get("ly") and seen:
        first = cal.safe_day(seen.year - 1, number, day) or first
    if not groups.get("d2"):
        return cal.one_day(first), "day"
    last_month = month_names()[0][groups["m2"]] if groups.get("m2") else number
    last = cal.safe_day(first.year, last_month, int(groups["d2"]))
    return (Period(first, last), "range") if last and last > first else (cal.one_day(first), "day")


def _ends_sentence(match: Match, text: str) -> bool:
    """ "... sold in March. 2. CleanSpark": only a shortened name is followed by a point."""
    return match.start() == match.start("m") and len(match.group("m")) > 4 and text[match.end("m") : match.end("m") + 1] == "."


def day_before_month(at: Found) -> Result:
    """ "31 July 2022"."""
    return day_of_month(at)


def month(at: Found) -> Result:
    """ "April 2025", "in April"."""
    match = at.match
    seen = at.seen
    text = at.text
    if not _month_is_meant(match, text):
        return None
    number, year = month_names()[0][match.group("m")], year_of(match)
    if year:
        return (cal.month(year, number), "month") if cal.known_year(year) else None
    if seen is None:
        return None
    if match.group("ly"):
        return cal.month(seen.year - 1, number), "month"
    return cal.latest_month(number, seen), "month"


def spun_may(at: Found) -> Result:
    """Spun English writes "in Might" for "in May"."""
    match = at.match
    seen = at.seen
    text = at.text
    if not text[match.start()].isupper() or not re.search(r"\b(?:in|of|during) $", text[max(0, match.start() - 8) : match.start()]):
        return None
    return (cal.latest_month(5, seen), "month") if seen else None


def quarter(at: Found) -> Result:
    """ "Q1 2026", "the first quarter"."""
    match = at.match
    seen = at.seen
    groups = match.groupdict()
    number = int(groups["q"]) if groups.get("q") else ORDINALS[groups["nth"]]
    year = year_of(match) or year_of(match, "y0")
    if year:
        return (cal.quarter(year, number), "quarter") if cal.known_year(year) else None
    return (cal.latest_quarter(number, seen), "quarter") if seen else None


def half(at: Found) -> Result:
    """ "H1 2024", "the first half of the year", "the first half": the last that had begun."""
    match, seen = at.match, at.seen
    groups = match.groupdict()
    number = int(groups["q"]) if groups.get("q") else ORDINALS[groups["nth"]]
    year = year_of(match) or year_of(match, "y2")
    if year is None and seen:
        year = seen.year - 1 if (number == 2 and seen.month < 7) or groups.get("ly") else seen.year
    if year is None or number > 2 or not cal.known_year(year):
        return None
    return cal.months(year, number * 6 - 5, 6), "half"


def months_ended(at: Found) -> Result:
    """ "three months to September 30, 2025"."""
    match = at.match
    seen = at.seen
    groups = match.groupdict()
    count = number_of(groups.get("n")) if groups.get("n") else {"quarter": 3, "month": 1, "year": 12, "half": 6}[groups["unit"]]
    number, day = month_names()[0][groups["m"]], groups.get("d") or groups.get("d1")
    year = year_of(match) or (seen.year if seen else None)
    if not year or not cal.known_year(year) or not 1 <= count <= 24:
        return None
    end = cal.safe_day(year, number, int(day)) if day else cal.month(year, number).end
    if end is None:
        return None
    if seen and end > seen and not year_of(match):
        end = cal.month(end.year - 1, number).end
    return cal.months_to(end, count), {1: "month", 3: "quarter", 6: "half", 12: "year"}.get(count, "range")


def number_of(word: str | None) -> int:
    """A count in digits or words; 1 for none."""
    if not word:
        return 1
    return int(word) if word.isdigit() else COUNTS.get(word, 0)


def first_months(at: Found) -> Result:
    """The first nine months of 2024."""
    match = at.match
    seen = at.seen
    count, year = number_of(match.group("n")), year_of(match) or (seen.year if seen else None)
    if not year or not cal.known_year(year) or not 1 <= count <= 12:
        return None
    return cal.months(year, 1, count), {3: "quarter", 6: "half", 12: "year"}.get(count, "range")


def year(at: Found) -> Result:
    """ "2023", "FY2023"."""
    match = at.match
    year = year_of(match)
    if year is None or not cal.known_year(year):
        return None
    return Period(date(year, 1, 1), date(year, 12, 31)), "year"


def iso(at: Found) -> Result:
    """ "2026-02-07"."""
    match = at.match
    day = cal.safe_day(int(match.group("y")), int(match.group("m")), int(match.group("d")))
    return (cal.one_day(day), "day") if day else None


def weekday(at: Found) -> Result:
    """ "on Monday", "last Friday"."""
    match = at.match
    seen = at.seen
    text = at.text
    name = match.group("wd")
    if seen is None or (len(name) < 5 and not text[match.start("wd")].isupper()):
        return None
    day = cal.latest_weekday(WEEKDAYS[name], seen)
    if match.group("last") and day == seen:
        day = cal.days_back(seen, 8).start
    return cal.one_day(day), "day"


def last_unit(at: Found) -> Result:
    """ "last month", "the previous quarter"."""
    match = at.match
    seen = at.seen
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


def weekend(at: Found) -> Result:
    """ "le week-end", "выходные"."""
    seen = at.seen
    return (cal.weekend(seen), "weekend") if seen else None


def this_unit(at: Found) -> Result:
    """ "this week", "the weekend"."""
    match = at.match
    seen = at.seen
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


def ytd(at: Found) -> Result:
    """ "year to date", "so far this year"."""
    match = at.match
    seen = at.seen
    year = year_of(match) or (seen.year if seen else None)
    if year is None or not cal.known_year(year):
        return None
    end = seen if seen and seen.year == year else date(year, 12, 31)
    return Period(date(year, 1, 1), end), "ytd"


def the_year(at: Found) -> Result:
    """ "over the year": the one that is over in its first weeks."""
    match = at.match
    seen = at.seen
    text = at.text
    if seen is None or not re.search(r"\b(?:over|for|in|during|across|throughout) $", text[max(0, match.start() - 12) : match.start()]):
        return None
    year = seen.year - 1 if seen.month <= 3 else seen.year
    return Period(date(year, 1, 1), date(year, 12, 31)), "year"


def near_day(at: Found) -> Result:
    """ "today", "yesterday"."""
    match = at.match
    seen = at.seen
    if seen is None:
        return None
    return cal.one_day(cal.days_back(seen, 2 if match.group("w") == "yesterday" else 1).start), "day"
