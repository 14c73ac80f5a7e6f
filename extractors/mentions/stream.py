"""The stream of mentions: each sentence reduced to what rules decide on.

Triggers (verbs and nouns of selling, buying, moving, mining, holding, and of money), figures, miners, dates and words of sense
(negation, plan, rumour, third parties ...), each with its place. Mentions inside a name or a date are dropped, of overlapping phrases
of one sort the longest stays, and a sentence keeps at most `MAX_MENTIONS` of a sort, so that rules over pairs stay bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from extractors.mentions.amounts import Amount, Counts, find_amounts
from extractors.mentions.dates import DateMention, dates_in
from extractors.mentions.firstwords import cues_in
from extractors.mentions.lookalikes import LOOKALIKES, is_doubtful, misread
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
    ground: dict[str, Any] = field(default_factory=dict, repr=False)

    _words: Words | None = field(default=None, repr=False)

    @property
    def words(self) -> Words:
        """The words of the sentence."""
        if self._words is None:
            self._words = self.read.words.within(self.sentence.start, self.sentence.end)
        return self._words

    def of(self, counts: Counts) -> list[Amount]:
        """The figures that count this."""
        return [amount for amount in self.amounts if amount.counts is counts] if self.amounts else []


@dataclass(frozen=True, slots=True)
class Stream:
    """An article as sentences of mentions; the title comes first."""

    read: Scan
    published: date | None
    views: list[View] = field(repr=False)
    miners: list[MinerMention] = field(repr=False)
    dates: list[DateMention] = field(repr=False)


_Item = TypeVar("_Item")


def build(body: str, published: date | None) -> Stream:
    """Read a body once and cut it into views."""
    read = scan(body)
    miners = find_miners(body, published)
    dates = dates_in(read.text, read.lower, read.words, published)
    taken = _places([mention.span for mention in miners] + [mention.span for mention in dates], len(read.text))
    amounts = [amount for amount in find_amounts(read) if not taken[amount.figure]]
    triggers, senses = _phrases(read, taken)
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


def _cut(items: list[_Item], starts: Sequence[int], places: Sequence[Sentence]) -> list[list[_Item]]:
    """The mentions of each sentence; both are in order."""
    cut: list[list[_Item]] = [[] for _ in places]
    last, count = 0, len(items)
    for number, (start, end, _, _) in enumerate(places):
        while last < count and starts[last] < start:
            last += 1
        first = last
        while last < count and starts[last] < end:
            last += 1
        if first < last:
            cut[number] = items[first:last][:MAX_MENTIONS]
        elif last == count:
            break
    return cut


def _places(spans: Iterable[Span], length: int) -> bytearray:
    """For each place of a text of this length, whether it lies in one of the spans."""
    taken = bytearray(length)
    for start, end in spans:
        taken[start:end] = b"\1" * (end - start)
    return taken


_Told = tuple[Hit, "_Sort"]


def _phrases(read: Scan, taken: bytearray) -> tuple[list[Trigger], list[Sense]]:
    lower = read.lower
    told: list[_Told] = []
    bent: list[_Told] = []
    for hit in read.hits:
        start, end, label = hit
        if not taken[start]:
            sort = _sort_of(label)
            if not ((sort.is_doubtful or lower[start:end] in LOOKALIKES) and misread(read, hit)):
                (bent if sort.is_sense else told).append((hit, sort))
    senses = [Sense(start, end, sort.name) for (start, end, _), sort in _longest(bent)]
    if strangers := [Span(sense.start, sense.end) for sense in senses if sense.sort == "third"]:
        others = _places(strangers, len(lower))
        told = [known for known in told if not others[known[0][0]]]
    parts = [known for known in told if known[1].is_part]
    whole = _longest([known for known in told if not known[1].is_part] if parts else told)
    triggers = [Trigger(start, end, sort.kind, sort.name, sort.form) for (start, end, _), sort in whole]
    gaps = _paired(read.text, parts) if parts else []
    return _with_gaps(triggers, gaps) if gaps else triggers, senses


class _Sort(NamedTuple):
    """A label taken apart; `is_part`: of a verb of two parts; `is_doubtful`: its words may be others that look like them."""

    kind: str
    name: str
    form: str
    is_sense: bool
    is_part: bool
    is_doubtful: bool
    closes: bool = False  # it is the last part
    pair: str = ""  # which parts go together


@lru_cache(maxsize=1000)
def _sort_of(label: str) -> _Sort:
    kind, name, *form = label.split(".")
    doubtful = is_doubtful(label)
    if kind == "sense" or label == "transfer.destination":
        return _Sort(kind, name, "", is_sense=True, is_part=False, is_doubtful=doubtful)
    closes, begins = name.startswith("close"), name.startswith("gap")
    name = name.removesuffix("s")
    return _Sort(
        kind,
        name,
        form[0] if form else "",
        is_sense=False,
        is_part=begins or closes,
        is_doubtful=doubtful,
        closes=closes,
        pair=f"{kind} {name.removeprefix('close' if closes else 'gap')}",
    )


def _longest(items: list[_Told]) -> list[_Told]:
    """Without those that lie inside a longer one; equal places stay, as a word may tell of two things."""
    kept: list[_Told] = []
    start = end = -1
    for item in items:
        first, last, _ = item[0]
        if first >= end or (first == start and last == end):
            kept.append(item)
            if first >= end:
                start, end = first, last
    return kept


def _paired(text: str, parts: list[_Told]) -> list[Trigger]:
    """Verbs of two parts: each first part with the nearest last part behind it."""
    closes: dict[str, list[Hit]] = {}
    for hit, sort in parts:
        if sort.closes:
            closes.setdefault(sort.pair, []).append(hit)
    found = []
    for (start, end, _), sort in parts if closes else ():
        if sort.closes or (behind := closes.get(sort.pair)) is None:
            continue
        index = bisect_left(behind, (end,))
        if index < len(behind):
            first, last, _ = behind[index]
            if first - end <= _GAP_REACH and not _STOP.search(text, end, first):
                found.append(Trigger(start, end, sort.kind, "gap", sort.form, Span(first, last)))
    return found


def _with_gaps(triggers: list[Trigger], gaps: list[Trigger]) -> list[Trigger]:
    """A verb that is whole in one place ("let go of") outranks its parts; else the parts outrank the bare first word."""
    whole = {trigger.start: trigger.end for trigger in triggers}
    gaps = [gap for gap in gaps if gap.close and whole.get(gap.start, 0) < gap.close.end]
    heads = {(gap.start, gap.end) for gap in gaps}
    return sorted([trigger for trigger in triggers if (trigger.start, trigger.end) not in heads] + gaps)
