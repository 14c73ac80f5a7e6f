from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decisions.polling import LONGEST, SHORTEST, Poll, next_poll

NOW = datetime(2026, 2, 10, 9, tzinfo=UTC)


def every(minutes: float, count: int = 20) -> tuple[datetime, ...]:
    return tuple(NOW - timedelta(minutes=minutes * (number + 0.5)) for number in range(count))


def wait(poll: Poll, **keywords: float) -> float:
    return (next_poll(poll, **keywords) - poll.at).total_seconds()


@pytest.mark.parametrize(("minutes", "low", "high"), [(0.1, 60, 60), (30, 500, 600), (120, 2000, 2400), (60 * 24, 3600, 3600)])
def test_a_busy_feed_is_polled_more_often_than_a_quiet_one(minutes: float, low: float, high: float) -> None:
    assert low <= wait(Poll(NOW, every(minutes))) <= high


def test_a_feed_that_fell_silent_is_polled_less_and_less() -> None:
    newest = NOW - timedelta(minutes=10)
    waits = [wait(Poll(NOW + timedelta(hours=hours), (newest,))) for hours in range(4)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST


def test_a_feed_without_dates_is_polled_every_quarter_of_an_hour() -> None:
    assert wait(Poll(NOW)) == 900
    assert wait(Poll(NOW, (NOW + timedelta(days=1),))) == 900


def test_failures_double_the_wait_up_to_an_hour() -> None:
    waits = [wait(Poll(NOW, every(1), failures)) for failures in range(9)]
    assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_a_failing_feed_is_not_polled_sooner_than_a_healthy_one() -> None:
    assert wait(Poll(NOW, every(120), 1)) == wait(Poll(NOW, every(120)))


def test_the_server_s_own_wish_is_kept_beyond_the_longest_wait() -> None:
    assert wait(Poll(NOW, failures=1, retry_after=10_000)) == 10_000
    assert wait(Poll(NOW, every(60 * 24), 1, retry_after=5)) == LONGEST


def test_a_fixed_interval_replaces_the_rhythm_and_not_the_server_s_wish() -> None:
    assert wait(Poll(NOW, every(60)), fixed=2) == 2
    assert wait(Poll(NOW, every(60), 5), fixed=2) == 2
    assert wait(Poll(NOW, every(60), 5, 30), fixed=2) == 30


@given(
    st.lists(st.timedeltas(timedelta(days=-400), timedelta(days=10)), max_size=30),
    st.integers(0, 10_000),
    st.floats(0, 1, exclude_max=True),
)
def test_the_wait_keeps_its_bounds(ages: list[timedelta], failures: int, jitter: float) -> None:
    poll = Poll(NOW, tuple(NOW + age for age in ages), failures)
    assert SHORTEST <= wait(poll, jitter=jitter) <= LONGEST


def test_chance_spreads_the_waits_a_little() -> None:
    poll = Poll(NOW, every(60))
    assert wait(poll, jitter=0) == pytest.approx(wait(poll) * 0.9)
    assert wait(poll, jitter=0.999) == pytest.approx(wait(poll) * 1.1, rel=0.001)
