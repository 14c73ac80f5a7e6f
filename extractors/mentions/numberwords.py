"""Numbers in words: "six hundred", "three thousand two hundred and fifty", "a hundred million"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import compress

from extractors.mentions.lexicon import number_words
from extractors.mentions.scan import Scan

_LARGE = (["million"], ["billion"])  # these multiply the figure before them, in words or in digits
_AND_A_HALF = ["and", "a", "half"]
_HALF = Decimal("0.5")
_JOINS = frozenset({"and", "-"})


def find_number_words(read: Scan) -> Iterator[tuple[int, int, Decimal]]:
    """Start, end and value of each number in words of two or more."""
    small, powers = number_words()
    starts, ends, lowers = read.words
    done = -1
    for index in compress(range(len(lowers)), map(_openers().__contains__, lowers)):
        if index > done and (lowers[index] in small or (index + 1 < len(lowers) and lowers[index + 1] in powers)):
            done, value = _read(index, lowers)
            large = lowers[done + 1 : done + 2] in _LARGE and lowers[max(0, index - 1) : index] != ["of"]  # "a quarter of a million"
            if value > 1 or large or lowers[done + 1 : done + 4] == _AND_A_HALF:
                whole, first, done = _with_half(Decimal(value), index, done, lowers)
                if whole > 1 or large:
                    yield starts[first], ends[done], whole


def _with_half(value: Decimal, first: int, last: int, lowers: list[str]) -> tuple[Decimal, int, int]:
    """ "half a million", "two and a half million": the value before the large word, and its first and last word."""
    if lowers[last + 1 : last + 4] == _AND_A_HALF and lowers[last + 4 : last + 5] in _LARGE:
        return value + _HALF, first, last + 3
    if lowers[first] == "a" and lowers[max(0, first - 1) : first] == ["half"] and value == 1:
        return _HALF, first - 1, last
    return value, first, last


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    return frozenset(number_words()[0]) | {"a"}


def _read(index: int, lowers: list[str]) -> tuple[int, int]:
    small, powers = number_words()
    total = group = 0
    last = index
    for place in range(index, min(index + 12, len(lowers))):
        word = lowers[place]
        if word in small or (word == "a" and place == index):
            if group % 100 and not (group % 10 == 0 and small.get(word, 1) < 10):
                break
            group += small.get(word, 1)
        elif word in powers and powers[word] == 100:
            group = max(group, 1) * 100
        elif word in powers and powers[word] < 10**6:
            total, group = total + max(group, 1) * powers[word], 0
        elif word in _JOINS and (total or group):
            continue
        else:
            break
        last = place
    return last, total + group
