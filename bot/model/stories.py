"""Stories and events as kept, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from extractors.model import Event, Kind, Story


class Correction(NamedTuple):
    """A field that was told otherwise until `at`; `before` is the former figure as `Story.differ` prints figures."""

    field: str
    before: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story as kept: its lasting number, its revision (grows with every change) and when it was found and changed.

    `linked` are the lasting numbers that `story.linked` names by index. `wrong` was said by an operator; `gone` that no
    telling supports it any more; `corrected` the figures that replaced others, the latest of each field.
    """

    id: int
    story: Story
    revision: int
    found_at: datetime
    changed_at: datetime
    linked: tuple[int, ...] = ()
    wrong: bool = False
    gone: bool = False
    corrected: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryChanges:
    """What a fresh merge changed: stories found, stories that read differently now, stories no longer told by anyone."""

    new: tuple[StoredStory, ...] = ()
    changed: tuple[StoredStory, ...] = ()
    gone: tuple[StoredStory, ...] = ()


class Due(NamedTuple):
    """A company and kind whose tellings changed since stories were last merged; `mark` says which change."""

    company: str
    kind: Kind
    mark: int


@dataclass(frozen=True, slots=True)
class SalesQuery:
    """What `/sales` asks for: `since` by the day of the sale or its publication; newest first."""

    kind: Kind = Kind.SALE
    company: str | None = None
    since: date | None = None
    min_btc: Decimal | None = None
    by_miner: bool = False
    names: frozenset[str] = frozenset()  # other names of the same company: former ones, its ticker


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as kept, with its article."""

    id: int
    article_id: str
    event: Event
