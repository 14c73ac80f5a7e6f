"""Chats and what each place in them asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class ChatKind(StrEnum):
    """Telegram's kinds of chats, and the terminal."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"
    TERMINAL = "terminal"


class ChatState(StrEnum):
    """Paused: the bot was thrown out or may not write; settings are kept."""

    ACTIVE = "active"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Chat:
    """A place to post. `topic` settings live in subscriptions.

    `language` is the code of the language that was chosen for it, None if nobody chose; `native` is Telegram's tag (`de-AT`) of the
    language of who it is a private chat with, as last seen.
    """

    id: int
    kind: ChatKind
    title: str = ""
    state: ChatState = ChatState.ACTIVE
    language: str | None = None
    timezone: str = "UTC"
    pause_reason: str | None = None
    native: str | None = None


class Place(NamedTuple):
    """A chat and, in a forum, its topic."""

    chat_id: int
    topic_id: int | None = None


class Topic(StrEnum):
    """What can be subscribed to."""

    SALES = "sales"
    RETARGETS = "retargets"
    DIGEST = "digest"
    CLAIMS = "claims"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Subscription:
    """What one place asked for. `miners` empty means all; quiet hours may wrap midnight.

    `digest_at` and `weekly_at` are local times in `timezone`; weekdays count from Monday, 0, to Sunday, 6. `digest_until` and
    `weekly_until` are when the time ended of which the last edition told, whatever the settings were then; None if that is not known.
    """

    place: Place
    topics: frozenset[Topic] = frozenset()
    min_btc: Decimal = Decimal(0)
    miners: frozenset[str] = frozenset()
    timezone: str = "UTC"
    digest_at: time = time(8, 0)
    days: frozenset[int] = frozenset(range(7))
    quiet: tuple[time, time] | None = None
    silent: bool = False
    weekly_day: int = 0
    weekly_at: time = time(8, 0)
    digest_until: datetime | None = None
    weekly_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A story's message in a place, and the revision of the story that it shows."""

    story_id: int
    place: Place
    message_id: int
    revision: int
