"""`/digest` shows the digest of the last day now; `/digest 08:00 Europe/Berlin` sets it for this place, `/digest off` ends it.

`/digest week` and `/digest weekly Mon 08:00 Europe/Berlin` do the same for the edition of the week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.commands.arguments import is_span, read_words
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.subscribe import current, keep, show
from bot.decisions.choice import choice_of
from bot.decisions.digest import Window
from bot.decisions.lines import clipped, press, rows
from bot.decisions.schedule import zone_of
from bot.decisions.wishes import DAYS, MisreadError, changed, read_clock, read_day, read_zone
from bot.errors import UsageError
from bot.model import Answer, Subscription, Topic
from bot.speech import say

WEEK = "week"
_DAY, _WEEK, _LONGEST = timedelta(days=1), timedelta(days=7), timedelta(days=31)
_QUIET = 2  # lines


def changes(args: Sequence[str]) -> bool:
    """Whether the words set the digest rather than show it."""
    return bool(args) and not (len(args) == 1 and (is_span(args[0]) or args[0].lower() == WEEK))


def digest(desk: Desk, ask: Ask) -> Answer:
    """The digest now, over a day, a week or the span given; or the place's setting after changing it."""
    if changes(ask.args):
        return _set(desk, ask)
    here, weekly = current(desk, ask), WEEK in map(str.lower, ask.args)
    length = _WEEK if weekly else min(read_words(ask.args).length() or _DAY, _LONGEST)
    window = Window(desk.now - max(length, _DAY), desk.now, zone_of(here.timezone), weekly=weekly)
    said = desk.digest(window, choice_of(here))
    other = press(say("The last day"), "/digest") if weekly else press(say("The week"), f"/digest {WEEK}")
    return replace(said, buttons=rows([other])) if len(said.lines) > _QUIET else said


def _set(desk: Desk, ask: Ask) -> Answer:
    before, args = current(desk, ask), ask.args
    weekly = args[0].lower() in (WEEK, "weekly")
    words, topic = (args[1:], Topic.WEEKLY) if weekly else (args, Topic.DIGEST)
    if words and words[0].lower() in ("off", "none", "stop"):
        wished = replace(before, topics=before.topics - {topic})
    else:
        wished = _read(replace(before, topics=before.topics | {topic}), words, weekly=weekly)
    keep(desk, ask, wished)
    return show(desk, ask, wished)


def _read(wished: Subscription, args: Sequence[str], *, weekly: bool) -> Subscription:
    """`08:00 Europe/Berlin weekdays`: a clock, a zone by its name or its city, days (a week's edition has one); in any order."""
    zone: list[str] = []
    for word in args:
        clock, day = read_clock(word), read_day(word)
        if clock is not None:
            wished = replace(wished, weekly_at=clock) if weekly else replace(wished, digest_at=clock)
        elif weekly and day is not None:
            wished = replace(wished, weekly_day=day)
        elif not weekly and word.lower().split("-")[0].split(",")[0] in DAYS:
            wished = changed(wished, [word])
        elif word[0].isdigit():
            raise UsageError(say("“{text}” is no time of day; try {example}", text=clipped(word), example="08:00"))
        elif word.lower() not in ("on", "at"):
            zone.append(word)
    return replace(wished, timezone=_zone(zone, weekly=weekly)) if zone else wished


def _zone(words: Sequence[str], *, weekly: bool) -> str:
    """The zone that is left when clock and days are taken; UsageError that tells how a digest is set if it is none, nor near one."""
    text = " ".join(words)
    try:
        return read_zone(text)
    except MisreadError as error:
        if error.meant is not None:
            raise
    example = "/digest weekly Mon 08:00 Europe/Berlin" if weekly else "/digest 08:00 Europe/Berlin"
    raise UsageError(
        say("“{text}” is no time, no day and no time zone. A digest is set like {example}", text=clipped(text), example=example)
    )
