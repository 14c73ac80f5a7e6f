"""The outbox: a message is owed here before it is sent and marked after, so that nothing is lost and nothing is told twice.

A worker claims messages for the length of a lease and gets with each the slot at which it may leave; if the worker dies, the lease
ends and the message is owed again. Of one chat only one message is in flight at a time, and of one place nothing is claimed while
something before it (more urgent, or owed earlier) is due or being retried: the order that was planned is the order that arrives.
New alerts go before edits of old ones, and these leave in the order in which they and the digests were owed.
A message owed for later and not tried yet holds nothing up.

Transactions that claim take the clock's row first (see `pace`), so no two of them choose at the same time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    Update,
    and_,
    bindparam,
    exists,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from bot.edges.store import outbox_rows, pace
from bot.edges.store.chats import to_place
from bot.edges.store.columns import UtcTime
from bot.edges.store.engine import Database, changed
from bot.edges.store.tables.base import table_of
from bot.edges.store.tables.outbox import OWED, DeliveryRow, PaceRow, is_owed
from bot.model import Delivery, DeliveryKind, DeliveryState, Message, OutboxCounts, Place, Slot

_Moment = datetime | BindParameter[datetime]


class Outbox:
    """The messages owed, sent and given up. `gap` lies between two broadcasts; `pace.PAID_GAP` where they are paid for."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.gap = pace.gap_of(database)

    def owe(self, deliveries: Iterable[Delivery]) -> int:
        """Owes messages, in their order; returns how many are new. The same key to the same place is owed once, ever.

        A chat that became a supergroup is owed under its new number.
        """
        return outbox_rows.insert(self._database, list(deliveries))

    def claim(self, worker: str, now: datetime, limit: int, lease: timedelta) -> list[Delivery]:
        """Up to `limit` messages that no one else gets before `lease` after their `slot`, in the order of their slots.

        Each is to be sent at its `slot` (at most a second ahead) and then marked, retried, held or set aside. Empty if nothing is
        due or the next slot is too far ahead: ask again shortly.
        """
        if not self._any_due(now):
            return []
        with self._database.writing() as session:
            slots = pace.Pace(self._database, session)
            start = slots.first(now)
            if start > now + pace.HORIZON or limit < 1:
                return []
            fitting = min(limit, 1 + int((now + pace.HORIZON - start) / self.gap))
            given = {"now": now, "start": start, "beyond": now + pace.JUMP, "most": 2 * fitting}
            rows = session.scalars(_claimable(), given).all()
            chosen = _one_a_chat(rows)[:fitting]
            slots.know(row.chat_id for row in chosen)
            for row in chosen:
                row.slot = slots.book(row.chat_id, now, self._gap_after(row))
                row.claimed_by, row.claimed_until = worker, row.slot + lease
                row.attempts += 1
            return outbox_rows.to_deliveries(session, chosen)

    def take_slot(self, chat_id: int, now: datetime) -> Slot:
        """A slot for a message sent without the outbox (an answer to a person): goes ahead of what is not claimed yet.

        Not granted if it would lie more than a second ahead: nothing was taken, ask again at `at`.
        """
        return pace.take(self._database, chat_id, now)

    @property
    def is_shared(self) -> bool:
        """Whether other processes may send from here, which know of each other by their slots alone."""
        return self._database.is_postgres

    def rebook(self, chat_id: int, missed: datetime, now: datetime) -> datetime:
        """Another slot for a message that was claimed and did not leave at its slot."""
        return pace.rebook(self._database, chat_id, missed, now)

    def ready_at(self, chat_id: int, now: datetime) -> datetime:
        """When `take_slot` would be granted at the soonest; nothing is taken."""
        return pace.peek(self._database, chat_id, now)

    def mark_sent(self, delivery_id: int, message_id: int | None, now: datetime) -> None:
        """Telegram took the message."""
        with self._database.writing() as session:
            session.execute(_mark(), {"of": delivery_id, "message": message_id, "now": now})

    def retry(self, delivery_id: int, not_before: datetime, error: str) -> None:
        """It failed in a way that may pass: it is owed again, not before that time."""
        self._end(_owed(delivery_id), not_before=not_before, error=error)

    def release(self, worker: str) -> int:
        """Gives back all that `worker` has claimed and not sent, as if it had not been claimed; returns how many."""
        mine = and_(is_owed(DeliveryRow), col(DeliveryRow.claimed_by) == worker)
        return self._end(mine, attempts=DeliveryRow.attempts - 1, slot=None)

    def set_aside(self, delivery_id: int, reason: str, now: datetime) -> None:
        """It will never pass: kept with its reason for the operator, and no longer in the way."""
        self._end(_owed(delivery_id), state=DeliveryState.SET_ASIDE.value, error=reason, done_at=now)

    def owe_again(self, delivery_id: int, now: datetime) -> bool:
        """Owes once more what was set aside. False if it was not."""
        aside = and_(col(DeliveryRow.id) == delivery_id, col(DeliveryRow.state) == DeliveryState.SET_ASIDE.value)
        return bool(self._end(aside, state=OWED, not_before=now, attempts=0, done_at=None))

    def hold_chat(self, chat_id: int, until: datetime) -> None:
        """Telegram asked to wait with this chat: nothing leaves for it before `until`. Other chats go on."""
        pace.hold(self._database, chat_id, until)

    def hold_all(self, until: datetime) -> None:
        """Telegram asked to wait altogether."""
        pace.hold(self._database, pace.ALL_CHATS, until)

    def reword(self, key: str, shown: tuple[Message, int], now: datetime, chats: Iterable[int] | None = None) -> int:
        """Gives what is owed under that key, wherever or in these chats, and not on its way yet, these words.

        `shown` are the words and the revision of the story that they show.
        """
        here = true() if chats is None else col(DeliveryRow.chat_id).in_(list(chats))
        return outbox_rows.reword(self._database, and_(col(DeliveryRow.key) == key, here, _unclaimed(DeliveryRow, now)), shown)

    def put_off(self, place: Place, now: datetime, until: datetime, expires: datetime) -> int:
        """Has alerts and notices that wait untried for a later time than `now`, in quiet hours, leave at `until`; returns how many."""
        kind = col(DeliveryRow.kind).in_([DeliveryKind.ALERT.value, DeliveryKind.NOTICE.value])
        here = and_(col(DeliveryRow.chat_id) == place.chat_id, col(DeliveryRow.topic_id) == (place.topic_id or 0))
        held = and_(here, kind, is_owed(DeliveryRow), col(DeliveryRow.not_before) > now, col(DeliveryRow.attempts) == 0)
        return self._end(held, not_before=until, expires_at=expires)

    def withdraw(self, key: str, now: datetime) -> int:
        """Takes back what is owed under that key, wherever, and not on its way yet: it may be owed again."""
        return outbox_rows.withdraw(self._database, and_(col(DeliveryRow.key) == key, _unclaimed(DeliveryRow, now)))

    def expire(self, now: datetime) -> int:
        """Gives up what is too old to be worth sending; returns how many."""
        late = and_(is_owed(DeliveryRow), col(DeliveryRow.expires_at) <= now, _unclaimed(DeliveryRow, now))
        return self._end(late, state=DeliveryState.EXPIRED.value, error="too late", done_at=now)

    def waiting(self, limit: int = 50) -> list[Delivery]:
        """What is owed, in the order of sending."""
        return self._list(is_owed(DeliveryRow), limit)

    def places(self, key: str) -> frozenset[Place]:
        """Where something was ever owed under that key, whatever became of it."""
        wanted = select(col(DeliveryRow.chat_id), col(DeliveryRow.topic_id)).where(col(DeliveryRow.key) == key)
        with self._database.reading() as session:
            return frozenset(to_place(chat_id, topic_id) for chat_id, topic_id in session.execute(wanted))

    def sent(self, key: str) -> list[Delivery]:
        """What was sent under that key, or under one that goes on from it with a colon (its edits), oldest first."""
        under = or_(col(DeliveryRow.key) == key, col(DeliveryRow.key).startswith(f"{key}:", autoescape=True))
        return self._list(and_(col(DeliveryRow.state) == DeliveryState.SENT.value, under), None)

    def get(self, delivery_id: int) -> Delivery | None:
        """The message of that number, whatever became of it."""
        return next(iter(self._list(col(DeliveryRow.id) == delivery_id, 1)), None)

    def aside(self, limit: int | None = 50) -> list[Delivery]:
        """What was set aside, with its reasons."""
        return self._list(col(DeliveryRow.state) == DeliveryState.SET_ASIDE.value, limit)

    def counts(self, now: datetime) -> OutboxCounts:
        """The numbers for the operator."""
        return outbox_rows.counts(self._database, now)

    def prune(self, before: datetime) -> int:
        """Forgets messages that were done with before that time, and pictures that nothing owed needs; returns how many messages.

        What is forgotten could be owed again: keep at least as long as anything may be planned anew.
        """
        return outbox_rows.prune(self._database, before)

    def _gap_after(self, row: DeliveryRow) -> timedelta:
        """Answers and edits are never paid for."""
        return pace.gap_of(self._database) if row.kind == DeliveryKind.ANSWER.value or row.edits is not None else self.gap

    def _end(self, where: ColumnElement[bool], **values: object) -> int:
        ended = update(table_of(DeliveryRow)).where(where).values(claimed_by=None, claimed_until=None, **values)
        with self._database.writing() as session:
            return changed(session, ended)

    def _any_due(self, now: datetime) -> bool:
        with self._database.reading() as session:
            return session.scalar(_due(), {"now": now}) is not None

    def _list(self, where: ColumnElement[bool], limit: int | None) -> list[Delivery]:
        wanted = select(DeliveryRow).where(where).order_by(col(DeliveryRow.urgency), col(DeliveryRow.id))
        with self._database.reading() as session:
            return outbox_rows.to_deliveries(session, session.scalars(wanted.limit(limit)).all())


