"""Feed bytes to articles: RSS, Atom, RDF and JSON Feed, within limits.

`xml` makes any feed well-formed and refuses what would take long, `xml_feed` lets feedparser take it apart, `json_feed` does the
same for JSON, and `read` makes articles of the entries.
"""

from __future__ import annotations

from extractors.feed.read import clamp_future, read_feed

__all__ = ["clamp_future", "read_feed"]
