"""From drafts to events: tellings of one fact become one, the body outranks the headline, a sum stands for its parts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from extractors.mentions.amounts import Amount
from extractors.model import Kind, Status
from extractors.rules.draft import Draft
from extractors.rules.money import plausible
from extractors.rules.parts import HALF_PERCENT, close, without_parts


def settle(drafts: list[Draft], seen: date | None) -> list[Draft]:
    """Merge, drop and order."""
    kept: list[Draft] = []
    groups: dict[tuple[Kind, str], list[Draft]] = {}
    for draft in sorted(drafts, key=_rank):
        group = groups.setdefault((draft.kind, draft.company.name if draft.company else ""), [])
        same = next((other for other in group if _same(other, draft, seen) and not _is_joint(draft, group)), None)
        if same is None:
            kept.append(draft)
            group.append(draft)
        else:
            _fill(same, draft)
    kept = _without_headline_sums(kept, seen)
    kept = without_parts(kept)
    kept = _without_running_totals(kept)
    kept = _without_weaker_headline(kept)
    return sorted(kept, key=lambda draft: (draft.place < 0, draft.place, draft.anchor))


def _is_joint(draft: Draft, kept: list[Draft]) -> bool:
    """A lone sum of dollars beside several sales in coins without dollars is theirs together."""
    if draft.btc or not draft.company:
        return False
    bare = {
        other.btc.value
        for other in kept
        if other.kind is draft.kind and other.btc and other.usd is None and other.company and other.company.name == draft.company.name
    }
    return len(bare) > 1


def _rank(draft: Draft) -> tuple[bool, bool, bool, bool, int]:
    """The order in which drafts are heard: the body before the headline, coins before mere dollars, prose before tables."""
    return (draft.in_title, draft.btc is None, draft.table, False, draft.place)


def _same(one: Draft, other: Draft, seen: date | None) -> bool:
    """Whether two drafts of one kind and company tell one fact."""
    if one.btc and other.btc:
        coarse = other.in_title or any(btc.multiplied or _is_coarse(btc) for btc in (one.btc, other.btc))
        return _one_figure(one.btc, other.btc, rounded=coarse) and not _told_apart(one, other)
    if one.kind not in {Kind.SALE, Kind.PURCHASE} or (one.status is not other.status and not other.in_title):
        return False
    if one.usd and other.usd:
        return close(one.usd.value, other.usd.value, Decimal("0.02"))
    return _is_sum_of(one, other, seen) if one.btc else _is_sum_of(other, one, seen)


def _is_sum_of(full: Draft, lone: Draft, seen: date | None) -> bool:
    """Whether dollars that stand alone are those of coins that were told close by without dollars."""
    if not (lone.usd and full.btc and full.usd is None and full.place >= 0):
        return False
    near = lone.in_title or abs(lone.place - full.place) <= 2
    return near and plausible(lone.usd.value, full.btc.value, seen) == 0.0


def _is_coarse(amount: Amount) -> bool:
    """Whether a figure looks rounded to hundreds."""
    return amount.value >= 500 and amount.value % 100 == 0


def _one_figure(one: Amount, other: Amount, *, rounded: bool) -> bool:
    if close(one.value, other.value, HALF_PERCENT):
        return True
    return rounded and (_rounds_to(one.value, other.value) or _rounds_to(other.value, one.value))


def _rounds_to(exact: Decimal, coarse: Decimal) -> bool:
    """Whether the coarse figure is the exact one, rounded up or down."""
    digits = coarse.normalize()
    exponent = digits.as_tuple().exponent
    unit = Decimal(10) ** int(exponent) if isinstance(exponent, int) else Decimal(1)
    return abs(exact - coarse) < unit and close(exact, coarse, Decimal("0.06"))


def _told_apart(one: Draft, other: Draft) -> bool:
    """Whether two tellings of one figure are two facts: other dollars, or times that do not meet."""
    if one.in_title or other.in_title:
        return False
    if one.kind is Kind.SALE and one.again is not other.again and abs(one.place - other.place) <= 1:
        return True
    if one.status is not other.status and one.kind is not Kind.HOLDINGS:
        return one.place != other.place
    if one.usd and other.usd and not close(one.usd.value, other.usd.value, Decimal("0.06")):
        return one.kind in {Kind.SALE, Kind.PURCHASE}
    if one.period and other.period and not {"", "report", "carried"} & {one.grain, other.grain}:
        return one.period.start > other.period.end or other.period.start > one.period.end
    return False


def _fill(kept: Draft, other: Draft) -> None:
    """Take what the other telling adds; its more exact figure as well."""
    for name in ("btc", "usd", "price", "settlement", "settlement_span", "purpose_span"):
        if getattr(kept, name) is None:
            setattr(kept, name, getattr(other, name))
    if not kept.purposes:
        kept.purposes, kept.purpose_span = other.purposes, other.purpose_span
    loose = {"", "report", "carried"}
    if other.period is not None and (kept.period is None or (kept.grain in loose and other.grain not in loose)):
        kept.period, kept.period_span, kept.grain = other.period, other.period_span, other.grain


def _without_headline_sums(drafts: list[Draft], seen: date | None) -> list[Draft]:
    """A sum of dollars without coins goes if the article tells the coins: it repeats, rounds or joins them."""
    del seen
    result = []
    for draft in drafts:
        if draft.kind is Kind.SALE and draft.btc is None and draft.company:
            others = [
                other
                for other in drafts
                if other is not draft
                and other.kind is Kind.SALE
                and other.company
                and other.company.name == draft.company.name
                and other.btc
            ]
            if others and (draft.in_title or any(other.usd for other in others) or _overlapping(draft, others)):
                continue
        result.append(draft)
    return result


def _overlapping(draft: Draft, others: list[Draft]) -> bool:
    return any(other.period is None or draft.period is None or other.period == draft.period for other in others)


def _without_running_totals(drafts: list[Draft]) -> list[Draft]:
    """A sum since the start of the year goes if the article tells a sale or an output of its own."""
    result = []
    for draft in drafts:
        if draft.grain in {"ytd"} and draft.kind in {Kind.SALE, Kind.PRODUCTION}:
            others = [
                other
                for other in drafts
                if other is not draft
                and other.kind is draft.kind
                and other.company
                and draft.company
                and other.company.name == draft.company.name
            ]
            if others:
                continue
        result.append(draft)
    return result


def _without_weaker_headline(drafts: list[Draft]) -> list[Draft]:
    """Where headline and body disagree, the body is right."""
    result = []
    for draft in drafts:
        if draft.in_title and draft.kind is not Kind.TRANSFER and draft.btc:
            others = [
                other
                for other in drafts
                if not other.in_title
                and other.kind is draft.kind
                and other.status is draft.status
                and other.company
                and draft.company
                and other.company.name == draft.company.name
                and other.btc
            ]
            if any(close(other.btc.value, draft.btc.value, Decimal("0.12")) for other in others if other.btc and draft.btc):
                continue
        result.append(draft)
    return result


def is_planned(draft: Draft) -> bool:
    """Whether it is not done yet."""
    return draft.status is Status.PLANNED
