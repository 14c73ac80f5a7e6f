"""What is posted the moment it is known: stories that are new or read differently, and retargets.

Nothing is remembered that a restart could lose: recent stories are planned again at the start, and what was owed before
is owed once ever. Only edits look at what stands where.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from bot.decisions.alerts import retarget_alert, sale_alert
from bot.decisions.figures import Standing
from bot.decisions.join import Context
from bot.decisions.plan import NEWS_LIFE, OLD_NEWS, plan_retarget, plan_story
from bot.edges.store.store import Store
from bot.model import Delivery, Retarget, Source, StoredStory, Topic
from extractors.model import Kind

_OVERLAP = timedelta(minutes=5)  # a story may be written with a time a little before it can be seen


class Newsdesk(Protocol):
    """Who knows what a story and a retarget mean: the commands' desk."""

    now: datetime

    def context(self, stored: StoredStory) -> Context:
        """A sale held against what else is known."""

    def sources(self, stored: StoredStory) -> Sequence[Source]:
        """Its articles, primary source first."""

    def standing_at(self, time: datetime) -> Standing:
        """How network and market stood at a time."""


class Announcer:
    """Owes alerts. It blocks: use it in a thread."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: datetime | None = None

    def stories(self, desk: Newsdesk) -> int:
        """Owes messages for the sales that changed since the last call (at first: in two days); returns how many are new."""
        since = self._seen - _OVERLAP if self._seen else desk.now - OLD_NEWS
        changed = [story for story in self._store.stories.changed_since(since) if story.story.kind is Kind.SALE]
        subscriptions = self._store.subscriptions.all(Topic.SALES) if changed else []
        owed: list[Delivery] = []
        for story in changed:
            said = sale_alert(story, desk.sources(story), desk.context(story))
            owed += plan_story(story, said, subscriptions, self._store.chats.posted(story.id), desk.now)
        self._seen = desk.now
        return self._store.outbox.owe(owed) if owed else 0

    def retargets(self, desk: Newsdesk, reached: Iterable[Retarget]) -> int:
        """Owes messages for retargets that were reached just now; old ones are no news. Returns how many are new."""
        owed: list[Delivery] = []
        for retarget in reached:
            if desk.now - retarget.time > NEWS_LIFE:
                continue
            standing = desk.standing_at(max(desk.now, retarget.time.astimezone(UTC)))
            if standing.change is not None and standing.change.height == retarget.height:
                subscriptions = self._store.subscriptions.all(Topic.RETARGETS)
                owed += plan_retarget(standing.change, retarget_alert(standing), subscriptions, max(desk.now, retarget.time))
        return self._store.outbox.owe(owed) if owed else 0
