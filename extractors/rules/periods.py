"""When it happened: the date that stands nearest, else that of the report, else that of the sentence before."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple

from extractors.mentions import calendar as cal
from extractors.mentions.amounts import Amount
from extractors.mentions.dates import DateMention
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Stream, View
from extractors.model import Kind, Period, Span, Status
from extractors.rules import costs
from extractors.rules.ahead import is_ahead_only, is_deadline, is_until, look_ahead
from extractors.rules.draft import Draft
from extractors.rules.holdings import opens_time
from extractors.rules.notwhen import is_elsewhere, is_of_saying, stands_against, words_before
from extractors.rules.othersdays import is_anothers, owners_of
from extractors.rules.sale import is_share

_FLOW_GRAINS = frozenset({"day", "days", "week", "weekend", "month", "quarter", "half", "year", "ytd", "range", "ahead"})


class Report(NamedTuple):
    """The period that the article as a whole reports on, with its span; a day that is carried has `owners`, the miners named beside it."""

    period: Period
    span: Span
    grain: str
    owners: frozenset[str] = frozenset()


def report_of(stream: Stream) -> Report | None:
    """The period of a periodical report, from its title, or from "for the month ended ..." near its head."""
    for view in stream.views[:1]:
        for mention in view.dates:
            before = view.lower[: mention.span.start]
            if COMING.search(view.cues, before):
                continue
            if mention.grain in {"month", "quarter"} and (not stands_against(before) or _AFTER_A.search(before)):
                return _matching(stream, Report(mention.period, mention.span, mention.grain))
    for view in stream.views[:5]:
        for mention in view.dates:
            if mention.grain not in {"month", "quarter"} or COMING.search(
                view.cues, view.lower, max(view.sentence.start, mention.span.start - 70), mention.span.start
            ):
                continue
            if _REPORT_BEHIND.match(view.lower[mention.span.end : mention.span.end + 40]) or _REPORT_BEFORE.search(
                view.cues, view.lower, max(view.sentence.start, mention.span.start - 90), mention.span.start
            ):
                return _matching(stream, Report(mention.period, mention.span, mention.grain))
    return None


_REPORT_BEHIND = re.compile(r"(?:'s)? (?:\w+ ){0,2}(?:update|figures|results|data|numbers|report)\b")
_REPORT_BEFORE = Cue(r"\b(?:update|figures|results|data|numbers|production|operations|report|metrics)\b[^.]{0,60}$")
# "To report fourth quarter results on March 5", "sets the date of its Q4 call": what the report will tell is not told yet.
COMING = Cue(
    r"\b(?:(?<=\bto )(?:report|release|publish|announce|present|host|hold|discuss|post|unveil)|(?<=\bwill )(?:report|release|publish"
    r"|announce|present|host|hold|post)|schedul(?:es|ed|ing)|sets? (?:the |a )?date|announces? (?:the )?dates?|date (?:of|for)"
    r"|invites? to)\b[^.;:]{0,60}$"
)
_AFTER_A = re.compile(r"\bafter an? (?:\w+ )?$")  # "Holds 8,067 BTC after a February of 418"


def _matching(stream: Stream, report: Report) -> Report:
    """A fiscal quarter is what "three months to September 30, 2023" says, whatever its number."""
    if report.grain != "quarter":
        return report
    for mention in stream.dates[:12]:
        words = stream.read.lower[mention.span.start : mention.span.end]
        if mention.grain == "quarter" and re.search(r"\b(?:ended|ending|to|through) .*20\d\d", words):
            return Report(mention.period, mention.span, "quarter")
    return report


def date_draft(view: View, draft: Draft, report: Report | None) -> None:
    """Set the period of a draft from its own sentence, or from the report."""
    mention = _holding_date(view, draft) if draft.kind is Kind.HOLDINGS else _flow_date(view, draft)
    if (
        report
        and draft.kind is not Kind.HOLDINGS
        and view.cues & _IN_THE_PERIOD.bit
        and _IN_THE_PERIOD.search(
            view.cues, view.lower, max(view.sentence.start, draft.anchor.start - 70), min(view.sentence.end, draft.anchor.end + 60)
        )
    ):
        mention = mention if mention and mention.grain == report.grain else None
    if mention and mention.grain in {"week", "days"}:
        mention = _from_day_of_word(view, mention)
    if mention:
        draft.period, draft.period_span, draft.grain = _as_point(view, draft, mention.period), mention.span, mention.grain
        if mention.grain == "end" and view.published and draft.kind is Kind.SALE:
            draft.period = Period(min(view.published, mention.period.end), mention.period.end)
        look_ahead(view, draft, mention)
    elif report and draft.kind in {Kind.SALE, Kind.PRODUCTION} and not _is_of_another_day(view, draft, report):
        draft.period, draft.period_span, draft.grain = report.period, report.span, "report"
    _in_fiscal_years(view, draft)


_AFTER_IT = Cue(
    r"\b(?:after|since|subsequent to|following|post) (?:the )?(?:end of (?:the |its )?|close of (?:the |its )?)?(?:fiscal |reporting )?"
    r"(?:quarter|period|month|year|half)(?:'s)?(?:[- ](?:end(?:ed|ing)?|closed?|was over|had ended|had closed|finish))?\b(?! of\b)"
    r"|\b(?:after|since|subsequent to|following|post)[- ](?:the )?(?:quarter|period|month|year)-?end\b|\bsubsequently\b"
)


def _is_of_another_day(view: View, draft: Draft, report: Report) -> bool:
    return _is_after_it(view, draft, report) or is_anothers(view, draft, report.owners)


def _is_after_it(view: View, draft: Draft, report: Report) -> bool:
    """ "After the quarter ended it sold 550 BTC": not in what is reported on."""
    if report.grain == "carried" or draft.kind is not Kind.SALE:
        return False
    found = _AFTER_IT.search(view.cues, view.lower, view.sentence.start, view.sentence.end)
    place = draft.btc.start if draft.btc else draft.anchor.start
    return found is not None and not re.search(r"[;:] |, (?:and|but|while) ", view.lower[min(found.end(), place) : place])


_FISCAL = re.compile(r"\b(?:fiscal|fy ?(?:20)?2\d|fq[1-4]|[1-4]q ?fy)\b")
_ENDED = re.compile(r"\b(?:end(?:ed|ing)|to|through)\b")


def _in_fiscal_years(view: View, draft: Draft) -> None:
    """ "The first quarter of fiscal 2024" of a miner whose fiscal year does not end in December."""
    ends = draft.company.miner.year_end if draft.company and draft.company.miner else 12
    if ends == 12 or not draft.period or not draft.period_span or draft.grain not in {"quarter", "half", "year", "report"}:
        return
    span = draft.period_span
    words = view.lower[max(0, span.start - 8) : span.end + 12]
    if (draft.period.end - draft.period.start).days > 80 and _FISCAL.search(words) and not _ENDED.search(words):
        named = re.search(r"2\d\b", words)
        draft.period = cal.fiscal(draft.period, ends, None if named else view.published)


_IN_THE_PERIOD = Cue(
    r"\b(?:in|during|for|over|within) the (?:quarter|month|period)\b(?! (?:ended|ending|to|of|before|earlier|ago|through))"
)


def _from_day_of_word(view: View, mention: DateMention) -> DateMention:
    """ "On Tuesday it said that it had sold ... over the past week": the week up to that Tuesday."""
    seen = view.published
    if seen is None or mention.period.end != seen:
        return mention
    for other in view.dates:
        back = (seen - other.period.end).days
        if other.grain == "day" and 0 < back <= 6 and other.period.start == other.period.end:
            shift = timedelta(days=back)
            return mention._replace(period=Period(mention.period.start - shift, mention.period.end - shift))
    return mention


_IN_THE_QUARTER = Cue(r"\b(?:in|during|for) the (?:quarter|trimester)\b")


def report_for(view: View, report: Report | None, stream: Stream) -> Report | None:
    """What a sentence reports on: "in the quarter" is the first quarter that the article names."""
    if report and report.grain == "carried":
        report = report._replace(owners=owners_of(stream, report.period, report.span))
    if not view.cues & _IN_THE_QUARTER.bit or (report and report.grain == "quarter"):
        return report
    if _IN_THE_QUARTER.search(view.cues, view.lower, view.sentence.start, view.sentence.end):
        for mention in stream.dates[:20]:
            if mention.grain == "quarter":
                return Report(mention.period, mention.span, "quarter")
    return report


def _as_point(view: View, draft: Draft, period: Period) -> Period:
    if draft.kind is not Kind.HOLDINGS:
        return period
    eve = draft.trigger is not None and draft.trigger.sort == "gap" and opens_time(view, draft.trigger)
    return cal.one_day(period.start - timedelta(days=1) if eve else period.end)


def _flow_date(view: View, draft: Draft) -> DateMention | None:
    if view.lower.find("respectively", view.sentence.start, view.sentence.end) >= 0:
        figures = [amount for amount in view.amounts if amount.counts in costs.COINS]
        dates = [mention for mention in view.dates if mention.grain in _FLOW_GRAINS and not _is_beside(view, mention)]
        if len(dates) == len(figures) > 1 and draft.btc in figures:
            return dates[figures.index(draft.btc)]
    options = [(_date_cost(view, draft, mention), index) for index, mention in enumerate(view.dates)]
    options = [option for option in options if option[0] < costs.FAR]
    if not options:
        return _shared_date(view)
    cost, index = min(options)
    alone = len({view.dates[other].period for _, other in options}) == 1 and cost < 8.0
    limit = 1.2 if draft.status is Status.PLANNED and view.dates[index].grain == "day" else 3.2
    return view.dates[index] if cost < limit or (alone and limit > 2) else None


def _is_beside(view: View, mention: DateMention) -> bool:
    """Whether the date is one of comparison, or of saying."""
    before = words_before(view, mention)
    return stands_against(before) or (mention.grain == "day" and is_of_saying(view, mention, before))


def _shared_date(view: View) -> DateMention | None:
    """ "5 and 7 BTC in September, respectively": the one date is everyone's."""
    dates = [mention for mention in view.dates if mention.grain in {"month", "quarter", "range", "week"}]
    if len(dates) != 1 or "respectively" not in view.lower[view.sentence.start : view.sentence.end]:
        return None
    return None if stands_against(words_before(view, dates[0])) else dates[0]


