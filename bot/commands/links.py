"""Deep links: `https://t.me/BOT?start=why_12` opens the private chat with the bot and asks `/why 12` there.

A link may come from anyone, so it only ever asks: what changes settings, and all that is the operators', it leads to the start instead.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.commands.ask import Ask
from bot.commands.command import Command

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
