"""Production: which figures are coins that a miner mined in a period."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Trigger, View
from extractors.rules import costs
from extractors.rules.sale import is_share

_MINING = re.compile(r"\b(?:min(?:ed|ing|es|er|ers)|output|production|produced|machines|rigs|hash ?rate|fleet|eh/s|self-min\w+)\b")
_NEXT = 14  # characters
# Verbs that tell of mining only where mining is spoken of.
_PLAINEST = re.compile(r"(?:get|got|receiv|report|record|net|gather)")
_SALE_OF = Cue(r"\b(?:sales?|disposals?|liquidations?|divestments?|monetis?z?ation|selling|disposing) of (?:the |its |newly |all )*$")
_EQUIVALENT = re.compile(r"\b(?:power (?:sales|credits)|equivalent|credits|curtailment|electricity)\b")


_COSTS_TO = Cue(r"\b(?:costs?|costing|price|takes|took|needs?|needed|spends?|spent)\b[^.;]{0,50}\bto $")


# "Customers for whom the company hosts machines earned 389 bitcoin".
_CUSTOMERS = Cue(r"(?<![\w,] )\b(?:customers|clients|hosted miners)\b(?! (?:and|included|inclusive))[^.;,]{0,70} $")
# "Reported 6,696 BTC, all produced by itself": what they are, not what the period brought.
_ALL_OWN = Cue(r"\b(?:all|every one|each|nearly all|most)(?: of (?:them|it|which))?(?: were| was)? $")


# "Reported 6,696 BTC on its balance sheet".
_ON_THE_BOOKS = Cue(
    r"\b(?:on|in|at) (?:(?:its|their|the|our) )?(?:balance sheet|books|treasury|wallets?|vaults?|reserves?|custody|hand|cold storage)\b"
)


def cost(view: View, amount: Amount, trigger: Trigger) -> float:
    """How far the coins stand from being mined by this trigger."""
    for other in view.amounts:
        if other.start <= trigger.start and trigger.end <= other.end:  # "147 of its 202 mined bitcoin"
            return 0.6 if other is amount and is_share(view, amount) else costs.FAR
    if view.cues & _OF_NO_OUTPUT and _is_no_output(view, amount, trigger):
        return costs.FAR
    rule = _BY_SORT.get(trigger.sort)
    return rule(view, amount, trigger) if rule else costs.FAR


_OF_NO_OUTPUT = _SALE_OF.bit | _CUSTOMERS.bit | _ALL_OWN.bit | _COSTS_TO.bit


def _is_no_output(view: View, amount: Amount, trigger: Trigger) -> bool:
    """Whether the words before a trigger take the coins from the miner's output."""
    if _SALE_OF.search(view.cues, view.lower, max(view.sentence.start, trigger.start - 40), trigger.start):
        return True
    if _CUSTOMERS.search(view.cues, view.lower, view.sentence.start, trigger.start):
        return True
    if amount.end <= trigger.start and _ALL_OWN.search(view.cues, view.lower, amount.end, trigger.start):
        return True
    return trigger.form == "base" and bool(
        _COSTS_TO.search(view.cues, view.lower, max(view.sentence.start, trigger.start - 60), trigger.start)
    )


_GIFT = re.compile(r"g(?:ave|ives?|iven) (?:about |some )?[\d.,]+ (?:btc|bitcoins?|coins)? ?to ")  # "gave 1 BTC to developers"
_PRIZE = re.compile(r"\b(?:and|to|can|you|or|could) win$")  # "Deposit 100 USDT and win 1 BTC"


_GIVES_OR_WINS = ("g", "win")


def _weak(view: View, amount: Amount, trigger: Trigger) -> float:
    spoken_of = bool(_MINING.search(view.lower, view.sentence.start, view.sentence.end))
    if _PLAINEST.match(view.lower, trigger.start) and not (0 <= amount.start - trigger.end <= _NEXT and spoken_of):
        return costs.FAR
    if view.lower.startswith(_GIVES_OR_WINS, trigger.start) and (
        _GIFT.match(view.lower, trigger.start, view.sentence.end)
        or _PRIZE.search(view.lower, max(view.sentence.start, trigger.start - 6), trigger.end)
    ):
        return costs.FAR
    if _ON_THE_BOOKS.search(view.cues, view.lower, amount.end, min(view.sentence.end, amount.end + 60)):
        return costs.FAR
    spoken_of = spoken_of or (trigger.start == amount.end + 1 and view.lower.startswith("earned", trigger.start))
    return (0.7 if spoken_of else 1.6) + costs.verb_cost(view, amount, trigger)


def _noun(view: View, amount: Amount, trigger: Trigger) -> float:
    if amount.end <= trigger.start:
        return 0.8 if _OF_OUTPUT.fullmatch(view.lower, amount.end, trigger.start) else costs.FAR
    return costs.noun_cost(view, amount, trigger)


def _come(view: View, amount: Amount, trigger: Trigger) -> float:
    return costs.subject_cost(view, amount, trigger, 2.0)


_OF_OUTPUT = re.compile(r"(?: of| in| from| worth of)?(?: (?!\d)[\w'-]+){0,2} ")
_BY_SORT = {"verb": costs.verb_cost, "weak": _weak, "noun": _noun, "gap": costs.gap_cost, "come": _come}


def is_equivalent(view: View, amount: Amount) -> bool:
    """Whether the coins are power sales or credits in the dress of bitcoin, which are not mined."""
    return bool(_EQUIVALENT.search(view.lower, max(view.sentence.start, amount.start - 60), amount.start))
