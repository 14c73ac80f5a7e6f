"""With which words a pattern's matches can begin, so that long patterns are tried at these words only, and not at every letter.

What is told of a pattern (`patternwords`) is gathered by word. A pattern of which nothing can be told is never sifted out: the sieve
may let through too much, never too little. Words with Han, which is written without spaces, are let through.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_

from extractors.mentions.patternwords import DIGIT, HAN, Told, first_words, needed_words
from extractors.mentions.remembered import Remembered
from extractors.text import Words

_MOST_KNOWN = 50_000  # words whose patterns are remembered


class Sieve:
    """For each word the patterns, as bits of a number, a match of which can begin with it."""

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        """Take patterns; the first is bit 1, the second bit 2, the third bit 4."""
        self.all = 0
        self.always = 0  # bits of the patterns that cannot be sifted
        self.alone = 0  # bits of the patterns whose matches need no word that could be told
        self._first, self._needed = _Table(), _Table()
        self.of: Callable[[str], int] = self._first.bits.__getitem__
        """The bits of the patterns that a word of `text.Words` can begin; all for one with Han, within which they can begin too."""
        self.needed: Callable[[str], int] = self._needed.bits.__getitem__
        """The bits of the patterns that can match only beside this word or another such; those that are `alone` need none."""
        for pattern in patterns:
            self.add(pattern)

    def add(self, pattern: str) -> int:
        """Take one more; return its bit."""
        bit, told = self.all + 1, first_words(pattern)
        needed = needed_words(pattern) or told
        self.all |= bit
        self._first.add(bit, told)
        self._needed.add(bit, needed)
        self.always |= 0 if told else bit
        self.alone |= 0 if needed else bit
        return bit


class _Table:
    """Words and heads of words with bits."""

    def __init__(self) -> None:
        self._whole: dict[str, int] = {}
        self._heads: dict[str, int] = {}
        self._all = 0
        self._longest = 0
        self.bits = Remembered(self._sift, _MOST_KNOWN)

    def add(self, bit: int, told: Told | None) -> None:
        self._all |= bit
        self.bits.clear()
        for words, known in zip(told or (), (self._whole, self._heads), strict=False):
            for word in words:
                known[word] = known.get(word, 0) | bit
        self._longest = max(map(len, self._heads), default=0)

    def _sift(self, word: str) -> int:
        if HAN.search(word):
            return self._all
        if word[0].isdigit():
            return self._whole.get(DIGIT, 0)
        bits = self._whole.get(word, 0)
        for length in range(1, min(len(word), self._longest) + 1):
            bits |= self._heads.get(word[:length], 0)
        return bits


_CUES = Sieve()


class Cue:
    """A pattern that is searched for in those sentences only that have a word which its matches can begin with.

    A sentence is sifted once for all of them (`cues_of`): most rules look for what most sentences do not have.
    """

    def __init__(self, pattern: str) -> None:
        """ValueError for a pattern whose matches can begin with anything: it would never be sifted out."""
        self.pattern = re.compile(pattern)
        self.bit = _CUES.add(pattern)
        """Its bit in the cues of a sentence."""
        if self.bit & _CUES.always:
            raise ValueError(f"no words that matches begin with can be told: {pattern}")

    def search(self, cues: int, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """As the pattern's, in a text of lower case that lies within the sentence that `cues` are of."""
        return self.pattern.search(text, start, end) if cues & self.bit else None


def cues_of(words: Iterable[str]) -> int:
    """The cues that a sentence of these words can hold."""
    return reduce(or_, map(_CUES.needed, words), 0)


def cues_in(words: Words, openings: Sequence[int]) -> list[int]:
    """The cues of each sentence of an article, by where the sentences begin."""
    bits = list(map(_CUES.needed, words.lowers))
    firsts = [bisect_left(words.starts, opening) for opening in openings]
    return [reduce(or_, filter(None, bits[first:last]), 0) for first, last in pairwise([*firsts, len(bits)])]
