"""Digests by themselves: at every tick those that are due are made, once for all places that read the same, and owed.

What is owed under a key is owed once ever, so ticks may overlap, processes may share the work and any may die. What this
process has owed already is remembered, so that a digest is not made anew at every tick of the half day in which it is due.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.commands.desk import Desk
from bot.decisions.choice import Choice, choice_of
from bot.decisions.digest import Window
from bot.decisions.plan import plan_digest
from bot.decisions.schedule import DueDigest, due_digest, zone_of
from bot.edges.store.store import Store
from bot.model import Answer, Delivery, Place, Topic


@dataclass(frozen=True, slots=True)
class _Edition:
    """What makes two places read the same digest."""

    due: DueDigest
    zone: str
    choice: Choice


class DigestJob:
    """Owes the digests that are due. It blocks: use it in a thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._owed: frozenset[tuple[Place, str]] = frozenset()

    def tick(self, desk: Desk) -> int:
        """Owes what is due at the desk's `now` and returns how many messages are new."""
        due = [(each, found) for each in self._store.subscriptions.all(Topic.DIGEST) if (found := due_digest(each, desk.now))]
        fresh = [(each, found) for each, found in due if (each.place, found.key) not in self._owed]
        editions: dict[_Edition, Answer] = {}
        deliveries: list[Delivery] = []
        for subscription, found in fresh:
            edition = _Edition(found, subscription.timezone, choice_of(subscription))
            if edition not in editions:
                editions[edition] = desk.digest(_window(edition), edition.choice)
            deliveries += plan_digest(found, editions[edition], subscription)
        new = self._store.outbox.owe(deliveries) if deliveries else 0
        self._owed = frozenset((each.place, found.key) for each, found in due)
        return new


def _window(edition: _Edition) -> Window:
    due = edition.due
    return Window(due.since, due.at, zone_of(edition.zone), due.at if due.late else None)
