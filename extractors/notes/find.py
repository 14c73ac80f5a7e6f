"""The door: what else an article says of a miner or of the sector, each note with the words that say it.

Sentences are first sifted by the cue words of the families; a family then looks at its sentences only. Precision goes
before recall: a note needs the deed and its object in one clause. The company is the miner named in the sentence, else the
article's only one; of several, none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from extractors.mentions.miners import MinerMention, find_miners
from extractors.mentions.scan import scan
from extractors.mentions.sentences import sentences_in
from extractors.model import Note, NoteKind, Span
from extractors.notes.cues import FAMILIES_BY_CUE
from extractors.notes.families import Family, Found
from extractors.text import Sentence

_COUNTERPARTY = re.compile(r"\b(?:with|from|by|to|of) (?:the )?\Z")
_OF_THE_SECTOR = {NoteKind.CURTAILMENT, NoteKind.FLOWS}
_OWN = re.compile(r"\b(?:we|our|us|its|the (?:company|firm|miner|group))\b")
_LONGEST = 400
_TOO_LONG = 800  # no sentence of prose


def find_notes(body: str, published: date | None) -> tuple[Note, ...]:
    """Notes in the order of the text; spans count in `body`, whose first line is the headline."""
    ready = scan(body)
    starts, _, lowers = ready.words
    cued = [(starts[place], FAMILIES_BY_CUE[word]) for place, word in enumerate(lowers) if word in FAMILIES_BY_CUE]
    if not cued:
        return ()
    notes: dict[tuple[str, str], Note] = {}
    for sentence, called in _sifted(sentences_in(ready.text), cued):
        text, lower = ready.text[sentence.start : sentence.end], ready.lower[sentence.start : sentence.end]
        for found in filter(None, (family(text, lower) for family in called)):
            company = _company(find_miners(body, published), sentence, ready.lower, found)
            notes.setdefault(_key(found, company), Note(found.kind, _span(found, sentence), company, found.details))
    return tuple(notes.values())


def _sifted(places: Sequence[Sentence], cued: Sequence[tuple[int, tuple[Family, ...]]]) -> Iterator[tuple[Sentence, list[Family]]]:
    """The sentences that hold a cue, each with the families it calls for."""
    ends = [sentence.end for sentence in places]
    called: dict[int, dict[Family, None]] = {}
    for start, families in cued:
        called.setdefault(bisect_right(ends, start), {}).update(dict.fromkeys(families))
    for place, families_called in called.items():
        if place < len(places) and places[place].end - places[place].start <= _TOO_LONG:
            yield places[place], list(families_called)


def _key(found: Found, company: str | None) -> tuple[str, str]:
    """What makes two notes the same: the person, the sum, the cause; one AI note for each miner is enough."""
    what = found.details.get("who") or found.details.get("amount") or found.details.get("cause") or ""
    return found.kind.value, f"{company}|{what.lower()}"


def _span(found: Found, sentence: Sentence) -> Span:
    """The sentence, or only the clause where the sentence is long."""
    if sentence.end - sentence.start <= _LONGEST:
        return Span(sentence.start, sentence.end)
    return Span(sentence.start + found.start, sentence.start + found.end)


def _company(miners: Sequence[MinerMention], sentence: Sentence, lower: str, found: Found) -> str | None:
    """The miner named in the sentence; where none is, the one the article is about, unless the sector may be meant."""
    starts = [mention.span.start for mention in miners]
    within = miners[bisect_left(starts, sentence.start) : bisect_left(starts, sentence.end)]
    names = {mention.name for mention in within if not _COUNTERPARTY.search(lower, max(0, mention.span.start - 12), mention.span.start)}
    names -= {name for name in names if name in found.details.get("who", "")}
    if len(names) == 1:
        return names.pop()
    if found.kind in _OF_THE_SECTOR and not _OWN.search(lower, sentence.start, sentence.end):
        return None
    told = Counter(mention.name for mention in miners)
    return None if names or not told else _main(told)


def _main(told: Counter[str]) -> str | None:
    """The miner that the article is about: named in at least two of three mentions."""
    name, count = told.most_common(1)[0]
    return name if count * 3 >= told.total() * 2 else None
