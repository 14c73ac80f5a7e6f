"""The patterns of `data/lexicon/purposes.toml`, and a sentence as they read it.

There are some two thousand of them, and most sentences hold none: each is tried only at the words that it can begin with.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from extractors.mentions.firstwords import Sieve
from extractors.mentions.stream import View
from extractors.model import Purpose
from extractors.resources import data_path


class Frames(NamedTuple):
    """A pattern of words that stand before a use, and its bit in the sieve."""

    pattern: re.Pattern[str]
    bit: int


class Row(NamedTuple):
    """All patterns of one purpose in a table, and their bit in the sieve."""

    pattern: re.Pattern[str]
    bit: int
    purpose: Purpose
    payee: bool = False


@dataclass(frozen=True, slots=True)
class UseWords:
    """All patterns."""

    aim: re.Pattern[str]
    paid: re.Pattern[str]
    collects: re.Pattern[str]
    frames: Frames
    near_frames: Frames
    labels: Frames
    phrases: tuple[Row, ...]
    plain: tuple[Row, ...]
    goods: tuple[Row, ...]
    sieve: Sieve


_START = r"\b(?=\w)"
_HAN_START = r"(?:\b|(?<=[\u4e00-\u9fff]))(?=\w)"  # where a word begins; Han writes them without a space


@lru_cache(maxsize=1)
def use_words() -> UseWords:
    """Read the file."""
    with data_path("lexicon", "purposes.toml").open("rb") as file:
        table = tomllib.load(file)
    bits = (1 << number for number in count())

    def rows(name: str, *, payee: bool = False) -> tuple[Row, ...]:
        known = [purpose for purpose in Purpose if table[name].get(purpose.value)]
        return tuple(Row(_any(table[name][purpose.value], _START), next(bits), purpose, payee) for purpose in known)

    frames, near_frames, labels = (
        Frames(_any(table[name], _HAN_START if name == "frames" else ""), next(bits)) for name in ("frames", "near_frames", "labels")
    )
    phrases, plain, goods = rows("phrases"), rows("plain"), rows("goods") + rows("payees", payee=True)
    entries: list[Frames | Row] = [frames, near_frames, labels, *phrases, *plain, *goods]
    sieve = Sieve(entry.pattern.pattern for entry in entries)
    aim, paid, collects = _any(table["aim"], _HAN_START), _any(table["paid"]), _any(table["collects"])
    return UseWords(aim, paid, collects, frames, near_frames, labels, phrases, plain, goods, sieve)


def _any(patterns: list[str], edge: str = "") -> re.Pattern[str]:
    return re.compile(edge + "(?:" + "|".join(map(_with_gaps, patterns)) + ")")


def _with_gaps(pattern: str) -> str:
    """`<6>` stands for up to six words; a word and the spaces before it share no character, so there is one way to match."""
    return re.sub(r"<(\d)>", r",?(?: +[^ ;]+){0,\1}? +[\"'(]?", pattern)


class Words:
    """The words of a sentence, `lower[start:end]`, with the patterns that can begin at each."""

    def __init__(self, view: View) -> None:
        """Sift the words once for all patterns."""
        self.lower, self.start, self.end = view.lower, view.sentence.start, view.sentence.end
        sieve = use_words().sieve
        starts, _, lowers = view.words
        self._places = [(place, bits) for place, word in zip(starts, lowers, strict=True) if (bits := sieve.of(word))]
        self._bits, self._everywhere = sieve.always, sieve.always
        for _, bits in self._places:
            self._bits |= bits
            if bits == sieve.all:
                self._everywhere = bits

    def matches(self, entry: Row | Frames, first: int = 0) -> Iterator[re.Match[str]]:
        """As `finditer`, from a place on."""
        bit, done = entry.bit, max(first, self.start)
        if not self._bits & bit:
            return
        if self._everywhere & bit:
            yield from entry.pattern.finditer(self.lower, done, self.end)
            return
        for place, bits in self._places:
            if bits & bit and place >= done and (match := entry.pattern.match(self.lower, place, self.end)):
                yield match
                done = match.end()

    def ends(self, frames: Frames) -> list[int]:
        """Where the matches end."""
        return [match.end() for match in self.matches(frames)]

    def has_label(self) -> bool:
        """Whether the words announce a use ("Purpose:", "The reason is")."""
        return any(self.matches(use_words().labels))

    def ends_in_label(self) -> bool:
        """Whether they end in such words, so that the next sentence or line tells the use."""
        return any(self.end - match.end() <= 2 for match in self.matches(use_words().labels, self.end - 60))
