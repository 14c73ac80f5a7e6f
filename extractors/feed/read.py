"""The door: bytes of a feed to articles, in the feed's order, each once.

An article's id is what stays the same when the feed is read again: its guid and its normalised link together, since either alone
is reused by some publishers; the link alone where the guid says no more; title and day where there is neither.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from extractors.encoding import decode
from extractors.errors import FeedError
from extractors.feed.entry import Document, Entry
from extractors.feed.json_feed import read_json
from extractors.feed.xml import MAX_BYTES
from extractors.feed.xml_feed import read_xml
from extractors.html_text import html_to_text, inline_text, looks_like_html, tidy, without_publisher
from extractors.links import host_of, join_links, normal_link
from extractors.model import Article
from extractors.moments import read_date

_APPEARED_FIRST = re.compile(
    r"(?:^|\n|(?<=[.!?…\]])\s)The post\b[^\n]{1,400}? (?:appeared first on|first appeared on)\b[^\n]{0,200}\Z", re.IGNORECASE
)
_READ_ON = re.compile(r"\s*(?:\[?(?:Continue reading|Read (?:the )?(?:more|full (?:story|article)|on))\b[^\n]{0,120}\Z)", re.IGNORECASE)
_CUT = re.compile(r"(\w?)\s*(?:\[\s*(?:…|\.{3}|&hellip;)\s*\]|\(\.{3}\))\s*\Z")
_PREFIX = re.compile(r"^(?:breaking(?: news)?|updated?(?:\s*\d+)?|just in|flash|exclusive)\s*[:|–—-]\s*", re.IGNORECASE)
_MAX_ID = 300
_MAX_TITLE = 1000
_MAX_TEXT = 1_000_000
_LONGEST_TAIL = 1_000


def read_feed(body: bytes, *, url: str | None = None, charset: str | None = None) -> tuple[Article, ...]:
    """The articles of a feed document; a valid feed without entries gives none.

    `url` is where it was fetched from (links resolve against it), `charset` what HTTP said. Dates are as stated, also in the
    future (see `clamp_future`). FeedError if no feed format is recognised or the feed is beyond the limits.
    """
    if len(body) > MAX_BYTES:
        raise FeedError(f"the feed is larger than {MAX_BYTES // 1_000_000} MB")
    text = decode(body, charset)
    document = read_json(text) if text.lstrip().startswith("{") else read_xml(text)
    once: dict[str, Article] = {}
    for article in _articles(document, url or ""):
        once.setdefault(article.id, article)
    return tuple(once.values())


def clamp_future(articles: Iterable[Article], now: datetime) -> tuple[Article, ...]:
    """The articles with publication times after `now` set to `now`."""
    return tuple(replace(article, published=now) if article.published and article.published > now else article for article in articles)


def _articles(document: Document, url: str) -> list[Article]:
    shared = {guid for guid, count in Counter(entry.guid for entry in document.entries).items() if count > 1}
    feed_title = inline_text(document.title)
    home = join_links(url, document.link)
    return [_article(entry, feed_title, home or url, url, entry.guid in shared) for entry in document.entries]


def _article(entry: Entry, feed_title: str, home: str, url: str, guid_is_shared: bool) -> Article:
    link = next((found for found in (normal_link(link, url or home) for link in entry.links) if found), None)
    title = _title(entry, feed_title, home)
    published = next((date for date in map(read_date, entry.dates) if date), None)
    text = max((_text(body) for body in entry.texts), key=len, default="")
    guid = "" if guid_is_shared and not link else entry.guid
    return Article(_identity(guid, link, (title, published, text)), title, text, published, link, url or None)


def _identity(guid: str, link: str | None, rest: tuple[str, datetime | None, str]) -> str:
    guid = " ".join(guid.split())
    if link and normal_link(guid) == link:
        guid = ""
    key = " ".join(part for part in (guid, link) if part)
    if not key:
        title, published, text = rest
        day = published.date().isoformat() if published else ""
        digest = hashlib.sha256(f"{_PREFIX.sub('', title).casefold()}\n{day}\n{'' if title else text}".encode("utf-8", "replace"))
        return f"title:{digest.hexdigest()[:32]}"
    return key if len(key) <= _MAX_ID else f"sha256:{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()}"


def _title(entry: Entry, feed_title: str, home: str) -> str:
    return without_publisher(inline_text(entry.title)[:_MAX_TITLE], (inline_text(entry.publisher), feed_title, host_of(home)))


def _text(body: str) -> str:
    """A body as plain text, without the tails that feed software adds."""
    text = html_to_text(body) if looks_like_html(body) else tidy(body)
    text = _without(_READ_ON, _without(_APPEARED_FIRST, text).rstrip())
    return _CUT.sub(lambda cut: f"{cut[1]}…" if cut[1] else "", text)[:_MAX_TEXT]


def _without(tail: re.Pattern[str], text: str) -> str:
    """The text without such a tail, which is looked for where one can begin: no text full of beginnings takes long."""
    found = tail.search(text, max(0, len(text) - _LONGEST_TAIL))
    return text[: found.start()] if found else text
