"""Figures of a retarget that is pinned: by its block, or by its day and another figure of the same claim.

Such a figure is wrong however far it is off, unless it may have been said of something else: of several retargets together, of the
one before or after, or of another day that the words give.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.decisions.chainfacts import Chain, chain_says, level_says
from bot.decisions.held_named import Named
from bot.decisions.held_superlative import direction, hold_superlative
from bot.decisions.printed import Held, Printed, printed
from bot.model import Verdict
from extractors.model import Claim

_HOLDS = {Verdict.MATCHES, Verdict.ROUNDS_TO}
_NEIGHBOURS = 6  # retargets: a superlative that is right for one of them may be said of that one
_SUMMED = 30  # retargets, over a year: a change may be that of so many together
_SUMMED_ROUGHLY = 4  # of a change in one digit, for which one of many sums would always fit
_MIXED_UP_DAYS = 45  # a change that is right for a retarget so near was taken for that one's
_LOST = -100  # percent: nothing is left
_SAME_LEVEL = Decimal("0.03")  # a level reckoned back from two rounded figures
_BESIDE = 40  # characters: "fell 3% to 150 trillion", "to 150 trillion, which is 3% less"
_NEAR_BY = 120
_LEVELS = (Decimal("0.5"), Decimal(2))  # beyond them a figure is no level of that time: another unit, another thing


def pinned(told: Named, chain: Chain) -> int | None:
    """Place of the retarget that the block or the day told is of; None where neither is told, or more than that."""
    claim = told.claim
    if claim.since is not None or claim.within is not None or claim.extreme is not None or claim.previous:
        return None
    if told.place is not None:
        return told.place or None
    near = chain.near(claim.at) if claim.at is not None and told.between is None else []
    return near[0] if len(near) == 1 and near[0] > 0 else None


def pin(held: Mapping[str, Held], told: Named, chain: Chain) -> dict[str, Held]:
    """The verdicts on change and level, each by itself where the other, or a block, says which retarget they are of."""
    place = pinned(told, chain)
    if place is None:
        return dict(held)
    judged = dict(held)
    both = _is_within(told.claim, _BESIDE, "change_pct", "value")
    if "change_pct" in held and (_is_block_of(told, "change_pct") or (both and _level_pins(held, told.claim, place, chain))):
        judged["change_pct"] = far_change(held["change_pct"], told.claim, place, chain)
    if "value" in held and (_is_block_of(told, "value") or (both and _change_pins(judged, place))):
        judged["value"] = _level(held["value"], told.claim, place, chain)
    return judged


def _is_block_of(told: Named, field: str) -> bool:
    return told.place is not None and _is_within(told.claim, _NEAR_BY, field, "block")


def _is_within(claim: Claim, reach: int, *fields: str) -> bool:
    """Whether the words of two fields stand so near to each other: a claim may be put together from two sentences."""
    spans = sorted(claim.evidence[field] for field in fields if field in claim.evidence)
    return len(spans) < len(fields) or spans[1].start - spans[0].end <= reach


def _level_pins(held: Mapping[str, Held], claim: Claim, place: int, chain: Chain) -> bool:
    """Whether the level is that retarget's, is surely meant for it, or fits the change and the level before it."""
    if "value" not in held or claim.value is None or claim.change_pct is None:
        return False
    level = held["value"]
    if level.verdict is Verdict.CONTRADICTS or (level.verdict in _HOLDS and level.place == place):
        return True
    before = claim.value / (1 + claim.change_pct / 100) if claim.change_pct > _LOST else None
    return before is not None and abs(before - chain.levels[place - 1]) <= _SAME_LEVEL * chain.levels[place - 1]


def _change_pins(held: Mapping[str, Held], place: int) -> bool:
    change = held.get("change_pct")
    return change is not None and change.place == place and change.verdict in {*_HOLDS, Verdict.CONTRADICTS}


def far_change(held: Held, claim: Claim, place: int, chain: Chain) -> Held:
    """A change told of the retarget at `place` that was not judged, or is that of another year by chance."""
    figure = printed(claim, "change_pct")
    chance = held.verdict is Verdict.EARLIER_RETARGET and held.place is not None and _days(chain, held.place, place) > _MIXED_UP_DAYS
    if figure is None or not (chance or held.verdict is Verdict.UNCHECKABLE) or _is_near(figure, chain.pct(place)):
        return held
    after = chain.levels[place]
    summed = _SUMMED if figure.digits > 1 else _SUMMED_ROUGHLY
    sums = ((after / before - 1) * 100 for before in chain.levels[max(0, place - summed) : place - 1])
    if figure.holds(chain.pct(place)) or any(figure.fit(one) is not None for one in sums):
        return held
    return Held(Verdict.CONTRADICTS, chain_says(chain, place), place)


def _level(held: Held, claim: Claim, place: int, chain: Chain) -> Held:
    """A level that was not judged."""
    figure, truth = printed(claim, "value"), chain.levels[place]
    if figure is None or held.verdict is not Verdict.UNCHECKABLE or _is_near(figure, truth) or figure.holds(truth):
        return held
    low, high = _LEVELS
    if not low * truth <= figure.value <= high * truth:
        return held
    return Held(Verdict.CONTRADICTS, level_says(chain, place), place)


def _is_near(figure: Printed, truth: Decimal) -> bool:
    """Whether it is loosely told, or in so few digits, that it may still stand for the true one."""
    off = abs(figure.value - truth)
    return (figure.is_loose and off <= 2 * figure.unit) or (not figure.is_exact and off <= 2 * figure.slack)


def _days(chain: Chain, one: int, other: int) -> int:
    return abs((chain.days[one] - chain.days[other]).days)


# --- superlatives ----------------------------------------------------------------------------------------------------


def denies(code: str, place: int | None, told: Named, held: Mapping[str, Held], chain: Chain) -> bool:
    """Whether a superlative of falls is surely said of a retarget that was a rise, or the reverse.

    Not if its own change goes the other way than the superlative: then the words were misread rather.
    """
    claim, turn = told.claim, direction(code)
    if not turn or not place or chain.pct(place) * turn >= 0 or (claim.change_pct is not None and claim.change_pct * turn <= 0):
        return False
    agrees = held["value"].verdict in _HOLDS and held["value"].place == place if "value" in held else False
    if pinned(told, chain) != place and not (agrees and claim.extreme is None and claim.since is None):
        return False
    near = range(max(1, place - _NEIGHBOURS), min(len(chain.days), place + 2))
    return all(hold_superlative(code, spot, chain, sure=False).verdict is not Verdict.MATCHES for spot in near)
