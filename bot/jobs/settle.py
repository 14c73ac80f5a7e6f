"""What follows from a message's outcome: marked, tried again, set aside, or the chat paused, moved or held.

A refusal of the chat or its topic is believed when it comes `BELIEVED_AFTER` times in a row for the same place: Telegram answers
"chat not found" now and then to a chat that is there. What a paused place is owed waits until it is open again. Waits after faults
without a named time double with each attempt and are scattered, so that a thousand messages that failed together do not come back
together.
"""

from __future__ import annotations

import logging
import random
import re
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

from bot.edges.limiter import Limiter
from bot.edges.sender import ChatGone, Migrated, Outcome, Refused, RetryLater, Scope, Sent, TopicClosed, Unknown
from bot.edges.store.store import Store
from bot.errors import StoreError
from bot.model import Delivery, DeliveryKind, Place

BELIEVED_AFTER = 4
MOST_UNKNOWN = 10  # attempts after which a message whose fate stays unknown is left alone
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
SOON = 5  # attempts of an answer, which someone waits for, before its waits begin to grow
MARGIN = 0.5  # seconds beyond what Telegram asked for
MARKING_WAITS = (0.05, 0.2)

_LOG = logging.getLogger(__name__)
_STORY = re.compile(r"story:(\d+):r(\d+)")


def wait_seconds(attempts: int, draw: float, first: float = FIRST_WAIT) -> float:
    """Seconds before the next attempt, after `attempts` that failed; `draw` in [0, 1) scatters between half and one and a half.

    >>> wait_seconds(1, 0.5), wait_seconds(4, 0.5), wait_seconds(50, 0.5)
    (1.0, 8.0, 60.0)
    """
    return min(LONGEST_WAIT, first * 2.0 ** min(attempts - 1, 20)) * (0.5 + draw)


def story_of(key: str) -> tuple[int, int] | None:
    """Story and revision of a delivery's key, None if it is about something else.

    >>> story_of("story:12:r3"), story_of("digest:2026-02-10")
    ((12, 3), None)
    """
    found = _STORY.fullmatch(key)
    return (int(found[1]), int(found[2])) if found else None


def pace(limiter: Limiter, chat_id: int, outcome: Outcome, first_wait: float = FIRST_WAIT) -> None:
    """Tells the limiter what an outcome means for the calls that come next."""
    if not isinstance(outcome, RetryLater | Unknown):
        limiter.passed()
    elif isinstance(outcome, RetryLater) and outcome.seconds is not None:
        limiter.hold(outcome.seconds + MARGIN, chat_id if outcome.scope is Scope.CHAT else None)
    else:
        limiter.failed(chat_id, first_wait)


class Settler:
    """Applies outcomes to the store. It blocks: use it in a thread."""

    def __init__(self, store: Store, first_wait: float = FIRST_WAIT) -> None:
        self._store = store
        self._first_wait = first_wait
        self._refusals: Counter[Place] = Counter()
        self._random = random.Random()  # noqa: S311 - scatters waits

    def settle(self, delivery: Delivery, outcome: Outcome) -> None:
        """Writes down what became of the message; a database that is busy is tried again for some seconds."""
        for wait in MARKING_WAITS:
            try:
                return self._apply(delivery, outcome)
            except StoreError as error:
                _LOG.warning("The outcome of message %s could not be written yet: %s", delivery.id, error)
                time.sleep(wait)
        return self._apply(delivery, outcome)

    def _apply(self, delivery: Delivery, outcome: Outcome) -> None:
        place = delivery.place
        if not isinstance(outcome, ChatGone | TopicClosed):
            self._refusals.pop(place, None)
        match outcome:
            case Sent(message_id):
                self._sent(delivery, message_id)
            case RetryLater(seconds, reason, scope):
                self._later(delivery, seconds, reason, scope)
            case Unknown(reason) if delivery.attempts >= MOST_UNKNOWN:
                self._aside(delivery, f"gave up after {delivery.attempts} attempts: {reason}")
            case Unknown(reason):
                self._later(delivery, None, reason, Scope.CHAT)
            case Refused(reason):
                self._aside(delivery, reason)
            case Migrated(new_id):
                _LOG.info("Chat %d became the supergroup %d", place.chat_id, new_id)
                self._store.chats.migrate(place.chat_id, new_id)
                self._store.outbox.retry(number(delivery), _now(), "the group became a supergroup")
            case ChatGone(reason) | TopicClosed(reason):
                self._refused_by_place(delivery, outcome, reason)

    def _sent(self, delivery: Delivery, message_id: int) -> None:
        now = _now()
        self._store.outbox.mark_sent(number(delivery), message_id, now)
        if story := story_of(delivery.key):
            revision = delivery.revision or story[1]
            try:
                self._store.chats.note_posted(story[0], delivery.place, message_id, revision, now)
                self._store.stories.shown(story[0], revision)  # it may have grown while the message was on its way
            except StoreError as error:  # the story is gone meanwhile; the message is sent all the same
                _LOG.info("Message %d cannot be kept for later edits: %s", message_id, error)

    def _later(self, delivery: Delivery, seconds: float | None, reason: str, scope: Scope) -> None:
        if seconds is None:
            attempts = max(1, delivery.attempts - (SOON if delivery.kind is DeliveryKind.ANSWER else 0))
            wait = timedelta(seconds=wait_seconds(attempts, self._random.random(), self._first_wait))
        else:
            wait = timedelta(seconds=seconds + MARGIN)
            self._hold(delivery.place.chat_id, _now() + wait, scope)
        _LOG.info("Message %s to chat %d waits %.1f s: %s", delivery.id, delivery.place.chat_id, wait.total_seconds(), reason)
        self._store.outbox.retry(number(delivery), _now() + wait, reason)

    def _hold(self, chat_id: int, until: datetime, scope: Scope) -> None:
        if scope is Scope.ALL:
            self._store.outbox.hold_all(until)
        else:
            self._store.outbox.hold_chat(chat_id, until)

    def _aside(self, delivery: Delivery, reason: str) -> None:
        _LOG.warning("Message %s (%s) to chat %d is set aside: %s", delivery.id, delivery.key, delivery.place.chat_id, reason)
        self._store.outbox.set_aside(number(delivery), reason, _now())

    def _refused_by_place(self, delivery: Delivery, outcome: ChatGone | TopicClosed, reason: str) -> None:
        place = delivery.place
        self._refusals[place] += 1
        if self._refusals[place] < BELIEVED_AFTER:
            return self._later(delivery, None, reason, Scope.CHAT)
        del self._refusals[place]
        if isinstance(outcome, ChatGone):
            _LOG.info("Chat %d is paused: %s", place.chat_id, reason)
            self._store.chats.pause(place.chat_id, reason, _now())
        else:
            _LOG.info("Topic %s of chat %d is paused: %s", place.topic_id, place.chat_id, reason)
            self._store.subscriptions.pause_topic(place, reason, _now())
        return self._store.outbox.retry(number(delivery), _now(), reason)


def _now() -> datetime:
    return datetime.now(UTC)


def number(delivery: Delivery) -> int:
    """The delivery's number in the outbox."""
    if delivery.id is None:
        raise ValueError("a delivery that was claimed has a number")
    return delivery.id
