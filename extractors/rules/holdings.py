"""Holdings: which figures are coins that a miner has."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount
from extractors.mentions.stream import Trigger, View
from extractors.rules import costs

_PLACED = re.compile(
    r"(?: (?:coins?|btc|bitcoins?|now|still|left|sitting|lying|back|then|remaining|stay|held|worth))*(?: in| on| within| under| at"
    r"| inside)(?: [\w'-]+){0,4} $"
)
_SOURCE = re.compile(r"\b(?:from|out of|off|of|against|to) (?:[\w'-]+ ){0,4}$")


def cost(view: View, amount: Amount, trigger: Trigger) -> float:
    """How far the coins stand from being held, kept or left by this trigger."""
    if view.lower[max(view.sentence.start, amount.start - 4) : amount.start].endswith(" by "):
        return costs.FAR
    if trigger.sort == "weak":
        return 0.7 + costs.owned_cost(view, amount, trigger)
    if trigger.sort == "verb":
        return costs.verb_cost(view, amount, trigger)
    if trigger.sort == "gap" and amount.end <= trigger.start:
        return costs.FAR
    if trigger.sort == "gap":
        return costs.gap_cost(view, amount, trigger)
    if trigger.sort == "leaving":
        return costs.crossing(view, trigger.end, amount.start) if trigger.end <= amount.start else costs.FAR
    if trigger.sort == "stay":
        return costs.subject_cost(view, amount, trigger, 1.0)
    if trigger.sort == "noun":
        return _noun(view, amount, trigger)
    return costs.FAR


_OTHER_STORE = re.compile(r"\b(?:eth|ether|ethereum|sol|cash|dollar|fiat|usd|gold|machine|miner|power|energy|solana|doge) $")


def _noun(view: View, amount: Amount, trigger: Trigger) -> float:
    if _OTHER_STORE.search(view.lower, max(view.sentence.start, trigger.start - 12), trigger.start):
        return costs.FAR
    if trigger.end <= amount.start:
        if re.search(r"\b(?:from|out of|off)(?: [\w'-]+){0,2} $", view.lower[max(view.sentence.start, trigger.start - 30) : trigger.start]):
            return 2.5 + costs.noun_cost(view, amount, trigger)
        return costs.noun_cost(view, amount, trigger)
    if amount.end > trigger.start:
        return costs.FAR
    between = view.lower[amount.end : trigger.start]
    if _PLACED.match(between):
        return 0.3 + costs.crossing(view, amount.end, trigger.start) * 0.7
    if _SOURCE.search(between):
        return costs.FAR
    if between in {" ", "-"}:
        return 0.5
    return 2.5 + costs.crossing(view, amount.end, trigger.start)
