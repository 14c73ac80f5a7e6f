"""An article made ready for rules: plain text, its words, its language, its sentences, and every phrase found in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from extractors.mentions.lexicon import lexicon_phrases
from extractors.mentions.names import name_phrases
from extractors.mentions.phrases import Hit, Phrases
from extractors.text import Sentence, Token, language, lowered, plain, sentences, tokens

_MOST_HITS = 80_000  # more than a megabyte of prose holds

__all__ = ["Hit", "Phrases", "Scan", "scan"]


@dataclass(frozen=True, slots=True)
class Scan:
    """All positions are those of the body; `hits` are in order, the longer first where they begin together."""

    text: str
    lower: str
    words: list[Token] = field(repr=False)
    language: str = "en"
    hits: list[Hit] = field(default_factory=list, repr=False)
    places: list[Sentence] = field(default_factory=list, repr=False)


@lru_cache(maxsize=1)
def scan(body: str) -> Scan:
    """Make a body ready for rules; the last one is kept, as several rules read the same article."""
    text = plain(body)
    lower, words, tongue = lowered(text), tokens(text), language(text)
    hits = sorted(set(islice(_phrases(tongue).find(words), _MOST_HITS)), key=_order)
    return Scan(text, lower, words, tongue, hits, sentences(text))


def _order(hit: Hit) -> tuple[int, int, str]:
    return hit.start, -hit.end, hit.label


@lru_cache(maxsize=8)
def _phrases(tongue: str) -> Phrases:
    return Phrases([*name_phrases(), *lexicon_phrases(tongue)])
