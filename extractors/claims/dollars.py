"""Whether a sum in dollars is bitcoin's price or the hashprice: not what a miner got for its coins, nor a cost, nor a mark missed."""

from __future__ import annotations

from decimal import Decimal

from extractors.claims import lexicon as lex
from extractors.claims.figures import Unit
from extractors.claims.lexicon import words
from extractors.claims.roles import subject_of
from extractors.claims.spot import Spot
from extractors.model import Metric

_LEAST, _MOST = "100", 5_000_000
_LEAST_OF = {2009: "0.0001", 2010: "0.001", 2011: "0.1", 2012: "2", 2013: "10"}  # what a coin cost at least, in the market's first years
_MOST_HASHPRICE = 1000
_SALES = words(
    "average avg mean averaging worth valued breakeven fair realized realised proceeds fetched netted fetch paid price-tag profit"
)
_WORTH = words("worth valued")
_BREAKEVEN = words("breakeven break-even")
_LINES = words("support resistance target targets strike liquidation liquidations stop-loss basis")
_FETCHES = words("fetched fetch fetches worth valued netted")
_BEING = words("was is are were now last still has been had then just")
_DEEDS = words(
    """
    sold sell sells selling sale sales bought buy buys buying purchase purchased purchases acquired acquire paid average averages
    averaging averaged avg mean
    offloaded liquidated dumped unloaded disposed realized realised proceeds cost costs costing breakeven produce
    mine mined mines raised received
    """
)
_MINES = words("mine produce mint make extract")
_COSTS = words("cost costs costing")
_COST_AFTER = words("cost breakeven average all-in production")
_EACH = words("each apiece")
_PER = words("piece per a every")
_COINS = words("coin bitcoin btc piece one unit")
_COINS_NAMED = words("coin bitcoin btc")
_TRADES = words("trade trades traded trading hands quoted went goes going")
_MISSES = words("failing failed fails fail unable without cannot nor")
_WHATEVER = words("anything everything whatever nothing")
_SET_OFF = words("with and , ( ; : as") | {"\u2013", "\u2014"}
_SUMS_UP = words("or worth ( about around some roughly nearly at approximately ,")


def of_dollars(spot: Spot) -> Metric | None:
    """PRICE or HASHPRICE, or None for any other sum."""
    if spot.figure.value > _MOST:
        return None  # most sums: what was sold, earned or owed
    if _is_told_per_coin(spot):
        return Metric.PRICE
    named = subject_of(spot.items, spot.place)
    its = spot.items[0].lower == "it"
    subject = named or (spot.context.before if its else spot.context.topic)
    if subject is Metric.HASHPRICE and spot.figure.value < _MOST_HASHPRICE:
        not_told = _BREAKEVEN.intersection(spot.words_before(10)) or _WHATEVER.intersection(spot.words_before(3))
        return None if not_told else Metric.HASHPRICE  # a machine's, "anything under $50 is thin"
    markets = named is None and "market" in spot.words_before(8)
    if not _is_a_coins(spot) or not (subject is Metric.PRICE or markets):
        return None
    missed = _MISSES.intersection(spot.words_before(5)) or _is_of_coins(spot)  # "after failing to break $100,000"
    return None if missed or _is_sale_price(spot) else Metric.PRICE


def _is_a_coins(spot: Spot) -> bool:
    """Whether a coin may have cost so much when the article was written."""
    return Decimal(_LEAST_OF.get(spot.context.year, _LEAST)) <= spot.figure.value <= _MOST


def _is_told_per_coin(spot: Spot) -> bool:
    """ "At $91,000 a coin nobody gives up", where no deed is told that it could be the price of."""
    first, second = [*spot.words_after(2), "", ""][:2]
    per_coin = first in _PER and second in _COINS_NAMED
    worked_out = spot.items[0].lower in {"that", "this", "which"}  # of a sale told before: "That is roughly $68,500 a coin."
    return per_coin and _is_a_coins(spot) and not worked_out and _DEEDS.isdisjoint(spot.words)


def _is_sale_price(spot: Spot) -> bool:
    """ "$81,731 a coin on average", "worth $5.8 million", "at an average of $92,000", "an all-in cost of $70,000"."""
    first, second = [*spot.words_after(2), "", ""][:2]
    before = spot.words_before(12)
    per_coin = first in _EACH or (first in _PER and (not second or second in _COINS))
    if _LINES.intersection(before[-4:]) or ("break" in before and "even" in before[-4:]) or spot.words_after(3)[1:] == ["break", "even"]:
        return True
    told = (_SALES.intersection(before[-5:]) or _WORTH.intersection(before)) and not (_is_what_it_fetches(spot) or _stands_at(spot))
    sold = "for" in before[-3:] and not _TRADES.intersection(before[-6:])  # "sold for", but "changes hands for"
    return per_coin or first in _COST_AFTER or bool(told) or sold or _is_cost(spot)


def _stands_at(spot: Spot) -> bool:
    """ "3.125 BTC, worth $207,000 with bitcoin at about $66,300": the last is the market's price."""
    near = [item for item in spot.before(6) if item.lower != "the" and item.lower not in lex.ABOUT and item.lower not in lex.NEARLY]
    return len(near) > 2 and near[-1].lower == "at" and near[-2].metric is Metric.PRICE and near[-3].lower in _SET_OFF


def _is_of_coins(spot: Spot) -> bool:
    """ "3.125 BTC, or $207,000": what so many coins come to."""
    for item in reversed(spot.before(5)):
        if item.figure is not None:
            return item.figure.unit is Unit.COINS and "or" in spot.words_before(3)
        if item.lower not in _SUMS_UP:
            return False
    return False


def _is_what_it_fetches(spot: Spot) -> bool:
    """ "Bitcoin fetched under $4,000", "a bitcoin was worth $29": the coin itself did."""
    near = spot.before(6)
    for place in range(len(near) - 1, 0, -1):
        if near[place].lower in _FETCHES:
            named = next((item for item in reversed(near[:place]) if item.lower not in _BEING), None)
            return named is not None and named.metric is Metric.PRICE
    return False


def _is_cost(spot: Spot) -> bool:
    """ "an all-in cost of $70,000", but not "Bitcoin cost $20,300", "It cost $60,200 on Sunday"."""
    near = spot.before(6)
    for place in range(len(near) - 1, 0, -1):
        if near[place].lower in _COSTS:
            mined = bool(_MINES.intersection(spot.words_after(3)))
            its = near[place - 1].lower == "it" and Metric.PRICE in {spot.context.topic, spot.context.before} and not mined
            return near[place - 1].metric is not Metric.PRICE and not its
    return False
