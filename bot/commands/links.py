"""Deep links, from the other end: the payload of `https://t.me/BOT?start=why_12` is the question `/why 12`.

A link may come from anyone, so it only ever asks: what changes settings, and all that is the operators', it leads to the start instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.commands.ask import Ask
from bot.commands.command import Command
from bot.decisions.deep_links import asked_by


def follow(ask: Ask, commands: Mapping[str, Command]) -> Ask:
    """The question that the payload of `/start` stands for; `ask` itself if it stands for none of `commands`."""
    line = asked_by(ask.args[0]) if ask.name == "start" and len(ask.args) == 1 else None
    if line is None:
        return ask
    meant = replace(ask, text=line)
    command = commands.get(meant.name)
    if command is None or meant.name == "start" or command.changes(meant.args):
        return ask
    return meant
