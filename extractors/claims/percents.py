"""Whose change a percentage is, and which way it goes.

A share ("38% of the network hashrate"), a mean ("the average increase is 1.3%") and a percentage of anything else are no claim.
Where the sentence names no metric, the level beside it or the metric last spoken of is meant, if the words speak of a move.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.claims.figures import Unit
from extractors.claims.levels import of_hashes, of_hashprice, of_trillions
from extractors.claims.lexicon import words
from extractors.claims.roles import OTHER, Subject, direction, subject_of
from extractors.claims.spot import Spot
from extractors.mentions.registry import load_registry
from extractors.model import Bounds, Metric

_LARGEST = 1000
_LEVELS = {Unit.TRILLIONS: of_trillions, Unit.HASHES: of_hashes, Unit.HASHPRICE: of_hashprice}
_SHARES = words(
    """
    account accounts accounted accounting control controls controlled represent represents represented comprise comprises
    share contribute
    """
)
_MAKES = words("make makes made making")
_MEANS = words("average mean typical")
_COMPARES = words("bigger larger greater smaller steeper deeper")
_STEPS = words("step change")
_DEEDS = words("mined mines sold sells selling produced offloading offloaded fewer earned raised bought")
_MORE, _COINS = words("more fewer less"), words("bitcoin bitcoins btc coins coin")
_SPEEDS = words("faster slower quicker")  # of blocks: "blocks have come 6.4% faster than planned"
_ON_OFFER = words("all any every each your our orders hosting selected new")
_BREAKS = words("; while but and")
_POINTS = (["the"], ["those"], ["these"], ["that"])
_IS = words("is are was were marks mark makes make")
_MOST = words("most largest biggest steepest sharpest strongest deepest worst highest lowest")
_BESIDE_TURNS = words(
    "by about around some over nearly almost another a an has have had just only still was were is got gets ( ) , roughly as much"
)
_NO_NAMES = words(
    """
    it that this the they these those there which what monday tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december year week month today yesterday and but so then now minus plus on in from at
    by after since with for he she we i you to bitcoin btc network adjustment retarget change result
    """
)


def of_percent(spot: Spot) -> Metric | None:
    """The metric whose change a percentage is, or None."""
    before = spot.words_before(8)
    if (
        _is_share(before[-5:])
        or _is_mean(spot, before)
        or _is_discount(spot)
        or _is_of_coins(spot)
        or not _SPEEDS.isdisjoint(spot.words_after(1))
        or "can" in before[-4:]
        or spot.figure.value >= _LARGEST
    ):
        return None
    subject = _level_beside(spot) if spot.words_after(1) not in ([], ["of"]) else None
    subject = subject or subject_of(spot.items, spot.place)
    if subject is None:
        subject = _unsaid(spot)
    return subject if isinstance(subject, Metric) and subject is not Metric.BLOCK_REWARD else None


def turn_of(spot: Spot, metric: Metric, bounds: Bounds | None) -> int | None:
    """-1 or 1 for the way the change goes, 0 for an adjustment whose way is not told, None if it is no change at all."""
    turn = direction(spot.items, spot.place)
    if not turn and spot.context.last is not None and spot.context.last[0] is metric:
        turn = spot.context.last[1]  # a list: "15-20% would go away, others say 5-10%"
    if turn:
        return turn
    most = bounds is not None and bounds.low is None and bounds.high is not None  # "moved less than 2%"
    return None if most or not _is_of_a_move(spot) else spot.context.turn


def _is_of_a_move(spot: Spot) -> bool:
    """ "a difficulty step of 13.5%", "only 9.32% was bigger"."""
    near = [*spot.before(5), *spot.after(4)]
    return _is_pointed_at(spot) or any(item.adjusts or item.lower in _COMPARES or item.lower in _STEPS for item in near)


def _is_mean(spot: Spot, before: Sequence[str]) -> bool:
    """ "the average increase per adjustment is 1.3%"."""
    return not _MEANS.isdisjoint(before) and any(one.lower in _MEANS and (two.turn or two.adjusts) for one, two in pairwise(spot.before(8)))


def _is_share(before: Sequence[str]) -> bool:
    """ "miners account for 38% of the network hashrate"."""
    return not _SHARES.isdisjoint(before) or ("up" in before and any(one in _MAKES and two == "up" for one, two in pairwise(before)))


def _level_beside(spot: Spot) -> Subject:
    """ "to 85 EH/s, which is 35 percent less": the level told just before, unless another subject is named in between."""
    for place in range(spot.place - 1, max(-1, spot.place - 9), -1):
        item = spot.items[place]
        if item.figure is not None:
            level = _LEVELS.get(item.figure.unit)
            return (level(Spot(spot.items, place, item.figure, spot.context)) or OTHER) if level else None
        if item.metric is not None or item.other or item.lower in _BREAKS:
            return None
    return None


def _unsaid(spot: Spot) -> Metric | None:
    """The metric of a change whose sentence names none: that of a level to come, else the one last spoken of."""
    ahead = next((item.figure.unit for item in spot.after(9) if item.figure is not None), None)
    if ahead is Unit.TRILLIONS and spot.context.network:
        return Metric.DIFFICULTY
    topic = spot.context.topic
    if _is_of_more(spot) or any(one.lower == "bitcoin" and two.lower == "cash" for one, two in pairwise(spot.items)):
        return None
    steps = topic is Metric.DIFFICULTY and (_STEPS.intersection(spot.words_before(5)) or _is_pointed_at(spot))
    moves = direction(spot.items, spot.place) or steps or spot.words & _COMPARES
    return topic if moves and not spot.words & _DEEDS and not _is_somebodys(spot) else None


def _is_pointed_at(spot: Spot) -> bool:
    """ "The 5.01% are the most since July 2021": of the change told before."""
    return (
        spot.words_before(1)[-1:] in _POINTS and bool(_IS.intersection(spot.words_after(1))) and not _MOST.isdisjoint(spot.words_after(4))
    )


def _is_of_more(spot: Spot) -> bool:
    """ "Shares? They fell 9%": many things, and no metric is many."""
    return spot.items[0].lower in {"they", "these", "those", "both"}


def _is_discount(spot: Spot) -> bool:
    """ "5% off all S21s this week"."""
    after = spot.words_after(2)
    return len(after) == 2 and after[0] == "off" and after[1] in _ON_OFFER


def _is_of_coins(spot: Spot) -> bool:
    """ "It produced 15% more bitcoin than in April": how many coins, not what one costs."""
    after = spot.words_after(2)
    return len(after) == 2 and after[0] in _MORE and after[1] in _COINS


def _is_somebodys(spot: Spot) -> bool:
    """ "MARA fell 8% and Riot 6%": a name has the change, or is given it without a verb."""
    place = spot.place - 1
    while place > 0 and (spot.items[place].turn or spot.items[place].lower in _BESIDE_TURNS):
        place -= 1
    if place < 0:
        return False
    word = spot.items[place]
    if word.figure is not None or word.metric is not None or word.lower in _NO_NAMES | _BESIDE_TURNS:
        return False
    if place == 0:  # any first word has a capital
        return load_registry().by_name(word.lower) is not None
    return spot.context.text[word.start : word.start + 1].isupper()