def _date_cost(view: View, draft: Draft, mention: DateMention) -> float:
    deadline = draft.status is Status.PLANNED and is_deadline(view, draft, mention)
    if (mention.grain not in _FLOW_GRAINS and not deadline) or is_ahead_only(view, draft, mention):
        return costs.FAR
    before = words_before(view, mention)
    if before.endswith("since ") and re.search(
        r"\b(?:first|not|never|n't|no|untouched|only)\b", view.lower[view.sentence.start : mention.span.start]
    ):
        return costs.FAR
    if not (deadline or is_until(draft, before)) and is_elsewhere(view, mention, before):
        return costs.FAR
    if draft.kind is Kind.SALE and mention.grain in {"day", "end"} and _is_of_holding(draft, mention, before):
        return costs.FAR
    said = mention.grain == "day" and is_of_saying(view, mention, before)
    place = draft.btc or draft.usd
    if (said and draft.kind in {Kind.SALE, Kind.PRODUCTION}) or (place and _another_between(view, place, mention.span)):
        return costs.FAR
    spots = ([draft.anchor] if draft.own or not place else []) + ([Span(place.start, place.end)] if place else [])
    return (3.0 if said else 0.0) + min([_way(view, spot, mention.span) for spot in spots])


_HELD_ON = re.compile(r"\b(?:held|holds|showed?|shows|stood|owned|counted|remained|kept)\b[^.;]{0,40} (?:on|at) $")


