"""What a place gets, in words and as buttons that change it; each button types the command that would."""

from __future__ import annotations

from datetime import datetime

from bot.decisions import money
from bot.decisions.lines import bold, joined, line, press, rows, ticked
from bot.decisions.schedule import next_digest, next_weekly, zone_of
from bot.model import Button, Line, Subscription, Topic

_TITLES = {
    Topic.SALES: "Sales",
    Topic.RETARGETS: "Retargets",
    Topic.DIGEST: "Digest",
    Topic.WEEKLY: "Weekly digest",
    Topic.CLAIMS: "Claims",
}
_SIZES = (0, 100, 500, 1000)
_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def settings_lines(subscription: Subscription, now: datetime) -> list[Line]:
    """What the place gets, one line a topic, then when and how."""
    topics = subscription.topics
    if not topics:
        return [line(bold("This chat gets nothing by itself."))]
    lines = [
        line(bold("This chat gets")),
        line(_sales(subscription)) if Topic.SALES in topics else None,
        line("Retargets: each change of difficulty") if Topic.RETARGETS in topics else None,
        line(_digest(subscription, now)) if Topic.DIGEST in topics else None,
        line(_weekly(subscription, now)) if Topic.WEEKLY in topics else None,
        line("Claims of the news that the chain contradicts") if Topic.CLAIMS in topics else None,
        joined((_quiet(subscription), "without sound" if subscription.silent else None)),
    ]
    return [each for each in lines if each]


def _sales(subscription: Subscription) -> str:
    size = f" of {money.btc(subscription.min_btc)} or more" if subscription.min_btc else ""
    miners = f" by {', '.join(sorted(subscription.miners))}" if subscription.miners else " by any miner"
    return f"Sales{size}{miners}"


def _digest(subscription: Subscription, now: datetime) -> str:
    at = next_digest(subscription, now)
    return f"Digest {days_words(subscription.days)} at {subscription.digest_at:%H:%M} {subscription.timezone}{_following(subscription, at)}"


def _weekly(subscription: Subscription, now: datetime) -> str:
    following = _following(subscription, next_weekly(subscription, now))
    return f"Weekly digest on {_NAMES[subscription.weekly_day]} at {subscription.weekly_at:%H:%M} {subscription.timezone}{following}"


def _following(subscription: Subscription, at: datetime | None) -> str:
    return f", next {money.moment(at, zone_of(subscription.timezone))}" if at else ""


def days_words(days: frozenset[int]) -> str:
    """`every day`, `on weekdays`, `on Mon, Thu`."""
    if len(days) == 7:
        return "every day"
    return "on weekdays" if days == frozenset(range(5)) else f"on {', '.join(_NAMES[day] for day in sorted(days))}"


def _quiet(subscription: Subscription) -> str | None:
    if subscription.quiet is None:
        return None
    start, end = subscription.quiet
    return f"Quiet from {start:%H:%M} to {end:%H:%M} {subscription.timezone}"


def settings_buttons(subscription: Subscription) -> tuple[tuple[Button, ...], ...]:
    """Topics to switch, sizes to choose, sound."""
    topics = [_switch(topic, on=topic in subscription.topics) for topic in _TITLES]
    sizes = [
        press(ticked(f"{size:,} BTC" if size else "Any size", on=subscription.min_btc == size), f"/settings >{size}") for size in _SIZES
    ]
    sound = press("Sound off" if not subscription.silent else "Sound on", f"/settings sound {'off' if not subscription.silent else 'on'}")
    return rows(
        topics[:2],
        topics[2:4],
        topics[4:],
        sizes[:2] if Topic.SALES in subscription.topics else [],
        sizes[2:] if Topic.SALES in subscription.topics else [],
        [sound],
    )


def _switch(topic: Topic, *, on: bool) -> Button | None:
    return press(ticked(_TITLES[topic], on=on), f"/settings {topic.value} {'off' if on else 'on'}")
