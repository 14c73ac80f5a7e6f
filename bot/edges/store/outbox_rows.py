"""Deliveries to rows and back, in bulk; pictures are kept once, however many chats they go to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.edges.store import listing_rows
from bot.edges.store.chats import to_place
from bot.edges.store.columns import UtcTime
from bot.edges.store.engine import Database, changed
from bot.edges.store.tables.base import table_of
from bot.edges.store.tables.chats import ChatRow, SubscriptionRow
from bot.edges.store.tables.outbox import OWED, DeliveryRow, PictureRow, is_owed
from bot.model import Button, ChatState, Delivery, DeliveryKind, DeliveryState, Message, OutboxCounts


def insert(database: Database, deliveries: Sequence[Delivery]) -> int:
    """Inserts those whose key is new to their place, in their order; returns how many."""
    if not deliveries:
        return 0
    pictures = {_digest(photo): photo for photo in {delivery.message.photo for delivery in deliveries} if photo is not None}
    names = {listing: listing_rows.name_of(listing) for listing in {each.listing for each in deliveries} if listing is not None}
    with database.writing() as session:
        moved = _moved(session)
        if pictures:
            kept = database.insert(PictureRow).on_conflict_do_nothing()
            session.execute(kept, [{"digest": digest, "data": data} for digest, data in pictures.items()])
        listing_rows.keep(database, session, list(names))
        fresh = database.insert(DeliveryRow).on_conflict_do_nothing(index_elements=["chat_id", "topic_id", "key"])
        rows = [{**_values(delivery, moved), "listing": delivery.listing and names[delivery.listing]} for delivery in deliveries]
        columns = table_of(DeliveryRow).c
        new = session.execute(
            fresh.returning(columns.chat_id, columns.topic_id, columns.key, columns.edits, columns.not_before), rows
        ).all()
        _note_told([row for row in new if row.edits is None], session)
        return len(new)


def _note_told(new: Iterable[Row[tuple[int, int, str, int | None, datetime]]], session: Session) -> None:
    """What is owed as a digest is told of all up to the time at which it was due: the next one goes on from there."""
    told = sorted({(row.key.partition(":")[0], row.chat_id, row.topic_id, row.not_before) for row in new})
    subscription = table_of(SubscriptionRow).c
    for edition, until in (("digest", subscription.digest_until), ("weekly", subscription.weekly_until)):
        places = [{"chat": chat, "topic": topic, "at": at} for name, chat, topic, at in told if name == edition]
        here = and_(subscription.chat_id == bindparam("chat"), subscription.topic_id == bindparam("topic"))
        at = bindparam("at", type_=UtcTime())
        earlier = or_(until.is_(None), until < at)
        if places:
            session.connection().execute(update(table_of(SubscriptionRow)).where(here, earlier).values({until.name: at}), places)


def to_deliveries(session: Session, rows: Iterable[DeliveryRow]) -> list[Delivery]:
    """The nouns of rows, with their pictures."""
    rows = list(rows)
    wanted = {row.picture for row in rows if row.picture is not None}
    found = session.scalars(select(PictureRow).where(col(PictureRow.digest).in_(wanted))) if wanted else ()
    pictures = {picture.digest: picture.data for picture in found}
    return [_delivery(row, pictures) for row in rows]


def is_open() -> ColumnElement[bool]:
    """Whether a delivery's chat and topic may be written to: neither is paused."""
    chat, place = col(ChatRow.id) == col(DeliveryRow.chat_id), col(SubscriptionRow.chat_id) == col(DeliveryRow.chat_id)
    topic = and_(place, col(SubscriptionRow.topic_id) == col(DeliveryRow.topic_id))
    chat_paused = exists().where(chat, col(ChatRow.state) == ChatState.PAUSED.value)
    return and_(
        ~chat_paused.correlate(DeliveryRow), ~exists().where(topic, col(SubscriptionRow.paused).is_not(None)).correlate(DeliveryRow)
    )


