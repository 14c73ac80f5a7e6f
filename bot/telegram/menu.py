"""What Telegram itself shows of the bot: the menu of commands and the two descriptions. Set at every start, so that it is current.

An operator's private chat has a menu of its own. Telegram refuses it until the operator has opened that chat, so it is set again
when they do.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.commands.command import Command, Scope
from bot.telegram.parts import Words

LONGEST_SUMMARY = 256
DESCRIPTION = (
    "Assay reads bitcoin-mining news, weighs every figure against the chain and the market, and tells you who sold how much"
    " bitcoin, for how many dollars, and why. Ask in this chat, or add the bot to a group or channel for alerts and a daily digest."
)
SHORT_DESCRIPTION = "Bitcoin miners' sales and the network's difficulty, each figure with its source."

_LOG = logging.getLogger(__name__)


def menu(commands: Iterable[Command], scope: Scope) -> list[BotCommand]:
    """The entries of a menu: what is asked everywhere, and in private chats what belongs there alone."""
    shown = {Scope.EVERYWHERE, scope}
    return [BotCommand(one.name, one.summary[:LONGEST_SUMMARY]) for one in commands if one.scope in shown]


async def show_menu(bot: Bot, words: Words, admins: Iterable[int] = ()) -> None:
    """Registers menus and descriptions; the bot works without, so a failure is only logged."""
    commands = list(words.commands.values())
    everywhere, private = menu(commands, Scope.EVERYWHERE), menu(commands, Scope.PRIVATE)
    try:
        await bot.set_my_commands(everywhere, BotCommandScopeDefault())
        await bot.set_my_commands(everywhere, BotCommandScopeAllGroupChats())
        await bot.set_my_commands(everywhere, BotCommandScopeAllChatAdministrators())
        await bot.set_my_commands(private, BotCommandScopeAllPrivateChats())
        await bot.set_my_description(DESCRIPTION)
        await bot.set_my_short_description(SHORT_DESCRIPTION)
    except TelegramError as error:
        _LOG.warning("The menu of commands could not be set: %s", error)
    for user_id in admins:
        await show_operators_menu(bot, words, user_id)


async def show_operators_menu(bot: Bot, words: Words, user_id: int) -> None:
    """Registers the menu of one operator's private chat: everything that is asked there, then what only operators ask."""
    entries = [*menu(words.commands.values(), Scope.PRIVATE), *menu(words.operators.values(), Scope.OPERATOR)]
    try:
        await bot.set_my_commands(entries, BotCommandScopeChat(user_id))
    except TelegramError as error:
        _LOG.info("The menu of operator %d could not be set: %s", user_id, error)
