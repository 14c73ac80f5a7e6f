"""Messages owed to places, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bot.model.chats import Place
from bot.model.listings import Listing
from bot.model.said import Button


class DeliveryKind(StrEnum):
    """In order of urgency."""

    ANSWER = "answer"
    ALERT = "alert"
    DIGEST = "digest"
    NOTICE = "notice"


_ORDER = tuple(DeliveryKind)


class DeliveryState(StrEnum):
    """Owed until sent, set aside (will never pass) or expired (too old to be worth sending)."""

    OWED = "owed"
    SENT = "sent"
    SET_ASIDE = "set_aside"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Telegram takes it: HTML of at most 4096 characters after entities (1024 with a photo)."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    photo: bytes | None = field(default=None, repr=False)
    silent: bool = False
    edits: int | None = None  # the message id that this one replaces


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message owed to one place. `key` makes it one: the same key is never owed twice to the same place.

    `revision` is that of the story which the message shows, `slot` a moment before which it is not to be sent, set when it is claimed.
    `listing` is what a digest tells of stories; it is given when the message is owed, and is not read back with it.
    """

    place: Place
    kind: DeliveryKind
    key: str
    message: Message
    not_before: datetime
    expires_at: datetime | None = None
    id: int | None = None
    state: DeliveryState = DeliveryState.OWED
    attempts: int = 0
    message_id: int | None = None
    error: str | None = None
    slot: datetime | None = None
    revision: int | None = None
    listing: Listing | None = field(default=None, repr=False)

    @property
    def urgency(self) -> int:
        """Its place among kinds, 0 first.

        What is new goes before what brings an old alert up to date: a group takes a hundred edits in five minutes, a digest can wait.
        No edit overtakes its post, which has been sent before, nor an older edit of it, which is as urgent and was owed earlier.
        """
        edits_alert = self.kind is DeliveryKind.ALERT and self.message.edits is not None
        return _ORDER.index(DeliveryKind.DIGEST if edits_alert else self.kind)


@dataclass(frozen=True, slots=True)
class Broadcast:
    """A text that an operator wants every chat to have; `owed_at` is when it was confirmed."""

    id: int
    text: str
    by: int | None
    made_at: datetime
    owed_at: datetime | None = None


class Slot(NamedTuple):
    """When a message may leave. Not granted: nothing was taken, ask again at `at`."""

    at: datetime
    granted: bool


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    """The outbox for its operator: numbers by state, and the oldest that is due and still owed.

    Of the owed, `in_flight` are on their way, and `waiting` for a chat or topic that is paused.
    """

    owed: int = 0
    in_flight: int = 0
    waiting: int = 0
    sent: int = 0
    set_aside: int = 0
    expired: int = 0
    oldest_due: datetime | None = None
