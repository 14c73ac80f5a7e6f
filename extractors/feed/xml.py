"""XML of any quality to a small well-formed document, or FeedError.

Feeds arrive with stray "&", HTML's entities, control characters, undeclared prefixes, missing ends; and hostile ones with a
hundred thousand attributes, floods of comments or entity bombs, on which feedparser takes minutes. So the text is mended, its
DOCTYPE and entities taken away, and lxml reads it once in recovery mode, counting as it goes. What feedparser then gets is lxml's
own output: well-formed, without comments, within the limits.
"""

from __future__ import annotations

import io
import re
from html.entities import html5
from typing import Any

from extractors.errors import FeedError
from extractors.links import join_links

MAX_BYTES = 5_000_000
_MAX_DEPTH = 120
_MAX_ATTRIBUTES = 100  # of one element
_MAX_ELEMENTS = 100_000
_MAX_PREFIXES = 60

_ROOTS = frozenset({"rss", "feed", "RDF", "rdf"})
_ENTRIES = frozenset({"item", "entry"})
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]{0,2000}(?:\[.{0,100000}?\]\s{0,100})?>", re.DOTALL | re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,500}>")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:([A-Za-z]\w{1,31});)?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BAD_REFERENCE = re.compile(r"&#(?:x0*(?:[0-8bcBC]|0*1?[eEfF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\d|3[01]));")
_PREFIX = re.compile(r"</?([A-Za-z][\w.-]{0,30}):[A-Za-z]|\s([A-Za-z][\w.-]{0,30}):[A-Za-z][\w.-]{0,40}\s?=")
_DECLARED = re.compile(r"\sxmlns:([A-Za-z][\w.-]{0,30})\s{0,9}=")
_ROOT_TAG = re.compile(r"<(?:rss|feed|(?:\w+:)?RDF)\b", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_FEED_OF_PAGE = re.compile(r"<link\b[^<>]*application/(?:rss|atom)\+xml[^<>]*>", re.IGNORECASE)
_HREF = re.compile(r"""href\s*=\s*["']?([^"'\s>]{1,500})""", re.IGNORECASE)

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_NAMESPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "media": "http://search.yahoo.com/mrss/",
    "atom": "http://www.w3.org/2005/Atom",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def mend(text: str) -> bytes:
    """A well-formed UTF-8 document of the feed in `text`; FeedError if it is none, or beyond the limits.

    An entry that the document's end cut off is dropped: half a figure is a wrong figure.
    """
    text = _CONTROL.sub("", text).strip()
    if not text:
        raise FeedError("the feed is empty")
    opening = _ROOT_TAG.search(text, 0, 20_000)
    if opening is None or ((page := _HTML.search(text, 0, opening.start())) and page.start() < opening.start()):
        raise FeedError(_what_it_is(text))
    text = _DOCTYPE.sub("", _DECLARATION.sub("", text), count=1)
    pieces = _CDATA.split(text)
    pieces[::2] = [_mend_entities(piece) for piece in pieces[::2]]
    return _reread(_declare_prefixes("".join(pieces)))


def _what_it_is(text: str) -> str:
    """The line that says why `text` is no feed, with the address of the feed if it is a page that names one."""
    if not _HTML.search(text, 0, 20_000):
        return "no feed format recognised"
    named = _FEED_OF_PAGE.search(text, 0, 200_000)
    href = _HREF.search(named[0]) if named else None
    return "this is an HTML page, not a feed" + (f"; the page names {href[1]} as its feed" if href else "")


def _mend_entities(text: str) -> str:
    text = _BAD_REFERENCE.sub("", text)
    return _AMPERSAND.sub(_entity, text)


def _entity(found: re.Match[str]) -> str:
    name = found[1]
    if not name:
        return "&amp;"
    character = html5.get(f"{name};")
    return f"&amp;{name};" if character is None else character.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _declare_prefixes(text: str) -> str:
    """Declares at the root every prefix that is used and declared nowhere."""
    used = {found[1] or found[2] for found in _PREFIX.finditer(text)}
    missing = sorted(used - {"xml", "xmlns"} - set(_DECLARED.findall(text)))[:_MAX_PREFIXES]
    opening = _ROOT_TAG.search(text)
    if not missing or opening is None:
        return text
    declared = "".join(f' xmlns:{prefix}="{_NAMESPACES.get(prefix, "urn:undeclared:" + prefix)}"' for prefix in missing)
    return text[: opening.end()] + declared + text[opening.end() :]


def _reread(text: str) -> bytes:
    from lxml import etree

    source = io.BytesIO(text.encode("utf-8"))
    events = etree.iterparse(
        source,
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        _count(events)
    except etree.XMLSyntaxError as error:
        raise FeedError(f"the XML is beyond repair: {error.msg}") from None
    root = events.root
    if root is None or _local_name(root) not in _ROOTS:
        raise FeedError("no feed format recognised")
    _drop_cut_entry(text, root)
    _resolve_links(root)
    _quote_texts(root)
    return bytes(etree.tostring(root, encoding="utf-8"))


def _count(events: Any) -> None:
    depth = elements = 0
    for event, element in events:
        if event == "end":
            depth -= 1
            continue
        depth += 1
        elements += 1
        if depth > _MAX_DEPTH:
            raise FeedError(f"the feed is nested deeper than {_MAX_DEPTH} elements")
        if len(element.attrib) > _MAX_ATTRIBUTES:
            raise FeedError(f"an element of the feed has more than {_MAX_ATTRIBUTES} attributes")
        if elements > _MAX_ELEMENTS:
            raise FeedError(f"the feed has more than {_MAX_ELEMENTS} elements")


def _drop_cut_entry(text: str, root: Any) -> None:
    if re.search(rf"</(?:\w+:)?{_local_name(root)}\s*>\s*\Z", text, re.IGNORECASE):
        return
    entries = [element for element in root.iter() if _local_name(element) in _ENTRIES]
    if entries and not _is_closed(text):
        entries[-1].getparent().remove(entries[-1])


def _local_name(element: Any) -> str:
    """The name of an element without its namespace, or without its prefix where that stands for none."""
    return re.split("[}:]", element.tag)[-1] if isinstance(element.tag, str) else ""


def _resolve_links(root: Any) -> None:
    """Applies `xml:base` to the links alone: feedparser would resolve guids as well, and a guid is no address."""
    based = [element for element in root.iter() if _BASE in element.attrib]
    if not based:
        return
    for link in root.iter("{*}link"):
        if link.get("href"):
            link.set("href", join_links(link.base or "", link.get("href").strip()))
    for element in based:
        del element.attrib[_BASE]


def _quote_texts(root: Any) -> None:
    """Puts escaped markup into CDATA: the parser calls feedparser once for each "&lt;", a million times for a long page."""
    from lxml import etree

    for element in root.iter():
        text = element.text
        if text and len(element) == 0 and "<" in text and "]]>" not in text:
            element.text = etree.CDATA(text)


def _is_closed(text: str) -> bool:
    """Whether the last entry of the text has its end tag."""
    opened = max(text.rfind("<item"), text.rfind("<entry"))
    return max(text.rfind("</item"), text.rfind("</entry")) > opened
