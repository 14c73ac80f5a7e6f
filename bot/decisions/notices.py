"""What an operator tells every chat: who gets it where, and what is owed for it.

A chat gets it where it gets everything else: in the chat itself or, where only topics of a forum asked for something, in the
first of those. Its sound and its quiet hours hold for this as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.decisions.lines import line
from bot.decisions.markup import to_messages
from bot.decisions.plan import NEWS_LIFE
from bot.decisions.schedule import opens_at
from bot.model import Answer, Broadcast, Chat, ChatKind, ChatState, Delivery, DeliveryKind, Message, Place, Subscription


def broadcast_key(broadcast: Broadcast) -> str:
    """`broadcast:7`."""
    return f"broadcast:{broadcast.id}"


def notice(text: str) -> Answer:
    """The text as it is shown: as it was written, line by line."""
    return Answer(tuple(line(each) for each in text.splitlines()))


def reached(chats: Iterable[Chat], subscriptions: Iterable[Subscription]) -> list[Subscription]:
    """One place of each chat that may be written to, with the settings that hold there."""
    first: dict[int, Subscription] = {}
    for each in sorted(subscriptions, key=lambda each: each.place.topic_id or 0):
        first.setdefault(each.place.chat_id, each)
    active = [chat for chat in chats if chat.state is ChatState.ACTIVE and chat.kind is not ChatKind.TERMINAL]
    return [first.get(chat.id) or Subscription(Place(chat.id), timezone=chat.timezone) for chat in active]


def plan_broadcast(broadcast: Broadcast, places: Iterable[Subscription], now: datetime) -> list[Delivery]:
    """The messages of a text for these places; one that is quiet gets them when that ends."""
    parts = to_messages(notice(broadcast.text))
    return [delivery for each in places for delivery in _owed(broadcast_key(broadcast), parts, each, now)]


def _owed(key: str, parts: Sequence[Message], place: Subscription, now: datetime) -> list[Delivery]:
    opens = opens_at(place, now) or now
    return [
        Delivery(
            place.place,
            DeliveryKind.NOTICE,
            f"{key}:{number}" if number > 1 else key,
            replace(part, silent=place.silent),
            not_before=opens,
            expires_at=opens + NEWS_LIFE,
        )
        for number, part in enumerate(parts, 1)
    ]
