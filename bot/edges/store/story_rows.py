"""Stories to rows, and the words behind them; the way back is `rebuilt`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from bot.edges.store import article_rows
from bot.edges.store.columns import as_kept
from bot.edges.store.facts import to_event
from bot.edges.store.tables.news import EventRow
from bot.edges.store.tables.stories import StoryRow, TellingRow
from bot.errors import StoreError
from bot.model import Source
from extractors.model import Story, Told

_MOST = 5000
"""Numbers in one IN list."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A telling of a story as kept: the event, and where it was read."""

    event: EventRow
    told: article_rows.Read


def story_values(story: Story, found_at: datetime) -> dict[str, Any]:
    """The columns that a merge decides, but for the links."""
    reported = min((told.published for told in story.tellings if told.published), default=None)
    told_at = reported or found_at
    return {
        "kind": story.kind.value,
        "company": story.company,
        "ticker": story.ticker,
        "btc": as_kept(story.btc, 8),
        "usd": as_kept(story.usd, 2),
        "price_usd": as_kept(story.price_usd, 2),
        "status": story.status.value,
        "period_start": story.period and story.period.start,
        "period_end": story.period and story.period.end,
        "purposes": [purpose.value for purpose in story.purposes],
        "settlement": story.settlement,
        "differ": [[one.field, [[value, list(articles)] for value, articles in one.values]] for one in story.differ],
        "told_at": told_at,
        "day": _day(story, told_at),
    }


def _day(story: Story, told_at: datetime) -> date:
    reported = told_at.astimezone(UTC).date()
    return min(story.period.end, reported) if story.period else reported


def tellings(session: Session, story_ids: Iterable[int]) -> dict[int, list[Telling]]:
    """The tellings of stories, primary source first; one whose event is gone until the next merge is left out."""
    numbers = list(story_ids)
    pairs: list[tuple[int, EventRow]] = []
    for start in range(0, len(numbers), _MOST):
        wanted = (
            select(TellingRow, EventRow)
            .join(EventRow, col(EventRow.id) == col(TellingRow.event_id))
            .where(col(TellingRow.story_id).in_(numbers[start : start + _MOST]))
            .order_by(col(TellingRow.story_id), col(TellingRow.position))
        )
        pairs += [(row.story_id, event) for row, event in session.execute(wanted)]
    told = article_rows.read_in(session, [event for _, event in pairs])
    found: dict[int, list[Telling]] = defaultdict(list)
    for story_id, event in pairs:
        found[story_id].append(Telling(event, told[event.article_id, event.revision]))
    return found


def sources(found: Iterable[Telling]) -> list[Source]:
    """Each article once, with the sentences behind its figures; the sentence of the amount is the quote."""
    by_article: dict[int, Source] = {}
    for telling in found:
        spans = to_event(telling.event).evidence
        first = sorted(spans, key=lambda field: ("btc", "usd", "kind").index(field) if field in ("btc", "usd", "kind") else 3)
        if telling.event.article_id not in by_article:
            quoted = telling.told.quoting({field: spans[field] for field in first})
            by_article[telling.event.article_id] = replace(quoted, primary=telling.told.primary, seen_at=telling.told.article.seen_at)
    return list(by_article.values())


def article_number(told: Told) -> int:
    """The number of the article that a telling names; StoreError if it is none of this store's."""
    try:
        return int(told.article_id)
    except ValueError:
        raise StoreError(f"{told.article_id!r} is no number of a stored article") from None


def revise(row: StoryRow) -> None:
    """A reader sees something else now: the next revision, to be announced."""
    row.revision += 1
    row.unannounced = True
