from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.decisions.schedule import (
    TOO_LATE,
    DueDigest,
    at_local,
    begun,
    due_digest,
    due_weekly,
    is_quiet,
    next_digest,
    next_weekly,
    opens_at,
    zone_of,
)
from bot.model import Place, Subscription, Topic

BERLIN = Subscription(Place(1), timezone="Europe/Berlin", digest_at=time(8, 0))
ZONES = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "Pacific/Apia",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Pacific/Kiritimati",
    ]
)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_a_digest_is_due_at_its_local_time_and_not_a_minute_before() -> None:
    before, at = due_digest(BERLIN, utc("2026-02-10T06:59")), due_digest(BERLIN, utc("2026-02-10T07:00"))
    assert before is None
    assert at is not None
    assert (at.key, at.at, at.late) == ("digest:2026-02-10T08:00", utc("2026-02-10T07:00"), False)


def test_it_covers_the_time_since_the_one_before_it() -> None:
    due = due_digest(BERLIN, utc("2026-02-10T07:05"))
    assert due is not None
    assert due.since == utc("2026-02-09T07:00")


def test_a_time_moved_to_later_the_same_day_has_a_key_of_its_own() -> None:
    moved = due_digest(replace(BERLIN, digest_at=time(9)), utc("2026-02-10T08:00"))
    assert moved is not None
    assert moved.key == "digest:2026-02-10T09:00"


def test_on_mondays_a_place_without_weekends_hears_of_three_days() -> None:
    due = due_digest(replace(BERLIN, days=frozenset(range(5))), utc("2026-02-09T07:00"))
    assert due is not None
    assert (due.day, due.since) == (date(2026, 2, 9), utc("2026-02-06T07:00"))


def test_on_a_day_off_nothing_is_due() -> None:
    assert due_digest(replace(BERLIN, days=frozenset({0})), utc("2026-02-10T09:00")) is None
    assert due_digest(replace(BERLIN, days=frozenset()), utc("2026-02-10T09:00")) is None
    assert next_digest(replace(BERLIN, days=frozenset()), utc("2026-02-10T09:00")) is None


def test_after_a_downtime_of_hours_it_is_due_late_and_after_half_a_day_not_at_all() -> None:
    late = due_digest(BERLIN, utc("2026-02-10T12:00"))
    assert late is not None
    assert late.late
    assert due_digest(BERLIN, utc("2026-02-10T07:00") + TOO_LATE) is not None
    assert due_digest(BERLIN, utc("2026-02-10T07:01") + TOO_LATE) is None


@pytest.mark.parametrize(
    ("clock", "day", "at"),
    [
        ("02:30", "2026-03-29", "2026-03-29T01:30"),  # skipped: 02:30 does not exist, it is 03:30 CEST
        ("02:30", "2026-10-25", "2026-10-25T00:30"),  # twice: the first one, still CEST
        ("08:00", "2026-03-28", "2026-03-28T07:00"),
        ("08:00", "2026-03-29", "2026-03-29T06:00"),
        ("08:00", "2026-10-25", "2026-10-25T07:00"),
    ],
)
def test_local_times_hold_over_changes_of_the_clock(clock: str, day: str, at: str) -> None:
    assert at_local(date.fromisoformat(day), time.fromisoformat(clock), zone_of("Europe/Berlin")) == utc(at)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_a_day_with_a_change_of_the_clock_has_one_digest(day: str) -> None:
    subscription = replace(BERLIN, digest_at=time(2, 30))
    start = utc(f"{day}T00:00") - timedelta(hours=3)
    ticks = [due_digest(subscription, start + timedelta(minutes=minutes)) for minutes in range(0, 30 * 60, 7)]
    assert [due.key for due in ticks if due].count(f"digest:{day}T02:30") > 0
    assert len({due.at for due in ticks if due and due.key == f"digest:{day}T02:30"}) == 1


@given(ZONES, CLOCKS, MOMENTS)
def test_every_day_has_one_digest_in_every_zone(zone: str, clock: time, start: datetime) -> None:
    subscription = Subscription(Place(1), timezone=zone, digest_at=clock)
    ticks = [due_digest(subscription, start + timedelta(hours=hours)) for hours in range(24 * 9)]
    dues = {due.key: due for due in ticks if due}
    assert len({due.at for due in ticks if due}) == len(dues)
    assert 8 <= len(dues) <= 10
    for due in dues.values():
        assert timedelta(hours=22) <= due.at - due.since <= timedelta(hours=26) or zone == "Pacific/Apia"


