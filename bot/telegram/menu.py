"""What Telegram itself shows of the bot: the menu of commands and the two descriptions, in each language. Set at every start.

Telegram shows them in the language of the person's own Telegram, English to who has one that is not spoken here.
Operators have menus of their own, see `bot.telegram.operators`, and so have chats with a language of their own, see
`bot.telegram.chat_menus`.
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
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from bot.commands.command import Command, Scope
from bot.speech import LANGUAGES, language, marked, say, speaking
from bot.telegram.parts import Words

LONGEST_SUMMARY = 256
DESCRIPTION = marked(
    "Assay reads bitcoin-mining news, weighs every figure against the chain and the market, and tells you who sold how much"
    " bitcoin, for how many dollars, and why. Ask in this chat, or add the bot to a group or channel for alerts and a daily digest."
)
SHORT_DESCRIPTION = marked("Bitcoin miners' sales and the network's difficulty, each figure with its source.")

_LOG = logging.getLogger(__name__)


def menu(commands: Iterable[Command], scope: Scope) -> list[BotCommand]:
    """The entries of a menu in the spoken language: what is asked everywhere, and in private chats what belongs there alone."""
    shown = {Scope.EVERYWHERE, scope}
    return [BotCommand(one.name, say(one.summary)[:LONGEST_SUMMARY]) for one in commands if one.scope in shown]


async def show_menu(bot: Bot, words: Words) -> None:
    """Registers menus and descriptions in all languages; the bot works without, so a failure is only logged."""
    for code in LANGUAGES:
        with speaking(code):
            try:
                await _show_menu(bot, words)
            except TelegramError as error:
                _LOG.warning("The menu of commands could not be set in %s: %s", code, error)


async def _show_menu(bot: Bot, words: Words) -> None:
    """Registers them in the spoken language."""
    commands, code = list(words.commands.values()), menu_code()
    everywhere, private = menu(commands, Scope.EVERYWHERE), menu(commands, Scope.PRIVATE)
    await bot.set_my_commands(everywhere, BotCommandScopeDefault(), code)
    await bot.set_my_commands(everywhere, BotCommandScopeAllGroupChats(), code)
    await bot.set_my_commands(everywhere, BotCommandScopeAllChatAdministrators(), code)
    await bot.set_my_commands(private, BotCommandScopeAllPrivateChats(), code)
    await bot.set_my_description(say(DESCRIPTION), code)
    await bot.set_my_short_description(say(SHORT_DESCRIPTION), code)


def menu_code() -> str | None:
    """How Telegram is told the spoken language: English is for everyone for whom there is no other."""
    return None if language().is_english else language().code
