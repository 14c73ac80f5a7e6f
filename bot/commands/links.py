"""Deep links: `https://t.me/BOT?start=why_12` opens the private chat with the bot and asks `/why 12` there.

`linked` makes such links of the commands in an answer that is read in another chat, where nobody would answer them.
A link may come from anyone, so it only ever asks: what changes settings, and all that is the operators', it leads to the start instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.commands.ask import Ask
from bot.commands.command import Command
from bot.model import Answer, Piece

_COMMAND = re.compile(r"(?<![\w/])(/[a-z]+(?:_\d+| \d+[dwmy])?)(?!\w)")  # what is told to be typed: /why_12, /sales 7d
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def follow(ask: Ask, commands: Mapping[str, Command]) -> Ask:
    """The question that the payload of `/start` stands for; `ask` itself if it stands for none of `commands`."""
    if ask.name != "start" or len(ask.args) != 1 or not _PAYLOAD.fullmatch(ask.args[0]):
        return ask
    meant = replace(ask, text=f"/{' '.join(ask.args[0].split('_'))}")
    command = commands.get(meant.name)
    if command is None or meant.name == "start" or command.changes(meant.args):
        return ask
    return meant


def link_to(username: str, text: str) -> str | None:
    """The link that asks a command line (`/miner CANG`) in the chat with the bot; None if a link cannot carry it.

    >>> link_to("assay_bot", "/sales CANG 30d"), link_to("assay_bot", "/sales >500")
    ('https://t.me/assay_bot?start=sales_CANG_30d', None)
    """
    payload = "_".join(text.removeprefix("/").split())
    return f"https://t.me/{username}?start={payload}" if _PAYLOAD.fullmatch(payload) else None


def linked(answer: Answer, username: str) -> Answer:
    """The answer with its commands as links to the chat with the bot."""
    return replace(answer, lines=tuple(tuple(bit for piece in line for bit in _linked(piece, username)) for line in answer.lines))


def _linked(piece: Piece, username: str) -> Iterator[Piece]:
    if piece.link or piece.moment:
        yield piece
        return
    for number, text in enumerate(_COMMAND.split(piece.text)):
        if text:
            yield replace(piece, text=text, link=link_to(username, text) if number % 2 else None)
