"""A made-up stretch of the main chain and a market, told the same to every fake server that shows it."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from bot.model.bits import difficulty


@dataclass(frozen=True)
class Block:
    height: int
    hash: str
    previous: str
    time: int
    bits: int
    fees: int

    @property
    def difficulty(self) -> float:
        return float(difficulty(self.bits))


def hash_of(branch: str, height: int) -> str:
    return "0" * 16 + hashlib.sha256(f"{branch}{height}".encode()).hexdigest()[16:]


@dataclass
class World:
    """Blocks from `start` on, one every `spacing` seconds up to `now`; `mine` adds more. `now` is the fakes' clock."""

    start: int
    tip: int
    now: datetime
    bits: dict[int, int]
    spacing: int = 600
    price: Decimal = Decimal("69123.40")
    branch: str = "main"
    blocks: dict[int, Block] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for height in range(self.start, self.tip + 1):
            self._add(height, int(self.now.timestamp()) - (self.tip - height) * self.spacing)

    def _add(self, height: int, time: int) -> None:
        before = self.blocks.get(height - 1)
        previous = before.hash if before else hash_of(self.branch, height - 1)
        bits = self.bits[height // 2016]
        self.blocks[height] = Block(height, hash_of(self.branch, height), previous, time, bits, 2_000_000 + height % 7)

    def mine(self, count: int = 1, seconds: int | None = None) -> Block:
        """Adds blocks, `seconds` (or the spacing) apart; the clock goes along."""
        for _ in range(count):
            self.now += timedelta(seconds=self.spacing if seconds is None else seconds)
            self.tip += 1
            self._add(self.tip, int(self.now.timestamp()))
        return self.blocks[self.tip]

    def reorganise(self, depth: int, *, longer: int = 1, branch: str = "other", later: int = 0) -> None:
        """Replaces the last `depth` blocks by others of another branch, `longer` more than there were, each `later` seconds later."""
        self.branch = branch
        for height in range(self.tip - depth + 1, self.tip + 1):
            self._add(height, self.blocks[height].time + later)
        self.mine(longer, seconds=60)

    def copy(self) -> "World":
        """A world that goes its own way from here."""
        return replace(self, blocks=dict(self.blocks), bits=dict(self.bits))
