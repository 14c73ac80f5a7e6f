"""The stream of mentions: each sentence reduced to what rules decide on.

Triggers (verbs and nouns of selling, buying, moving, mining, holding, and of money), figures, miners, dates and words of sense
(negation, plan, rumour, third parties ...), each with its place. Mentions inside a name or a date are dropped, of overlapping phrases
of one sort the longest stays, and a sentence keeps at most `MAX_MENTIONS` of a sort, so that rules over pairs stay bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple, TypeVar

from extractors.mentions.amounts import Amount, Counts, find_amounts
from extractors.mentions.dates import DateMention, dates_in
from extractors.mentions.firstwords import cues_in
from extractors.mentions.lookalikes import misread
from extractors.mentions.miners import MinerMention, find_miners
from extractors.mentions.phrases import Hit
from extractors.mentions.scan import Scan, scan
from extractors.model import Span
from extractors.text import Sentence, Words

MAX_MENTIONS = 24
_COMMON, _MOST_VIEWS = 2_000, 7_000
_GAP_REACH = 110
_STOP = re.compile(r"[.!?;]\s|\n")


class Trigger(NamedTuple):
    """A verb or noun that can tell of an event; `end` is where its first part ends, `close` where its last part begins."""

    start: int
    end: int
    kind: str  # sale, purchase, transfer, production, holdings, money
    sort: str  # verb, weak, noun, leave, stay, leaving, gap, reduced, spun, come
    form: str  # base, third, ing, past; "" for nouns
    close: Span | None = None


class Sense(NamedTuple):
    """A word that bends what is said: negation, plan, done, rumour, comparison, earlier, third, crowd, epithet, destination."""

    start: int
    end: int
    sort: str


@dataclass(slots=True, eq=False)
class View:
    """One sentence as its stream of mentions; all positions are those of the body, and of `lower`, the article in lower case.

    `cues` tells what of the cues (`firstwords`) it can hold; `ground` is what rules have worked out of it.
    """

    read: Scan
    lower: str
    cues: int
    sentence: Sentence
    amounts: list[Amount]
    triggers: list[Trigger]
    senses: list[Sense]
    miners: list[MinerMention]
    dates: list[DateMention]
    published: date | None = None
    ground: dict[str, object] = field(default_factory=dict, repr=False)

    @property
    def words(self) -> Words:
        """The words of the sentence."""
        known = self.ground.get("words")
        if not isinstance(known, Words):
            known = self.ground["words"] = self.read.words.within(self.sentence.start, self.sentence.end)
        return known

    def of(self, counts: Counts) -> list[Amount]:
        """The figures that count this."""
        return [amount for amount in self.amounts if amount.counts is counts]


@dataclass(frozen=True, slots=True)
class Stream:
    """An article as sentences of mentions; the title comes first."""

    read: Scan
    published: date | None
    views: list[View] = field(repr=False)
    miners: list[MinerMention] = field(repr=False)
    dates: list[DateMention] = field(repr=False)


_Placed = TypeVar("_Placed", Amount, Trigger, Sense)
_Any = TypeVar("_Any")


def build(body: str, published: date | None) -> Stream:
    """Read a body once and cut it into views."""
    read = scan(body)
    miners = find_miners(body, published)
    dates = dates_in(read.text, read.lower, read.words, published)
    amounts = _figures(read, dates, miners)
    triggers, senses = _phrases(read, [mention.span for mention in miners] + [mention.span for mention in dates])
    places = _worth_reading(read.places, [*amounts, *triggers], miners)
    cut = zip(
        cues_in(read.words, [place.start for place in places]),
        places,
        _cut(amounts, [amount.start for amount in amounts], places),
        _cut(triggers, [trigger.start for trigger in triggers], places),
        _cut(senses, [sense.start for sense in senses], places),
        zip(
            _cut(miners, [mention.span.start for mention in miners], places),
            _cut(dates, [mention.span.start for mention in dates], places),
            strict=True,
        ),
        strict=True,
    )
    views = [
        View(read, read.lower, cues, place, figures, verbs, words, names, days, published)
        for cues, place, figures, verbs, words, (names, days) in cut
    ]
    return Stream(read, published, views, miners, dates)


def _worth_reading(places: list[Sentence], mentions: Sequence[Amount | Trigger], miners: list[MinerMention]) -> list[Sentence]:
    """All sentences of an article of common length; of a very long one those that mention anything, up to a bound."""
    if len(places) <= _COMMON:
        return places
    starts = sorted([mention.start for mention in mentions] + [mention.span.start for mention in miners])
    told = [place for place in places[1:] if bisect_left(starts, place.start) < bisect_left(starts, place.end)]
    return [places[0], *told[:_MOST_VIEWS]]


def _cut(items: Sequence[_Any], starts: Sequence[int], places: Sequence[Sentence]) -> list[list[_Any]]:
    """The mentions of each sentence; both are in order."""
    cut: list[list[_Any]] = [[] for _ in places]
    openings = [place.start for place in places]
    for start, item in zip(starts, items, strict=True):
        index = bisect_right(openings, start) - 1
        if index >= 0 and start < places[index].end and len(cut[index]) < MAX_MENTIONS:
            cut[index].append(item)
    return cut


def _figures(read: Scan, dates: list[DateMention], miners: list[MinerMention]) -> list[Amount]:
    taken = _Covered([mention.span for mention in dates] + [mention.span for mention in miners])
    return [amount for amount in find_amounts(read) if not taken.covers(amount.figure)]


class _Covered:
    """Spans that do not overlap much; asks whether a place lies in one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]

    def covers(self, place: int) -> bool:
        index = bisect_left(self._starts, place + 1) - 1
        return index >= 0 and place < self._spans[index].end


