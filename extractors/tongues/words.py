"""The words of a language: `data/lexicon/<language>.toml` as one pattern for each class of words ("sale.done", "who.third").

An entry is a piece of a pattern on lower case text, so that one entry may hold all forms of a word: `vend(?:ió|ieron)`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractors.model import Purpose, Span
from extractors.resources import data_path

_NOTHING = re.compile(r"(?!)")
_UNSPACED = frozenset({"zh"})  # languages that write words without spaces between them


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language that is read."""

    name: str
    spaced: bool
    patterns: Mapping[str, re.Pattern[str]]
    months: Mapping[str, int]
    counts: Mapping[str, int]

    def pattern(self, words: str) -> re.Pattern[str]:
        """The pattern of a class of words; one that never matches if the language has none."""
        return self.patterns.get(words, _NOTHING)

    def spans(self, words: str, lower: str, start: int, end: int) -> Iterator[Span]:
        """Where words of the class stand in `lower[start:end]`."""
        for found in self.pattern(words).finditer(lower, start, end):
            yield Span(*found.span())

    def has(self, words: str, lower: str, start: int, end: int) -> bool:
        """Whether a word of the class stands in `lower[start:end]`."""
        return bool(self.pattern(words).search(lower, max(0, start), end))

    def before(self, words: str, lower: str, start: int, place: int) -> bool:
        """Whether words of the class end right at `place`, with no more than a space between."""
        return any(place - span.end <= 1 for span in self.spans(words, lower, max(0, start), place))

    def behind(self, words: str, lower: str, place: int, end: int) -> bool:
        """Whether words of the class begin right at `place`, with no more than a space between."""
        at = place + lower.startswith(" ", place)
        return bool(self.pattern(words).match(lower, at, end))


def classes_of(table: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """The classes of a table of words, by "section.class"."""
    for section, classes in table.items():
        for name, entries in classes.items():
            if section != "numbers" and isinstance(entries, list):
                yield f"{section}.{name}", entries


@lru_cache(maxsize=8)
def tongue(name: str) -> Tongue:
    """The words of a language by its code."""
    table, spaced = _read(name), name not in _UNSPACED
    classes: dict[str, list[str]] = {}
    for key, entries in (*classes_of(table), *classes_of(_read("shared"))):
        classes.setdefault(key, []).extend(entries)
    patterns = {key: _one_of(entries, spaced=spaced) for key, entries in classes.items() if entries}
    months = {spelling: number for number, spellings in enumerate(_read("months").get(name, ()), 1) for spelling in spellings.split("|")}
    counts = dict(_count(entry) for entry in table.get("numbers", {}).get("words", ()))
    return Tongue(name, spaced, patterns, months, counts)


def purposes_of(language: Tongue) -> Iterator[tuple[Purpose, re.Pattern[str]]]:
    """Each purpose with the words that say it."""
    for purpose in Purpose:
        yield purpose, language.pattern(f"purposes.{purpose.value}")


def _read(name: str) -> dict[str, Any]:
    with data_path("lexicon", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _one_of(entries: list[str], *, spaced: bool) -> re.Pattern[str]:
    pattern = "(?:" + "|".join(entries) + ")"
    return re.compile(rf"(?<!\w){pattern}(?!\w)" if spaced else pattern)


def _count(entry: str) -> tuple[str, int]:
    word, _, value = entry.partition("=")
    return word, int(value)
