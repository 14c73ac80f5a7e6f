"""Phrases found in one pass by spaCy's PhraseMatcher.

The matcher does not see the text but a reduced stream: each word that belongs to no phrase is replaced by one blank word. So the
vocabulary never grows in a long run, and time is linear. Very long articles are matched in pieces that overlap by the longest phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from extractors.text import Words, lowered, plain, words_of

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
            by_label.setdefault(label, set()).add(tuple(words_of(lowered(plain(phrase))).lowers))
        for label, phrases in by_label.items():
            self._known.update((word, word) for phrase in phrases for word in phrase)
            self._matcher.add(label, [Doc(self._vocab, words=list(phrase)) for phrase in sorted(phrases) if phrase])
        self._labels = {self._vocab.strings[label]: label for label in by_label}

    def find(self, words: Words) -> Iterator[Hit]:
        """Every occurrence, in no order; those of different labels may overlap."""
        seen, labels = self._known.get, self._labels
        starts, ends, lowers = words
        for start in range(0, len(lowers), _PIECE):
            begin = max(0, start - _OVERLAP)
            doc = self._make(self._vocab, words=[seen(word, _BLANK) for word in lowers[begin : start + _PIECE]])
            for key, first, last in self._matcher(doc):
                yield Hit(starts[begin + first], ends[begin + last - 1], labels[key])
