"""Numbers in words: "six hundred", "three thousand two hundred and fifty", "a hundred million"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import compress

from extractors.mentions.lexicon import number_words
from extractors.mentions.scan import Scan

_JOINS = frozenset({"and", "-"})


def find_number_words(read: Scan) -> Iterator[tuple[int, int, Decimal]]:
    """Start, end and value of each number in words of two or more."""
    small, powers = number_words()
    starts, ends, lowers = read.words
    done = -1
    for index in compress(range(len(lowers)), map(_openers().__contains__, lowers)):
        if index > done and (lowers[index] in small or (index + 1 < len(lowers) and lowers[index + 1] in powers)):
            done, value = _read(index, lowers)
            if value > 1:
                yield starts[index], ends[done], Decimal(value)


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
