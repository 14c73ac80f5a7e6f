"""Feed bytes to articles: RSS, Atom, RDF and JSON Feed, within limits.

`xml` makes any feed well-formed and refuses what would take long, `entries` lets feedparser take it apart, `json_feed` does the
same for JSON, `dates` and `links` put right what publishers get wrong, and `read` makes articles of it.
"""

from __future__ import annotations

from extractors.feed.links import normal_link
from extractors.feed.read import clamp_future, read_feed

__all__ = ["clamp_future", "normal_link", "read_feed"]
