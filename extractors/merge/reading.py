"""The best reading of a story's tellings: what it says of its amounts, days, stage, reasons.

Primary sources (filing, company release) outrank the press; among equals the figure most articles print. That figure then
gives way to a more exact one that rounds to it (about 4,500: 4,451). Status is the latest stage reached, and what is told of
an earlier stage counts only where the later ones are silent. Reasons are united.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from extractors.merge.facts import Fact, canonical
from extractors.merge.figures import figure
from extractors.model import Event, Period, Purpose, Story

_T = TypeVar("_T")
_MOST = 64  # distinct periods or figures weighed


def amount_of(event: Event, name: str) -> Decimal | None:
    """The event's `btc`, `usd` or `price_usd`."""
    value: Decimal | None = getattr(event, name)
    return value


def story_of(facts: Iterable[Fact]) -> Story:
    """The story without its differences and links."""
    ordered = sorted(facts, key=_first_told)
    best = _of_last_stage(ordered)
    first = best[0].told.event
    return Story(
        kind=first.kind,
        company=_most(fact.told.event.company for fact in ordered) or first.company,
        ticker=_most(fact.told.event.ticker for fact in ordered if fact.told.event.ticker),
        btc=_best_amount(best, "btc") or _best_amount(ordered, "btc"),
        usd=_best_amount(best, "usd") or _best_amount(ordered, "usd"),
        price_usd=_best_amount(best, "price_usd") or _best_amount(ordered, "price_usd"),
        status=first.status,
        period=_best_period(best) or _best_period(ordered),
        purposes=_united(ordered),
        settlement=_most(fact.told.event.settlement for fact in ordered if fact.told.event.settlement),
        tellings=tuple(fact.told for fact in ordered),
    )


def _first_told(fact: Fact) -> tuple[object, ...]:
    """Primary sources first, then by publication (undated last)."""
    return (not fact.told.primary, fact.seen is None, fact.seen or 0, canonical(fact))


def _of_last_stage(ordered: list[Fact]) -> list[Fact]:
    stage = max(fact.stage for fact in ordered)
    return [fact for fact in ordered if fact.stage == stage]


def _preferred(facts: list[Fact]) -> list[Fact]:
    """The primary sources if there are any, else all."""
    return [fact for fact in facts if fact.told.primary] or facts


def _best_amount(facts: list[Fact], name: str) -> Decimal | None:
    telling = [fact for fact in facts if figure(amount_of(fact.told.event, name))]
    if not telling:
        return None
    preferred, votes = _votes(_preferred(telling), name), _votes(telling, name)
    base = max(preferred, key=lambda value: (preferred[value], _digits(value)))
    finer = [value for value in votes if _refines(value, base)]
    return max(finer, key=lambda value: (_digits(value), votes[value]), default=base)


def _votes(facts: list[Fact], name: str) -> Counter[Decimal]:
    """How many tellings print each amount, in the order of the facts."""
    return Counter(value for fact in facts if (value := amount_of(fact.told.event, name)) is not None)


def _refines(value: Decimal, coarse: Decimal | None) -> bool:
    fine, base = figure(value), figure(coarse)
    return fine is not None and base is not None and fine.unit < base.unit and base.covers(fine.value)


def _digits(value: Decimal) -> int:
    known = figure(value)
    return known.digits if known else 0


def _best_period(facts: list[Fact]) -> Period | None:
    """The period that most of the preferred sources' periods hold, and within it the narrowest that most of all hold."""
    dated = [fact for fact in facts if fact.days]
    base = _most_held(_preferred(dated))
    return _most_held([fact for fact in dated if base and _holds(base, fact.told.event.period)])


def _most_held(facts: list[Fact]) -> Period | None:
    votes = Counter(fact.told.event.period for fact in facts)
    periods = [(period, count) for period, count in votes.most_common(_MOST) if period]
    return min((period for period, _ in periods), key=lambda period: (-_support(period, periods), _days(period), period), default=None)


def _support(period: Period, periods: list[tuple[Period, int]]) -> int:
    return sum(count for other, count in periods if _holds(other, period))


def _holds(outer: Period, inner: Period | None) -> bool:
    return inner is not None and outer.start <= inner.start and inner.end <= outer.end


def _days(period: Period) -> int:
    return (period.end - period.start).days


def _united(facts: list[Fact]) -> tuple[Purpose, ...]:
    named = {purpose for fact in facts for purpose in fact.told.event.purposes}
    return tuple(purpose for purpose in Purpose if purpose in named)


def _most(values: Iterable[_T]) -> _T | None:
    """The value given most often, the earliest of those; None if there is none."""
    return next((value for value, _ in Counter(values).most_common(1)), None)
