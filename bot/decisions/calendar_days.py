"""Days of the calendar as people type them: `2026-02-08`, `2026-02`, `2026`, `today`, `since 2026-02-08`, `november`, `this-week`.

`days_spoken` brings what the languages say into these forms: "diese Woche", "desde octubre", "в ноябре 2025".
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import date, timedelta

from extractors.model import Period

_ISO = re.compile(r"(20\d\d)(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_SINCE = "since "
_MONTHS = (
    "january jan januar jänner enero январь января январе 一月",
    "february feb februar febrero февраль февраля феврале 二月",
    "march märz marzo март марта марте 三月",
    "april apr abril апрель апреля апреле 四月",
    "may mai mayo май мая мае 五月",
    "june jun juni junio июнь июня июне 六月",
    "july jul juli julio июль июля июле 七月",
    "august aug agosto август августа августе 八月",
    "september sep sept septiembre setiembre сентябрь сентября сентябре 九月",
    "october oct oktober okt octubre октябрь октября октябре 十月",
    "november nov noviembre ноябрь ноября ноябре 十一月",
    "december dec dezember dez diciembre декабрь декабря декабре 十二月",
)
_MONTH = {said: number for number, names in enumerate(_MONTHS, 1) for said in names.split()}
_NAMED = {name.lower(): number for number, name in enumerate(month_name) if name}
_MONTH_SPOKEN = re.compile(
    rf"(?<!\w)(?<!\d\s)(?:(?:in|im|of|en|de|del|в|за|在)\s*\b)?(?P<name>{'|'.join(sorted(_MONTH, key=len, reverse=True))})"
    r"(?:\s+(?:del?\s+)?(?P<year>20\d\d))?(?!\w)(?!\s+\d{1,2}(?:\s|$))",
    re.IGNORECASE,
)
_MONTH_NUMBERED = re.compile(r"(?<!\w)(?:(?P<year>20\d\d)年)?(?P<number>1[0-2]|[1-9])月(?:份)?(?!\w)")
_SPOKEN = tuple(
    (re.compile(rf"(?<!\w)(?:(?:in|im|en|в|на|за|the|la|el)\s+)*(?:{said})(?!\w)", re.IGNORECASE), form)
    for form, said in {
        "this-week": r"this\s+week|diese[rn]?\s+woche|esta\s+semana|эт(?:а|у|ой)\s+недел[яюеи]|本周|这周|这个?星期",
        "this-month": r"this\s+month|diese[rmns]?\s+monats?|este\s+mes|это(?:т|м|го)\s+месяц[еа]?|本月|这个月",
        "this-year": r"this\s+year|diese[ms]?\s+jahre?s?|este\s+año|это(?:т|м|го)\s+год[уа]?|今年|本年",
        "1w": r"(?:vorige|vergangene)[rn]?\s+woche|semana\s+pasada|прошл(?:ая|ую|ой)\s+недел[яюеи]|上周|上个?星期",
        "1m": r"(?:vorige|vergangene)[rnms]?\s+monats?|mes\s+pasado|прошл(?:ый|ом|ого)\s+месяц[еа]?|上个?月",
        "1y": r"(?:vorige|vergangene)[snm]?\s+jahre?s?|año\s+pasado|прошл(?:ый|ом|ого)\s+год[уа]?|去年",
    }.items()
)
_BEGINNING = rf"20\d|(?:this-(?:week|month|year)|yesterday|{'|'.join(_NAMED)})(?!\w)"
_SINCE_SPOKEN = re.compile(rf"(?<!\S)(?:since|from|seit|ab|desde(?:\s+el)?|с|自)\s*\b(?={_BEGINNING})", re.IGNORECASE)
SINCE = rf"since (?:{_BEGINNING})\S*"
"""What is one piece among the words that `days_spoken` leaves."""


def days_spoken(text: str) -> str:
    """The text with days in the forms that `days_of` reads, whichever language says them; "last week" in any is the span `1w`.

    >>> days_spoken("CANG seit Oktober"), days_spoken("в ноябре 2025"), days_spoken("diese Woche"), days_spoken("semana pasada")
    ('CANG since october', '2025-11', 'this-week', '1w')
    """
    for said, form in _SPOKEN:
        text = said.sub(form, text)
    text = _MONTH_SPOKEN.sub(lambda found: _month(_MONTH[found["name"].lower()], found["year"]), text)
    text = _MONTH_NUMBERED.sub(lambda found: _month(int(found["number"]), found["year"]), text)
    return _SINCE_SPOKEN.sub(_SINCE, text)


def _month(number: int, year: str | None) -> str:
    return f"{year}-{number:02}" if year else month_name[number].lower()


def days_of(text: str, today: date) -> Period | None:
    """The days that the text names, both ends with it, `since` ones up to today; None if it names none.

    >>> days_of("2026-02", date(2026, 2, 10)).end
    datetime.date(2026, 2, 28)
    """
    if text.startswith(_SINCE) and (days := _by_name(text.removeprefix(_SINCE), today)):
        return Period(days.start, today)
    if days := _by_name(text, today):
        return days
    named = _ISO.fullmatch(text.removeprefix(_SINCE))
    if named is None:
        return None
    year, month, day_of_month = (int(part) if part else None for part in named.groups())
    try:
        start = date(year or 0, month or 1, day_of_month or 1)
    except ValueError:
        return None
    if text.startswith(_SINCE):
        return Period(start, max(start, today))
    last_month = month or 12
    return Period(start, date(start.year, last_month, day_of_month or monthrange(start.year, last_month)[1]))


def _by_name(text: str, today: date) -> Period | None:
    """The days of `today`, `yesterday`, `this-week` and the like, or of the latest month of that name that has begun."""
    if text in ("today", "yesterday"):
        day = today if text == "today" else today - timedelta(days=1)
        return Period(day, day)
    if text == "this-week":
        monday = today - timedelta(days=today.weekday())
        return Period(monday, monday + timedelta(days=6))
    if text == "this-year":
        return Period(date(today.year, 1, 1), date(today.year, 12, 31))
    month = today.month if text == "this-month" else _NAMED.get(text)
    if month is None:
        return None
    year = today.year if month <= today.month else today.year - 1
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
