"""Claims held against the chain and the market: a verdict for each, and the reason.

Each part of a claim (change, level, level before, superlative) is held on its own; parts that share a verdict stay one claim,
the others stand alone, so that "14 %, the largest fall since 2021" can be wrong in the figure and right in the rest. To accuse
wrongly is the worst error: whatever is not sure is uncheckable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from bot.decisions.chainfacts import chain_of, in_one
from bot.decisions.held_block import hold_height, hold_reward
from bot.decisions.held_dated import deny_dated
from bot.decisions.held_difficulty import hold_difficulty
from bot.decisions.held_elsewhere import relent, settled_places, told_places, unsettled, unsure_beside
from bot.decisions.held_named import Named, named, named_places
from bot.decisions.held_price import hold_price
from bot.decisions.printed import Held, worst
from bot.decisions.remarks import remark
from bot.model import Day, Judged, Remarks, Retarget, Verdict
from bot.speech import marked
from extractors.model import Claim, Metric, Modality

_FIELDS = ("value", "from_value", "change_pct", "superlative")
_HOLDS = {Verdict.MATCHES, Verdict.ROUNDS_TO}
_BACK = 3  # retargets: "at block N it rose; two weeks earlier it had fallen" tells of the one before as well
_Parts = dict[str, Held]


class Facts(NamedTuple):
    """What claims are held against: retargets in order of height, and the stored days."""

    retargets: tuple[Retarget, ...]
    days: Mapping[date, Day] = {}


def judge_each(claims: Iterable[Claim], published: date | None, facts: Facts) -> tuple[Judged, ...]:
    """The verdicts of an article's claims, one for each, in their order: that of its worst part, as none is taken apart."""
    return tuple(_whole(claim, parts) for claim, parts in _weighed(claims, published, facts))


def judge_all(claims: Iterable[Claim], published: date | None, facts: Facts) -> tuple[Judged, ...]:
    """The verdicts of an article's claims; a claim whose parts do not share a verdict comes back as several."""
    found = [judged for claim, parts in _weighed(claims, published, facts) for judged in _split(claim, parts)]
    return tuple(judged for judged in found if not _is_told_again(judged, found))


def _weighed(claims: Iterable[Claim], published: date | None, facts: Facts) -> list[tuple[Claim, _Parts]]:
    """The claims of one article with their parts, each held against the chain and against what the others tell."""
    article, chain = tuple(claims), chain_of(facts.retargets)
    told = [(one.claim, _parts(one, published, facts)) for one in named(article, published, chain)]
    places, blocks = told_places(told, published, chain), named_places(article, chain)
    settled, last = settled_places(told, blocks, chain), chain.known(published) - 1
    near = {*places, *(place - back for place in blocks for back in range(_BACK) if place > back)}
    weighed = []
    for own, (claim, parts) in zip(article, told, strict=True):
        judged = dict(parts)
        if claim.metric is Metric.DIFFICULTY:
            dated = claim.at is not None
            judged = relent(claim, judged if dated else unsure_beside(blocks, last, judged), places if dated else near, chain)
            judged = judged if own.at else unsettled(judged, settled)
            if own.modality is Modality.FACT and "block" not in own.evidence:
                judged = deny_dated(own, judged, published, chain, (settled, places))
        weighed.append((own, judged))
    return weighed


def _whole(claim: Claim, parts: _Parts) -> Judged:
    verdict = worst([held.verdict for held in parts.values()])
    telling = parts if verdict in _HOLDS else {field: held for field, held in parts.items() if held.verdict is verdict}
    return Judged(claim, verdict, _reason(telling))


def _parts(told: Named, published: date | None, facts: Facts) -> _Parts:
    """What each told part of a claim is worth, by field."""
    claim = told.claim
    fields = [field for field in _FIELDS if getattr(claim, field) is not None] or ["metric"]
    chain = chain_of(facts.retargets)
    if claim.modality is Modality.FORECAST:
        held = Held(Verdict.FORECAST, remark(marked("told as a forecast")))
    elif claim.metric is Metric.DIFFICULTY and chain.days:
        return hold_difficulty(told, published, chain)
    elif claim.metric is Metric.PRICE:
        held = hold_price(claim, published, facts.days)
    elif claim.metric is Metric.BLOCK_REWARD:
        held = hold_reward(claim, published, chain)
    elif claim.metric is Metric.BLOCK_HEIGHT:
        held = hold_height(claim, chain)
    else:
        held = Held(Verdict.UNCHECKABLE, remark(marked("only its present value is known here, not that of other days")))
    return dict.fromkeys(fields, held)


# --- taking apart ----------------------------------------------------------------------------------------------------


def _split(claim: Claim, parts: _Parts) -> Iterator[Judged]:
    groups: dict[Verdict, _Parts] = {}
    for field, held in parts.items():
        groups.setdefault(Verdict.MATCHES if held.verdict in _HOLDS else held.verdict, {})[field] = held
    if len(groups) == 1:
        yield _judged(claim, parts)
        return
    for group in groups.values():
        for piece in _standing(claim, group):
            yield _judged(_only(claim, piece), piece)


def _judged(claim: Claim, parts: _Parts) -> Judged:
    return Judged(claim, worst([held.verdict for held in parts.values()]), _reason(parts))


def _standing(claim: Claim, group: _Parts) -> list[_Parts]:
    """Once a claim is taken apart, a superlative of the change stands alone unless the change is beside it."""
    of_level = (claim.superlative or "").startswith(("high", "low"))
    if "superlative" not in group or len(group) == 1 or "change_pct" in group or of_level:
        return [group]
    rest = {field: held for field, held in group.items() if field != "superlative"}
    return [rest, {"superlative": group["superlative"]}]


def _only(claim: Claim, parts: _Parts) -> Claim:
    """The claim without the parts that are not among these."""
    return replace(
        claim,
        value=claim.value if "value" in parts else None,
        from_value=claim.from_value if "from_value" in parts else None,
        change_pct=claim.change_pct if "change_pct" in parts else None,
        superlative=claim.superlative if "superlative" in parts else None,
        evidence={field: span for field, span in claim.evidence.items() if field in parts or field not in _FIELDS},
        bounds={field: bounds for field, bounds in claim.bounds.items() if field in parts},
    )


def _reason(parts: _Parts) -> Remarks:
    return in_one(held.reason for held in parts.values())


def _is_told_again(judged: Judged, found: Iterable[Judged]) -> bool:
    """A bare level left over from a split that another claim holds as well."""
    claim = judged.claim
    if claim.value is None or any(getattr(claim, field) is not None for field in _FIELDS[1:]):
        return False
    others = (other.claim for other in found if other is not judged)
    return any(other.metric is claim.metric and other.value == claim.value and other.change_pct is not None for other in others)
