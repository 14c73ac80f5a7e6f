"""Stories from columns, built once: most answers look at hundreds of stories, and hardly any changes between two answers.

Rows come as plain columns, without the words of the articles. What is built from them is kept under all the columns that it was
built from, so that nothing kept can be stale: whatever changes, in whichever process, comes as other columns. The one thing that
needs the words, whether an article is the miner's own, is kept under the article's revision, whose words never change, and its link.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, cast, select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.edges.store import article_rows
from bot.edges.store.facts import to_event, to_period
from bot.edges.store.tables.news import ArticleRow, ArticleTextRow, EventRow, FeedRow
from bot.edges.store.tables.stories import StoryRow, TellingRow
from bot.model import Correction, StoredStory
from extractors.model import Difference, Kind, Purpose, Status, Story, Told

_BATCH = 5000  # numbers in one IN list
_STORIES_KEPT = 8192  # some years; about 5 KB each
_WORDS_KEPT = 65_536


class _StoryColumns(NamedTuple):
    """The columns of a story, JSON as its text."""

    id: int
    kind: str
    company: str
    ticker: str | None
    btc: Decimal | None
    usd: Decimal | None
    price_usd: Decimal | None
    status: str
    period_start: date | None
    period_end: date | None
    purposes: str
    settlement: str | None
    differ: str
    linked: str
    corrected: str | None
    revision: int
    found_at: datetime
    changed_at: datetime
    wrong: bool
    gone: bool


class _TellingColumns(NamedTuple):
    """The columns of one telling: its event, JSON as its text, and where that was read."""

    story_id: int
    article_id: int
    revision: int
    kind: str
    company: str
    ticker: str | None
    btc: Decimal | None
    usd: Decimal | None
    price_usd: Decimal | None
    status: str
    purposes: str
    period_start: date | None
    period_end: date | None
    settlement: str | None
    evidence: str
    link: str | None
    published: datetime | None
    feed: str | None
    feed_kind: str | None


_EVENT = _TellingColumns._fields[1:-4]
_JSON = frozenset({"purposes", "differ", "linked", "corrected", "evidence"})
_Words = tuple[int, int, str | None]  # of an article, by its number, the revision of its words, and its link


class Rebuilt:
    """The stories of one database."""

    def __init__(self) -> None:
        self._own: dict[_Words, bool] = {}

    def of(self, session: Session, numbers: Sequence[int]) -> list[StoredStory]:
        """The stories of these numbers, in their order."""
        found: dict[int, StoredStory] = {}
        for start in range(0, len(numbers), _BATCH):
            some = self.read(session, stories().where(col(StoryRow.id).in_(numbers[start : start + _BATCH])))
            found.update((story.id, story) for story in some)
        return [found[number] for number in numbers]

    def read(self, session: Session, wanted: Select[Any]) -> list[StoredStory]:
        """What `stories()`, narrowed and ordered, finds, with all tellings; one whose event is gone until the next merge is left out."""
        rows = [_StoryColumns(*row) for row in session.execute(wanted)]
        told = _told(session, [row.id for row in rows])
        own = self._own_words(session, (row for some in told.values() for row in some))
        return [_stored(row, tuple(told[row.id]), tuple(own[_words(one)] for one in told[row.id])) for row in rows]

    def _own_words(self, session: Session, rows: Iterable[_TellingColumns]) -> dict[_Words, bool]:
        """Whether each article is the miner's own word, going by the article alone."""
        wanted = {_words(row) for row in rows}
        found = {words: known for words in wanted if (known := self._own.get(words)) is not None}
        if unknown := wanted - found.keys():
            found |= _judged(session, unknown)
            if len(self._own) > _WORDS_KEPT:
                self._own = {}
            self._own |= found
        return found


@cache
def stories() -> Select[Any]:
    """Every story's columns."""
    return select(*_columns(StoryRow, _StoryColumns._fields))


