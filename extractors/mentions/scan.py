"""One pass over the words of an article: names of miners and every word of the lexicon, by spaCy's PhraseMatcher.

The matcher does not see the text but a reduced stream: each word that belongs to no phrase is replaced by one blank word. So the
vocabulary never grows in a long run, and time is linear. Very long articles are matched in pieces that overlap by the longest phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from extractors.text import Token, language, lowered, plain, tokens

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.vocab import Vocab

_PIECE, _OVERLAP = 20_000, 12
_BLANK = "\u00b7"


class Hit(NamedTuple):
    """A phrase found in the text; `label` says whose it is."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Scan:
    """An article made ready for rules; all positions are those of the body."""

    text: str
    lower: str
    words: list[Token]
    language: str = "en"


class Phrases:
    """Phrases in any case, each with its labels, found in one pass."""

    def __init__(self, labelled: Iterable[tuple[str, str]]) -> None:
        """Take pairs of label and phrase."""
        from spacy.matcher import PhraseMatcher
        from spacy.tokens import Doc
        from spacy.vocab import Vocab

        self._vocab: Vocab = Vocab()
        self._matcher: PhraseMatcher = PhraseMatcher(self._vocab, attr="ORTH")
        self._known: dict[str, str] = {}
        self._make = Doc
        by_label: dict[str, set[tuple[str, ...]]] = {}
        for label, phrase in labelled:
            by_label.setdefault(label, set()).add(tuple(token.lower for token in tokens(plain(phrase))))
        for label, phrases in by_label.items():
            self._known.update((word, word) for phrase in phrases for word in phrase)
            self._matcher.add(label, [Doc(self._vocab, words=list(phrase)) for phrase in sorted(phrases) if phrase])

    def find(self, words: list[Token]) -> Iterator[Hit]:
        """Every occurrence, in no order; those of different labels may overlap."""
        seen = self._known.get
        for start in range(0, len(words), _PIECE):
            piece = words[max(0, start - _OVERLAP) : start + _PIECE]
            doc = self._make(self._vocab, words=[seen(word.lower, _BLANK) for word in piece])
            for key, first, last in self._matcher(doc):
                yield Hit(piece[first].start, piece[last - 1].end, self._vocab.strings[key])


@lru_cache(maxsize=4)
def scan(body: str) -> Scan:
    """Make a body ready for rules; the last few are kept, as several rules read the same article."""
    text = plain(body)
    return Scan(text, lowered(text), tokens(text), language(text))
