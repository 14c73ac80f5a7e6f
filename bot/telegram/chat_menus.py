"""The menu of a chat for which a language was chosen: in that language, whatever the Telegram of its readers speaks.

It is registered for that chat alone and for every reader, so it comes before the menus of `bot.telegram.menu`; administrators of a
group are shown the same. Telegram keeps it until it is deleted, so it goes when the choice is taken back or the bot is thrown out. A
channel has no menu, and an operator's private chat has the operators' one.
"""

from __future__ import annotations

import asyncio
import logging

from telegram import BotCommandScopeChat
from telegram.error import TelegramError

from bot.commands.command import Scope
from bot.errors import StoreError
from bot.model import Chat, ChatKind, ChatState
from bot.speech import nearest_code, speaking
from bot.telegram.menu import menu
from bot.telegram.operators import show_operators_menu
from bot.telegram.parts import Parts

GAP = 1.0  # seconds between the menus that are brought up to date at the start: nobody waits for them

_LOG = logging.getLogger(__name__)


async def show_chat_menu(parts: Parts, chat_id: int) -> None:
    """Brings the menu of a chat in line with the language chosen for it; the bot works without, so a failure is only logged."""
    try:
        chat = await asyncio.to_thread(parts.store.chats.get, chat_id)
    except StoreError as error:
        _LOG.warning("The menu of chat %d is as it was: %s", chat_id, error)
        return
    if chat is None or chat.kind in {ChatKind.CHANNEL, ChatKind.TERMINAL}:
        return
    if chat_id in parts.admins:
        await show_operators_menu(parts, chat_id)
    elif chat.state is ChatState.ACTIVE and (code := nearest_code(chat.language)):
        await _show(parts, chat, code)
    else:
        await hide_chat_menu(parts, chat_id)


async def hide_chat_menu(parts: Parts, chat_id: int) -> None:
    """Leaves the chat with the menu that everybody has. Telegram may know of no such chat any more."""
    try:
        await parts.bot.delete_my_commands(BotCommandScopeChat(chat_id))
    except TelegramError as error:
        _LOG.info("The menu of chat %d could not be taken away: %s", chat_id, error)


async def show_chat_menus(parts: Parts, stop: asyncio.Event) -> None:
    """Brings the menus of all chats with a language of their own up to date, one after another, until `stop` is set."""
    try:
        known = await asyncio.to_thread(parts.store.chats.all)
    except StoreError as error:
        _LOG.warning("The menus of chats are as they were: %s", error)
        return
    for chat in known:
        if chat.language is None or chat.state is not ChatState.ACTIVE or chat.id in parts.admins:
            continue
        await show_chat_menu(parts, chat.id)
        try:
            async with asyncio.timeout(GAP):
                await stop.wait()
                return
        except TimeoutError:
            continue


async def _show(parts: Parts, chat: Chat, code: str) -> None:
    scope = Scope.PRIVATE if chat.kind is ChatKind.PRIVATE else Scope.EVERYWHERE
    with speaking(code):
        entries = menu(parts.words.commands.values(), scope)
    try:
        await parts.bot.set_my_commands(entries, BotCommandScopeChat(chat.id))
    except TelegramError as error:
        _LOG.info("The menu of chat %d could not be set: %s", chat.id, error)
