"""Workers that empty an outbox, as threads or as processes of their own; what they claimed is their result."""

from datetime import datetime, timedelta

from bot.edges.store.store import Store

LEASE = timedelta(seconds=30)


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
