"""From what happened and who asked for it to messages owed: who gets what, when, under which key.

A key makes a message one: `story:12:r1` is a story's first message in a place whatever its revision by then, `story:12:r3`
the edit that brings it up to its third; `retarget:935424`; `digest:2026-02-10T08:00`, with `:2` for its second part and `:chart`
for a picture that goes before it, so that the words have the same key with and without one, and `:e5` behind any of these for an
edit of it; `broadcast:7`.
Quiet hours put an alert off, and one that would arrive stale is not sent at all. A place that was paused lately is owed what comes up
as any other: what is still worth sending when it opens again arrives then, the rest expires. A story that was old news when it was
found (a first load, a feed added late) alerts nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.decisions.alerts import retarget_headline
from bot.decisions.choice import choice_of, wants
from bot.decisions.markup import to_messages
from bot.decisions.sales import reported_at
from bot.decisions.schedule import DueDigest, opens_at
from bot.decisions.superlatives import Change
from bot.model import (
    Answer,
    Delivery,
    DeliveryKind,
    Listed,
    Listing,
    Message,
    Posted,
    Retarget,
    StoredClaim,
    StoredStory,
    Subscription,
    Topic,
    Verdict,
)
from bot.speech import LANGUAGES, speaking
from extractors.model import Kind

NEWS_LIFE = timedelta(hours=12)  # how long after it was due an alert is still worth sending
OLD_NEWS = timedelta(hours=48)
DIGEST_LIFE = timedelta(hours=12)
AWAITED = timedelta(days=3)  # how long a place that is paused is still owed what comes up, in case it opens again


def story_key(stored: StoredStory, revision: int = 1) -> str:
    """`story:12:r1`."""
    return f"story:{stored.id}:r{revision}"


def retarget_key(height: int) -> str:
    """`retarget:935424`."""
    return f"retarget:{height}"


def plan_story(
    stored: StoredStory, said: Answer, subscriptions: Iterable[Subscription], posted: Sequence[Posted], now: datetime
) -> list[Delivery]:
    """Messages for a story that is new or reads differently: its first one where it is wanted, an edit where it stands already.

    `said` is the story as it reads now (`alerts.sale_alert`), `posted` where it stands.
    """
    if stored.story.kind is not Kind.SALE:
        return []
    edits = [_edit(stored, said, place, now) for place in posted if place.revision < stored.revision]
    standing = {place.place for place in posted}
    fresh = not (stored.gone or stored.wrong) and now - (reported_at(stored.story) or stored.found_at) <= OLD_NEWS
    wanted = [
        each for each in subscriptions if each.place not in standing and Topic.SALES in each.topics and wants(choice_of(each), stored.story)
    ]
    first = [delivery for each in wanted if fresh for delivery in alert(story_key(stored), said, each, now)]
    return [replace(delivery, revision=stored.revision) for delivery in (*edits, *first) if delivery]


def plan_retarget(
    change: Change, said: Answer, subscriptions: Iterable[Subscription], now: datetime, photo: bytes | None = None
) -> list[Delivery]:
    """Messages for a retarget, none if it is no news any more; `said` is `alerts.retarget_alert`."""
    if not timedelta(0) <= now - change.time <= NEWS_LIFE:
        return []
    wanted = [each for each in subscriptions if Topic.RETARGETS in each.topics]
    return [delivery for each in wanted for delivery in alert(retarget_key(change.height), said, each, now, photo)]


def plan_correction(change: Change, said: Answer, sent: Iterable[Delivery], now: datetime) -> list[Delivery]:
    """Edits for the places whose message tells another change: a reorganisation replaced the retarget's block.

    `sent` is what was sent of this retarget, oldest first; the first of a place is the message, the others its edits.
    """
    messages = to_messages(said, silent=True)
    last = {delivery.place: delivery for delivery in sent if delivery.message_id is not None}
    if not messages or not timedelta(0) <= now - change.time <= NEWS_LIFE:
        return []
    key, headlines = f"{retarget_key(change.height)}:{change.after.bits:08x}", _headlines(change)
    wrong = (delivery for delivery in last.values() if not any(headline in delivery.message.html for headline in headlines))
    return [
        Delivery(
            shown.place, DeliveryKind.ALERT, key, replace(messages[0], edits=shown.message_id), not_before=now, expires_at=now + NEWS_LIFE
        )
        for shown in wrong
    ]


def _headlines(change: Change) -> list[str]:
    """A change as each language tells it: a chat may have changed its own since it was told."""
    headlines = []
    for code in LANGUAGES:
        with speaking(code):
            headlines.append(retarget_headline(change))
    return headlines


def claim_key(stored: StoredClaim) -> str:
    """`claim:difficulty:-14:2026-02-08`: one message for what is claimed, however many outlets repeat it."""
    claim = stored.claim
    figures = (claim.value, claim.from_value, claim.change_pct, claim.superlative, claim.at)
    return ":".join(("claim", claim.metric.value, *(str(figure) for figure in figures if figure is not None)))


def plan_claim(stored: StoredClaim, said: Answer, subscriptions: Iterable[Subscription], now: datetime) -> list[Delivery]:
    """Messages for a claim that the chain contradicts, while it is news; `said` is `alerts.claim_alert`."""
    if not _is_wrong(stored) or stored.source.published is None or now - stored.source.published > NEWS_LIFE:
        return []
    wanted = [each for each in subscriptions if Topic.CLAIMS in each.topics]
    return [delivery for each in wanted for delivery in alert(claim_key(stored), said, each, now)]


def _is_wrong(stored: StoredClaim) -> bool:
    return stored.judged is not None and stored.judged.verdict is Verdict.CONTRADICTS


def plan_digest(
    due: DueDigest, said: Answer, subscription: Subscription, photo: bytes | None = None, listings: Sequence[Listing | None] = ()
) -> list[Delivery]:
    """A digest's messages for one place, owed from its time on and given up half a day later.

    `listings` are what each of them tells of stories, in their order.
    """
    messages = to_messages(said, photo=photo, silent=subscription.silent)
    first = []
    if photo is not None and len(messages) > 1:  # the picture goes ahead of its words, and they make the sound
        messages[0], first = replace(messages[0], silent=True), [f"{due.key}:chart"]
    keys = [*first, due.key, *(f"{due.key}:{number}" for number in range(2, len(messages) - len(first) + 1))]
    expires = due.at + DIGEST_LIFE + timedelta(minutes=30)  # one that was planned at the last minute still gets its chance
    return [
        Delivery(subscription.place, DeliveryKind.DIGEST, key, message, not_before=due.at, expires_at=expires, listing=listing)
        for key, message, listing in zip(keys, messages, listings or [None] * len(messages), strict=True)
    ]


def digest_of(key: str) -> str:
    """The digest that a message is part of, by the key of the message.

    >>> digest_of("digest:2026-02-10T08:00"), digest_of("weekly:2026-02-09T08:00:chart")
    ('digest:2026-02-10T08:00', 'weekly:2026-02-09T08:00')
    """
    return ":".join(key.split(":")[:3])


def plan_amendments(listing: Listing, html: str, sent: Iterable[Listed], revisions: Mapping[int, int], now: datetime) -> list[Delivery]:
    """Edits for the messages of a digest, among those `sent`, that do not read `html`, as its stories' revisions of now want it."""
    edition = sum(revisions.values())  # grows with each of them, so no two of its edits share a key
    return [
        Delivery(
            one.place,
            DeliveryKind.DIGEST,
            f"{one.key}:e{edition}",
            Message(html, silent=True, edits=one.message_id),
            not_before=now,
            listing=listing,
        )
        for one in sent
        if one.html != html
    ]


