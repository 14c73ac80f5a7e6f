"""A stated change of difficulty held against the chain: a retarget's own, or the change over a longer time.

A change that fits the retarget it is told of holds; one that fits only another is right for the wrong day; a claim is
contradicted only when it is sure which retarget is meant, the direction agrees and the size does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from bot.decisions.chainfacts import Chain, listed, on, percent, trillions
from bot.decisions.printed import digits_of, fit, is_loose, unit_of
from bot.model import Verdict
from extractors.model import Claim

_BASE_DAYS = 20
_RECENT = 3
_MEMORY = 200  # retargets, about eight years: older ones are not told of without their day


def hold_change(claim: Claim, published: date | None, chain: Chain) -> tuple[Verdict, str, int | None]:
    """Verdict, reason and the retarget meant for `claim.change_pct`."""
    if claim.since is not None:
        verdict, reason = _hold_span(claim, published, chain)
        return verdict, reason, None
    if claim.from_value is not None and claim.value is not None:
        own = _hold_own_arithmetic(claim, published, chain)
        if own is not None:
            return own
    if claim.extreme == "high" and claim.from_value is None:
        known = _hold_until_now(claim, _peak(claim, published, chain), published, chain)
        return known or (Verdict.UNCHECKABLE, "what the change counts from is not sure", None)
    if claim.from_value is not None and claim.value is None:
        known = _hold_until_now(claim, claim.from_value, published, chain)
        if known is not None:
            return known
    return _hold_retarget(claim, published, chain)


# --- one retarget ----------------------------------------------------------------------------------------------------


def _hold_retarget(claim: Claim, published: date | None, chain: Chain) -> tuple[Verdict, str, int | None]:
    meant, sure = candidates(claim, published, chain)
    value = claim.change_pct or Decimal(0)
    for place in meant:
        verdict = _fits(claim, chain.pct(place))
        if verdict is not None:
            return verdict, f"the chain says {percent(chain.pct(place))} on {on(chain.days[place])}", place
    elsewhere = _elsewhere(claim, published, chain, meant)
    clear = claim.at is None and sure and any(_alike(value, chain.pct(place), tight=claim.previous) for place in meant[:1])
    if elsewhere is not None and not clear:
        said = f"the chain says {listed(chain, meant[:1])}; " if meant else ""
        return _other_retarget(claim, f"{said}{listed(chain, [elsewhere])}", elsewhere)
    return _unfitting(claim, chain, meant, sure=sure)


def _fits(claim: Claim, truth: Decimal) -> Verdict | None:
    assert claim.change_pct is not None
    return fit(claim.change_pct, truth, claim.bounds.get("change_pct"))


def candidates(claim: Claim, published: date | None, chain: Chain) -> tuple[list[int], bool]:
    """The retargets a claim may be about, likeliest first, and whether that is sure."""
    known = chain.known(published)
    if claim.at is not None:
        near = sorted(chain.near(claim.at), key=lambda place: abs((chain.days[place] - claim.at).days))  # type: ignore[operator]  # at is a day here
        force = chain.in_force(claim.at)
        current = published is None or abs((claim.at - published).days) <= 1
        if near or not current or force is None:
            return near, bool(near)
        return [force], True
    if claim.within is not None:
        return chain.during(claim.within), False
    recent = list(range(known - 1, max(0, known - 1 - 5), -1))
    if claim.previous:
        return recent[1:] + recent[:1], True
    return recent[:_RECENT], published is not None


def _elsewhere(claim: Claim, published: date | None, chain: Chain, meant: Sequence[int]) -> int | None:
    """Another retarget that the figure is right for, if that cannot be chance."""
    exact = [place for place in range(1, len(chain.days)) if place not in meant and _fits(claim, chain.pct(place)) is not None]
    assert claim.change_pct is not None
    if claim.at is not None:
        same_day = [place for place in exact if _same_day_of_year(chain.days[place], claim.at)]
        if same_day:
            return same_day[-1]
        close = [place for place in exact if abs((chain.days[place] - claim.at).days) <= 45]
        return close[-1] if close and (digits_of(claim.change_pct) >= 3 or not chain.near(claim.at)) else None
    if digits_of(claim.change_pct) >= 3:
        earlier = [place for place in exact if chain.known(published) - _MEMORY <= place < chain.known(published)]
        return earlier[-1] if earlier else None
    return None


def _same_day_of_year(day: date, told: date) -> bool:
    return day.year != told.year and min(abs((day - told.replace(year=year, day=min(told.day, 28))).days) for year in (day.year,)) <= 3


def _other_retarget(claim: Claim, reason: str, place: int) -> tuple[Verdict, str, int]:
    if claim.at is None:
        assert claim.change_pct is not None
        return (Verdict.MATCHES if digits_of(claim.change_pct) >= 3 else Verdict.ROUNDS_TO), reason, place
    return Verdict.EARLIER_RETARGET, reason, place


def _unfitting(claim: Claim, chain: Chain, meant: Sequence[int], *, sure: bool) -> tuple[Verdict, str, int | None]:
    assert claim.change_pct is not None
    value = claim.change_pct
    near = meant if claim.at is not None or claim.previous else meant[:1]  # undated, only the last one is surely meant
    alike = [place for place in near if _alike(value, chain.pct(place), tight=claim.previous)]
    if not meant:
        return Verdict.UNCHECKABLE, "no retarget of the history fits the time told", None
    place = alike[0] if alike else meant[0]
    reason = f"the chain says {listed(chain, [place])}"
    if not sure or not alike:
        return Verdict.UNCHECKABLE, f"{reason}; which change is meant is not sure", place
    if is_loose(claim.bounds, "change_pct") and abs(chain.pct(place) - value) <= 2 * unit_of(value):
        return Verdict.UNCHECKABLE, f"{reason}; told as about {value:f} %", place
    return Verdict.CONTRADICTS, reason, place


def _alike(value: Decimal, truth: Decimal, *, tight: bool) -> bool:
    """Whether a stated change is near enough to a true one to be meant for it."""
    if truth == 0 or (value < 0) is not (truth < 0):
        return False
    low, high = (Decimal("0.8"), Decimal("1.25")) if tight else (Decimal("0.5"), Decimal(2))
    return low <= value / truth <= high


# --- a longer time ---------------------------------------------------------------------------------------------------


def _hold_span(claim: Claim, published: date | None, chain: Chain) -> tuple[Verdict, str]:
    end = claim.at or published
    assert claim.since is not None
    assert claim.change_pct is not None
    if end is None or end <= claim.since:
        return Verdict.UNCHECKABLE, "the time that the change counts over is not known"
    bases = chain.holding(claim.since - timedelta(days=_BASE_DAYS), claim.since + timedelta(days=_BASE_DAYS))
    ends = chain.holding(end - timedelta(days=2), end + timedelta(days=2))
    base, last = chain.in_force(claim.since), chain.in_force(end)
    if not bases or not ends or base is None or last is None:
        return Verdict.UNCHECKABLE, "the history does not reach so far"
    own = _ratio(chain.levels[base], chain.levels[last])
    reason = f"from {trillions(chain.levels[base])} on {on(claim.since)} to {trillions(chain.levels[last])} is {percent(own)}"
    all_ratios = [own, *(_ratio(chain.levels[first], chain.levels[second]) for first in bases for second in ends)]
    verdict = next((held for ratio in all_ratios if (held := _fits(claim, ratio)) is not None), None)
    if verdict is not None:
        return verdict, reason
    return Verdict.UNCHECKABLE, f"{reason}, and what the article counts from is not sure"


def _ratio(before: Decimal, after: Decimal) -> Decimal:
    return (after / before - 1) * 100


def _peak(claim: Claim, published: date | None, chain: Chain) -> Decimal:
    """The highest level so far."""
    return max(chain.levels[: max(1, chain.known(claim.at or published))])


def _hold_until_now(claim: Claim, before: Decimal, published: date | None, chain: Chain) -> tuple[Verdict, str, int | None] | None:
    """ "9.2 % under its peak of 155.97 trillion": from the level told to the one in force."""
    day = claim.at or published
    place = chain.in_force(day) if day is not None else None
    if place is None:
        return None
    for last in (place, place - 1):
        ratio = _ratio(before, chain.levels[last])
        verdict = _fits(claim, ratio)
        if verdict is not None and last >= 0:
            return verdict, f"from {trillions(before)} to {trillions(chain.levels[last])} is {percent(ratio)}", None
    return None


def _hold_own_arithmetic(claim: Claim, published: date | None, chain: Chain) -> tuple[Verdict, str, int | None] | None:
    """A change beside its two levels may span several retargets: then the levels decide."""
    assert claim.value is not None
    assert claim.from_value is not None
    assert claim.change_pct is not None
    known = chain.known(published)
    after = [place for place in range(known) if fit(claim.value, chain.levels[place]) is not None]
    before = [place for place in range(known) if fit(claim.from_value, chain.levels[place], claim.bounds.get("from_value")) is not None]
    if not after or not before or any(second - first == 1 for first in before for second in after):
        return None
    for second in reversed(after):
        for first in reversed(before):
            verdict = _fits(claim, _ratio(chain.levels[first], chain.levels[second])) if first < second else None
            if verdict is not None:
                return verdict, f"from {trillions(chain.levels[first])} to {trillions(chain.levels[second])}", None
    return None
