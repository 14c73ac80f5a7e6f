"""Everything that `assay extract` may be given, to articles: plain text, a page, a feed, or JSON Lines.

JSON Lines are read line by line, and a line that cannot be read becomes a `BadLine` in its place: one bad article never sinks
the rest. The other forms are one document each, and are refused as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from extractors.encoding import decode
from extractors.errors import InputError
from extractors.html_text import looks_like_html, tidy
from extractors.jsonl import loads, read_moment
from extractors.model import Article

_MAX_LINE = 20_000_000
_FEED_ROOT = re.compile(r"<(?:rss|feed|(?:\w+:)?RDF)\b", re.IGNORECASE)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")
_HEAD = 20_000


class Form(StrEnum):
    """The forms of input; `auto` looks at the content."""

    AUTO = "auto"
    TEXT = "text"
    HTML = "html"
    FEED = "feed"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no article: its id if that could be read, what is wrong, and its number from 1."""

    id: str | None
    error: str
    line: int


def read_articles(data: bytes, form: Form = Form.AUTO, *, name: str = "-") -> Iterator[Article | BadLine]:
    """The articles of `data` in order. `name` becomes the id of a text or page that has none.

    InputError (FeedError, PageError) if a text, page or feed cannot be read; JSON Lines give a `BadLine` instead.
    """
    match detect(data) if form is Form.AUTO else form:
        case Form.JSONL:
            yield from _read_lines(data)
        case Form.FEED:
            from extractors.feed import read_feed

            yield from read_feed(data)
        case Form.HTML:
            yield _page(data, name)
        case _:
            yield _plain(decode(data), name)


def detect(data: bytes) -> Form:
    """The form of `data`, by its first characters: JSON is lines unless it is a JSON Feed, XML a feed, HTML a page, the rest text."""
    text = decode(data[:_HEAD]).lstrip()
    if text.startswith("{"):
        return Form.FEED if _is_json_feed(text, data) else Form.JSONL
    if text.startswith("<") or _PAGE.search(text):
        feed, page = _FEED_ROOT.search(text), _PAGE.search(text)
        if feed and (page is None or feed.start() < page.start()):
            return Form.FEED
        if page or looks_like_html(text):
            return Form.HTML
        return Form.FEED if text.startswith("<?xml") else Form.TEXT
    return Form.JSONL if any(line.lstrip().startswith('{"') for line in text.splitlines()[:5]) else Form.TEXT


def _is_json_feed(head: str, data: bytes) -> bool:
    if "jsonfeed.org/version" in head:
        return '"items"' in head or b'"items"' in data
    return False


def _plain(text: str, name: str) -> Article:
    """A text whose first line is its headline."""
    title, _, rest = text.strip().replace("\r\n", "\n").partition("\n")
    if not title:
        raise InputError("the text is empty")
    return Article(name, tidy(title), rest.strip("\n"))


def _page(data: bytes, name: str) -> Article:
    from extractors.page import read_page

    article = read_page(data)
    return article if article.link else replace(article, id=name)  # a page that tells its address has it as its id


def _read_lines(data: bytes) -> Iterator[Article | BadLine]:
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    if not lines[-1].strip():
        lines.pop()  # what follows the last line break is no line
    for number, line in enumerate(lines, start=1):
        yield _read_line(line, number)


def _read_line(line: bytes, number: int) -> Article | BadLine:
    known = None
    try:
        value = _object(line)
        given = value.get("id")
        known = str(given) if isinstance(given, (str, int)) and not isinstance(given, bool) else None
        return _article(value, known)
    except InputError as error:
        return BadLine(known, str(error), number)


def _object(line: bytes) -> dict[str, Any]:
    """The JSON object on a line; InputError if it holds none."""
    if len(line) > _MAX_LINE:
        raise InputError(f"longer than {_MAX_LINE // 1_000_000} MB")
    if not line.strip():
        raise InputError("empty line")
    try:
        value = loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise InputError("not UTF-8") from None
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise InputError(f"not JSON: {_reason(error)}") from None
    if not isinstance(value, dict):
        raise InputError("not a JSON object")
    return value


def _article(value: dict[str, Any], known: str | None) -> Article:
    if not known:
        raise InputError("no id" if value.get("id") is None else "id is not a string")
    title, text = _string(value, "title"), _string(value, "text")
    if not title.strip() and not text.strip():
        raise InputError("neither title nor text")
    return Article(known, title, text, _published(value.get("published")), _string(value, "link") or None)


def _string(value: dict[str, Any], field: str) -> str:
    """A text field, "" if absent or null; half of a surrogate pair becomes U+FFFD, so that lengths stay."""
    text = value.get(field)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise InputError(f"{field} is not a string")
    return _SURROGATE.sub("\ufffd", text)


def _published(text: Any) -> datetime | None:
    if text is None or text == "":
        return None
    if not isinstance(text, str):
        raise InputError("published is not a string")
    try:
        return read_moment(text)
    except (ValueError, OverflowError):
        raise InputError(f"published is no ISO date: {text[:40]!r}") from None


def _reason(error: Exception) -> str:
    return "nested too deeply" if isinstance(error, RecursionError) else str(error).partition("\n")[0][:120]
