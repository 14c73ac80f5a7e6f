"""Where the bot is: added, promoted, thrown out, blocked; groups that move; topics that close.

A chat that throws the bot out is paused and keeps its settings for half a year, so that it has them again when the bot comes back;
what the bot posted there is edited then as before.
A group that adds the bot is greeted once, one that has it back is shown what it gets again. A channel is not, since everything there
is read by everyone: whoever added the bot is told instead. What gets nothing yet is spoken to in the language of who added the bot.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime

from telegram import ChatMemberUpdated
from telegram import Message as TelegramMessage

from bot.commands.ask import Ask
from bot.commands.language import language_note
from bot.commands.operator.reasons import CLOSED
from bot.decisions.lines import code, line, press, rows
from bot.model import Answer, Chat, ChatKind, ChatState, Place
from bot.speech import language_of, say, say_line, speaking
from bot.telegram.answers import Answers
from bot.telegram.chat_menus import hide_chat_menu, show_chat_menu
from bot.telegram.nouns import IN_CHAT, chat_of, place_of, private_place, why_silent
from bot.telegram.parts import Parts
from bot.telegram.tongues import begin, language_of_person

_LOG = logging.getLogger(__name__)


class Members:
    """Keeps the store's chats as Telegram has them."""

    def __init__(self, parts: Parts, answers: Answers) -> None:
        self._parts = parts
        self._answers = answers

    async def on_change(self, change: ChatMemberUpdated, key: str) -> None:
        """The bot's own standing in a chat changed."""
        chat = await asyncio.to_thread(self._parts.store.chats.see, chat_of(change.chat, change.from_user))
        reason = why_silent(chat, change.new_chat_member)
        if reason is not None:
            await asyncio.to_thread(self._parts.store.chats.pause, chat.id, reason, datetime.now(UTC))
            _LOG.info("Chat %d is paused: %s", chat.id, reason)
            thrown_out = chat.kind is not ChatKind.PRIVATE and change.new_chat_member.status not in IN_CHAT
            if thrown_out and chat.language is not None:
                await hide_chat_menu(self._parts, chat.id)
            return
        await asyncio.to_thread(self._parts.store.chats.resume, chat.id)
        chat = replace(chat, state=ChatState.ACTIVE, pause_reason=None)
        if chat.kind is ChatKind.PRIVATE or why_silent(chat, change.old_chat_member) is None:
            return
        known = await asyncio.to_thread(self._parts.store.subscriptions.of_chat, chat.id)
        spoken = await asyncio.to_thread(language_of_person, self._parts.store, change.from_user)
        if not known:
            chat = await asyncio.to_thread(begin, self._parts.store, chat, spoken)
        if chat.kind is ChatKind.CHANNEL:
            with speaking(spoken):
                await self._answers.say(private_place(change.from_user), channel_words(chat, change.chat.username, known=bool(known)), key)
        elif change.old_chat_member.status not in IN_CHAT:
            place = known[0].place if known else Place(chat.id)
            with speaking(language_of(chat)):
                await self._answers.greet(Ask("/settings" if known else "/start", place, chat), key)
            await show_chat_menu(self._parts, chat.id)

    async def on_service(self, message: TelegramMessage) -> None:
        """A service message: the group moved, a topic closed or opened again."""
        store, place = self._parts.store, place_of(message)
        if message.migrate_to_chat_id is not None:
            await self._move(message.chat.id, message.migrate_to_chat_id)
        elif message.migrate_from_chat_id is not None:
            await self._move(message.migrate_from_chat_id, message.chat.id)
        elif message.forum_topic_closed is not None:
            await asyncio.to_thread(store.subscriptions.pause_topic, place, CLOSED, datetime.now(UTC))
        elif message.forum_topic_reopened is not None:
            await asyncio.to_thread(store.subscriptions.resume_topic, place)

    async def _move(self, old: int, new: int) -> None:
        """The group became a supergroup, which has its menu anew."""
        await asyncio.to_thread(self._parts.store.chats.migrate, old, new)
        moved = await asyncio.to_thread(self._parts.store.chats.get, new)
        if moved is not None and moved.language is not None:
            await show_chat_menu(self._parts, new)


def channel_words(chat: Chat, username: str | None, *, known: bool = False) -> Answer:
    """What the one who made the bot an administrator of a channel is told, with a button to set it up, or to see it where it is."""
    name = f"@{username}" if username else str(chat.id)
    data = f"/settings {name}" if known else f"/subscribe {name}"
    able = line(say("I can post to {channel} now.", channel=chat.title) if chat.title else say("I can post to your channel now."))
    if known:
        return Answer((able, line(say("Its settings were kept: it gets what it got before."))), rows([press(say("Settings"), data)]))
    lines = (
        able,
        language_note(Ask(data, Place(chat.id), chat, aimed=name)),
        say_line("Set up what it gets with the button, or by words: {words}", words=code(f"{data} sales >100 digest")),
    )
    return Answer(lines, rows([press(say("Set up"), data)]))
