"""RSS, RDF and Atom to entries: feedparser takes the mended document apart, this picks what articles are made of."""

from __future__ import annotations

import io
from typing import Any

from extractors.errors import FeedError
from extractors.feed.entry import Document, Entry
from extractors.feed.xml import mend

_UTF8 = {"content-type": "application/xml; charset=utf-8"}


def read_xml(text: str) -> Document:
    """The entries of an XML feed in its own order; FeedError if no feed format is recognised."""
    import feedparser

    body = io.BytesIO(mend(text))  # a stream: bytes that name a local file would be taken for that file
    try:
        parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False, response_headers=dict(_UTF8))
    except Exception as error:  # what feedparser trips over it does not foresee: KeyError, IndexError, ...
        raise FeedError(f"the feed is damaged ({type(error).__name__} on reading it)") from error
    if not parsed.version and not parsed.entries:
        raise FeedError("no feed format recognised")
    feed = parsed.feed
    company = feed.get("conformed-name") or feed.get("company-info_conformed-name") or ""
    entries = tuple(_entry(entry, company) for entry in parsed.entries)
    return Document(str(feed.get("title", "")), str(feed.get("link", "")), entries)


def _entry(entry: Any, company: str) -> Entry:
    title = str(entry.get("title", ""))
    return Entry(
        guid=str(entry.get("id", "")),
        title=f"{company}: {title}" if company else title,  # a filings list names the company once, at its top
        texts=_texts(entry),
        links=_links(entry),
        dates=tuple(str(entry[name]) for name in ("published", "updated", "created") if name in entry),
        publisher=str((entry.get("source") or {}).get("title") or ""),
    )


def _texts(entry: Any) -> tuple[str, ...]:
    contents = [str(content.get("value") or "") for content in entry.get("content", ()) if "xml" not in _bare_type(content)]
    return tuple(text for text in (*contents, str(entry.get("summary", ""))) if text)


def _bare_type(content: Any) -> str:
    """The content type, but XHTML's, which is readable though it says XML."""
    return str(content.get("type") or "").replace("xhtml+xml", "xhtml")


def _links(entry: Any) -> tuple[str, ...]:
    """The original of a feedburner wrapper, the alternate link, any other page, a guid that is one, an enclosure last."""
    links = entry.get("links", ())
    alternates = [link.get("href") for link in links if link.get("rel") == "alternate"]
    others = [link.get("href") for link in links if link.get("rel") not in ("alternate", "enclosure", "self", "edit", "replies", "hub")]
    enclosures = [link.get("href") for link in links if link.get("rel") == "enclosure"]
    candidates = (entry.get("feedburner_origlink"), *alternates, *others, _absolute(entry.get("id")), *enclosures)
    return tuple(str(link) for link in candidates if link)


def _absolute(guid: Any) -> str | None:
    return guid if isinstance(guid, str) and guid.startswith(("http://", "https://")) else None
