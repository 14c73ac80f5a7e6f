"""Tellings that a later article takes back: "350 BTC, not 3,500" is the same sale, told right.

They are kept out of the clustering, lest they be a second sale, and go to the story of what corrects them as its last tellings, without a
voice in what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from extractors.mentions.denied import denied
from extractors.merge.facts import Fact, canonical
from extractors.merge.times import Relation, between

_REACH = timedelta(days=31)  # from a mistake to its correction
_UNKNOWN = datetime.min.replace(tzinfo=UTC)
_MOST = 32  # corrections of one amount; more of them are a hostile input


def corrections(facts: Sequence[Fact]) -> list[Fact | None]:
    """For each telling of one miner and kind the one that corrects it in the end, None where it stands."""
    taking: dict[Decimal, list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=canonical):
        for value in denied(fact.told.event):
            if len(taking[value]) < _MOST:
                taking[value].append(fact)
    last: dict[int, Fact] = {}
    for fact in sorted(facts, key=_moment, reverse=True) if taking else ():  # a correction may be corrected: the later ones are known first
        if later := _next(fact, taking):
            last[id(fact)] = last.get(id(later), later)
    return [last.get(id(fact)) for fact in facts]


def _next(fact: Fact, taking: dict[Decimal, list[Fact]]) -> Fact | None:
    if fact.btc is None:
        return None
    return next((other for other in taking.get(fact.btc.value, ()) if _corrects(other, fact)), None)


def _corrects(later: Fact, fact: Fact) -> bool:
    told, at = _moment(later), _moment(fact)
    if _UNKNOWN in (told, at) or not at < told <= at + _REACH:
        return False
    apart = later.days and fact.days and between(later.days, fact.days).relation is Relation.APART
    return later.stage == fact.stage and not apart


def _moment(fact: Fact) -> datetime:
    moment = fact.told.published or _UNKNOWN
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
