"""How a retarget ranks among all before it: the largest since when, the n-th largest, the n-th in a row, a record level.

Changes are compared as exact ratios, so two falls that print alike are still told apart. Only what came before a change
counts, never what came after: the same rank stays right at any later reading of that day.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from bot.decisions.network import EPOCH_BLOCKS, change
from bot.model import Retarget
from bot.model.bits import decimal, difficulty, target

_WORTH_TELLING_DAYS = 180
_HIGH_RANK = 20


@dataclass(frozen=True, slots=True)
class Change:
    """One retarget against the one before it. `ratio` is exact: -1/4 is a fall of a quarter."""

    before: Retarget
    after: Retarget
    ratio: Fraction

    @property
    def pct(self) -> Decimal:
        """Signed percent, to 28 digits."""
        return decimal(self.ratio * 100)

    @property
    def time(self) -> datetime:
        """When the new difficulty came into force."""
        return self.after.time

    @property
    def height(self) -> int:
        """Height of its block."""
        return self.after.height

    @property
    def difficulty(self) -> Decimal:
        """The new difficulty."""
        return difficulty(self.after.bits)

    @property
    def sign(self) -> int:
        """-1 a fall, 1 a rise, 0 unchanged."""
        return (self.ratio > 0) - (self.ratio < 0)


def changes(history: Sequence[Retarget]) -> tuple[Change, ...]:
    """The change at every retarget whose epoch before is known too, in order of height."""
    pairs = itertools.pairwise(history)
    return tuple(
        Change(before, after, change(before.bits, after.bits)) for before, after in pairs if after.height - before.height == EPOCH_BLOCKS
    )


def last_larger(past: Sequence[Change]) -> Change | None:
    """The latest change before the last of `past` that went the same way and was larger; None if none ever was.

    The last of `past` is then "the largest fall since" that one's time.
    """
    own = past[-1]
    return next((other for other in reversed(past[:-1]) if other.sign == own.sign and abs(other.ratio) > abs(own.ratio)), None)


def rank(past: Sequence[Change], since: datetime | None = None) -> int:
    """Place of the last of `past` by size among all falls (or rises) so far, or since a time: 1 is the largest."""
    own = past[-1]
    rivals = (other for other in past[:-1] if since is None or other.time >= since)
    return 1 + sum(other.sign == own.sign and abs(other.ratio) > abs(own.ratio) for other in rivals)


def in_a_row(past: Sequence[Change]) -> int:
    """How many retargets up to the last of `past` went its way without a break; 1 if the one before went the other way."""
    count = 0
    for other in reversed(past):
        if other.sign != past[-1].sign:
            break
        count += 1
    return count


def is_highest(history: Sequence[Retarget]) -> bool:
    """Whether the last of `history` set the highest difficulty ever."""
    return all(target(other.bits) > target(history[-1].bits) for other in history[:-1])


def last_lower(history: Sequence[Retarget]) -> Retarget | None:
    """The latest retarget before the last that set a lower difficulty: the last one is "the lowest since" it; None if none did."""
    own = target(history[-1].bits)
    return next((other for other in reversed(history[:-1]) if target(other.bits) > own), None)


# --- what is worth telling -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Size:
    """How large a change is: the largest fall (or rise, by `sign`) `since` a time, the `place`-th ever; None is not worth telling.

    The largest ever has place 1 and no `since`.
    """

    sign: int
    place: int | None
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Run:
    """Falls or rises, by `sign`, in a row: `count`, three or more."""

    sign: int
    count: int


@dataclass(frozen=True, slots=True)
class Level:
    """A record high or, with `since`, the lowest level since then."""

    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Superlatives:
    """What is special about a retarget: its size, its run, the level that it set; None where nothing is."""

    size: Size | None = None
    run: Run | None = None
    level: Level | None = None


def size_of(past: Sequence[Change]) -> Size | None:
    """The size of the last change; None when it is unchanged, or a larger one came within half a year and it ranks below the 20th."""
    own = past[-1] if past else None
    if own is None or own.sign == 0:
        return None
    larger, place = last_larger(past), rank(past)
    since = larger.time if larger and (own.time - larger.time).days >= _WORTH_TELLING_DAYS else None
    if place > _HIGH_RANK and since is None:
        return None
    return Size(own.sign, place if place <= _HIGH_RANK else None, since)


def run_of(past: Sequence[Change]) -> Run | None:
    """The run that the last change is of; None below three."""
    count = in_a_row(past) if past else 0
    return Run(past[-1].sign, count) if count >= 3 and past[-1].sign else None


def level_of(history: Sequence[Retarget]) -> Level | None:
    """A record high, or the lowest level since a time that is half a year ago; None otherwise."""
    if len(history) < 2:
        return None
    if is_highest(history):
        return Level()
    lower = last_lower(history)
    since = _end_of(history, lower) if lower is not None else None
    return Level(since) if since and (history[-1].time - since).days >= _WORTH_TELLING_DAYS else None


def _end_of(history: Sequence[Retarget], retarget: Retarget) -> datetime:
    """When the epoch of `retarget` ended: until then the lower difficulty was in force."""
    return next((other.time for other in history if other.height > retarget.height), retarget.time)
