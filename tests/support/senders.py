"""Workers that empty an outbox, as threads or as processes of their own; what they claimed is their result."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.edges.store.store import Store
from bot.model import Delivery, DeliveryKind, Message, Place
from tests.support.news import NOW

LEASE = timedelta(seconds=30)


def owed(key: str, chat: int = 1, kind: DeliveryKind = DeliveryKind.ALERT, topic: int | None = None, **others) -> Delivery:
    """A message owed to a chat."""
    message, not_before = others.pop("message", Message(f"<b>{key}</b>")), others.pop("not_before", NOW)
    return Delivery(Place(chat, topic), kind, key, message, not_before, **others)


def most_in(slots: Iterable[float], window: float) -> int:
    """The most slots in any window of that many seconds."""
    ordered = sorted(slots)
    return max(sum(start <= slot < start + window for slot in ordered) for start in ordered)


def drain(url: str, worker: str, start: datetime, rounds: int) -> list[tuple[int, int, float]]:
    """Claims and marks until nothing is left or `rounds` are over, at a time that goes on; (delivery, chat, slot) of each claim.

    The clock is the workers' own and stands for a real one: a round of claiming is 100 ms.
    """
    claimed = []
    with Store.open(url) as store:
        for step in range(rounds):
            now = start + timedelta(milliseconds=100 * step)
            for delivery in store.outbox.claim(worker, now, limit=8, lease=LEASE):
                claimed.append((delivery.id, delivery.place.chat_id, delivery.slot.timestamp()))
                store.outbox.mark_sent(delivery.id, delivery.id, now)
    return claimed


def poll(url: str, worker: str, now: datetime, rounds: int) -> list[int]:
    """Claims feeds that are due, one at a time, and never reports; the feeds claimed."""
    with Store.open(url) as store:
        return [feed.id for _ in range(rounds) for feed in store.feeds.claim_due(now, worker, LEASE, limit=1)]
