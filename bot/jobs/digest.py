"""Digests by themselves: at every tick those that are due, of the day and of the week, are made and owed.

One is made once for all places that read the same in the same language, and a picture is drawn once for all digests that show the same.

What is owed under a key is owed once ever, so ticks may overlap, processes may share the work and any may die. Where a digest
was owed is asked before it is made: made anew it might have another picture or more parts, which would then come alone. What this
process knows to be owed is remembered, so that the question is not asked at every tick of the half day in which it is due.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.commands.desk import Desk
from bot.decisions.choice import Choice, choice_of
from bot.decisions.digest import Window
from bot.decisions.listings import Made, listings
from bot.decisions.markup import to_messages
from bot.decisions.plan import AWAITED, plan_digest
from bot.decisions.schedule import DueDigest, due_digest, due_weekly, zone_of
from bot.edges.store.store import Store
from bot.model import Answer, Chart, Delivery, Listing, Place, Subscription, Topic
from bot.speech import speaking

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Edition:
    """What makes two places read the same digest."""

    due: DueDigest
    zone: str
    choice: Choice
    language: str


class DigestJob:
    """Owes the digests that are due, with pictures if `draw` makes them. It blocks: use it in a thread."""

    def __init__(self, store: Store, draw: Callable[[Chart], bytes] | None = None) -> None:
        self._store = store
        self._draw = draw
        self._owed: frozenset[tuple[Place, str]] = frozenset()

    def tick(self, desk: Desk) -> int:
        """Owes what is due at the desk's `now` and returns how many messages are new."""
        due = [*self._due(Topic.DIGEST, due_digest, desk.now), *self._due(Topic.WEEKLY, due_weekly, desk.now)]
        new = [(each, found) for each, found in due if (each.place, found.key) not in self._owed]
        owed = {key: self._store.outbox.places(key) for key in {found.key for _, found in new}}
        deliveries = self._made(desk, [(each, found) for each, found in new if each.place not in owed[found.key]])
        count = self._store.outbox.owe(deliveries) if deliveries else 0
        self._owed = frozenset((each.place, found.key) for each, found in due)
        return count

    def _made(self, desk: Desk, due: Iterable[tuple[Subscription, DueDigest]]) -> list[Delivery]:
        """The messages of what is due."""
        editions: dict[_Edition, Answer] = {}
        pictures: dict[tuple[str, Chart | None], bytes | None] = {}
        listed: dict[_Edition, list[Listing | None]] = {}
        deliveries: list[Delivery] = []
        for subscription, found in due:
            edition = _Edition(found, subscription.timezone, choice_of(subscription), desk.language_of(subscription.place.chat_id))
            with speaking(edition.language):
                if edition not in editions:
                    editions[edition] = desk.digest(_window(edition), edition.choice)
                said = editions[edition]
                shown = (edition.language, said.chart)
                if shown not in pictures:
                    pictures[shown] = self._picture(said.chart)
                if edition not in listed:
                    made = Made(desk.now, found.since, found.at, edition.language, edition.zone, found.weekly)
                    listed[edition] = listings(to_messages(said, photo=pictures[shown]), said, made)
            deliveries += plan_digest(found, said, subscription, pictures[shown], listed[edition])
        return deliveries

    def _due(
        self, topic: Topic, rule: Callable[[Subscription, datetime], DueDigest | None], now: datetime
    ) -> list[tuple[Subscription, DueDigest]]:
        return [(each, found) for each in self._store.subscriptions.all(topic, now - AWAITED) if (found := rule(each, now))]

    def _picture(self, chart: Chart | None) -> bytes | None:
        if self._draw is None or chart is None:
            return None
        try:
            return self._draw(chart)
        except Exception:  # noqa: BLE001  # whatever a chart fails of, the digest is worth sending
            _LOG.exception("The chart %r of a digest could not be drawn", chart.title)
            return None


def _window(edition: _Edition) -> Window:
    due = edition.due
    return Window(due.since, due.at, zone_of(edition.zone), due.at if due.late else None, due.weekly)
