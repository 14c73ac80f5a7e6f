"""How retargets rank, checked on the known history and on any history."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decisions.history import known_at, shipped_history
from bot.decisions.rank_words import level_sentence, level_words, ordinal, run_words, size_words
from bot.decisions.superlatives import changes, in_a_row, last_larger, level_of, rank, run_of, size_of
from bot.model import Retarget


def past(day: str):
    return known_at(shipped_history(), datetime.fromisoformat(day).replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "size"),
    [
        ("2026-02-08", "the largest fall since July 2021, the 10th largest ever"),
        ("2026-02-20", "the largest rise since May 2021"),
        ("2026-06-14", "the 11th largest fall ever"),
        ("2025-06-30", "the largest fall since July 2021, the 17th largest ever"),
        ("2021-07-04", "the largest fall ever"),
        ("2026-01-23", "the largest fall since June 2025"),
        ("2026-01-09", None),
        ("2009-02-20", None),
    ],
)
def test_the_size_of_a_change_is_told_against_all_before_it(day: str, size: str | None) -> None:
    found = size_of(changes(past(day)))
    assert (size_words(found) if found else None) == size


@pytest.mark.parametrize(("day", "count"), [("2026-02-08", 3), ("2021-07-18", 4), ("2026-02-20", 1)])
def test_changes_in_a_row_are_counted(day: str, count: int) -> None:
    found = changes(past(day))
    assert in_a_row(found) == count
    run = run_of(found)
    assert (run_words(run) if run else None) == (f"the {ordinal(count)} fall in a row" if count >= 3 else None)


def test_levels_are_told_when_they_are_special() -> None:
    high, low = level_of(past("2025-11-01")), level_of(past("2026-02-08"))
    assert high is not None
    assert low is not None
    assert (level_words(high), level_sentence(high)) == ("a record high", "Difficulty is at a record high")
    assert (level_words(low), level_sentence(low)) == ("the lowest since July 2025", "Difficulty is the lowest since July 2025")
    assert level_of(past("2026-09-06")) is None
    assert level_of(past("2009-01-10")) is None


@pytest.mark.parametrize(("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (11, "11th"), (12, "12th"), (22, "22nd"), (113, "113th")])
def test_ordinals(number: int, text: str) -> None:
    assert ordinal(number) == text


levels = st.lists(st.integers(0x8000, 0x7FFFFF), min_size=2, max_size=40)


def history_of(mantissas: list[int]) -> tuple[Retarget, ...]:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    return tuple(Retarget(2016 * n, start + timedelta(days=14 * n), 0x17 << 24 | mantissa) for n, mantissa in enumerate(mantissas))


@given(levels)
def test_the_first_by_rank_is_the_one_without_a_larger(mantissas: list[int]) -> None:
    found = changes(history_of(mantissas))
    if found[-1].sign:
        assert (rank(found) == 1) == (last_larger(found) is None)
        assert rank(found, since=found[-1].time) == 1
    assert 1 <= rank(found) <= len(found)
    assert 1 <= in_a_row(found) <= len(found)


@given(levels, levels)
def test_what_comes_after_changes_nothing_said_before(mantissas: list[int], later: list[int]) -> None:
    history = history_of(mantissas)
    known = known_at(history_of(mantissas + later), history[-1].time)
    assert size_of(changes(known)) == size_of(changes(history))
    assert level_of(known) == level_of(history)


def test_a_gap_in_the_history_makes_no_change() -> None:
    history = history_of([0x10000, 0x20000, 0x30000])
    assert len(changes((history[0], history[2]))) == 0
