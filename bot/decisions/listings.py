"""What each message of a digest told of which stories: found among its lines when it is made, so that it can be corrected later.

A line is found by what it reads like: the lines of an answer follow one another in its messages as they did in the answer. One
that had to be cut in two is not found, and stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from bot.decisions.markup import to_html
from bot.decisions.sales import reported_at
from bot.model import Answer, Line, Listing, Mark, Message, Part, StoredStory


class Made(NamedTuple):
    """How a digest was made: when, of what time, for whom."""

    at: datetime
    since: datetime
    until: datetime
    language: str
    timezone: str
    weekly: bool = False


def listings(messages: Sequence[Message], said: Answer, made: Made) -> list[Listing | None]:
    """What each of a digest's messages tells of stories, None for one that tells of none."""
    ahead = len(messages) > 1 and messages[0].photo is not None  # a picture with words of its own
    marks: list[list[Mark]] = [[] for _ in messages]
    places = _Places(messages[1:] if ahead else messages)
    for passage in said.passages:
        numbers = tuple(story.id for story in passage.stories)
        if passage.part is Part.PICTURE:
            if messages and messages[0].photo is not None:
                marks[0].append(Mark(passage.part, numbers, ()))
            continue
        found = [place for line in passage.lines if (place := places.of(line))]
        for number in dict.fromkeys(message for message, _ in found):
            within = tuple(index for message, index in found if message == number)
            marks[number + ahead].append(Mark(passage.part, numbers, within))
    known = {story.id: _as_told(story) for passage in said.passages for story in passage.stories}
    kept = [_listing(message, own, known, made) for message, own in zip(messages, marks, strict=True)]
    return [one and replace(one, continues=number > ahead) for number, one in enumerate(kept)]


def html_of(line: Line) -> str:
    """One line as Telegram's HTML; empty if nothing of it is visible."""
    return "\n".join(to_html(Answer((line,))))


def _listing(message: Message, marks: Sequence[Mark], known: dict[int, StoredStory], made: Made) -> Listing | None:
    if not marks:
        return None
    told = sorted({number for mark in marks for number in mark.stories})
    return Listing(
        html=message.html,
        marks=tuple(marks),
        stories=tuple(known[number] for number in told),
        language=made.language,
        timezone=made.timezone,
        since=made.since,
        until=made.until,
        made_at=made.at,
        weekly=made.weekly,
        caption=message.photo is not None,
    )


def _as_told(stored: StoredStory) -> StoredStory:
    """The story with its figures alone; that of its first report is the time at which it was found."""
    story = replace(stored.story, tellings=(), differ=(), purposes=(), linked=())
    return StoredStory(stored.id, story, stored.revision, reported_at(stored.story) or stored.found_at, stored.changed_at, stored.linked)


class _Places:
    """Where the lines of an answer stand in its messages."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self._lines = [(number, index, html) for number, message in enumerate(messages) for index, html in _lines(message)]
        self._next = 0

    def of(self, line: Line) -> tuple[int, int] | None:
        """Message and index of the next line that reads so; lines are to be asked for in their order."""
        wanted = html_of(line)
        for at in range(self._next, len(self._lines)):
            number, index, html = self._lines[at]
            if html == wanted and html:
                self._next = at + 1
                return number, index
        return None


def _lines(message: Message) -> Iterator[tuple[int, str]]:
    return enumerate(message.html.split("\n"))
