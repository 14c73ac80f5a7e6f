"""What digests told of stories: which of their messages are to be corrected when a story turns out wrong.

For each story of a listing it is kept for which revision its messages were planned. What becomes of a message lies in the outbox:
one that waits is given other words, one that was sent is owed an edit, and while one is on its way nothing is settled yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlmodel import col

from bot.edges.store import listing_rows
from bot.edges.store.chats import to_place
from bot.edges.store.engine import Database, changed
from bot.edges.store.tables.base import table_of
from bot.edges.store.tables.outbox import OWED, DeliveryRow, ListedRow, ListingRow, is_owed
from bot.edges.store.tables.stories import StoryRow, TellingRow
from bot.model import DeliveryState, Listed, Listing

_SENT, _ASIDE = DeliveryState.SENT.value, DeliveryState.SET_ASIDE.value


class Listings:
    """The messages of digests, by the stories that they tell."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, story_id: int, revision: int | None = None) -> list[Listing]:
        """The listings that stand on a story; with `revision`, those planned for an earlier one."""
        wanted = (
            select(col(ListingRow.data))
            .join(ListedRow, col(ListedRow.listing) == col(ListingRow.digest))
            .where(col(ListedRow.story_id) == story_id)
            .order_by(col(ListingRow.digest))
        )
        with self._database.reading() as session:
            found = session.scalars(wanted if revision is None else wanted.where(col(ListedRow.revision) < revision))
            return [listing_rows.to_listing(data) for data in found]

    def reads_as_made(self, listing: Listing) -> bool:
        """Whether every message of a listing, and every edit of one, says what it was made with."""
        other = and_(col(DeliveryRow.listing) == listing_rows.name_of(listing), col(DeliveryRow.html) != listing.html)
        with self._database.reading() as session:
            return not session.scalar(select(exists().where(other)))

    def reword(self, listing: Listing, other: Listing, html: str, now: datetime) -> int:
        """Gives the messages of a listing that have not left, nor are on their way, the words of another; how many these are."""
        name, waits = listing_rows.name_of(other), self._waits(listing, other, html)
        with self._database.reading() as session:
            if not session.scalar(select(exists().where(waits))):
                return 0
        with self._database.writing() as session:
            listing_rows.keep(self._database, session, [other])
            still = and_(waits, or_(col(DeliveryRow.claimed_until).is_(None), col(DeliveryRow.claimed_until) <= now))
            return changed(session, update(table_of(DeliveryRow)).where(still).values(html=html, listing=name))

    def _waits(self, listing: Listing, other: Listing, html: str) -> ColumnElement[bool]:
        """Messages that have not left and do not read as they should."""
        unsent = col(DeliveryRow.state).in_([OWED, _ASIDE])
        return and_(_first(listing), unsent) if other != listing else and_(_first(listing), unsent, col(DeliveryRow.html) != html)

    def sent(self, listing: Listing) -> list[Listed]:
        """The messages of a listing that were sent, with what each reads or will read when what it is owed has left."""
        name = listing_rows.name_of(listing)
        wanted = select(DeliveryRow).where(col(DeliveryRow.listing) == name, col(DeliveryRow.state).in_([OWED, _SENT]))
        with self._database.reading() as session:
            rows = session.scalars(wanted.order_by(col(DeliveryRow.id))).all()
        last = {(row.chat_id, row.edits): row.html for row in rows if row.edits is not None}
        return [
            Listed(to_place(row.chat_id, row.topic_id), row.key, row.message_id, last.get((row.chat_id, row.message_id), row.html))
            for row in rows
            if row.edits is None and row.state == _SENT and row.message_id is not None
        ]

    def planned(self, listing: Listing, revisions: Mapping[int, int], messages: int, html: str) -> bool:
        """What is owed for these revisions of its stories stands in the outbox, for the `messages` of it that were sent.

        False, and nothing is noted, if more were sent meanwhile or one that was on its way does not read `html`.
        """
        name, sent = listing_rows.name_of(listing), and_(col(DeliveryRow.state) == _SENT, col(DeliveryRow.message_id).is_not(None))
        stale = and_(_first(listing), is_owed(DeliveryRow), col(DeliveryRow.html) != html)
        with self._database.writing() as session:
            count = session.scalar(select(func.count()).select_from(DeliveryRow).where(_first(listing), sent))
            if count != messages or session.scalar(select(exists().where(stale))):
                return False
            for number, revision in revisions.items():
                told = and_(col(ListedRow.listing) == name, col(ListedRow.story_id) == number, col(ListedRow.revision) < revision)
                session.execute(update(ListedRow).where(told).values(revision=revision))
            return True

    def counted(self, story_id: int) -> tuple[set[tuple[int, int, str]], set[tuple[int, int, str]]]:
        """The messages that stand on a story, those that were sent (or are on their way) and those that wait: chat, topic and key."""
        wanted = (
            select(DeliveryRow)
            .join(ListedRow, col(ListedRow.listing) == col(DeliveryRow.listing))
            .where(col(ListedRow.story_id) == story_id, col(DeliveryRow.edits).is_(None), col(DeliveryRow.state).in_([OWED, _SENT]))
        )
        with self._database.reading() as session:
            rows = session.scalars(wanted).all()
        waiting = {(row.chat_id, row.topic_id, row.key) for row in rows if row.state == OWED}
        return {(row.chat_id, row.topic_id, row.key) for row in rows} - waiting, waiting

    def marked_wrong(self, articles: Iterable[str]) -> frozenset[tuple[str, str]]:
        """Which of these articles tell stories that an operator has marked as wrong, with the company of each: none is to be told again."""
        numbers = {int(article) for article in articles}
        wanted = select(col(TellingRow.article_id), col(StoryRow.company)).join(StoryRow, col(StoryRow.id) == col(TellingRow.story_id))
        with self._database.reading() as session:
            rows = session.execute(wanted.where(col(StoryRow.wrong), col(TellingRow.article_id).in_(numbers)))
            return frozenset((str(number), company) for number, company in rows)


def _first(listing: Listing) -> ColumnElement[bool]:
    """The messages themselves, not their edits."""
    return and_(col(DeliveryRow.listing) == listing_rows.name_of(listing), col(DeliveryRow.edits).is_(None))
