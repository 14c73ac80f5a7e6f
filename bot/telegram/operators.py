"""The menus of the operators' private chats: shown to those who are operators, taken away from those who are none any more.

Telegram keeps a menu until it is deleted, and refuses one until its reader has opened the chat. So who may have one is written down
before it is set, it is set again when an operator starts the chat, and whoever is written down but no operator loses it at the next
start.
"""

from __future__ import annotations

import asyncio
import logging

from telegram import BotCommandScopeChat
from telegram.error import TelegramError

from bot.commands.command import Scope
from bot.edges.sender import ApiError
from bot.errors import StoreError
from bot.speech import LANGUAGES, nearest_code, speaking
from bot.telegram.menu import menu, menu_code
from bot.telegram.parts import Parts

_LOG = logging.getLogger(__name__)


async def show_operators_menus(parts: Parts) -> None:
    """Brings all of them up to date; the bot works without, so a failure is only logged."""
    try:
        shown = await asyncio.to_thread(parts.store.operators.all)
        for user_id in sorted(shown - parts.admins):
            await _hide_menu(parts, user_id)
        for user_id in sorted(parts.admins):
            await show_operators_menu(parts, user_id)
    except StoreError as error:
        _LOG.warning("The menus of operators are as they were: %s", error)


async def show_operators_menu(parts: Parts, user_id: int) -> None:
    """Registers the menu of one operator's private chat: everything that is asked there, then what only operators ask.

    In each language, or in each the same if one was chosen for the chat.
    """
    words = parts.words
    await asyncio.to_thread(parts.store.operators.add, user_id)
    chat = await asyncio.to_thread(parts.store.chats.get, user_id)
    chosen = nearest_code(chat.language) if chat is not None else None
    for code in LANGUAGES:
        with speaking(code):
            shown_as = menu_code()
        with speaking(chosen or code):
            entries = [*menu(words.commands.values(), Scope.PRIVATE), *menu(words.operators.values(), Scope.OPERATOR)]
            try:
                await parts.bot.set_my_commands(entries, BotCommandScopeChat(user_id), shown_as)
            except TelegramError as error:
                _LOG.info("The menu of operator %d could not be set: %s", user_id, error)
                return


async def _hide_menu(parts: Parts, user_id: int) -> None:
    """Leaves the chat with the menu that everybody has; tried again at the next start unless Telegram knows of no such chat."""
    for code in LANGUAGES:
        with speaking(code):
            try:
                await parts.bot.delete_my_commands(BotCommandScopeChat(user_id), menu_code())
            except TelegramError as error:
                _LOG.info("The menu of %d, an operator no more, could not be taken away: %s", user_id, error)
                if not isinstance(error, ApiError) or error.code != 400:
                    return
    await asyncio.to_thread(parts.store.operators.remove, user_id)
