"""Why a chat or topic is paused: our own reasons are kept in English and said in the reader's language, Telegram's stay as they came."""

from __future__ import annotations

from bot.speech import marked, say

BLOCKED = marked("blocked by the user")
REMOVED = marked("the bot was removed")
MUTED = marked("the bot may not write here")
CLOSED = marked("the topic was closed")
_OWN = frozenset({BLOCKED, REMOVED, MUTED, CLOSED})


def told(reason: str | None) -> str | None:
    """The reason in words; None if none was kept."""
    return say(reason) if reason in _OWN else reason
