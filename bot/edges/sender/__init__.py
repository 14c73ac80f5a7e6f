"""Telegram from outside: one message in, one outcome out; updates as they came. Nobody else needs to know the library's errors."""

from __future__ import annotations

from bot.edges.sender.outcomes import (
    ChatGone,
    Migrated,
    Outcome,
    Refused,
    RetryLater,
    Scope,
    Sent,
    TopicClosed,
    Unknown,
)
from bot.edges.sender.sender import Sender
from bot.edges.sender.times import timeless
from bot.edges.sender.wire import POLL_MARGIN, ApiError, UpdatesBot, open_bot

__all__ = [
    "POLL_MARGIN",
    "ApiError",
    "ChatGone",
    "Migrated",
    "Outcome",
    "Refused",
    "RetryLater",
    "Scope",
    "Sender",
    "Sent",
    "TopicClosed",
    "Unknown",
    "UpdatesBot",
    "open_bot",
    "timeless",
]
