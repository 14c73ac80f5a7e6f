"""Transfers: coins of a miner that moved to an exchange, a custodian or a trading desk."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Trigger, View
from extractors.rules import costs

_TOWARDS = re.compile(r"\b(?:to|towards?|into|with|onto)(?: the| lender| broker| custodian)? $")


def cost(view: View, amount: Amount, trigger: Trigger) -> float:
    """How far the coins stand from being moved by this trigger; a destination must be named in the sentence."""
    if trigger.sort not in {"verb", "noun"} or not has_destination(view, amount):
        return costs.FAR
    if trigger.sort == "verb":
        moved = min(costs.verb_cost(view, amount, trigger), costs.subject_cost(view, amount, trigger, costs.FAR))
        return 0.3 + moved
    return 0.5 + costs.noun_cost(view, amount, trigger)


BUYERS = Cue(r"\b(?:buyers?|purchasers?|acquirers?|takers?|consideration|payment|against)\b")
_TO_BUYER = re.compile(
    r"\b(?:to|with) (?:an?|the|one|two|three|its|some|several) (?:[\w-]+ ){0,3}?(?:buyers?|purchasers?|acquirers?|takers?)\b"
    r"|\b(?:for|against) (?:a )?(?:(?:cash|total|aggregate) )?(?:consideration|payment)\b|\bagainst (?:cash|dollars|usdt|usdc)\b"
)


def with_buyers(view: View) -> list[Trigger]:
    """The triggers of a sentence; a transfer to a buyer or for payment is a sale ("shifted 18 coins to a buyer in Oslo")."""
    return [trigger._replace(kind="sale") if _is_to_buyer(view, trigger) else trigger for trigger in view.triggers]


def _is_to_buyer(view: View, trigger: Trigger) -> bool:
    if trigger.sort not in {"verb", "weak"} or not (trigger.kind == "transfer" or view.lower.startswith("deliver", trigger.start)):
        return False
    return _TO_BUYER.search(view.lower, trigger.end, min(view.sentence.end, trigger.end + 110)) is not None


def has_destination(view: View, amount: Amount) -> bool:
    """Whether an exchange, custodian or desk is named as the place where the coins went."""
    for sense in view.senses:
        if sense.sort == "destination" and sense.start >= amount.end:
            before = view.lower[max(amount.end, sense.start - 40) : sense.start]
            if any(
                f" {word} " in f" {before} "
                for word in ("to", "toward", "towards", "into", "at", "with", "onto", "vers", "an", "a", "на", "para", "en", "至", "到")
            ):
                return True
    for mention in view.miners:
        if mention.miner and not mention.miner.mines and mention.span.start >= amount.end:
            before = view.lower[max(amount.end, mention.span.start - 12) : mention.span.start]
            if _TOWARDS.search(before):
                return True
    return _custody(view)


def _custody(view: View) -> bool:
    return "custody transfer" in view.lower[view.sentence.start : view.sentence.end]
