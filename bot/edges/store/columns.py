"""Column types: what a value becomes in the database and back, the same on SQLite and PostgreSQL.

Times are stored as UTC and come back aware (SQLite forgets zones). Bitcoin is an integer of satoshi and dollars an integer of
cents, read back as `Decimal` in full ("4450", not "4.45E+3"). Text from outside loses what no database can hold: NUL and lone surrogates.
"""

# ruff: noqa: ARG002 - SQLAlchemy hands every hook the dialect, whether or not it matters
from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, LargeBinary, String, Text
from sqlalchemy.types import TypeDecorator

from bot.errors import StoreError

_LARGEST = 2**63 - 1
_WIDE = Context(prec=60)
Blob = LargeBinary
Big = BigInteger


def to_units(amount: Decimal, places: int) -> int:
    """`amount` as an integer of its 10^-places parts, half to even; StoreError if it is no number or too large to keep."""
    if not amount.is_finite() or amount.adjusted() > 18:
        raise StoreError(f"{amount} is no amount that can be kept")
    units = int(amount.scaleb(places, _WIDE).quantize(Decimal(1), ROUND_HALF_EVEN, _WIDE))
    if abs(units) > _LARGEST:
        raise StoreError(f"{amount} is no amount that can be kept")
    return units


@lru_cache(maxsize=16_384)
def from_units(units: int, places: int) -> Decimal:
    """The exact amount of `units` parts, without trailing zeros, and whole numbers in full."""
    amount = Decimal(units).scaleb(-places, _WIDE).normalize(_WIDE)
    return amount.quantize(Decimal(1), context=_WIDE) if amount == amount.to_integral_value() else amount


def as_kept(amount: Decimal | None, places: int) -> Decimal | None:
    """`amount` as it comes back: what has more places (the middle of a range) is rounded half to even."""
    return None if amount is None else from_units(to_units(amount, places), places)


def clean(text: str) -> str:
    """`text` of the same length that both databases can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode()
    return text.replace("\x00", " ")


class UtcTime(TypeDecorator[datetime]):
    """An aware time; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        if value is not None and value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From UTC, whether or not the database kept the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PlainText(TypeDecorator[str]):
    """Text from outside."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Without what no database can hold."""
        return value if value is None else clean(value)


class _Units(TypeDecorator[Decimal]):
    impl = BigInteger
    cache_ok = True
    places = 0

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else to_units(value, self.places)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else from_units(int(value), self.places)


class Bitcoin(_Units):
    """BTC, kept as satoshi."""

    cache_ok = True
    places = 8


class Dollars(_Units):
    """USD, kept as cents."""

    cache_ok = True
    places = 2


class ExactDecimal(TypeDecorator[Decimal]):
    """Any finite decimal, kept as the digits it has."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """As its digits."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """From its digits."""
        return None if value is None else Decimal(value)


class Json(TypeDecorator[Any]):
    """Plain lists, mappings, text and integers; None is NULL."""

    impl = JSON(none_as_null=True)
    cache_ok = True
