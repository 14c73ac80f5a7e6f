"""Phrases found in one pass: those of up to three words in tables, longer ones by spaCy's PhraseMatcher.

The matcher does not see the text but a reduced stream: only stretches that begin with the first three words of some phrase, and within
them only words that belong to phrases, one blank word standing for all that was left out. So most of a text never becomes a `Doc`, the
vocabulary never grows in a long run, and time is linear. Very long streams are matched in pieces that overlap by the longest phrase.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress, islice
from typing import TYPE_CHECKING

from extractors.text import Words, lowered, plain, words_of

if TYPE_CHECKING:
    from spacy.matcher import PhraseMatcher
    from spacy.vocab import Vocab

_PIECE, _OVERLAP = 20_000, 12
_BLANK = "\u00b7"
_SHORT = 3  # words of a phrase in the tables
_MOST = 40_000  # places of phrases; a megabyte of prose holds fewer

Hit = tuple[int, int, str]
"""A phrase found in the text: where it begins, where it ends, and the label that says whose it is."""


class _Node:
    """A word of the tables behind those before it: the labels of the phrase that ends with it, and the words it can go on with."""

    __slots__ = ("after", "is_longer", "labels")

    def __init__(self) -> None:
        self.labels: list[str] = []
        self.after: dict[str, _Node] = {}
        self.is_longer = False  # a phrase of the matcher begins so


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
        self._first = _Node()
        self._known: set[str] = set()  # the words of the matcher's phrases
        by_label: dict[str, set[tuple[str, ...]]] = {}
        for label, phrase in labelled:
            by_label.setdefault(label, set()).add(tuple(words_of(lowered(plain(phrase))).lowers))
        for label, phrases in sorted(by_label.items()):
            for words in phrases:
                self._take(label, words)
            if long := sorted(words for words in phrases if len(words) > _SHORT):
                self._known.update(*long)
                self._matcher.add(label, [Doc(self._vocab, words=list(words)) for words in long])
        self._labels = {self._vocab.strings[label]: label for label in by_label}

    def _take(self, label: str, words: tuple[str, ...]) -> None:
        node = self._first
        for word in words[:_SHORT]:
            node = node.after.setdefault(word, _Node())
        if len(words) > _SHORT:
            node.is_longer = True
        elif words:
            node.labels.append(label)

    def find(self, words: Words) -> list[Hit]:
        """Every occurrence once, in order, the longer first where two begin together; of very many, those that begin first."""
        starts, ends, lowers = words
        begun = list(map(self._first.after.get, lowers))
        following = [*lowers, ""]
        found: list[Hit] = []
        openings: list[int] = []
        for place in islice(compress(range(len(begun)), begun), _MOST):
            node, last = begun[place], place
            here: list[Hit] | None = None
            while node:
                if labels := node.labels:
                    start, end = starts[place], ends[last]
                    longest = [(start, end, labels[0])] if len(labels) == 1 else [(start, end, label) for label in labels]
                    here = longest + here if here else longest
                if node.is_longer:
                    openings.append(place)
                last += 1
                node = node.after.get(following[last]) if node.after else None
            if here:
                found += here
        if openings and (longer := self._matched(words, self._stretches(lowers, openings))):
            found += longer
            found.sort(key=lambda hit: (hit[0], -hit[1], hit[2]))
        return found

    def _matched(self, words: Words, stream: list[int]) -> set[Hit]:
        """What the matcher finds in the words at these places; -1 is a blank one."""
        starts, ends, lowers = words
        found: set[Hit] = set()
        for start in range(0, len(stream), _PIECE):
            piece = stream[max(0, start - _OVERLAP) : start + _PIECE]
            doc = self._make(self._vocab, words=[_BLANK if place < 0 else lowers[place] for place in piece])
            for key, first, last in self._matcher(doc):
                found.add((starts[piece[first]], ends[piece[last - 1]], self._labels[key]))
        return found

    def _stretches(self, lowers: list[str], openings: list[int]) -> list[int]:
        """The places of the words that the matcher is to see, by where they begin; -1 where words are left out."""
        known, count = self._known, len(lowers)
        stream: list[int] = []
        done = 0
        for begin in openings:
            if begin >= done:
                done = begin
                while done < count and lowers[done] in known:
                    done += 1
                stream += range(begin, done)
                stream.append(-1)
        return stream
