"""What is told the moment it is known: stories that are new or read differently, and a retarget.

A story's discovery and its announcement are recorded apart: a story stays unannounced until what is owed for it stands in
the outbox. Whatever dies in between, the same is planned again, and a key that is owed once is never owed twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.commands.desk import Desk
from bot.decisions.alerts import retarget_alert, sale_alert
from bot.decisions.plan import plan_correction, plan_retarget, plan_story, retarget_key, story_key
from bot.edges.store.store import Store
from bot.model import Delivery, StoredStory, Topic

_BATCH = 50
_UNSETTLED = timedelta(hours=3)  # until then a reorganisation may replace a retarget's block


def owe_stories(store: Store, now: datetime) -> int:
    """Owes the messages and edits for every story that changed since it was last announced; how many were added."""
    owed = 0
    while unannounced := store.stories.unannounced(_BATCH):
        desk, wishes = Desk(store, now), store.subscriptions.all(Topic.SALES)
        for stored in unannounced:
            said = sale_alert(stored, desk.sources(stored), desk.context(stored))
            planned = plan_story(stored, said, wishes, store.chats.posted(stored.id), now)
            _renew(store, stored, planned, now)
            owed += store.outbox.owe(planned)
            store.stories.announced(stored.id, stored.revision)
    return owed


def _renew(store: Store, stored: StoredStory, planned: Iterable[Delivery], now: datetime) -> None:
    """What is owed already and waits (for the end of quiet hours, say) tells the story as it reads now, or not at all."""
    first = next((delivery.message for delivery in planned if delivery.message.edits is None), None)
    if stored.gone or stored.wrong:
        store.outbox.withdraw(story_key(stored), now)
    elif stored.revision > 1 and first is not None:
        store.outbox.reword(story_key(stored), (first, stored.revision), now)


def owe_retarget(store: Store, now: datetime) -> int:
    """Owes the news of the last retarget, if it is still news and a source tells of its block, to everybody who wants it.

    Who was told another change, because a reorganisation replaced the block since, is owed an edit of that message.
    """
    wishes = store.subscriptions.all(Topic.RETARGETS)
    standing = Desk(store, now).standing if wishes else None
    if standing is None or standing.change is None or standing.height.estimated:
        return 0
    change, said = standing.change, retarget_alert(standing)
    owed = store.outbox.owe(plan_retarget(change, said, wishes, now))
    sent = store.outbox.sent(retarget_key(change.height)) if now - change.time <= _UNSETTLED else []
    return owed + store.outbox.owe(plan_correction(change, said, sent, now))
