"""The shipped history of retargets, read from its CSV, and brought up to date with what was learnt since.

A row is `height,time,bits,difficulty,change_pct,time_kind`; only height, time, bits and the kind of time are read, since
difficulty and change follow from bits (a test holds the recorded ones against that). Damage is told, not skipped: a wrong
history would make wrong verdicts.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache

from bot.decisions.network import EPOCH_BLOCKS
from bot.model import Retarget
from bot.model.bits import target
from extractors.errors import DataError
from extractors.resources import data_path


def parse_history(data: bytes) -> tuple[Retarget, ...]:
    """Every retarget in order of height, from block 0 on without a gap; DataError names the line that is wrong."""
    rows = csv.DictReader(io.StringIO(data.decode()))
    return tuple(_retarget(row, line) for line, row in enumerate(rows))


def _retarget(row: dict[str, str], line: int) -> Retarget:
    try:
        height, bits = int(row["height"]), int(row["bits"], 16)
        time = datetime.fromisoformat(row["time"]).astimezone(UTC)
        target(bits)
    except (KeyError, ValueError, TypeError) as error:
        raise DataError(f"retarget history, line {line + 2}: {error}") from None
    if height != line * EPOCH_BLOCKS:
        raise DataError(f"retarget history, line {line + 2}: height {height:,} where {line * EPOCH_BLOCKS:,} should stand")
    return Retarget(height, time, bits, exact=row["time_kind"] == "header")


@cache
def shipped_history() -> tuple[Retarget, ...]:
    """The history that comes with Assay, read once."""
    return parse_history(data_path("difficulty.csv").read_bytes())


def join_history(older: Iterable[Retarget], newer: Iterable[Retarget]) -> tuple[Retarget, ...]:
    """Both in order of height; where both know a height, `newer` wins unless only `older` has the header's own time."""
    merged = {retarget.height: retarget for retarget in older}
    for retarget in newer:
        known = merged.get(retarget.height)
        if known is None or retarget.exact or not known.exact or known.bits != retarget.bits:
            merged[retarget.height] = retarget
    return tuple(merged[height] for height in sorted(merged))


def known_at(history: Sequence[Retarget], now: datetime) -> tuple[Retarget, ...]:
    """The retargets of `now` and before: nothing later is told of an earlier time."""
    return tuple(history[: bisect_right(history, now, key=lambda retarget: retarget.time)])


def height_at(history: Sequence[Retarget], when: datetime) -> float | None:
    """Height at a time between two known retargets, spread evenly; None outside them."""
    after = bisect_right(history, when, key=lambda retarget: retarget.time)
    if not 0 < after < len(history):
        return None
    before, until = history[after - 1], history[after]
    share = (when - before.time) / (until.time - before.time)
    return before.height + share * (until.height - before.height)
