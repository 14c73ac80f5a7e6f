"""Keeping what an extractor read in an article, so that reading it again changes only what reads differently.

A fact that stays the same keeps its number, and with it its place in a story and its verdict, even where its words moved.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.edges.store.columns import clean
from bot.edges.store.engine import Database
from bot.edges.store.facts import claim_values, event_values, note_values
from bot.edges.store.tables.base import number_of
from bot.edges.store.tables.news import ArticleRow, ClaimRow, EventRow, NoteRow
from bot.edges.store.tables.stories import MergeRow
from bot.errors import StoreError
from extractors.model import Event, Extraction, Kind

_LOG = logging.getLogger(__name__)
_MOVING = frozenset(
    {"evidence", "span_start", "span_end", "id", "article_id", "revision", "position", "verdict", "reason", "judged_at"}
    | {"within_start", "within_end", "together"}  # how the words tie a claim: it stays the claim that it was
)

Row = TypeVar("Row", EventRow, ClaimRow, NoteRow)


def keep(database: Database, session: Session, row: ArticleRow, extraction: Extraction, revision: int) -> frozenset[tuple[str, Kind]]:
    """Makes `extraction` what is known of the article; returns the companies and kinds whose tellings changed, marked as due."""
    place = (number_of(row), revision)
    changed = _keep(session, EventRow, place, list(_events(extraction.events)))
    _keep(session, ClaimRow, place, [claim_values(claim) for claim in extraction.claims])
    _keep(session, NoteRow, place, [note_values(note) for note in extraction.notes])
    due = frozenset((event.company, Kind(event.kind)) for event in changed)
    for company, kind in sorted(due):
        mark_due(database, session, company, kind)
    return due


def stored(session: Session, table: type[Row], article_id: int) -> list[Row]:
    """The facts of an article, in its order."""
    return list(session.scalars(select(table).where(col(table.article_id) == article_id).order_by(col(table.position))))


def mark_due(database: Database, session: Session, company: str, kind: Kind) -> None:
    """Notes that the stories of this company and kind are to be merged anew."""
    fresh = database.insert(MergeRow).values(company=company, kind=kind.value, mark=1, merged=0)
    session.execute(fresh.on_conflict_do_update(index_elements=["company", "kind"], set_={"mark": MergeRow.mark + 1}))


def _events(events: Iterable[Event]) -> Iterator[dict[str, Any]]:
    for event in events:
        try:
            yield event_values(event)
        except StoreError as error:
            _LOG.warning("An event of %s is left out: %s", event.company, error)


def _keep(session: Session, table: type[Row], place: tuple[int, int], wanted: Sequence[dict[str, Any]]) -> list[Row]:
    """The rows added or removed; `place` is the article and its revision."""
    article_id, revision = place
    known = stored(session, table, article_id)
    added: list[Row] = []
    for position, values in enumerate(wanted):
        row = next((row for row in known if _same(row, values)), None)
        if row is None:
            row = table(article_id=article_id, revision=revision, position=position, **values)
            session.add(row)
            added.append(row)
        else:
            known.remove(row)
            _set(row, {**values, "revision": revision, "position": position})
    for row in known:
        session.delete(row)
    session.flush()
    added.extend(known)
    return added


def _same(row: Row, values: dict[str, Any]) -> bool:
    return all(getattr(row, name) == _kept(value) for name, value in values.items() if name not in _MOVING)


def _kept(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else value


def _set(row: Row, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if getattr(row, name) != _kept(value):
            setattr(row, name, value)
