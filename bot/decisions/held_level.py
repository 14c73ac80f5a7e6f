"""A stated level of difficulty held against the chain: the level after, and the level before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from bot.decisions.chainfacts import SAME_DAYS, Chain, on, trillions
from bot.decisions.printed import digits_of, fit, is_loose, unit_of
from bot.model import Verdict
from extractors.model import Claim

_CURRENT_DAYS = 20
_NEAR = Decimal("0.15")
_BEFORE_PLACES = 40


def hold_value(claim: Claim, published: date | None, chain: Chain) -> tuple[Verdict, str, int | None]:
    """Verdict, reason and the retarget meant for `claim.value`."""
    assert claim.value is not None
    meant = _meant(claim, published, chain)
    bounds = claim.bounds.get("value")
    for place in meant:
        verdict = fit(claim.value, chain.levels[place], bounds)
        if verdict is not None:
            return verdict, f"the chain says {trillions(chain.levels[place])} from {on(chain.days[place])}", place
    return _elsewhere(claim, claim.value, meant, published, chain)


def _meant(claim: Claim, published: date | None, chain: Chain) -> list[int]:
    """The retargets whose level may be meant, latest first."""
    day = claim.at or (published if claim.since is not None else None)
    if day is not None:
        slack = timedelta(days=SAME_DAYS)
        return chain.holding(day - slack, day + slack)[::-1]
    if claim.within is not None:
        return chain.holding(claim.within.start - timedelta(days=SAME_DAYS), claim.within.end + timedelta(days=SAME_DAYS))[::-1]
    if published is None:
        return []
    return chain.holding(published - timedelta(days=_CURRENT_DAYS), published + timedelta(days=SAME_DAYS))[::-1]


def _elsewhere(claim: Claim, value: Decimal, meant: Sequence[int], published: date | None, chain: Chain) -> tuple[Verdict, str, int | None]:
    exact = [place for place in range(chain.known(published)) if fit(value, chain.levels[place]) is not None and digits_of(value) >= 3]
    said = f"the chain says {trillions(chain.levels[meant[0]])} from {on(chain.days[meant[0]])}" if meant else "the day is not known"
    if exact:
        near = min(exact, key=lambda place: min((abs(place - other) for other in meant), default=-place))
        reason = f"{said}; {trillions(chain.levels[near])} was set on {on(chain.days[near])}"
        if claim.at is None and claim.since is None and claim.within is None:
            return Verdict.MATCHES, reason, near
        return Verdict.EARLIER_RETARGET, reason, near
    if not meant or claim.within is not None:
        return Verdict.UNCHECKABLE, said, None
    truth = min((chain.levels[place] for place in meant), key=lambda level: abs(level - value))
    far = abs(truth - value) > _NEAR * truth
    if far or published is None or (is_loose(claim.bounds, "value") and abs(truth - value) <= 2 * unit_of(value)):
        return Verdict.UNCHECKABLE, said, None
    return Verdict.CONTRADICTS, said, None


def hold_from(claim: Claim, meant: int | None, published: date | None, chain: Chain) -> tuple[Verdict, str]:
    """Verdict and reason for `claim.from_value`; `meant` is the retarget that the rest of the claim is about."""
    assert claim.from_value is not None
    bounds = claim.bounds.get("from_value")
    if claim.since is not None:
        slack = timedelta(days=_CURRENT_DAYS)
        places = chain.holding(claim.since - slack, claim.since + slack)
    else:
        last = meant if meant is not None else chain.known(published)
        places = list(range(last - 1, max(-1, last - _BEFORE_PLACES), -1))
    for place in places:
        verdict = fit(claim.from_value, chain.levels[place], bounds)
        if verdict is not None:
            return verdict, f"the chain says {trillions(chain.levels[place])} from {on(chain.days[place])}"
    if not places:
        return Verdict.UNCHECKABLE, "the level before is not known"
    truth = chain.levels[places[0]]
    reason = f"the chain says {trillions(truth)} before"
    if meant is None or claim.since is not None or abs(truth - claim.from_value) > _NEAR * truth or is_loose(claim.bounds, "from_value"):
        return Verdict.UNCHECKABLE, reason
    return Verdict.CONTRADICTS, reason
