"""Figures of a comparison: "against 466 in May", "down from 8,058", "(June: 4.35)": they stand for another period or another thing."""

from __future__ import annotations

import re
from functools import reduce
from operator import or_

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import View
from extractors.rules import costs

APPROX = (
    r"(?:about |around |some |roughly |approximately |approx\.? |nearly |almost |just |only |a |an |the |its |their |over |merely "
    r"|ca\. |~|≈|c\. "
    r"|an estimated |estimated |(?:january|february|march|april|may|june|july|august|september|october|november|december)'s "
    r"|(?:the )?(?:month|quarter|year|week)'s |as (?:many|much) as )*"
)


_MORE_THAN = r"(?:no )?(?:more|less|fewer|better|greater|other|rather|larger|bigger) than "


_COMPARED = Cue(
    rf"(?:\b(?:versus|vs\.?|against|compared (?:with|to)|comparison (?:with|to)|contrast(?:ed)? (?:with|to)|short of|(?:above"
    rf"|below|beneath|over|exceed(?:ed|ing|s)|than|beating|topping|surpassing|under) the|down from|up from|higher than|lower than"
    rf"|more than in|where it was|after|previous|prior|last year's|last month's|year-ago|month-ago|year-earlier|instead of|from)\b ?"
    rf"|\bthan (?!{APPROX}$)){APPROX}$"
)


_THAN = Cue(rf"\bthan {APPROX}$")


_MORE = Cue(rf"\b{_MORE_THAN}{APPROX}$")


_FROM_IS_SOURCE = re.compile(
    r"\b(?:in|proceeds|sales?|income|cash|money|came|comes|revenue|received|produced|gained|earned|selling|generated|raised|up|made"
    r"|realized|million) from "
)


_IN_BRACKETS = Cue(
    r"\((?:[^()]{0,40}[:,;]\s*)?(?:in |for )?[^()\d]{0,14}(?:q[1-4]|\d{4}|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|previous|prior|last)\b[^()]{0,14}: ?(?:[^()]*; )?$"
)


_EARLIER_BEHIND = re.compile(
    r"^[^,.;()]{0,14}?\b(?:a (?:year|month|quarter|week) (?:ago|earlier|before|prior)|the (?:month|year|quarter|week) (?:before|earlier"
    r"|prior)|(?:in|for|of) the (?:previous|prior|preceding|year-ago|prior-year) |(?:in|for|of) the same (?:month|quarter|period"
    r"|time)(?: of)? (?:a year|last year|20|the (?:previous|prior))|(?:month|year)s? (?:ago|earlier)|last year|previously)\b"
)


_EXCEPT = Cue(rf"\b(?:all but|all except|except(?: for)?|save for|barring|other than|apart from|bar) {APPROX}$")
_CHANGED_BY = Cue(
    r"\b(?:rose|rises?|rising|fell|falls?|falling|dropped|drops|dropping|grew|grows|growing|increas(?:ed|es|ing)|decreas(?:ed|es"
    r"|ing)|climb(?:ed|s|ing)"
    rf"|jump(?:ed|s|ing)|slipp(?:ed|ing)|slid|declin(?:ed|es|ing)|sank|advanc(?:ed|es)|swelled|up) by {APPROX}$"
)
_WORTH = Cue(rf"\b(?:worth|equivalent to|equal to|(?<=\bthe )equivalent of|tantamount to) {APPROX}$")  # "163,000 MWh, worth 300 BTC"
_AIMED = Cue(
    r"\b(?:targets?|targeting|targeted|aims?|aiming|goals?|guidance|guid(?:es|ed)|forecasts?|projects|projected|expects?|expected|hopes?"
    r"|wants?|seeks?|on track|aspires?|envisages?|would)\b[^.;]{0,80}$"
)
_BY_THEN = re.compile(
    r"[^.;,]{0,24}\b(?:by|before|at|until|come) (?:the )?(?:end|close|year|month|quarter|mid|early|late|january|february|march"
    r"|april|may|june|july"
    r"|august|september|october|november|december|20\d\d|christmas|summer|spring|autumn|winter|then)"
)


def is_aimed_at(view: View, amount: Amount) -> bool:
    """ "targets 8,000 BTC held by year-end": a level that is not reached."""
    return bool(
        view.cues & _AIMED.bit
        and _AIMED.search(view.cues, view.lower, max(view.sentence.start, amount.start - 110), amount.start)
        and _BY_THEN.match(view.lower, amount.end, view.sentence.end)
    )


# "The budget for 2026 provides for 2,900 BTC mined"
_BUDGETED = Cue(
    r"\b(?:budget|guidance|plan|outlook|forecast|roadmap|business case|projection)s?\b[^.;]{0,40}\b(?:provides?|calls?|allows?"
    r"|foresees?|assumes?|envisages?"
    rf"|reckons?|counts?|implies)(?: for| on| with)? {APPROX}$"
)


def is_budgeted(view: View, amount: Amount) -> bool:
    """Whether the figure is what a budget or a plan counts on."""
    return bool(_BUDGETED.search(view.cues, view.lower, max(view.sentence.start, amount.start - 110), amount.start))


_INCLUDED = Cue(rf"\b(?:including|of which|among them|thereof|includes|included)\b ?{APPROX}$")


_EARLIER_BEFORE = Cue(
    r"\b(?:a (?:year|month|quarter) (?:ago|earlier|before)|(?:year|month)s? (?:ago|earlier))\b(?![^.;]*\b(?:today|now)\b)[^.;,]*$"
)


