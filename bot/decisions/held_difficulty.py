"""A claim on the difficulty, part by part: its change, its level, the level before, its superlative, all of one retarget."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.decisions.chainfacts import Chain, chain_says, level_says
from bot.decisions.held_change import candidates, hold_change
from bot.decisions.held_level import hold_from, hold_value
from bot.decisions.held_superlative import hold_superlative
from bot.decisions.printed import Held
from bot.decisions.remarks import remark
from bot.model import Verdict
from bot.speech import marked
from extractors.model import Claim

_HOLDS = {Verdict.MATCHES, Verdict.ROUNDS_TO}
_UNFIT = {Verdict.UNCHECKABLE, Verdict.CONTRADICTS}
_TRIED = 2
_LOST = -100  # percent: nothing is left
_SAME_LEVEL = Decimal("0.03")  # a level reckoned back from two rounded figures


def hold_difficulty(claim: Claim, published: date | None, chain: Chain) -> dict[str, Held]:
    """The verdict of each part that the claim tells, by field."""
    held: dict[str, Held] = {}
    meant: int | None = None
    if claim.change_pct is not None:
        held["change_pct"] = hold_change(claim, published, chain)
        meant = held["change_pct"].place
    if claim.value is not None:
        held["value"] = hold_value(claim, published, chain)
        if held["value"].verdict in _HOLDS or meant is None:
            meant = held["value"].place if held["value"].place is not None else meant
        _agree(held, claim, chain)
        _pin(held, claim, chain)
    if claim.from_value is not None:
        held["from_value"] = hold_from(claim, meant, published, chain)
    if claim.superlative is not None:
        own = _superlative(claim, claim.superlative, meant, published, chain)
        if own.verdict is Verdict.MATCHES and held and all(one.verdict is Verdict.EARLIER_RETARGET for one in held.values()):
            own = own._replace(verdict=Verdict.EARLIER_RETARGET)  # right for that other retarget, as its figures are
        held["superlative"] = own
    return held


def _agree(held: dict[str, Held], claim: Claim, chain: Chain) -> None:
    """A change and a level that are right for one other retarget than the day told: both are right for that one."""
    place = held["value"].place
    if place is None or claim.since is not None or "change_pct" not in held:
        return
    change = held["change_pct"]
    if change.verdict is Verdict.EARLIER_RETARGET and change.place == place and held["value"].verdict in _HOLDS:
        held["value"] = change
    if held["value"].verdict is not Verdict.EARLIER_RETARGET:
        return
    moved = replace(claim, at=chain.days[place], within=None)
    if hold_change(moved, chain.days[place], chain).verdict in _HOLDS:
        held["change_pct"] = held["value"]


def _pin(held: dict[str, Held], claim: Claim, chain: Chain) -> None:
    """A change and a level that fit each other and the level before a retarget of the day told: both are about that retarget.

    "Fell 20 % to 140 trillion" on the day of a retarget from 176 trillion tells of that retarget, however far it is off.
    """
    if claim.at is None or claim.since is not None or claim.within is not None or claim.extreme is not None:
        return
    if claim.value is None or claim.change_pct is None or any(one.verdict not in _UNFIT for one in held.values()):
        return
    before = claim.value / (1 + claim.change_pct / 100) if claim.change_pct > _LOST else None
    places = [place for place in chain.near(claim.at) if place > 0]
    for place in places:
        known = chain.levels[place - 1]
        if before is not None and abs(before - known) <= _SAME_LEVEL * known:
            held["change_pct"] = Held(Verdict.CONTRADICTS, chain_says(chain, place), place)
            held["value"] = Held(Verdict.CONTRADICTS, level_says(chain, place), place)


def _superlative(claim: Claim, code: str, meant: int | None, published: date | None, chain: Chain) -> Held:
    if meant is not None:
        return hold_superlative(code, meant, chain, sure=claim.extreme is None)  # "from its peak of" may be a peak of late only
    places, sure = candidates(claim, published, chain)
    if code.startswith(("falls", "rises")):  # the streak that goes on, or the one that has just ended
        places = [place for first in places[:1] for place in (first, first - 1) if place > 0]
    elif claim.previous:  # a record before: any of the last ones may be meant, and none is denied
        tried = [hold_superlative(code, place, chain, sure=False) for place in places]
        return _best([one for one in tried if one.verdict is Verdict.MATCHES])
    return _best([hold_superlative(code, place, chain, sure=sure) for place in places[:_TRIED]])


def _best(held: list[Held]) -> Held:
    """The first that matches, else the likeliest one's."""
    right = [one for one in held if one.verdict is Verdict.MATCHES]
    return (right or held or [Held(Verdict.UNCHECKABLE, remark(marked("no retarget fits the time told")))])[0]
