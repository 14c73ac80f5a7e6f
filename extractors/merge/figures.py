"""Whether two printed figures can be the same amount.

A figure claims no more than its printing: 4,500 stands for anything that rounds to it, 4,450 to 4,550, so it agrees with
4,451; 4,451 and 4,452 do not. Zeros at the end of a whole number may or may not be meant, so the figure is given at least two
digits ("2,000" covers 1,950 to 2,050, not 1,500 to 2,500). The number of digits also says how telling an agreement is: a
miner sells 250 bitcoin in many months, 4,451 once.
"""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

# Digits beyond this say no more about which sale is meant.
_MOST_DIGITS = 12
_HALF = Decimal("0.5")
_FEWEST_TO_SWAP = 3


class Agreement(IntEnum):
    """How two figures stand to each other, from contradiction to equality."""

    CLASH = 0
    UNKNOWN = 1  # at least one is missing
    NEAR = 2  # differs by up to a unit of the last digit: cut instead of rounded ("over 4,400" for 4,451), or a slip
    ROUND = 3  # one rounds to the other
    SAME = 4


class Figure(NamedTuple):
    """An amount as printed: its value, how many digits of it are meant, and the unit of the last of them."""

    value: Decimal
    digits: int
    unit: Decimal

    def covers(self, value: Decimal) -> bool:
        """Whether `value`, rounded as this figure is, gives this figure."""
        return abs(value - self.value) <= self.unit * _HALF


@lru_cache(maxsize=65_536)
def figure(value: Decimal | None) -> Figure | None:
    """The figure of an amount; None for a missing, negative or absurd one, which can agree with nothing."""
    if value is None or not value.is_finite() or value < 0 or not -_MOST_DIGITS <= value.adjusted() <= 2 * _MOST_DIGITS:
        return None
    plain = value.normalize()
    digits = len(plain.as_tuple().digits)
    exponent = plain.adjusted() - digits + 1
    # A lone leading digit before zeros ("7,000") is read as two digits; "9" is a count and stays one.
    unit = Decimal(1).scaleb(exponent - (digits == 1 and exponent > 0))
    return Figure(plain, min(digits, _MOST_DIGITS), unit)


def agree(one: Figure | None, other: Figure | None) -> Agreement:
    """How two figures stand to each other; symmetric."""
    if one is None or other is None:
        return Agreement.UNKNOWN
    if one.value == other.value:
        return Agreement.SAME
    coarse, fine = (one, other) if one.unit >= other.unit else (other, one)
    if coarse.covers(fine.value):
        return Agreement.ROUND
    if (coarse.digits >= 3 or coarse.unit > fine.unit) and abs(coarse.value - fine.value) <= coarse.unit:
        return Agreement.NEAR
    return Agreement.CLASH


def within(one: Figure | None, other: Figure | None, share: Decimal) -> bool:
    """Whether both are known and differ by at most this share of the larger."""
    return one is not None and other is not None and abs(one.value - other.value) <= share * max(one.value, other.value)


def swapped(one: Figure | None, other: Figure | None) -> bool:
    """Whether two neighbouring digits of one, three or more, stand the other way round in the other: 112 for 121."""
    if one is None or other is None:
        return False
    (_, first, power), (_, second, other_power) = one.value.as_tuple(), other.value.as_tuple()
    if power != other_power or len(first) != len(second) or len(first) < _FEWEST_TO_SWAP:
        return False
    apart = [place for place, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
    return bool(apart) and apart == [apart[0], apart[0] + 1] and sorted(first) == sorted(second)
