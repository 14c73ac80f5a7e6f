"""Whose level a figure in trillions, hashes, coins or without a unit is.

A miner's own hashrate, a difference ("fell by 14 trillion") and a round mark ("the 100-trillion mark") are no claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import takewhile

from extractors.claims import lexicon as lex
from extractors.claims.figures import Unit
from extractors.claims.item import Item, before_figure
from extractors.claims.lexicon import words
from extractors.claims.roles import OTHER, subject_of
from extractors.claims.spot import Spot
from extractors.model import Metric

_EPOCH = 2016
_LEAST_DIFFICULTY, _MOST_DIFFICULTY = Decimal("1e5"), Decimal("1e16")
_LEAST_OF_LATE, _OF_LATE = Decimal("1e7"), 2014  # a smaller number told since then is no difficulty
_EXAHASH = Decimal(1).scaleb(18)
_MINERS_YEAR, _ANY_MINERS = 2021, 60 * _EXAHASH  # no miner had more, and the network more since that year
_SWEEPING = 100 * _EXAHASH  # told without a name, the network's: from 2022 on
_SWEEPING_OF = {
    2009: "1e6",
    2010: "1e8",
    2011: "1e11",
    2012: "5e12",
    2013: "1.2e13",
    2014: "5e15",
    2015: "1e17",
    2016: "3e17",
    2017: "1e18",
    2018: "6e18",
    2019: "1.5e19",
    2020: "4e19",
    2021: "5e19",
}  # about a third of the network's at the year's start
_SHARE = 100  # a hundredth of that is a network's level beside one that surely is
_HEIGHTS = (10_000, 5_000_000)
_MOST_PUELL = 20
_REWARDS = frozenset(map(Decimal, ("50", "25", "12.5", "6.25", "3.125", "1.5625")))
_MOST_REWARD_BESIDE_BLOCK = 20  # "50 BTC in a block" is a sum of something else
_DEAR_HASHES = 2018  # since then a petahash has earned less than this a day
_MOST_HASHPRICE, _EVER_MOST_HASHPRICE = 1_000, 100_000
_COUNTS_NOTHING = words(
    """
    . , ; : ( ) ! ? - – — | from on at in after as to for since and but by with before when while which up down now today this last
    because if that or per ago earlier again yesterday so where whereas although thanks amid compared against versus following
    """
)
_LEVEL_WORDS = words(
    """
    at to from is was stood stands stand read reads reached reaches hit hits near be been reaching of record peak past above over below
    under crossed topped into up down now
    """
)
_DIFFERENCES = words("lost shed gained added losing shedding gaining adding loses sheds gains adds")
_REWARD_WORDS = words("reward rewards subsidy winner winners finder finders")
_PRICES = (1000, 2_000_000)
_CHAINS = words("blockchain network")
_COMPUTES = words("computes processes performs")
_MARKS = words("mark threshold barrier milestone line")
_VANISHES = words("vanished disappeared gone lost added evaporated more less")
_VANISHED = words("has have was were more less")


def of_trillions(spot: Spot) -> Metric | None:
    """Trillions are the difficulty's in an article about the network."""
    marked = _MARKS.intersection([*spot.words_before(3), *spot.words_after(1)])
    if not spot.context.network or spot.figure.value > _MOST_DIFFICULTY or marked or _is_difference(spot):
        return None
    anothers = subject_of(spot.items, spot.place) is OTHER and spot.context.topic is not Metric.DIFFICULTY
    return None if anothers else Metric.DIFFICULTY


def of_large(spot: Spot) -> Metric | None:
    """Millions and billions that count nothing else: "since Monday it is at 3.43 million", "the counter stood at 16.82 billion"."""
    counted = spot.words_after(1)
    if counted and counted[0] not in _COUNTS_NOTHING:
        return None
    return of_trillions(spot) if _is_difficulty(spot, _LEAST_DIFFICULTY) else None


def _is_difficulty(spot: Spot, least: Decimal) -> bool:
    """Whether a figure that could count anything is told as a level of the difficulty."""
    if not least <= spot.figure.value <= _MOST_DIFFICULTY or _LEVEL_WORDS.isdisjoint(spot.words_before(6)):
        return False
    return (subject_of(spot.items, spot.place) or spot.context.topic) is Metric.DIFFICULTY


def _is_difference(spot: Spot) -> bool:
    """ "fell by 14 trillion", "almost 14 trillion has vanished": no level."""
    after = {item.lower for item in takewhile(lambda item: not item.ends_clause, spot.after(3))}
    return before_figure(spot.items, spot.place) == "by" or bool(_VANISHES & after and _VANISHED & after)


