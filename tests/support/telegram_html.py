"""Telegram's HTML, read as its server reads it: a small parser with Telegram's own words for what it refuses.

Two kinds of trouble are kept apart. `HtmlRefusedError` is what Telegram answers with 400. `Parsed.smells` is what Telegram would take
and show wrongly: a bare ampersand, an entity that it does not know, an attribute or link that it drops, styles that cannot be
nested, more than a hundred entities. The fake server counts both as faults of whoever sent it.
"""

import re
from dataclasses import dataclass, field

STYLES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
ATTRIBUTES = {
    "a": {"href"},
    "code": {"class"},
    "span": {"class"},
    "blockquote": {"expandable"},
    "tg-emoji": {"emoji-id"},
    "tg-time": {"unix", "format"},
}
ENTITIES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
ENTITY = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z0-9]+));?")
LINK = re.compile(r"(?:https?|tg|ton|tonsite)://[^\s/?#]+\S*|mailto:\S+@\S+|tel:\+?\d+", re.IGNORECASE)
TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
MOST_ENTITIES = 100
LONELY = {"code", "pre", "text_link", "custom_emoji", "date_time"}  # cannot contain each other


class HtmlRefusedError(Exception):
    """What Telegram would answer after "Bad Request: can't parse entities: "."""


@dataclass
class Parsed:
    """The text without tags, its entities with offsets in UTF-16 units, and what would look wrong."""

    text: str = ""
    entities: list[dict] = field(default_factory=list)
    smells: list[str] = field(default_factory=list)


@dataclass
class Open:
    tag: str
    argument: dict[str, str]
    offset: int
    start: int


