"""Claims that name the block they are told of: a retarget's block says which change and which level is meant, exactly to the day.

A block between two retargets says which level was in force and denies no change. A block that had not come when the article was
published, or that the history does not hold, can be held against nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from bot.decisions.chainfacts import SAME_DAYS, Chain
from bot.decisions.held_block import meant_by
from bot.decisions.network import EPOCH_BLOCKS
from bot.decisions.printed import Held
from bot.decisions.remarks import remark
from bot.model import Verdict
from bot.speech import marked
from extractors.model import Claim, Metric, Modality, Span

_EPOCH = timedelta(days=14)  # of the epoch that is not over yet
_MONTH = timedelta(days=31)


class Named(NamedTuple):
    """A claim with the day of the block named for it.

    `place` is that of the retarget whose block it is; `between` the height of a block that is none's; `is_unknown`: nobody knows it
    yet; `is_unsure`: block and day told are not of one retarget.
    """

    claim: Claim
    place: int | None = None
    between: int | None = None
    is_unknown: bool = False
    is_unsure: bool = False


def named(claims: Sequence[Claim], published: date | None, chain: Chain) -> list[Named]:
    """The claims of an article, in their order, those on the difficulty dated by the blocks named for them."""
    heights = {claim.evidence.get("value"): int(claim.value) for claim in claims if claim.metric is Metric.BLOCK_HEIGHT and claim.value}
    return [_named(claim, heights, published, chain) for claim in claims]


def unsure(held: Held) -> Held:
    """What would be contradicted, but may be told of another retarget, as uncheckable."""
    if held.verdict is not Verdict.CONTRADICTS:
        return held
    return held._replace(verdict=Verdict.UNCHECKABLE, reason=held.reason + remark(marked("which retarget is meant is not sure")))


def named_places(claims: Iterable[Claim], chain: Chain) -> set[int]:
    """Places of the known retargets whose epochs hold the blocks that an article names."""
    heights = (int(claim.value) for claim in claims if claim.metric is Metric.BLOCK_HEIGHT and claim.value is not None)
    return {height // EPOCH_BLOCKS for height in heights} & set(range(len(chain.days)))


def _named(claim: Claim, heights: Mapping[Span | None, int], published: date | None, chain: Chain) -> Named:
    if claim.metric is not Metric.DIFFICULTY or claim.modality is not Modality.FACT:
        return Named(claim)
    # The words of a block are kept as evidence: "block" of the one it came with, "since" of the one it counts from.
    height, base = (heights.get(claim.evidence[key]) if key in claim.evidence else None for key in ("block", "since"))
    if base is not None and claim.since is None:
        if base // EPOCH_BLOCKS >= chain.known(published):
            return Named(claim, is_unknown=True)
        claim = replace(claim, since=chain.days[base // EPOCH_BLOCKS])
    return Named(claim) if height is None else _dated(claim, height, published, chain)


def _dated(claim: Claim, height: int, published: date | None, chain: Chain) -> Named:
    place = meant_by(height)
    if place is None or height < place * EPOCH_BLOCKS:  # right before a retarget the level is still the old one
        return _between(claim, height, published, chain)
    if place >= chain.known(published):
        return Named(claim, is_unknown=True)
    came, within = chain.days[place], claim.within
    if claim.at is not None and abs((claim.at - came).days) > SAME_DAYS:
        return Named(claim, is_unsure=True)
    if within is not None and (within.end - within.start > _MONTH or place not in chain.during(within)):
        return Named(claim)  # told of several retargets, or of another month
    return Named(replace(claim, at=came, within=None, previous=False), place)


def _between(claim: Claim, height: int, published: date | None, chain: Chain) -> Named:
    """A block within an epoch, its day reckoned as if all blocks of the epoch took equally long."""
    place, rest = divmod(height, EPOCH_BLOCKS)
    known = chain.known(published)
    if place >= known:
        return Named(claim, is_unknown=True)
    start = chain.days[place]
    came = start + (chain.days[place + 1] - start if place + 1 < len(chain.days) else _EPOCH) * rest // EPOCH_BLOCKS
    if published is not None and came > published + timedelta(days=SAME_DAYS):
        return Named(claim, is_unknown=True)
    dated = claim if claim.at is not None or claim.since is not None else replace(claim, at=came, within=None)
    return Named(dated, between=height)
