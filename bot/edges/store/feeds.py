"""Feeds and their health. A feed is polled by whoever claims it, until it reports or its lease ends.

The list's feeds and the user's own live together: what the user removed stays removed when the list names it again, and what
leaves the list stops being polled without taking its articles along.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.edges.store.engine import Database, changed
from bot.edges.store.pace import JUMP
from bot.edges.store.tables.base import number_of
from bot.edges.store.tables.news import FeedRow
from bot.model import Feed, FeedKind, FeedSource

LISTED, OWN, DROPPED, REMOVED = "listed", "own", "dropped", "removed"


class Feeds:
    """The feeds that are polled."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ensure(self, sources: Iterable[FeedSource]) -> None:
        """Makes the listed feeds those of `sources`; feeds that the user added stay, those that the user removed stay away."""
        wanted = {source.url: source for source in sources}
        with self._database.writing("feeds") as session:
            for row in session.scalars(select(FeedRow)).all():
                source = wanted.pop(row.url, None)
                if source is not None and row.standing in (LISTED, DROPPED):
                    row.standing, row.title, row.kind = LISTED, source.title, source.kind.value
                elif source is None and row.standing == LISTED:
                    row.standing = DROPPED
            session.add_all(_row(source, LISTED) for source in wanted.values())

    def all(self) -> list[Feed]:
        """Every feed that is polled or muted, by title."""
        with self._database.reading() as session:
            rows = session.scalars(select(FeedRow).where(_polled()).order_by(col(FeedRow.title), col(FeedRow.id)))
            return [to_feed(row) for row in rows]

    def get(self, feed_id: int) -> Feed | None:
        """The feed of that number, also one that is no longer polled."""
        with self._database.reading() as session:
            row = session.get(FeedRow, feed_id)
            return None if row is None else to_feed(row)

    def add(self, source: FeedSource) -> Feed:
        """Adds a feed of the user's own, or brings back one that was removed; it is due at once."""
        with self._database.writing("feeds") as session:
            row = _find(session, source.url)
            if row is None:
                row = _row(source, OWN)
                session.add(row)
            elif row.standing != LISTED:
                row.standing, row.title, row.kind, row.next_poll = OWN, source.title, source.kind.value, None
            session.flush()
            return to_feed(row)

    def remove(self, url: str) -> bool:
        """Stops polling a feed for good; its articles stay. False if there is none at `url`."""
        with self._database.writing("feeds") as session:
            row = _find(session, url)
            if row is None or row.standing not in (LISTED, OWN):
                return False
            row.standing = REMOVED
            return True

    def mute(self, url: str, muted: bool) -> bool:
        """Stops or resumes polling a feed, keeping it in sight. False if there is none at `url`."""
        with self._database.writing() as session:
            return bool(changed(session, update(FeedRow).where(col(FeedRow.url) == url, _polled()).values(muted=muted)))

    def claim_due(self, now: datetime, worker: str, lease: timedelta, limit: int) -> list[Feed]:
        """Up to `limit` feeds that are due, the longest waiting first, which no one else gets until they report or `lease` ends.

        What a clock wrote that has been set back since (a poll in the future, a claim beyond any lease) is not waited for.
        """
        next_poll, claimed = col(FeedRow.next_poll), col(FeedRow.claimed_until)
        due = (
            select(FeedRow)
            .where(_polled(), col(FeedRow.muted).is_(False))
            .where(or_(next_poll.is_(None), next_poll <= now, col(FeedRow.last_poll) > now + JUMP))
            .where(or_(claimed.is_(None), claimed <= now, claimed > now + lease + JUMP))
            .order_by(col(FeedRow.next_poll).nulls_first(), col(FeedRow.id))
            .limit(limit)
            .with_for_update(skip_locked=True)  # SQLite leaves this out: there, whoever writes is alone
        )
        with self._database.writing() as session:
            rows = session.scalars(due).all()
            for row in rows:
                row.claimed_by, row.claimed_until = worker, now + lease
            return [to_feed(row) for row in rows]

    def release(self, worker: str) -> int:
        """Gives back all that `worker` has claimed: it died, or it is about to begin anew; returns how many."""
        mine = update(FeedRow).where(col(FeedRow.claimed_by) == worker).values(claimed_by=None, claimed_until=None)
        with self._database.writing() as session:
            return changed(session, mine)

    def record_success(  # noqa: PLR0913 - what one answer tells of a feed
        self,
        feed_id: int,
        now: datetime,
        next_poll: datetime,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        newest_entry: datetime | None = None,
        moved_to: str | None = None,
    ) -> None:
        """A poll that went well, also one that was answered with "not modified" (hand the former `etag` and `last_modified` back).

        `newest_entry` and `moved_to` of None leave what was known.
        """
        with self._database.writing() as session:
            row = session.get(FeedRow, feed_id, with_for_update=True)
            if row is None:
                return
            row.last_poll = row.last_success = now
            row.next_poll, row.etag, row.last_modified = next_poll, etag, last_modified
            row.newest_entry = max(filter(None, (row.newest_entry, newest_entry)), default=None)
            row.moved_to = moved_to or row.moved_to
            row.failures, row.error = 0, None
            row.claimed_by = row.claimed_until = None

    def record_failure(self, feed_id: int, now: datetime, next_poll: datetime, error: str) -> None:
        """A poll that failed, with the reason in a line."""
        with self._database.writing() as session:
            row = session.get(FeedRow, feed_id, with_for_update=True)
            if row is None:
                return
            row.last_poll, row.next_poll, row.error = now, next_poll, error
            row.failures += 1
            row.claimed_by = row.claimed_until = None


def to_feed(row: FeedRow) -> Feed:
    """The noun of a row."""
    return Feed(
        id=number_of(row),
        source=FeedSource(row.url, row.title, FeedKind(row.kind)),
        etag=row.etag,
        last_modified=row.last_modified,
        next_poll=row.next_poll,
        last_poll=row.last_poll,
        last_success=row.last_success,
        newest_entry=row.newest_entry,
        failures=row.failures,
        error=row.error,
        muted=row.muted,
        moved_to=row.moved_to,
    )


def _polled() -> ColumnElement[bool]:
    return col(FeedRow.standing).in_((LISTED, OWN))


def _find(session: Session, url: str) -> FeedRow | None:
    return session.scalars(select(FeedRow).where(col(FeedRow.url) == url)).first()


def _row(source: FeedSource, standing: str) -> FeedRow:
    return FeedRow(url=source.url, title=source.title, kind=source.kind.value, standing=standing)