def counts(database: Database, now: datetime) -> OutboxCounts:
    """Numbers by state; what was never to be sent, and only holds its key, does not count."""
    state_of = col(DeliveryRow.state)
    meant = or_(col(DeliveryRow.expires_at).is_(None), col(DeliveryRow.expires_at) > col(DeliveryRow.not_before))
    owed = is_owed(DeliveryRow)
    with database.reading() as session:
        states = dict(session.execute(select(state_of, func.count()).where(meant).group_by(state_of)).all())
        flying = session.scalar(select(func.count()).where(owed, col(DeliveryRow.claimed_until) > now))
        waiting = session.scalar(select(func.count()).where(owed, ~is_open()))
        oldest = session.scalar(select(func.min(col(DeliveryRow.not_before))).where(owed, col(DeliveryRow.not_before) <= now, is_open()))
    by_state = {state.value: states.get(state.value, 0) for state in DeliveryState}
    return OutboxCounts(**by_state, in_flight=flying or 0, waiting=waiting or 0, oldest_due=oldest)


def prune(database: Database, before: datetime) -> int:
    """Deletes what was done with before that time, then pictures that no delivery points to."""
    done = func.coalesce(DeliveryRow.done_at, DeliveryRow.not_before)
    needed = select(col(DeliveryRow.picture)).where(col(DeliveryRow.picture).is_not(None))
    with database.writing() as session:
        old = and_(col(DeliveryRow.state) != OWED, done < before)
        count = changed(session, delete(DeliveryRow).where(old))
        session.execute(delete(PictureRow).where(col(PictureRow.digest).not_in(needed)))
        listing_rows.prune(session)
        return count


def reword(database: Database, where: ColumnElement[bool], shown: tuple[Message, int]) -> int:
    """Gives what is owed where `where` holds other words; their pictures stay."""
    message, revision = shown
    owed = update(table_of(DeliveryRow)).where(is_owed(DeliveryRow), where)
    with database.writing() as session:
        return changed(session, owed.values(html=message.html, buttons=buttons_of(message), revision=revision))


def withdraw(database: Database, where: ColumnElement[bool]) -> int:
    """Deletes what is owed where `where` holds."""
    with database.writing() as session:
        return changed(session, delete(DeliveryRow).where(is_owed(DeliveryRow), where))


def _moved(session: Session) -> dict[int, int]:
    found = session.execute(select(col(ChatRow.id), col(ChatRow.moved_to)).where(col(ChatRow.moved_to).is_not(None)))
    return {old: new for old, new in found if new is not None}


def _digest(photo: bytes) -> str:
    return sha256(photo).hexdigest()


def _values(delivery: Delivery, moved: dict[int, int]) -> dict[str, Any]:
    message = delivery.message
    return {
        "chat_id": moved.get(delivery.place.chat_id, delivery.place.chat_id),
        "topic_id": delivery.place.topic_id or 0,
        "key": delivery.key,
        "kind": delivery.kind.value,
        "urgency": delivery.urgency,
        "html": message.html,
        "buttons": buttons_of(message),
        "picture": None if message.photo is None else _digest(message.photo),
        "silent": message.silent,
        "edits": message.edits,
        "revision": delivery.revision,
        "not_before": delivery.not_before,
        "expires_at": delivery.expires_at,
        "state": OWED,
        "attempts": 0,
    }


def buttons_of(message: Message) -> list[list[list[str | None]]]:
    """The buttons as they are kept."""
    return [[[button.label, button.data, button.url] for button in row] for row in message.buttons]


def _delivery(row: DeliveryRow, pictures: dict[str, bytes]) -> Delivery:
    buttons = tuple(tuple(Button(label, data, url) for label, data, url in line) for line in row.buttons)
    photo = None if row.picture is None else pictures.get(row.picture)
    return Delivery(
        place=to_place(row.chat_id, row.topic_id),
        kind=DeliveryKind(row.kind),
        key=row.key,
        message=Message(row.html, buttons, photo, row.silent, row.edits),
        not_before=row.not_before,
        expires_at=row.expires_at,
        id=row.id,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        message_id=row.message_id,
        error=row.error,
        slot=row.slot,
        revision=row.revision,
    )
