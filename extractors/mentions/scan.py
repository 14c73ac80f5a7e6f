"""An article made ready for rules: plain text, its words, its language, its sentences, and every phrase found in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from extractors.mentions.lexicon import lexicon_phrases
from extractors.mentions.names import name_labels, name_phrases
from extractors.mentions.phrases import Hit, Phrases
from extractors.text import Sentence, Words, language, lowered, plain, sentences, words_of

_MOST_HITS = 80_000  # more than a megabyte of prose holds

__all__ = ["Hit", "Phrases", "Scan", "scan"]


@dataclass(frozen=True, slots=True)
class Scan:
    """All positions are those of the body; `names` of miners and `hits`, all other phrases, are in order, the longer first."""

    text: str
    lower: str
    words: Words = field(repr=False)
    language: str = "en"
    names: list[Hit] = field(default_factory=list, repr=False)
    hits: list[Hit] = field(default_factory=list, repr=False)
    places: list[Sentence] = field(default_factory=list, repr=False)


@lru_cache(maxsize=1)
def scan(body: str) -> Scan:
    """Make a body ready for rules; the last one is kept, as several rules read the same article."""
    text = plain(body)
    lower = lowered(text)
    words = words_of(lower)
    tongue = language(text, words)
    found = sorted(islice(_phrases(tongue).find(words), _MOST_HITS))
    of_names = name_labels()
    names = [(start, -less, label) for start, less, label in found if label in of_names]
    hits = [(start, -less, label) for start, less, label in found if label not in of_names]
    return Scan(text, lower, words, tongue, names, hits, sentences(text))


@lru_cache(maxsize=8)
def _phrases(tongue: str) -> Phrases:
    return Phrases([*name_phrases(), *(lexicon_phrases() if tongue == "en" else ())])
