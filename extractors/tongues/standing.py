"""Whether a deed was done, is planned or rumoured, or did not happen; None where it cannot be told."""

from __future__ import annotations

from typing import NamedTuple

from extractors.mentions.amounts import Amount
from extractors.mentions.stream import Trigger, View
from extractors.model import Kind, Span, Status
from extractors.tongues.ways import clause, stretch_start
from extractors.tongues.words import Tongue

_STATES = frozenset({Kind.PRODUCTION.value, Kind.HOLDINGS.value})


class Standing(NamedTuple):
    """What is said of the deed, and the words that say it."""

    status: Status
    span: Span | None = None


_PLAN_REACH = 100
_AHEAD = frozenset({"open", "future"})
_NEGATED_BEHIND = frozenset({"de"})  # "verkaufte keine Bitcoin"


def standing(view: View, trigger: Trigger, amount: Amount, language: Tongue) -> Standing | None:
    """Read the clause around the trigger, and words of plan before it."""
    start, end = clause(view, min(trigger.start, amount.start), max(trigger.end, amount.end))
    if trigger.kind in _STATES and amount.end <= trigger.start:
        start = amount.end  # "no vendió ninguno de los 31,4 BTC que produjo": what is denied is the sale
    if is_denied(view, trigger, start, end, language) or _is_asked(view):
        return None
    if trigger.form in _AHEAD and language.has("sense.denial", view.lower, stretch_start(view, trigger.start), trigger.start):
        return None  # "dementiert Pläne, 280 BTC zu verkaufen": over the comma before an infinitive
    for words in ("sense.if", "sense.hypothetical"):
        if language.has(words, view.lower, start, trigger.end):
            return None
    rumour = next(language.spans("sense.rumour", view.lower, start, end), None)
    if rumour:
        return Standing(Status.RUMOURED, rumour)
    return _planned(view, trigger, amount, language)


def is_denied(view: View, trigger: Trigger, start: int, end: int, language: Tongue) -> bool:
    """Whether a word of negation stands in the clause, before the verb or (German, "verkaufte keine Bitcoin") behind it."""
    idioms = list(language.spans("sense.no_negation", view.lower, start, end))
    for span in language.spans("sense.negation", view.lower, start, end):
        idle = any(idiom.start <= span.start < idiom.end for idiom in idioms)
        behind = language.name in _NEGATED_BEHIND and span.start - trigger.end <= 60
        if not idle and (span.end <= trigger.start or behind):
            return True
    return False


def _is_asked(view: View) -> bool:
    return view.read.text[view.sentence.start : view.sentence.end].rstrip().endswith(("?", "？"))


def _planned(view: View, trigger: Trigger, amount: Amount, language: Tongue) -> Standing | None:
    first = max(stretch_start(view, trigger.start), trigger.start - _PLAN_REACH)
    place = Span(trigger.start, trigger.end)
    if trigger.form == "future":
        return Standing(Status.PLANNED, place)
    may = next(language.spans("sense.may", view.lower, first, trigger.start), None)
    if may:
        upto = language.has("sense.up_to", view.lower, min(trigger.end, amount.start) - 30, max(trigger.end, amount.start))
        return Standing(Status.PLANNED, may) if upto else None
    plan = _plan_before(view, trigger, first, language)
    if plan:
        return Standing(Status.PLANNED, plan)
    if trigger.form == "open" and not language.has("sense.carried_out", view.lower, first, trigger.start):
        return None
    return Standing(Status.COMPLETED)


def _plan_before(view: View, trigger: Trigger, first: int, language: Tongue) -> Span | None:
    """The last word of plan before a verb or noun that it can go with, with no other deed between."""
    if language.spaced and trigger.form == "done":
        return None
    plans = list(language.spans("sense.plan", view.lower, first, trigger.start))
    if trigger.sort == "noun":
        plans = [span for span in plans if trigger.start - span.end <= 24]
    if not plans:
        return None
    last = plans[-1]
    between = any(last.end <= other.start and other.end <= trigger.start and other.form == "done" for other in view.triggers)
    done = language.has("sense.already", view.lower, last.end, trigger.start)
    return None if done or (between and language.spaced) else last
