"""What is owed to many chats is said once in each of their languages, with times by the clocks of each of their zones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple, Protocol, TypeVar

from bot.commands.desk import Desk
from bot.decisions.schedule import zone_of
from bot.model import Delivery, Place
from bot.speech import speaking


class Placed(Protocol):
    """What stands in a place: a subscription, a message that was sent."""

    @property
    def place(self) -> Place:
        """Where."""


_Placed = TypeVar("_Placed", bound=Placed)


class Tongue(NamedTuple):
    """How a chat is spoken to: the code of its language, and the name of its time zone."""

    language: str
    timezone: str

    @property
    def zone(self) -> tzinfo:
        """The zone by whose clock times are told."""
        return zone_of(self.timezone)


def by_tongue(desk: Desk, placed: Iterable[_Placed]) -> Mapping[Tongue, list[_Placed]]:
    """What stands in the chats that are spoken to alike."""
    groups: dict[Tongue, list[_Placed]] = defaultdict(list)
    for each in placed:
        chat = each.place.chat_id
        groups[Tongue(desk.language_of(chat), desk.timezone_of(chat))].append(each)
    return groups


def in_each_tongue(desk: Desk, placed: Iterable[_Placed], plan: Callable[[Sequence[_Placed], tzinfo], list[Delivery]]) -> list[Delivery]:
    """What is planned for the chats of each language and zone, the language spoken meanwhile."""
    planned: list[Delivery] = []
    for tongue, group in by_tongue(desk, placed).items():
        with speaking(tongue.language):
            planned += plan(group, tongue.zone)
    return planned
