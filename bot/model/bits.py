"""Compact targets: the `bits` of a header, the target they stand for, and the difficulty that follows, all exact."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

MAX_TARGET = 0xFFFF << 208

_A_LITTLE_MORE = 1 + Fraction(1, 10**11)  # far below a step of the mantissa: makes up for the digits a site cut off


def decimal(value: Fraction, digits: int = 28) -> Decimal:
    """The fraction to `digits` significant digits."""
    with localcontext(prec=digits):
        return Decimal(value.numerator) / Decimal(value.denominator)


def target(bits: int) -> int:
    """The 256-bit number a block's hash may not exceed; ValueError for bits that no block can carry.

    >>> target(0x1D00FFFF) == 0xFFFF << 208
    True
    """
    exponent, mantissa = bits >> 24, bits & 0x7FFFFF
    number = mantissa << 8 * (exponent - 3) if exponent >= 3 else mantissa >> 8 * (3 - exponent)
    if not 0 < number <= MAX_TARGET or bits & 0x800000 or not 0 < bits < 1 << 32:
        raise ValueError(f"{bits:#x} is no target of the main chain")
    return number


def compact(number: int) -> int:
    """Bits of a target, rounded down as the protocol does; the reverse of `target`.

    >>> hex(compact(target(0x17023C7E)))
    '0x17023c7e'
    """
    size = (number.bit_length() + 7) // 8
    mantissa = number << 8 * (3 - size) if size <= 3 else number >> 8 * (size - 3)
    if mantissa & 0x800000:
        mantissa, size = mantissa >> 8, size + 1
    return size << 24 | mantissa


def difficulty(bits: int) -> Decimal:
    """Difficulty in units of 1, to 28 digits: 0x17023c7e is 125,864,590,119,494.27."""
    return decimal(Fraction(MAX_TARGET, target(bits)))


def bits_of_difficulty(value: Decimal) -> int | None:
    """The only bits whose difficulty prints as `value` (12 digits or more agree), or None."""
    if not value.is_finite() or not 1 <= value < Decimal(10) ** 60:
        return None
    bits = compact(int(Fraction(MAX_TARGET) / Fraction(value) * _A_LITTLE_MORE))
    exact = difficulty(bits)
    return bits if abs(exact - value) <= exact * Decimal("1e-12") else None
