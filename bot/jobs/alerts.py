"""What is told the moment it is known: stories that are new or read differently, and a retarget.

A story's discovery and its announcement are recorded apart: a story stays unannounced until what is owed for it stands in
the outbox. Whatever dies in between, the same is planned again, and a key that is owed once is never owed twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.commands.desk import Desk
from bot.decisions.alerts import retarget_alert, sale_alert
from bot.decisions.join import Context, context
from bot.decisions.plan import AWAITED, plan_correction, plan_retarget, plan_story, retarget_key, story_key
from bot.edges.store.store import Store
from bot.jobs.amend import owe_amendments
from bot.jobs.tongues import by_tongue, in_each_tongue
from bot.model import Delivery, StoredStory, Subscription, Topic
from bot.speech import speaking
from extractors.model import Kind

_BATCH = 50
_UNSETTLED = timedelta(hours=3)  # until then a reorganisation may replace a retarget's block


def owe_stories(store: Store, now: datetime) -> int:
    """Owes the messages and edits for every story that changed since it was last announced; how many were added.

    A story stays unannounced while a digest that tells it otherwise is on its way.
    """
    owed, unsettled = 0, set[int]()
    while unannounced := [each for each in store.stories.unannounced(_BATCH + len(unsettled)) if each.id not in unsettled]:
        desk, wishes = Desk(store, now), store.subscriptions.all(Topic.SALES, now - AWAITED)
        facts = desk.facts(stored for stored in unannounced if stored.story.kind is Kind.SALE)
        for stored in unannounced:
            digests = owe_amendments(desk, stored)
            owed += digests.owed
            if stored.story.kind is Kind.SALE:
                owed += _owe_sale(desk, stored, context(stored, facts, desk.now), wishes)
            if digests.settled:
                store.stories.announced(stored.id, stored.revision)
            else:
                unsettled.add(stored.id)
    return owed


def _owe_sale(desk: Desk, stored: StoredStory, held: Context, wishes: Sequence[Subscription]) -> int:
    """Owes the sale where it is wanted and its edit where it stands, in the language and by the clock of each chat."""
    sources, posted = desk.sources(stored), desk.store.chats.posted(stored.id, desk.now - AWAITED)
    planned: list[Delivery] = []
    wanted, standing = by_tongue(desk, wishes), by_tongue(desk, posted)
    if stored.gone or stored.wrong:
        desk.store.outbox.withdraw(story_key(stored), desk.now)
    seen = {each.place for each in posted}
    for tongue in sorted({*wanted, *standing}):
        with speaking(tongue.language):
            first = sale_alert(stored, sources, held, tongue.zone, first=True)
            again = sale_alert(stored, sources, held, tongue.zone)
        unseen = [each for each in wanted.get(tongue, ()) if each.place not in seen]
        new = plan_story(stored, first, unseen, (), desk.now)
        _renew(desk, stored, new)
        planned += [*new, *plan_story(stored, again, (), standing.get(tongue, ()), desk.now)]
    return desk.store.outbox.owe(planned)


def _renew(desk: Desk, stored: StoredStory, first: Sequence[Delivery]) -> None:
    """What is owed already and waits (for the end of quiet hours, say) tells the story as it reads now."""
    if stored.revision > 1 and first:
        chats = {delivery.place.chat_id for delivery in first}
        desk.store.outbox.reword(story_key(stored), (first[0].message, stored.revision), desk.now, chats)


def owe_retarget(store: Store, now: datetime) -> int:
    """Owes the news of the last retarget, if it is still news and a source tells of its block, to everybody who wants it.

    Who was told another change, because a reorganisation replaced the block since, is owed an edit of that message.
    """
    wishes = store.subscriptions.all(Topic.RETARGETS, now - AWAITED)
    desk = Desk(store, now)
    standing = desk.standing if wishes else None
    if standing is None or standing.change is None or standing.height.estimated:
        return 0
    change = standing.change
    news = in_each_tongue(desk, wishes, lambda group, zone: plan_retarget(change, retarget_alert(standing, zone), group, now))
    owed = store.outbox.owe(news)
    sent = store.outbox.sent(retarget_key(change.height)) if now - change.time <= _UNSETTLED else []
    edits = in_each_tongue(desk, sent, lambda group, zone: plan_correction(change, retarget_alert(standing, zone), group, now))
    return owed + store.outbox.owe(edits)
