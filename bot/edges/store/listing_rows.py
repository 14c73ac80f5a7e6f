"""Listings to rows and back. A row is named by what it holds, so that what many places read alike is kept once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import and_, delete, select, update
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from bot.edges.store.engine import Database
from bot.edges.store.facts import to_period
from bot.edges.store.tables.base import table_of
from bot.edges.store.tables.outbox import DeliveryRow, ListedRow, ListingRow
from bot.edges.store.tables.stories import StoryRow
from bot.model import Listing, Mark, Part, StoredStory
from extractors.model import Kind, Status, Story

_Known = aliased(StoryRow)


def name_of(listing: Listing) -> str:
    """The name of the row that holds it."""
    return sha256(json.dumps(_data(listing), sort_keys=True).encode()).hexdigest()


def keep(database: Database, session: Session, listings: Sequence[Listing]) -> None:
    """Keeps those that are not kept yet; a story that has changed since it was told in one of them is announced again."""
    for listing in listings:
        name = name_of(listing)
        session.execute(database.insert(ListingRow).values(digest=name, data=_data(listing)).on_conflict_do_nothing())
        told = [{"listing": name, "story_id": story.id, "revision": story.revision} for story in listing.stories]
        session.execute(database.insert(ListedRow).on_conflict_do_nothing(), told)
        later = and_(col(_Known.id) == col(ListedRow.story_id), col(_Known.revision) > col(ListedRow.revision))
        changed = select(col(ListedRow.story_id)).join(_Known, later).where(col(ListedRow.listing) == name)
        session.execute(update(table_of(StoryRow)).where(col(StoryRow.id).in_(changed)).values(unannounced=True))


def prune(session: Session) -> None:
    """Forgets those of which no message is left."""
    needed = select(col(DeliveryRow.listing)).where(col(DeliveryRow.listing).is_not(None))
    session.execute(delete(ListingRow).where(col(ListingRow.digest).not_in(needed)))


def to_listing(data: Any) -> Listing:
    """The noun of a row's data."""
    return Listing(
        html=data["html"],
        marks=tuple(Mark(Part(part), tuple(stories), tuple(lines)) for part, stories, lines in data["marks"]),
        stories=tuple(_story(told) for told in data["stories"]),
        language=data["language"],
        timezone=data["timezone"],
        since=datetime.fromisoformat(data["since"]),
        until=datetime.fromisoformat(data["until"]),
        made_at=datetime.fromisoformat(data["made_at"]),
        weekly=data["weekly"],
        caption=data["caption"],
        continues=data["continues"],
        without=frozenset(data["without"]),
    )


def _data(listing: Listing) -> dict[str, Any]:
    return {
        "html": listing.html,
        "marks": [[mark.part.value, list(mark.stories), list(mark.lines)] for mark in listing.marks],
        "stories": [_told(story) for story in listing.stories],
        "language": listing.language,
        "timezone": listing.timezone,
        "since": _utc(listing.since),
        "until": _utc(listing.until),
        "made_at": _utc(listing.made_at),
        "weekly": listing.weekly,
        "caption": listing.caption,
        "continues": listing.continues,
        "without": sorted(listing.without),
    }


def _told(stored: StoredStory) -> dict[str, Any]:
    story = stored.story
    return {
        "id": stored.id,
        "revision": stored.revision,
        "found_at": _utc(stored.found_at),
        "linked": list(stored.linked),
        "kind": story.kind.value,
        "company": story.company,
        "ticker": story.ticker,
        "status": story.status.value,
        "settlement": story.settlement,
        "amounts": [None if amount is None else str(amount) for amount in (story.btc, story.usd, story.price_usd)],
        "days": [story.period.start.isoformat(), story.period.end.isoformat()] if story.period else None,
    }


def _story(told: dict[str, Any]) -> StoredStory:
    btc, usd, price = (None if amount is None else Decimal(amount) for amount in told["amounts"])
    story = Story(
        kind=Kind(told["kind"]),
        company=told["company"],
        ticker=told["ticker"],
        btc=btc,
        usd=usd,
        price_usd=price,
        status=Status(told["status"]),
        period=to_period(*map(date.fromisoformat, told["days"])) if told["days"] else None,
        purposes=(),
        settlement=told["settlement"],
        tellings=(),
    )
    at = datetime.fromisoformat(told["found_at"])
    return StoredStory(told["id"], story, told["revision"], at, at, tuple(told["linked"]))


def _utc(time: datetime) -> str:
    return time.astimezone(UTC).isoformat()
