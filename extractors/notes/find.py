"""The door: what else an article says of a miner or of the sector, each note with the words that say it.

Sentences are first sifted by the cue words of the families; a family then looks at its sentences only. Precision goes
before recall: a note needs the deed and its object in one clause. `whose` says which miner it is of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import compress

from extractors.mentions.miners import find_miners
from extractors.mentions.scan import scan
from extractors.mentions.sentences import sentences_in
from extractors.model import Note, Span
from extractors.notes.cues import FAMILIES_BY_CUE
from extractors.notes.families import Family, Found
from extractors.notes.whose import Whose
from extractors.text import Sentence

_LONGEST = 400
_TOO_LONG = 800  # no sentence of prose


def find_notes(body: str, published: date | None) -> tuple[Note, ...]:
    """Notes in the order of the text; spans count in `body`, whose first line is the headline."""
    ready = scan(body)
    starts, _, lowers = ready.words
    cued = list(compress(zip(starts, lowers, strict=True), map(FAMILIES_BY_CUE.__contains__, lowers)))
    if not cued:
        return ()
    notes: dict[tuple[str, str], Note] = {}
    places = sentences_in(ready.text)
    whose: Whose | None = None
    for sentence, called in _sifted(places, cued):
        text, lower = ready.text[sentence.start : sentence.end], ready.lower[sentence.start : sentence.end]
        for family in called:
            found = family(text, lower)
            if found is None:
                continue
            whose = whose or Whose(ready.lower, find_miners(body, published), places)
            company = whose.company(sentence, found)
            notes.setdefault(_key(found, company), Note(found.kind, _span(found, sentence), company, found.details))
    return tuple(notes.values())


def _sifted(places: Sequence[Sentence], cued: Sequence[tuple[int, str]]) -> Iterator[tuple[Sentence, list[Family]]]:
    """The sentences that hold a cue, each with the families it calls for; cues come in order, each with its place."""
    called: list[Family] = []
    told = iter(places)
    sentence = next(told, None)
    for start, word in cued:
        while sentence is not None and sentence.end <= start:
            if called and sentence.end - sentence.start <= _TOO_LONG:
                yield sentence, called
            called, sentence = [], next(told, None)
        called += [family for family in FAMILIES_BY_CUE[word] if family not in called]
    if sentence is not None and called and sentence.end - sentence.start <= _TOO_LONG:
        yield sentence, called


def _key(found: Found, company: str | None) -> tuple[str, str]:
    """What makes two notes the same: the person, the sum, the cause; one AI note for each miner is enough."""
    what = found.details.get("who") or found.details.get("amount") or found.details.get("cause") or ""
    return found.kind.value, f"{company}|{what.lower()}"


def _span(found: Found, sentence: Sentence) -> Span:
    """The sentence, or only the clause where the sentence is long."""
    if sentence.end - sentence.start <= _LONGEST:
        return Span(sentence.start, sentence.end)
    return Span(sentence.start + found.start, sentence.start + found.end)
