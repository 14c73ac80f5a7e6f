"""An article made ready for rules: plain text, its words, its language, its sentences, and every phrase found in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from extractors.mentions.lexicon import lexicon_phrases
from extractors.mentions.names import name_labels, name_phrases
from extractors.mentions.phrases import Hit, Phrases
from extractors.text import Sentence, Words, language, lowered, plain, sentences, words_of

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
    found, of_names = _phrases(tongue).find(words), name_labels()
    names = [hit for hit in found if hit[2] in of_names]
    hits = [hit for hit in found if hit[2] not in of_names] if names else found
    return Scan(text, lower, words, tongue, names, hits, sentences(text))


@lru_cache(maxsize=8)
def _phrases(tongue: str) -> Phrases:
    return Phrases([*name_phrases(), *(lexicon_phrases() if tongue == "en" else ())])
