"""`/aside`, the messages that Telegram will never take as they are, and why; `/again ID` owes one once more."""

from __future__ import annotations

import re
from html import unescape

from bot.commands.arguments import read_words
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.decisions import money
from bot.decisions.lines import BLANK, bold, italic, joined, line, press, rows
from bot.decisions.sales import page_of
from bot.decisions.schedule import zone_of
from bot.errors import UsageError
from bot.model import Answer, ChatState, Delivery, DeliveryState, Line

PAGE = 5
_SHOWN_WORDS = 120
_TAG = re.compile(r"<[^>]*>")


def aside(desk: Desk, ask: Ask) -> Answer:
    """A page of what was set aside, newest first."""
    return _list(desk, ask, read_words(ask.args).page)


def again(desk: Desk, ask: Ask) -> Answer:
    """Owes a message once more, or `all` for which that makes sense."""
    word = ask.args[0].lstrip("#").lower() if ask.args else ""
    if word == "all":
        owed = [found for found in desk.store.outbox.aside(None) if not _why_not(desk, ask, found) and _owe(desk, found)]
        return _list(desk, ask, 1, line(f"{money.count(len(owed), 'message')} owed again"))
    if not word.isascii() or not word.isdigit() or len(word) > 18:
        raise UsageError("Which message? /aside shows their numbers")
    found = desk.store.outbox.get(int(word))
    if found is None or found.state is not DeliveryState.SET_ASIDE:
        raise UsageError(f"Message {word} is not among those set aside; /aside shows them")
    reason = _why_not(desk, ask, found)
    if reason:
        raise UsageError(f"Message {word} is not owed again: {reason}")
    return _list(desk, ask, 1, line(f"Message {word} is owed again" if _owe(desk, found) else f"Message {word} is owed already"))


def _owe(desk: Desk, found: Delivery) -> bool:
    return desk.store.outbox.owe_again(found.id or 0, desk.now)


def _why_not(desk: Desk, ask: Ask, found: Delivery) -> str | None:
    """Why it would never arrive, or should not any more."""
    if found.expires_at is not None and found.expires_at <= desk.now:
        return f"it was worth sending until {money.moment(found.expires_at, zone_of(ask.chat.timezone))}"
    chat = desk.store.chats.get(found.place.chat_id)
    if chat is not None and chat.state is ChatState.PAUSED:
        return f"nothing is sent to its chat, {chat.pause_reason or 'which is paused'}"
    return None


def _list(desk: Desk, ask: Ask, page: int, said: Line = ()) -> Answer:
    found = sorted(desk.store.outbox.aside(None), key=lambda each: each.id or 0, reverse=True)
    lines = [*([said, BLANK] if said else []), line(bold("Set aside"), f": {money.count(len(found), 'message')}" if found else ": nothing")]
    shown, page, pages = page_of(found, page, PAGE)
    lines += [each for delivery in shown for each in (BLANK, *_lines(desk, ask, delivery))]
    back = press("« Newer", f"/aside p{page - 1}") if page > 1 else None
    more = press("Older »", f"/aside p{page + 1}") if page < pages else None
    repeat = [press(f"Again {each.id}", f"/again {each.id}") for each in shown]
    return Answer(tuple(lines), rows(repeat, [press("All again", "/again all") if len(found) > 1 else None], [back, more]))


def _lines(desk: Desk, ask: Ask, delivery: Delivery) -> list[Line]:
    chat, place = desk.store.chats.get(delivery.place.chat_id), delivery.place
    where = f"{chat.title if chat and chat.title else 'chat'} ({place.chat_id}{f', topic {place.topic_id}' if place.topic_id else ''})"
    owed = f"due {money.moment(delivery.not_before, zone_of(ask.chat.timezone))}"
    return [
        line(bold(str(delivery.id)), f" {delivery.kind.value} to {where}"),
        line(delivery.error or "no reason was kept"),
        joined((delivery.key, owed, money.count(delivery.attempts, "attempt"))),
        line(italic(_words(delivery.message.html))),
    ]


def _words(html: str) -> str:
    """The beginning of a message, without its tags."""
    text = " ".join(unescape(_TAG.sub("", html)).split())
    return text if len(text) <= _SHOWN_WORDS else f"{text[: _SHOWN_WORDS - 1].rstrip()}…"
