"""From an `Answer` to what is sent: Telegram's HTML in parts that it takes, or plain text for the terminal.

Pieces are flat (one style, perhaps a link), so a long line can be cut inside any of them and each half wears its own tags:
no tag is ever left open. Lengths are counted as Telegram counts them, in UTF-16 units of the visible text; a part also
holds at most 100 entities, since Telegram drops the rest without a word. Paragraphs stay together where they fit.
The words of a moment become a date entity, which Telegram shows by the reader's own clock; the sender takes them out where it is not
known. The words themselves stay what they are and are what is counted.
Outside text is cleaned of what could garble the lines around it: control characters, bidirectional overrides, lone surrogates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from urllib.parse import urlsplit

from bot.decisions.lines import enumerated
from bot.model import Answer, Button, Line, Message, Moment, Piece, Style, Telling
from bot.speech import say

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
MOST_ENTITIES = 100
LONGEST_LINK = 2048

_TELLINGS = {Telling.TIME: "wDt", Telling.DAY: "wD", Telling.AGE: "r"}  # https://core.telegram.org/bots/api#date-time-entity-formatting
_TAGS = {Style.BOLD: "b", Style.ITALIC: "i", Style.CODE: "code", Style.STRUCK: "s"}
_LINK = re.compile(r"(?:https?|tg)://[^\s/?#]+\S*|mailto:[^\s@]+@\S+", re.IGNORECASE)

_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# Other controls; zero-width space, word joiner, BOM; embeddings, overrides and isolates; annotations and noncharacters.
_GARBLING = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u206f\ufff9-\ufffb\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


# --- text ------------------------------------------------------------------------------------------------------------


def clean(text: str) -> str:
    """`text` without what garbles: line breaks and tabs become a space, controls and bidi overrides go, lone surrogates are replaced."""
    return _SURROGATES.sub("\ufffd", _GARBLING.sub("", _BREAKS.sub(" ", text)))


def length(text: str) -> int:
    """Length in UTF-16 units, as Telegram counts."""
    return len(text) + sum(char > "\uffff" for char in text)


def safe_link(link: str | None) -> str | None:
    """`link` if it is an address that Telegram opens, else None; spaces and controls in it are refused."""
    if not link or len(link) > LONGEST_LINK or clean(link) != link or not _LINK.fullmatch(link):
        return None
    try:
        urlsplit(link)
    except ValueError:
        return None
    return link


def _tidy(lines: Iterable[Line]) -> list[Line]:
    """Cleaned lines without empty pieces; no blank line at either end and never two in a row."""
    tidy: list[Line] = []
    for line in lines:
        pieces = tuple(replace(piece, text=text, link=safe_link(piece.link)) for piece in line if (text := clean(piece.text)))
        blank = not "".join(piece.text for piece in pieces).strip()
        if not blank:
            tidy.append(pieces)
        elif tidy and tidy[-1]:
            tidy.append(())
    while tidy and not tidy[-1]:
        tidy.pop()
    return tidy


# --- Telegram's HTML -------------------------------------------------------------------------------------------------


def to_html(answer: Answer, limit: int = TEXT_LIMIT) -> list[str]:
    """The answer's lines as parts of at most `limit` visible UTF-16 units each; no part is empty."""
    return ["\n".join(_html_line(line) for line in part) for part in _pack(_tidy(answer.lines), limit)]


def to_messages(answer: Answer, *, photo: bytes | None = None, silent: bool = False) -> list[Message]:
    """What to send for an answer, in order; the buttons go under the last message.

    With a photo the text is its caption if it fits into one; otherwise the photo goes first with the chart's own caption.
    """
    if photo is None:
        return _with_buttons([Message(html, silent=silent) for html in to_html(answer)], answer)
    captions = to_html(answer, CAPTION_LIMIT)
    if len(captions) == 1:
        return _with_buttons([Message(captions[0], photo=photo, silent=silent)], answer)
    caption = to_html(Answer(((Piece(answer.chart.caption if answer.chart else ""),),)), CAPTION_LIMIT)
    texts = [Message(html, silent=silent) for html in to_html(answer)]
    return _with_buttons([Message(caption[0] if caption else "", photo=photo, silent=silent), *texts], answer)


def _with_buttons(messages: list[Message], answer: Answer) -> list[Message]:
    if messages and answer.buttons:
        messages[-1] = replace(messages[-1], buttons=answer.buttons)
    return messages


def _html_line(line: Line) -> str:
    return "".join(_html_piece(piece) for piece in line)


def _html_piece(piece: Piece) -> str:
    text, tag = escape(piece.text, quote=False), _TAGS.get(piece.style)
    if not piece.text.strip():
        return text
    if piece.link:
        # Telegram allows no other entity beside code.
        text, tag = f'<a href="{escape(piece.link)}">{text}</a>', None if piece.style is Style.CODE else tag
    elif moment := _shown_moment(piece):
        text = f'<tg-time unix="{int(moment.at.timestamp())}" format="{_TELLINGS[moment.telling]}">{text}</tg-time>'
    return f"<{tag}>{text}</{tag}>" if tag else text


def _shown_moment(piece: Piece) -> Moment | None:
    """The moment of a piece that may be a date entity: within a link or code Telegram takes none."""
    return None if piece.link or piece.style is Style.CODE else piece.moment