@given(ZONES, CLOCKS, MOMENTS, st.frozensets(st.integers(0, 6), min_size=1))
def test_the_next_digest_is_the_one_that_then_is_due(zone: str, clock: time, now: datetime, days: frozenset[int]) -> None:
    subscription = Subscription(Place(1), timezone=zone, digest_at=clock, days=days)
    at = next_digest(subscription, now)
    assert at is not None
    assert at > now
    due = due_digest(subscription, at)
    assert due is not None
    assert (due.at, due.late) == (at, False)


# --- changes of the settings ----------------------------------------------------------------------------------------

TICK = timedelta(minutes=20)
CHANGES = st.lists(st.tuples(st.integers(0, 15 * 72), ZONES, CLOCKS, st.integers(0, 6)), max_size=6)


def told_over(changes: list[tuple[int, str, time, int]], start: datetime, topic: Topic, days: int) -> list[DueDigest]:
    """What a place is told that changes its zone, its hour and its day of the week, each so many ticks after the start."""
    wished = Subscription(Place(1), frozenset({topic}))
    place = begun(None, wished, start)
    ends, rule = ("weekly_until", due_weekly) if topic is Topic.WEEKLY else ("digest_until", due_digest)
    keys, told = set[str](), list[DueDigest]()
    by_tick = {tick: {"timezone": zone, "digest_at": at, "weekly_at": at, "weekly_day": day} for tick, zone, at, day in changes}
    for tick in range(days * 72):
        now = start + tick * TICK
        if tick in by_tick:
            place = begun(place, replace(place, **by_tick[tick]), now)  # type: ignore[arg-type]
        due = rule(place, now)
        if due and due.key not in keys:
            keys.add(due.key)
            told.append(due)
            place = replace(place, **{ends: due.at})  # type: ignore[arg-type]
    return told


@settings(max_examples=60)
@given(CHANGES, MOMENTS)
def test_over_changes_of_zone_and_hour_every_moment_is_told_once(changes: list[tuple[int, str, time, int]], start: datetime) -> None:
    told = told_over(changes, start, Topic.DIGEST, 18)
    assert start - timedelta(hours=26) < told[0].since <= start
    assert [due.since for due in told[1:]] == [due.at for due in told[:-1]]
    assert all(due.since < due.at for due in told)
    assert told[-1].at > start + timedelta(days=18) - timedelta(hours=27), "it goes on after the last change"
    assert all(due.at - due.since <= timedelta(hours=74) for due in told), "no day is left out"


@settings(max_examples=30)
@given(CHANGES, MOMENTS)
def test_over_changes_of_the_day_of_the_week_every_moment_is_told_once(changes: list[tuple[int, str, time, int]], start: datetime) -> None:
    told = told_over(changes, start, Topic.WEEKLY, 30)
    assert [due.since for due in told[1:]] == [due.at for due in told[:-1]]
    assert all(due.since < due.at for due in told)
    assert told[-1].at > start + timedelta(days=22)


def test_a_zone_moved_west_leaves_no_hours_out() -> None:
    told = told_over(
        [(0, "Europe/Berlin", time(8), 0), (2 * 72 + 27, "America/New_York", time(8), 0)], utc("2026-02-08T00:00"), Topic.DIGEST, 5
    )
    assert [(f"{due.since:%d %H}", f"{due.at:%d %H}") for due in told] == [
        ("07 08", "08 07"),
        ("08 07", "09 07"),
        ("09 07", "10 07"),
        ("10 07", "11 13"),
        ("11 13", "12 13"),
    ]


def test_who_asks_anew_is_told_from_then_on() -> None:
    once = replace(BERLIN, topics=frozenset({Topic.DIGEST}), digest_until=utc("2026-01-10T07:00"))
    off = begun(once, replace(once, topics=frozenset()), utc("2026-01-10T09:00"))
    again = begun(off, replace(off, topics=frozenset({Topic.DIGEST})), utc("2026-02-10T09:00"))
    assert again.digest_until == utc("2026-02-10T07:00")
    assert due_digest(again, utc("2026-02-10T09:00")) is None


