"""Claims held against the chain and the market: a verdict for each, and the reason in words.

Each part of a claim (change, level, level before, superlative) is held on its own; parts that share a verdict stay one claim,
the others stand alone, so that "14 %, the largest fall since 2021" can be wrong in the figure and right in the rest. To accuse
wrongly is the worst error: whatever is not sure is uncheckable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from bot.decisions.chainfacts import Chain, chain_of
from bot.decisions.held_change import candidates, hold_change
from bot.decisions.held_level import hold_from, hold_value
from bot.decisions.held_market import hold_height, hold_price, hold_reward
from bot.decisions.held_superlative import hold_superlative
from bot.decisions.printed import worst
from bot.model import Day, Judged, Retarget, Verdict
from extractors.model import Claim, Metric, Modality

_FIELDS = ("value", "from_value", "change_pct", "superlative")
_HOLDS = {Verdict.MATCHES, Verdict.ROUNDS_TO}


class Facts(NamedTuple):
    """What claims are held against: retargets in order of height, and the stored days."""

    retargets: tuple[Retarget, ...]
    days: Mapping[date, Day] = {}


class _Part(NamedTuple):
    field: str
    verdict: Verdict
    reason: str
    place: int | None = None  # the retarget meant


def judge(claim: Claim, published: date | None, facts: Facts) -> Judged:
    """The verdict of a whole claim: that of its worst part."""
    parts = _parts(claim, published, facts)
    verdict = worst([part.verdict for part in parts])
    return Judged(claim, verdict, _reason(part for part in parts if part.verdict is verdict or verdict in _HOLDS))


def judge_all(claims: Iterable[Claim], published: date | None, facts: Facts) -> tuple[Judged, ...]:
    """The verdicts of an article's claims; a claim whose parts do not share a verdict comes back as several."""
    told = [(claim, _parts(claim, published, facts)) for claim in claims]
    settled = {part.place for _, parts in told for part in parts if part.field == "change_pct" and part.verdict in _HOLDS}
    found = [judged for claim, parts in told for judged in _split(claim, _relent(claim, parts, settled))]
    return tuple(judged for judged in found if not _is_told_again(judged, found))


def _is_told_again(judged: Judged, found: Iterable[Judged]) -> bool:
    """A bare level left over from a split that another claim holds as well."""
    claim = judged.claim
    if claim.value is None or any(getattr(claim, field) is not None for field in _FIELDS[1:]):
        return False
    others = (other.claim for other in found if other is not judged)
    return any(other.metric is claim.metric and other.value == claim.value and other.change_pct is not None for other in others)


def _relent(claim: Claim, parts: list[_Part], settled: set[int | None]) -> list[_Part]:
    """An undated change that does not fit a retarget whose change the article tells rightly elsewhere is about another one."""
    if claim.at is not None:
        return parts
    return [
        part._replace(verdict=Verdict.UNCHECKABLE, reason=f"{part.reason}, which the article tells; which other is meant is not sure")
        if part.field == "change_pct" and part.verdict is Verdict.CONTRADICTS and part.place in settled
        else part
        for part in parts
    ]


def _split(claim: Claim, parts: list[_Part]) -> Iterable[Judged]:
    groups: dict[Verdict, list[_Part]] = {}
    for part in parts:
        groups.setdefault(Verdict.MATCHES if part.verdict in _HOLDS else part.verdict, []).append(part)
    if len(groups) == 1:
        yield Judged(claim, worst([part.verdict for part in parts]), _reason(parts))
        return
    for group in groups.values():
        for piece in _stands_alone(group, level=(claim.superlative or "").startswith(("high", "low"))):
            yield Judged(_only(claim, piece), worst([part.verdict for part in piece]), _reason(piece))


def _stands_alone(group: list[_Part], *, level: bool) -> list[list[_Part]]:
    """Once a claim is taken apart, a superlative of the change stands alone unless the change is beside it."""
    fields = {part.field for part in group}
    if "superlative" in fields and len(fields) > 1 and "change_pct" not in fields and not level:
        return [[part for part in group if part.field != "superlative"], [part for part in group if part.field == "superlative"]]
    return [group]


def _only(claim: Claim, parts: list[_Part]) -> Claim:
    kept = {part.field for part in parts}
    gone = [field for field in _FIELDS if field not in kept]
    evidence = {field: span for field, span in claim.evidence.items() if field not in gone}
    return replace(claim, evidence=evidence, **dict.fromkeys(gone))


