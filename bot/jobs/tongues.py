"""What is owed to many chats is said once in each of their languages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, TypeVar

from bot.commands.desk import Desk
from bot.model import Delivery, Place
from bot.speech import speaking


class Placed(Protocol):
    """What stands in a place: a subscription, a message that was sent."""

    @property
    def place(self) -> Place:
        """Where."""


_Placed = TypeVar("_Placed", bound=Placed)


def by_language(desk: Desk, placed: Iterable[_Placed]) -> Mapping[str, list[_Placed]]:
    """What stands in the chats of each language, by its code."""
    groups: dict[str, list[_Placed]] = defaultdict(list)
    for each in placed:
        groups[desk.language_of(each.place.chat_id)].append(each)
    return groups


def in_each_language(desk: Desk, placed: Iterable[_Placed], plan: Callable[[Sequence[_Placed]], list[Delivery]]) -> list[Delivery]:
    """What is planned for the chats of each language, each language spoken meanwhile."""
    planned: list[Delivery] = []
    for code, group in by_language(desk, placed).items():
        with speaking(code):
            planned += plan(group)
    return planned
