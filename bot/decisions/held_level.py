"""A stated level of difficulty held against the chain: the level after, and the level before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from bot.decisions.chainfacts import SAME_DAYS, Chain, before_says, level_says, set_on
from bot.decisions.printed import Held, Printed, printed
from bot.decisions.remarks import remark
from bot.model import Verdict
from bot.speech import marked
from extractors.model import Claim

_CURRENT_DAYS = 20
_NEAR = Decimal("0.15")
_BEFORE_PLACES = 40
_SAME = timedelta(days=SAME_DAYS)


def hold_value(claim: Claim, published: date | None, chain: Chain, place: int | None = None) -> Held:
    """Verdict, reason and the retarget meant for `claim.value`; `place` is that of the retarget whose block is named."""
    figure = printed(claim, "value")
    if figure is None:
        return Held(Verdict.UNCHECKABLE, remark(marked("no level is told")))
    meant = _meant(claim, published, chain) if place is None else [place]
    for spot in meant:
        verdict = figure.fit(chain.levels[spot])
        if verdict is not None:
            return Held(verdict, level_says(chain, spot), spot)
    return _elsewhere(claim, figure, meant, published, chain) or _unfitting(claim, figure, meant, published, chain)


def _meant(claim: Claim, published: date | None, chain: Chain) -> list[int]:
    """The retargets whose level may be meant, latest first."""
    day = claim.at or (published if claim.since is not None else None)
    if day is not None:
        return chain.holding(day - _SAME, day + _SAME)[::-1]
    if claim.within is not None:
        return chain.holding(claim.within.start - _SAME, claim.within.end + _SAME)[::-1]
    if published is None:
        return []
    return chain.holding(published - timedelta(days=_CURRENT_DAYS), published + _SAME)[::-1]


def _elsewhere(claim: Claim, figure: Printed, meant: Sequence[int], published: date | None, chain: Chain) -> Held | None:
    """Another retarget, before the article, that the level is right for, if that cannot be chance."""
    exact = [place for place in range(chain.known(published)) if figure.fit(chain.levels[place]) is not None and figure.is_exact]
    if not exact:
        return None
    near = min(exact, key=lambda place: min((abs(place - other) for other in meant), default=-place))
    said = level_says(chain, meant[0]) if meant else ()
    undated = claim.at is None and claim.since is None and claim.within is None
    verdict = Verdict.MATCHES if undated else Verdict.EARLIER_RETARGET
    return Held(verdict, said + remark(marked("{level} was set on {day}"), **set_on(chain, near)), near)


def _unfitting(claim: Claim, figure: Printed, meant: Sequence[int], published: date | None, chain: Chain) -> Held:
    if not meant:
        return Held(Verdict.UNCHECKABLE, remark(marked("the time that the level holds for is not known")))
    reason = level_says(chain, meant[0])
    truth = min((chain.levels[place] for place in meant), key=lambda known: abs(known - figure.value))
    off = abs(truth - figure.value)
    if figure.holds(truth):
        return Held(figure.agreement, reason, meant[0])
    sure = claim.within is None and published is not None and figure.is_exact and off <= _NEAR * truth
    if not sure or (figure.is_loose and off <= 2 * figure.unit):
        return Held(Verdict.UNCHECKABLE, reason)
    return Held(Verdict.CONTRADICTS, reason)


def hold_from(claim: Claim, meant: int | None, published: date | None, chain: Chain) -> Held:
    """Verdict and reason for `claim.from_value`; `meant` is the retarget that the rest of the claim is about."""
    figure = printed(claim, "from_value")
    places = _before(claim, meant, published, chain)
    if figure is None or not places:
        return Held(Verdict.UNCHECKABLE, remark(marked("the level before is not known")))
    for place in places:
        verdict = figure.fit(chain.levels[place])
        if verdict is not None:
            return Held(verdict, level_says(chain, place))
    truth = chain.levels[places[0]]
    reason = before_says(truth)
    near = figure.is_exact and abs(truth - figure.value) <= _NEAR * truth and not figure.is_loose
    sure = near and meant is not None and claim.since is None
    return Held(Verdict.CONTRADICTS if sure else Verdict.UNCHECKABLE, reason)


def _before(claim: Claim, meant: int | None, published: date | None, chain: Chain) -> list[int]:
    """The retargets whose level may be the one before, likeliest first."""
    if claim.since is not None:
        return chain.holding(claim.since - timedelta(days=_CURRENT_DAYS), claim.since + timedelta(days=_CURRENT_DAYS))
    last = meant if meant is not None else chain.known(published)
    return list(range(last - 1, max(-1, last - _BEFORE_PLACES), -1))
