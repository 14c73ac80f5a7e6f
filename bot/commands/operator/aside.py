"""`/aside`, the messages that Telegram will never take as they are, and why; `/again ID` owes one once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape

from bot.commands.arguments import read_words, unread
from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.operator.reasons import told
from bot.decisions import moments, money
from bot.decisions.lines import BLANK, bold, clipped, italic, joined, line, press, rows
from bot.decisions.reasons import in_words
from bot.decisions.sales import page_of
from bot.decisions.schedule import zone_of
from bot.decisions.typed import meaning
from bot.errors import UsageError
from bot.model import Answer, Chat, ChatState, Delivery, DeliveryKind, DeliveryState, Line, Place
from bot.speech import say, say_line, say_many

PAGE = 5
_SHOWN_WORDS = 120
_TAG = re.compile(r"<[^>]*>")


def aside(desk: Desk, ask: Ask) -> Answer:
    """A page of what was set aside, newest first."""
    words = read_words(ask.args, forms=frozenset({"page"}))
    return _unread_below(_list(desk, ask, words.page), words.rest)


def _unread_below(said: Answer, words: Sequence[str]) -> Answer:
    return replace(said, lines=(*said.lines, BLANK, unread(words)))


def again(desk: Desk, ask: Ask) -> Answer:
    """Owes a message once more, or `all` for which that makes sense."""
    word, more = meaning(ask.args[0].lstrip("#")) if ask.args else "", ask.args[1:]
    return _unread_below(_again(desk, ask, word), more)


def _again(desk: Desk, ask: Ask, word: str) -> Answer:
    if word == "all":
        owed = [found for found in desk.store.outbox.aside(None) if not _why_not(desk, ask, found) and _owe(desk, found)]
        return _list(desk, ask, 1, line(say_many("{n} message owed again", "{n} messages owed again", len(owed), n=money.whole(len(owed)))))
    if not word.isascii() or not word.isdigit() or len(word) > 18:
        raise UsageError(say("Which message? /aside shows their numbers"))
    found = desk.store.outbox.get(int(word))
    if found is None or found.state is not DeliveryState.SET_ASIDE:
        raise UsageError(say("Message {number} is not among those set aside; /aside shows them", number=word))
    reason = _why_not(desk, ask, found)
    if reason:
        raise UsageError(say("Message {number} is not owed again: {reason}", number=word, reason=reason))
    if _owe(desk, found):
        return _list(desk, ask, 1, line(say("Message {number} is owed again", number=word)))
    return _list(desk, ask, 1, line(say("Message {number} is owed already", number=word)))


def _owe(desk: Desk, found: Delivery) -> bool:
    return desk.store.outbox.owe_again(found.id or 0, desk.now)


def _why_not(desk: Desk, ask: Ask, found: Delivery) -> str | None:
    """Why it would never arrive, or should not any more."""
    if found.expires_at is not None and found.expires_at <= desk.now:
        return say("it was worth sending until {moment}", moment=money.moment(found.expires_at, zone_of(ask.chat.timezone)))
    chat = desk.store.chats.get(found.place.chat_id)
    if chat is not None and chat.state is ChatState.PAUSED:
        return say("nothing is sent to its chat, {reason}", reason=told(chat.pause_reason) or say("which is paused"))
    return None


def _list(desk: Desk, ask: Ask, page: int, said: Line = ()) -> Answer:
    found = sorted(desk.store.outbox.aside(None), key=lambda each: each.id or 0, reverse=True)
    messages = say_many("{n} message", "{n} messages", len(found), n=money.whole(len(found))) if found else say("nothing")
    lines = [*([said, BLANK] if said else []), say_line("{title}: {counts}", title=bold(say("Set aside")), counts=messages)]
    shown, page, pages = page_of(found, page, PAGE)
    lines += [each for delivery in shown for each in (BLANK, *_lines(desk, ask, delivery))]
    back = press(say("« Newer"), f"/aside p{page - 1}") if page > 1 else None
    more = press(say("Older »"), f"/aside p{page + 1}") if page < pages else None
    # Translators: a button that has the message of that number sent once more.
    repeat = [press(say("Again {number}", number=str(each.id)), f"/again {each.id}") for each in shown]
    return Answer(tuple(lines), rows(repeat, [press(say("All again"), "/again all") if len(found) > 1 else None], [back, more]))


def _lines(desk: Desk, ask: Ask, delivery: Delivery) -> list[Line]:
    owed = say_line("due {moment}", moment=moments.time(delivery.not_before, zone_of(ask.chat.timezone)))
    attempts = say_many("{n} attempt", "{n} attempts", delivery.attempts, n=money.whole(delivery.attempts))
    return [
        _heading(delivery, desk.store.chats.get(delivery.place.chat_id)),
        line(in_words(delivery.error) or say("no reason was kept")),
        joined((delivery.key, owed, attempts)),
        line(italic(_words(delivery.message.html))),
    ]


def _heading(delivery: Delivery, chat: Chat | None) -> Line:
    """`17 digest to Miners (-1001, topic 5)`."""
    number, where = bold(str(delivery.id)), _where(delivery.place, chat.title if chat is not None else "")
    match delivery.kind:
        case DeliveryKind.ANSWER:
            return say_line("{number} answer to {chat}", number=number, chat=where)
        case DeliveryKind.ALERT:
            return say_line("{number} alert to {chat}", number=number, chat=where)
        case DeliveryKind.DIGEST:
            return say_line("{number} digest to {chat}", number=number, chat=where)
        case DeliveryKind.NOTICE:
            return say_line("{number} notice to {chat}", number=number, chat=where)


def _where(place: Place, title: str) -> str:
    name, chat_id = title or say("chat"), str(place.chat_id)
    if place.topic_id is None:
        return say("{chat} ({id})", chat=name, id=chat_id)
    return say("{chat} ({id}, topic {topic})", chat=name, id=chat_id, topic=str(place.topic_id))


def _words(html: str) -> str:
    """The beginning of a message, without its tags."""
    text = " ".join(unescape(_TAG.sub("", html)).split())
    return clipped(text, _SHOWN_WORDS)
