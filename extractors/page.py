"""A web page to its article: trafilatura finds the text among menus and boxes, the rest is read from what the page states.

trafilatura runs in its precision mode, which leaves "latest news" boxes out, on a tree from which footnote marks and widgets were
taken before. Title, day and address come from the page's own metadata and are never guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from extractors.encoding import decode
from extractors.errors import PageError
from extractors.html_text import drop_unread, element_text, inline_text, parse_html, without_publisher
from extractors.links import host_of, normal_link
from extractors.model import Article
from extractors.moments import read_date

MAX_BYTES = 3_000_000
_MAX_ELEMENTS = 30_000
_MAX_TITLE = 1000
_MAX_HEADINGS = 20
_MAX_PIECES = 4_000
# What trafilatura calls them, and what HTML does.
_TAGS = {"row": "tr", "cell": "td", "item": "li", "list": "ul", "head": "h2", "lb": "br", "hi": "b", "quote": "blockquote", "ref": "a"}
_DATE_METAS = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dcterms.date",
    "dc.date.issued",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
    "sailthru.date",
)


def read_page(body: bytes, *, url: str | None = None, charset: str | None = None) -> Article:
    """The article of an HTML page; its id is its address, or "page" if it has none.

    `url` is where it was fetched from, `charset` what HTTP said. PageError if the page is beyond the limits or holds no text.
    """
    if len(body) > MAX_BYTES:
        raise PageError(f"the page is larger than {MAX_BYTES // 1_000_000} MB")
    if body.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"GIF8", b"PK\x03\x04")):
        raise PageError("this is a file of another kind, not a page")
    root = _parse(decode(body, charset))
    metas = _metas(root)
    link = _link(root, metas, url)
    title = _title(root, metas, link)
    published = _published(root, metas)
    first, _, rest = (text := _text(root)).partition("\n")
    if not text and not title:
        raise PageError("the page holds no readable text")
    if first == title or not title:  # the headline stands once, also where the page has it only in its text
        title, text = first, rest
    return Article(link or "page", title, text, published, link)


def _parse(text: str) -> Any:
    root = parse_html(text)
    if root is None:
        raise PageError("the page holds no readable text")
    if sum(1 for _ in root.iter()) > _MAX_ELEMENTS:
        raise PageError(f"the page has more than {_MAX_ELEMENTS} elements")
    return root


def _metas(root: Any) -> dict[str, str]:
    """The page's statements about itself, by lower-case name; the first of a name counts."""
    metas: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content"):
            metas.setdefault(name.strip().lower(), element.get("content").strip())
    return metas


def _link(root: Any, metas: dict[str, str], url: str | None) -> str | None:
    canonical = next(
        (link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical" and link.get("href")), None
    )
    stated = (normal_link(address, url or "") for address in (canonical, metas.get("og:url"), url) if address)
    return next((address for address in stated if address), None)


def _title(root: Any, metas: dict[str, str], link: str | None) -> str:
    headings = [" ".join(heading.itertext()) for heading in islice(root.iter("h1"), _MAX_HEADINGS)]
    tag = root.find(".//title")
    candidates = (metas.get("og:title"), headings[0] if len(headings) == 1 else None, tag.text if tag is not None else None, *headings)
    title = next((found for found in (inline_text(candidate) for candidate in candidates if candidate) if found), "")
    return without_publisher(title[:_MAX_TITLE], (metas.get("og:site_name", ""), host_of(link or "")))


def _published(root: Any, metas: dict[str, str]) -> datetime | None:
    times = (element.get("datetime") for element in root.iter("time") if element.get("datetime"))
    stated = (*(metas[name] for name in _DATE_METAS if name in metas), *_linked_data_dates(root), *times)
    return next((date for date in map(read_date, stated) if date), None)


def _linked_data_dates(root: Any) -> Iterator[str]:
    """`datePublished` of the page's JSON-LD."""
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            document = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        nodes = document if isinstance(document, list) else [document, *_graph(document)]
        yield from (node["datePublished"] for node in nodes if isinstance(node, dict) and isinstance(node.get("datePublished"), str))


def _graph(document: Any) -> list[Any]:
    graph = document.get("@graph") if isinstance(document, dict) else None
    return graph if isinstance(graph, list) else []


def _text(root: Any) -> str:
    """The main text; all of the page's text where it is too short for trafilatura to tell text from trimmings."""
    from trafilatura import bare_extraction

    drop_unread(root)
    # Of the other extractors that trafilatura asks where its own finds little, one compares every piece of text with all around it.
    many = sum(1 for piece in root.itertext() if not piece.isspace()) > _MAX_PIECES
    found = bare_extraction(root, fast=many, favor_precision=True, include_tables=True, include_comments=False, with_metadata=False)
    body = getattr(found, "body", None)
    if body is None or not len(body):
        return element_text(root)
    for element in list(body.iter(*_TAGS)):
        element.tag = _TAGS[element.tag]
    return element_text(body)
