"""`/wrong ID` and `/right ID`: an operator's word on a story.

What was posted is corrected, alerts and digests, as that of any story that reads differently; what has not left goes without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.sources import story_asked
from bot.decisions import money
from bot.decisions.lines import line, press, rows
from bot.decisions.plan import digest_of
from bot.decisions.telling import headline
from bot.errors import UsageError
from bot.model import Answer
from bot.speech import say, say_many


def wrong(desk: Desk, ask: Ask) -> Answer:
    """Marks a story as wrong: it is listed no more, and its messages say that it is withdrawn."""
    return _mark(desk, ask, wrong=True)


def right(desk: Desk, ask: Ask) -> Answer:
    """Takes that back."""
    return _mark(desk, ask, wrong=False)


def _mark(desk: Desk, ask: Ask, *, wrong: bool) -> Answer:
    if len(ask.args) > 1:
        raise UsageError(say("One story at a time, such as {example}", example=f"/{ask.name} {ask.args[0]}"))
    stored = story_asked(desk, ask)
    changed = stored.wrong is not wrong
    if changed:
        desk.store.stories.mark_wrong(stored.id, wrong, desk.now)
    lines = (
        line(_marked(str(stored.id), wrong=wrong, changed=changed)),
        headline(stored.story),
        *map(line, _told_again(_told(desk, stored.id)) if changed and not wrong else _corrected(_told(desk, stored.id)) if changed else ()),
    )
    back = press(say("Right after all"), f"/right {stored.id}") if wrong else press(say("Wrong after all"), f"/wrong {stored.id}")
    return Answer(lines, rows([back, press(say("Why"), f"/why {stored.id}")]))


def _marked(number: str, *, wrong: bool, changed: bool) -> str:
    if wrong and changed:
        return say("Story {number} is marked as wrong: nothing tells it any more.", number=number)
    if wrong:
        return say("Story {number} was marked as wrong before: nothing tells it any more.", number=number)
    if changed:
        return say("Story {number} is marked as right: it is told as before.", number=number)
    return say("Story {number} is not marked as wrong: nothing changes.", number=number)


class _Told(NamedTuple):
    """How many alerts and digests show a story, and how many digests that do have not left yet."""

    alerts: int
    digests: int
    waiting: int


def _told(desk: Desk, story_id: int) -> _Told:
    sent, waiting = ({(chat, topic, digest_of(key)) for chat, topic, key in messages} for messages in desk.store.listings.counted(story_id))
    return _Told(len(desk.store.chats.posted(story_id)), len(sent), len(waiting - sent))


def _corrected(told: _Told) -> Iterator[str]:
    alerts, digests, waiting = map(money.whole, told)
    if told.alerts:
        yield say_many("{n} alert that tells it will be corrected.", "{n} alerts that tell it will be corrected.", told.alerts, n=alerts)
    if told.digests:
        yield say_many(
            "{n} digest that tells it will be corrected.", "{n} digests that tell it will be corrected.", told.digests, n=digests
        )
    if told.waiting:
        yield say_many(
            "{n} digest that has not left yet will go without it.",
            "{n} digests that have not left yet will go without it.",
            told.waiting,
            n=waiting,
        )


def _told_again(told: _Told) -> Iterator[str]:
    alerts, digests, waiting = map(money.whole, told)
    if told.alerts:
        yield say_many(
            "{n} alert that shows it as withdrawn will tell it again.",
            "{n} alerts that show it as withdrawn will tell it again.",
            told.alerts,
            n=alerts,
        )
    if told.digests:
        yield say_many(
            "{n} digest that shows it as withdrawn will tell it again.",
            "{n} digests that show it as withdrawn will tell it again.",
            told.digests,
            n=digests,
        )
    if told.waiting:
        yield say_many(
            "{n} digest that has not left yet will tell it again.",
            "{n} digests that have not left yet will tell it again.",
            told.waiting,
            n=waiting,
        )