_PEAK = Cue(r"\b(?:peak|high|maximum|low|record high|best)(?: of| was| being|:)? (?:about |some )?$")
_EXCEPT_OR_PEAK = _EXCEPT.bit | _PEAK.bit
_BEST_DAY = re.compile(r"(?: btc| bitcoins?| coins)?,? on (?:the|its|our) (?:best|busiest|worst|record) day\b")
_A_DAY = Cue(r"\b(?:daily|per day|a day|each day)\b[^.;]{0,44}$")


def is_of_a_day(view: View, amount: Amount) -> bool:
    """ "Daily output on average: 18.2 BTC": a rate, not the output of a period."""
    return bool(view.cues & _A_DAY.bit and _A_DAY.search(view.cues, view.lower, max(view.sentence.start, amount.start - 60), amount.start))


def is_of_the_past(view: View, amount: Amount) -> bool:
    """ "A year ago there were 228 bitcoins in our treasury": a level or an output of another time."""
    return bool(
        view.cues & _EARLIER_BEFORE.bit
        and _EARLIER_BEFORE.search(view.cues, view.lower, max(view.sentence.start, amount.start - 90), amount.start)
    )


def is_compared(view: View, amount: Amount) -> bool:
    """Whether the figure stands for another period or another thing that this one is held against."""
    if not view.cues & _OF_COMPARISONS and view.lower[amount.start - 1] not in _SIGNS_OF_CHANGE:
        return False
    key = f"compared {amount.start}"
    known = view.ground.get(key)
    if known is None:
        known = view.ground[key] = _compares(view, amount)
    return bool(known)


def _has_other_verb(view: View, amount: Amount) -> bool:
    """ "1,155 BTC sold vs 668 mined": set against another kind of event, it is one of its own."""
    own = {trigger.kind for trigger in view.triggers if 0 < trigger.start - amount.end <= 2 and trigger.form == "past"} - {"money"}
    if not own:
        return False
    before = {trigger.kind for trigger in view.triggers if trigger.end <= amount.start}
    return not own & before


def _compares(view: View, amount: Amount) -> bool:
    if _has_other_verb(view, amount):
        return False
    start = max(view.sentence.start, amount.start - 70)
    before = view.lower[start : amount.start]
    cues = view.cues
    found = _COMPARED.search(cues, before)
    if found and not _MORE.search(view.cues, before) and not (found.group().lstrip().startswith("from") and _FROM_IS_SOURCE.search(before)):
        return not (
            found.group().lstrip().startswith("after") and (_own_verb_behind(view, amount) or _OWN_DOLLARS.match(view.lower, amount.end))
        )
    than = cues & _THAN.bit and _THAN.search(cues, before) and not _MORE.search(cues, before)
    if (
        than
        or (cues & _CHANGED_BY.bit and _CHANGED_BY.search(cues, before))
        or _DIFFERENCE.match(view.lower, amount.end)
        or _CHANGE.search(before)
    ):
        return True
    if cues & _INCLUDED.bit and _INCLUDED.search(cues, before):
        return not _own_verb_behind(view, amount, 80)
    if (
        (cues & _WORTH.bit and _is_value_of_goods(view, amount, before))
        or (cues & _EXCEPT_OR_PEAK and (_EXCEPT.search(cues, before) or _PEAK.search(cues, before)))
        or _BEST_DAY.match(view.lower, amount.end)
    ):
        return True
    return bool(
        (cues & _IN_BRACKETS.bit and _IN_BRACKETS.search(cues, before))
        or _EARLIER_BEHIND.match(view.lower[amount.end : min(view.sentence.end, amount.end + 50)])
    )


def _is_value_of_goods(view: View, amount: Amount, before: str) -> bool:
    """ "sold 163,000 MWh, worth 300 BTC"."""
    if not _WORTH.search(view.cues, before):
        return False
    return any(other.counts is Counts.OTHER and other.end <= amount.start for other in view.amounts)


_DIFFERENCE = re.compile(r"(?: btc| bitcoins?| coins)? (?:more|fewer|less) than (?!enough|expected)")
_CHANGE = re.compile(r"(?:^|[\s(])[-–+]$")


_SIGNS_OF_CHANGE = frozenset("-–+")
# Without a word of these, and without such a sign before it, a figure is compared with nothing.
_WORDS_BEHIND = Cue(r"\b(?:more|fewer|less|ago|earlier|before|prior|previous|preceding|same|last|previously|best|busiest|worst|record)\b")
_OF_COMPARISONS = reduce(
    or_,
    (cue.bit for cue in (_COMPARED, _THAN, _CHANGED_BY, _INCLUDED, _WORTH, _EXCEPT, _PEAK, _IN_BRACKETS, _WORDS_BEHIND)),
)


_OWN_DOLLARS = re.compile(r"(?: coins| btc| bitcoins?)?(?: in [a-z]+)? for (?:about |around |roughly |some |nearly )?(?:us)?[$]\d")


def _own_verb_behind(view: View, amount: Amount, reach: int = 30) -> bool:
    """ "after 650 were let go": the figure has a verb of its own."""
    return any(
        0 <= trigger.start - amount.end <= reach and trigger.kind != "money" and costs.verb_cost(view, amount, trigger) < 1.2
        for trigger in view.triggers
        if trigger.sort in {"verb", "leave", "gap", "come", "stay"}
    )
