"""Chats: where the bot may write, in which language and zone, and which message shows which story.

A chat that threw the bot out is paused and keeps its settings. What it is owed waits for it as long as that is worth sending, and
expires then, so that it is not flooded with old news when it comes back; one that never does is forgotten in the end. A group that
became a supergroup takes everything along under its new number.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from bot.edges.store.engine import Database, changed
from bot.edges.store.tables.chats import ChatRow, PostedRow, SubscriptionRow
from bot.edges.store.tables.outbox import DeliveryRow, PaceRow, is_owed
from bot.model import Chat, ChatKind, ChatState, DeliveryState, Place, Posted

MOVED = "became a supergroup"
_SUPERGROUPS = -1_000_000_000_000  # their numbers, and those of channels, lie below


class Chats:
    """The chats that the bot knows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def see(self, chat: Chat) -> Chat:
        """Remembers that the chat exists, with its present kind, title and native language; what is known of it otherwise stays.

        Returns it as kept.
        """
        with self._database.writing("chats") as session:
            row = session.get(ChatRow, chat.id)
            if row is None:
                row = ChatRow(id=chat.id, kind=chat.kind.value, title=chat.title, state=chat.state.value)
                row.language, row.timezone, row.pause_reason = chat.language, chat.timezone, chat.pause_reason
                session.add(row)
            row.kind, row.title, row.native = chat.kind.value, chat.title or row.title, chat.native or row.native
            return _chat(row)

    def get(self, chat_id: int) -> Chat | None:
        """The chat, None if it was never seen."""
        with self._database.reading() as session:
            row = session.get(ChatRow, chat_id)
            return None if row is None else _chat(row)

    def all(self) -> list[Chat]:
        """Every chat, also paused ones, by number."""
        with self._database.reading() as session:
            return [_chat(row) for row in session.scalars(select(ChatRow).order_by(col(ChatRow.id)))]

    def set_language(self, chat_id: int, language: str | None) -> None:
        """The language (its code) in which the chat is answered; None leaves it to who writes there."""
        self._set(chat_id, language=language)

    def set_timezone(self, chat_id: int, timezone: str) -> None:
        """The zone (IANA name) in which the chat reads times."""
        self._set(chat_id, timezone=timezone)

    def pause(self, chat_id: int, reason: str, now: datetime) -> None:
        """Nothing is sent any more; settings are kept, and what is owed waits until it expires.

        What was posted stays known, even if the bot was thrown out: once it is back it may edit its own messages of before.
        """
        with self._database.writing("chats") as session:
            row = _known(session, chat_id)
            row.state, row.pause_reason, row.paused_at = ChatState.PAUSED.value, reason, row.paused_at or now

    def resume(self, chat_id: int) -> bool:
        """The bot may write again. True if the chat was paused."""
        paused = and_(col(ChatRow.id) == chat_id, col(ChatRow.state) == ChatState.PAUSED.value, col(ChatRow.moved_to).is_(None))
        with self._database.writing() as session:
            return bool(
                changed(session, update(ChatRow).where(paused).values(state=ChatState.ACTIVE.value, pause_reason=None, paused_at=None))
            )

    def migrate(self, old: int, new: int) -> None:
        """The group `old` became the supergroup `new`: subscriptions, topics and what is owed follow; messages cannot be edited there.

        What `new` has of its own already wins. Doing it twice changes nothing.
        """
        if old == new:
            return
        with self._database.writing("chats") as session:
            _move_chat(session, old, new)
            _move_subscriptions(session, old, new)
            _forget_sent(session, old)
            session.execute(delete(DeliveryRow).where(col(DeliveryRow.chat_id) == old, _is_edit(), is_owed(DeliveryRow)))
            _move_deliveries(session, old, new)

    def forget(self, chat_id: int) -> None:
        """Removes everything that is kept of a chat."""
        with self._database.writing("chats") as session:
            _forget(session, [chat_id])

    def forget_absent(self, before: datetime) -> int:
        """Forgets the chats that are paused since before that time; returns how many. What a group became stays known."""
        absent = and_(col(ChatRow.state) == ChatState.PAUSED.value, col(ChatRow.paused_at) < before, col(ChatRow.moved_to).is_(None))
        with self._database.writing("chats") as session:
            gone = session.scalars(select(col(ChatRow.id)).where(absent)).all()
            _forget(session, gone)
            return len(gone)

    def note_posted(self, story_id: int, place: Place, message_id: int, revision: int, now: datetime) -> None:
        """The message `message_id` shows the story at `revision` in that place."""
        values = {"message_id": message_id, "revision": revision, "posted_at": now}
        fresh = self._database.insert(PostedRow).values(story_id=story_id, chat_id=place.chat_id, topic_id=place.topic_id or 0, **values)
        with self._database.writing() as session:
            session.execute(fresh.on_conflict_do_update(index_elements=["story_id", "chat_id", "topic_id"], set_=values))

    def posted(self, story_id: int, awaited_since: datetime | None = None) -> list[Posted]:
        """Where the story stands, in which message and revision.

        Chats that are paused are left out, but for those that were not yet at `awaited_since`.
        """
        wanted = (
            select(PostedRow)
            .join(ChatRow, col(ChatRow.id) == col(PostedRow.chat_id), isouter=True)
            .where(col(PostedRow.story_id) == story_id, is_awaited(awaited_since))
            .order_by(col(PostedRow.chat_id), col(PostedRow.topic_id))
        )
        with self._database.reading() as session:
            return [
                Posted(row.story_id, to_place(row.chat_id, row.topic_id), row.message_id, row.revision) for row in session.scalars(wanted)
            ]

    def _set(self, chat_id: int, **values: str | None) -> None:
        with self._database.writing() as session:
            session.execute(update(ChatRow).where(col(ChatRow.id) == chat_id).values(**values))


