"""What each place, a chat or one topic of a forum, asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, delete, func, literal, or_, select, update
from sqlmodel import col

from bot.edges.store.chats import is_awaited, to_place
from bot.edges.store.columns import UtcTime
from bot.edges.store.engine import Database, changed
from bot.edges.store.tables.chats import ChatRow, SubscriptionRow
from bot.model import Place, Subscription, Topic


class Subscriptions:
    """The subscriptions of all places."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, place: Place) -> Subscription | None:
        """What the place asked for, also while it is paused; None if it never asked."""
        with self._database.reading() as session:
            row = session.get(SubscriptionRow, (place.chat_id, place.topic_id or 0))
            return None if row is None else _subscription(row)

    def put(self, subscription: Subscription) -> None:
        """Sets what a place asked for, whole, and ends a pause of its topic. What digests told stays told."""
        row = _row(subscription)
        with self._database.writing() as session:
            known = session.get(SubscriptionRow, (row.chat_id, row.topic_id), with_for_update=True)
            if known is not None:
                row.digest_until = _later(row.digest_until, known.digest_until)
                row.weekly_until = _later(row.weekly_until, known.weekly_until)
            session.merge(row)

    def remove(self, place: Place) -> bool:
        """Takes back all that the place asked for. False if it asked for nothing."""
        with self._database.writing() as session:
            return bool(changed(session, delete(SubscriptionRow).where(_at(place))))

    def of_chat(self, chat_id: int) -> list[Subscription]:
        """The subscriptions of a chat's topics, the chat itself first."""
        return self._read(select(SubscriptionRow).where(col(SubscriptionRow.chat_id) == chat_id))

    def all(self, topic: Topic | None = None, awaited_since: datetime | None = None) -> list[Subscription]:
        """Subscriptions to `topic` (or to anything) of the places that may be written to, or that could be at `awaited_since`."""
        paused_at = col(SubscriptionRow.paused_at)
        active = col(SubscriptionRow.paused).is_(None)
        wanted = (
            select(SubscriptionRow)
            .join(ChatRow, col(ChatRow.id) == col(SubscriptionRow.chat_id), isouter=True)
            .where(active if awaited_since is None else or_(active, paused_at >= awaited_since), is_awaited(awaited_since))
        )
        return [found for found in self._read(wanted) if found.topics and (topic is None or topic in found.topics)]

    def pause_topic(self, place: Place, reason: str, now: datetime) -> None:
        """Nothing is sent to the place until it is resumed or its settings are put again; what it is owed waits until it expires."""
        since = func.coalesce(SubscriptionRow.paused_at, literal(now, UtcTime()))
        with self._database.writing() as session:
            session.execute(update(SubscriptionRow).where(_at(place)).values(paused=reason, paused_at=since))

    def why_paused(self, place: Place) -> str | None:
        """Why nothing is sent to the topic; None if it is not paused."""
        with self._database.reading() as session:
            return session.scalar(select(col(SubscriptionRow.paused)).where(_at(place)))

    def resume_topic(self, place: Place) -> bool:
        """Ends the pause of a topic. True if it was paused."""
        with self._database.writing() as session:
            paused = update(SubscriptionRow).where(_at(place), col(SubscriptionRow.paused).is_not(None))
            return bool(changed(session, paused.values(paused=None, paused_at=None)))

    def _read(self, wanted: Select[SubscriptionRow]) -> list[Subscription]:
        ordered = wanted.order_by(col(SubscriptionRow.chat_id), col(SubscriptionRow.topic_id))
        with self._database.reading() as session:
            return [_subscription(row) for row in session.scalars(ordered)]


def _at(place: Place) -> ColumnElement[bool]:
    return and_(col(SubscriptionRow.chat_id) == place.chat_id, col(SubscriptionRow.topic_id) == (place.topic_id or 0))


def _row(subscription: Subscription) -> SubscriptionRow:
    quiet_from, quiet_to = subscription.quiet or (None, None)
    return SubscriptionRow(
        chat_id=subscription.place.chat_id,
        topic_id=subscription.place.topic_id or 0,
        topics=_words(subscription.topics),
        min_btc=subscription.min_btc,
        miners=_words(subscription.miners),
        timezone=subscription.timezone,
        digest_at=subscription.digest_at,
        days=sorted(subscription.days),
        quiet_from=quiet_from,
        quiet_to=quiet_to,
        silent=subscription.silent,
        weekly_day=subscription.weekly_day,
        weekly_at=subscription.weekly_at,
        digest_until=subscription.digest_until,
        weekly_until=subscription.weekly_until,
        paused=None,
        paused_at=None,
    )


def _later(*times: datetime | None) -> datetime | None:
    return max((time for time in times if time is not None), default=None)


def _words(values: Iterable[str]) -> list[str]:
    return sorted(str(value) for value in values)


def _subscription(row: SubscriptionRow) -> Subscription:
    quiet = None if row.quiet_from is None or row.quiet_to is None else (row.quiet_from, row.quiet_to)
    return Subscription(
        place=to_place(row.chat_id, row.topic_id),
        topics=frozenset(Topic(topic) for topic in row.topics),
        min_btc=row.min_btc,
        miners=frozenset(row.miners),
        timezone=row.timezone,
        digest_at=row.digest_at,
        days=frozenset(row.days),
        quiet=quiet,
        silent=row.silent,
        weekly_day=row.weekly_day,
        weekly_at=row.weekly_at,
        digest_until=row.digest_until,
        weekly_until=row.weekly_until,
    )