def utf16(text: str) -> int:
    """Length in UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(source: str) -> Parsed:
    """Text and entities of `source`; HtmlRefusedError if Telegram would not take it."""
    return Reader(source).read()


class Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.out = Parsed()
        self.pieces: list[str] = []
        self.length = 0
        self.open: list[Open] = []

    def read(self) -> Parsed:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "<":
                self.end_tag() if self.source.startswith("</", self.at) else self.start_tag()
            elif char == "&":
                self.add(self.entity())
            else:
                self.add(char)
                self.at += 1
        if self.open:
            raise HtmlRefusedError(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.out.text = "".join(self.pieces)
        if len(self.out.entities) > MOST_ENTITIES:
            self.out.smells.append(f"{len(self.out.entities)} entities, of which Telegram keeps {MOST_ENTITIES}")
        return self.out

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += utf16(text)

    def byte(self, index: int) -> int:
        return len(self.source[:index].encode())

    def entity(self) -> str:
        found = ENTITY.match(self.source, self.at)
        known = found and (found[1] or found[2] or found[3].lower() in ENTITIES)
        if not found or not known:
            self.out.smells.append(f"bare & or unknown entity at byte offset {self.byte(self.at)}")
            self.at += 1
            return "&"
        if not found[0].endswith(";"):
            self.out.smells.append(f"entity without ; at byte offset {self.byte(self.at)}")
        self.at = found.end()
        if found[3]:
            return ENTITIES[found[3].lower()]
        return chr(int(found[1], 16) if found[1] else int(found[2]))

    # --- tags ---

    def start_tag(self) -> None:
        begin = self.at
        name = re.compile(r"[^\s>]*").match(self.source, begin + 1)
        assert name
        tag, self.at = name[0].lower(), name.end()
        if self.at >= len(self.source):
            raise HtmlRefusedError(f"Unclosed start tag at byte offset {self.byte(begin)}")
        if tag not in STYLES:
            raise HtmlRefusedError(f'Unsupported start tag "{tag}" at byte offset {self.byte(begin)}')
        self.open.append(Open(tag, self.attributes(tag, begin), self.length, begin))
        self.check_start(self.open[-1])

    def attributes(self, tag: str, begin: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            self.spaces()
            if self.at >= len(self.source):
                raise HtmlRefusedError(f'Unclosed start tag "{tag}" at byte offset {self.byte(begin)}')
            if self.source[self.at] == ">":
                self.at += 1
                return found
            name, value = self.attribute(tag, begin)
            found[name] = value
            if name not in ATTRIBUTES.get(tag, set()):
                self.out.smells.append(f'attribute "{name}" of <{tag}> is dropped')

    def attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = re.compile(r"[^\s=>/\"']*").match(self.source, self.at)
        assert name
        if not name[0]:
            raise HtmlRefusedError(f'Empty attribute name in the tag "{tag}" at byte offset {self.byte(begin)}')
        self.at = name.end()
        self.spaces()
        if not self.source.startswith("=", self.at):
            if name[0].lower() == "expandable":
                return "expandable", "1"
            raise HtmlRefusedError(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {self.byte(begin)}'
            )
        self.at += 1
        self.spaces()
        return name[0].lower(), self.value(tag, begin)

    def value(self, tag: str, begin: int) -> str:
        quote = self.source[self.at : self.at + 1]
        if quote not in ('"', "'"):
            token = re.compile(r"[\w.\-]*").match(self.source, self.at)
            assert token
            if self.source[token.end() : token.end() + 1] not in (" ", "\n", "\t", ">"):
                raise HtmlRefusedError(f"Unexpected end of name token at byte offset {self.byte(self.at)}")
            self.at = token.end()
            return token[0].lower()
        self.at += 1
        pieces = []
        while self.at < len(self.source) and self.source[self.at] != quote:
            if self.source[self.at] == "&":
                pieces.append(self.entity())
            else:
                pieces.append(self.source[self.at])
                self.at += 1
        if self.at >= len(self.source):
            raise HtmlRefusedError(f'Unclosed start tag "{tag}" at byte offset {self.byte(begin)}')
        self.at += 1
        return "".join(pieces)

    def end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise HtmlRefusedError(f"Unexpected end tag at byte offset {self.byte(begin)}")
        name = re.compile(r"[^\s>]*").match(self.source, begin + 2)
        assert name
        self.at = name.end()
        self.spaces()
        if not self.source.startswith(">", self.at):
            raise HtmlRefusedError(f"Unclosed end tag at byte offset {self.byte(begin)}")
        self.at += 1
        last = self.open.pop()
        if name[0] and name[0].lower() != last.tag:
            raise HtmlRefusedError(
                f'Unmatched end tag at byte offset {self.byte(begin)}, expected "</{last.tag}>", found "</{name[0].lower()}>"'
            )
        self.close(last)

    def spaces(self) -> None:
        while self.at < len(self.source) and self.source[self.at].isspace():
            self.at += 1

    # --- entities ---

    def check_start(self, opened: Open) -> None:
        tag, given = opened.tag, opened.argument
        if tag == "span" and given.get("class") != "tg-spoiler":
            raise HtmlRefusedError(f'Tag "span" must have class "tg-spoiler" at byte offset {self.byte(opened.start)}')
        if tag == "a" and not LINK.fullmatch(given.get("href", "")):
            self.out.smells.append(f"link to {given.get('href')!r} is dropped")
        if tag == "tg-time" and not (given.get("unix", "").isdigit() and TIME_FORMAT.fullmatch(given.get("format", ""))):
            raise HtmlRefusedError(f'Tag "tg-time" must have a valid time at byte offset {self.byte(opened.start)}')
        around = {STYLES[one.tag] for one in self.open[:-1]}
        kind = STYLES[tag]
        if (kind in LONELY and around & LONELY and not (kind == "code" and around == {"pre"})) or around & {"code", "pre"} - {kind}:
            self.out.smells.append(f"<{tag}> within {sorted(around)} is dropped")
        if kind == "blockquote" and "blockquote" in around:
            self.out.smells.append("nested blockquote")

    def close(self, last: Open) -> None:
        if self.length == last.offset:
            self.out.smells.append(f"<{last.tag}> around nothing")
            return
        entity: dict = {"type": STYLES[last.tag], "offset": last.offset, "length": self.length - last.offset}
        if last.tag == "a":
            entity["url"] = last.argument.get("href", "")
        elif last.tag == "tg-time":
            entity |= {"unix_time": int(last.argument["unix"]), "date_time_format": last.argument.get("format", "")}
        elif last.tag == "tg-emoji":
            entity["custom_emoji_id"] = last.argument.get("emoji-id", "")
        elif last.tag == "blockquote" and "expandable" in last.argument:
            entity["type"] = "expandable_blockquote"
        self.out.entities.append(entity)
