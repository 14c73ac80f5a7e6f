"""When coins were held that the text gives no day for: at the end of the month that is reported on, else on the day of publication."""

from __future__ import annotations

from datetime import date, timedelta

from extractors.mentions import calendar as cal
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Stream, View
from extractors.model import Kind, Period, Span, Status
from extractors.rules.draft import Draft
from extractors.rules.periods import Report

_NOW = Cue(
    r"\b(?:now|currently|today|at present|presently|at the moment|(?:at|as of) (?:the time of )?(?:writing|publication|press time)"
    r"|to date|as"
    r" things stand|this (?:morning|week)|still (?:holds|has|retains|sits|owns|keeps|comes|counts)|what is left|heute|ahora"
    r"|actualmente|maintenant|agora|сейчас)\b"
)
# The end of a month, a quarter or a year that the sentence does not name.
_UNNAMED_END = Cue(
    r"\b(?P<unit>month|quarter|year)(?:'s)?[ -]end\b|\bend of (?:the|last) (?P<of>month|quarter|year)\b"
    r"|\b(?:ended|closed|finished|exited|wrapped up) (?:the|last) (?P<ended>month|quarter|year) with\b"
)
_NEAR, _STALE = 1, timedelta(days=60)
_MONTHS = range(28, 32)  # days


def date_holdings(stream: Stream, drafts: list[Draft], report: Report | None) -> None:
    """Set the day of every holding that has none."""
    if stream.published is None:
        return
    told = [draft for draft in drafts if draft.kind in {Kind.PRODUCTION, Kind.SALE} and draft.period and draft.status is Status.COMPLETED]
    for draft in drafts:
        if draft.kind is Kind.HOLDINGS and draft.period is None:
            view = stream.views[draft.place] if 0 <= draft.place < len(stream.views) else None
            known = _unnamed_end(view, stream.published) if view else None
            if known is None or known[2] == "month":
                known = (None if view and _says_now(view) else _month_end(draft, told, report, stream.published)) or known
            if known:
                draft.period, draft.period_span, draft.grain = known
            else:
                draft.period = cal.one_day(stream.published)


def _says_now(view: View) -> bool:
    return _NOW.search(view.cues, view.lower, view.sentence.start, view.sentence.end) is not None


def _unnamed_end(view: View, seen: date) -> tuple[Period, Span | None, str] | None:
    """ "At quarter-end", "at the end of the month": of the last that was over."""
    found = _UNNAMED_END.search(view.cues, view.lower, view.sentence.start, view.sentence.end)
    if found is None:
        return None
    unit = found["unit"] or found["of"] or found["ended"]
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = date(seen.year, (seen.month - 1) // months * months + 1, 1)
    return cal.one_day(first - timedelta(days=1)), Span(*found.span()), unit


def _month_end(draft: Draft, told: list[Draft], report: Report | None, seen: date) -> tuple[Period, Span | None, str] | None:
    """The end of the month of what the same miner mined or sold, told right beside; else of the month of the report."""
    beside = [
        other
        for other in told
        if other.company
        and draft.company
        and other.company.name == draft.company.name
        and abs(other.place - draft.place) <= _NEAR
        and other.period
    ]
    beside.sort(key=lambda other: (abs(other.place - draft.place), not other.place <= draft.place))
    for other in beside:
        if other.period and _is_month(other.period):
            return _end(other.period, other.period_span, seen)
        return None
    return _end(report.period, report.span, seen) if report and report.grain == "month" else None


def _is_month(period: Period) -> bool:
    return period.start.day == 1 and (period.end - period.start).days + 1 in _MONTHS and period.start.month == period.end.month


def _end(period: Period, span: Span | None, seen: date) -> tuple[Period, Span | None, str] | None:
    """Its last day, unless it lies ahead or is long past."""
    return (cal.one_day(period.end), span, "report") if period.end <= seen <= period.end + _STALE else None