# The statements of every claim are built once: building costs more than running them.
_NOW = bindparam("now", type_=UtcTime())
_START = bindparam("start", type_=UtcTime())
_BEYOND = bindparam("beyond", type_=UtcTime())


@cache
def _mark() -> Update:
    columns = table_of(DeliveryRow).c
    sent: dict[str, Any] = {
        "state": DeliveryState.SENT.value,
        "message_id": bindparam("message"),
        "done_at": bindparam("now"),
        "picture": None,
    }
    marked = update(table_of(DeliveryRow)).where(columns.id == bindparam("of"))
    return marked.values(**sent, error=None, claimed_by=None, claimed_until=None)


@cache
def _due() -> Select[int | None]:
    return select(col(DeliveryRow.id)).where(is_owed(DeliveryRow), col(DeliveryRow.not_before) <= _NOW, outbox_rows.is_open()).limit(1)


@cache
def _claimable() -> Select[DeliveryRow]:
    """What may be sent at `start`: due, alive, its chat and topic not paused, its chat not pacing, and the first of its place."""
    return (
        select(DeliveryRow)
        .join(PaceRow, col(PaceRow.chat_id) == col(DeliveryRow.chat_id), isouter=True)
        .where(is_owed(DeliveryRow), col(DeliveryRow.not_before) <= _NOW)
        .where(_unclaimed(DeliveryRow, _NOW), _alive(DeliveryRow, _NOW))
        .where(or_(col(PaceRow.ready_at).is_(None), col(PaceRow.ready_at) <= _START, col(PaceRow.ready_at) > _BEYOND))
        .where(or_(col(PaceRow.held_until).is_(None), col(PaceRow.held_until) <= _START))
        .where(outbox_rows.is_open())
        .where(~_in_flight(), ~_something_before())
        .order_by(col(DeliveryRow.urgency), col(DeliveryRow.id))
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(of=DeliveryRow, skip_locked=True)
    )


