"""`/wrong ID` and `/right ID`: an operator's word on a story. What was posted is corrected as any story that reads differently."""

from __future__ import annotations

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.sources import story_asked
from bot.decisions import money
from bot.decisions.lines import line, press, rows
from bot.decisions.telling import headline
from bot.model import Answer


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
    state = "wrong: nothing tells it any more" if wrong else "right: it is told as before"
    posted = len(desk.store.chats.posted(stored.id)) if changed else 0
    lines = (
        line(f"Story {stored.id} is marked as {state}{'' if changed else ' (it was before)'}."),
        headline(stored.story),
        line(f"{money.count(posted, 'message')} that {'shows' if posted == 1 else 'show'} it will be corrected.") if posted else (),
    )
    back = press("Right after all", f"/right {stored.id}") if wrong else press("Wrong after all", f"/wrong {stored.id}")
    return Answer(tuple(each for each in lines if each), rows([back, press("Why", f"/why {stored.id}")]))
