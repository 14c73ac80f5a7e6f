"""What is said to a place, before it is rendered: lines, buttons, charts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bot.model.stories import StoredStory


class Style(StrEnum):
    """How a piece of a line looks; the terminal shows only the text."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"
    STRUCK = "struck"


class Telling(StrEnum):
    """How much of a moment is told: day and clock, the day alone, or how long ago it was."""

    TIME = "time"
    DAY = "day"
    AGE = "age"


class Moment(NamedTuple):
    """The moment that a text tells: who reads it elsewhere, or later, may be shown it by his own clock."""

    at: datetime
    telling: Telling = Telling.TIME


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text in one style, perhaps a link, perhaps the words of a moment. `text` is raw: escaping is the renderer's work."""

    text: str
    style: Style = Style.PLAIN
    link: str | None = None
    moment: Moment | None = None


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A button under an answer: `data` (at most 64 bytes) comes back when pressed, or `url` is opened."""

    label: str
    data: str | None = None
    url: str | None = None


class SeriesStyle(StrEnum):
    """How a series is drawn: bars of several series are stacked, a step holds until the next point, dashes are not yet so."""

    LINE = "line"
    STEP = "step"
    BAR = "bar"
    MARK = "mark"
    DASH = "dash"


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one colour, in the order of time. `notes` are words beside the points of the same index; missing ones are empty."""

    label: str
    points: tuple[tuple[datetime, float], ...]
    style: SeriesStyle = SeriesStyle.LINE
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """What a picture shows; drawn late, by `bot.decisions.charts.draw`. `caption` says its main point in words.

    `footer` stands small at the foot of the picture: where its figures come from, and as of when. `dollars`: the values are
    sums of dollars. `language` is the code of the one in which the picture speaks.
    """

    title: str
    caption: str
    unit: str
    series: tuple[Series, ...]
    footer: str = ""
    dollars: bool = False
    language: str = "en"


class Part(StrEnum):
    """What some lines of a digest tell.

    A sale in full, sums of sales, how many are left out, a heading over stories alone, a story in a line, a miner's output
    against its sales, that of all miners together, a picture; anything else is `WORDS`.
    """

    WORDS = "words"
    SALE = "sale"
    SUMS = "sums"
    REST = "rest"
    HEAD = "head"
    ENTRY = "entry"
    RATIO = "ratio"
    RATIOS = "ratios"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines of an answer in their order, and the stories they stand on, as these were then. Those of a `PICTURE` are none."""

    lines: tuple[Line, ...]
    part: Part = Part.WORDS
    stories: tuple[StoredStory, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to one place: lines, rows of buttons, perhaps a chart.

    `passages` are those of its lines that stand on stories, in their order, where what is said may have to be corrected later.
    """

    lines: tuple[Line, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    chart: Chart | None = None
    passages: tuple[Passage, ...] = ()
