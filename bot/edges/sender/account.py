"""Whose token it is: asked once, by whoever sets the bot up."""

from __future__ import annotations

from telegram.error import TelegramError

from bot.edges import secrets
from bot.edges.sender.wire import ApiError, open_bot
from bot.errors import SendError, SettingsError


async def who_am_i(token: str, root: str) -> str:
    """The bot's user name. SettingsError if Telegram does not know the token, SendError if it cannot be reached."""
    secrets.hide(token)
    bot = open_bot(token, root)
    try:
        await bot.initialize()
    except TelegramError as error:
        if isinstance(error, ApiError) and error.code in (401, 404):
            raise SettingsError(f"Telegram does not know this token ({error})") from None
        raise SendError(f"Telegram cannot be reached: {secrets.clean(str(error))}") from None
    else:
        return bot.username
    finally:
        await bot.shutdown()