def _is_of_holding(draft: Draft, mention: DateMention, before: str) -> bool:
    """ "The books showed 31 BTC on March 31, while sales put ..."."""
    found = _HELD_ON.search(before)
    if not found:
        return False
    first = mention.span.start - len(before) + found.start()
    return not first < draft.anchor.start < mention.span.start


def _another_between(view: View, place: Amount, other: Span) -> bool:
    """Whether the date is another figure's: it stands right behind one ("after 200 in March") or owns it ("September's 90")."""
    if view.lower.startswith(" to ", place.end):
        return False  # "lowered its holdings by 62 to 4 in September": where it came to
    reach = 10 if view.lower.startswith("'s ", other.end) else 1  # "September's 90", "in August 663"
    return any(
        amount.value != place.value
        and (
            (place.end <= amount.start and 0 <= other.start - amount.end <= 17 and not is_share(view, amount))
            or (place.end <= other.start and amount.start - other.end == 1)
            or (reach > 1 and 0 <= amount.start - other.end <= reach)
        )
        for amount in view.amounts
        if amount.counts in costs.COINS
    )


def _way(view: View, spot: Span, other: Span) -> float:
    if spot.start < other.end and other.start < spot.end:
        return 0.0
    first, second = sorted((spot, other))
    return 0.7 * costs.crossing(view, first.end, second.start) + (0.3 if other < spot else 0.0)


_EARLIER_FIGURE = re.compile(r"\b(?:after|against|versus|vs\.?|than) (?:the |about )?\d[\d.,]*(?: [a-z]+)? (?:in|of|for|during) $")


def _holding_date(view: View, draft: Draft) -> DateMention | None:
    options = []
    for index, mention in enumerate(view.dates):
        if mention.grain in {"day", "end", "month", "quarter", "days"}:
            place = draft.btc or draft.usd
            spots = [draft.anchor] + ([Span(place.start, place.end)] if place else [])
            way = min(_way(view, spot, mention.span) for spot in spots)
            before = view.lower[max(view.sentence.start, mention.span.start - 24) : mention.span.start]
            if mention.grain == "day" and is_of_saying(view, mention, before):
                way += 3.0
            if mention.grain in {"month", "quarter"} and _EARLIER_FIGURE.search(before):
                continue  # "mined 124 in May, after 166 in April, and owned 2,317"
            options.append((way, index))
    if not options or min(options)[0] > 4.0:
        return None
    return view.dates[min(options)[1]]
