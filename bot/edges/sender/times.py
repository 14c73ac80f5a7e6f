"""Date entities: a server that is older than they are refuses a message for its tag, so they can be taken out of one."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.model import Message

_TAG = re.compile(r"</?tg-time\b[^>]*>")


def timeless(html: str) -> str:
    """Telegram's HTML without date entities; the words of the moments stay."""
    return _TAG.sub("", html)


def without_times(message: Message) -> Message:
    """The message without them; the same if it has none."""
    html = timeless(message.html)
    return message if html == message.html else replace(message, html=html)
