"""Which figure plays which part: every figure of a sentence is offered to every trigger, and the cheapest reading wins.

Figures of a comparison ("against 466 in May", "down from 8,058"), rates and coins that are not bitcoin take no part.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.stream import Trigger, View
from extractors.model import Kind
from extractors.rules import costs, holdings, production, purchase, sale, transfer

_COST = {
    Kind.SALE.value: sale.cost,
    Kind.PURCHASE.value: purchase.cost,
    Kind.TRANSFER.value: transfer.cost,
    Kind.PRODUCTION.value: production.cost,
    Kind.HOLDINGS.value: holdings.cost,
}


class Role(NamedTuple):
    """A figure with the trigger that gives it its part."""

    amount: Amount
    trigger: Trigger
    cost: float

    @property
    def kind(self) -> Kind:
        """The kind of event."""
        return Kind(self.trigger.kind)


_APPROX = r"(?:about |around |some |roughly |approximately |approx\.? |nearly |almost |just |only |a |an |the |its |their |over |merely |ca\. |~|≈|c\. |an estimated |estimated |(?:january|february|march|april|may|june|july|august|september|october|november|december)'s |(?:the )?(?:month|quarter|year|week)'s |as (?:many|much) as )*"
_MORE_THAN = r"(?:no )?(?:more|less|fewer|better|greater|other|rather|larger|bigger) than "
_COMPARED = re.compile(
    rf"(?:\b(?:versus|vs\.?|against|compared (?:with|to)|(?:in )?comparison (?:with|to)|contrast(?:ed)? (?:with|to)|short of|(?:above|below|beneath|over|exceed(?:ed|ing|s)|than|beating|topping|surpassing|under) the|down from|up from|higher than|lower than|more than in|where it was|after|previous|prior|last year's|last month's|year-ago|month-ago|year-earlier|instead of|from)\b ?|\bthan (?!{_APPROX}$)){_APPROX}$"
)
_THAN = re.compile(rf"\bthan {_APPROX}$")
_MORE = re.compile(rf"\b{_MORE_THAN}{_APPROX}$")
_FROM_IS_SOURCE = re.compile(r"\b(?:proceeds|sales?|income|cash|money|came|comes|revenue|received|produced|gained|earned|selling|generated|raised|up|made|realized|million) from ")
_IN_BRACKETS = re.compile(r"\((?:[^()]{0,40}[:,;]\s*)?(?:in |for )?[^()\d]{0,14}(?:q[1-4]|\d{4}|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|previous|prior|last)\b[^()]{0,14}: ?(?:[^()]*; )?$")
_EARLIER_BEHIND = re.compile(r"^[^,.;()]{0,14}?\b(?:a (?:year|month|quarter|week) (?:ago|earlier|before|prior)|the (?:month|year|quarter|week) (?:before|earlier|prior)|(?:in|for|of) the (?:previous|prior|preceding|same|year-ago|prior-year) |(?:month|year)s? (?:ago|earlier)|last year|previously)\b")


def is_compared(view: View, amount: Amount) -> bool:
    """Whether the figure stands for another period or another thing that this one is held against."""
    start = max(view.sentence.start, amount.start - 70)
    before = view.lower[start : amount.start]
    found = _COMPARED.search(before)
    if found and not _MORE.search(before) and not (found.group().lstrip().startswith("from") and _FROM_IS_SOURCE.search(before)):
        return not (found.group().lstrip().startswith("after") and _own_verb_behind(view, amount))
    if _THAN.search(before) and not _MORE.search(before):
        return True
    return bool(_IN_BRACKETS.search(before) or _EARLIER_BEHIND.match(view.lower[amount.end : min(view.sentence.end, amount.end + 50)]))


def _own_verb_behind(view: View, amount: Amount) -> bool:
    """ "after 650 were let go": the figure has a verb of its own."""
    return any(
        0 <= trigger.start - amount.end <= 30 and trigger.kind != "money" and costs.verb_cost(view, amount, trigger) < 1.2
        for trigger in view.triggers
        if trigger.sort in {"verb", "leave", "gap"}
    )


_BARE_NEXT = re.compile(
    r"\s*(?:$|[.,;:)(\]|/•*\n–—-]|(?:in|during|for|at|were|was|had|have|has|of (?:them|those|these|which|it|its|the)|and|or|from|by|on|to|after|while|last|this|the|a|an|as|left|sold|gone|mined|went|go|goes|remain\w*|came|come|that|it|with|out|but|between|per coin|units|pieces|held|produced|against|versus|vs|than|over|then|more|each|is|are|be|being|worth|when|where|only|still|restricted|unrestricted|altogether|in total|total|apiece|it|he|they|let|now|so|also|since|through|into|off|under|till|until|all|because|which|would|will|could|offloaded|unloaded|disposed|liquidated|pledged|or so)\b)"
)


def _is_bare_candidate(view: View, amount: Amount) -> bool:
    if amount.counts is not Counts.BARE or amount.value < 2:
        return False
    text = view.lower
    if text[amount.start - 1 : amount.start] in {"#", "/", "[", "v", "+"} and text[amount.start - 1] != "+":
        return False
    if 2009 <= amount.value <= 2035 and text[amount.start : amount.end].isdigit():
        return False
    return bool(_BARE_NEXT.match(text, amount.end))


def find_roles(view: View, *, bitcoin: bool) -> list[Role]:
    """The part of each figure that has one; `bitcoin` says whether "coins" in this article are bitcoin."""
    if not view.triggers:
        return []
    roles = []
    for amount in view.amounts:
        if amount.counts is Counts.BTC and (bitcoin or not amount.loose):
            limit = costs.LIMIT
        elif bitcoin and _is_bare_candidate(view, amount):
            limit = costs.LIMIT_BARE
        else:
            continue
        role = _best(view, amount)
        if role and role.cost <= limit and not is_compared(view, amount):
            roles.append(role)
    return roles


def _best(view: View, amount: Amount) -> Role | None:
    best: Role | None = None
    for trigger in view.triggers:
        rule = _COST.get(trigger.kind)
        if rule is None:
            continue
        if trigger.start - amount.end > 160 or amount.start - trigger.end > 160:
            continue
        cost = rule(view, amount, trigger)
        if best is None or cost < best.cost:
            best = Role(amount, trigger, cost)
    return best
