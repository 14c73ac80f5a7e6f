"""Which of several servers to believe about the chain: compared by height, hash and bits, never averaged.

A report is weighed only if its blocks could exist: no time in the future, bits that the known retargets allow. Of those, the
chain that most servers are on wins; between equals one that continues what is stored, then the operator's own node, then the
order of the settings. The others are named with what is wrong with them: some blocks behind, on another chain, nonsense.
A block or two of difference is how blocks travel and no fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.decisions import network
from bot.decisions.network import EPOCH_BLOCKS
from bot.decisions.reasons import recognised
from bot.decisions.remarks import blocks, days, hours, percent, remark, whole, words
from bot.model import BlockHeader, Remarks, Report
from bot.model.bits import target
from bot.speech import marked

TRAVELLING = 2
"""Blocks by which a good server may be behind for some seconds."""

STALE = timedelta(hours=2)
_AHEAD = timedelta(hours=2)  # the protocol's own allowance for a block's time
_JUMP = 30  # more blocks ahead of what is stored than time allows are no blocks
_DEEP = 3  # blocks that no reorganisation of our days undoes at once
_ROUGHLY = 0.05


@dataclass(frozen=True, slots=True)
class Ground:
    """What is known before asking, and the time: bits and start of each epoch (those `certain` are shipped), stored newest blocks."""

    now: datetime
    bits: Mapping[int, int]
    starts: Mapping[int, datetime] = field(default_factory=dict)
    certain: frozenset[int] = frozenset()
    stored: Mapping[int, BlockHeader] = field(default_factory=dict)

    @property
    def tip(self) -> BlockHeader | None:
        """The highest stored block."""
        return self.stored[max(self.stored)] if self.stored else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What came of the comparison.

    `blocks` is the newest part of the chain to believe, ascending, as `agreeing` (names; the first leads) hold it. `faults`
    says of every other source what is wrong, `remarks` what is worth saying of those that agree.
    """

    blocks: tuple[BlockHeader, ...] = ()
    agreeing: tuple[str, ...] = ()
    faults: Mapping[str, Remarks] = field(default_factory=dict)
    remarks: Mapping[str, Remarks] = field(default_factory=dict)


def agree(reports: Sequence[Report], ground: Ground) -> Agreement:
    """Compares the reports, given in the order of the settings. No block is believed that no report holds."""
    faults = {report.source: fault for report in reports if (fault := fault_of(report, ground))}
    fit = [report for report in reports if report.source not in faults]
    lonely = {report.source: fault for report in fit if (fault := _against_known(report, fit, ground))}
    fit, faults = [report for report in fit if report.source not in lonely], faults | lonely
    if not fit:
        return Agreement(faults=faults)
    lead = _lead(fit, ground)
    agreeing, remarks = [lead.source], {lead.source: _age(lead, ground.now)}
    for report in fit:
        if report is not lead:
            fault, remark = _beside(report, lead)
            if fault:
                faults[report.source] = fault
            else:
                agreeing.append(report.source)
                remarks[report.source] = remark or _age(report, ground.now)
    return Agreement(_joined(lead, fit, agreeing), tuple(agreeing), faults, {name: said for name, said in remarks.items() if said})


# --- could it be -----------------------------------------------------------------------------------------------------


def fault_of(report: Report, ground: Ground) -> Remarks:
    """Why a report cannot be weighed at all; empty if it can."""
    if report.error or not report.blocks:
        return recognised(report.error) or remark(marked("sent no blocks"))
    tip = report.blocks[-1]
    if tip.time - ground.now > _AHEAD:
        return remark(marked("its newest block is dated {time} UTC, in the future"), time=words(f"{tip.time:%Y-%m-%d %H:%M}"))
    known = ground.tip
    if known is not None and tip.height - known.height > _JUMP + 3 * _due(known, ground.now):
        claimed = marked("claims block {height}, far more than can have followed {known}")
        return remark(claimed, height=whole(tip.height), known=whole(known.height))
    return next((fault for block in report.blocks if (fault := _bits_fault(block, report.blocks, ground))), ())


