"""The patterns of `data/lexicon/purposes.toml`, and a sentence as they read it.

There are some two thousand of them, and most sentences hold none: each is tried only at the words that it can begin with.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from extractors.mentions.firstwords import Sieve
from extractors.mentions.stream import View
from extractors.model import Purpose
from extractors.resources import data_path


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Patterns that are looked for together, the earlier before the later; in the sieve their numbers are `[first, last)`."""

    patterns: tuple[str, ...]
    first: int
    last: int
    bits: int


@dataclass(frozen=True, slots=True, eq=False)
class UseRow(Row):
    """The patterns of one purpose in a table."""

    purpose: Purpose
    payee: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class UseTable:
    """All rows of a table, and the bits of all their patterns."""

    rows: tuple[UseRow, ...]
    bits: int


@dataclass(frozen=True, slots=True)
class UseWords:
    """All patterns."""

    aim: re.Pattern[str]
    paid: re.Pattern[str]
    collects: re.Pattern[str]
    frames: Row
    near_frames: Row
    labels: Row
    phrases: UseTable
    plain: UseTable
    goods: UseTable
    single: tuple[re.Pattern[str], ...]  # each pattern by its number
    rows: tuple[Row, ...]  # the row of each
    sieve: Sieve
    telling: int  # bits of the phrases, plain words and goods, without one of which no use is told


_START = r"\b(?=\w)"
_HAN_START = r"(?:\b|(?<=[\u4e00-\u9fff]))(?=\w)"  # where a word begins; Han writes them without a space


@lru_cache(maxsize=1)
def use_words() -> UseWords:
    """Read the file."""
    with data_path("lexicon", "purposes.toml").open("rb") as file:
        table = tomllib.load(file)
    rows: list[Row] = []

    def row(patterns: list[str], edge: str) -> Row:
        first = rows[-1].last if rows else 0
        return Row(
            tuple(f"{edge}(?:{_with_gaps(pattern)})" for pattern in patterns),
            first,
            first + len(patterns),
            ((1 << len(patterns)) - 1) << first,
        )

    def named(name: str, edge: str = "") -> Row:
        rows.append(row(table[name], edge))
        return rows[-1]

    def by_purpose(name: str, *, payee: bool = False) -> tuple[UseRow, ...]:
        made = []
        for purpose in (purpose for purpose in Purpose if table[name].get(purpose.value)):
            plain = row(table[name][purpose.value], _START)
            made.append(UseRow(plain.patterns, plain.first, plain.last, plain.bits, purpose, payee))
            rows.append(made[-1])
        return tuple(made)

    frames, near_frames, labels = named("frames", _HAN_START), named("near_frames"), named("labels")
    phrases, plain, goods = by_purpose("phrases"), by_purpose("plain"), by_purpose("goods") + by_purpose("payees", payee=True)
    patterns = [pattern for entry in rows for pattern in entry.patterns]
    return UseWords(
        aim=_any(table["aim"], _HAN_START),
        paid=_any(table["paid"]),
        collects=_any(table["collects"]),
        frames=frames,
        near_frames=near_frames,
        labels=labels,
        phrases=_table(phrases),
        plain=_table(plain),
        goods=_table(goods),
        single=tuple(map(re.compile, patterns)),
        rows=tuple(entry for entry in rows for _ in entry.patterns),
        sieve=Sieve(map(_as_sifted, patterns)),
        telling=_table((*phrases, *plain, *goods)).bits,
    )


def _as_sifted(pattern: str) -> str:
    """For the sieve alone: digits are words of their own, so that "50mw" is sifted as "50 mw" is."""
    return pattern.replace(r"\d+ ?", r"\d+ ")


def _table(rows: tuple[UseRow, ...]) -> UseTable:
    return UseTable(rows, reduce(or_, (row.bits for row in rows)))


@lru_cache(maxsize=128)
def _joined(row: Row) -> re.Pattern[str]:
    return re.compile("|".join(row.patterns))


