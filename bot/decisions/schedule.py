"""When digests are due: at a local time of day, over changes of the clock, once a day, and not hours too late.

A time that the clock skips in spring is due when the clock has passed it (02:30 becomes 03:30), one that comes twice in
autumn is due the first time. After a downtime the latest digest is still due for half a day and then says that it is late.
Nothing is remembered here: a digest's key is its local date and time, and what is owed under a key is owed once. What it tells
begins where the last one ended, as the subscription knows, whatever the time and the zone were then: over their changes no moment is
told twice and none is left out. A time that is changed to a later one of the same day thus brings another digest, of the hours
since. The weekly edition keeps the same rules with one day in seven.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.model import Subscription, Topic

TOO_LATE = timedelta(hours=12)
LATE = timedelta(minutes=30)
LONGEST = timedelta(days=31)  # what one digest tells of at most, after a long pause


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
    newest, before, told = times[0], times[1].at if len(times) > 1 else times[0].since, subscription.digest_until
    if told is not None and newest.at <= told:
        return None
    return replace(newest, since=before if told is None else max(told, newest.at - LONGEST), late=now - newest.at >= LATE)


def due_weekly(subscription: Subscription, now: datetime) -> DueDigest | None:
    """The weekly edition whose time has come, by the rules of `due_digest`; the first covers seven local days."""
    due = due_digest(_weekly(subscription), now)
    if due is None:
        return None
    week = at_local(due.day - timedelta(days=7), due.clock, zone_of(subscription.timezone))
    return replace(due, since=week if subscription.weekly_until is None else due.since, weekly=True)


def begun(before: Subscription | None, wished: Subscription, now: datetime) -> Subscription:
    """`wished`, where digests go on from what was told by the settings `before`, or begin with the next one if it newly asks for them.

    Of who never had a digest that is known of, the last one due under the old settings counts as told once these change.
    """
    daily = _begun(before, wished, now) if Topic.DIGEST in wished.topics else wished.digest_until
    weekly = wished.weekly_until
    if Topic.WEEKLY in wished.topics:
        former = _weekly(before) if before and Topic.WEEKLY in before.topics else None
        weekly = _begun(former, _weekly(wished), now)
    return replace(wished, digest_until=daily, weekly_until=weekly)


def next_weekly(subscription: Subscription, now: datetime) -> datetime | None:
    """When the next weekly edition is due after `now`."""
    return next_digest(_weekly(subscription), now)


def _weekly(subscription: Subscription) -> Subscription:
    """As if the weekly edition were a daily one, on one day of the week."""
    return replace(
        subscription,
        topics=frozenset({Topic.DIGEST}),
        digest_at=subscription.weekly_at,
        days=frozenset({subscription.weekly_day}),
        digest_until=subscription.weekly_until,
    )


def _begun(before: Subscription | None, wished: Subscription, now: datetime) -> datetime | None:
    asked = before is not None and Topic.DIGEST in before.topics
    if before is not None and asked and (before.digest_until is not None or _times(before) == _times(wished)):
        return before.digest_until
    last = next((due.at for due in _until(before if before is not None and asked else wished, now, days=8)), now)
    return max(last, wished.digest_until or last)


def _times(subscription: Subscription) -> tuple[time, str, frozenset[int]]:
    return subscription.digest_at, subscription.timezone, subscription.days


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
