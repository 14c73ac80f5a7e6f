"""Checks of what a source sends: the wrong type or an impossible value is a `SourceError` that names it, never a crash later.

`true` is no number here, a float no height, and numbers that JSON cannot carry exactly arrive as `Decimal`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.errors import SourceError

_HASH = re.compile(r"[0-9a-f]{64}")
_PRINTED_AT_MOST = 40
_DIGITS = 40
_FIRST_BLOCK, _FAR_FUTURE = 1_231_006_505, 4_102_444_800  # 2009-01-03, 2100-01-01
MOST_BITS = 0x1D00FFFF
HIGHEST = 100_000_000


def shown(value: object) -> str:
    """A foreign value short enough for an error message, on one line."""
    text = ascii(value)
    return text if len(text) <= _PRINTED_AT_MOST else f"{text[:_PRINTED_AT_MOST]}..."


def mapping(value: Any, what: str) -> Mapping[str, Any]:
    """A JSON object."""
    if not isinstance(value, dict):
        raise SourceError(f"{what} is {shown(value)}, not an object")
    return value


def array(value: Any, what: str) -> list[Any]:
    """A JSON array with something in it."""
    if not isinstance(value, list) or not value:
        raise SourceError(f"{what} is {shown(value)}, not a list")
    return value


def field(value: Any, key: str) -> Any:
    """A field of a JSON object that must be there."""
    found = mapping(value, "the answer")
    if key not in found:
        raise SourceError(f"the answer has no {key}")
    return found[key]


def integer(value: Any, what: str, most: int = HIGHEST) -> int:
    """A whole number from 0 to `most`."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise SourceError(f"{what} is {shown(value)}")
    return value


def digits(value: Any, what: str, most: int) -> int:
    """A whole number from 0 to `most`, printed as text or as a number."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 20:
        value = int(value)
    return integer(value, what, most)


def amount(value: Any, what: str) -> Decimal:
    """A finite number of a size that can be reckoned with, as a JSON number or as text."""
    if isinstance(value, str) and len(value) <= _PRINTED_AT_MOST:
        try:
            value = Decimal(value)
        except InvalidOperation:
            raise SourceError(f"{what} is {shown(value)}") from None
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not _usable(Decimal(value)):
        raise SourceError(f"{what} is {shown(value)}")
    return Decimal(value)


def _usable(value: Decimal) -> bool:
    """Neither without end nor of an exponent that would fill the memory as a fraction."""
    return value.is_finite() and -_DIGITS <= value.adjusted() <= _DIGITS and len(value.as_tuple().digits) <= 2 * _DIGITS


def price(value: Any, what: str = "the price") -> Decimal:
    """USD a coin: above nothing and below what could be meant."""
    found = amount(value, what)
    if not 0 < found < 10**9:
        raise SourceError(f"{what} is {shown(value)}")
    return found


def block_hash(value: Any, what: str = "the block hash") -> str:
    """64 hex digits, in lower case."""
    if not isinstance(value, str) or not _HASH.fullmatch(value.lower()):
        raise SourceError(f"{what} is {shown(value)}")
    return value.lower()


def seconds(value: Any, what: str = "the time") -> datetime:
    """Unix seconds between the first block and 2100, as UTC."""
    if isinstance(value, bool) or not isinstance(value, int) or not _FIRST_BLOCK <= value < _FAR_FUTURE:
        raise SourceError(f"{what} is {shown(value)}")
    return datetime.fromtimestamp(value, UTC)


def bits(value: Any) -> int:
    """A compact target, as a number or as eight hex digits."""
    if isinstance(value, str) and re.fullmatch(r"[0-9a-fA-F]{8}", value):
        value = int(value, 16)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MOST_BITS:
        raise SourceError(f"bits is {shown(value)}")
    return value
