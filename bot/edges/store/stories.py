"""Stories: one fact, every article that tells it, under a number that lasts.

Stories are merged anew from all tellings of a company and kind whenever one of these changes; `replace` finds out what that
changed. A story's revision grows when what a reader sees of it changed, so that its messages are edited then and only then.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlmodel import col

from bot.edges.store import reconcile, story_rows
from bot.edges.store.engine import Database, changed
from bot.edges.store.rebuilt import Rebuilt, stories
from bot.edges.store.tables.stories import MergeRow, StoryRow
from bot.model import Due, SalesQuery, Source, StoredStory, StoryChanges
from extractors.model import Kind, Story


class Stories:
    """The stories."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rebuilt = Rebuilt()

    def due(self) -> list[Due]:
        """Companies and kinds whose tellings changed since their stories were merged; kept until `replace` is told of it."""
        wanted = select(MergeRow).where(col(MergeRow.merged) < col(MergeRow.mark)).order_by(col(MergeRow.company), col(MergeRow.kind))
        with self._database.reading() as session:
            return [Due(row.company, Kind(row.kind), row.mark) for row in session.scalars(wanted)]

    def replace(
        self, company: str | Collection[str], kind: Kind, merged: Sequence[Story], now: datetime, due: Collection[Due] = ()
    ) -> StoryChanges:
        """Makes `merged`, a merge of all tellings of the company (under any of its names) and kind, what is told of it.

        A story that shares an event with a stored one, or an article where the event changed, keeps that one's number. `due`
        is what was due before the tellings were read: it is done with now, unless more came meanwhile. If another process
        has merged later tellings already, nothing is changed.
        """
        names = frozenset([company] if isinstance(company, str) else company)
        with self._database.writing("stories") as session:
            return reconcile.replace(session, reconcile.Merge(names, kind, tuple(merged), now, tuple(due)), self._rebuilt)

    def list(self, query: SalesQuery, now: datetime, limit: int | None = None, offset: int = 0) -> Sequence[StoredStory]:
        """Stories that stand and were told by `now`, newest day first."""
        newest = (col(StoryRow.day).desc(), col(StoryRow.told_at).desc(), col(StoryRow.id).desc())
        wanted = stories().where(*_asked(query, now)).order_by(*newest)
        return self._read(wanted.limit(limit).offset(offset) if limit is not None or offset else wanted)

    def count(self, query: SalesQuery, now: datetime) -> int:
        """How many stories `list` has without a limit."""
        with self._database.reading() as session:
            return session.scalar(select(func.count()).select_from(StoryRow).where(*_asked(query, now))) or 0

    def companies(self, now: datetime) -> Sequence[str]:
        """The names of the companies of the stories that stand and were told by `now`."""
        with self._database.reading() as session:
            return session.scalars(select(col(StoryRow.company)).where(*_stands(now)).distinct().order_by(col(StoryRow.company))).all()

    def get(self, story_id: int) -> StoredStory | None:
        """The story of that number, also one that is wrong or gone."""
        return next(iter(self._read(stories().where(col(StoryRow.id) == story_id))), None)

    def sources(self, story_id: int) -> Sequence[Source]:
        """The articles that tell the story, primary source first, with the sentence behind each figure."""
        return self.sources_of([story_id])[story_id]

    def sources_of(self, story_ids: Collection[int]) -> Mapping[int, Sequence[Source]]:
        """The same of each of these stories."""
        with self._database.reading() as session:
            told = story_rows.tellings(session, story_ids)
        return {number: story_rows.sources(told[number]) for number in story_ids}

    def unannounced(self, limit: int) -> Sequence[StoredStory]:
        """Stories of which the present revision has not been planned for, in the order they changed."""
        wanted = stories().where(col(StoryRow.unannounced)).order_by(col(StoryRow.changed_at), col(StoryRow.id))
        return self._read(wanted.limit(limit))

    def announced(self, story_id: int, revision: int) -> None:
        """What is owed for that revision stands in the outbox; a later revision stays unannounced."""
        this = (col(StoryRow.id) == story_id) & (col(StoryRow.revision) == revision)
        with self._database.writing("stories") as session:
            session.execute(update(StoryRow).where(this).values(unannounced=False))

    def shown(self, story_id: int, revision: int) -> bool:
        """A message shows that revision: if the story has gone on since, it is to be announced again. True if it has."""
        later = (col(StoryRow.id) == story_id) & (col(StoryRow.revision) > revision)
        with self._database.writing("stories") as session:
            return bool(changed(session, update(StoryRow).where(later).values(unannounced=True)))

    def changed_since(self, time: datetime) -> Sequence[StoredStory]:
        """Stories found, changed, withdrawn or marked after `time`, in that order."""
        return self._read(stories().where(col(StoryRow.changed_at) > time).order_by(col(StoryRow.changed_at), col(StoryRow.id)))

    def mark_wrong(self, story_id: int, wrong: bool, now: datetime) -> StoredStory | None:
        """An operator says that the story is wrong (or right after all): it is listed no more, and its revision grows."""
        with self._database.writing("stories") as session:
            row = session.get(StoryRow, story_id)
            if row is not None and row.wrong != wrong:
                row.wrong, row.changed_at = wrong, now
                story_rows.revise(row)
        return self.get(story_id)

    def _read(self, wanted: Select[Any]) -> Sequence[StoredStory]:
        with self._database.reading() as session:
            return self._rebuilt.read(session, wanted)


def _asked(query: SalesQuery, now: datetime) -> list[ColumnElement[bool]]:
    wanted = [col(StoryRow.kind) == query.kind.value, *_stands(now)]
    if query.company is not None or query.names:
        names = {name.casefold() for name in (query.company or "", *query.names) if name}
        wanted.append(or_(func.lower(StoryRow.company).in_(names), func.lower(StoryRow.ticker).in_(names)))
    if query.since is not None:
        wanted.append(col(StoryRow.day) >= query.since)
    if query.min_btc is not None:
        wanted.append(col(StoryRow.btc) >= query.min_btc)
    return wanted


def _stands(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return col(StoryRow.wrong).is_(False), col(StoryRow.gone).is_(False), col(StoryRow.told_at) <= now
