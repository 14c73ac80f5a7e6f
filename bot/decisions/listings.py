"""What each message of a digest told of which stories: found among its lines when it is made, so that it can be corrected later.

A line is found by what it reads like: the lines of an answer follow one another in its messages as they did in the answer. One
that had to be cut in two is not found, and stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import NamedTuple

from bot.decisions.markup import CAPTION_LIMIT, MOST_ENTITIES, TEXT_LIMIT, length, to_html
from bot.decisions.sales import reported_at
from bot.model import Answer, Line, Listing, Mark, Message, Part, StoredStory

_TAG = re.compile(r"<[^>]*>")


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


def fits(html: str, listing: Listing) -> bool:
    """Whether Telegram takes these words in place of those of a message."""
    limit = CAPTION_LIMIT if listing.caption else TEXT_LIMIT
    return length(unescape(_TAG.sub("", html))) <= limit and html.count("</") <= MOST_ENTITIES


def spared(listing: Listing, kept: Collection[int]) -> Iterator[frozenset[int]]:
    """What a message can do without to make room, more at each step: indexes of lines.

    First notes, from the last one on, then whatever stands on no story, from the end on; the title of a block goes with its
    last line. Never the message's own title, nor a line of `kept`.
    """
    notes = {index for mark in listing.marks if mark.part is Part.WORDS for index in mark.lines}
    marked = {index for mark in listing.marks if mark.part is not Part.WORDS for index in mark.lines}
    headings = {index for mark in listing.marks if mark.part is Part.HEAD for index in mark.lines}
    blocks = _blocks(listing.html.split("\n"))
    stay = (marked - headings) | set(kept) | {0}
    tails = [index for block in reversed(blocks) for index in reversed(block[1:] or block) if index not in stay]
    out: set[int] = set()
    for index in sorted(tails, key=lambda index: index not in notes):
        out.add(index)
        out.update(block[0] for block in blocks if block[0] not in stay and set(block[1:]) <= out and block[1:])
        yield frozenset(out)


def _blocks(lines: Sequence[str]) -> list[list[int]]:
    """The lines between blank ones, by their indexes."""
    blocks: list[list[int]] = [[]]
    for index, html in enumerate(lines):
        if html:
            blocks[-1].append(index)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _listing(message: Message, marks: Sequence[Mark], known: dict[int, StoredStory], made: Made) -> Listing | None:
    told = sorted({number for mark in marks for number in mark.stories})
    if not told:
        return None
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
