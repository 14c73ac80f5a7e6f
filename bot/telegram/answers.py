"""Commands and buttons: who asks what where, may they, and the answer goes out.

Text becomes an `Ask`; a button's data is a command line and takes the same way, with its answer in the place of the message it
stands under. In groups the bot hears commands for other bots as well: what it does not know, and was not called by name for, it leaves
alone. In groups only administrators change settings, also those who write in the group's name. An answer in a channel is read by all who
follow it: its commands and buttons lead each of them to the chat with the bot, and nobody turns its pages under the eyes of the others.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

from telegram import CallbackQuery, User
from telegram import Message as TelegramMessage
from telegram.error import TelegramError

from bot.commands.ask import Ask
from bot.decisions.deep_links import for_readers, link_to
from bot.model import Answer, ChatKind, ChatState, Piece, Place
from bot.speech import marked, say
from bot.telegram.aims import aim
from bot.telegram.chat_menus import show_chat_menu
from bot.telegram.courier import SLOT_PATIENCE, Shown, Studio, late_picture
from bot.telegram.nouns import LEADERS, chat_of, place_of, speaks_as_chat
from bot.telegram.operators import show_operators_menu
from bot.telegram.parts import Parts
from bot.telegram.tongues import in_thread

NOT_YOURS = marked("Only administrators of this chat can change what it gets.")
NOT_SURE = marked("Telegram did not say whether you are an administrator here. Please try again.")
READ_IN_PRIVATE = marked("What stands in a channel stays as it is. Open {name} and ask there.")
BUSY = marked("A moment: Telegram takes no more messages for this chat right now. The answer follows by itself.")
FAILED = marked("Something went wrong here and has been noted. Please try again in a moment.")

_LOG = logging.getLogger(__name__)


class Answers:
    """Answers commands and buttons."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._studio = Studio(parts.words.draw, parts.threads)

    async def on_text(self, message: TelegramMessage, key: str) -> None:
        """A message in a private chat, or a command in any other chat."""
        ask = await self._ask(message)
        if ask is None:
            return None
        if self._parts.words.changes(ask) and not ask.may_change:
            allowed = await self._leads(message, message.from_user)
            if allowed is None:
                return await self.say(ask.place, say(NOT_SURE), key)
            ask = replace(ask, may_change=allowed)
        await self._answer(ask, key)
        if ask.name == "start" and ask.by_operator and ask.user_id is not None:
            await show_operators_menu(self._parts, ask.user_id)
        return None

    async def on_press(self, query: CallbackQuery, key: str) -> None:
        """A button under one of our messages."""
        message = query.message
        if not query.data or message is None:
            return await self._end_press(query)
        place, shown = Place(message.chat.id), None
        if isinstance(message, TelegramMessage):
            place, shown = place_of(message), Shown(message.message_id, bool(message.photo))
        chat = await asyncio.to_thread(self._parts.store.chats.see, chat_of(message.chat, query.from_user))
        ask = Ask(query.data, place, chat, query.from_user.id, chat.kind is ChatKind.PRIVATE, query.from_user.id in self._parts.admins)
        if self._parts.words.changes(ask):
            if not ask.may_change:
                allowed = await self._leads(message, query.from_user)
                if not allowed:
                    return await self._end_press(query, say(NOT_SURE) if allowed is None else say(NOT_YOURS))
                ask = replace(ask, may_change=True)
        elif chat.kind is ChatKind.CHANNEL:  # a button that was posted when they still turned pages
            return await self._lead_away(query, ask)
        busy = await self._parts.courier.wait_of(place.chat_id) > SLOT_PATIENCE
        ended = asyncio.create_task(self._end_press(query, say(BUSY) if busy else None, alert=False))
        try:
            await self._answer(ask, key, shown)
        finally:
            await ended
        return None

    async def _lead_away(self, query: CallbackQuery, ask: Ask) -> None:
        """Opens the chat with the bot for who pressed, where the same is asked."""
        link = link_to(self._parts.bot.username, ask.text)
        if link is None:
            return await self._end_press(query, say(READ_IN_PRIVATE, name=self._parts.bot.name))
        try:
            await query.answer(url=link)
        except TelegramError as error:
            _LOG.info("A press in a channel could not be led away: %s", error)
        return None

    async def say(self, place: Place, words: str | Answer, key: str) -> None:
        """A line of our own to a place."""
        answer = Answer(((Piece(words),),)) if isinstance(words, str) else words
        messages, _ = await self._studio.compose(replace(answer, chart=None))
        await self._parts.courier.say(place, messages, key)

    async def greet(self, ask: Ask, key: str) -> None:
        """An answer that nobody asked for by words."""
        await self._answer(ask, key)

    async def reply(self, ask: Ask) -> Answer:
        """The commands' answer, made in a thread."""
        return await in_thread(self._parts.threads, self._parts.words.reply, ask)

    async def _ask(self, message: TelegramMessage) -> Ask | None:
        """What the message asks; None if it is not for this bot, or a post of a channel that was answered there already."""
        if message.is_automatic_forward:
            return None
        text, chat = message.text or "", chat_of(message.chat, message.from_user)
        ask = Ask(text, place_of(message), chat)
        if chat.kind is not ChatKind.PRIVATE and not self._is_ours(ask, text):
            return None
        kept = await asyncio.to_thread(self._parts.store.chats.see, chat)
        if kept.state is ChatState.PAUSED and await asyncio.to_thread(self._parts.store.chats.resume, chat.id):
            kept = replace(kept, state=ChatState.ACTIVE, pause_reason=None)  # who asks there can be answered there
        if await asyncio.to_thread(self._parts.store.subscriptions.why_paused, ask.place) is not None:
            await asyncio.to_thread(self._parts.store.subscriptions.resume_topic, ask.place)
        user = message.from_user.id if message.from_user is not None else None
        free = chat.kind in (ChatKind.PRIVATE, ChatKind.CHANNEL) or speaks_as_chat(message)
        return Ask(text, ask.place, kept, user, free, user in self._parts.admins)

    def _is_ours(self, ask: Ask, text: str) -> bool:
        word = text.split(maxsplit=1)[0] if text.strip() else ""
        _, named, name = word.partition("@")
        if not word.startswith("/") or not ask.name:
            return False
        return name.lower() == (self._parts.bot.username or "").lower() if named else ask.name in self._parts.words.commands

    async def _leads(self, message: TelegramMessage | object, user: User | None) -> bool | None:
        """Whether someone is an administrator of the message's chat; None if Telegram does not say."""
        chat = getattr(message, "chat", None)
        if chat is None or user is None:
            return False
        try:
            member = await self._parts.bot.get_chat_member(chat.id, user.id)
        except TelegramError as error:
            _LOG.warning("Whether %d leads chat %d is not known: %s", user.id, chat.id, error)
            return None
        return member.status in LEADERS

    async def _answer(self, ask: Ask, key: str, shown: Shown | None = None) -> None:
        aimed = await aim(self._parts, ask)
        if isinstance(aimed, str):
            return await self.say(ask.place, aimed, key)
        there = ask if aimed is None else aimed.ask
        answer = await self.reply(there)
        if aimed is not None:
            answer = await aimed.dress(self._parts, answer)
        elif ask.in_public:
            answer = self._for_readers(answer, ask)
        messages, late = await self._studio.compose(answer, shown)
        await self._parts.courier.say(ask.place, messages, key)
        if late is not None and answer.chart is not None and (photo := await late) is not None:
            await self._parts.courier.say(ask.place, late_picture(answer.chart, photo), f"{key}:chart")
        if there.name == "language" and self._parts.words.changes(there) and there.may_change:
            await show_chat_menu(self._parts, there.chat.id)
        return None

    def _for_readers(self, answer: Answer, ask: Ask) -> Answer:
        return for_readers(answer, self._parts.bot.username, lambda line: self._parts.words.changes(replace(ask, text=line)))

    async def _end_press(self, query: CallbackQuery, words: str | None = None, *, alert: bool = True) -> None:
        """Stops the button's spinner, with words in an alert or passing by; a press that is too old for that is no fault."""
        try:
            await query.answer(words, show_alert=alert and words is not None)
        except TelegramError as error:
            _LOG.info("A press could not be answered: %s", error)
