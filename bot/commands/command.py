"""What a command is: its name and words for the menu, how it is typed, and who answers it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.model import Answer


def _never(_: Sequence[str]) -> bool:
    return False


class Scope(StrEnum):
    """Where a command stands in Telegram's menu; it is answered everywhere, but those of the operators to them alone."""

    EVERYWHERE = "everywhere"
    PRIVATE = "private"
    HIDDEN = "hidden"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its line for the menu (a message, said by whoever shows it), how it is typed, and who answers it.

    `bare` is one that reads no words after it, `changes` says of the words after it whether they change the place's settings, `guide`
    says more of what can be typed, under what was not understood.
    """

    name: str
    summary: str
    usage: str
    answer: Callable[[Desk, Ask], Answer]
    scope: Scope = Scope.EVERYWHERE
    changes: Callable[[Sequence[str]], bool] = _never
    bare: bool = False
    guide: Callable[[Desk, Ask], Answer] | None = None