# --- splitting -------------------------------------------------------------------------------------------------------


def _pack(lines: Sequence[Line], limit: int) -> list[list[Line]]:
    """Parts within the limits: whole paragraphs where they fit, whole lines where those fit, pieces of lines else."""
    parts: list[list[Line]] = [[]]
    for paragraph in _paragraphs(lines):
        grown = [*parts[-1], (), *paragraph] if parts[-1] else paragraph
        if _fits(grown, limit):
            parts[-1] = grown
        elif _fits(paragraph, limit):
            parts.append(paragraph)
        else:
            _pour(paragraph, parts, limit)
    return [part for part in parts if part]


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    paragraph: list[Line] = []
    for line in lines:
        if line:
            paragraph.append(line)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _pour(paragraph: Sequence[Line], parts: list[list[Line]], limit: int) -> None:
    """Adds a paragraph that is too long for one part, line by line, to fresh parts."""
    parts.append([])
    for line in paragraph:
        for bit in _cut_line(line, limit):
            if parts[-1] and not _fits([*parts[-1], bit], limit):
                parts.append([])
            parts[-1].append(bit)


def _fits(lines: Sequence[Line], limit: int) -> bool:
    size = sum(length(piece.text) for line in lines for piece in line) + max(0, len(lines) - 1)
    return size <= limit and sum(_entities(piece) for line in lines for piece in line) <= MOST_ENTITIES


def _entities(piece: Piece) -> int:
    return (piece.style in _TAGS) + (piece.link is not None) + (_shown_moment(piece) is not None)


def _cut_line(line: Line, limit: int) -> Iterator[Line]:
    """`line` in bits that fit, cut at spaces where there are some."""
    bit: list[Piece] = []
    for piece in line:
        rest = piece
        while rest.text and not _fits([(*bit, rest)], limit):
            room = limit - sum(length(done.text) for done in bit)
            at = 0 if _too_many((*bit, rest)) else _cut_at(rest.text, room, forced=not bit)
            if at:
                rest = replace(rest, moment=None)  # half of its words are not the moment
            head, rest = replace(rest, text=rest.text[:at].rstrip()), replace(rest, text=rest.text[at:].lstrip())
            yield from _visible((*bit, head))
            bit = []
        if rest.text:
            bit.append(rest)
    yield from _visible(tuple(bit))


def _visible(bit: Line) -> Iterator[Line]:
    pieces = tuple(piece for piece in bit if piece.text)
    if "".join(piece.text for piece in pieces).strip():
        yield pieces


def _too_many(line: Line) -> bool:
    return sum(_entities(piece) for piece in line) > MOST_ENTITIES


def _cut_at(text: str, room: int, *, forced: bool) -> int:
    """Where to cut so that the head takes at most `room` units: after a space, else between graphemes.

    0 (nothing fits) unless `forced`, when a line of its own has to make progress.
    """
    end = _prefix(text, room)
    space = text.rfind(" ", 0, end + 1)
    if space > 0 and (not forced or space * 2 > end):
        return space
    if not forced:
        return 0
    at = end
    while at > 0 and not _boundary(text, at):
        at -= 1
    return at or max(1, end)


def _prefix(text: str, room: int) -> int:
    """How many characters of `text` fit into `room` UTF-16 units."""
    taken = 0
    for index, char in enumerate(text):
        taken += 2 if char > "\uffff" else 1
        if taken > room:
            return index
    return len(text)


def _boundary(text: str, at: int) -> bool:
    """Whether one visible character ends before `at`: not before a mark, a joiner or a skin tone, nor inside a flag."""
    before, after = text[at - 1], text[at : at + 1]
    if not after:
        return True
    if (
        before == "\u200d"
        or after == "\u200d"
        or unicodedata.category(after) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= after <= "\U0001f3ff"
    ):
        return False
    flags = len(text[:at]) - len(text[:at].rstrip(_REGIONAL))
    return not (after in _REGIONAL and flags % 2)


_REGIONAL = "".join(map(chr, range(0x1F1E6, 0x1F200)))


# --- plain text ------------------------------------------------------------------------------------------------------


def to_plain(answer: Answer) -> str:
    """The answer for a terminal: links as numbered footnotes, buttons as the commands to type."""
    notes: dict[str, int] = {}
    text = ["".join(_plain_piece(piece, notes) for piece in line).rstrip() for line in _tidy(answer.lines)]
    blocks = [text, [f"[{number}] {link}" for link, number in notes.items()], _plain_buttons(answer.buttons)]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _plain_piece(piece: Piece, notes: dict[str, int]) -> str:
    if not piece.link or piece.link == piece.text:
        return piece.text
    return f"{piece.text} [{notes.setdefault(piece.link, len(notes) + 1)}]"


def _plain_buttons(rows: Sequence[Sequence[Button]]) -> list[str]:
    """`More: /sales p2 (Older), /sales by miner (By miner)`: what to type, and what for."""
    shown = [_plain_button(button) for row in rows for button in row]
    return [say("More: {commands}", commands=enumerated(shown))] if shown else []


def _plain_button(button: Button) -> str:
    target, label = clean(button.data or button.url or ""), clean(button.label).strip("«» ")
    return target if label == target else say("{command} ({label})", command=target, label=label)
