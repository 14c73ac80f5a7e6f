"""Dates as feeds write them, to aware UTC times.

One grammar for all: month names of the languages that feeds come in, figures, a clock with or without "p.m.", a zone as
offset or name. A text that can be read two ways (04/05/2026) gives None: no date does less harm than a wrong one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS = (
    "jan january janvier januar jänner enero ene janeiro gennaio gen янв января styczeń",
    "feb february février févr fév fevrier februar febrero fevereiro fev febbraio фев февраля",
    "mar march mars mär märz mrz marzo março мар марта",
    "apr april avril avr abril abr aprile апр апреля",
    "may mai mayo maio maggio mag мая май",
    "jun june juin juni junio junho giugno giu июн июня",
    "jul july juil juillet juli julio julho luglio lug июл июля",
    "aug august août aout agosto ago авг августа",
    "sep sept september septembre septiembre setembro set settembre сен сентября",
    "oct october octobre okt oktober octubre outubro out ottobre ott окт октября",
    "nov november novembre noviembre novembro ноя ноября",
    "dec december décembre déc dez dezember diciembre dic dezembro dicembre дек декабря",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
# Hours from UTC of the names that feeds use; the North American ones as RFC 822 fixes them.
_ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 1, "ist": 5.5, "cet": 1, "mez": 1, "cest": 2, "mesz": 2,
    "eet": 2, "eest": 3, "msk": 3, "hkt": 8, "sgt": 8, "jst": 9, "kst": 9, "aest": 10, "aedt": 11, "est": -5, "edt": -4,
    "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip
_NAMED_ZONES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}

_CLOCK = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap]\.?\s?m\b\.?)?", re.IGNORECASE)
_OFFSET = re.compile(r"(?:GMT|UTC)?\s*([+-])(\d{2}):?(\d{2})?\b", re.IGNORECASE)
_ISO_DAY = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?!\d)")
_NUMERIC_DAY = re.compile(r"(?<!\d)(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?!\d)")
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d+)?")
_IDEOGRAPHIC = re.compile(r"(\d{4})[年년]\s?(\d{1,2})[月월]\s?(\d{1,2})[日일]")
_WORD = re.compile(r"[^\W\d_]+(?:/[A-Za-z_]+)?")
_NUMBER = re.compile(r"(?<![\d:])(\d{1,4})(?![\d:])")
_EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
_LATEST = datetime(2100, 1, 1, tzinfo=UTC)


def read_date(text: str) -> datetime | None:
    """The UTC time that a feed's date says; a day without clock is its midnight, a month its first day; None if unreadable.

    >>> read_date("Mon, 9 Feb 2026 08:30:00 EST")
    datetime.datetime(2026, 2, 9, 13, 30, tzinfo=datetime.timezone.utc)
    """
    text = " ".join(_IDEOGRAPHIC.sub(r"\1-\2-\3 ", text).split())[:80]
    try:
        moment = _from_epoch(text) or _from_words(text)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment is not None and _EARLIEST <= moment < _LATEST else None


def _from_epoch(text: str) -> datetime | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds >= 1e11 else seconds, UTC).replace(microsecond=0)


def _from_words(text: str) -> datetime | None:
    compact = _COMPACT.search(text)
    if compact and compact[4]:
        text = f"{compact[1]}-{compact[2]}-{compact[3]} {compact[4]}:{compact[5]}:{compact[6] or '00'}{text[compact.end() :]}"
    text = re.sub(r"(?<=\d)[Tt](?=\d)", " ", text)
    clock = _CLOCK.search(text)
    day_part, zone_part = (text, "") if clock is None else (text[: clock.start()] + " " + text[clock.end() :], text[clock.end() :])
    day = _day(day_part)
    if day is None:
        return None
    hour, minute, second = _hour_minute_second(clock) if clock else (0, 0, 0)
    moment = datetime(*day, hour, minute, min(second, 59), tzinfo=_zone(zone_part))  # a leap second is the one before
    return moment.astimezone(UTC)


def _hour_minute_second(clock: re.Match[str]) -> tuple[int, int, int]:
    hour = int(clock[1])
    if clock[4]:
        hour = hour % 12 + (12 if clock[4].lower().startswith("p") else 0)
    return hour, int(clock[2]), int(clock[3] or 0)


def _day(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) of a text without its clock."""
    if found := _ISO_DAY.search(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _NUMERIC_DAY.search(text):
        return _unambiguous(int(found[1]), int(found[3]), int(found[4]), dotted=found[2] == ".")
    if (found := _COMPACT.search(text)) and not found[4]:
        return int(found[1]), int(found[2]), int(found[3])
    return _named_month_day(text)


def _unambiguous(first: int, second: int, year: int, *, dotted: bool) -> tuple[int, int, int] | None:
    if dotted or first > 12 or first == second:
        return year, second, first
    return (year, first, second) if second > 12 else None


def _named_month_day(text: str) -> tuple[int, int, int] | None:
    words = [word.lower() for word in _WORD.findall(text)]
    month = next((_MONTH[word] for word in reversed(words) if word in _MONTH), None)  # "mar, 10 feb": mar is a Tuesday
    if month is None:
        return None
    text = re.sub(r"(?<=\d)(st|nd|rd|th|er|º|ª)\b", "", _OFFSET.sub(" ", text))
    figures = [int(figure) for figure in _NUMBER.findall(text)]
    year = next((figure for figure in figures if figure > 31), None)
    days = [figure for figure in figures if 1 <= figure <= 31]
    if year is None and len(days) == 2:  # "9 Feb 26"
        year = days.pop()
    if year is None or len(days) > 1:
        return None
    return year + 2000 if year < 100 else year, month, days[0] if days else 1


def _zone(text: str) -> tzinfo:
    """The zone after the clock; UTC where none is stated or it is unknown. An offset wins over a name beside it."""
    if found := _OFFSET.search(text):
        ahead = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
        return timezone(ahead if found[1] == "+" else -ahead)
    for word in _WORD.findall(text):
        name = word.lower()
        if name in _ZONES:
            return timezone(timedelta(hours=_ZONES[name]))
        if name in _NAMED_ZONES or "/" in word:
            try:
                return ZoneInfo(_NAMED_ZONES.get(name, word))
            except (ZoneInfoNotFoundError, ValueError):
                return UTC
    return UTC
