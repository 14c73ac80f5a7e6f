"""The chain and the market: retargets, recent headers, readings by the hour, days."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Field

from bot.edges.store.columns import Big, Bitcoin, ExactDecimal, PlainText, UtcTime
from bot.edges.store.tables.base import Table


class RetargetRow(Table, table=True):
    """The first block of an epoch; `bits` may pass 2^31. `exact`: the time is the header's own."""

    __tablename__ = "retarget"

    height: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    time: datetime = Field(sa_type=UtcTime)
    bits: int = Field(sa_type=Big)
    exact: bool = True


class BlockRow(Table, table=True):
    """A recent header; `fees` in satoshi."""

    __tablename__ = "block"

    height: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    hash: str
    time: datetime = Field(sa_type=UtcTime)
    bits: int = Field(sa_type=Big)
    fees: int | None = Field(default=None, sa_type=Big)


class ReadingRow(Table, table=True):
    """The last reading of one source in one hour (`hour` counts hours since 1970)."""

    __tablename__ = "reading"

    metric: str = Field(primary_key=True)
    source: str = Field(primary_key=True, sa_type=PlainText)
    hour: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    value: Decimal = Field(sa_type=ExactDecimal)
    at: datetime = Field(sa_type=UtcTime)
    note: str = Field(default="", sa_type=PlainText)


class DayRow(Table, table=True):
    """A UTC day; what is not known is NULL."""

    __tablename__ = "day"

    day: date = Field(primary_key=True)
    price_close: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    price_low: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    price_high: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    blocks: int | None = None
    issuance: Decimal | None = Field(default=None, sa_type=Bitcoin)
    source: str = Field(default="", sa_type=PlainText)
