"""The words of dates, from `data/lexicon/months.toml` and the counting words of English."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from extractors.resources import data_path

WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thur thurs", "friday fri", "saturday sat", "sunday sun")
    )
    for name in names.split()
}
COUNTS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
    if number
} | {"a": 1, "an": 1, "past": 1, "last": 1}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "final": 4}


@lru_cache(maxsize=1)
def month_names() -> tuple[dict[str, int], frozenset[str]]:
    """Every name of a month with its number, and those names that are words of their own."""
    with data_path("lexicon", "months.toml").open("rb") as file:
        table = tomllib.load(file)
    names: dict[str, int] = {}
    for language, months in table.items():
        if language not in {"words", "quarters"}:
            for number, spellings in enumerate(months, 1):
                for spelling in spellings.split("|"):
                    names.setdefault(spelling, number)
    return names, frozenset(table["words"])


@lru_cache(maxsize=1)
def foreign_words() -> dict[str, tuple[str, ...]]:
    """Words of quarters and halves in other languages: `nth` (four forms of each row, first to fourth), `quarter`, `half`."""
    with data_path("lexicon", "months.toml").open("rb") as file:
        table = tomllib.load(file)["quarters"]
    return {name: tuple(words) for name, words in table.items()}
