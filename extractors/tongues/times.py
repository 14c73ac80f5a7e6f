"""When it happened: the date right behind the coins, the nearest of the clause, the report's month, the sentence before."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.mentions import calendar as cal
from extractors.mentions.amounts import Counts
from extractors.mentions.dates import DateMention
from extractors.mentions.stream import Stream, View
from extractors.model import Kind, Span, Status
from extractors.rules.draft import Draft
from extractors.tongues.sentences import is_part
from extractors.tongues.ways import clause
from extractors.tongues.words import Tongue

_FLOWS = frozenset({"day", "days", "week", "weekend", "month", "quarter", "half", "year", "range"})
_LEVELS = frozenset({"end", "day", "month", "quarter"})
_RIGHT_BEHIND = 24


def date_drafts(view: View, drafts: Sequence[Draft], language: Tongue) -> None:
    """Set the periods of the drafts of a sentence from the dates that it tells."""
    for draft in drafts:
        grains = _LEVELS if draft.kind is Kind.HOLDINGS else _FLOWS
        options = [mention for mention in view.dates if mention.grain in grains and _tells_when(view, mention, language)]
        options = [mention for mention in options if not _is_of_another(view, draft, mention, drafts, language)]
        if options and draft.status is not Status.PLANNED:
            _set(draft, min(options, key=lambda mention: _distance(draft, mention)))
    _share(drafts)
    _date_parts(view, drafts, language)


def _date_parts(view: View, drafts: Sequence[Draft], language: Tongue) -> None:
    """ "Vendió 403 de los 473 BTC que minó en mayo": the part has the time of the whole."""
    for part in drafts:
        for whole in drafts if part.kind is Kind.SALE and part.period is None else ():
            if part.btc and whole.btc and whole.kind is Kind.PRODUCTION and is_part(view, part.btc, whole.btc, language):
                part.period, part.period_span, part.grain = whole.period, whole.period_span, "report"


def _share(drafts: Sequence[Draft]) -> None:
    """ "Produjo 493 BTC en septiembre y se vendieron 6,2": what is told before goes for what follows in the sentence."""
    known: Draft | None = None
    for draft in drafts:
        if draft.kind is Kind.HOLDINGS or draft.status is Status.PLANNED:
            continue
        if draft.period is None and known:
            draft.period, draft.period_span, draft.grain = known.period, known.period_span, "report"
        elif draft.period and draft.grain != "day":
            known = draft


def date_later(view: View, sale: Draft, language: Tongue) -> None:
    """A sentence behind a sale without a date that tells when it was."""
    told = any(trigger.kind == Kind.SALE for trigger in view.triggers) or language.has(
        "sale.about", view.lower, view.sentence.start, view.sentence.end
    )
    options = [mention for mention in view.dates if mention.grain in _FLOWS and _tells_when(view, mention, language)]
    if told and options and sale.status is not Status.PLANNED:
        _set(sale, options[0])


def report_of(stream: Stream) -> DateMention | None:
    """The month or quarter that the headline names."""
    dates = stream.views[0].dates if stream.views else []
    return next((mention for mention in dates if mention.grain in {"month", "quarter"}), None)


def carried(view: View, known: DateMention | None, language: Tongue) -> DateMention | None:
    """The last time that a sentence told something of, for the sentences behind it."""
    for mention in reversed(view.dates):
        if mention.grain in {"month", "quarter", "range", "week", "weekend", "days"} and _tells_when(view, mention, language):
            return mention
    return known


def date_from(mention: DateMention | None, draft: Draft) -> None:
    """The period of the report, for a flow that has none of its own."""
    if mention and draft.period is None and draft.kind is not Kind.HOLDINGS and draft.status is not Status.PLANNED:
        draft.period, draft.period_span, draft.grain = mention.period, mention.span, "report"


def date_levels(view: View, drafts: Sequence[Draft], known: DateMention | None, language: Tongue) -> None:
    """ "Al cierre del mes": a holding at the end of the month that is spoken of."""
    if known is None or known.grain != "month":
        return
    for draft in drafts:
        told = language.has("time.month_end", view.lower, view.sentence.start, view.sentence.end)
        if told and draft.kind is Kind.HOLDINGS and draft.period is None:
            draft.period, draft.period_span, draft.grain = cal.one_day(known.period.end), known.span, "report"


def _set(draft: Draft, mention: DateMention) -> None:
    period = cal.one_day(mention.period.end) if draft.kind is Kind.HOLDINGS else mention.period
    draft.period, draft.period_span, draft.grain = period, mention.span, mention.grain


def _tells_when(view: View, mention: DateMention, language: Tongue) -> bool:
    """Not "since June", "than in May", "said on Thursday"."""
    start = max(view.sentence.start, mention.span.start - 40)
    if language.before("time.not_when", view.lower, start, mention.span.start):
        return False
    if mention.grain != "day":
        return True
    first, last = clause(view, *mention.span)
    if language.spaced:  # "informó que vendió 12 BTC el martes": the day of the deed that stands between
        first = max([first, *(trigger.end for trigger in view.triggers if trigger.form == "done" and trigger.end <= mention.span.start)])
    else:  # "宣布昨日已出售": a time stands before its verb
        first = mention.span.end
    return not language.has("time.said", view.lower, first, min(last, mention.span.end + 20))


def _is_of_another(view: View, draft: Draft, mention: DateMention, drafts: Sequence[Draft], language: Tongue) -> bool:
    """Whether the date stands right behind the coins of another draft, or of a figure that is compared."""
    own = draft.btc or draft.usd
    first, last = clause(view, *mention.span)
    inside = [amount for amount in view.amounts if amount.counts is Counts.BTC and first <= amount.start < last]
    if own and inside and not first <= own.start < last and not first <= draft.anchor.start < last:
        return True
    for amount in view.amounts:
        if amount is own or amount.counts not in {Counts.BTC, Counts.BARE} or (own and amount.value == own.value):
            continue
        if own and amount.end <= own.start < mention.span.start:
            continue  # the draft's own coins stand between
        if 0 <= mention.span.start - amount.end <= _RIGHT_BEHIND:
            between = view.lower[amount.end : mention.span.start]
            if "," not in between and not language.has("figure.and", view.lower, amount.end, mention.span.start):
                return True
    levels = draft.kind is not Kind.HOLDINGS and any(
        other.kind is Kind.HOLDINGS and other.trigger and _touches(other, mention) for other in drafts
    )
    return levels and mention.grain == "end"


def _touches(draft: Draft, mention: DateMention) -> bool:
    return bool(draft.btc) and draft.btc is not None and abs(draft.btc.start - mention.span.start) <= 40


def _distance(draft: Draft, mention: DateMention) -> float:
    spots = [draft.anchor] + ([Span(draft.btc.start, draft.btc.end)] if draft.btc else [])
    ways = [mention.span.start - spot.end if mention.span.start >= spot.end else 1.2 * (spot.start - mention.span.end) for spot in spots]
    return min(max(way, 0) for way in ways) + (0 if mention.grain != "year" else 30)
