"""JSON Feed (versions 1 and 1.1) to entries."""

from __future__ import annotations

import json
from typing import Any

from extractors.errors import FeedError
from extractors.feed.entry import Document, Entry

_MAX_ITEMS = 10_000


def read_json(text: str) -> Document:
    """The entries of a JSON Feed; FeedError if the text is no JSON or JSON of another kind."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise FeedError("no feed format recognised: neither XML nor valid JSON") from None
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise FeedError("no feed format recognised: JSON without a list of items")
    items = [item for item in document["items"][:_MAX_ITEMS] if isinstance(item, dict)]
    return Document(_string(document, "title"), _string(document, "home_page_url"), tuple(_entry(item) for item in items))


def _entry(item: dict[str, Any]) -> Entry:
    links = (_string(item, "url"), _string(item, "external_url"))
    return Entry(
        guid=_string(item, "id"),
        title=_string(item, "title"),
        texts=tuple(text for name in ("content_html", "content_text", "summary") if (text := _string(item, name))),
        links=tuple(link for link in (*links, _absolute(_string(item, "id"))) if link),
        dates=tuple(text for name in ("date_published", "date_modified") if (text := _string(item, name))),
    )


def _absolute(guid: str) -> str:
    return guid if guid.startswith(("http://", "https://")) else ""


def _string(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
