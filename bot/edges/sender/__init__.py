"""Telegram, outgoing: one message in, one outcome out. Nobody else needs to know which errors the library raises."""

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
from bot.edges.sender.wire import open_bot

__all__ = [
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
    "open_bot",
]
