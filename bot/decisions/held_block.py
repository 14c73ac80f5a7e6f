"""A stated block reward or block height held against the protocol and the chain."""

from __future__ import annotations

from datetime import date

from bot.decisions.chainfacts import SAME_DAYS, Chain, on
from bot.decisions.network import EPOCH_BLOCKS, HALVING_BLOCKS, bitcoin, subsidy
from bot.decisions.printed import Held
from bot.model import Verdict
from extractors.model import Claim

_NEAR_BLOCKS = 60  # a height so near a retarget's is meant for it


def hold_reward(claim: Claim, published: date | None, chain: Chain) -> Held:
    """A block's reward on a day, by the protocol; what a halving was told to do is not in the history."""
    day = claim.at or published
    place = chain.in_force(day) if day is not None else None
    if claim.from_value is not None or claim.value is None or claim.at is None or place is None:
        return Held(Verdict.UNCHECKABLE, "the history holds no halving")
    height = chain.history[place].height
    own = bitcoin(subsidy(height))
    reason = f"{own.normalize():f} BTC a block since height {height // HALVING_BLOCKS * HALVING_BLOCKS:,}"
    return Held(Verdict.MATCHES if own == claim.value else Verdict.UNCHECKABLE, reason)


def hold_height(claim: Claim, chain: Chain) -> Held:
    """A height told as a retarget's: it must be a multiple of 2016, and its day about the day told."""
    height = int(claim.value or 0)
    place, rest = divmod(height, EPOCH_BLOCKS)
    if rest:
        return _beside(height, rest)
    if place >= len(chain.days):
        return Held(Verdict.UNCHECKABLE, "the history does not reach so far")
    day = chain.days[place]
    reason = f"block {height:,} came on {on(day)}"
    off = claim.at is not None and abs((day - claim.at).days) > SAME_DAYS
    return Held(Verdict.EARLIER_RETARGET if off else Verdict.MATCHES, reason)


def _beside(height: int, rest: int) -> Held:
    """A height that is no retarget's: wrong if it is right beside one, else not told of one."""
    off = min(rest, EPOCH_BLOCKS - rest)
    nearest = height - rest + (EPOCH_BLOCKS if rest > off else 0)
    reason = f"a retarget comes at a multiple of {EPOCH_BLOCKS:,}; the nearest is {nearest:,}"
    return Held(Verdict.CONTRADICTS if off <= _NEAR_BLOCKS and height % HALVING_BLOCKS else Verdict.UNCHECKABLE, reason)