def of_hashes(spot: Spot) -> Metric | None:
    """The network's hashrate, not a miner's: by its name, or because no miner has so much."""
    value = spot.figure.value
    if spot.context.year > _MINERS_YEAR and _EXAHASH <= value < _ANY_MINERS:
        return None  # a miner's
    subject = subject_of(spot.items, spot.place)
    if subject is OTHER or subject is Metric.HASHPRICE or before_figure(spot.items, spot.place) in _DIFFERENCES:
        return None
    networked = _is_networks(spot.items)
    if not networked and not lex.OWN_HASHRATE.isdisjoint(spot.words):
        return None
    least = Decimal(_SWEEPING_OF.get(spot.context.year, _SWEEPING))
    sweeping = value >= least or (value >= least / _SHARE and any(_is_sweeping(item, least) for item in spot.items))
    told = spot.context.network and subject is Metric.HASHRATE and "difficulty" in spot.words
    return Metric.HASHRATE if networked or sweeping or told else None


def _is_sweeping(item: Item, least: Decimal) -> bool:
    return item.figure is not None and item.figure.unit is Unit.HASHES and item.figure.value >= least


def _is_networks(items: Sequence[Item]) -> bool:
    """ "the network's seven-day average", "the global hashrate"."""
    owned = any(item.lower == "network" and item.owns for item in items)
    computes = any(item.lower in _CHAINS for item in items) and any(item.lower in _COMPUTES for item in items)
    return owned or computes or any(_is_named_so(items, spot) for spot, item in enumerate(items) if item.metric is Metric.HASHRATE)


def _is_named_so(items: Sequence[Item], spot: int) -> bool:
    """Whether the hashrate named here is the network's: "the global hashrate", "the seven-day hashrate", "hashrate of the network"."""
    around = [item.lower for item in items[max(0, spot - 4) : spot]]
    if lex.OWN_HASHRATE.intersection(around) or "its" in around[-2:]:
        return False
    return bool(lex.NETWORK.intersection(around)) or "day" in around or "network" in {item.lower for item in items[spot : spot + 6]}


def of_hashprice(spot: Spot) -> Metric | None:
    """Dollars per petahash a day, not the price of a machine ("$14 a terahash")."""
    most = _MOST_HASHPRICE if spot.context.year > _DEAR_HASHES else _EVER_MOST_HASHPRICE
    return Metric.HASHPRICE if spot.figure.value < most else None


def of_coins(spot: Spot) -> Metric | None:
    """A block's reward; a height that is followed by the coin's name ("block 963,648 bitcoin's difficulty")."""
    if is_height(spot):
        return Metric.BLOCK_HEIGHT
    if spot.figure.value not in _REWARDS:
        return None
    beside = spot.words & {"block", "halving"} and (spot.figure.value < _MOST_REWARD_BESIDE_BLOCK or _is_halved(spot))
    return Metric.BLOCK_REWARD if spot.words & _REWARD_WORDS or beside else None


def _half(spot: Spot) -> Metric | None:
    """ "12.5 coins per block instead of 25": a bare whole number is a reward beside its half."""
    return of_coins(spot) if spot.figure.value in _REWARDS and _is_halved(spot) else None


def _is_halved(spot: Spot) -> bool:
    """ "12.5 coins per block instead of 25"."""
    return any(item.figure is not None and item.figure.value * 2 == spot.figure.value for item in spot.items)


def of_number(spot: Spot) -> Metric | None:
    """A height, a full difficulty, a Puell multiple, a reward in a pair, a price after "BTC/USD"."""
    if is_height(spot):
        return Metric.BLOCK_HEIGHT
    value = spot.figure.value
    if _PRICES[0] <= value <= _PRICES[1] and {"usd", "usdt"}.intersection(spot.words_before(3)):
        return Metric.PRICE if subject_of(spot.items, spot.place) is Metric.PRICE else None
    if value >= _LEAST_OF_LATE or spot.is_whole:
        least = _LEAST_OF_LATE if spot.context.year > _OF_LATE else _LEAST_DIFFICULTY
        return Metric.DIFFICULTY if _is_difficulty(spot, least) and not _is_difference(spot) else _half(spot)
    return of_coins(spot) or (Metric.PUELL if value < _MOST_PUELL and _is_puells(spot) else None)


def is_height(spot: Spot) -> bool:
    """ "block height 941,472", "at block 691,488", "Retarget at 846,720"."""
    if not _HEIGHTS[0] <= spot.figure.value <= _HEIGHTS[1] or not spot.is_whole:
        return False
    if {"block", "height"}.intersection(spot.words_before(3)):
        return True
    if spot.figure.value % _EPOCH:
        return False
    at = spot.context.network and spot.words_before(1) == ["at"]  # "Tuesday's correction, at 766,080, took 7.32% away"
    return at or any(item.adjusts for item in spot.before(4))


def _is_puells(spot: Spot) -> bool:
    for item in reversed(spot.before(25)):
        if item.metric is not None:
            return item.metric is Metric.PUELL
    return any(item.metric is Metric.PUELL for item in spot.after(1))
