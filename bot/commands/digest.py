"""`/digest` shows the digest of the last day now; `/digest 08:00 Europe/Berlin` sets it for this place, `/digest off` ends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.commands.arguments import read_words
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.subscribe import current, keep, show
from bot.decisions.choice import choice_of
from bot.decisions.digest import Window
from bot.decisions.schedule import zone_of
from bot.decisions.wishes import DAYS, changed, read_clock, read_zone
from bot.errors import UsageError
from bot.model import Answer, Subscription, Topic

_DAY, _LONGEST = timedelta(days=1), timedelta(days=31)


def changes(args: Sequence[str]) -> bool:
    """Whether the words set the digest rather than show it."""
    return bool(args) and not (len(args) == 1 and read_words(args).span)


def digest(desk: Desk, ask: Ask) -> Answer:
    """The digest now, over a day or the span given; or the place's setting after changing it."""
    if changes(ask.args):
        return _set(desk, ask)
    here = current(desk, ask)
    length = min(read_words(ask.args).length() or _DAY, _LONGEST)
    window = Window(desk.now - max(length, _DAY), desk.now, zone_of(here.timezone))
    return desk.digest(window, choice_of(here))


def _set(desk: Desk, ask: Ask) -> Answer:
    before = current(desk, ask)
    if ask.args[0].lower() in ("off", "none", "stop"):
        wished = replace(before, topics=before.topics - {Topic.DIGEST})
    else:
        wished = _read(before, ask.args)
    keep(desk, ask, wished)
    return show(desk, ask, wished)


def _read(before: Subscription, args: Sequence[str]) -> Subscription:
    """`08:00 Europe/Berlin weekdays`: a clock, a zone by its name or its city, days; in any order."""
    wished = replace(before, topics=before.topics | {Topic.DIGEST})
    zone: list[str] = []
    for word in args:
        clock = read_clock(word)
        if clock is not None:
            wished = replace(wished, digest_at=clock)
        elif word.lower().split("-")[0].split(",")[0] in DAYS:
            wished = changed(wished, [word])
        elif word.lower() not in ("on", "at"):
            zone.append(word)
    if len(zone) > 4:
        raise UsageError("A digest is set like /digest 08:00 Europe/Berlin")
    return replace(wished, timezone=read_zone(" ".join(zone))) if zone else wished
