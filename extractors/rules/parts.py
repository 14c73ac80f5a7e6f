"""Sums and their parts: "200, then 180, then 207 BTC, a total of 587": the sum is the event, unless the parts stand on their own."""

from __future__ import annotations

from decimal import Decimal

from extractors.model import Kind
from extractors.rules.draft import Draft

_SUM_AND_PARTS = 3
HALF_PERCENT = Decimal("0.005")


def close(one: Decimal, other: Decimal, share: Decimal) -> bool:
    """Whether two figures differ by no more than a share of the larger."""
    return abs(one - other) <= share * max(abs(one), abs(other))


def without_parts(drafts: list[Draft]) -> list[Draft]:
    """Drop the parts whose sum is told as well, or the sum where the parts have dollars or dates of their own."""
    if len(drafts) < 2:
        return drafts
    gone: set[int] = set()
    for kind in (Kind.SALE, Kind.PRODUCTION):
        group = [draft for draft in drafts if draft.kind is kind and draft.btc and draft.company]
        if len(group) < _SUM_AND_PARTS:
            continue
        for total in group[:12]:
            gone.update(_run_of_parts(total, group))
            for one in group[:12]:
                for other in group[:12]:
                    if one is other or total is one or total is other or not one.btc or not other.btc or not total.btc:
                        continue
                    named = {draft.company.name for draft in (one, other, total) if draft.company}
                    if len(named) == 1 and close(one.btc.value + other.btc.value, total.btc.value, HALF_PERCENT):
                        gone.update(_lesser(total, one, other))
    gone |= _rest_of_output(drafts)
    return [draft for draft in drafts if id(draft) not in gone]


def _rest_of_output(drafts: list[Draft]) -> set[int]:
    """ "sold 475, 463 of them mined in the month and 12 out of reserves": the 12 are a part of the 475."""
    sold = [draft for draft in drafts if draft.kind is Kind.SALE and draft.btc][:40]
    if len(sold) < 2:
        return set()
    mined = [draft for draft in drafts if draft.kind is Kind.PRODUCTION and draft.btc][:40]
    return {
        id(rest)
        for rest in sold
        for output in mined
        for total in sold
        if rest is not total
        and rest.btc
        and output.btc
        and total.btc
        and rest.usd is None
        and output.company == rest.company == total.company
        and rest.btc.value + output.btc.value == total.btc.value
    }


def _run_of_parts(total: Draft, group: list[Draft]) -> set[int]:
    """Of three parts or more of one sentence and their sum: the parts, or the sum where each has dollars or a time of its own."""
    parts = [draft for draft in group if draft is not total and draft.place == total.place and draft.btc]
    if (
        len(parts) < 3
        or not total.btc
        or not close(sum((part.btc.value for part in parts if part.btc), Decimal(0)), total.btc.value, HALF_PERCENT)
    ):
        return set()
    times = {part.period for part in parts if part.period and part.grain != "report"}
    own = all(part.usd for part in parts) or len(times) == len(parts)
    return {id(total)} if own else {id(part) for part in parts}


def _lesser(total: Draft, one: Draft, other: Draft) -> set[int]:
    own = all(part.usd for part in (one, other)) or (
        one.period and other.period and one.period != other.period and "report" not in {one.grain, other.grain}
    )
    return {id(total)} if own else {id(one), id(other)}
