"""`/wrong ID` and `/right ID`: an operator's word on a story. What was posted is corrected as any story that reads differently."""

from __future__ import annotations

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.sources import story_asked
from bot.decisions import money
from bot.decisions.lines import line, press, rows
from bot.decisions.telling import headline
from bot.model import Answer
from bot.speech import say, say_many


def wrong(desk: Desk, ask: Ask) -> Answer:
    """Marks a story as wrong: it is listed no more, and its messages say that it is withdrawn."""
    return _mark(desk, ask, wrong=True)


def right(desk: Desk, ask: Ask) -> Answer:
    """Takes that back."""
    return _mark(desk, ask, wrong=False)


def _mark(desk: Desk, ask: Ask, *, wrong: bool) -> Answer:
    stored = story_asked(desk, ask)
    changed = stored.wrong is not wrong
    if changed:
        desk.store.stories.mark_wrong(stored.id, wrong, desk.now)
    posted = len(desk.store.chats.posted(stored.id)) if changed else 0
    lines = (
        line(_marked(str(stored.id), wrong=wrong, changed=changed)),
        headline(stored.story),
        line(_corrected(posted) if wrong else _told_again(posted)) if posted else (),
    )
    back = press(say("Right after all"), f"/right {stored.id}") if wrong else press(say("Wrong after all"), f"/wrong {stored.id}")
    return Answer(tuple(each for each in lines if each), rows([back, press(say("Why"), f"/why {stored.id}")]))


def _marked(number: str, *, wrong: bool, changed: bool) -> str:
    if wrong and changed:
        return say("Story {number} is marked as wrong: nothing tells it any more.", number=number)
    if wrong:
        return say("Story {number} was marked as wrong before: nothing tells it any more.", number=number)
    if changed:
        return say("Story {number} is marked as right: it is told as before.", number=number)
    return say("Story {number} is not marked as wrong: nothing changes.", number=number)


def _corrected(posted: int) -> str:
    return say_many(
        "{n} message that shows it will be corrected.", "{n} messages that show it will be corrected.", posted, n=money.whole(posted)
    )


def _told_again(posted: int) -> str:
    return say_many(
        "{n} message that shows it as withdrawn will tell it again.",
        "{n} messages that show it as withdrawn will tell it again.",
        posted,
        n=money.whole(posted),
    )
