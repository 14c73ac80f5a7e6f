"""What a place gets, in words and as buttons that change it; each button types the command that would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal

from bot.decisions import moments, money
from bot.decisions.lines import bold, enumerated, joined, line, press, rows, ticked
from bot.decisions.schedule import next_digest, next_weekly, zone_of
from bot.model import Button, Line, Piece, Subscription, Topic
from bot.speech import language, marked, say, say_line, say_many

TITLES: Mapping[Topic, str] = {
    Topic.SALES: marked("Sales"),
    Topic.RETARGETS: marked("Retargets"),
    Topic.DIGEST: marked("Digest"),
    Topic.WEEKLY: marked("Weekly digest"),
    Topic.CLAIMS: marked("Claims"),
}
"""What each topic is called on its button."""
LABELS = (*TITLES.values(), marked("Any size"), marked("Any miner"), marked("Sound off"), marked("Sound on"))
"""The buttons that in English say just what they type; whoever reads them in another language may type what they say."""
_SIZES = (0, 100, 500, 1000)
_HOURS = (time(7), time(8), time(9), time(18))
NO_ZONE = "UTC"
"""The zone of who chose none."""
_ZONES: Mapping[str, tuple[str, ...]] = {
    "de": ("Europe/Berlin", "Europe/Zurich", "Europe/Vienna"),
    "es": ("Europe/Madrid", "America/Mexico_City", "America/Argentina/Buenos_Aires"),
    "ru": ("Europe/Moscow", "Asia/Almaty"),
    "zh": ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore"),
}
_OTHER_ZONES = ("America/New_York", "Europe/London", NO_ZONE)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it is that gets something: `name` if its settings are read in another chat, `topic` of a forum or a whole chat.

    `others` counts further topics of the forum with settings of their own; `paused` says why nothing is sent there now. `general`: what
    a forum gets outside of its other topics.
    """

    name: str | None = None
    topic: bool = False
    others: int = 0
    paused: str | None = None
    general: bool = False


CHAT = Spot()


def settings_lines(subscription: Subscription, now: datetime, spot: Spot = CHAT) -> list[Line]:
    """What the place gets, one line a topic, then when and how; what is kept for later where it gets nothing."""
    lines = _wished(subscription, now, spot) if subscription.topics else [line(bold(_nothing(spot))), _kept(subscription)]
    more = [
        line(say("Paused, nothing is sent for now: {reason}", reason=spot.paused)) if spot.paused else None,
        line(_others(spot.others)) if spot.others else None,
    ]
    return [each for each in (*lines, *more) if each]


def _gets(spot: Spot) -> str:
    if spot.name:
        return say("{chat} gets", chat=spot.name)
    if spot.general:
        # Translators: the topic that every forum in Telegram has, called "General" there.
        return say("The General topic gets")
    return say("This topic gets") if spot.topic else say("This chat gets")


def _nothing(spot: Spot) -> str:
    if spot.name:
        return say("{chat} gets nothing by itself.", chat=spot.name)
    if spot.general:
        return say("The General topic gets nothing by itself.")
    return say("This topic gets nothing by itself.") if spot.topic else say("This chat gets nothing by itself.")


def _others(number: int) -> str:
    return say_many(
        "{n} other topic here has settings of its own", "{n} other topics here have settings of their own", number, n=money.whole(number)
    )


def _kept(subscription: Subscription) -> Line:
    """What is set although nothing is subscribed, empty if nothing is."""
    usual = Subscription(subscription.place)
    timed = (subscription.digest_at, subscription.days, subscription.timezone) != (usual.digest_at, usual.days, usual.timezone)
    set_so = (
        _sales(subscription) if subscription.min_btc or subscription.miners else None,
        _quiet(subscription),
        say("without sound") if subscription.silent else None,
        line(_digest_words(subscription)) if timed else None,
    )
    # Translators: settings that will hold as soon as the chat subscribes to something.
    return say_line("Kept for when it does: {settings}", settings=joined(set_so)) if any(set_so) else ()


def _wished(subscription: Subscription, now: datetime, spot: Spot) -> list[Line | None]:
    topics = subscription.topics
    return [
        line(bold(_gets(spot))),
        line(_sales(subscription)) if Topic.SALES in topics else None,
        line(say("Retargets: each change of difficulty")) if Topic.RETARGETS in topics else None,
        _digest(subscription, now) if Topic.DIGEST in topics else None,
        _weekly(subscription, now) if Topic.WEEKLY in topics else None,
        line(say("Claims of the news that the chain contradicts")) if Topic.CLAIMS in topics else None,
        joined((_quiet(subscription), say("without sound") if subscription.silent else None)),
    ]