def _columns(table: type[StoryRow | EventRow], names: Iterable[str]) -> list[Any]:
    return [cast(getattr(table, name), Text) if name in _JSON else col(getattr(table, name)) for name in names]


@cache
def _tellings() -> Select[Any]:
    return (
        select(
            col(TellingRow.story_id),
            *_columns(EventRow, _EVENT),
            col(ArticleRow.link),
            col(ArticleRow.published),
            col(FeedRow.title),
            col(FeedRow.kind),
        )
        .join(EventRow, col(EventRow.id) == col(TellingRow.event_id))
        .join(ArticleRow, col(ArticleRow.id) == col(EventRow.article_id))
        .join(FeedRow, col(FeedRow.id) == col(ArticleRow.feed_id), isouter=True)
        .order_by(col(TellingRow.story_id), col(TellingRow.position))
    )


def _told(session: Session, numbers: Sequence[int]) -> dict[int, list[_TellingColumns]]:
    """The tellings of stories, primary source first."""
    found: dict[int, list[_TellingColumns]] = defaultdict(list)
    for start in range(0, len(numbers), _BATCH):
        for row in session.execute(_tellings().where(col(TellingRow.story_id).in_(numbers[start : start + _BATCH]))):
            found[row[0]].append(_TellingColumns(*row))
    return found


def _words(row: _TellingColumns) -> _Words:
    return row.article_id, row.revision, row.link


def _judged(session: Session, unknown: Iterable[_Words]) -> dict[_Words, bool]:
    links: dict[tuple[int, int], list[str | None]] = defaultdict(list)
    for number, revision, link in unknown:
        links[number, revision].append(link)
    numbers = sorted({number for number, _ in links})
    found: dict[_Words, bool] = {}
    for start in range(0, len(numbers), _BATCH):
        for text in session.scalars(select(ArticleTextRow).where(col(ArticleTextRow.article_id).in_(numbers[start : start + _BATCH]))):
            for link in links.get((text.article_id, text.revision), ()):
                found[text.article_id, text.revision, link] = article_rows.is_own_word(text, link)
    return found


# --- building --------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=_STORIES_KEPT)
def _stored(row: _StoryColumns, told: tuple[_TellingColumns, ...], own: tuple[bool, ...]) -> StoredStory:
    story = Story(
        kind=Kind(row.kind),
        company=row.company,
        ticker=row.ticker,
        btc=row.btc,
        usd=row.usd,
        price_usd=row.price_usd,
        status=Status(row.status),
        period=to_period(row.period_start, row.period_end),
        purposes=tuple(Purpose(purpose) for purpose in json.loads(row.purposes)),
        settlement=row.settlement,
        tellings=tuple(_telling(one, own=mine) for one, mine in zip(told, own, strict=True)),
        differ=tuple(Difference(name, tuple((value, tuple(some)) for value, some in values)) for name, values in json.loads(row.differ)),
    )
    return StoredStory(
        id=row.id,
        story=story,
        revision=row.revision,
        found_at=row.found_at,
        changed_at=row.changed_at,
        linked=tuple(json.loads(row.linked)),
        wrong=row.wrong,
        gone=row.gone,
        corrected=_corrections(row.corrected),
    )


def _telling(row: _TellingColumns, *, own: bool) -> Told:
    columns: dict[str, Any] = dict(zip(_EVENT, row[1:-4], strict=True))
    event = EventRow(**{name: json.loads(value) if name in _JSON else value for name, value in columns.items()})
    source = article_rows.source_of(row.feed, row.link) or None
    return Told(str(row.article_id), to_event(event), row.published, source, own or article_rows.carries_own_words(row.feed_kind))


def _corrections(kept: str | None) -> tuple[Correction, ...]:
    before = json.loads(kept) if kept else {}
    found = (Correction(field, said, datetime.fromisoformat(at)) for field, (said, at) in (before or {}).items())
    return tuple(sorted(found, key=lambda one: (one.at, one.field)))