def test_what_is_due_stays_due_when_something_else_changes() -> None:
    place = replace(BERLIN, topics=frozenset({Topic.DIGEST}))
    assert due_digest(begun(place, replace(place, silent=True), utc("2026-02-10T07:01")), utc("2026-02-10T07:01")) is not None


# --- the edition of the week -----------------------------------------------------------------------------------------


def test_a_weekly_digest_is_due_on_its_day_over_seven_local_days() -> None:
    weekly = replace(BERLIN, weekly_day=0, weekly_at=time(9), days=frozenset())
    assert due_weekly(weekly, utc("2026-03-30T06:59")) is None
    due = due_weekly(weekly, utc("2026-03-30T07:00"))
    assert due is not None
    assert (due.key, due.since, due.late) == ("weekly:2026-03-30T09:00", utc("2026-03-23T08:00"), False)  # the clock changed between
    assert next_weekly(weekly, due.at) == utc("2026-04-06T07:00")


def test_a_weekly_digest_is_late_for_half_a_day_and_then_dropped() -> None:
    weekly = replace(BERLIN, weekly_at=time(9))
    due = due_weekly(weekly, utc("2026-02-09T08:00") + TOO_LATE)
    assert due is not None
    assert due.late
    assert due_weekly(weekly, utc("2026-02-09T08:01") + TOO_LATE) is None


@given(ZONES, CLOCKS, MOMENTS, st.integers(0, 6))
def test_every_week_has_one_digest_in_every_zone(zone: str, clock: time, start: datetime, day: int) -> None:
    subscription = Subscription(Place(1), timezone=zone, weekly_at=clock, weekly_day=day)
    ticks = [due_weekly(subscription, start + timedelta(hours=hours)) for hours in range(24 * 28)]
    dues = {due.key: due for due in ticks if due}
    assert len({due.at for due in ticks if due}) == len(dues)
    assert 4 <= len(dues) <= 5
    for due in dues.values():
        assert due.day.weekday() == day
        assert timedelta(days=6, hours=22) <= due.at - due.since <= timedelta(days=7, hours=2) or zone == "Pacific/Apia"


def test_an_unknown_zone_counts_as_utc() -> None:
    assert zone_of("Mars/Olympus_Mons") is UTC
    assert zone_of("../../etc/passwd") is UTC


@pytest.mark.parametrize(("clock", "quiet"), [("21:59", False), ("22:00", True), ("03:00", True), ("06:59", True), ("07:00", False)])
def test_quiet_hours_may_wrap_midnight(clock: str, quiet: bool) -> None:
    subscription = Subscription(Place(1), quiet=(time(22), time(7)))
    assert is_quiet(subscription, utc(f"2026-02-10T{clock}")) is quiet


def test_quiet_hours_end_at_their_local_time() -> None:
    subscription = replace(BERLIN, quiet=(time(22), time(7)))
    assert opens_at(subscription, utc("2026-02-10T23:00")) == utc("2026-02-11T06:00")
    assert opens_at(subscription, utc("2026-02-10T12:00")) == utc("2026-02-10T12:00")


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_end_both_times() -> None:
    night = replace(BERLIN, quiet=(time(23), time(2, 30)))
    assert opens_at(night, utc("2026-10-25T00:10")) == utc("2026-10-25T00:30"), "02:30 the first time"
    assert is_quiet(night, utc("2026-10-25T01:10")), "02:10 the second time"
    assert opens_at(night, utc("2026-10-25T01:10")) == utc("2026-10-25T01:30"), "02:30 the second time, and not tomorrow"


def test_a_day_off_is_quiet_until_the_next_day_on() -> None:
    subscription = Subscription(Place(1), days=frozenset(range(5)), quiet=(time(22), time(7)))
    assert opens_at(subscription, utc("2026-02-07T12:00")) == utc("2026-02-09T07:00")
    assert opens_at(replace(subscription, days=frozenset()), utc("2026-02-07T12:00")) is None


@given(ZONES, MOMENTS, CLOCKS, CLOCKS)
def test_what_opens_is_never_quiet(zone: str, now: datetime, start: time, end: time) -> None:
    subscription = Subscription(Place(1), timezone=zone, quiet=(start, end))
    at = opens_at(subscription, now)
    assert at is not None
    assert now <= at <= now + timedelta(hours=26)
    assert not is_quiet(subscription, at)
