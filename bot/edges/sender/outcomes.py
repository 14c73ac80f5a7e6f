"""What became of a message: the few outcomes that call for different deeds.

Outcome
├── Sent          it is there (an edit that changes nothing counts as well)
├── RetryLater    it is not there, and may be tried again
├── Unknown       the connection broke before the answer: it may be there
├── Refused       it will never pass as it is
├── ChatGone      the chat takes nothing from the bot any more
├── Migrated      the group became a supergroup with another id
└── TopicClosed   the topic of the forum is closed or deleted; the rest of the chat is not
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Whom a wait concerns."""

    CHAT = "chat"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Sent:
    """The id of the message in its chat."""

    message_id: int


@dataclass(frozen=True, slots=True)
class RetryLater:
    """`seconds` as Telegram asked, or None where it named no time: then waits grow with each attempt."""

    seconds: float | None
    reason: str
    scope: Scope = Scope.CHAT


@dataclass(frozen=True, slots=True)
class Unknown:
    """Cut off between request and answer, or an answer that makes no sense."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram's reason, for the operator."""

    reason: str


@dataclass(frozen=True, slots=True)
class ChatGone:
    """Telegram's reason: blocked, thrown out, no right to write, not found."""

    reason: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The id that the chat has now."""

    new_id: int


@dataclass(frozen=True, slots=True)
class TopicClosed:
    """Telegram's reason: closed or not found."""

    reason: str


Outcome = Sent | RetryLater | Unknown | Refused | ChatGone | Migrated | TopicClosed
