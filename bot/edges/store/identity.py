"""When two articles are one: pure rules over what a feed entry carries.

An article is known again by its feed's own name for it (guid), by its normalised link, or by its words. Each by itself misleads:
feeds number entries anew, put their home page into every link, reuse one page for a running blog, or send "Current report" as
the whole text. So a guid counts within its feed, a link only if it leads to a page, both only while title or address agree, and
words only if there are enough of them (else together with the day).

>>> normal_link("https://www.Example.com/news/a/?utm_source=rss#top")
'example.com/news/a'
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from extractors.model import Article

_TRACKING = re.compile(r"^(utm_\w+|at_\w+|mc_[ce]id|fbclid|gclid|igshid|cmpid|ref|ref_src|source|rss|s?feed)$", re.IGNORECASE)
_ENOUGH = 200
"""Characters of text from which on the same words mean the same article."""


class Keys(NamedTuple):
    """By what an article may be known; `words` also tells whether a known article reads differently now."""

    guid: str | None
    link: str | None
    same_words: str
    words: str

    @property
    def lookups(self) -> list[str]:
        """The keys that are looked up and kept."""
        return [key for key in (self.guid, self.link, self.same_words) if key is not None]


class Known(NamedTuple):
    """What is kept of a known article that one of the keys leads to."""

    article_id: int
    feed_id: int | None
    guid: str
    link: str | None
    title: str


def keys(article: Article, feed_id: int | None) -> Keys:
    """The keys of an article as this feed tells it."""
    link = article.link and normal_link(article.link)
    words = _digest(_plain(article.title), _plain(article.text))
    if len(article.text) < _ENOUGH:
        day = article.published.date().isoformat() if article.published else ""
        same_words = _digest(words, day)
    else:
        same_words = words
    return Keys(
        guid=f"guid:{feed_id or 0}:{_digest(article.id)}" if article.id else None,
        link=f"link:{_digest(link)}" if link else None,
        same_words=f"words:{same_words}",
        words=words,
    )


def is_same(article: Article, feed_id: int | None, known: Known, by: str) -> bool:
    """Whether the known article that a key of the family `by` ("guid", "link", "words") led to is this one."""
    if by == "words" or _plain(article.title) == _plain(known.title):
        return True
    if by == "guid":
        return not article.link or not known.link or normal_link(article.link) == normal_link(known.link)
    return feed_id != known.feed_id or article.id == known.guid


def normal_link(link: str) -> str | None:
    """What of an address names the page, without scheme, `www.`, tracking and fragment; None if it is no page but a site."""
    try:
        parts = urlsplit(link.strip())
        host = (parts.hostname or "").removeprefix("www.")
        query = urlencode(sorted(pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(pair[0])))
    except ValueError:
        return link.strip() or None
    path = parts.path.rstrip("/")
    if not host or not (path or query):
        return None
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _digest(*parts: str) -> str:
    return sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()[:40]