def _in_flight() -> ColumnElement[bool]:
    other = aliased(DeliveryRow)
    return (
        exists()
        .where(col(other.chat_id) == col(DeliveryRow.chat_id), is_owed(other), col(other.claimed_until) > _NOW)
        .correlate(DeliveryRow)
    )


def _something_before() -> ColumnElement[bool]:
    other = aliased(DeliveryRow)
    return (
        exists()
        .where(
            col(other.chat_id) == col(DeliveryRow.chat_id),
            col(other.topic_id) == col(DeliveryRow.topic_id),
            is_owed(other),
            tuple_(other.urgency, other.id) < tuple_(DeliveryRow.urgency, DeliveryRow.id),
            or_(col(other.attempts) > 0, col(other.not_before) <= _NOW),
            _alive(other, _NOW),
        )
        .correlate(DeliveryRow)
    )


def _unclaimed(row: type[DeliveryRow], now: _Moment) -> ColumnElement[bool]:
    return or_(col(row.claimed_until).is_(None), col(row.claimed_until) <= now)


def _alive(row: type[DeliveryRow], now: _Moment) -> ColumnElement[bool]:
    return or_(col(row.expires_at).is_(None), col(row.expires_at) > now)


def _owed(delivery_id: int) -> ColumnElement[bool]:
    return and_(col(DeliveryRow.id) == delivery_id, is_owed(DeliveryRow))


def _one_a_chat(rows: Sequence[DeliveryRow]) -> list[DeliveryRow]:
    first: dict[int, DeliveryRow] = {}
    for row in rows:
        first.setdefault(row.chat_id, row)
    return list(first.values())
