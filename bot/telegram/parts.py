"""What the handlers work with, put together once at the start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field

from telegram import Bot

from bot.commands.ask import Ask
from bot.commands.command import Command
from bot.commands.inline import Offer
from bot.edges.store.store import Store
from bot.model import Answer, Chart
from bot.telegram.courier import Courier


def _nothing(_: str) -> list[Offer]:
    return []


@dataclass(frozen=True, slots=True)
class Words:
    """The commands as the bot sees them: `reply` answers a line (it blocks and never raises), `changes` says whether a line changes
    the settings of its place, `draw` makes a picture of a chart, `offers` says what an inline query may mean (it blocks as well).
    `operators` are the commands that exist for operators alone.
    """

    reply: Callable[[Ask], Answer]
    changes: Callable[[Ask], bool]
    commands: Mapping[str, Command]
    draw: Callable[[Chart], bytes]
    operators: Mapping[str, Command] = field(default_factory=dict)
    offers: Callable[[str], list[Offer]] = _nothing


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a handler may use; `threads` run what blocks, apart from those of the outbox."""

    bot: Bot
    store: Store
    courier: Courier
    words: Words
    threads: Executor
    admins: frozenset[int] = frozenset()
