"""When a plan is to be done: what lies ahead of the day of publication, and deadlines ("by June 30", "by the end of the quarter")."""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.mentions import calendar as cal
from extractors.mentions.dates import DateMention
from extractors.mentions.stream import View
from extractors.model import Kind, Period, Status
from extractors.rules.draft import Draft

_BY = re.compile(r"\b(?:by|before|until|till|no later than|not later than) (?:the )?(?:(?:end|close) of )?(?:the )?$")
_YEAR_NAMED = re.compile(r"20\d\d")
_FARTHEST = timedelta(days=200)  # ahead: what is farther belongs to something else


def is_ahead_only(view: View, draft: Draft, mention: DateMention) -> bool:
    """Whether a date cannot be that of a deed that is done."""
    if draft.status is not Status.COMPLETED:
        return False
    return mention.grain == "ahead" or (view.published is not None and mention.period.start > view.published)


def is_deadline(view: View, draft: Draft, mention: DateMention) -> bool:
    """ "By the end of the first quarter" of a plan: from now to then."""
    if draft.status is not Status.PLANNED or view.published is None or mention.grain not in {"end", "day"}:
        return False
    before = view.lower[max(view.sentence.start, mention.span.start - 34) : mention.span.start]
    within = mention.grain == "day" or view.lower.startswith("end", mention.span.start)
    return bool(_BY.search(before)) and (mention.period.end >= view.published or (within and not _named(view, mention)))


def is_until(draft: Draft, before: str) -> bool:
    """ "Before Q1 is out it wants to be rid of ...": of a plan, a month or quarter it is to be done by."""
    return draft.status is Status.PLANNED and bool(_BY.search(before))


def look_ahead(view: View, draft: Draft, mention: DateMention) -> None:
    """Move the date of a plan to where plans lie.

    "In the second quarter" said in March is the coming one, "this year" is the whole year; a month that is over is something else's.
    """
    seen = view.published
    if seen is None or draft.kind is not Kind.SALE or draft.status is Status.COMPLETED:
        return
    if is_deadline(view, draft, mention):
        end = mention.period.end if mention.period.end >= seen or _named(view, mention) else _next_year(mention.period.end)
        draft.period = Period(seen, end)
        return
    if (
        draft.status is Status.PLANNED
        and mention.grain == "ytd"
        and view.lower.startswith(("this year", "current year"), mention.span.start)
    ):
        draft.period = cal.months(seen.year, 1, 12)
        return
    if mention.grain not in {"month", "quarter", "half", "range"} or _named(view, mention) or mention.period.end >= seen:
        return
    coming = Period(_next_year(mention.period.start), _next_year(mention.period.end))
    if coming.start - seen <= _FARTHEST:
        draft.period = coming
    elif draft.status is Status.PLANNED:
        draft.period, draft.period_span, draft.grain = None, None, ""


def _named(view: View, mention: DateMention) -> bool:
    return bool(_YEAR_NAMED.search(view.lower, mention.span.start, mention.span.end))


def _next_year(day: date) -> date:
    last = 29 if cal.safe_day(day.year + 1, 2, 29) else 28
    return day.replace(year=day.year + 1, day=min(day.day, last) if day.month == 2 else day.day)
