"""With which words a pattern's matches can begin, so that long patterns are tried at these words only, and not at every letter.

A pattern is taken apart by Python's own parser. All its matches must begin where a word of `text.Words` does, behind
`\\b`. What cannot be told in a word ("any three letters") is never sifted out: the sieve may let through too much, never
too little. Words with Han, which is written without spaces, are let through.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Any

from extractors.text import Words

# The parser has no public name; `re.compile` itself is made of it, and hypothesis has used it for a decade.
from re import _constants as codes  # type: ignore[attr-defined] # isort: skip
from re import _parser as parser  # type: ignore[attr-defined] # isort: skip

_MOST = 4000  # beginnings of one pattern; one with more is let through everywhere
_MOST_CHARS = 26  # of a set like "[sz]" that is told letter by letter
_MOST_KNOWN = 50_000  # words whose patterns are remembered
_DIGIT = "0"  # stands for all numbers
_COMMON = frozenset([
    "the", "a", "an", "to", "of", "in", "on", "for", "and", "with", "at", "its", "it", "is", "was", "that", "as", "by", "from", "s",
    "are", "be", "has", "were", _DIGIT,
])  # fmt: skip
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")

_Step = tuple[Any, Any]


class _UntoldError(Exception):
    """A match can begin with anything."""


def first_words(pattern: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """Words, and heads of words, one of which every match begins with; None if that cannot be told."""
    return _told(list(parser.parse(pattern)), False)


def needed_words(pattern: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """Words, and heads of words, one of which every match holds, the rarest that can be told; None if none can."""
    steps, at_word = list(parser.parse(pattern)), False
    found: list[tuple[frozenset[str], frozenset[str]]] = []
    for place, step in enumerate(steps):
        if at_word and (told := _told(steps[place:], True)):
            found.append(told)
        at_word = _parts_words(step, at_word)
    return min(found, key=_commonness, default=None)


def _commonness(told: tuple[frozenset[str], frozenset[str]]) -> tuple[int, int]:
    whole, heads = told
    return len(_COMMON & whole) + sum(word.startswith(head) for head in heads for word in _COMMON), len(whole) + len(heads)


def _told(steps: list[_Step], at_word: bool) -> tuple[frozenset[str], frozenset[str]] | None:
    whole: set[str] = set()
    heads: set[str] = set()
    try:
        for count, (word, ends) in enumerate(_begin(steps, "", at_word)):
            (whole if ends else heads).add(word)
            if count > _MOST:
                return None
    except _UntoldError:
        return None
    return frozenset(whole), frozenset(heads)


def _parts_words(step: _Step, at_word: bool) -> bool:
    """Whether a letter behind this step of a pattern begins a word in all its matches."""
    code, value = step
    if code in _NO_WIDTH:
        return at_word or (code is codes.AT and value is codes.AT_BOUNDARY)
    if chars := _chars(code, value):
        return not any(char.isalnum() or char == "_" for char in chars)
    if code in _REPEATS:
        least, _, part = value
        return (least > 0 or at_word) and _all_part_words([part], False)
    return _all_part_words(_ways(code, value, ()), at_word)


def _all_part_words(ways: Sequence[Sequence[_Step]], at_word: bool) -> bool:
    return bool(ways) and all(reduce(lambda at, step: _parts_words(step, at), way, at_word) for way in ways)


_OPEN: _Step = (None, None)  # what follows is not looked at
_NO_WIDTH = {codes.AT, codes.ASSERT, codes.ASSERT_NOT}
_REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT}


def _begin(steps: Sequence[_Step], word: str, at_word: bool) -> Iterator[tuple[str, bool]]:
    """The word read so far, led on by the steps of a parsed pattern; True where it must end there."""
    (code, value), rest = (steps[0], steps[1:]) if steps else (_OPEN, ())
    if code is codes.AT and value is codes.AT_BOUNDARY:
        yield from [(word, True)] if word else _begin(rest, word, True)
    elif code in _NO_WIDTH:
        yield from _begin(rest, word, at_word)
    elif chars := _chars(code, value):
        for char in chars:
            yield from _letter(char, rest, word, at_word)
    elif ways := _ways(code, value, rest):
        for way in ways:
            yield from _begin(way, word, at_word)
    elif word:
        yield word, False
    else:
        raise _UntoldError


def _ways(code: Any, value: Any, rest: Sequence[_Step]) -> list[Sequence[_Step]]:
    """The ways on from a step that holds others."""
    if code is codes.BRANCH:
        return [[*way, *rest] for way in value[1]]
    if code is codes.SUBPATTERN:
        return [[*value[-1], *rest]]
    if code in _REPEATS:
        least, most, part = value
        once = [*part, *(rest if most == 1 else [_OPEN])]
        return [once, rest] if least == 0 else [once]
    return []


def _letter(char: str, rest: Sequence[_Step], word: str, at_word: bool) -> Iterator[tuple[str, bool]]:
    char = char.lower()
    if word:
        if char.isalpha() and len(char) == 1:
            yield from _begin(rest, word + char, at_word)
        else:
            yield word, not char.isalpha()
    elif char.isspace() or char == "_" or len(char) > 1:
        raise _UntoldError
    elif not char.isalnum() or _HAN.match(char):
        yield char, True
    elif not at_word:
        raise _UntoldError
    elif char.isdigit():
        yield _DIGIT, True
    else:
        yield from _begin(rest, char, at_word)


def _chars(code: Any, value: Any) -> list[str]:
    """The characters of a step that is one or a set; none if it is neither, or if they are too many to tell."""
    chars: list[str] = []
    for kind, member in value if code is codes.IN else [(code, value)]:
        if kind is codes.LITERAL:
            chars.append(chr(member))
        elif kind is codes.RANGE and member[1] - member[0] < _MOST_CHARS:
            chars += map(chr, range(member[0], member[1] + 1))
        elif kind is codes.CATEGORY and member is codes.CATEGORY_DIGIT:
            chars.append(_DIGIT)
        else:
            return []
    return chars if len(chars) <= _MOST_CHARS else []


class _Remembered(dict[str, int]):
    """The bits of the words met last: a lookup costs no step of the interpreter."""

    def __init__(self, sift: Callable[[str], int]) -> None:
        super().__init__()
        self._sift = sift

    def __missing__(self, word: str) -> int:
        if len(self) > _MOST_KNOWN:
            self.clear()
        bits = self[word] = self._sift(word)
        return bits


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
        self.bits = _Remembered(self._sift)

    def add(self, bit: int, told: tuple[frozenset[str], frozenset[str]] | None) -> None:
        self._all |= bit
        self.bits.clear()
        for words, known in zip(told or (), (self._whole, self._heads), strict=False):
            for word in words:
                known[word] = known.get(word, 0) | bit
        self._longest = max(map(len, self._heads), default=0)

    def _sift(self, word: str) -> int:
        if _HAN.search(word):
            return self._all
        if word[0].isdigit():
            return self._whole.get(_DIGIT, 0)
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