def _reason(parts: Iterable[_Part]) -> str:
    return "; ".join(dict.fromkeys(part.reason for part in parts))


# --- the parts of a claim --------------------------------------------------------------------------------------------


def _parts(claim: Claim, published: date | None, facts: Facts) -> list[_Part]:
    fields = [field for field in _FIELDS if getattr(claim, field) is not None]
    if claim.modality is Modality.FORECAST:
        return _same(fields, Verdict.FORECAST, "told as a forecast")
    chain = chain_of(facts.retargets)
    if claim.metric is Metric.DIFFICULTY and chain.days:
        return _difficulty(claim, published, chain)
    if claim.metric is Metric.PRICE:
        return _same(fields, *hold_price(claim, published, facts.days))
    if claim.metric is Metric.BLOCK_REWARD:
        return _same(fields, *hold_reward(claim, published, chain))
    if claim.metric is Metric.BLOCK_HEIGHT and claim.value is not None:
        return _same(fields, *hold_height(claim, published, chain))
    return _same(fields, Verdict.UNCHECKABLE, "no series of it is stored")


def _same(fields: list[str], verdict: Verdict, reason: str) -> list[_Part]:
    return [_Part(field, verdict, reason) for field in fields or ["metric"]]


def _difficulty(claim: Claim, published: date | None, chain: Chain) -> list[_Part]:
    parts: list[_Part] = []
    meant: int | None = None
    if claim.change_pct is not None:
        verdict, reason, meant = hold_change(claim, published, chain)
        parts.append(_Part("change_pct", verdict, reason, meant))
    if claim.value is not None:
        verdict, reason, place = hold_value(claim, published, chain)
        parts.append(_Part("value", verdict, reason))
        meant = place if place is not None and (verdict in _HOLDS or meant is None) else meant
        parts = _one_retarget(parts, claim, place, chain)
    if claim.from_value is not None:
        parts.append(_Part("from_value", *hold_from(claim, meant, published, chain)))
    if claim.superlative is not None:
        verdict, reason = _superlative(claim, claim.superlative, meant, published, chain)
        if verdict is Verdict.MATCHES and parts and all(part.verdict is Verdict.EARLIER_RETARGET for part in parts):
            verdict = Verdict.EARLIER_RETARGET  # right for that other retarget, as its figures are
        parts.append(_Part("superlative", verdict, reason))
    return parts


def _one_retarget(parts: list[_Part], claim: Claim, place: int | None, chain: Chain) -> list[_Part]:
    """A level that is right for another retarget, with that one's change beside it: both are right for that one."""
    own = {part.field: part for part in parts}
    if place is None or claim.since is not None or "change_pct" not in own or own["value"].verdict is not Verdict.EARLIER_RETARGET:
        return parts
    moved = replace(claim, at=chain.days[place], within=None)
    if hold_change(moved, chain.days[place], chain)[0] not in _HOLDS:
        return parts
    return [_Part("change_pct", Verdict.EARLIER_RETARGET, own["value"].reason), own["value"]]


def _run(claim: Claim, code: str, published: date | None, chain: Chain) -> tuple[Verdict, str]:
    """A streak told without a figure: the one that goes on, or the one that has just ended."""
    places, sure = candidates(claim, published, chain)
    tried = [place for first in places[:1] for place in (first, first - 1) if place > 0]
    held = [hold_superlative(code, place, chain, sure=sure) for place in tried]
    return _best(held)


def _best(held: list[tuple[Verdict, str]]) -> tuple[Verdict, str]:
    """The first that matches, else the likeliest one's."""
    right = [one for one in held if one[0] is Verdict.MATCHES]
    return (right or held or [(Verdict.UNCHECKABLE, "no retarget fits the time told")])[0]


def _superlative(claim: Claim, code: str, meant: int | None, published: date | None, chain: Chain) -> tuple[Verdict, str]:
    if meant is not None:
        return hold_superlative(code, meant, chain, sure=True)
    if code.startswith(("falls", "rises")):
        return _run(claim, code, published, chain)
    places, sure = candidates(claim, published, chain)
    if claim.previous:
        return _best([held for place in places if (held := hold_superlative(code, place, chain, sure=False))[0] is Verdict.MATCHES])
    return _best([hold_superlative(code, place, chain, sure=sure) for place in places[:2]])
