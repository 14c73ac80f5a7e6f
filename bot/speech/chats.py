"""Which language a chat is spoken to in."""

from __future__ import annotations

from bot.model import Chat
from bot.speech.catalogue import ENGLISH, nearest_code


def language_of(chat: Chat | None) -> str:
    """The code of the language chosen for the chat, else of who it is a private chat with, else of English."""
    if chat is None:
        return ENGLISH
    return nearest_code(chat.language) or nearest_code(chat.native) or ENGLISH