def _any(patterns: list[str], edge: str = "") -> re.Pattern[str]:
    return re.compile(edge + "(?:" + "|".join(map(_with_gaps, patterns)) + ")")


def _with_gaps(pattern: str) -> str:
    """`<6>` stands for up to six words; a word and the spaces before it share no character, so there is one way to match."""
    return re.sub(r"<(\d)>", r",?(?: +[^ ;]+){0,\1}? +[\"'(]?", pattern)


class Words:
    """The words of a sentence, `lower[start:end]`, with the patterns that can begin at each."""

    def __init__(self, view: View) -> None:
        """Ask the words once for all patterns which can match; at which word they begin is asked where any can."""
        self.lower, self.start, self.end = view.lower, view.sentence.start, view.sentence.end
        self._words, self._sieve = view.words, use_words().sieve
        self._held = reduce(or_, filter(None, map(self._sieve.needed, self._words.lowers)), self._sieve.alone)
        self._known: dict[int, list[re.Match[str]]] = {}
        self._places: list[tuple[int, int]] | None = None
        self._everywhere = self._left = 0  # bits of the patterns that are searched for, and of those that are not tried yet

    def may_tell(self) -> bool:
        """Whether the words are such as tell a use, wherever they stand."""
        return self._held & use_words().telling != 0

    def is_bare(self) -> bool:
        """Whether no use can be told here."""
        telling = use_words().telling
        if not self._held & telling:
            return True
        if self._places is None:
            self._sift()
        return not (self._everywhere or self._left & telling or self._known)

    def told(self, table: UseTable) -> list[tuple[UseRow, list[re.Match[str]]]]:
        """Those rows of a table that match anything, with their matches."""
        if not self._held & table.bits:
            return []
        if self._places is None:
            self._sift()
        if self._everywhere & table.bits:
            return [(row, found) for row in table.rows if (found := self.matches(row))]
        if self._left & table.bits:
            self._read(self._left & ~use_words().labels.bits)
        known = self._known
        return [(row, known[row.first]) for row in table.rows if row.first in known]

    def matches(self, row: Row) -> list[re.Match[str]]:
        """What `finditer` gives for any of the patterns."""
        if not self._held & row.bits:
            return []
        if self._places is None:
            self._sift()
        if self._everywhere & row.bits:
            return list(_joined(row).finditer(self.lower, self.start, self.end))
        if self._left & row.bits:
            # Most sentences are asked for their labels alone.
            labels = use_words().labels
            self._read(self._left & (labels.bits if row is labels else ~labels.bits))
        return self._known.get(row.first, [])

    def _sift(self) -> None:
        starts, _, lowers = self._words
        held, sieve = self._held, self._sieve
        bits = list(map(sieve.of, lowers))
        self._everywhere = sieve.all if sieve.all in bits else sieve.always & held
        self._places = [(place, led) for place, here in zip(starts, bits, strict=True) if here and (led := here & held)]
        for _, led in self._places:
            self._left |= led

    def _read(self, bits: int) -> None:
        """Note the matches of some patterns by the number of their row's first: at each word its own are tried, and no others."""
        self._left &= ~bits
        words, known = use_words(), self._known
        for place, here in self._places or ():
            left = here & bits
            while left:
                number = (left & -left).bit_length() - 1
                left &= left - 1
                match = words.single[number].match(self.lower, place, self.end)
                if match is None:
                    continue
                row = words.rows[number]
                found = known.setdefault(row.first, [])
                if not found or found[-1].end() <= place:
                    found.append(match)
                left &= -1 << row.last

    def ends(self, row: Row) -> list[int]:
        """Where the matches end."""
        return [match.end() for match in self.matches(row)]

    def has_label(self) -> bool:
        """Whether the words announce a use ("Purpose:", "The reason is")."""
        return bool(self.matches(use_words().labels))

    def ends_in_label(self) -> bool:
        """Whether they end in such words, so that the next sentence or line tells the use."""
        labels = use_words().labels
        if not self._held & labels.bits:
            return False
        return any(self.end - match.end() <= 2 and match.start() >= self.end - 60 for match in self.matches(labels))
