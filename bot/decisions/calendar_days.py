"""Days of the calendar as people type them: `2026-02-08`, `2026-02`, `2026`, `today`, `yesterday`, `since 2026-02-08`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from extractors.model import Period

_ISO = re.compile(r"(20\d\d)(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_SINCE = "since "


def days_of(text: str, today: date) -> Period | None:
    """The days that the text names, both ends with it, `since` ones up to today; None if it names none.

    >>> days_of("2026-02", date(2026, 2, 10)).end
    datetime.date(2026, 2, 28)
    """
    if text in ("today", "yesterday"):
        day = today if text == "today" else today - timedelta(days=1)
        return Period(day, day)
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
