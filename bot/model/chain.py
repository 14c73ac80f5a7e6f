"""The chain and the market: retargets, headers, readings, days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.model.remarks import Remarks

OWN_NODE = "own node"
"""The name, among sources, of a node that is the operator's own."""


@dataclass(frozen=True, slots=True)
class Retarget:
    """The first block of an epoch. `bits` is the compact target; difficulty follows from it.

    `exact` says that `time` is the header's own; otherwise it is reconstructed and good to about an hour.
    """

    height: int
    time: datetime
    bits: int
    exact: bool = True

    @property
    def epoch(self) -> int:
        """Height // 2016."""
        return self.height // 2016


class Gauge(StrEnum):
    """What a reading measures. `PRICE` is the quote that stood the comparison, `QUOTE` what each source said.

    Units: price in USD, change in percent, fees in BTC a block (mean of a day), health 1 or 0 with the reason as its note.
    """

    HEIGHT = "block_height"
    PRICE = "price"
    QUOTE = "price_quote"
    PRICE_CHANGE = "price_change_24h"
    FEES = "fees"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of one source at one time. `metric` is a `Gauge`.

    `note` says what the figure alone does not: a disagreement, or why a source was left out.
    """

    metric: str
    value: Decimal
    source: str
    at: datetime
    note: Remarks = ()


@dataclass(frozen=True, slots=True)
class BlockHeader:
    """What is kept of a block: `fees` in satoshi, None where the source does not tell.

    `previous` is the hash of the block before, empty where it is not at hand; it is not stored.
    """

    height: int
    hash: str
    time: datetime
    bits: int
    fees: int | None = None
    previous: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Report:
    """What one chain source answered when it was asked: its newest blocks, ascending, or why there are none.

    `own` marks the operator's own node.
    """

    source: str
    blocks: tuple[BlockHeader, ...] = ()
    error: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What one price source answered: USD a coin at a time, perhaps its change in 24 hours in percent; or why there is none.

    `rough` marks a source whose quote may be an hour old.
    """

    source: str
    price: Decimal = Decimal(0)
    at: datetime | None = None
    change_pct: Decimal | None = None
    rough: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A UTC day of the chain and the market; a field is None where it is not known. `issuance` in BTC, subsidy only."""

    day: date
    price_close: Decimal | None = None
    price_low: Decimal | None = None
    price_high: Decimal | None = None
    blocks: int | None = None
    issuance: Decimal | None = None
    source: str = ""
