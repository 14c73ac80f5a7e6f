"""The nouns of a standing: a figure with its source and age, the epoch that runs, and all of them together at one time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.decisions.network import EPOCH_BLOCKS, Projection
from bot.decisions.superlatives import Change, Superlatives
from bot.model import BlockHeader, Day, Reading, Remarks, Retarget


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored. `history` ascends without a gap at its end; blocks and readings may be in any order, and later than `now`."""

    history: tuple[Retarget, ...]
    blocks: tuple[BlockHeader, ...] = ()
    readings: tuple[Reading, ...] = ()
    days: Mapping[date, Day] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """One value with where it comes from, the time it holds for, and its age at the standing's `now`.

    `stale`: older than such a figure may be. `estimated`: not measured but worked out from the time alone or from nominal
    block times. `note` names a disagreement or what is left out; `blocks` are those that a hashrate is measured over, else 0.
    """

    value: Decimal
    source: str
    at: datetime
    age: timedelta
    stale: bool = False
    estimated: bool = False
    note: Remarks = ()
    blocks: int = 0


@dataclass(frozen=True, slots=True)
class Epoch:
    """The epoch that runs: `done` of its 2016 blocks lie behind its first one, `due` is when the next retarget falls due.

    `estimated`: `done` is reckoned from the time at ten minutes a block. `overdue`: retargets that have fallen due since
    the last one known; the epoch then is the last known one and most likely over.
    """

    number: int
    start: Retarget | None
    done: int
    due: datetime
    estimated: bool = False
    overdue: int = 0

    @property
    def left(self) -> int:
        """Blocks until the next retarget's block."""
        return EPOCH_BLOCKS - self.done

    @property
    def progress_pct(self) -> Decimal:
        """Progress in percent of 2016 blocks."""
        return Decimal(self.done * 100) / EPOCH_BLOCKS


@dataclass(frozen=True, slots=True)
class Standing:
    """All figures as of `now`. `change` is the last retarget's, None when the one before it is not known."""

    now: datetime
    height: Figure
    epoch: Epoch
    difficulty: Figure
    change: Change | None
    superlatives: Superlatives
    projection: Projection | None
    hashrate: Figure
    hashrates: Mapping[int, Figure]
    subsidy: Decimal
    halving_height: int
    halving_at: datetime
    price: Figure | None = None
    price_change_24h: Figure | None = None
    fees: Figure | None = None
    hashprice: Figure | None = None
    puell: Figure | None = None
    puell_days: int = 0
    sources: tuple[str, ...] = ()
    problems: tuple[Reading, ...] = ()
