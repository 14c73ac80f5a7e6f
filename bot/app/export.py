"""`assay events export`: every story with its events, for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from bot.app.base import open_store
from bot.edges.store.store import Store
from bot.model import SalesQuery, StoredStory
from bot.settings import Settings
from extractors.jsonl import dumps, event_json
from extractors.model import Kind
from extractors.stories import story_json

_COLUMNS = (
    "story", "kind", "company", "ticker", "btc", "usd", "price_usd", "status",
    "period_start", "period_end", "purposes", "settlement", "article", "link", "published",
)  # fmt: skip


def export_stories(settings: Settings, form: str) -> Iterator[str]:
    """Lines of `csv` (a row an event), `json` (one array) or `jsonl` (a line a story)."""
    with open_store(settings) as store:
        stories = _all(store)
        if form == "csv":
            yield from _csv(store, stories)
        elif form == "jsonl":
            yield from (dumps(_line(store, stored)) for stored in stories)
        else:
            yield "[" + ",\n".join(dumps(_line(store, stored)) for stored in stories) + "]"


def _all(store: Store) -> list[StoredStory]:
    now = datetime.now(UTC)
    return [stored for kind in Kind for stored in store.stories.list(SalesQuery(kind=kind), now)]


def _line(store: Store, stored: StoredStory) -> dict[str, Any]:
    """The story as `assay stories` writes it, with the events it rests on."""
    links = {source.article_id: source.link for source in store.stories.sources(stored.id)}
    told = [{"article": each.article_id, "link": links.get(each.article_id), **event_json(each.event)} for each in stored.story.tellings]
    return story_json(str(stored.id), stored.story) | {"events": told}


def _csv(store: Store, stories: list[StoredStory]) -> Iterator[str]:
    yield _row(_COLUMNS)
    for stored in stories:
        sources = {source.article_id: source for source in store.stories.sources(stored.id)}
        for told in stored.story.tellings:
            event = event_json(told.event)
            start, end = event["period"] or ("", "")
            source = sources.get(told.article_id)
            yield _row(
                (
                    stored.id,
                    *(event[name] for name in _COLUMNS[1:8]),
                    start,
                    end,
                    " ".join(event["purposes"]),
                    event["settlement"],
                    told.article_id,
                    source.link if source else None,
                    told.published.isoformat() if told.published else None,
                )
            )


def _row(values: tuple[object, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(["" if value is None else value for value in values])
    return buffer.getvalue()