@dataclass(frozen=True, slots=True)
class Past:
    """What happened before a place asked: sales of the last two days, the last retarget, contradicted claims of the last half day.

    `milestones` are the keys of what else was told to who wants retargets.
    """

    stories: Sequence[StoredStory] = ()
    reached: Retarget | None = None
    claims: Sequence[StoredClaim] = ()
    milestones: Sequence[str] = ()


def plan_silence(before: Subscription | None, wished: Subscription, past: Past, now: datetime) -> list[Delivery]:
    """What happened before a place asked for it is not told to it afterwards: expired messages take the keys.

    Digests need none: `schedule.begun` says from when on they tell.
    """
    keys = [story_key(story) for story in past.stories if _gets(wished, story) and not _gets(before, story)]
    added = wished.topics - (before.topics if before else frozenset())
    if past.reached is not None and Topic.RETARGETS in added:
        keys.append(retarget_key(past.reached.height))
    if Topic.RETARGETS in added:
        keys += past.milestones
    if Topic.CLAIMS in added:
        keys += dict.fromkeys(claim_key(claim) for claim in past.claims)
    return [Delivery(wished.place, DeliveryKind.ALERT, key, Message("-"), not_before=now, expires_at=now) for key in keys]


def _gets(subscription: Subscription | None, stored: StoredStory) -> bool:
    return subscription is not None and Topic.SALES in subscription.topics and wants(choice_of(subscription), stored.story)


def alert(key: str, said: Answer, subscription: Subscription, now: datetime, photo: bytes | None = None) -> list[Delivery]:
    """An alert as one message, put off over quiet hours; nothing if these last too long."""
    opens = opens_at(subscription, now)
    messages = to_messages(said, photo=photo, silent=subscription.silent)
    if opens is None or opens - now > NEWS_LIFE or not messages:
        return []
    return [Delivery(subscription.place, DeliveryKind.ALERT, key, messages[0], not_before=opens, expires_at=opens + NEWS_LIFE)]


def _edit(stored: StoredStory, said: Answer, posted: Posted, now: datetime) -> Delivery | None:
    messages: list[Message] = to_messages(said, silent=True)
    if not messages:
        return None
    message = replace(messages[0], edits=posted.message_id)
    return Delivery(posted.place, DeliveryKind.ALERT, story_key(stored, stored.revision), message, not_before=now)
