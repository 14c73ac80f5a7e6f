"""What is missing from what is stored about the chain and the market, and what a poll's answer brings: gathered by the job,
decided here.

Missing are the first block of an epoch whose header is not known, one block near the start of each hashrate window, mean
fees, and for the days of the last year their price and issuance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from bot.decisions import network
from bot.decisions.history import height_at
from bot.decisions.network import EPOCH_BLOCKS, WINDOWS
from bot.model import BlockHeader, Day, Reading, Retarget

_FEES_ENOUGH = 100
_RECENT = timedelta(days=2)
BLOCKS_COUNTED, BLOCKS_SPREAD = "blocks counted", "blocks spread evenly"  # beside the source of a day's price
_HOUR, _MONTH = timedelta(hours=1), timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store holds: `history` is the shipped one joined with what was learnt, ascending; blocks by height."""

    history: tuple[Retarget, ...]
    blocks: Mapping[int, BlockHeader]

    @property
    def tip(self) -> BlockHeader | None:
        """The highest block."""
        return self.blocks[max(self.blocks)] if self.blocks else None


# --- headers ---------------------------------------------------------------------------------------------------------


def wanted_heights(stored: Stored, tip: BlockHeader) -> tuple[int, ...]:
    """Heights to ask for, most needed first: starts of epochs from the tip's down, then where the windows begin."""
    starts = [height for height in _starts(stored.history, tip) if height not in stored.blocks]
    return (*starts, *(tip.height - window for window in WINDOWS if not _near(stored.blocks, tip.height - window, window // 10)))


def _starts(history: Sequence[Retarget], tip: BlockHeader) -> list[int]:
    """First blocks of the tip's epoch, if not known exactly or not of this chain's time, and of epochs after the last one known."""
    known = {retarget.height: retarget for retarget in history}
    own = network.epoch_start(tip.height)
    last = max((height for height in known if height < own), default=own)
    missing = list(range(own - EPOCH_BLOCKS, last, -EPOCH_BLOCKS))
    return missing if own in known and _holds(known[own], tip) else [own, *missing]


def _holds(start: Retarget, tip: BlockHeader) -> bool:
    """Whether a known start is exact and its epoch runs at a pace that can be."""
    mean = (tip.time - start.time).total_seconds() / max(tip.height - start.height, 1)
    return start.exact and start.bits == tip.bits and (60 < mean < 7200 or tip.height - start.height < 6)


def _near(blocks: Mapping[int, BlockHeader], height: int, slack: int) -> bool:
    return any(abs(known - height) <= slack for known in blocks)


def retargets_among(blocks: Iterable[BlockHeader]) -> tuple[Retarget, ...]:
    """The first blocks of epochs among some blocks, as retargets."""
    return tuple(Retarget(block.height, block.time, block.bits) for block in blocks if block.height % EPOCH_BLOCKS == 0)


@dataclass(frozen=True, slots=True)
class Boundary:
    """What a poll tells of retargets: those reached, and those known before whose block was replaced (they read anew)."""

    reached: tuple[Retarget, ...] = ()
    corrected: tuple[Retarget, ...] = ()
    halvings: tuple[int, ...] = ()


def boundary(stored: Stored, learnt: Sequence[Retarget], tip: BlockHeader) -> Boundary:
    """Compares what was stored with what was learnt, tip `tip` now. Without a block stored before, nothing is news."""
    if stored.tip is None:
        return Boundary()
    known = {retarget.height: retarget for retarget in stored.history if retarget.exact}
    recent = [new for new in learnt if tip.time - new.time < _RECENT]
    reached = tuple(new for new in recent if new.height > stored.tip.height or new.height not in known)
    changed = tuple(new for new in recent if new not in reached and known[new.height] != new)
    halvings = range(network.next_halving(stored.tip.height), tip.height + 1, network.HALVING_BLOCKS)
    return Boundary(reached, changed, tuple(halvings))


def mean_fees(stored: Mapping[int, BlockHeader], tip: BlockHeader) -> Decimal | None:
    """Mean fees in BTC of the last 144 blocks; None if those of too many are not known."""
    recent = (stored.get(height) for height in range(tip.height - network.DAY_BLOCKS + 1, tip.height + 1))
    fees = [block.fees for block in recent if block is not None and block.fees is not None]
    return network.bitcoin(sum(fees)) / len(fees) if len(fees) >= _FEES_ENOUGH else None


# --- the market ------------------------------------------------------------------------------------------------------


def change_over_a_day(price: Decimal, past: Sequence[Reading], now: datetime) -> Decimal | None:
    """Change in percent against the stored price nearest to a day ago; None if there is none within an hour and a half of it."""
    then = now - timedelta(days=1)
    nearest = min(past, key=lambda reading: abs(reading.at - then), default=None)
    if nearest is None or abs(nearest.at - then) > _HOUR * 1.5 or not nearest.value:
        return None
    return (price / nearest.value - 1) * 100


def days_without_price(known: Mapping[date, Day], now: datetime) -> tuple[date, ...]:
    """Whole days of the last year whose close is not known, or in the last month whose range is not, ascending."""
    today = now.astimezone(UTC).date()
    year = (today - timedelta(days=back) for back in range(network.PUELL_DAYS, 0, -1))
    return tuple(day for day in year if _lacks(known.get(day), recent=today - day < _MONTH))


def _lacks(day: Day | None, *, recent: bool) -> bool:
    return day is None or day.price_close is None or (recent and day.price_low is None)


def usable_days(offered: Iterable[Day], wanted: Sequence[date], near: Decimal | None) -> tuple[Day, ...]:
    """The offered days that are wanted; none of them if the newest is far from the price that was agreed on."""
    days = tuple(day for day in offered if day.price_close is not None)
    newest = max(days, key=lambda day: day.day, default=None)
    if newest is None or newest.price_close is None or near is None or abs(newest.price_close - near) > near / 4:
        return ()
    chosen = frozenset(wanted)
    return tuple(day for day in days if day.day in chosen)


def close_of(day: date, readings: Sequence[Reading]) -> Day | None:
    """A day's price from the readings kept of it: its close if one is of the last hour; None otherwise."""
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)
    last = max((reading for reading in readings if reading.at <= end), key=lambda reading: reading.at, default=None)
    if last is None or end - last.at > _HOUR:
        return None
    return Day(day, price_close=last.value, source=last.source)


def with_issuance(day: Day, blocks: Mapping[int, BlockHeader], history: Sequence[Retarget]) -> Day:
    """The day with its blocks and issuance: counted by header time where every block is stored, else spread between retargets."""
    counted = _counted(day.day, blocks)
    if counted:
        issued = network.bitcoin(sum(network.subsidy(height) for height in counted))
        return replace(day, blocks=len(counted), issuance=issued, source=_with(day.source, BLOCKS_COUNTED))
    first, last = (height_at(history, midnight) for midnight in _midnights(day.day))
    if first is None or last is None:
        return day
    lowest, count = int(first) + 1, last - first
    issued = network.bitcoin(network.issuance(lowest, lowest + round(count) - 1)) * Decimal(str(count)) / max(round(count), 1)
    return replace(day, blocks=round(count), issuance=round(issued, 8), source=_with(day.source, BLOCKS_SPREAD))


def recounted(known: Iterable[Day], blocks: Mapping[int, BlockHeader]) -> tuple[Day, ...]:
    """The days whose blocks were not counted and now can be."""
    todo = (day for day in known if not day.source.endswith(BLOCKS_COUNTED) and _counted(day.day, blocks))
    return tuple(with_issuance(replace(day, source=day.source.removesuffix(f", {BLOCKS_SPREAD}")), blocks, ()) for day in todo)


def _counted(day: date, blocks: Mapping[int, BlockHeader]) -> tuple[int, ...]:
    """Heights of the day's blocks, empty unless an unbroken run of stored blocks reaches over both its ends."""
    start, end = _midnights(day)
    within = sorted(height for height, block in blocks.items() if start <= block.time < end)
    if not within or any(after - before > 1 and not _held(blocks, before, after) for before, after in pairwise(within)):
        return ()
    return tuple(within) if within[0] - 1 in blocks and within[-1] + 1 in blocks else ()


def _held(blocks: Mapping[int, BlockHeader], before: int, after: int) -> bool:
    return all(height in blocks for height in range(before, after))


def _midnights(day: date) -> tuple[datetime, datetime]:
    start = datetime.combine(day, time(), tzinfo=UTC)
    return start, start + timedelta(days=1)


def _with(source: str, words: str) -> str:
    return f"{source}, {words}" if source else words
