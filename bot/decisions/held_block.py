"""A stated block reward or block height held against the protocol and the chain."""

from __future__ import annotations

from datetime import date

from bot.decisions.chainfacts import SAME_DAYS, Chain
from bot.decisions.network import EPOCH_BLOCKS, HALVING_BLOCKS, bitcoin, subsidy
from bot.decisions.printed import Held
from bot.decisions.remarks import btc, day, remark, whole
from bot.model import Remarks, Verdict
from bot.speech import marked
from extractors.model import Claim

_ROUND = 100  # "877,000-something" denies no retarget
_NEAR_BLOCKS = 60  # a height so near a retarget's is meant for it


def hold_reward(claim: Claim, published: date | None, chain: Chain) -> Held:
    """A block's reward on a day, by the protocol; what a halving was told to do is not in the history."""
    when = claim.at or published
    place = chain.in_force(when) if when is not None else None
    if claim.from_value is not None or claim.value is None or claim.at is None or place is None:
        return Held(Verdict.UNCHECKABLE, remark(marked("the history holds no halving")))
    height = chain.history[place].height
    own = bitcoin(subsidy(height))
    since = whole(height // HALVING_BLOCKS * HALVING_BLOCKS)
    reason = remark(marked("{reward} a block since height {height}"), reward=btc(own), height=since)
    return Held(Verdict.MATCHES if own == claim.value else Verdict.UNCHECKABLE, reason)


def hold_height(claim: Claim, chain: Chain) -> Held:
    """A height told as a retarget's: it must be a multiple of 2016, and its day about the day told."""
    height = int(claim.value or 0)
    place, rest = divmod(height, EPOCH_BLOCKS)
    if rest:  # wrong if it is right beside a retarget's, else not told of one
        return Held(Verdict.UNCHECKABLE if meant_by(height) is None else Verdict.CONTRADICTS, no_retarget(height))
    if place >= len(chain.days):
        return Held(Verdict.UNCHECKABLE, remark(marked("the history does not reach so far")))
    came = chain.days[place]
    reason = remark(marked("block {height} came on {day}"), height=whole(height), day=day(came))
    off = claim.at is not None and abs((came - claim.at).days) > SAME_DAYS
    return Held(Verdict.EARLIER_RETARGET if off else Verdict.MATCHES, reason)


def meant_by(height: int) -> int | None:
    """Place of the retarget whose block a height is, or is meant for as it stands right beside it; None for any other block."""
    place = _nearest(height)
    off = abs(height - place * EPOCH_BLOCKS)
    return place if off == 0 or (off <= _NEAR_BLOCKS and height % HALVING_BLOCKS and height % _ROUND) else None


def no_retarget(height: int) -> Remarks:
    """`a retarget comes at a multiple of 2,016; the nearest is 935,424`."""
    message = marked("a retarget comes at a multiple of {blocks}; the nearest is {height}")
    return remark(message, blocks=whole(EPOCH_BLOCKS), height=whole(_nearest(height) * EPOCH_BLOCKS))


def _nearest(height: int) -> int:
    return (height + EPOCH_BLOCKS // 2) // EPOCH_BLOCKS
