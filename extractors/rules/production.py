"""Production: which figures are coins that a miner mined in a period."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount
from extractors.mentions.stream import Trigger, View
from extractors.rules import costs

_MINING = re.compile(r"\b(?:min(?:ed|ing|es|er|ers)|output|production|produced|machines|rigs|hash ?rate|fleet|eh/s|self-min\w+)\b")
_EQUIVALENT = re.compile(r"\b(?:power (?:sales|credits)|equivalent|credits|curtailment|electricity)\b")


def cost(view: View, amount: Amount, trigger: Trigger) -> float:
    """How far the coins stand from being mined by this trigger."""
    if trigger.sort in {"verb", "weak"}:
        weak = 0.0
        if trigger.sort == "weak":
            weak = 0.7 if _MINING.search(view.lower, view.sentence.start, view.sentence.end) else 1.6
        return weak + costs.verb_cost(view, amount, trigger)
    if trigger.sort == "noun":
        if amount.end <= trigger.start:
            return (
                costs.FAR
                if not re.fullmatch(r"(?: of| in| from| worth of)?(?: [\w'-]+){0,2} ", view.lower[amount.end : trigger.start])
                else 0.8
            )
        return costs.noun_cost(view, amount, trigger)
    if trigger.sort == "gap":
        return costs.gap_cost(view, amount, trigger)
    if trigger.sort == "come":
        return costs.subject_cost(view, amount, trigger, 2.0)
    return costs.FAR


def is_equivalent(view: View, amount: Amount) -> bool:
    """Whether the coins are power sales or credits in the dress of bitcoin, which are not mined."""
    return bool(_EQUIVALENT.search(view.lower, max(view.sentence.start, amount.start - 60), amount.start))
