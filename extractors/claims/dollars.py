"""Whether a sum in dollars is bitcoin's price or the hashprice: not what a miner got for its coins, nor a cost, nor a mark missed."""

from __future__ import annotations

from extractors.claims.lexicon import words
from extractors.claims.roles import subject_of
from extractors.claims.spot import Spot
from extractors.model import Metric

_PRICES = (100, 5_000_000)
_MOST_HASHPRICE = 1000
_SALES = words("average mean averaging worth valued breakeven fair realized realised proceeds fetched netted fetch paid price-tag profit")
_WORTH = words("worth valued")
_COSTS = words("cost costs costing")
_COST_AFTER = words("cost breakeven average all-in production")
_EACH = words("each apiece")
_PER = words("piece per a every")
_COINS = words("coin bitcoin btc piece one unit")
_TRADES = words("trade trades traded trading hands quoted")
_MISSES = words("failing failed fails fail unable without cannot nor")


def of_dollars(spot: Spot) -> Metric | None:
    """PRICE or HASHPRICE, or None for any other sum."""
    named = subject_of(spot.items, spot.place)
    subject = named or spot.context.topic
    if subject is Metric.HASHPRICE and spot.figure.value < _MOST_HASHPRICE:
        return Metric.HASHPRICE
    markets = named is None and "market" in spot.words_before(8)
    if not _PRICES[0] <= spot.figure.value <= _PRICES[1] or not (subject is Metric.PRICE or markets):
        return None
    missed = _MISSES.intersection(spot.words_before(5))  # "after failing to break $100,000"
    return None if missed or _is_sale_price(spot) else Metric.PRICE


def _is_sale_price(spot: Spot) -> bool:
    """ "$81,731 a coin on average", "worth $5.8 million", "at an average of $92,000", "an all-in cost of $70,000"."""
    first, second = [*spot.words_after(2), "", ""][:2]
    before = spot.words_before(12)
    per_coin = first in _EACH or (first in _PER and (not second or second in _COINS))
    told = _SALES.intersection(before[-5:]) or _WORTH.intersection(before)
    sold = "for" in before[-3:] and not _TRADES.intersection(before[-6:])  # "sold for", but "changes hands for"
    return per_coin or first in _COST_AFTER or bool(told) or sold or _is_cost(spot)


def _is_cost(spot: Spot) -> bool:
    """ "an all-in cost of $70,000", but not "Bitcoin cost $20,300"."""
    near = spot.before(6)
    for place in range(len(near) - 1, 0, -1):
        if near[place].lower in _COSTS:
            return near[place - 1].metric is not Metric.PRICE
    return False
