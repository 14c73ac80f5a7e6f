"""Does a telling of output or of a balance belong to a story? Both come every month, so the days decide and the amount confirms."""

from __future__ import annotations

from extractors.merge.case import SOON, Case
from extractors.merge.figures import Agreement
from extractors.merge.times import Relation

# Days that an undated or differently dated telling of the very same figure may lie off, by digits of the figure.
_OUTPUT = (0, 20, 31, 60, 200)
_BALANCE = (0, 5, 10, 14, 14)


def production(case: Case) -> bool:
    """Whether the telling is of this output: a miner mines one amount in a period; undated figures belong to the one just past."""
    relation, gap, _ = case.when
    if relation is Relation.EQUAL:
        return case.btc is not Agreement.UNKNOWN
    if relation is Relation.UNKNOWN:
        return case.btc is Agreement.SAME and gap <= _OUTPUT[min(case.digits, 4)]
    return relation is not Relation.APART and case.btc is Agreement.SAME and case.digits >= 3


def holdings(case: Case) -> bool:
    """Whether the telling is of this balance: the same figure within days."""
    relation, gap, _ = case.when
    if case.btc is Agreement.UNKNOWN:
        return relation is Relation.EQUAL and case.usd >= Agreement.NEAR
    if relation is Relation.EQUAL or gap <= SOON:
        return case.btc >= Agreement.ROUND
    return case.btc is Agreement.SAME and gap <= _BALANCE[min(case.digits, 4)]
