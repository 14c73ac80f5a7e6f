"""What Telegram itself shows of the bot: the menu of commands and the two descriptions. Set at every start, so that it is current."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.commands.command import Command, Scope

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


async def show_menu(bot: Bot, commands: Iterable[Command]) -> None:
    """Registers menus and descriptions; the bot works without, so a failure is only logged."""
    commands = list(commands)
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
