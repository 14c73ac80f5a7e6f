"""The chain's arithmetic: difficulty, retargets, projection, hashrate, hashprice, issuance, Puell multiple.

Everything follows from `bits`, heights and header times, as integers and fractions; a `Decimal` is made only at the end,
so a figure is as exact as its inputs. Sources' own "change" and "hashrate" fields are never used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from bot.model import Day
from bot.model.bits import decimal, target

EPOCH_BLOCKS = 2016
BLOCK_SECONDS = 600
EPOCH_SECONDS = EPOCH_BLOCKS * BLOCK_SECONDS
HALVING_BLOCKS = 210_000
DAY_BLOCKS = 144
SATOSHI = 100_000_000
WINDOWS = (144, 432, 1008)
PUELL_DAYS = 365

_LEAST_CHANGE, _MOST_CHANGE = Fraction(-3, 4), Fraction(3)
_ROUNDING = Fraction(1, 1000)  # of a compact target of few digits


# --- retargets -----------------------------------------------------------------------------------------------------------


def change(before: int, after: int) -> Fraction:
    """Change of difficulty between two bits as a ratio: -1/4 is a fall of a quarter."""
    return Fraction(target(before), target(after)) - 1


def change_pct(before: int, after: int) -> Decimal:
    """Change of difficulty between two bits in percent, signed, to 28 digits."""
    return decimal(change(before, after) * 100)


def is_possible(before: int, after: int) -> bool:
    """Whether one retarget can lead from one to the other: down by three quarters or up threefold at most, and rounding."""
    return _LEAST_CHANGE - _ROUNDING <= change(before, after) <= _MOST_CHANGE + _ROUNDING


# --- the epoch and its end -------------------------------------------------------------------------------------------


def epoch_start(height: int) -> int:
    """Height of the first block of the epoch that holds `height`."""
    return height - height % EPOCH_BLOCKS


@dataclass(frozen=True, slots=True)
class Projection:
    """What the next retarget would be if the epoch went on as it has.

    `weak`: less than a tenth of the epoch is behind it, or blocks were only guessed from the time.
    """

    height: int
    change_pct: Decimal
    at: datetime
    blocks_left: int
    mean_block_seconds: Decimal
    weak: bool


def project(start: datetime, height: int, time: datetime) -> Projection | None:
    """The next retarget, from the time of the epoch's first block and a later block of the same epoch.

    None when there is no later block, or its header's time is not later (header times are not monotonic).
    """
    done = height - epoch_start(height)
    seconds = Fraction((time - start) // timedelta(microseconds=1), 1_000_000)
    if done < 1 or seconds <= 0:
        return None
    return _projection(height, time, seconds / done, weak=(done + 1) * 10 < EPOCH_BLOCKS)


def project_from_hashrate(height: int, time: datetime, level: Decimal, rate: Decimal) -> Projection:
    """The next retarget if `rate` H/s went on at the new difficulty `level`: for an epoch's first block, which has no pace yet."""
    return _projection(height, time, Fraction(level) * (1 << 32) / Fraction(rate), weak=True)


def _projection(height: int, time: datetime, mean: Fraction, *, weak: bool) -> Projection:
    left = epoch_start(height) + EPOCH_BLOCKS - height
    return Projection(
        height=height + left,
        change_pct=decimal(projected_change(mean) * 100),
        at=time + timedelta(seconds=float(left * mean)),
        blocks_left=left,
        mean_block_seconds=decimal(mean, 12),
        weak=weak,
    )


def projected_change(mean_block_seconds: Fraction) -> Fraction:
    """Change at the next retarget as a ratio in [-3/4, 3]: the protocol measures 2015 intervals against 2016 x 600 s."""
    raw = Fraction(EPOCH_SECONDS) / ((EPOCH_BLOCKS - 1) * mean_block_seconds) - 1
    return min(max(raw, _LEAST_CHANGE), _MOST_CHANGE)


# --- issuance --------------------------------------------------------------------------------------------------------


def subsidy(height: int) -> int:
    """New bitcoin of the block at `height`, in satoshi."""
    return 50 * SATOSHI >> min(height // HALVING_BLOCKS, 64)


def issuance(first: int, last: int) -> int:
    """New bitcoin of the blocks `first` to `last`, both inclusive, in satoshi; halvings within are minded."""
    total, height = 0, first
    while height <= last:
        end = min(last, (height // HALVING_BLOCKS + 1) * HALVING_BLOCKS - 1)
        total += (end - height + 1) * subsidy(height)
        height = end + 1
    return total


def bitcoin(satoshi: int) -> Decimal:
    """Satoshi as BTC, exact."""
    return Decimal(satoshi).scaleb(-8)


def next_halving(height: int) -> int:
    """Height of the next block whose subsidy is lower than that of `height`."""
    return (height // HALVING_BLOCKS + 1) * HALVING_BLOCKS


# --- hashrate and income ---------------------------------------------------------------------------------------------


def hashrate(level: Decimal, pace: Fraction = Fraction(1)) -> Decimal:
    """H/s at difficulty `level` with blocks coming at `pace` times the expected rate."""
    return decimal(Fraction(level) * (1 << 32) / BLOCK_SECONDS * pace)


def pace(blocks: int, time: timedelta) -> Fraction | None:
    """Blocks seen over blocks expected in `time`; None if the time is not positive."""
    seconds = Fraction(time // timedelta(microseconds=1), 1_000_000)
    return blocks * BLOCK_SECONDS / seconds if seconds > 0 else None


def hashprice(price: Decimal, reward: Decimal, rate: Decimal) -> Decimal:
    """USD a day for one PH/s: `reward` is subsidy and mean fees of a block in BTC, `rate` the network's H/s at 144 blocks a day."""
    return decimal(Fraction(reward) * DAY_BLOCKS * Fraction(price) * 10**15 / Fraction(rate))


@dataclass(frozen=True, slots=True)
class Puell:
    """A day's issuance in USD over its mean of up to 365 days, that day included; `days_known` says how many there were."""

    day: date
    value: Decimal
    days_known: int

    @property
    def complete(self) -> bool:
        """Whether the whole year is known."""
        return self.days_known >= PUELL_DAYS


def puell(days: Mapping[date, Day], day: date) -> Puell | None:
    """Puell multiple of `day`; None if that day's own price or issuance is not known, or nothing was issued."""
    year = (days.get(day - timedelta(days=back)) for back in range(PUELL_DAYS))
    incomes = [income for known in year if known is not None and (income := issued_usd(known)) is not None]
    own = issued_usd(days[day]) if day in days else None
    if own is None or not any(incomes):
        return None
    return Puell(day, decimal(Fraction(own) * len(incomes) / Fraction(sum(incomes))), len(incomes))


def issued_usd(day: Day) -> Decimal | None:
    """The day's issuance at its closing price, without fees; None where either is not known."""
    if day.price_close is None or day.issuance is None:
        return None
    return day.price_close * day.issuance


def implied_price(usd: Decimal, btc: Decimal) -> Decimal | None:
    """USD a coin that a sale's two figures imply; None without coins."""
    return decimal(Fraction(usd) / Fraction(btc)) if btc > 0 else None


def price_range(days: Iterable[Day]) -> tuple[Decimal, Decimal] | None:
    """Lowest and highest price of some days, from lows and highs or, where they lack, closes; None if no price is known."""
    lows, highs = [], []
    for day in days:
        lows += [price for price in (day.price_low, day.price_close) if price is not None][:1]
        highs += [price for price in (day.price_high, day.price_close) if price is not None][:1]
    return (min(lows), max(highs)) if lows else None
