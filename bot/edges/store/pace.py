"""The pace of sending, kept in the database so that all processes together stay within Telegram's limits.

A slot is a moment at which one message may leave. Slots of all chats lie at least `GAP` apart; those of one chat at least
`CHAT_GAP`; and in a group or channel no more than `GROUP_MESSAGES` fall into any `GROUP_WINDOW`. A little is added to
Telegram's own windows (1/s, 20/min), because messages that leave evenly do not arrive evenly.
Slots are given out at most `HORIZON` ahead: an answer to a person never waits behind a long broadcast.
A process alone (SQLite) watches each second for itself, so that its slots may lie closer, and one that was missed on a busy machine is
made up for. Of several, none knows what the others send but by the slots: those are wider, and who misses one takes another (`rebook`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.edges.store.engine import Database
from bot.edges.store.tables.outbox import PaceRow
from bot.model import Slot

GAP, SHARED_GAP = timedelta(seconds=1 / 28.5), timedelta(seconds=1 / 28)
PAID_GAP = timedelta(seconds=1 / 800)  # Telegram lets 1,000 a second through for who pays
CHAT_GAP = timedelta(seconds=1.05)
GROUP_MESSAGES = 20
GROUP_WINDOW = timedelta(seconds=61)
HORIZON = timedelta(seconds=1)
JUMP = timedelta(minutes=5)
"""A slot that lies further ahead was given out by a clock that has been set back since: it is taken for past."""

ALL_CHATS = 0


def ready_at(recent: list[float], *, group: bool) -> datetime | None:
    """When the next slot of a chat may be, after its `recent` ones (seconds since 1970, ascending); None if at any time."""
    if not recent:
        return None
    ready = recent[-1] + CHAT_GAP.total_seconds()
    if group and len(recent) >= GROUP_MESSAGES:
        ready = max(ready, recent[-GROUP_MESSAGES] + GROUP_WINDOW.total_seconds())
    return datetime.fromtimestamp(ready, UTC)


def gap_of(database: Database) -> timedelta:
    """The gap between two slots that nobody pays for."""
    return SHARED_GAP if database.is_postgres else GAP


class Pace:
    """The slots in one transaction: holds the clock's row, so that no other transaction gives out slots before this one ends."""

    def __init__(self, database: Database, session: Session, chat_ids: Iterable[int] = ()) -> None:
        self._database, self._session = database, session
        self._gap = gap_of(database)
        self._all = _clock(database, session)
        self._chats: dict[int, PaceRow] = {}
        self.know(chat_ids)

    def know(self, chat_ids: Iterable[int]) -> None:
        """Reads what is known of these chats, at once."""
        wanted = list(chat_ids)
        self._read(wanted)
        new = [chat_id for chat_id in wanted if chat_id not in self._chats]
        if new:
            rows = [{"chat_id": chat_id, "recent": []} for chat_id in new]
            self._session.execute(self._database.insert(PaceRow).on_conflict_do_nothing(), rows)
            self._read(new)

    def _read(self, chat_ids: list[int]) -> None:
        rows = self._session.scalars(select(PaceRow).where(col(PaceRow.chat_id).in_(chat_ids))) if chat_ids else ()
        self._chats |= {row.chat_id: row for row in rows}

    def first(self, now: datetime) -> datetime:
        """The first moment at which any message may leave, up to a slot ago if that one was missed just now."""
        ready = _near(self._all.ready_at, now)
        if not self._database.is_postgres and ready is not None and now - HORIZON < ready < now:
            return _latest(now - self._gap, ready, self._all.held_until)
        return _latest(now, ready, self._all.held_until)

    def first_of(self, chat_id: int, now: datetime) -> datetime:
        """The first moment at which a message may leave for a chat that is known."""
        row = self._chats[chat_id]
        return _latest(self.first(now), _near(row.ready_at, now), row.held_until)

    def book(self, chat_id: int, now: datetime, gap: timedelta | None = None) -> datetime:
        """Takes the next slot for a chat that is known; `gap` until the slot after it, of whatever chat, if not the usual one."""
        first, slot = self.first(now), self.first_of(chat_id, now)
        if slot == first:  # else the chat itself has to wait a moment, and all others need not
            self._all.ready_at = slot + (gap or self._gap)
        row = self._chats[chat_id]
        row.recent = [*row.recent[1 - GROUP_MESSAGES :], slot.timestamp()]
        row.ready_at = ready_at(row.recent, group=chat_id < 0)
        return slot

    def rebook(self, chat_id: int, missed: datetime, now: datetime) -> datetime:
        """Another slot for a chat whose message did not leave at the one that it had."""
        row = self._chats[chat_id]
        row.recent = [slot for slot in row.recent if slot != missed.timestamp()]
        row.ready_at = ready_at(row.recent, group=chat_id < 0)
        return self.book(chat_id, now)


def take(database: Database, chat_id: int, now: datetime) -> Slot:
    """A slot for a message that is not in the outbox; not granted if it would lie beyond the horizon."""
    with database.writing() as session:
        pace = Pace(database, session, [chat_id])
        first = pace.first_of(chat_id, now)
        return Slot(first, granted=False) if first > now + HORIZON else Slot(pace.book(chat_id, now), granted=True)


def rebook(database: Database, chat_id: int, missed: datetime, now: datetime) -> datetime:
    """See `Pace.rebook`."""
    with database.writing() as session:
        return Pace(database, session, [chat_id]).rebook(chat_id, missed, now)


def peek(database: Database, chat_id: int, now: datetime) -> datetime:
    """When a chat's own pace lets a message through; other chats and other messages may hold it up for longer."""
    with database.reading() as session:
        row = session.get(PaceRow, chat_id)
        return now if row is None else _latest(now, _near(row.ready_at, now), row.held_until)


def hold(database: Database, chat_id: int, until: datetime) -> None:
    """Nothing leaves for the chat (or for any, with `ALL_CHATS`) before `until`; a longer hold stays."""
    fresh = database.insert(PaceRow).values(chat_id=chat_id, held_until=until, recent=[])
    shorter = or_(col(PaceRow.held_until).is_(None), col(PaceRow.held_until) < until)
    with database.writing() as session:
        session.execute(fresh.on_conflict_do_update(index_elements=["chat_id"], set_={"held_until": until}, where=shorter))


def _clock(database: Database, session: Session) -> PaceRow:
    locked = select(PaceRow).where(col(PaceRow.chat_id) == ALL_CHATS).with_for_update()
    row = session.scalars(locked).first()
    if row is None:
        session.execute(database.insert(PaceRow).values(chat_id=ALL_CHATS, recent=[]).on_conflict_do_nothing())
        row = session.scalars(locked).one()
    return row


def _near(time: datetime | None, now: datetime) -> datetime | None:
    return None if time is None or time > now + JUMP else time


def _latest(*times: datetime | None) -> datetime:
    return max(time for time in times if time is not None)
