"""What is known of the chain and the market: retargets, recent headers, readings of each source, days.

Figures of different sources are kept side by side, never mixed: which to show, and whether they agree, is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Delete, bindparam, delete, func, select
from sqlmodel import col

from bot.edges.store.engine import Database, changed
from bot.edges.store.tables.base import table_of
from bot.edges.store.tables.chain import BlockRow, DayRow, ReadingRow, RetargetRow
from bot.model import BlockHeader, Day, Reading, Retarget, packed, unpacked

KEPT_BLOCKS = 2100
"""Headers kept back from the highest: an epoch and some."""

KEPT_HOURS = 90 * 24
"""Hours for which every hour's reading is kept."""

_DAY_FIELDS = tuple(field.name for field in fields(Day) if field.name != "day")


class Chain:
    """The chain's and the market's figures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def retargets(self) -> tuple[Retarget, ...]:
        """Every known retarget, ascending."""
        with self._database.reading() as session:
            rows = session.scalars(select(RetargetRow).order_by(col(RetargetRow.height)))
            return tuple(Retarget(row.height, row.time, row.bits, row.exact) for row in rows)

    def add_retargets(self, retargets: Iterable[Retarget]) -> int:
        """Adds or corrects retargets; returns how many are new or read differently now."""
        with self._database.writing("chain") as session:
            known = {row.height: row for row in session.scalars(select(RetargetRow))}
            fresh = [new for new in retargets if _improves(new, known.get(new.height))]
            for new in fresh:
                session.merge(RetargetRow(height=new.height, time=new.time, bits=new.bits, exact=new.exact))
            return len(fresh)

    def blocks(self, since: int = 0) -> tuple[BlockHeader, ...]:
        """The recent headers from height `since` on, ascending; at most about `KEPT_BLOCKS`, perhaps with gaps."""
        with self._database.reading() as session:
            rows = session.scalars(select(BlockRow).where(col(BlockRow.height) >= since).order_by(col(BlockRow.height)))
            return tuple(BlockHeader(row.height, row.hash, row.time, row.bits, row.fees) for row in rows)

    def tip(self) -> BlockHeader | None:
        """The highest header."""
        with self._database.reading() as session:
            row = session.scalars(select(BlockRow).order_by(col(BlockRow.height).desc()).limit(1)).first()
            return None if row is None else BlockHeader(row.height, row.hash, row.time, row.bits, row.fees)

    def add_blocks(self, headers: Sequence[BlockHeader]) -> int:
        """Adds headers of one chain; returns how many stored headers they replaced by another block (a reorganisation).

        From the lowest replaced height on, what was stored belongs to a chain that lost: all of it goes, also above `headers`.
        A header without fees keeps the fees known of the same block. Old headers are forgotten.
        """
        if not headers:
            return 0
        with self._database.writing("chain") as session:
            lowest = min(header.height for header in headers)
            stored = {row.height: row for row in session.scalars(select(BlockRow).where(col(BlockRow.height) >= lowest))}
            lost = [header.height for header in headers if header.height in stored and stored[header.height].hash != header.hash]
            replaced = 0
            if lost:
                replaced = changed(session, delete(BlockRow).where(col(BlockRow.height) >= min(lost)))
            fresh = self._database.insert(BlockRow)
            given = {name: fresh.excluded[name] for name in ("hash", "time", "bits", "fees")}
            newer = fresh.on_conflict_do_update(index_elements=["height"], set_=given)
            session.execute(newer, [_block_values(header, stored.get(header.height)) for header in headers])
            top = session.scalar(select(func.max(BlockRow.height))) or 0
            session.execute(delete(BlockRow).where(col(BlockRow.height) <= top - KEPT_BLOCKS))
            return replaced

    def remove_blocks(self, above: int) -> int:
        """Forgets headers higher than `above`, which turned out to be no blocks of the chain; returns how many."""
        with self._database.writing("chain") as session:
            return changed(session, delete(BlockRow).where(col(BlockRow.height) > above))

    def record(self, readings: Iterable[Reading]) -> None:
        """Keeps readings: of each source and metric the last one of every hour, and after `KEPT_HOURS` the last one of a day."""
        values = [_reading_values(reading) for reading in sorted(readings, key=lambda reading: reading.at)]
        if not values:
            return
        fresh = self._database.insert(ReadingRow)
        newer = fresh.on_conflict_do_update(
            index_elements=["metric", "source", "hour"],
            set_={name: fresh.excluded[name] for name in ("value", "at", "note")},
            where=col(ReadingRow.at) <= fresh.excluded.at,
        )
        with self._database.writing("readings") as session:
            session.execute(newer, values)
            session.execute(_thin(), [{"of": row["metric"], "by": row["source"], "before": row["hour"] - KEPT_HOURS} for row in values])

    def latest(self, metric: str, now: datetime) -> list[Reading]:
        """The last reading of each source no later than `now`, newest first."""
        last = (
            select(col(ReadingRow.source), func.max(col(ReadingRow.at)).label("at"))
            .where(col(ReadingRow.metric) == metric, col(ReadingRow.at) <= now)
            .group_by(col(ReadingRow.source))
            .subquery()
        )
        wanted = (
            select(ReadingRow)
            .join(last, (col(ReadingRow.source) == last.c.source) & (col(ReadingRow.at) == last.c.at))
            .where(col(ReadingRow.metric) == metric)
            .order_by(col(ReadingRow.at).desc(), col(ReadingRow.source))
        )
        with self._database.reading() as session:
            return [_reading(row) for row in session.scalars(wanted)]

    def series(self, metric: str, start: datetime, end: datetime, source: str | None = None) -> list[Reading]:
        """Readings from `start` to `end`, ascending, at most one an hour of each source."""
        wanted = select(ReadingRow).where(col(ReadingRow.metric) == metric, col(ReadingRow.at).between(start, end))
        if source is not None:
            wanted = wanted.where(col(ReadingRow.source) == source)
        with self._database.reading() as session:
            return [_reading(row) for row in session.scalars(wanted.order_by(col(ReadingRow.at), col(ReadingRow.source)))]

    def prune_readings(self, metrics: Iterable[str], before: datetime) -> int:
        """Forgets readings of these metrics that are older than `before`; returns how many."""
        old = delete(ReadingRow).where(col(ReadingRow.metric).in_(list(metrics)), col(ReadingRow.at) < before)
        with self._database.writing("readings") as session:
            return changed(session, old)

    def record_day(self, day: Day) -> None:
        """Keeps what is known of a day; fields that are None leave what was known."""
        self.record_days((day,))

    def record_days(self, days: Iterable[Day]) -> None:
        """As `record_day`, in one transaction."""
        with self._database.writing("days") as session:
            for day in days:
                row = session.get(DayRow, day.day)
                if row is None:
                    row = DayRow(day=day.day)
                    session.add(row)
                for name in _DAY_FIELDS:
                    value = getattr(day, name)
                    if value not in (None, ""):
                        setattr(row, name, value)

    def days(self, start: date, end: date) -> list[Day]:
        """The known days from `start` to `end`, both inclusive, ascending."""
        with self._database.reading() as session:
            rows = session.scalars(select(DayRow).where(col(DayRow.day).between(start, end)).order_by(col(DayRow.day)))
            return [_day(row) for row in rows]

    def day(self, day: date) -> Day | None:
        """A day, None if nothing is known of it."""
        return next(iter(self.days(day, day)), None)


def _improves(new: Retarget, row: RetargetRow | None) -> bool:
    # A reconstructed time says nothing against a header's own.
    if row is None or new.bits != row.bits:
        return True
    return (new.exact or not row.exact) and (new.time, new.exact) != (row.time, row.exact)


def _hour(at: datetime) -> int:
    return int(at.timestamp() // 3600)


def _block_values(header: BlockHeader, old: BlockRow | None) -> dict[str, Any]:
    known = old.fees if old is not None and old.hash == header.hash else None
    fees = known if header.fees is None else header.fees
    return {"height": header.height, "hash": header.hash, "time": header.time, "bits": header.bits, "fees": fees}


@cache
def _thin() -> Delete:
    """Of one source and metric, drops the hours before `before` but for the last of each day."""
    table = table_of(ReadingRow).c
    return delete(table_of(ReadingRow)).where(
        table.metric == bindparam("of"), table.source == bindparam("by"), table.hour < bindparam("before"), table.hour % 24 != 23
    )


def _reading_values(reading: Reading) -> dict[str, Any]:
    return {
        "metric": str(reading.metric),
        "source": reading.source,
        "hour": _hour(reading.at),
        "value": reading.value,
        "at": reading.at,
        "note": packed(reading.note),
    }


def _reading(row: ReadingRow) -> Reading:
    return Reading(row.metric, row.value, row.source, row.at, unpacked(row.note))


def _day(row: DayRow) -> Day:
    return Day(row.day, **{name: getattr(row, name) for name in _DAY_FIELDS})
