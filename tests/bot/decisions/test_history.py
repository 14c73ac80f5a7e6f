"""The shipped history is whole, and damage to it is told."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest

from bot.decisions.history import height_at, join_history, known_at, parse_history, shipped_history
from bot.model import Retarget
from extractors.errors import DataError

HEAD = b"height,time,bits,difficulty,change_pct,time_kind\n"
GENESIS = b"0,2009-01-03T18:15:05Z,1d00ffff,1.0,,header\n"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_the_shipped_history_has_every_retarget() -> None:
    history = shipped_history()
    assert len(history) == 482
    assert [retarget.height for retarget in history] == list(range(0, 969_697, 2016))
    assert all(before.time < after.time for before, after in itertools.pairwise(history))
    assert sum(not retarget.exact for retarget in history) == 30


@pytest.mark.parametrize(
    "line",
    [
        b"2016,2009-01-27T13:38:51Z,zz,1.0,0,header\n",
        b"2016,yesterday,1d00ffff,1.0,0,header\n",
        b"4032,2009-01-27T13:38:51Z,1d00ffff,1.0,0,header\n",
        b"2016,2009-01-27T13:38:51Z,ffffffff,1.0,0,header\n",
        b"2016,2009-01-27T13:38:51Z\n",
    ],
)
def test_a_damaged_line_is_named(line: bytes) -> None:
    with pytest.raises(DataError, match="line 3"):
        parse_history(HEAD + GENESIS + line)


def test_what_was_learnt_since_joins_the_history() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    old, guessed = Retarget(2016, start, 1), Retarget(4032, start + timedelta(days=14), 2, exact=False)
    seen, new = Retarget(4032, start + timedelta(days=14, minutes=3), 2), Retarget(6048, start + timedelta(days=28), 3)
    assert join_history((old, guessed), (new, seen)) == (old, seen, new)
    assert join_history((seen,), (guessed,)) == (seen,), "a header's own time is not given up for a guess"


def test_nothing_later_is_known() -> None:
    history = shipped_history()
    assert known_at(history, at("2026-02-07T13:49:59"))[-1].height == 933_408
    assert known_at(history, at("2026-02-07T13:50:00"))[-1].height == 935_424
    assert known_at(history, at("2009-01-01")) == ()


def test_heights_are_spread_between_retargets() -> None:
    history = shipped_history()
    assert height_at(history, history[100].time) == history[100].height
    assert height_at(history, at("2027-01-01")) is None
    first, last = (height_at(history, at(f"2024-07-0{day}")) for day in (1, 2))
    assert first is not None
    assert last is not None
    assert 130 < last - first < 160
    assert height_at(history, at("2009-01-01")) is None