def _phrases(read: Scan, names: list[Span]) -> tuple[list[Trigger], list[Sense]]:
    taken = _Covered(names)
    told = [(hit, _sort_of(hit.label)) for hit in read.hits if not taken.covers(hit.start) and not misread(read, hit)]
    senses = _longest([Sense(hit.start, hit.end, sort.name) for hit, sort in told if sort.is_sense])
    if strangers := [Span(sense.start, sense.end) for sense in senses if sense.sort == "third"]:
        others = _Covered(strangers)
        told = [(hit, sort) for hit, sort in told if not others.covers(hit.start)]
    triggers = _longest(
        [Trigger(hit.start, hit.end, sort.kind, sort.name, sort.form) for hit, sort in told if not (sort.is_sense or sort.is_part)]
    )
    parts = [hit for hit, sort in told if sort.is_part]
    return _with_gaps(triggers, _paired(read.text, parts)) if parts else triggers, senses


class _Sort(NamedTuple):
    """A label taken apart; `is_part`: of a verb of two parts."""

    kind: str
    name: str
    form: str
    is_sense: bool
    is_part: bool


@lru_cache(maxsize=1000)
def _sort_of(label: str) -> _Sort:
    kind, name, *form = label.split(".")
    if kind == "sense" or label == "transfer.destination":
        return _Sort(kind, name, "", is_sense=True, is_part=False)
    return _Sort(kind, name.removesuffix("s"), form[0] if form else "", is_sense=False, is_part=name.startswith(("gap", "close")))


def _longest(items: list[_Placed]) -> list[_Placed]:
    """Without those that lie inside a longer one; equal places stay, as a word may tell of two things."""
    kept: list[_Placed] = []
    start = end = -1
    for item in items:
        if item.start >= end or (item.start == start and item.end == end):
            kept.append(item)
            if item.start >= end:
                start, end = item.start, item.end
    return kept


def _paired(text: str, hits: list[Hit]) -> list[Trigger]:
    """Verbs of two parts: each first part with the nearest last part behind it."""
    closes: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        kind, sort = hit.label.split(".")[:2]
        if sort.startswith("close"):
            closes.setdefault((kind, sort[5:]), []).append(hit)
    found = []
    for hit in hits:
        kind, sort, *form = hit.label.split(".")
        if not sort.startswith("gap"):
            continue
        behind = closes.get((kind, sort[3:]), [])
        index = bisect_left(behind, (hit.end,))
        close = behind[index] if index < len(behind) else None
        if close and close.start - hit.end <= _GAP_REACH and not _STOP.search(text, hit.end, close.start):
            found.append(Trigger(hit.start, hit.end, kind, "gap", form[0] if form else "", Span(close.start, close.end)))
    return found


def _with_gaps(triggers: list[Trigger], gaps: list[Trigger]) -> list[Trigger]:
    """A verb that is whole in one place ("let go of") outranks its parts; else the parts outrank the bare first word."""
    whole = {trigger.start: trigger.end for trigger in triggers}
    gaps = [gap for gap in gaps if gap.close and whole.get(gap.start, 0) < gap.close.end]
    heads = {(gap.start, gap.end) for gap in gaps}
    return sorted([trigger for trigger in triggers if (trigger.start, trigger.end) not in heads] + gaps)