def _sales(subscription: Subscription) -> str:
    size, miners = money.btc(subscription.min_btc), enumerated(sorted(subscription.miners))
    if subscription.min_btc and miners:
        return say("Sales of {size} or more by {miners}", size=size, miners=miners)
    if subscription.min_btc:
        return say("Sales of {size} or more by any miner", size=size)
    return say("Sales by {miners}", miners=miners) if miners else say("Sales by any miner")


def _digest(subscription: Subscription, now: datetime) -> Line:
    if following := next_digest(subscription, now):
        gaps = _digest_gaps(subscription)
        return say_line("Digest {days} at {clock} {zone}, next {time}", **gaps, time=_moment(following, subscription))
    return line(_digest_words(subscription))


def _digest_words(subscription: Subscription) -> str:
    return say("Digest {days} at {clock} {zone}", **_digest_gaps(subscription))


def _digest_gaps(subscription: Subscription) -> dict[str, str]:
    return {"days": days_words(subscription.days), "clock": money.clock(subscription.digest_at), "zone": subscription.timezone}


def _weekly(subscription: Subscription, now: datetime) -> Line:
    gaps = {
        "day": money.weekday(subscription.weekly_day, short=False),
        "clock": money.clock(subscription.weekly_at),
        "zone": subscription.timezone,
    }
    if following := next_weekly(subscription, now):
        return say_line("Weekly digest on {day} at {clock} {zone}, next {time}", **gaps, time=_moment(following, subscription))
    return say_line("Weekly digest on {day} at {clock} {zone}", **gaps)


def _moment(when: datetime, subscription: Subscription) -> Piece:
    return moments.time(when, zone_of(subscription.timezone))


def days_words(days: frozenset[int]) -> str:
    """`every day`, `on weekdays`, `on Mon, Thu`."""
    if len(days) == 7:
        return say("every day")
    if days == frozenset(range(5)):
        return say("on weekdays")
    return say("on {days}", days=enumerated(money.weekday(day) for day in sorted(days)))


def _quiet(subscription: Subscription) -> str | None:
    if subscription.quiet is None:
        return None
    start, end = map(money.clock, subscription.quiet)
    return say("Quiet from {start} to {end} {zone}", start=start, end=end, zone=subscription.timezone)


def settings_buttons(subscription: Subscription) -> tuple[tuple[Button, ...], ...]:
    """Topics to switch, sizes to choose, miners to choose from no more, the digest's hour, a few zones, sound."""
    topics = [_switch(topic, on=topic in subscription.topics) for topic in TITLES]
    sizes = [
        press(ticked(money.btc(Decimal(size)) if size else say("Any size"), on=subscription.min_btc == size), f"/settings >{size}")
        for size in _SIZES
    ]
    sound = press(say("Sound on"), "/settings sound on") if subscription.silent else press(say("Sound off"), "/settings sound off")
    return rows(
        topics[:2],
        topics[2:4],
        topics[4:],
        sizes[:2] if Topic.SALES in subscription.topics else [],
        sizes[2:] if Topic.SALES in subscription.topics else [],
        # Translators: a button that takes the choice of miners away.
        [press(say("Any miner"), "/settings miners all") if subscription.miners else None],
        [_hour(each, subscription) for each in _HOURS] if Topic.DIGEST in subscription.topics else [],
        [_zone(each, subscription) for each in likely_zones()] if subscription.topics else [],
        [sound],
    )


def likely_zones() -> tuple[str, ...]:
    """A few zones of who speaks the language, the likeliest first."""
    return _ZONES.get(language().code, _OTHER_ZONES)


def _hour(clock: time, subscription: Subscription) -> Button | None:
    text = money.clock(clock)
    return press(ticked(text, on=subscription.digest_at == clock), f"/settings {text}")


def _zone(name: str, subscription: Subscription) -> Button | None:
    """A button for a zone, called by its city; it types the city alone where the whole leaves no room for a channel's name."""
    city = name.rpartition("/")[2]
    typed = city if name.count("/") > 1 else name
    return press(ticked(city.replace("_", " "), on=subscription.timezone == name), f"/settings {typed}")


def _switch(topic: Topic, *, on: bool) -> Button | None:
    return press(ticked(say(TITLES[topic]), on=on), f"/settings {topic.value} {'off' if on else 'on'}")
