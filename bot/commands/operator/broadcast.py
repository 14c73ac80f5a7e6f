"""`/broadcast TEXT`: a text for every chat, shown first and owed when a button confirms it.

The text is kept under a number, since a button carries only a few bytes; what is owed has that number as its key, so that pressing
twice, or after a crash in between, owes nothing twice.
"""

from __future__ import annotations

import re
from datetime import timedelta

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions import money
from bot.decisions.lines import BLANK, bold, line, press, rows
from bot.decisions.notices import notice, plan_broadcast, reached
from bot.errors import UsageError
from bot.model import Answer, Broadcast, Subscription
from bot.speech import say, say_line, say_many

_FRESH = timedelta(days=1)  # an older draft is not sent by a stray press
_PRESSED = re.compile(r"(send|drop) (\d{1,9})")


def broadcast(desk: Desk, ask: Ask) -> Answer:
    """The draft with its buttons, or what became of it."""
    pressed = _PRESSED.fullmatch(ask.rest)
    if pressed is not None:
        return (_send if pressed[1] == "send" else _drop)(desk, _draft(desk, int(pressed[2])))
    if not ask.rest:
        raise UsageError(say("What should every chat read? The text stands after the command, over as many lines as it needs"))
    places = _places(desk)
    draft = desk.store.broadcasts.draft(ask.rest, ask.user_id, desk.now)
    reach, n = len(places), money.whole(len(places))
    head = say_line("{reach}, once you confirm it:", reach=bold(say_many("To {n} chat", "To {n} chats", reach, n=n)))
    send = press(say_many("Send to {n} chat", "Send to {n} chats", reach, n=n), f"/broadcast send {draft.id}")
    return Answer((head, BLANK, *notice(draft.text).lines), rows([send, press(say("Drop it"), f"/broadcast drop {draft.id}")]))


def _places(desk: Desk) -> list[Subscription]:
    return reached(desk.store.chats.all(), desk.store.subscriptions.all())


def _draft(desk: Desk, number: int) -> Broadcast:
    draft = desk.store.broadcasts.get(number)
    if draft is None:
        raise UsageError(say("There is no draft {number}", number=str(number)))
    return draft


def _send(desk: Desk, draft: Broadcast) -> Answer:
    if draft.owed_at is not None:
        return Answer((line(say("This text was sent before; it is not sent twice.")),))
    if desk.now - draft.made_at > _FRESH:
        raise UsageError(say("This draft is more than a day old. Write it again if every chat should still read it"))
    owed = desk.store.outbox.owe(plan_broadcast(draft, _places(desk), desk.now))
    desk.store.broadcasts.confirm(draft.id, desk.now)
    state = say_many(
        "{n} message owed; /health shows how they get on.", "{n} messages owed; /health shows how they get on.", owed, n=money.whole(owed)
    )
    return Answer((line(state), BLANK, *notice(draft.text).lines))


def _drop(_: Desk, draft: Broadcast) -> Answer:
    state = say("Sent before.") if draft.owed_at is not None else say("Dropped, nobody gets it.")
    return Answer((line(state), BLANK, *notice(draft.text).lines))