def _due(block: BlockHeader, now: datetime) -> int:
    """Blocks expected since `block`."""
    return max(0, int((now - block.time).total_seconds()) // network.BLOCK_SECONDS)


def _bits_fault(block: BlockHeader, beside: Sequence[BlockHeader], ground: Ground) -> Remarks:
    """What is wrong with the bits of a block, by the known retargets and by the other blocks of its epoch."""
    height = whole(block.height)
    try:
        target(block.bits)
    except ValueError:
        return remark(marked("bits {bits} of block {height} are no target"), bits=words(f"{block.bits:#x}"), height=height)
    epoch = block.height // EPOCH_BLOCKS
    if any(other.bits != block.bits for other in beside if other.height // EPOCH_BLOCKS == epoch):
        return remark(marked("changes its bits within an epoch, at block {height}"), height=height)
    if epoch in ground.certain and ground.bits[epoch] != block.bits:
        bits = {"bits": words(f"{block.bits:08x}"), "known": words(f"{ground.bits[epoch]:08x}")}
        return remark(marked("bits of block {height} are {bits}, but this epoch's are {known}"), height=height, **bits)
    before = ground.bits.get(epoch - 1)
    if before is not None and not network.is_possible(before, block.bits):
        change = percent(network.change_pct(before, block.bits), 0)
        return remark(
            marked("difficulty at block {height} would have changed by {change}, more than a retarget can"), height=height, change=change
        )
    return ()


# --- which to believe ------------------------------------------------------------------------------------------------


def _lead(fit: Sequence[Report], ground: Ground) -> Report:
    """The report to believe: the highest of the best supported ones."""
    best = fit[0]
    for report in fit[1:]:
        if _beats(report, best, fit, ground):
            best = report
    further = [report for report in fit if _extends(report, best) and report.blocks[-1].height > best.blocks[-1].height + TRAVELLING]
    return max(further, key=lambda report: (_weight(report, fit, ground), report.blocks[-1].height), default=best)


def _beats(report: Report, best: Report, fit: Sequence[Report], ground: Ground) -> bool:
    """Whether a later report is to be believed before an earlier one."""
    ours, theirs = _weight(report, fit, ground), _weight(best, fit, ground)
    if ours != theirs:
        return ours > theirs
    higher = report.blocks[-1].height > best.blocks[-1].height
    return higher and (_extends(report, best) or not _overlap(report, best))


def _weight(report: Report, fit: Sequence[Report], ground: Ground) -> tuple[int, bool, bool, bool]:
    return _support(report, fit), _continues(report, ground), _follows(report, ground), report.own


def _support(report: Report, fit: Sequence[Report]) -> int:
    """Reports of the same chain, this one included."""
    return sum(_extends(report, other) or _extends(other, report) for other in fit)


def _extends(longer: Report, shorter: Report) -> bool:
    """Whether the tip of one report is a block of the other."""
    return any(_same(block, shorter.blocks[-1]) for block in longer.blocks)


def _same(one: BlockHeader, two: BlockHeader) -> bool:
    """Whether two servers tell the same of a block: one that gives other bits or another time to a hash lies."""
    return (one.height, one.hash, one.bits, one.time) == (two.height, two.hash, two.bits, two.time)


def _overlap(one: Report, two: Report) -> set[int]:
    return {block.height for block in one.blocks} & {block.height for block in two.blocks}


def _continues(report: Report, ground: Ground) -> bool:
    """Whether a report fits to what is stored: shares a block with it, has its bits, or starts above it."""
    known = ground.stored
    shared = [block for block in report.blocks if block.height in known]
    if any(ground.bits.get(block.height // EPOCH_BLOCKS, block.bits) != block.bits for block in report.blocks):
        return False
    if shared:
        return any(_same(block, known[block.height]) for block in shared)
    return ground.tip is None or report.blocks[0].height > ground.tip.height


def _follows(report: Report, ground: Ground) -> bool:
    """Whether a new difficulty among the blocks is about what the length of the epoch before it gives; True if none is seen."""
    for block in report.blocks:
        epoch = block.height // EPOCH_BLOCKS
        if block.height % EPOCH_BLOCKS == 0 and epoch - 1 in ground.bits and epoch - 1 in ground.starts:
            length = (block.time - ground.starts[epoch - 1]).total_seconds() / network.EPOCH_SECONDS
            off = float(1 + network.change(ground.bits[epoch - 1], block.bits)) * min(max(length, 0.25), 4) - 1
            return abs(off) < _ROUGHLY
    return True


def _against_known(report: Report, fit: Sequence[Report], ground: Ground) -> Remarks:
    """Why a single server is not believed against what is stored and fresh: it lost its chain, or some of it."""
    known, tip = ground.tip, report.blocks[-1]
    if known is None or _support(report, fit) > 1:
        return ()
    behind, shared = known.height - tip.height, [block for block in report.blocks if block.height in ground.stored]
    if tip in shared and _same(tip, ground.stored[tip.height]):
        return _behind_known(behind) if behind > TRAVELLING else ()
    if ground.now - known.time > STALE:
        return ()
    if len(shared) >= _DEEP and not any(_same(block, ground.stored[block.height]) for block in shared):
        return remark(marked("its blocks since {height} are not those known before"), height=whole(shared[0].height))
    return _behind_known(behind) if not shared and behind > _DEEP else ()


def _behind_known(behind: int) -> Remarks:
    return remark(marked("{blocks} behind what is known"), blocks=blocks(behind))


# --- and the others --------------------------------------------------------------------------------------------------


def _beside(report: Report, lead: Report) -> tuple[Remarks, Remarks]:
    """Fault and remark of a report beside the one that is believed."""
    tip, best = report.blocks[-1], lead.blocks[-1]
    behind, theirs = best.height - tip.height, {block.height: block for block in lead.blocks}
    common = max((block.height for block in report.blocks if _same(block, theirs.get(block.height, best))), default=None)
    if common is None:
        return _apart(report, lead), ()
    if common == tip.height:
        return (_behind(behind) if behind > TRAVELLING else ()), ()
    depth = tip.height - common
    told = theirs.get(common + 1)
    if told is not None and told.bits != report.blocks[common + 1 - tip.height - 1].bits:
        # They follow from the blocks before, which are the same.
        return remark(marked("gives other bits to block {height}"), height=whole(common + 1)), ()
    if common == best.height:
        return (), remark(marked("already has block {height}"), height=whole(tip.height))
    if depth > 1:
        return remark(marked("on another branch since block {height}"), height=whole(common + 1)), ()
    return (), remark(marked("has another block {height}"), height=whole(tip.height))


def _behind(number: int) -> Remarks:
    return remark(marked("{blocks} behind"), blocks=blocks(number))


def _apart(report: Report, lead: Report) -> Remarks:
    """What to say of a report that shares no block with the one that is believed."""
    tip, best = report.blocks[-1], lead.blocks[-1]
    shared = _overlap(report, lead)
    if shared and {block.hash for block in report.blocks} & {block.hash for block in lead.blocks}:
        return remark(marked("tells another time or other bits of block {height}"), height=whole(max(shared)))
    if shared:
        return remark(marked("on another chain: its block {height} is not the others'"), height=whole(max(shared)))
    if best.height > tip.height:
        return _behind(best.height - tip.height)
    return remark(marked("claims block {height} while the chain is at {tip}"), height=whole(tip.height), tip=whole(best.height))


def _age(report: Report, now: datetime) -> Remarks:
    age = now - report.blocks[-1].time
    if age <= STALE:
        return ()
    whole_hours = int(age.total_seconds()) // 3600
    return remark(marked("its newest block is {age} old"), age=days(whole_hours // 24) if whole_hours >= 48 else hours(whole_hours))


def _joined(lead: Report, fit: Sequence[Report], agreeing: Sequence[str]) -> tuple[BlockHeader, ...]:
    """The lead's blocks, with fees where only other agreeing sources tell them."""
    told = [block for report in fit if report.source in agreeing for block in report.blocks if block.fees is not None]
    fees = {(block.height, block.hash): block.fees for block in reversed(told)}
    return tuple(block if block.fees is not None else replace(block, fees=fees.get((block.height, block.hash))) for block in lead.blocks)
