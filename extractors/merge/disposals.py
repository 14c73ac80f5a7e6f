"""Does a telling of a sale, purchase or transfer belong to a story? The evidence is what both print: coins, dollars, days, stage.

The more telling an agreement, the less else is asked. A figure of four digits is the same sale months later and even under
another month's name; "250" needs the same month, the same dollars or a publication within weeks; a rounded figure needs the
days or the dollars to agree. Dollars that contradict each other keep sales of a round amount apart.
"""

from __future__ import annotations

from decimal import Decimal

from extractors.merge.case import SOON, Case
from extractors.merge.facts import DONE
from extractors.merge.figures import Agreement, within
from extractors.merge.times import Relation

_QUARTER, _EVER = 100, 1100  # days

# Days from a sale to a telling of it that names no period, by digits of the amount (four or more: last entry).
_AFTER_PERIOD = (0, 45, 75, 200, _EVER)
# The same between two publications of which neither names a period.
_BETWEEN_TELLINGS = (0, 20, 30, 120, _EVER)
_LIKELY_PRICE = (Decimal(3_000), Decimal(300_000))  # dollars a coin
_AS_PLANNED = Decimal("0.03")
_TIGHT = Decimal("0.015")
_SLIP_OF_DOLLARS = Decimal("0.12")


def disposal(case: Case) -> bool:
    """Whether the telling is of this sale, purchase or transfer."""
    if case.plan_and_deed and not _plan_first(case):
        return False
    return _BY_COINS[case.btc](case)


def _other_coins(case: Case) -> bool:
    """Other coins: a slip if days and dollars are the same, a plan not quite met if the days allow."""
    same = case.usd is Agreement.SAME and case.when.relation is Relation.EQUAL
    if same and (_dollar_digits(case) >= 3 or case.draft.is_swapped(case.fact)):
        return True
    return case.plan_and_deed and case.when.relation >= Relation.CLOSE and within(case.fact.btc, case.draft.btcs[0], _AS_PLANNED)


def _same_coins(case: Case) -> bool:
    relation, gap = case.when.relation, case.when.gap
    if case.usd is Agreement.CLASH and not _dollars_slipped(case):
        return False
    if relation is Relation.APART:
        return case.usd is not Agreement.CLASH and _misdated(case)
    if relation is Relation.UNKNOWN:
        return gap <= _patience(case)
    return relation is not Relation.CLOSE or case.digits >= 2 or case.usd >= Agreement.ROUND


def _dollars_slipped(case: Case) -> bool:
    """Whether dollars that contradict each other are a slip of one source: the coins or the days leave no doubt."""
    if case.when.relation <= Relation.UNKNOWN:
        return case.digits >= 4
    return case.digits >= 3 or any(within(case.fact.usd, known, _SLIP_OF_DOLLARS) for known in case.draft.usds)


def _misdated(case: Case) -> bool:
    """The same amount under periods that exclude each other: a slip of one article, or a plan carried out later?"""
    if case.digits >= 2 and case.when.gap <= _QUARTER and (case.digits >= 4 or case.plan_and_deed):
        return True
    return case.digits >= 3 and _told_together(case, 2 * SOON)


def _round_coins(case: Case) -> bool:
    return case.usd is not Agreement.CLASH and _rounded(case)


def _rounded(case: Case) -> bool:
    """One amount rounds to the other: the days or the dollars must bear it out."""
    relation, gap, longer = case.when
    fact, draft = case.fact, case.draft
    tight = within(fact.btc, next(iter(draft.btcs), None), _TIGHT) or within(fact.usd, next(iter(draft.usds), None), _TIGHT)
    if relation is Relation.UNKNOWN:
        return gap <= (75 if fact.btc and case.usd >= Agreement.ROUND else 45 if tight else 14)
    if relation is Relation.INSIDE:
        return longer <= 31 or (tight and longer <= 92) or bool(fact.btc and case.usd >= Agreement.NEAR)
    return relation is not Relation.APART


def _slip(case: Case) -> bool:
    """A unit of the last digit apart: only if the days are the same, or the dollars to three digits."""
    relation, gap, longer = case.when
    if case.usd is Agreement.SAME and _dollar_digits(case) >= 3 and relation is not Relation.APART:
        return gap <= 45
    same_days = relation is Relation.EQUAL or (relation is Relation.INSIDE and longer <= 31)
    return same_days and case.usd is not Agreement.CLASH


def _dollars(case: Case) -> bool:
    """One of the two gives no coins."""
    relation, gap, _ = case.when
    if case.usd is Agreement.SAME:
        if relation is Relation.APART:
            return case.digits >= 4 and gap <= 100
        return relation is not Relation.UNKNOWN or gap <= _patience(case)
    if case.usd is Agreement.ROUND:
        return _rounded(case)
    if case.usd is Agreement.NEAR:
        return relation is Relation.EQUAL or (relation is Relation.UNKNOWN and gap <= SOON)
    return case.usd is Agreement.UNKNOWN and _coins_meet_dollars(case)


def _coins_meet_dollars(case: Case) -> bool:
    """One gives only coins, the other only dollars: the same days and a price that a coin can have."""
    coins, dollars = case.fact.btc or next(iter(case.draft.btcs), None), case.fact.usd or next(iter(case.draft.usds), None)
    if coins is None or dollars is None or not coins.value:
        return False
    if not _LIKELY_PRICE[0] <= dollars.value / coins.value <= _LIKELY_PRICE[1]:
        return False
    if case.when.relation is not Relation.UNKNOWN:
        return case.when.relation is Relation.EQUAL
    dated = case.draft.days or case.fact.days
    at_once = case.when.gap <= SOON and (dated is None or dated.length <= 10)
    return at_once or _told_together(case, SOON // 2)


def _told_together(case: Case, days: int) -> bool:
    seen = (case.fact.seen, case.draft.seen)
    return seen[0] is not None and seen[1] is not None and abs(seen[0] - seen[1]) <= days


def _patience(case: Case) -> int:
    """How many days an undated telling of this very amount may lie off."""
    table = _AFTER_PERIOD if case.draft.days or case.fact.days else _BETWEEN_TELLINGS
    patience = table[min(case.digits, len(table) - 1)]
    return 2 * patience if case.plan_and_deed else patience


def _dollar_digits(case: Case) -> int:
    return case.fact.usd.digits if case.fact.usd else 0


def _plan_first(case: Case) -> bool:
    """Whether the plan can be of this deed: a round amount planned after the deed was told is a new plan."""
    if case.digits >= 3 or case.when.relation >= Relation.CLOSE:
        return True
    fact, draft = case.fact, case.draft
    planned, done = (draft, fact) if fact.stage == DONE else (fact, draft)
    if case.when.relation is Relation.APART:
        return bool(planned.days and done.days and planned.days.end < done.days.start)
    done_by = done.days.end if done.days else done.seen
    return planned.seen is None or done_by is None or planned.seen <= done_by + SOON


_BY_COINS = {
    Agreement.SAME: _same_coins,
    Agreement.ROUND: _round_coins,
    Agreement.NEAR: _slip,
    Agreement.UNKNOWN: _dollars,
    Agreement.CLASH: _other_coins,
}
