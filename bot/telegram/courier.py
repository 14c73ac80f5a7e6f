"""Answers to people: straight to Telegram, ahead of everything owed; what cannot go at once is owed like any other message.

So an answer is as fast as Telegram allows, and survives a flood, a broken connection or the end of the process. A chart is drawn
beside; if it takes too long, the words go first and the picture follows.
Someone waits: what failed goes again as soon as the chat's pace allows, whether it is known to have got lost or not.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from math import isfinite

from bot.decisions.markup import to_messages
from bot.edges.limiter import Limiter
from bot.edges.sender import Migrated, Outcome, Refused, RetryLater, Sender, Sent
from bot.edges.store.store import Store
from bot.jobs.settle import MARGIN, pace
from bot.model import Answer, Chart, Delivery, DeliveryKind, Message, Piece, Place
from bot.telegram.tongues import in_thread

CHART_PATIENCE = 1.0  # seconds that words wait for their picture
SLOT_PATIENCE = 3.0  # seconds to wait for a chat that was written to just now
AT_ITS_PACE = 0.0  # owed at once: the outbox keeps the pace of each chat, and sends answers before all else
WORTH = timedelta(minutes=15)  # an answer that comes later answers nobody

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """The message under which a button was pressed."""

    message_id: int
    has_photo: bool


class Courier:
    """The way of answers. `draw` runs on `threads`; `nudge` wakes whoever sends what is owed."""

    def __init__(self, store: Store, sender: Sender, limiter: Limiter, nudge: Callable[[], None]) -> None:
        self._store = store
        self._sender = sender
        self._limiter = limiter
        self._nudge = nudge

    async def say(self, place: Place, messages: Sequence[Message], key: str) -> None:
        """Sends messages in their order. `key` names the answer: owed under it, it is owed once."""
        for index, message in enumerate(messages):
            outcome = await self._send(place, message)
            if isinstance(outcome, Refused) and message.edits is not None:
                outcome = await self._send(place, replace(message, edits=None))
            if isinstance(outcome, Migrated):
                await asyncio.to_thread(self._store.chats.migrate, place.chat_id, outcome.new_id)
                place = Place(outcome.new_id, place.topic_id)
            if isinstance(outcome, Refused):
                _LOG.warning("An answer to chat %d was refused: %s", place.chat_id, outcome.reason)
                return None
            if not isinstance(outcome, Sent):  # a chat that is gone as well: what is owed finds out whether that is true
                return await self._owe(place, messages[index:], f"{key}:{index}", outcome)
        return None

    async def wait_of(self, chat_id: int) -> float:
        """Seconds for which the chat's own pace holds an answer back that was made now; 0 if it may leave at once."""
        now = _now()
        ready = await asyncio.to_thread(self._store.outbox.ready_at, chat_id, now)
        return (ready - now).total_seconds()

    async def _send(self, place: Place, message: Message) -> Outcome:
        wait = await self._slot(place.chat_id)
        if wait > SLOT_PATIENCE:
            return RetryLater(AT_ITS_PACE, "the chat has to wait")
        await asyncio.sleep(wait)
        try:
            async with (
                self._sender.ready(message),
                asyncio.timeout(SLOT_PATIENCE) as patience,
                self._limiter.turn(place.chat_id),
            ):
                patience.reschedule(None)
                outcome = await self._sender.send(place, message, asked=True)
        except TimeoutError:
            ready = self._limiter.waiting().get(place.chat_id, AT_ITS_PACE)
            return RetryLater(ready if isfinite(ready) else AT_ITS_PACE, "the chat has to wait")
        pace(self._limiter, place.chat_id, outcome)
        return outcome

    async def _slot(self, chat_id: int) -> float:
        """Seconds until the message may leave by the pace that all processes share."""
        while True:
            slot = await asyncio.to_thread(self._store.outbox.take_slot, chat_id, _now())
            wait = max(0.0, (slot.at - _now()).total_seconds())
            if slot.granted or wait > SLOT_PATIENCE:
                return wait
            await asyncio.sleep(max(wait, 0.02))

    async def _owe(self, place: Place, messages: Sequence[Message], key: str, outcome: Outcome) -> None:
        now = _now()
        seconds = AT_ITS_PACE
        if isinstance(outcome, RetryLater):
            _LOG.info("An answer to chat %d waits: %s", place.chat_id, outcome.reason)
            if outcome.seconds:
                seconds = outcome.seconds + MARGIN
        wait = timedelta(seconds=min(seconds, 3600.0))
        owed = [
            Delivery(place, DeliveryKind.ANSWER, f"answer:{key}:{index}", message, now + wait, now + wait + WORTH)
            for index, message in enumerate(messages)
        ]
        await asyncio.to_thread(self._store.outbox.owe, owed)
        self._nudge()


@dataclass(frozen=True, slots=True)
class Studio:
    """Where answers become messages: `draw` makes the picture of a chart, on `threads` of its own."""

    draw: Callable[[Chart], bytes]
    threads: Executor

    async def compose(self, answer: Answer, shown: Shown | None = None) -> tuple[list[Message], Awaitable[bytes | None] | None]:
        """The messages of an answer, the first in place of `shown`; and the picture that is still being drawn, if it is late."""
        drawing = None if answer.chart is None else asyncio.ensure_future(self._picture(answer.chart))
        done = (await asyncio.wait({drawing}, timeout=CHART_PATIENCE))[0] if drawing is not None else set()
        photo = drawing.result() if drawing is not None and done else None
        return in_place(answer, photo, shown), drawing if drawing is not None and not done else None

    async def _picture(self, chart: Chart) -> bytes | None:
        try:
            return await in_thread(self.threads, self.draw, chart)
        except Exception:  # noqa: BLE001 - whatever a chart fails of, its words are worth sending
            _LOG.exception("The chart %r could not be drawn", chart.title)
            return None


def in_place(answer: Answer, photo: bytes | None, shown: Shown | None) -> list[Message]:
    """The messages of an answer, the first in place of `shown`.

    Words may become a picture with its caption; where the picture would push the words into a message of their own, they stay
    words. A picture cannot become words, so those come anew.
    """
    messages = to_messages(answer, photo=photo)
    if shown is not None and not shown.has_photo and photo is not None and len(messages) > 1:
        messages = to_messages(answer)
    if shown is not None and messages and (not shown.has_photo or messages[0].photo is not None):
        messages[0] = replace(messages[0], edits=shown.message_id)
    return messages


def late_picture(chart: Chart, photo: bytes) -> list[Message]:
    """The picture that follows its words."""
    return to_messages(Answer(((Piece(chart.caption),),)), photo=photo)


def _now() -> datetime:
    return datetime.now(UTC)
