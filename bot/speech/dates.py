"""How each language writes days, months and spans of them: English by hand, the others as the Unicode locale data have it."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date

from bot.speech.spoken import language

# A month stands behind a preposition ("since July 2021"), which in Russian asks for the genitive.
_MONTH: Mapping[str, str] = {"ru": "MMMM y 'г.'"}
_YEAR: Mapping[str, str] = {"ru": "y 'г.'"}


def day(when: date, *, weekday: bool = False) -> str:
    """`9 Feb 2026`, `Mon 9 Feb 2026`."""
    if not language().is_english:
        return _written("yMMMEd" if weekday else "yMMMd", when)
    text = f"{when.day} {_short(when)} {when.year}"
    return f"{calendar.day_abbr[when.weekday()]} {text}" if weekday else text


def month(when: date) -> str:
    """A month in full, `July 2021`."""
    if language().is_english:
        return f"{calendar.month_name[when.month]} {when.year}"
    if pattern := _MONTH.get(language().code):
        from babel.dates import format_date

        return format_date(when, pattern, locale=language().locale)
    return _written("yMMMM", when)


def since(number: str) -> str:
    """A year or month that is told by its number, "2021" or "2020-06", as it stands behind "since"; English keeps the number."""
    if language().is_english:
        return number
    try:
        when = date.fromisoformat(f"{number}-01" if "-" in number else f"{number}-01-01")
    except ValueError:
        return number
    if "-" in number:
        return month(when)
    if pattern := _YEAR.get(language().code):
        from babel.dates import format_date

        return format_date(when, pattern, locale=language().locale)
    return _written("y", when)


def weekday(number: int, *, short: bool = True) -> str:
    """A day of the week by its number from Monday, 0: `Mon`, or in full."""
    if language().is_english:
        return calendar.day_abbr[number] if short else calendar.day_name[number]
    from babel.dates import get_day_names

    return str(get_day_names("abbreviated" if short else "wide", "stand-alone", language().locale)[number])


def tick(when: date, *, days: bool) -> str:
    """A mark on an axis of time: `9 Feb` or, by months, `Feb`."""
    if language().is_english:
        return f"{when.day} {_short(when)}" if days else _short(when)
    return _written("MMMd" if days else "LLL", when)


def between(start: date, end: date) -> str:
    """Days as people write them: `7 Feb 2026`, `7-8 Feb 2026`, `Jan 2026`, `Nov-Dec 2025`, `Q1 2026`, `2025`."""
    if start == end:
        return day(start)
    whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1]
    if language().is_english:
        return _english_months(start, end) if whole else _english_days(start, end)
    return _months(start, end) if whole else _interval("yMMMd", start, end)


def _is_quarter(start: date, end: date) -> bool:
    return start.year == end.year and end.month - start.month == 2 and end.month % 3 == 0


def _is_year(start: date, end: date) -> bool:
    return start.year == end.year and (start.month, end.month) == (1, 12)


# --- by locale data --------------------------------------------------------------------------------------------------


def _written(skeleton: str, when: date) -> str:
    from babel.dates import format_date, format_skeleton

    if skeleton == "LLL":
        return format_date(when, skeleton, locale=language().locale)
    return format_skeleton(skeleton, when, locale=language().locale)


def _interval(skeleton: str, start: date, end: date) -> str:
    from babel.dates import format_interval

    return format_interval(start, end, skeleton, locale=language().locale)


def _months(start: date, end: date) -> str:
    """Whole months, quarters and years."""
    if _is_year(start, end):
        return _written("y", end)
    if _is_quarter(start, end):
        return _written("yQQQ", end)
    return _written("yMMM", end) if (start.year, start.month) == (end.year, end.month) else _interval("yMMM", start, end)


# --- in English ------------------------------------------------------------------------------------------------------


def _short(when: date) -> str:
    return calendar.month_abbr[when.month]


def _english_days(start: date, end: date) -> str:
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}-{day(end)}"
    first = day(start) if start.year != end.year else f"{start.day} {_short(start)}"
    return f"{first} - {day(end)}"


def _english_months(start: date, end: date) -> str:
    if start.year != end.year:
        return f"{_short(start)} {start.year} - {_short(end)} {end.year}"
    if start.month == end.month:
        return f"{_short(end)} {end.year}"
    if _is_year(start, end):
        return str(end.year)
    if _is_quarter(start, end):
        return f"Q{end.month // 3} {end.year}"
    return f"{_short(start)}-{_short(end)} {end.year}"
