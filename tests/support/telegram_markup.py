"""Telegram's HTML as its server reads it, for tests: what it would refuse raises, what it would show comes back."""

from html import unescape
from html.parser import HTMLParser

ALLOWED = {"b", "strong", "i", "em", "u", "s", "code", "pre", "a", "blockquote", "tg-spoiler"}
NAMED = {"lt", "gt", "amp", "quot"}


class RefusedError(ValueError):
    """Telegram would answer 400: can't parse entities."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.text = ""
        self.open: list[tuple[str, int, str | None]] = []
        self.entities: list[tuple[str, int, int, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            raise RefusedError(f"unsupported tag {tag}")
        if [name for name, _ in attrs] != (["href"] if tag == "a" else []):
            raise RefusedError(f"attributes {attrs} of {tag}")
        if any(name == "code" for name, _, _ in self.open):
            raise RefusedError("an entity inside code")
        self.open.append((tag, len(self.text), attrs[0][1] if attrs else None))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1][0] != tag:
            raise RefusedError(f"unexpected end of {tag}")
        name, start, link = self.open.pop()
        self.entities.append((name, start, len(self.text), link))

    def handle_data(self, data: str) -> None:
        if "<" in data or "&" in data:
            raise RefusedError(f"unescaped {data!r}")
        self.text += data

    def handle_entityref(self, name: str) -> None:
        if name not in NAMED:
            raise RefusedError(f"unknown entity {name}")
        self.text += unescape(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.text += unescape(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        raise RefusedError("a comment")

    def handle_decl(self, decl: str) -> None:
        raise RefusedError("a declaration")

    def handle_pi(self, data: str) -> None:
        raise RefusedError("a processing instruction")


def read_html(html: str) -> tuple[str, list[tuple[str, int, int, str | None]]]:
    """The visible text and its entities (tag, start, end, link); RefusedError as Telegram would."""
    html.encode()  # a lone surrogate could not be sent at all
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.open:
        raise RefusedError(f"{reader.open[-1][0]} is not closed")
    return reader.text, reader.entities


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2
