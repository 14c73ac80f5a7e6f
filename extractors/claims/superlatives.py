"""Superlatives of a sentence, coded: "largest drop since 2021" is drop:2021, "third decline in a row" falls:3.

Families (`runs`, `ranks`, `since`, `records`) are small functions over the sentence in lower case; all gaps in their patterns are
bounded. A code whose direction only the claim knows ("most since 2021") is completed with the claim's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date

from extractors.claims.backto import gone_back
from extractors.claims.lexicon import words
from extractors.claims.ranks import best_of_year, exceptions, none_of_year, only_one, placed, ranks, second_only
from extractors.claims.records import all_time
from extractors.claims.runs import last_ones, runs_before, streaks
from extractors.claims.since import last_seen, since
from extractors.claims.supwords import CARDINALS, ORDINALS, Superlative

__all__ = ["CUES", "Superlative", "find_superlatives"]

# Only a sentence with one of these can hold a superlative.
CUES = words(
    """
    largest biggest steepest sharpest worst most greatest highest lowest deepest strongest heaviest record all ath never
    straight row consecutive consecutively successive succession sequence running back history since ever trot peak maximum
    only bigger larger streak hardest severe fastest another other low high unseen easiest harder lower higher top last seen
    ranks ranked ranking number back losing winning
    increases decreases drops declines falls cuts rises gains reductions jumps hikes
    deeper steeper sharper harsher
    """
)

_BEFORE = 30
_DENIED = re.compile(
    r"(?:\b(?:one of|among|not|hardly|far from|short of|nor|without|instead of|rather than|no longer)|n't)"
    r"(?: (?:the|its|an?|all|quite|even|yet|set))*\s\Z"
)
_BESTS = words(
    """
    largest biggest steepest sharpest worst greatest heaviest deepest strongest fastest highest lowest hardest toughest harshest most
    mostly smallest hugest record records recorded recording bigger larger steeper sharper deeper
    """
)
# Each family with the words of which one is in all that it finds.
_FAMILIES: tuple[tuple[Callable[[str, date | None], Iterator[Superlative]], frozenset[str]], ...] = (
    (
        streaks,
        words(
            """
            row straight consecutive consecutively successive successively running sequence succession back other another trot end streak
            series
            """
        ),
    ),
    (runs_before, words("after")),
    (last_ones, words("adjustments retargets epochs readjustments recalculations times")),
    (ranks, _BESTS),
    (exceptions, words("only")),
    (only_one, words("only")),
    (second_only, words("only")),
    (none_of_year, words("no")),
    (gone_back, words("back return look")),
    (placed, words("st nd rd th").union(ORDINALS, CARDINALS)),
    (best_of_year, _BESTS),
    (since, words("since")),
    (last_seen, words("since only last seen")),
    (
        all_time,
        words(
            """
            all ath aths maximum minimum peak peaks high highs low lows record records recorded highest lowest levels ever never history
            since time times
            """
        ),
    ),
)
_ALL_CUES = frozenset().union(*(cues for _, cues in _FAMILIES))


def find_superlatives(lower: str, told_in: Collection[str], published: date | None) -> list[Superlative]:
    """The superlatives of a sentence in lower case, of the words `told_in`, in order, each code once; spans count in `lower`."""
    given = _ALL_CUES.intersection(told_in)
    if not given:
        return []
    told = [
        one for family, cues in _FAMILIES if not cues.isdisjoint(given) for one in family(lower, published) if not _is_denied(lower, one)
    ]
    if len(told) < 2:
        return told
    found = sorted(told, key=lambda one: (one.span.start, -one.span.end))
    kept: list[Superlative] = []
    for one in found:
        if not any(_same(one, other) for other in kept):
            kept.append(one)
    return kept


def _is_denied(lower: str, one: Superlative) -> bool:
    """ "not the largest move of the year", "not quite a record", "among the biggest adjustments in history"."""
    return bool(_DENIED.search(lower, max(0, one.span.start - _BEFORE), one.span.start))


def _same(one: Superlative, other: Superlative) -> bool:
    """Whether two tell the same: the same code, or the same words read twice."""
    if (one.kind, one.name) == (other.kind, other.name) and one.turn * other.turn >= 0:
        return True
    return one.kind == other.kind and one.span.start < other.span.end and other.span.start < one.span.end
