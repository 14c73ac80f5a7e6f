"""The words around figures, from `data/lexicon/units.toml`, made into patterns once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from string import ascii_lowercase

from extractors.mentions.anyof import any_of
from extractors.resources import data_path


@dataclass(frozen=True, slots=True)
class Units:
    """Patterns to be tried right behind (`match`) or right before (`search`, they end with "$") a figure, on lower case text."""

    multipliers: dict[str, Decimal]
    multiplier: re.Pattern[str]
    unit_after: re.Pattern[str]  # its groups are `dollars`, `money` (other than dollars), `coin` and `loose` (coins)
    dollars_after: re.Pattern[str]
    sign_before: re.Pattern[str]  # its groups are `other` and `dollars`
    not_coins: re.Pattern[str]
    signs: tuple[str, ...]  # one of them is the last of what stands before a sum
    sign_reach: int  # characters before a sum within which they stand
    sign_ends: frozenset[str]  # the last letters and signs of these
    millions: frozenset[str]
    multiplier_heads: frozenset[str]  # the first letters and signs, less a space or dash, of what `multiplier` finds
    unit_heads: frozenset[str]  # likewise of `unit_after`
    other_heads: frozenset[str]  # likewise of `not_coins`


def _any_of(entries: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; a word that ends in a letter ends there."""
    return any_of(_words(entries), _bounded)


def _bounded(word: str) -> str:
    # Chinese has no word ends; a sign like "$" needs none.
    return re.escape(word) + (r"(?![^\W\d_])" if word[-1].isalpha() and word[-1] < "\u3000" else "")


@lru_cache(maxsize=1)
def units() -> Units:
    """Read the file."""
    with data_path("lexicon", "units.toml").open("rb") as file:
        table = tomllib.load(file)
    multipliers = {word: Decimal(int(Decimal(power))) for power, entries in table["multipliers"].items() for word in _words(entries)}
    coins, between = table["coins"], _any_of(table["coins"]["between"])
    dollars, other, not_coins = table["dollars"], table["other_money"], table["not_coins"]
    dollars_after = rf"[ -]?{_any_of(dollars['suffix'])}(?!(?<=[$])(?:btc|bitcoin))"  # "465 $BTC"
    after = (
        rf"(?P<dollars>{dollars_after})",
        rf"(?P<money>[ -]?{_any_of(other['suffix'])})",
        rf"(?P<coin>(?:\" |[ -])?(?:{between} ){{0,3}}[#$]?(?:\(?{_any_of(coins['strict'])}))",
        rf"(?P<loose> (?:{between} ){{0,3}}{_any_of(coins['loose'])})",
    )
    before = (
        rf"(?P<other>(?<![a-z]){_any_of(other['prefix'])})",
        rf"(?P<dollars>(?<![a-z]){_any_of(dollars['prefix'])}|(?<=[a-z]{{3}})[$])",
    )
    units_after = [*coins["strict"], *coins["loose"], *coins["between"], *dollars["suffix"], *other["suffix"]]
    signs = ("$", *_words(dollars["prefix"]), *_words(other["prefix"]))
    return Units(
        multipliers=multipliers,
        multiplier=re.compile(rf"[ -]?({_any_of(multipliers)})\.?"),
        unit_after=re.compile("|".join(after)),
        dollars_after=re.compile(dollars_after),
        sign_before=re.compile(rf"(?:{'|'.join(before)}) ?$"),
        not_coins=re.compile(rf"[ -]?(?:(?!{_any_of(not_coins['no_epithet'])} )[a-z-]+ )?{_any_of(not_coins['suffix'])}"),
        signs=signs,
        sign_reach=max(map(len, signs)) + 1,
        sign_ends=frozenset(sign[-1] for sign in signs),
        millions=frozenset(dollars["millions"]),
        multiplier_heads=_heads(multipliers),
        unit_heads=_heads(units_after) | frozenset('"#$('),
        other_heads=_heads(not_coins["suffix"]) | frozenset(ascii_lowercase + " -"),
    )


def _words(entries: Iterable[str]) -> list[str]:
    return [word for entry in entries for word in entry.split("|")]


def _heads(entries: Iterable[str]) -> frozenset[str]:
    return frozenset(word[0] for word in _words(entries))
