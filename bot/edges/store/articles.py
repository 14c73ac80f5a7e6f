"""Articles and what was read in them: events and notes. Claims, which get verdicts, have a member of their own.

An article's number in `Told.article_id` and `Source.article_id` is its number here, as text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlmodel import col

from bot.edges.store import article_rows, intake, readings
from bot.edges.store.engine import Database
from bot.edges.store.facts import to_claim, to_event, to_note
from bot.edges.store.tables.base import number_of
from bot.edges.store.tables.news import ArticleRow, ClaimRow, EventRow, NoteRow
from bot.model import StoredArticle, StoredEvent, StoredNote
from extractors.model import Article, Extraction, Kind, Span, Told


class Articles:
    """The articles, their events and notes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, article: Article, feed_id: int | None, seen_at: datetime) -> int | None:
        """Stores an article as `feed_id` (None: no feed) tells it; its number if it is new or was edited, None if it is known.

        Known is what has the feed's same guid, the same link or the same words; see `bot.edges.store.identity`.
        """
        with self._database.writing("articles") as session:
            return intake.take_in(self._database, session, article, feed_id, seen_at)

    def add_all(self, articles: Iterable[Article], feed_id: int | None, seen_at: datetime) -> list[int]:
        """As `add`, for all entries of a feed in one transaction: the numbers of those that are new or were edited."""
        with self._database.writing("articles") as session:
            found = [intake.take_in(self._database, session, article, feed_id, seen_at) for article in articles]
        return [number for number in dict.fromkeys(found) if number is not None]

    def get(self, article_id: int) -> StoredArticle | None:
        """The article of that number."""
        with self._database.reading() as session:
            return next(iter(article_rows.read(session, article_rows.articles().where(col(ArticleRow.id) == article_id))), None)

    def unextracted(self, limit: int, version: str | None = None) -> list[StoredArticle]:
        """Articles, oldest first, whose present words no extractor has read; with `version` also those that another version read."""
        unread = col(ArticleRow.extracted) < col(ArticleRow.revision)
        if version is not None:
            unread = or_(unread, col(ArticleRow.extractor).is_distinct_from(version))
        with self._database.reading() as session:
            return article_rows.read(session, article_rows.articles().where(unread).order_by(col(ArticleRow.id)).limit(limit))

    def since(self, time: datetime) -> list[StoredArticle]:
        """Articles published (seen, where that is not known) at `time` or later, oldest first."""
        wanted = article_rows.articles().where(col(ArticleRow.told_at) >= time).order_by(col(ArticleRow.told_at), col(ArticleRow.id))
        with self._database.reading() as session:
            return article_rows.read(session, wanted)

    def all(self, batch: int = 500) -> Iterator[StoredArticle]:
        """Every article by its number, read in batches, so that others may write meanwhile."""
        last = 0
        while True:
            wanted = article_rows.articles().where(col(ArticleRow.id) > last).order_by(col(ArticleRow.id)).limit(batch)
            with self._database.reading() as session:
                found = article_rows.read(session, wanted)
            yield from found
            if len(found) < batch:
                return
            last = found[-1].id

    def count(self) -> int:
        """How many articles there are."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(ArticleRow)) or 0

    def save_extraction(
        self, article_id: int, extraction: Extraction, version: str, revision: int | None = None
    ) -> frozenset[tuple[str, Kind]]:
        """Makes `extraction` what is known of the article; facts that stay the same keep their numbers and verdicts.

        Returns the companies and kinds whose stories are to be merged anew; they are also kept as due (`Stories.due`).
        `revision` is that of the article that was read (default: the present one); spans count in its words. An event
        whose amounts are too large to be true is left out.
        """
        with self._database.writing() as session:
            row = session.get(ArticleRow, article_id, with_for_update=True)
            if row is None:
                return frozenset()
            read = row.revision if revision is None else revision
            if row.extracted > read:  # another worker has read a later revision meanwhile
                return frozenset()
            row.extracted, row.extractor = read, version
            return readings.keep(self._database, session, row, extraction, read)

    def extraction(self, article_id: int) -> Extraction:
        """What is known of an article, as it was saved."""
        with self._database.reading() as session:
            return Extraction(
                events=tuple(map(to_event, readings.stored(session, EventRow, article_id))),
                claims=tuple(map(to_claim, readings.stored(session, ClaimRow, article_id))),
                notes=tuple(map(to_note, readings.stored(session, NoteRow, article_id))),
            )

    def companies(self, kind: Kind) -> list[str]:
        """Every company, as the events name it, with an event of that kind."""
        with self._database.reading() as session:
            named = select(col(EventRow.company)).where(col(EventRow.kind) == kind.value).distinct()
            return list(session.scalars(named.order_by(col(EventRow.company))))

    def tellings(self, company: str | Collection[str], kind: Kind) -> list[Told]:
        """Every telling of the company (under any of several names), for `merge`; in the order they were read."""
        names = [company] if isinstance(company, str) else list(company)
        wanted = select(EventRow).where(col(EventRow.company).in_(names), col(EventRow.kind) == kind.value)
        with self._database.reading() as session:
            rows = session.scalars(wanted.order_by(col(EventRow.article_id), col(EventRow.position))).all()
            told = article_rows.read_in(session, rows)
            return [article_rows.to_told(row, told[row.article_id, row.revision]) for row in rows]

    def events(self, article_id: int) -> list[StoredEvent]:
        """The events of an article, with their numbers."""
        wanted = select(EventRow).where(col(EventRow.article_id) == article_id).order_by(col(EventRow.position))
        with self._database.reading() as session:
            return [StoredEvent(number_of(row), str(row.article_id), to_event(row)) for row in session.scalars(wanted)]

    def notes(self, start: datetime, end: datetime) -> list[StoredNote]:
        """Notes of articles told from `start` up to, not including, `end`, newest first."""
        in_time = (col(ArticleRow.told_at) >= start) & (col(ArticleRow.told_at) < end)
        wanted = select(NoteRow).join(ArticleRow, col(ArticleRow.id) == col(NoteRow.article_id)).where(in_time)
        with self._database.reading() as session:
            rows = session.scalars(wanted.order_by(col(ArticleRow.told_at).desc(), col(NoteRow.id))).all()
            told = article_rows.read_in(session, rows)
            return [_note(row, told[row.article_id, row.revision]) for row in rows]


def _note(row: NoteRow, told: article_rows.Read) -> StoredNote:
    source = told.quoting({"note": Span(row.span_start, row.span_end)})
    return StoredNote(number_of(row), to_note(row), source)
