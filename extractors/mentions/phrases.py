"""Phrases found in one pass: single words in a table, phrases of several words by spaCy's PhraseMatcher.

The matcher does not see the text but a reduced stream: only stretches that begin with the first two words of some phrase, and within
them only words that belong to phrases, one blank word standing for all that was left out. So most of a text never becomes a `Doc`, the
vocabulary never grows in a long run, and time is linear. Very long streams are matched in pieces that overlap by the longest phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress, pairwise
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
        self._make = Doc
        self._single: dict[str, list[str]] = {}
        self._known: set[str] = set()
        self._pairs: set[tuple[str, str]] = set()
        by_label: dict[str, set[tuple[str, ...]]] = {}
        for label, phrase in labelled:
            by_label.setdefault(label, set()).add(tuple(words_of(lowered(plain(phrase))).lowers))
        for label, phrases in by_label.items():
            long = sorted(words for words in phrases if len(words) > 1)
            for words in long:
                self._known.update(words)
                self._pairs.add((words[0], words[1]))
            for words in sorted(phrases.difference(long)):
                for word in words:
                    self._single.setdefault(word, []).append(label)
            if long:
                self._matcher.add(label, [Doc(self._vocab, words=list(words)) for words in long])
        self._labels = {self._vocab.strings[label]: label for label in by_label}

    def find(self, words: Words) -> Iterator[tuple[int, int, str]]:
        """Start, end less than nought and label of every occurrence, in no order; sorted, the longer comes first where two begin together."""
        starts, ends, lowers = words
        single, labels = self._single, self._labels
        for place in compress(range(len(lowers)), map(single.__contains__, lowers)):
            for label in single[lowers[place]]:
                yield starts[place], -ends[place], label
        stream = self._stretches(lowers)
        for start in range(0, len(stream), _PIECE):
            piece = stream[max(0, start - _OVERLAP) : start + _PIECE]
            doc = self._make(self._vocab, words=[_BLANK if place < 0 else lowers[place] for place in piece])
            for key, first, last in self._matcher(doc):
                yield starts[piece[first]], -ends[piece[last - 1]], labels[key]

    def _stretches(self, lowers: list[str]) -> list[int]:
        """The places of the words that the matcher is to see; -1 where words are left out."""
        pairs, known = self._pairs, self._known
        stream: list[int] = []
        done, count = 0, len(lowers)
        for begin in compress(range(count), map(pairs.__contains__, pairwise(lowers))):
            if begin >= done:
                done = begin
                while done < count and lowers[done] in known:
                    done += 1
                stream += range(begin, done)
                stream.append(-1)
        return stream
