"""Days, months, quarters and weeks as periods, always seen from a day of publication."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from extractors.model import Period

_FIRST_YEAR, _LAST_YEAR = 2009, 2040


def known_year(year: int) -> bool:
    """Whether bitcoin news can be about this year."""
    return _FIRST_YEAR <= year <= _LAST_YEAR


def one_day(day: date) -> Period:
    """A point in time."""
    return Period(day, day)


@lru_cache(maxsize=1000)
def month(year: int, number: int) -> Period:
    """First to last day of a month, 1 to 12."""
    return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def months(year: int, first: int, count: int) -> Period:
    """`count` months from the first one on, over the turn of the year."""
    last = first + count - 1
    return Period(date(year, first, 1), month(year + (last - 1) // 12, (last - 1) % 12 + 1).end)


def months_to(end: date, count: int) -> Period:
    """The `count` months that end on (or with the month of) `end`."""
    start = end.year * 12 + end.month - count
    return Period(date(start // 12, start % 12 + 1, 1), end)


def fiscal(whole: Period, year_end: int, seen: date | None = None) -> Period:
    """What a quarter, half or year of the calendar is in fiscal years that end with month `year_end`.

    With `seen`, where the text names no year: the last such period that was over on that day.
    """
    count = (whole.end.year - whole.start.year) * 12 + whole.end.month - whole.start.month + 1
    first = whole.start.year * 12 + whole.start.month - 1 + year_end - 12
    moved = months(first // 12, first % 12 + 1, count)
    later = months(first // 12 + 1, first % 12 + 1, count)
    return later if seen and later.end <= seen else moved


def quarter(year: int, number: int) -> Period:
    """A calendar quarter, 1 to 4."""
    return months(year, number * 3 - 2, 3)


def safe_day(year: int, number: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    if not (known_year(year) and 1 <= number <= 12 and 1 <= day <= month(year, number).end.day):
        return None
    return date(year, number, day)


def latest_month(number: int, seen: date) -> Period:
    """The last month of that number which had begun on `seen`."""
    return month(seen.year if number <= seen.month else seen.year - 1, number)


def latest_quarter(number: int, seen: date) -> Period:
    """The last quarter of that number which had begun on `seen`."""
    return quarter(seen.year if number * 3 - 2 <= seen.month else seen.year - 1, number)


def latest_day(number: int, day: int, seen: date) -> date | None:
    """The last such day of the year up to `seen`; a day soon after it (up to four weeks) is taken as the coming one."""
    this = safe_day(seen.year, number, day)
    if this and this <= seen + timedelta(days=28):
        return this
    return safe_day(seen.year - 1, number, day)


def month_before(seen: date) -> Period:
    """The calendar month before the one of `seen`."""
    last = seen.replace(day=1) - timedelta(days=1)
    return month(last.year, last.month)


def quarter_before(seen: date) -> Period:
    """The calendar quarter before the one of `seen`."""
    last = date(seen.year, (seen.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    return quarter(last.year, (last.month + 2) // 3)


def next_to(period: Period, step: str) -> Period:
    """The day, week, month or quarter behind one ("+month") or before it ("-quarter")."""
    forward, unit = step[0] == "+", step[1:]
    if unit in {"day", "week"}:
        days = timedelta(days=(1 if unit == "day" else 7) * (1 if forward else -1))
        return Period(period.start + days, period.end + days)
    near = period.end + timedelta(days=1) if forward else period.start - timedelta(days=1)
    return quarter(near.year, (near.month + 2) // 3) if unit == "quarter" else month(near.year, near.month)


def week_before(seen: date) -> Period:
    """Monday to Sunday of the week before the one of `seen`."""
    monday = seen - timedelta(days=seen.weekday() + 7)
    return Period(monday, monday + timedelta(days=6))


def weekend(seen: date) -> Period:
    """The last Saturday and Sunday, or the present one."""
    saturday = seen - timedelta(days=(seen.weekday() - 5) % 7)
    return Period(saturday, saturday + timedelta(days=1))


def latest_weekday(number: int, seen: date) -> date:
    """The last such weekday (Monday is 0), `seen` included."""
    return seen - timedelta(days=(seen.weekday() - number) % 7)


def days_back(seen: date, count: int) -> Period:
    """`count` days up to and with `seen`."""
    return Period(seen - timedelta(days=max(count - 1, 0)), seen)
