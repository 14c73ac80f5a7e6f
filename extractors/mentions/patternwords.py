"""Which words the matches of a pattern begin with, hold, or go on with behind their first word.

A pattern is taken apart by Python's own parser. All its matches must begin where a word of `text.Words` does, behind `\\b`. What
cannot be told in a word ("any three letters") gives None: what is told may be too much, never too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, reduce
from string import ascii_lowercase
from typing import Any

# The parser has no public name; `re.compile` itself is made of it, and hypothesis has used it for a decade.
from re import _constants as codes  # type: ignore[attr-defined] # isort: skip
from re import _parser as parser  # type: ignore[attr-defined] # isort: skip

DIGIT = "0"  # stands for all numbers
HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_MOST = 4000  # beginnings of one pattern; one with more is let through everywhere
_MOST_CHARS = 26  # of a set like "[sz]" that is told letter by letter
_COMMON = frozenset([
    "the", "a", "an", "to", "of", "in", "on", "for", "and", "with", "at", "its", "it", "is", "was", "that", "as", "by", "from", "s",
    "are", "be", "has", "were", "had", "have", "this", "bitcoin", "btc", "coin", "coins", "market", "price", "company", "million",
    DIGIT, ".", ",", "$", "-", "'", *ascii_lowercase,
])  # fmt: skip

_Step = tuple[Any, Any]
Told = tuple[frozenset[str], frozenset[str]]
"""Words, and heads of words; `DIGIT` is any number."""


class _UntoldError(Exception):
    """A match can begin with anything."""


def first_words(pattern: str) -> Told | None:
    """Words, and heads of words, one of which every match begins with; None if that cannot be told."""
    return _gathered(_begin(_steps(pattern), "", False))


def needed_words(pattern: str) -> Told | None:
    """Words, and heads of words, one of which every match holds, the rarest that can be told; None if none can."""
    steps, at_word = _steps(pattern), False
    found: list[Told] = []
    for place, step in enumerate(steps):
        if at_word and (told := _gathered(_begin(steps[place:], "", True))):
            found.append(told)
        at_word = _parts_words(step, at_word)
    return min(found, key=_commonness, default=None)


def _commonness(told: Told) -> tuple[int, int]:
    whole, heads = told
    return len(_COMMON & whole) + sum(word.startswith(head) for head in heads for word in _COMMON), len(whole) + len(heads)


def next_words(pattern: str, first: str) -> Told | None:
    """Words and signs, and heads of words, one of which stands behind `first` in every match that begins with it.

    None if that cannot be told, or if a match may end with `first`. A number is as many `DIGIT` as it has digits.
    """
    return _gathered(_behind(_steps(pattern), first))


def fits(word: str, told: Told) -> bool:
    """Whether a word or sign of `text.Words` is among those told; one with Han, which is written without spaces, always is."""
    whole, heads = told
    if HAN.search(word):
        return True
    return DIGIT in whole if word[:1].isdigit() else word in whole or any(map(word.startswith, heads))


@lru_cache(maxsize=256)
def _steps(pattern: str) -> list[_Step]:
    return list(parser.parse(pattern))


def _gathered(beginnings: Iterator[tuple[str, bool]]) -> Told | None:
    whole: set[str] = set()
    heads: set[str] = set()
    try:
        for count, (word, ends) in enumerate(beginnings):
            (whole if ends else heads).add(word)
            if count > _MOST:
                return None
    except _UntoldError:
        return None
    return frozenset(whole), frozenset(heads)


def _behind(steps: Sequence[_Step], left: str) -> Iterator[tuple[str, bool]]:
    """What a pattern's steps go on with behind a word, of which these letters are left."""
    (code, value), rest = (steps[0], steps[1:]) if steps else (_OPEN, ())
    if code in _NO_WIDTH:
        yield from _behind(rest, left)
    elif chars := _chars(code, value):
        if left:
            if left[0] in chars or (left[0] == DIGIT and any(map(str.isdigit, chars))):
                yield from _behind(rest, left[1:])
            return
        for char in chars:
            yield from _begin(rest, "", True) if char.isspace() else _letter(char, rest, "", True)
    elif ways := _ways(code, value, rest):
        for way in ways:
            yield from _behind(way, left)
    else:
        raise _UntoldError


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
    elif not char.isalnum() or HAN.match(char):
        yield char, True
    elif not at_word:
        raise _UntoldError
    elif char.isdigit():
        yield DIGIT, True
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
            chars.append(DIGIT)
        else:
            return []
    return chars if len(chars) <= _MOST_CHARS else []
