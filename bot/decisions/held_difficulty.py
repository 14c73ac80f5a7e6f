"""A claim on the difficulty, part by part: its change, its level, the level before, its superlative, all of one retarget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.decisions.chainfacts import Chain, chain_says
from bot.decisions.held_block import no_retarget
from bot.decisions.held_change import candidates, hold_change
from bot.decisions.held_level import hold_from, hold_value
from bot.decisions.held_named import Named, unsure
from bot.decisions.held_pinned import denies, far_change, pin, pinned
from bot.decisions.held_superlative import hold_superlative
from bot.decisions.printed import Held
from bot.decisions.remarks import remark
from bot.model import Verdict
from bot.speech import marked
from extractors.model import Claim

_FIELDS = ("change_pct", "value", "from_value", "superlative")
_HOLDS = {Verdict.MATCHES, Verdict.ROUNDS_TO}
_TRIED = 2


def hold_difficulty(told: Named, published: date | None, chain: Chain) -> dict[str, Held]:
    """The verdict of each part that the claim tells, by field."""
    claim = told.claim
    if told.is_unknown:
        unknown = Held(Verdict.UNCHECKABLE, remark(marked("the history does not reach so far")))
        return {field: unknown for field in _FIELDS if getattr(claim, field) is not None}
    held = _figures(told, published, chain)
    if claim.superlative is not None:
        own = _superlative(told, claim.superlative, held, published, chain)
        if own.verdict is Verdict.MATCHES and held and all(one.verdict is Verdict.EARLIER_RETARGET for one in held.values()):
            own = own._replace(verdict=Verdict.EARLIER_RETARGET)  # right for that other retarget, as its figures are
        held["superlative"] = own
    if told.is_unsure:
        return {field: unsure(one) for field, one in held.items()}
    return held if told.between is None else _softened(held, told.between)


def _figures(told: Named, published: date | None, chain: Chain) -> dict[str, Held]:
    """The verdicts of its figures."""
    held: dict[str, Held] = {}
    claim = told.claim
    if claim.change_pct is not None:
        # A block between two retargets dates a level alone.
        held["change_pct"] = hold_change(claim if told.between is None else replace(claim, at=None), published, chain)
    if claim.value is not None:
        held["value"] = hold_value(claim, published, chain, told.place)
        _agree(held, claim, chain)
    if told.between is None:
        held |= pin(held, told, chain)
    if claim.from_value is not None:
        meant = _meant(held)
        held["from_value"] = hold_from(claim, told.place if meant is None else meant, published, chain)
    return held


def _meant(held: dict[str, Held]) -> int | None:
    """Place of the retarget that the figures are about: the level's if that holds, else the change's."""
    change, value = held.get("change_pct"), held.get("value")
    of_change = change.place if change is not None else None
    if value is None or value.place is None:
        return of_change
    return value.place if value.verdict in _HOLDS or of_change is None else of_change


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


def _softened(held: dict[str, Held], height: int) -> dict[str, Held]:
    """Told of a block that is no retarget's, nothing but the level then in force is denied."""
    unsure = Held(Verdict.UNCHECKABLE, no_retarget(height))
    return {field: unsure if one.verdict is Verdict.CONTRADICTS and field != "value" else one for field, one in held.items()}


# --- superlatives ----------------------------------------------------------------------------------------------------


def _superlative(told: Named, code: str, held: dict[str, Held], published: date | None, chain: Chain) -> Held:
    claim, meant = told.claim, _meant(held)
    if meant is None:
        meant = told.place
    place = meant if meant is not None else pinned(told, chain)
    if place is not None and denies(code, place, told, held, chain):
        if "change_pct" in held:  # that goes the way of the superlative, so both are wrong
            held["change_pct"] = far_change(held["change_pct"], claim, place, chain)
        return Held(Verdict.CONTRADICTS, chain_says(chain, place), place)
    if meant is not None:
        return hold_superlative(code, meant, chain, sure=claim.extreme is None)  # "from its peak of" may be a peak of late only
    places, sure = candidates(claim, published, chain)
    if code.startswith(("falls", "rises")):  # the streak that goes on, or the one that has just ended
        places = [place for first in places[:1] for place in (first, first - 1) if place > 0]
    elif claim.previous:  # a record before: any of the last ones may be meant, and none is denied
        tried = [hold_superlative(code, place, chain, sure=False) for place in places]
        return _best([one for one in tried if one.verdict is Verdict.MATCHES])
    return _best([hold_superlative(code, place, chain, sure=sure) for place in places[:_TRIED]])


def _best(held: Sequence[Held]) -> Held:
    """The first that matches, else the likeliest one's."""
    right = [one for one in held if one.verdict is Verdict.MATCHES]
    return (right or held or [Held(Verdict.UNCHECKABLE, remark(marked("no retarget fits the time told")))])[0]
