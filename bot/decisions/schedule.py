"""When digests are due: at a local time of day, over changes of the clock, once a day, and not hours too late.

A time that the clock skips in spring is due when the clock has passed it (02:30 becomes 03:30), one that comes twice in
autumn is due the first time. After a downtime the latest digest is still due for half a day and then says that it is late.
Nothing is remembered here: a digest's key is its local date and time, and what is owed under a key is owed once. A time that
is changed to a later one of the same day thus brings that day's digest again, at the new time. The weekly edition keeps the
same rules with one day in seven.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.model import Subscription

TOO_LATE = timedelta(hours=12)
LATE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class DueDigest:
    """A digest of a local `day` and `clock`, due at `at`, over what happened `since` the one before it; `late` if `at` is well past.

    `weekly` marks the edition of the week.
    """

    day: date
    at: datetime
    since: datetime
    clock: time
    late: bool = False
    weekly: bool = False

    @property
    def key(self) -> str:
        """`digest:2026-02-10T08:00` or `weekly:2026-02-09T08:00`, local: the same for every place, since a key counts once a place."""
        return f"{'weekly' if self.weekly else 'digest'}:{self.day.isoformat()}T{self.clock:%H:%M}"


def zone_of(name: str) -> tzinfo:
    """The time zone of that name; UTC if there is none (a zone may vanish from the tables between two releases)."""
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def at_local(day: date, clock: time, zone: tzinfo) -> datetime:
    """The UTC time at which a local clock first shows `clock` or, where it skips it, has passed it."""
    return datetime.combine(day, clock.replace(tzinfo=None, fold=0), tzinfo=zone).astimezone(UTC)


def due_digest(subscription: Subscription, now: datetime) -> DueDigest | None:
    """The latest digest whose time has come, None if that is more than half a day ago or never was."""
    times = list(_until(subscription, now, days=8))
    if not times or now - times[0].at > TOO_LATE:
        return None
    newest, before = times[0], times[1].at if len(times) > 1 else times[0].since
    return replace(newest, since=before, late=now - newest.at >= LATE)


def due_weekly(subscription: Subscription, now: datetime) -> DueDigest | None:
    """The weekly edition whose time has come, by the rules of `due_digest`; it covers seven local days."""
    due = due_digest(_weekly(subscription), now)
    if due is None:
        return None
    since = at_local(due.day - timedelta(days=7), due.clock, zone_of(subscription.timezone))
    return replace(due, since=since, weekly=True)


def next_weekly(subscription: Subscription, now: datetime) -> datetime | None:
    """When the next weekly edition is due after `now`."""
    return next_digest(_weekly(subscription), now)


def _weekly(subscription: Subscription) -> Subscription:
    """As if the weekly edition were a daily one, on one day of the week."""
    return replace(subscription, digest_at=subscription.weekly_at, days=frozenset({subscription.weekly_day}))


def next_digest(subscription: Subscription, now: datetime) -> datetime | None:
    """When the next digest is due after `now`; None if no weekday is chosen."""
    zone = zone_of(subscription.timezone)
    today = now.astimezone(zone).date()
    for number in range(9):
        day = today + timedelta(days=number)
        at = at_local(day, subscription.digest_at, zone)
        if day.weekday() in subscription.days and at > now:
            return at
    return None


def _until(subscription: Subscription, now: datetime, days: int) -> Iterator[DueDigest]:
    """Digests due at `now` and before, newest first, as far back as `days`; each as if it were a day long."""
    zone = zone_of(subscription.timezone)
    today = now.astimezone(zone).date()
    for number in range(-1, days):
        day = today - timedelta(days=number)
        at = at_local(day, subscription.digest_at, zone)
        if day.weekday() in subscription.days and at <= now:
            yield DueDigest(day, at, at_local(day - timedelta(days=1), subscription.digest_at, zone), subscription.digest_at)


# --- quiet hours -----------------------------------------------------------------------------------------------------


def is_quiet(subscription: Subscription, now: datetime) -> bool:
    """Whether `now` lies in the place's quiet hours (from inclusive, to exclusive; they may wrap midnight) or on a day off."""
    local = now.astimezone(zone_of(subscription.timezone))
    if local.weekday() not in subscription.days:
        return True
    return subscription.quiet is not None and _within(local.time(), *subscription.quiet)


def _within(clock: time, start: time, end: time) -> bool:
    return start <= clock < end if start <= end else clock >= start or clock < end


def opens_at(subscription: Subscription, now: datetime) -> datetime | None:
    """`now`, or when the quiet that holds now ends; None if it does not end within ten days."""
    if not is_quiet(subscription, now):
        return now
    zone = zone_of(subscription.timezone)
    today = now.astimezone(zone).date()
    ends = {time(0)} | ({subscription.quiet[1]} if subscription.quiet else set())
    days = [today + timedelta(days=number) for number in range(11)]
    times = sorted(at for day in days for end in ends for at in (at_local(day, end, zone), _again_at_local(day, end, zone)))
    return next((at for at in times if at > now and not is_quiet(subscription, at)), None)


def _again_at_local(day: date, clock: time, zone: tzinfo) -> datetime:
    """The UTC time at which a local clock shows `clock` for the second time, where it comes twice."""
    return datetime.combine(day, clock.replace(tzinfo=None, fold=1), tzinfo=zone).astimezone(UTC)
