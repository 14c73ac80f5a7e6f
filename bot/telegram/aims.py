"""Settings of a channel from a private chat: `/subscribe @channel sales >100` by one of its administrators.

A command that sets what a place gets may name another chat, by @name or id, as its first word or its last. Its buttons are then given
that name as well, so that each press is again a whole command line.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace

from telegram import ChatFullInfo
from telegram.error import TelegramError

from bot.commands.ask import Ask
from bot.commands.language import language_note
from bot.edges.sender import ApiError
from bot.model import Answer, Button, Chat, ChatKind, ChatState, Piece, Place, Style
from bot.speech import language, say
from bot.telegram.nouns import LEADERS, chat_of, why_silent
from bot.telegram.parts import Parts
from bot.telegram.tongues import begin

AIMED = ("subscribe", "unsubscribe", "settings", "digest", "language")
LONGEST_DATA = 64

_CHAT = re.compile(r"@[A-Za-z]\w{3,31}|-100\d+")
_OWN = re.compile(rf"/({'|'.join(AIMED)})(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Aim:
    """A command for another chat: the ask as if it were made there, and the chat's name as it was typed.

    `new`: nothing was subscribed there before.
    """

    ask: Ask
    name: str
    new: bool = False

    async def dress(self, parts: Parts, answer: Answer) -> Answer:
        """The answer as it is shown here: under the chat's title, its buttons aimed at it.

        Who has just set the chat up is told its language, which is their own unless one was chosen for it.
        """
        title = (Piece(self.ask.chat.title or self.name, Style.BOLD),)
        rows = tuple(tuple(kept for one in row if (kept := self._aimed(one))) for row in answer.buttons)
        note = [language_note(replace(self.ask, chat=chat))] if (chat := await self._begun(parts)) else []
        return replace(answer, lines=(title, *answer.lines, *note), buttons=tuple(row for row in rows if row))

    async def _begun(self, parts: Parts) -> Chat | None:
        """The chat if the command set it up, in the language in which it starts."""
        store, chat = parts.store, self.ask.chat
        if not self.new or not await asyncio.to_thread(store.subscriptions.of_chat, chat.id):
            return None
        return await asyncio.to_thread(begin, store, chat, language().code)

    def _aimed(self, button: Button) -> Button | None:
        """The button with the chat's name in its command; None if that grows too long for a button."""
        if button.data is None or not _OWN.match(button.data):
            return button
        data = _OWN.sub(lambda found: f"{found[0]} {self.name}", button.data, count=1)
        return replace(button, data=data) if len(data.encode()) <= LONGEST_DATA else None


async def aim(parts: Parts, ask: Ask) -> Aim | str | None:
    """Where a private command is aimed; words if it may not be; None if it is for the private chat itself."""
    found = _named(ask) if ask.chat.kind is ChatKind.PRIVATE and ask.name in AIMED else None
    if found is None or ask.user_id is None:
        return None
    name, text = found
    try:
        there = await parts.bot.get_chat(name if name.startswith("@") else int(name))
        if refusal := await _allowed(parts, ask, there, name):
            return refusal
        meant = await _asked_there(parts, ask, there, (name, text))
        return Aim(meant, name, not await asyncio.to_thread(parts.store.subscriptions.of_chat, there.id))
    except ApiError:
        return say("I do not find {name}, or am not in it. Add me there as an administrator first.", name=name)
    except TelegramError:
        return say("Telegram did not answer. Please try again.")


def _named(ask: Ask) -> tuple[str, str] | None:
    """The chat that the command names, and the command without it."""
    args = list(ask.args)
    for at in (0, -1):
        if args and _CHAT.fullmatch(args[at]):
            name = args.pop(at)
            return name, " ".join((f"/{ask.name}", *args))
    return None


async def _allowed(parts: Parts, ask: Ask, there: ChatFullInfo, name: str) -> str | None:
    """Why the asker may not set up that chat, None if they may."""
    own = await parts.bot.get_chat_member(there.id, parts.bot.id)
    if why_silent(chat_of(there), own) is not None:
        return say("I may not post to {name} yet. Make me an administrator there who may post messages.", name=name)
    member = await parts.bot.get_chat_member(there.id, ask.user_id or 0)
    return None if member.status in LEADERS else say("Only administrators of {name} can change what it gets.", name=name)


async def _asked_there(parts: Parts, ask: Ask, there: ChatFullInfo, aimed: tuple[str, str]) -> Ask:
    """The command as if it were asked there, where the bot was seen to be able to post."""
    name, text = aimed
    kept: Chat = await asyncio.to_thread(parts.store.chats.see, chat_of(there))
    if kept.state is ChatState.PAUSED and await asyncio.to_thread(parts.store.chats.resume, kept.id):
        kept = replace(kept, state=ChatState.ACTIVE, pause_reason=None)
    return Ask(text, Place(there.id), kept, ask.user_id, True, ask.admin, aimed=name)
