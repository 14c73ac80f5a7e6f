"""`/digest` shows the digest of the last day now; `/digest 08:00 Europe/Berlin` sets it for this place, `/digest off` ends it.

`/digest week` and `/digest weekly Mon 08:00 Europe/Berlin` do the same for the edition of the week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.commands.arguments import corrected, is_span, read_words, unread
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.subscribe import current, keep, show
from bot.decisions import money
from bot.decisions.cards import as_typed
from bot.decisions.changes import Changes
from bot.decisions.choice import choice_of
from bot.decisions.digest import Window
from bot.decisions.lines import BLANK, clipped, press, rows
from bot.decisions.schedule import zone_of
from bot.decisions.typed import joined, meaning, spans_joined, unit_of
from bot.decisions.wishes import MisreadError, days_joined, read_clock, read_days, read_zone
from bot.errors import UsageError
from bot.model import Answer, Subscription, Topic
from bot.speech import say, say_many

WEEK = "week"
_SHOWN = frozenset({WEEK, "today"})
_DAY, _WEEK, _LONGEST = timedelta(days=1), timedelta(days=7), timedelta(days=31)
_BETWEEN = ("on", "at", "of", "to", "since", "and", "digest")  # words that only lead to the next one
_QUIET = 2  # lines


def changes(args: Sequence[str]) -> bool:
    """Whether the words set the digest rather than show it."""
    words = _words(args)
    return bool(words) and not is_span(words[0]) and not all(meaning(word) in _SHOWN for word in words)


def _words(args: Sequence[str]) -> list[str]:
    """The words with times and spans in one piece each; a month by itself is thirty days."""
    return ["1m" if unit_of(word) == "m" else word for word in joined(spans_joined(args))]


def digest(desk: Desk, ask: Ask) -> Answer:
    """The digest now, over a day, a week or the span given; or the place's setting after changing it."""
    if changes(ask.args):
        return _set(desk, ask)
    words = read_words(_words(ask.args), _SHOWN)
    here, weekly = current(desk, ask), WEEK in words.flags
    length = _WEEK if weekly else words.length() or _DAY
    if length > _LONGEST:
        days, limit = _LONGEST.days, f"/digest {_LONGEST.days}d"
        told = say_many(
            "A digest tells {n} day at most: {example}",
            "A digest tells {n} days at most: {example}",
            days,
            n=money.whole(days),
            example=limit,
        )
        raise MisreadError(told, limit)
    window = Window(desk.now - max(length, _DAY), desk.now, zone_of(here.timezone), weekly=weekly)
    said = desk.digest(window, choice_of(here))
    other = press(say("The last day"), "/digest") if weekly else press(say("The week"), f"/digest {WEEK}")
    buttons = rows([other]) if len(said.lines) > _QUIET else said.buttons
    left = unread(words.rest)
    return replace(said, lines=(*said.lines, BLANK, left) if left else said.lines, buttons=buttons)


def _set(desk: Desk, ask: Ask) -> Answer:
    before, args = current(desk, ask), days_joined(_words(as_typed(ask.args)))
    weekly = meaning(args[0]) in (WEEK, "weekly")
    words, topic = (args[1:], Topic.WEEKLY) if weekly else (args, Topic.DIGEST)
    if len(words) == 1 and meaning(words[0]) == "off":
        wished = replace(before, topics=before.topics - {topic})
    else:
        try:
            wished = _read(replace(before, topics=before.topics | {topic}), words, weekly=weekly)
        except MisreadError as error:
            raise corrected(ask, error) from None
    keep(desk, ask, wished)
    return show(desk, ask, wished)


def _read(wished: Subscription, args: Sequence[str], *, weekly: bool) -> Subscription:
    """`08:00 Europe/Berlin weekdays`: a clock, a zone by its name or its city, days (a week's edition has one); in any order."""
    made, zone = Changes(wished), list[str]()
    for word in args:
        low = meaning(word)
        clock, days = read_clock(low), read_days(low)
        if clock is not None:
            made.keep(word, **({"weekly_at": clock} if weekly else {"digest_at": clock}))
        elif weekly and days is not None and len(days) == 1:
            made.keep(word, weekly_day=min(days))
        elif not weekly and days is not None:
            made.add_days(word, days)
        elif word[0].isdigit():
            raise UsageError(say("“{text}” is no time of day; try {example}", text=clipped(word), example="08:00"))
        elif low not in _BETWEEN:
            zone.append(word.rstrip(","))
    return replace(made.made, timezone=_zone(zone, weekly=weekly)) if zone else made.made


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
