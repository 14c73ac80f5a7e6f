"""Days, weeks, months and quarters in other languages, seen from the day of publication.

Grains are those of `mentions.dates`. A date behind words such as "as of" is the end of a stretch ("end"), at which coins are held.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache

from extractors.mentions import calendar as cal
from extractors.mentions.dates import DateMention
from extractors.model import Period, Span
from extractors.tongues.words import Tongue, tongue

_YEAR = r"20[0-3]\d"
_DAY = r"[0-3]?\d"
_MOST = 2000  # dates of an article

Reading = tuple[Period, str] | None
_Reader = Callable[[re.Match[str], Tongue, date | None], Reading]


def find_dates(lower: str, language: Tongue, seen: date | None) -> list[DateMention]:
    """All dates of an article in order; none overlap. Without a day of publication only full dates are found."""
    found: list[DateMention] = []
    taken: list[Span] = []
    for pattern, read in _families(language.name):
        for match in pattern.finditer(lower):
            span = Span(*match.span())
            if len(found) >= _MOST or any(span.start < other.end and other.start < span.end for other in taken):
                continue
            reading = read(match, language, seen)
            if reading:
                taken.append(span)
                found.append(_edged(DateMention(span, *reading), lower, language))
    return sorted(found)


def _edged(mention: DateMention, lower: str, language: Tongue) -> DateMention:
    """ "Al 30 de septiembre", "Ende Juni", "截至4月底": the last day."""
    span, period, grain = mention
    start = max(0, span.start - 30)
    if grain == "day" and language.before("time.as_of", lower, start, span.start):
        return DateMention(span, period, "end")
    if grain in {"month", "quarter", "year", "half"} and (
        language.before("time.end_of", lower, start, span.start) or language.behind("time.end", lower, span.end, span.end + 8)
    ):
        return DateMention(span, cal.one_day(period.end), "end")
    return mention


@lru_cache(maxsize=8)
def _families(name: str) -> tuple[tuple[re.Pattern[str], _Reader], ...]:
    """Patterns and readings, the longer ones first."""
    language = tongue(name)
    return tuple((re.compile(pattern), read) for pattern, read in (_han() if not language.spaced else _spaced(language)))


def _relative(language: Tongue) -> Iterator[tuple[str, _Reader]]:
    if "time.past_days" in language.patterns:
        yield language.pattern("time.past_days").pattern, _past_days
    for word in _NEAR:
        yield language.pattern(f"time.{word}").pattern, _near(word)
    for number in range(1, 5):
        yield language.pattern(f"time.quarter{number}").pattern + _year_behind(language), _quarter(number)
    for number in (1, 2):
        yield language.pattern(f"time.half{number}").pattern + _year_behind(language), _half(number)
    for number in range(7):
        yield language.pattern(f"time.weekday{number}").pattern, _weekday(number)


def _year_behind(language: Tongue) -> str:
    link = language.pattern("time.of").pattern
    return rf"(?:,?(?: {link})? ?(?P<y>{_YEAR})(?!\d))?" if language.spaced else ""


def _spaced(language: Tongue) -> Iterator[tuple[str, _Reader]]:
    month = "(?P<m>" + "|".join(sorted(map(re.escape, language.months), key=len, reverse=True)) + r")(?!\w)\.?"
    month2, link = month.replace("<m>", "<m2>"), f"(?: {language.pattern('time.of').pattern})?"
    day, day2 = rf"(?<![\d.,])(?P<d>{_DAY})(?:\.|er|º|-?го)?", rf"(?P<d2>{_DAY})(?:\.|er|º|-?го)?"
    to = rf"(?: ?[-–—] ?| {language.pattern('time.to').pattern} )"
    between = rf"{language.pattern('time.between').pattern} "
    year = _year_behind(language)
    yield rf"{day}(?:{link} {month})?{to}(?:{language.pattern('time.article').pattern} )?{day2}{link} {month2}{year}", _days
    yield rf"{day}{link} {month}{year}", _day
    yield rf"{between}{month}{to}{month2}{year}", _months
    yield rf"(?<!\w){month}[-–—]{month2}{year}", _months
    yield rf"(?<!\w){month} {language.pattern('figure.and').pattern} {month2}{year}", _adjoining_months
    yield rf"(?<!\w){month}{year}", _month
    yield rf"(?<!\d)(?P<y>{_YEAR})[-/.](?P<mn>[01]?\d)[-/.](?P<d>{_DAY})(?!\d)", _numeric
    yield rf"(?<![\d.,])(?P<d>{_DAY})[/.](?P<mn>[01]?\d)[/.](?P<y>{_YEAR})(?!\d)", _numeric
    yield from _relative(language)
    yield rf"{language.pattern('time.in_year').pattern} (?P<y>{_YEAR})(?!\d)", _year


def _han() -> Iterator[tuple[str, _Reader]]:
    year, number = rf"(?:(?P<y>{_YEAR})年|(?P<ly>去年|今年))?", r"(?<!\d)(?P<mn>1[0-2]|[1-9])"
    month = number + "月"
    yield rf"{year}{month}份?(?P<d>{_DAY})日?(?:至|到|[-–—~])(?:(?P<mn2>1[0-2]|[1-9])月)?(?P<d2>{_DAY})日", _days
    yield rf"{year}{month}(?P<d>{_DAY})日(?:的)?(?P<week>一周|当周)", _week_to
    yield rf"{year}{month}(?P<d>{_DAY})日", _day
    yield rf"{year}{number}月?(?:至|到|[-–—~])(?P<mn2>1[0-2]|[1-9])月(?!\d)", _months
    yield rf"{year}{month}(?!\d+日)", _month
    yield rf"(?<!\d)(?P<y>{_YEAR})-(?P<mn>[01]?\d)-(?P<d>{_DAY})(?!\d)", _numeric
    other_year = year.replace("<y>", "<y2>").replace("<ly>", "<ly2>")
    for nth, digits in enumerate(("一1", "二2", "三3", "四4"), 1):
        yield rf"(?:{year}(?:第)?[{digits}]季度|{other_year}q{nth})", _quarter(nth)
    for nth, word in enumerate("上下", 1):
        yield rf"{year}{word}半年", _half(nth)
    yield from _relative(tongue("zh"))
    yield rf"(?<!\d)(?P<y>{_YEAR})年(?:全年)?", _year


def _year_of(match: re.Match[str], seen: date | None) -> int | None:
    groups = match.groupdict()
    written = groups.get("y") or groups.get("y2")
    if written:
        return int(written)
    if seen and (groups.get("ly") or groups.get("ly2")) == "去年":
        return seen.year - 1
    return None


def _number(match: re.Match[str], language: Tongue, group: str = "m") -> int | None:
    groups = match.groupdict()
    if groups.get(group):
        return language.months[groups[group]]
    written = groups.get(group.replace("m", "mn"))
    return int(written) if written else None


def _one(match: re.Match[str], number: int | None, day: str, seen: date | None) -> date | None:
    year = _year_of(match, seen)
    if number is None:
        return None
    if year:
        return cal.safe_day(year, number, int(day))
    return cal.latest_day(number, int(day), seen) if seen else None


def _day(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
    day = _one(match, _number(match, language), match["d"], seen)
    return (cal.one_day(day), "day") if day else None


def _days(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
    first, last = _number(match, language), _number(match, language, "m2")
    end = _one(match, last or first, match["d2"], seen)
    start = cal.safe_day(end.year, first or last or 0, int(match["d"])) if end else None
    return (Period(start, end), "range") if start and end and start < end else None


def _week_to(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
    day = _one(match, _number(match, language), match["d"], seen)
    return (cal.days_back(day, 7), "range") if day else None


def _whole_month(year: int | None, number: int | None, seen: date | None) -> Period | None:
    if number is None or not (year or seen):
        return None
    if year:
        return cal.month(year, number) if cal.known_year(year) else None
    return cal.latest_month(number, seen) if seen else None


def _month(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
    whole = _whole_month(_year_of(match, seen), _number(match, language), seen)
    return (whole, "month") if whole else None


def _months(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
    first, last = _number(match, language), _number(match, language, "m2")
    end = _whole_month(_year_of(match, seen), last, seen)
    if end is None or first is None or last is None:
        return None
    return Period(cal.month(end.end.year - (first > last), first).start, end.end), "range"


def _adjoining_months(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
    """ "En avril et mai"; of months that do not adjoin nothing is told."""
    first, last = _number(match, language), _number(match, language, "m2")
    return _months(match, language, seen) if first and last and last == first % 12 + 1 else None


def _numeric(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
    del language, seen
    day = cal.safe_day(int(match["y"]), int(match["mn"]), int(match["d"]))
    return (cal.one_day(day), "day") if day else None


def _year(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
    del language, seen
    year = int(match["y"])
    return (Period(date(year, 1, 1), date(year, 12, 31)), "year") if cal.known_year(year) else None


def _quarter(number: int) -> _Reader:
    def read(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
        del language
        year = _year_of(match, seen)
        if year:
            return (cal.quarter(year, number), "quarter") if cal.known_year(year) else None
        return (cal.latest_quarter(number, seen), "quarter") if seen else None

    return read


def _half(number: int) -> _Reader:
    def read(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
        del language
        year = _year_of(match, seen)
        if year is None and seen:
            year = seen.year - 1 if number == 2 and seen.month < 7 else seen.year
        return (cal.months(year, number * 6 - 5, 6), "half") if year and cal.known_year(year) else None

    return read


def _weekday(number: int) -> _Reader:
    def read(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
        del match, language
        return (cal.one_day(cal.latest_weekday(number, seen)), "day") if seen else None

    return read


# Times that are told from the day of publication; the table of a language names them "time.<name>".
_NEAR: dict[str, Callable[[date], tuple[Period, str]]] = {
    "past_week": lambda seen: (cal.days_back(seen, 8), "week"),
    "last_week": lambda seen: (cal.week_before(seen), "week"),
    "weekend": lambda seen: (cal.weekend(seen), "weekend"),
    "last_month": lambda seen: (cal.month_before(seen), "month"),
    "this_month": lambda seen: (cal.month(seen.year, seen.month), "month"),
    "last_quarter": lambda seen: (cal.quarter_before(seen), "quarter"),
    "last_year": lambda seen: (Period(date(seen.year - 1, 1, 1), date(seen.year - 1, 12, 31)), "year"),
    "year_end": lambda seen: (cal.one_day(date(seen.year - (seen.month < 12), 12, 31)), "end"),
    "yesterday": lambda seen: (cal.one_day(cal.days_back(seen, 2).start), "day"),
    "today": lambda seen: (cal.one_day(seen), "day"),
}


def _near(word: str) -> _Reader:
    tell = _NEAR[word]

    def read(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
        del match, language
        return tell(seen) if seen else None

    return read


def _past_days(match: re.Match[str], language: Tongue, seen: date | None) -> Reading:
    written = match["n"]
    count = int(written) if written.isdigit() else language.counts.get(written, 0)
    return (cal.days_back(seen, count), "days") if seen and 0 < count <= 400 else None
