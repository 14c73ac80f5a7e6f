"""Commands as deep links, for where they are read but not answered: `https://t.me/BOT?start=why_12` asks `/why 12` in private.

`linked` makes such links of the commands in an answer, `with_links` of those in the HTML of one that was made for any chat.
Only the look changes: the words stay, and with them the length that Telegram counts. `for_readers` does the same to buttons.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.decisions.lines import rows
from bot.decisions.markup import MOST_ENTITIES
from bot.model import Answer, Button, Piece

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What Telegram lets a link carry."""
_WHY = "/why_"
_LEADING_UP = re.compile(r"(?: ·|[:：])? ?\Z")  # to a command that is left out
_EMPTY = re.compile(r"<([bis])></\1>")
_PACKED = "q-"  # begins a command line in base64; no command's name does

_COMMAND = re.compile(r"(?<![\w/])(/[a-z]+(?:_\d+| \d+[dwmy])?)(?!\w)")  # what is told to be typed: /why_12, /sales 7d
_IN_HTML = re.compile(rf"<(?P<closed>a|code|tg-time)\b[^>]*>.*?</(?P=closed)>|<[^>]*>|(?P<command>{_COMMAND.pattern})", re.DOTALL)
"""A command, or what is to be passed over on the way to one: a tag, and what Telegram takes no link in, whole."""


def link_to(username: str, text: str) -> str | None:
    """The link that asks a command line (`/miner CANG`) in the chat with the bot; None if the line is too long for a link.

    What a link cannot carry as it is goes packed.

    >>> link_to("assay_bot", "/sales CANG 30d"), link_to("assay_bot", "/sales >500")
    ('https://t.me/assay_bot?start=sales_CANG_30d', 'https://t.me/assay_bot?start=q-c2FsZXMgPjUwMA')
    """
    line = " ".join(text.removeprefix("/").split())
    packed = _PACKED + urlsafe_b64encode(line.encode()).decode().rstrip("=")
    return next((f"https://t.me/{username}?start={one}" for one in (line.replace(" ", "_"), packed) if PAYLOAD.fullmatch(one)), None)


def asked_by(payload: str) -> str | None:
    """The command line that a link with this payload asks; None if there is none.

    >>> asked_by("sales_CANG_30d"), asked_by("q-c2FsZXMgPjUwMA"), asked_by("q-?")
    ('/sales CANG 30d', '/sales >500', None)
    """
    if not PAYLOAD.fullmatch(payload):
        return None
    if not payload.startswith(_PACKED):
        return f"/{payload.replace('_', ' ')}"
    packed = payload.removeprefix(_PACKED)
    try:
        line = urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()
    except ValueError:
        return None
    return f"/{line}" if line.isprintable() else None


def linked(answer: Answer, username: str) -> Answer:
    """The answer with its commands as links to the chat with the bot."""
    return replace(answer, lines=tuple(tuple(bit for piece in line for bit in _linked(piece, username)) for line in answer.lines))


def for_readers(answer: Answer, username: str, changes: Callable[[str], bool]) -> Answer:
    """The answer as it stands in a channel, for everybody who reads it: commands and buttons lead to the chat with the bot.

    So whoever presses gets the next page for himself. What `changes` settings is left out, and so is what no link can carry.
    """
    asking = ([button for button in row if not (button.data and changes(button.data))] for row in answer.buttons)
    return replace(linked(answer, username), buttons=rows(*([_leading(button, username) for button in row] for row in asking)))


def _leading(button: Button, username: str) -> Button | None:
    """The button as a link."""
    if button.data is None:
        return button
    link = link_to(username, button.data)
    return None if link is None else Button(button.label, url=link)


def _linked(piece: Piece, username: str) -> Iterator[Piece]:
    if piece.link or piece.moment:
        yield piece
        return
    for number, text in enumerate(_COMMAND.split(piece.text)):
        if text:
            yield replace(piece, text=text, link=link_to(username, text) if number % 2 else None)


def names_command(html: str) -> bool:
    """Whether there may be something to link."""
    return _COMMAND.search(html) is not None


def with_links(html: str, username: str) -> str:
    """A message of Telegram's HTML with its commands as links: those that ask why first, as far as Telegram takes entities.

    What finds no room is left out with the dot or the colon before it: who reads a channel could not ask it there.

    >>> with_links("<b>Riot</b> sold 5 BTC · /why_12", "assay_bot")
    '<b>Riot</b> sold 5 BTC · <a href="https://t.me/assay_bot?start=why_12">/why_12</a>'
    """
    commands = [found for found in _IN_HTML.finditer(html) if found["command"]]
    first = sorted(commands, key=lambda found: not found["command"].startswith(_WHY))
    linked_at = {found.start() for found in first[: max(0, MOST_ENTITIES - html.count("</"))]}
    parts, at = list[str](), 0
    for found in commands:
        link = link_to(username, found["command"]) if found.start() in linked_at else None
        before = html[at : found.start()]
        parts += [before, f'<a href="{link}">{found["command"]}</a>'] if link else [_LEADING_UP.sub("", before)]
        at = found.end()
    return _EMPTY.sub("", "".join((*parts, html[at:])))
