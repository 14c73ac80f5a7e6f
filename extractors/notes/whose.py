"""Whose note it is: the miner named in its sentence, else the one last named alone, unless the sector is meant.

A sentence on "miners" is the sector's. What happens to machines (a storm, an outage) is a miner's only where the sentence says "we" or
"the company"; what somebody does (curtails, appoints, borrows) belongs to whom the text is speaking of.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from extractors.mentions.miners import MinerMention
from extractors.model import NoteKind
from extractors.notes.families import Found
from extractors.text import Sentence

_COUNTERPARTY = re.compile(r"\b(?:with|from|to) (?:the )?\Z")
_LENDER = re.compile(r"\b(?:with|from|to|by|of) (?:the )?\Z")
_OWN = re.compile(r"\b(?:we|our|us|its|the (?:company|firm|miner|group))\b")
_SECTOR = re.compile(
    r"\b(?:(?:bitcoin |listed |public |crypto |several |many |other )*miners|the (?:industry|sector)|operators|companies)\b"
)


class Whose:
    """The miners of an article, asked for the company of one note after the other."""

    def __init__(self, lower: str, miners: Sequence[MinerMention], places: Sequence[Sentence]) -> None:
        """Take the article in lower case, its miners and its sentences, both in order."""
        self._lower = lower
        self._miners = miners
        self._starts = [mention.span.start for mention in miners]
        self._places = places

    def company(self, sentence: Sentence, found: Found) -> str | None:
        """The note's miner, None where it is the sector or cannot be told."""
        person = found.details.get("who", "")
        within = self._within(sentence.start, sentence.end)
        before = _LENDER if found.kind is NoteKind.FINANCING else _COUNTERPARTY
        names = {mention.name for mention in within if not self._follows(before, mention)} - _parts_of(person, within)
        if len(names) == 1:
            return names.pop()
        if names or self._is_of_the_sector(sentence, found):
            return None
        return self._last_alone(sentence, person) or self._main(person)

    def _is_of_the_sector(self, sentence: Sentence, found: Found) -> bool:
        if _OWN.search(self._lower, sentence.start, sentence.end):
            return False
        if found.kind is NoteKind.FLOWS or _SECTOR.search(self._lower, sentence.start, sentence.end):
            return True
        said = self._lower[sentence.start + found.start : sentence.start + found.end]
        return found.kind is NoteKind.CURTAILMENT and "cause" in found.details and "curtail" not in said

    def _last_alone(self, sentence: Sentence, person: str) -> str | None:
        """The miner of the nearest earlier sentence that names any; None if that names several."""
        last = bisect_left(self._starts, sentence.start) - 1
        while last >= 0:
            place = self._sentence_at(self._miners[last].span.start)
            within = self._within(place.start, place.end)
            names = {mention.name for mention in within if _mines(mention)} - _parts_of(person, within)
            if names:
                return names.pop() if len(names) == 1 else None
            last = bisect_left(self._starts, place.start) - 1
        return None

    def _main(self, person: str) -> str | None:
        """The miner that the article is about: named in at least two of three mentions."""
        told = Counter(mention.name for mention in self._miners if _mines(mention) and mention.name not in person)
        if not told:
            return None
        name, count = told.most_common(1)[0]
        return name if count * 3 >= told.total() * 2 else None

    def _within(self, start: int, end: int) -> Sequence[MinerMention]:
        return self._miners[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _sentence_at(self, place: int) -> Sentence:
        return self._places[max(0, bisect_left(self._places, place + 1, key=lambda sentence: sentence.start) - 1)]

    def _follows(self, words: re.Pattern[str], mention: MinerMention) -> bool:
        return bool(words.search(self._lower, max(0, mention.span.start - 12), mention.span.start))


def _mines(mention: MinerMention) -> bool:
    return mention.miner is None or mention.miner.mines


def _parts_of(person: str, mentions: Sequence[MinerMention]) -> set[str]:
    """Miners whose name is only a part of a person's: "Block" of "Joel Block"."""
    return {mention.name for mention in mentions if mention.name in person}
