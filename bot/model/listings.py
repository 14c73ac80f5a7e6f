"""What a message of a digest told of stories, kept so that it can be corrected in place when one of them turns out wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.model.chats import Place
from bot.model.said import Part
from bot.model.stories import StoredStory


class Mark(NamedTuple):
    """Which lines of a message stand on which stories: indexes of lines, numbers of stories."""

    part: Part
    stories: tuple[int, ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A message of a digest as it was made at `made_at`; the same for all places that read the same.

    `html` is what it said, `stories` are those that `marks` name, with the figures that they had then and without their tellings.
    It spoke `language`, told times by the zone of that name, and told of the time after `since` up to `until`. `caption`: it goes
    under a picture; `continues`: it goes on from another message, without a title of its own. `without` are the stories that
    were taken out of it before it left.
    """

    html: str
    marks: tuple[Mark, ...]
    stories: tuple[StoredStory, ...]
    language: str
    timezone: str
    since: datetime
    until: datetime
    made_at: datetime
    weekly: bool = False
    caption: bool = False
    continues: bool = False
    without: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Listed:
    """A message that was sent with a listing: its key, its number in the chat, and what it shows or will once its edits have left."""

    place: Place
    key: str
    message_id: int
    html: str
