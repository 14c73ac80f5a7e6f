"""When it happened: the date that stands nearest, else that of the report, else that of the sentence before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.mentions import calendar as cal
from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.dates import DateMention
from extractors.mentions.stream import Stream, View
from extractors.model import Kind, Period, Span, Status
from extractors.rules import costs
from extractors.rules.draft import Draft

_FLOW_GRAINS = frozenset({"day", "days", "week", "weekend", "month", "quarter", "half", "year", "ytd", "range"})
_NOT_WHEN = re.compile(
    r"(?:\b(?:first (?:\w+ ){0,4}since|since|than in|from|up from|down from|versus|vs\.?|against|under|after|compared (?:with|to)|until|by|before|above|below|than|on top of|as of|at|maturing|due|matures|nachfrist|ahead of|than that of|same quarter|same month|same period) |\()(?:the |its |(?:the )?(?:end|start|beginning|close) of )?$"
)
_SAID = re.compile(
    r"\b(?:said|says|announced|reported|disclosed|told|published|statement|update|release|released|filing|confirmed|wrote|revealed|filed|post|posted|tweeted|issued|unveiled)(?: (?:on|late|early|in|this|last|its|a|the|an|dated|of|to|x|twitter|reporters|investors|cointelegraph|shareholders))*,? $|\b(?:its|a|the) $"
)
_SAID_BEHIND = re.compile(r"^(?:'s)? (?:statement|update|release|filing|announcement|report|post|press|confirmation|close|morning|low|high|price|that)\b")


@dataclass(frozen=True, slots=True)
class Report:
    """The period that the article as a whole reports on, with its span."""

    period: Period
    span: Span
    grain: str


def report_of(stream: Stream) -> Report | None:
    """The period of a periodical report, from its title, or from "for the month ended ..." near its head."""
    for view in stream.views[:1]:
        for mention in view.dates:
            if mention.grain in {"month", "quarter"} and not _NOT_WHEN.search(view.lower, 0, mention.span.start):
                return _matching(stream, Report(mention.period, mention.span, mention.grain))
    for view in stream.views[:5]:
        for mention in view.dates:
            if mention.grain not in {"month", "quarter"}:
                continue
            if re.match(r"(?:'s)? (?:\w+ ){0,2}(?:update|figures|results|data|numbers|report)\b", view.lower[mention.span.end : mention.span.end + 40]):
                return _matching(stream, Report(mention.period, mention.span, mention.grain))
            if re.search(
                r"\b(?:update|figures|results|data|numbers|production|operations|report|metrics)\b[^.]{0,60}$",
                view.lower[max(view.sentence.start, mention.span.start - 90) : mention.span.start],
            ):
                return _matching(stream, Report(mention.period, mention.span, mention.grain))
    return None


def _matching(stream: Stream, report: Report) -> Report:
    """A fiscal quarter is what "ended June 30" says, whatever its number."""
    if report.grain != "quarter":
        return report
    for mention in stream.dates[:12]:
        words = stream.read.lower[mention.span.start : mention.span.end]
        if mention.grain == "quarter" and re.search(r"\bend(?:ed|ing)\b", words) and mention.period != report.period:
            fiscal = "fiscal" in stream.read.lower[: mention.span.end]
            if fiscal:
                return Report(mention.period, mention.span, "quarter")
    return report


def date_draft(view: View, draft: Draft, report: Report | None) -> None:
    """Set the period of a draft from its own sentence, or from the report."""
    mention = _holding_date(view, draft) if draft.kind is Kind.HOLDINGS else _flow_date(view, draft)
    if mention:
        draft.period, draft.period_span, draft.grain = _as_point(draft, mention.period), mention.span, mention.grain
        if draft.status is Status.PLANNED and draft.kind is Kind.SALE:
            _look_ahead(view, draft, mention)
    elif report and draft.kind is Kind.HOLDINGS and report.grain == "month" and re.search(r"\bmonth[- ]end\b|end of the month|\bend\b", view.lower[view.sentence.start : view.sentence.end]):
        draft.period, draft.period_span, draft.grain = cal.one_day(report.period.end), report.span, "report"
    elif report and draft.kind in {Kind.SALE, Kind.PRODUCTION}:
        draft.period, draft.period_span, draft.grain = report.period, report.span, "report"


def carried_date(view: View, known: Report | None) -> Report | None:
    """The last month, quarter or week that a sentence told something of, for the sentences behind it."""
    for mention in reversed(view.dates):
        if mention.grain in {"month", "quarter", "week", "weekend", "range", "days"} and not _NOT_WHEN.search(
            view.lower, max(view.sentence.start, mention.span.start - 44), mention.span.start
        ):
            return Report(mention.period, mention.span, "carried")
    return known


def _look_ahead(view: View, draft: Draft, mention: DateMention) -> None:
    """A plan lies ahead: "in the second quarter" said in March is the coming one; a month that is over belongs to something else."""
    if mention.grain not in {"month", "quarter", "half"} or re.search(r"20\d\d", view.lower[mention.span.start : mention.span.end]):
        return
    seen = view.published
    if seen is None or mention.period.end >= seen:
        return
    coming = Period(_next_year(mention.period.start), _next_year(mention.period.end))
    if (coming.start - seen).days <= 200:
        draft.period = coming
    else:
        draft.period, draft.period_span, draft.grain = None, None, ""


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _as_point(draft: Draft, period: Period) -> Period:
    return cal.one_day(period.end) if draft.kind is Kind.HOLDINGS else period


def _flow_date(view: View, draft: Draft) -> DateMention | None:
    options = [(cost, index) for index, mention in enumerate(view.dates) if (cost := _date_cost(view, draft, mention)) < 3.2]
    return view.dates[min(options)[1]] if options else None


def _date_cost(view: View, draft: Draft, mention: DateMention) -> float:
    if mention.grain not in _FLOW_GRAINS:
        return costs.FAR
    before = view.lower[max(view.sentence.start, mention.span.start - 44) : mention.span.start]
    behind = view.lower[mention.span.end : min(view.sentence.end, mention.span.end + 24)]
    cost = 0.0
    if draft.status is Status.PLANNED and re.search(r"\b(?:by|before|until|through) (?:the (?:end|close) of )?(?:the )?$", before):
        before = ""
    if mention.grain == "day" and (_SAID.search(before) or _SAID_BEHIND.match(behind)):
        cost += 3.0
    if mention.grain == "range" and re.search(r"\bfirst\b[^.;]{0,40}\bsince $", before):
        return costs.FAR
    if _NOT_WHEN.search(before) and mention.grain != "range":
        cost += 3.5
    place = draft.btc or draft.usd
    spots = [draft.anchor] + ([Span(place.start, place.end)] if place else [])
    if place and _another_between(view, place, mention.span):
        cost += 1.4
    return cost + min(_way(view, spot, mention.span) for spot in spots)


def _another_between(view: View, place: Amount, other: Span) -> bool:
    """Whether another figure of coins stands nearer to the date."""
    first, last = (place.end, other.start) if place.end <= other.start else (other.end, place.start)
    return any(first <= amount.start and amount.end <= last and amount.counts in {Counts.BTC, Counts.BARE} for amount in view.amounts)


def _way(view: View, spot: Span, other: Span) -> float:
    if spot.start < other.end and other.start < spot.end:
        return 0.0
    first, second = sorted((spot, other))
    return 0.7 * costs.crossing(view, first.end, second.start) + (0.3 if other < spot else 0.0)


def _holding_date(view: View, draft: Draft) -> DateMention | None:
    options = []
    for index, mention in enumerate(view.dates):
        if mention.grain in {"day", "end", "month", "quarter", "days"}:
            place = draft.btc or draft.usd
            spots = [draft.anchor] + ([Span(place.start, place.end)] if place else [])
            way = min(_way(view, spot, mention.span) for spot in spots)
            before = view.lower[max(view.sentence.start, mention.span.start - 24) : mention.span.start]
            behind = view.lower[mention.span.end : mention.span.end + 24]
            if mention.grain == "day" and (_SAID.search(before) or _SAID_BEHIND.match(behind)):
                way += 3.0
            options.append((way, index))
    if not options or min(options)[0] > 4.0:
        return None
    return view.dates[min(options)[1]]
