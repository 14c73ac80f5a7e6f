"""Numbers in words: "six hundred", "three thousand two hundred and fifty", "a hundred million"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.mentions.lexicon import number_words
from extractors.mentions.scan import Scan

_JOINS = frozenset({"and", "-"})


def find_number_words(read: Scan) -> Iterator[tuple[int, int, Decimal]]:
    """Start, end and value of each number in words of two or more."""
    small, powers = number_words()
    words, index = read.words, 0
    while index < len(words):
        word = words[index].lower
        if word in small or (word in {"a", "one"} and index + 1 < len(words) and words[index + 1].lower in powers):
            last, value = _read(index, read)
            if value > 1:
                yield words[index].start, words[last].end, Decimal(value)
            index = last + 1
        else:
            index += 1


def _read(index: int, read: Scan) -> tuple[int, int]:
    small, powers = number_words()
    total = group = 0
    last = index
    for place in range(index, min(index + 12, len(read.words))):
        word = read.words[place].lower
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
