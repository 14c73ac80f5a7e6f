"""Purchases: which figures are coins that a miner bought."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount
from extractors.mentions.stream import Trigger, View
from extractors.rules import costs

_OTHER_GOODS = re.compile(
    r"\b(?:options?|futures|puts|calls|machines|rigs|miners|notes|shares|stake|power|land|(?:ether|ethereum|eth|solana|sol)(?! and))\b"
)
# "spent the takings of 887 coins on its loan": the money of a sale went out, no coins came in
_PROCEEDS_OF = re.compile(r"[^.;]{0,24}\b(?:proceeds|takings|receipts|money|cash|yield|revenues?) (?:of|from|for) ")
_WORTH_OF = re.compile(r" worth of (?!(?:bitcoins?|btc|coins|it)\b)")  # "to buy 60 BTC worth of power"
_OF_COMPANY = re.compile(r"\b(?:acquisition|purchase|buy) of (?!\W*\d)(?!.{0,30}(?:bitcoin|btc))")


def cost(view: View, amount: Amount, trigger: Trigger) -> float:
    """How far the coins stand from being bought by this trigger."""
    if (
        _WORTH_OF.match(view.lower, amount.end)
        or _OTHER_GOODS.search(view.lower, trigger.end, amount.start)
        or (trigger.sort == "gap" and _PROCEEDS_OF.match(view.lower, trigger.end, amount.start))
    ):
        return costs.FAR
    if trigger.sort == "verb":
        return costs.verb_cost(view, amount, trigger)
    if trigger.sort == "noun":
        if _OF_COMPANY.match(view.lower, trigger.start, trigger.end + 40):
            return costs.FAR
        return 0.2 + costs.noun_cost(view, amount, trigger)
    if trigger.sort == "gap":
        return (
            costs.FAR
            if amount.end <= trigger.start and view.lower.startswith("sp", trigger.start)
            else costs.gap_cost(view, amount, trigger)
        )  # "got $2 million for 39 and spent it on power"
    return costs.FAR
