"""The words around figures, from `data/lexicon/units.toml`, made into patterns once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.resources import data_path


@dataclass(frozen=True, slots=True)
class Units:
    """Patterns to be tried right behind (`match`) or right before (`search`, they end with "$") a figure, on lower case text."""

    multipliers: dict[str, Decimal]
    multiplier: re.Pattern[str]
    coin: re.Pattern[str]
    loose_coin: re.Pattern[str]
    any_after: re.Pattern[str]  # the coins, or dollars or other money, in one
    signs: tuple[str, ...]  # one of them is the last of what stands before a sum
    dollars_before: re.Pattern[str]
    dollars_after: re.Pattern[str]
    money_before: re.Pattern[str]
    money_after: re.Pattern[str]
    not_coins: re.Pattern[str]
    stable: frozenset[str]
    millions: frozenset[str]


def any_of(entries: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; a word that ends in a letter ends there."""
    words = sorted({word for entry in entries for word in entry.split("|")}, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_bounded(word) for word in words) + ")"


def _bounded(word: str) -> str:
    # Chinese has no word ends; a sign like "$" needs none.
    return re.escape(word) + (r"(?![^\W\d_])" if word[-1].isalpha() and word[-1] < "\u3000" else "")


@lru_cache(maxsize=1)
def units() -> Units:
    """Read the file."""
    with data_path("lexicon", "units.toml").open("rb") as file:
        table = tomllib.load(file)
    multipliers = {
        word: Decimal(int(Decimal(power)))
        for power, entries in table["multipliers"].items()
        for entry in entries
        for word in entry.split("|")
    }
    coins, between = table["coins"], any_of(table["coins"]["between"])
    dollars, other = table["dollars"], table["other_money"]
    after = (
        rf"(?:\" |[ -])?(?:{between} ){{0,3}}[#$]?(?:\(?{any_of(coins['strict'])})",
        rf" (?:{between} ){{0,3}}{any_of(coins['loose'])}",
        rf"[ -]?{any_of(dollars['suffix'])}(?!(?<=[$])(?:btc|bitcoin))",  # "465 $BTC"
        rf"[ -]?{any_of(other['suffix'])}",
    )
    coin, loose_coin, dollars_after, money_after = map(re.compile, after)
    return Units(
        multipliers=multipliers,
        multiplier=re.compile(rf"[ -]?({any_of(multipliers)})\.?"),
        coin=coin,
        loose_coin=loose_coin,
        any_after=re.compile("|".join(after)),
        signs=("$", *(word for entry in (*dollars["prefix"], *other["prefix"]) for word in entry.split("|"))),
        dollars_before=re.compile(rf"(?:(?<![a-z]){any_of(dollars['prefix'])}|(?<=[a-z]{{3}})[$]) ?$"),
        dollars_after=dollars_after,
        money_before=re.compile(rf"(?<![a-z]){any_of(other['prefix'])} ?$"),
        money_after=money_after,
        not_coins=re.compile(rf"[ -]?(?:(?!{any_of(table['not_coins']['no_epithet'])} )[a-z-]+ )?{any_of(table['not_coins']['suffix'])}"),
        stable=frozenset(word for entry in dollars["stable"] for word in entry.split("|")),
        millions=frozenset(dollars["millions"]),
    )
