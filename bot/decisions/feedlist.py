"""Lists of feeds: our own TOML and everybody's OPML, read from bytes; OPML written; and a feed found by what a person calls it.

A list is a setting, so what is wrong with it is said with the place in the file, and nothing of a wrong list is taken.
"""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.model import Feed, FeedKind, FeedSource
from extractors.encoding import decode

_MAX_BYTES = 5_000_000
_MAX_FEEDS = 10_000
_KEYS = frozenset({"url", "title", "kind", "file"})  # `file` is where a sample keeps the document
_KINDS = tuple(kind.value for kind in FeedKind)
_TABLE = re.compile(r"^\s*\[\[\s*feed\s*\]\]", re.MULTILINE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def read_feed_list(data: bytes) -> tuple[FeedSource, ...]:
    """The feeds of a TOML or OPML list, each address once, in the list's order. SettingsError says what is wrong and where."""
    if len(data) > _MAX_BYTES:
        raise SettingsError(f"the feed list is larger than {_MAX_BYTES // 1_000_000} MB")
    text = decode(data)
    sources = _read_opml(text) if text.lstrip().startswith("<") else _read_toml(text)
    if not sources:
        raise SettingsError("the feed list names no feed")
    if len(sources) > _MAX_FEEDS:
        raise SettingsError(f"the feed list names more than {_MAX_FEEDS} feeds")
    once: dict[str, FeedSource] = {}
    for source in sources:
        once.setdefault(source.url, source)
    return tuple(once.values())


def feed_source(url: str, title: str = "", kind: str = "") -> FeedSource:
    """A feed by its address; the host is its title if there is none. SettingsError if the address or the kind is none."""
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        host = None
    if not host or any(character.isspace() for character in url):
        raise SettingsError(f"{url!r} is not a web address")
    if kind and kind not in _KINDS:
        raise SettingsError(f"{kind!r} is not a kind of feed: {', '.join(_KINDS)}")
    return FeedSource(url, " ".join(title.split()) or host, FeedKind(kind or FeedKind.NEWS))


def matching(feeds: Sequence[Feed], text: str) -> list[Feed]:
    """The feeds that a person may mean by `text`: the one of that address or number; else of that title, in any case; else whose
    title begins so; else in whose title or address it stands. Empty if none fits.
    """
    wanted, number = " ".join(text.casefold().split()), text.strip().lstrip("#")
    tests: tuple[Callable[[Feed], bool], ...] = (
        lambda feed: text.strip() in (feed.source.url, feed.address) or number == str(feed.id),
        lambda feed: feed.source.title.casefold() == wanted,
        lambda feed: feed.source.title.casefold().startswith(wanted),
        lambda feed: wanted in f"{feed.source.title} {feed.source.url}".casefold(),
    )
    found = ([feed for feed in feeds if fits(feed)] for fits in tests) if wanted else ()
    return next(filter(None, found), [])


def write_opml(sources: Iterable[FeedSource], title: str = "Assay feeds") -> str:
    """An OPML 2.0 document of the feeds; the kind stands in `category`."""
    root = ET.Element("opml", version="2.0")
    ET.SubElement(ET.SubElement(root, "head"), "title").text = title
    body = ET.SubElement(root, "body")
    for source in sources:
        name = _NOT_XML.sub("", source.title)
        ET.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=source.url, category=source.kind.value)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _read_toml(text: str) -> list[FeedSource]:
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise SettingsError(f"the feed list is not valid TOML: {error}") from None
    tables = document.get("feed")
    if not isinstance(tables, list) or set(document) != {"feed"}:
        raise SettingsError("the feed list holds [[feed]] tables and nothing else")
    lines = [text.count("\n", 0, found.end()) + 1 for found in _TABLE.finditer(text)]
    return [_from_table(table, f"line {lines[index]}" if index < len(lines) else f"feed {index + 1}") for index, table in enumerate(tables)]


def _from_table(table: Any, place: str) -> FeedSource:
    if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
        raise SettingsError(f"feed list, {place}: url, title and kind are texts")
    if unknown := sorted(set(table) - _KEYS):
        raise SettingsError(f"feed list, {place}: {unknown[0]!r} is not one of url, title, kind")
    if "url" not in table:
        raise SettingsError(f"feed list, {place}: the url is missing")
    try:
        return feed_source(table["url"], table.get("title", ""), table.get("kind", ""))
    except SettingsError as error:
        raise SettingsError(f"feed list, {place}: {error}") from None


def _read_opml(text: str) -> list[FeedSource]:
    if re.search(r"<!\s*(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise SettingsError("the feed list has a DOCTYPE, which OPML does not need and which is not read")
    parser = ET.XMLParser(encoding="utf-8")  # noqa: S314 - bounded in size, and without a DOCTYPE there are no entities to expand
    try:
        parser.feed(text.encode("utf-8", "replace"))
        root = parser.close()
    except ET.ParseError as error:
        raise SettingsError(f"the feed list is not valid XML: {error}") from None
    if root.tag.lower() != "opml":
        raise SettingsError(f"the feed list is neither TOML nor OPML: its root is <{root.tag[:40]}>")
    outlines = ({name.lower(): value for name, value in outline.attrib.items()} for outline in root.iter("outline"))
    return [_from_outline(outline) for outline in outlines if outline.get("xmlurl", "").strip()]


def _from_outline(outline: dict[str, str]) -> FeedSource:
    title = outline.get("title") or outline.get("text") or ""
    category = outline.get("category", "").strip("/").lower()
    try:
        return feed_source(outline["xmlurl"], title, category if category in _KINDS else "")
    except SettingsError as error:
        raise SettingsError(f"feed list, outline {title or outline['xmlurl']!r}: {error}") from None
