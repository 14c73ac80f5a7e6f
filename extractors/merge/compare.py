"""How well a telling fits a story in the making: refused by the rules of its kind, or ranked by what agrees."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from extractors.merge.balances import holdings, production
from extractors.merge.case import Case
from extractors.merge.disposals import disposal
from extractors.merge.draft import Draft
from extractors.merge.facts import Fact
from extractors.merge.figures import Agreement, within
from extractors.merge.times import Relation
from extractors.model import Kind

_CLOSE_COINS = Decimal("0.05")  # beyond this nothing makes two amounts one
_RULES = {Kind.PRODUCTION: production, Kind.HOLDINGS: holdings}

_POINTS_USD = {Agreement.CLASH: -4, Agreement.UNKNOWN: 0, Agreement.NEAR: 1, Agreement.ROUND: 3, Agreement.SAME: 4}
_POINTS_BTC = {Agreement.CLASH: -1, Agreement.UNKNOWN: 0, Agreement.NEAR: 1, Agreement.ROUND: 1, Agreement.SAME: 3}
_POINTS_WHEN = {Relation.APART: -3, Relation.UNKNOWN: 1, Relation.CLOSE: 3, Relation.INSIDE: 4, Relation.EQUAL: 5}


class Fit(NamedTuple):
    """How well a telling fits a story: points, days between them, and whether it fits only if no other story does."""

    points: int
    gap: int
    weak: bool


def fit(draft: Draft, fact: Fact) -> Fit | None:
    """How the telling fits the draft, None if it tells another fact. Both are of the same miner and kind."""
    btc, usd = draft.btc(fact), draft.usd(fact)
    if (btc is Agreement.CLASH and not (_close_coins(draft, fact) or _is_swapped(draft, fact))) or draft.has_rival(fact):
        return None
    when = draft.when(fact)
    case = Case(draft, fact, btc, usd, when, _digits(fact, btc, usd))
    if not _RULES.get(draft.kind, disposal)(case):
        return None
    points = _POINTS_USD[usd] + _POINTS_BTC[btc] + _POINTS_WHEN[when.relation]
    return Fit(points, when.gap, weak=btc is Agreement.UNKNOWN and usd is Agreement.UNKNOWN)


def _close_coins(draft: Draft, fact: Fact) -> bool:
    return within(fact.btc, draft.coins_beside(fact)[0], _CLOSE_COINS)


def _is_swapped(draft: Draft, fact: Fact) -> bool:
    """Of a sale the dollars can tell that 112 coins are 121; nothing tells it of output or a balance."""
    return draft.kind not in _RULES and draft.is_swapped(fact)


def _digits(fact: Fact, btc: Agreement, usd: Agreement) -> int:
    """How many digits two tellings have in common: 3,000 bitcoin and $62 million are three."""
    dollars = fact.usd.digits if fact.usd else 0
    if btc is Agreement.UNKNOWN:
        return dollars
    return (fact.btc.digits if fact.btc else 0) + (dollars if usd is Agreement.SAME else 0)
