"""HTML to plain text, the way a reader sees it: a block is a line, a table row is a line of cells "a | b | c".

One walk over the parsed tree. Scripts, forms and widgets are dropped; footnote digits in superscript too, since glued to a
figure they would change it. Tables that only lay out a page (one column, or tables within) are read as blocks; in data
tables the columns that were split for looks ("$" in a cell of its own, spacers) are joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from itertools import islice, pairwise
from typing import Any

# fmt: off
_DROPPED = frozenset({
    "script", "style", "form", "button", "select", "textarea", "input", "iframe", "noscript", "svg", "object", "embed",
    "template", "head", "title", "canvas", "audio", "video", "map", "math", "dialog",
})
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})
_INLINE = frozenset({
    "a", "abbr", "b", "big", "br", "cite", "code", "del", "em", "font", "i", "img", "ins", "label", "mark", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "picture", "source",
})
# fmt: on
_TAG = re.compile(rf"</?({'|'.join(sorted(_BLOCKS | _INLINE | _DROPPED))})\b[^<>]*>|<!--", re.IGNORECASE)
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
_WIDGET = re.compile(
    r"(?:^|[\s_-])(widget|ticker|tickers|newsletter|related|promo|sharing|share-buttons|advert|ads?|cookie|sponsor)(?:$|[\s_-])",
    re.IGNORECASE,
)
_WIDGET_TAGS = frozenset({"div", "aside", "section", "ul", "nav"})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_START_TAG = re.compile(r"""<[A-Za-z](?:[^"'>]++|"[^"]*+"|'[^']*+')*+""")
_ATTRIBUTE = re.compile(r"""[\s"'/][^\s="'>/]+""")
_LONG_TAG, _MAX_ATTRIBUTES = 2_000, 400
_EMPTY_ITEM = re.compile(r"\n- +\n\s*")  # an item that opens with a block
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
_FOOTNOTE = re.compile(r"\s*[\[(]?[\d*†‡§,]{1,4}[\])]?\s*")
_TAIL = re.compile(r"\s+[-–—|]\s+([^–—|]{2,60}?)$")
# A joiner before a picture makes one emoji of several.
_ZERO_WIDTH = re.compile("[\u200b\u200c\u2060\ufeff\u00ad]|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])")
_MAX_DEPTH = 200
_MAX_TABLE_CELLS = 20_000
_MAX_IN_MARK = 20  # elements in a footnote mark
_BEFORE_EXPONENT = 40  # characters in which the 10 and the blanks behind it stand


def looks_like_html(text: str) -> bool:
    """Whether `text` holds HTML tags or entities, rather than being plain text with a stray "<"."""
    return bool(_TAG.search(text) or _ENTITY.search(text))


def html_to_text(html: str) -> str:
    """The readable text of a piece of HTML: lines without blanks at their ends, no empty lines; "" if there is none.

    >>> html_to_text("<p>Sold <b>475</b>&nbsp;BTC</p><table><tr><td>BTC sold</td><td>475</td></tr></table>")
    'Sold 475 BTC\\nBTC sold | 475'
    """
    if not _TAG.search(html):
        return tidy(unescape(html))
    root = parse_html(html)
    return "" if root is None else element_text(root)


def parse_html(text: str) -> Any:
    """The lxml tree of a page or a piece of one; None if there is nothing in it, or a tag with so many attributes that parsers choke."""
    from lxml import etree, html

    if any(len(tag[0]) > _LONG_TAG and len(_ATTRIBUTE.findall(tag[0])) > _MAX_ATTRIBUTES for tag in _START_TAG.finditer(text)):
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        return html.document_fromstring(_CONTROL.sub("", text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def element_text(root: Any) -> str:
    """The readable text of an lxml element, as `html_to_text` gives it."""
    pieces: list[str] = []
    _write(root, pieces, 0)
    return tidy(_EMPTY_ITEM.sub("\n- ", "".join(pieces)))


def drop_unread(root: Any) -> None:
    """Takes out of a tree what `element_text` would not read: footnote marks, widgets, hidden parts, forms. Scripts stay."""
    for element in list(root.iter("sup", "form", "select", *_WIDGET_TAGS)):
        if element.getparent() is not None and _is_dropped(element, element.tag):
            element.drop_tree()


def tidy(text: str) -> str:
    """Lines with single blanks and no blank at their ends; empty lines and invisible characters go."""
    text = _ZERO_WIDTH.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def inline_text(text: str) -> str:
    """A title: tags gone, entities decoded until nothing changes, one line. Tags that appear by decoding stay as text."""
    text = _TAG.sub(lambda found: " " if found[1] and found[1].lower() in _BLOCKS | {"br"} else "", text)
    for _ in range(3):
        decoded = unescape(text)
        if decoded == text:
            break
        text = decoded
    return " ".join(_ZERO_WIDTH.sub("", text).split())


def without_publisher(title: str, names: Iterable[str]) -> str:
    """The headline without the publisher's name at its end; `names` are what it may be called, or the host of its site.

    >>> without_publisher("Riot sells - The Ledger", ["the-ledger.example"])
    'Riot sells'
    """
    tail = _TAIL.search(title)
    if tail is None:
        return title
    hosts = [name.removeprefix("www.") for name in names]
    known = {_squash(name) for host in hosts for name in (host, host.rpartition(".")[0])} - {""}
    return title[: tail.start()] if _squash(tail[1]) in known else title


def _squash(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold()


def _write(element: Any, pieces: list[str], depth: int) -> None:
    """Appends the text of `element`; source line breaks are blanks, blocks stand on lines of their own."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if _is_dropped(element, tag) or depth > _MAX_DEPTH:
        return
    if tag == "br" or (tag == "sup" and _is_exponent(element)):
        pieces.append("\n" if tag == "br" else "^")
    if tag == "table" and (rows := _data_rows(element, depth)):
        pieces.append("\n" + "\n".join(" | ".join(row) for row in rows) + "\n")
        return
    block = tag in _BLOCKS
    if block:
        pieces.append("\n- " if tag == "li" else "\n")
    pieces.append(_flow(element.text, tag))
    for child in element:
        _write(child, pieces, depth + 1)
        pieces.append(_flow(child.tail, tag))
    if block:
        pieces.append("\n")


def _flow(text: str | None, tag: str) -> str:
    if not text:
        return ""
    return text if tag == "pre" else " ".join(re.split(r"[\n\r\t\f]+", text))


def _is_dropped(element: Any, tag: str) -> bool:
    if not tag or tag in _DROPPED or element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
        return True
    if tag == "sup":
        return _is_footnote(element) and not _is_exponent(element)
    return tag in _WIDGET_TAGS and bool(_WIDGET.search(f"{element.get('class', '')} {element.get('id', '')}"))


def _is_footnote(element: Any) -> bool:
    """A mark has little inside: looking no further keeps a thousand marks within each other from reading the page a thousand times."""
    inner = sum(1 for _ in islice(element.iter(), _MAX_IN_MARK + 1))
    return inner <= _MAX_IN_MARK and bool(_FOOTNOTE.fullmatch("".join(element.itertext())))


def _is_exponent(element: Any) -> bool:
    """The 18 of 10^18 is no footnote."""
    before = element.getprevious()
    text = (before.tail if before is not None else element.getparent().text if element.getparent() is not None else "") or ""
    return bool(re.search(r"(?<!\d)10\s*$", text[-_BEFORE_EXPONENT:]))


def _data_rows(table: Any, depth: int) -> list[list[str]]:
    """The rows of a table of data, in columns; empty for a table that lays out a page, or is so damaged that rows stand in rows."""
    if table.find(".//table") is not None or table.find(".//tr//tr") is not None:
        return []
    rows = []
    budget = _MAX_TABLE_CELLS
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        budget -= sum(map(_span, cells))
        if budget < 0:
            return []
        grid = [text for cell in cells for text in _cell(cell, depth)]
        if any(grid):
            rows.append(_join_marks(grid))
    if not rows or max(len(row) for row in rows) < 2:
        return []
    return _join_split_columns(rows)


def _cell(cell: Any, depth: int) -> list[str]:
    """The text of a cell on one line, followed by an empty text for every further column that it spans."""
    pieces: list[str] = []
    _write(cell, pieces, depth + 1)
    return [" ".join("".join(pieces).split()), *[""] * (_span(cell) - 1)]


def _span(cell: Any) -> int:
    """The number of columns that a cell takes."""
    span = cell.get("colspan", "1")
    return max(1, min(int(span[:9]), 50)) if span.isascii() and span.isdigit() else 1


def _join_marks(row: list[str]) -> list[str]:
    """Puts a currency sign before the figure of the next filled cell, a closing bracket or unit sign after the last; widths stay."""
    row = list(row)
    filled = [index for index, text in enumerate(row) if text]
    for here, after in pairwise(filled):
        if row[here] in ("$", "US$", "C$", "€", "£", "($", "("):
            row[here], row[after] = row[here] + row[after], ""
    last = None
    for index, text in enumerate(row):
        if last is not None and text in (")", "%", ")%", "%)"):
            row[last], row[index] = row[last] + text, ""
        elif text:
            last = index
    return row


def _join_split_columns(rows: list[list[str]]) -> list[list[str]]:
    """Joins neighbouring columns that are never both filled, so that one column of figures is one column again.

    Columns are kept as their filled cells by row: one wide row above many short ones is no more work than the cells that there are.
    """
    columns: list[dict[int, str]] = [{} for _ in range(max(len(row) for row in rows))]
    for number, row in enumerate(rows):
        for index, text in enumerate(row):
            if text:
                columns[index][number] = text
    joined: list[dict[int, str]] = [{}]
    for column in columns:
        if joined[-1].keys().isdisjoint(column):
            joined[-1].update(column)
        else:
            joined.append(column)
    lines: list[list[str]] = [[] for _ in rows]
    for index, column in enumerate(joined):
        for number, text in column.items():
            lines[number] += [""] * (index - len(lines[number]))
            lines[number].append(text)
    return lines