def to_place(chat_id: int, topic_id: int) -> Place:
    """The place of two columns, where topic 0 is the chat itself."""
    return Place(chat_id, topic_id or None)


def is_awaited(since: datetime | None) -> ColumnElement[bool]:
    """Whether a chat, joined if it is known, is not paused, or was not yet at `since`."""
    active = col(ChatRow.state).is_distinct_from(ChatState.PAUSED.value)
    return active if since is None else or_(active, col(ChatRow.paused_at) >= since)


def _is_edit() -> ColumnElement[bool]:
    return col(DeliveryRow.edits).is_not(None)


def _forget_sent(session: Session, chat_id: int) -> None:
    """What was sent there is never edited any more: not for a story, nor for what a digest told."""
    session.execute(delete(PostedRow).where(col(PostedRow.chat_id) == chat_id))
    sent = and_(col(DeliveryRow.chat_id) == chat_id, col(DeliveryRow.state) == DeliveryState.SENT.value)
    session.execute(update(DeliveryRow).where(sent).values(listing=None))


def _forget(session: Session, chat_ids: Sequence[int]) -> None:
    for table in (SubscriptionRow, DeliveryRow, PostedRow, PaceRow):
        session.execute(delete(table).where(col(table.chat_id).in_(chat_ids)))
    session.execute(delete(ChatRow).where(col(ChatRow.id).in_(chat_ids)))


def _move_chat(session: Session, old: int, new: int) -> None:
    former = _known(session, old)
    if former.moved_to == new:
        return
    present = _known(session, new)
    present.title = present.title or former.title
    present.language, present.timezone = former.language, former.timezone
    former.state, former.pause_reason, former.moved_to = ChatState.PAUSED.value, MOVED, new


def _known(session: Session, chat_id: int) -> ChatRow:
    """The row of a chat; made, as far as its number tells, if it was never seen."""
    row = session.get(ChatRow, chat_id)
    if row is None:
        kind = ChatKind.PRIVATE if chat_id > 0 else ChatKind.SUPERGROUP if chat_id < _SUPERGROUPS else ChatKind.GROUP
        row = ChatRow(id=chat_id, kind=kind.value, title="", state=ChatState.ACTIVE.value)
        session.add(row)
    return row


def _move_subscriptions(session: Session, old: int, new: int) -> None:
    own = select(col(SubscriptionRow.topic_id)).where(col(SubscriptionRow.chat_id) == new)
    former = col(SubscriptionRow.chat_id) == old
    session.execute(delete(SubscriptionRow).where(former, col(SubscriptionRow.topic_id).in_(own)))
    session.execute(update(SubscriptionRow).where(former).values(chat_id=new))


def _move_deliveries(session: Session, old: int, new: int) -> None:
    own = aliased(DeliveryRow)
    same = and_(col(own.topic_id) == col(DeliveryRow.topic_id), col(own.key) == col(DeliveryRow.key))
    twice = exists().where(col(own.chat_id) == new, same).correlate(DeliveryRow)
    former = col(DeliveryRow.chat_id) == old
    session.execute(delete(DeliveryRow).where(former, twice))
    session.execute(update(DeliveryRow).where(former).values(chat_id=new))


def _chat(row: ChatRow) -> Chat:
    return Chat(row.id, ChatKind(row.kind), row.title, ChatState(row.state), row.language, row.timezone, row.pause_reason, row.native)
