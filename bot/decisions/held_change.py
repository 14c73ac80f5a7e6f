"""A stated change of difficulty held against the retarget it is told of.

A change that fits that retarget holds; one that fits only another is right for the wrong day; a claim is contradicted only when
it is sure which retarget is meant, and the direction agrees but not the size, or every digit but not the direction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.decisions.chainfacts import Chain, chain_says, move_on
from bot.decisions.held_span import hold_span, spans
from bot.decisions.printed import Held, Printed, printed
from bot.decisions.remarks import remark, share
from bot.model import Verdict
from bot.speech import marked
from extractors.model import Claim

HOLDS = {Verdict.MATCHES, Verdict.ROUNDS_TO}
_RECENT = 3
_SHORT_SPAN = 45  # days
_EPOCHS_BACK = 5
_MEMORY = 200  # retargets, about eight years: older ones are not told of without their day
_WRONG_DAYS = 45
_SAME_SEASON = 3
_LIKE = (Decimal("0.5"), Decimal(2))  # told of one retarget, a wrong size may be off by so much
_VERY_LIKE = (Decimal("0.8"), Decimal("1.25"))  # of one of several


def hold_change(claim: Claim, published: date | None, chain: Chain) -> Held:
    """Verdict, reason and the retarget meant for `claim.change_pct`."""
    figure = printed(claim, "change_pct")
    if figure is None:
        return Held(Verdict.UNCHECKABLE, remark(marked("no change is told")))
    if spans(claim):
        held = hold_span(claim, figure, published, chain)
        if held is not None and (held.verdict in HOLDS or not _is_short(claim, published)):
            return held
        own = _hold_retarget(claim, figure, published, chain)
        return own if held is None or own.verdict in HOLDS else held
    return _hold_retarget(claim, figure, published, chain)


def _is_short(claim: Claim, published: date | None) -> bool:
    """ "Over the past month" may tell of its one retarget as well."""
    end = claim.at or published
    return claim.since is not None and end is not None and (end - claim.since).days <= _SHORT_SPAN


def _hold_retarget(claim: Claim, figure: Printed, published: date | None, chain: Chain) -> Held:
    meant, sure = candidates(claim, published, chain)
    for place in meant:
        verdict = figure.fit(chain.pct(place))
        if verdict is not None:
            return Held(verdict, chain_says(chain, place), place)
    if sure and meant and figure.holds(chain.pct(meant[0])):
        return Held(figure.agreement, chain_says(chain, meant[0]), meant[0])
    other = _elsewhere(claim, figure, published, chain)
    clear = claim.at is None and sure and any(_alike(claim, figure, chain.pct(place)) for place in meant[:1])
    if other is None or clear:
        return _unfitting(claim, figure, chain, meant if sure else ())
    said = chain_says(chain, meant[0]) if meant else ()
    verdict = figure.agreement if claim.at is None else Verdict.EARLIER_RETARGET
    return Held(verdict, said + move_on(chain, other), other)


def candidates(claim: Claim, published: date | None, chain: Chain) -> tuple[list[int], bool]:
    """The retargets a claim may be about, likeliest first, and whether that is sure."""
    if claim.at is not None:
        return _on_day(claim.at, published, chain)
    known = chain.known(published)
    if claim.within is not None:
        return [place for place in chain.during(claim.within) if place < known], False
    recent = list(range(known - 1, max(0, known - 1 - _EPOCHS_BACK), -1))
    if claim.previous:
        return recent[1:] + recent[:1], True
    return recent[:_RECENT], published is not None


def _on_day(day: date, published: date | None, chain: Chain) -> tuple[list[int], bool]:
    near = sorted(chain.near(day), key=lambda place: abs((chain.days[place] - day).days))
    force = chain.in_force(day)
    is_now = published is not None and abs((day - published).days) <= 1
    if near or not is_now or force is None:
        return near, bool(near)
    return [force], True


def _elsewhere(claim: Claim, figure: Printed, published: date | None, chain: Chain) -> int | None:
    """Another retarget that the figure is right for, if that cannot be chance."""
    known = chain.known(published)
    exact = [place for place in range(1, len(chain.days)) if figure.fit(chain.pct(place)) is not None]
    if claim.at is None:
        exact = [place for place in exact if known - _MEMORY <= place < known]
        return exact[-1] if exact and figure.is_exact else None
    day = claim.at
    of_year = [place for place in exact if chain.days[place].year != day.year and _season(chain.days[place], day) <= _SAME_SEASON]
    level = printed(claim, "value")
    if level is not None:  # told beside a level, a wrong year is wrong for both
        of_year = [place for place in of_year if level.fit(chain.levels[place]) is not None]
    close = [place for place in exact if abs((chain.days[place] - day).days) <= _WRONG_DAYS]
    if of_year:
        return of_year[-1]
    return close[-1] if close and (figure.is_exact or not chain.near(day)) else None


def _season(one: date, other: date) -> int:
    """Days between two days of the year, the years left out."""
    return abs((one - other.replace(year=one.year, day=min(other.day, 28))).days)


def _unfitting(claim: Claim, figure: Printed, chain: Chain, meant: Sequence[int]) -> Held:
    """No retarget fits; `meant` is empty unless it is sure which one should."""
    if not meant:
        return Held(Verdict.UNCHECKABLE, remark(marked("which retarget is meant is not sure")))
    near = meant if claim.at is not None or claim.previous else meant[:1]  # undated, only the last one is surely meant
    alike = [place for place in near if _alike(claim, figure, chain.pct(place))]
    place = (alike or list(meant))[0]
    reason = chain_says(chain, place)
    if not alike:
        turned = _turned(claim, figure, near, chain)
        if turned is not None:
            return Held(Verdict.CONTRADICTS, chain_says(chain, turned), turned)
        return Held(Verdict.UNCHECKABLE, reason + remark(marked("which change is meant is not sure")), place)
    if figure.is_loose and abs(chain.pct(place) - figure.value) <= 2 * figure.unit:
        return Held(Verdict.UNCHECKABLE, reason + remark(marked("told as about {size}"), size=share(figure.value)), place)
    return Held(Verdict.CONTRADICTS, reason, place)


def _turned(claim: Claim, figure: Printed, near: Sequence[int], chain: Chain) -> int | None:
    """The retarget of the very day told whose change the figure has to the digit, but with the other sign."""
    if claim.at is None or not figure.is_exact:
        return None
    return next((place for place in near if figure.fit(-chain.pct(place)) is not None), None)


def _alike(claim: Claim, figure: Printed, truth: Decimal) -> bool:
    """Whether a stated change is near enough to a true one to be meant for it."""
    if truth == 0 or (figure.value < 0) is not (truth < 0):
        return False
    low, high = _VERY_LIKE if claim.previous else _LIKE
    return low <= figure.value / truth <= high
