"""A telling made ready for comparison: canonical company, figures, days as numbers, and its place in the canonical order.

The canonical order is what makes a merge independent of the order of its input: the most telling come first (an amount in
bitcoin with its days, then without, then dollars alone), and ties are broken by content down to the last field.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from functools import lru_cache

from extractors.mentions.registry import load_registry
from extractors.merge.figures import Figure, figure, within
from extractors.model import Kind, Status, Told

_FEES = Decimal("0.15")  # coins times price and the dollars stated: fees, rounding, a price before or after
_TIME_ZONES = 2  # days
STAGE = {Status.RUMOURED: 0, Status.PLANNED: 1, Status.COMPLETED: 2}
DONE = STAGE[Status.COMPLETED]
_LEGAL_FORM = re.compile(
    r"\b(?:incorporated|inc|corporation|corp|company|co|limited|ltd|llc|plc|sa|ag|nv|holdings?|group|technolog(?:y|ies))\b\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days as ordinals, both ends inclusive."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """In days, at least 1."""
        return self.end - self.start + 1


@dataclass(frozen=True, slots=True)
class Fact:
    """A telling with what its comparison needs; `worth` is its dollars, or its coins at its price; `seen` the day of publication."""

    told: Told
    btc: Figure | None
    usd: Figure | None
    worth: Figure | None
    days: Days | None
    seen: int | None
    stage: int

    @property
    def kind(self) -> Kind:
        """The kind of the event told."""
        return self.told.event.kind

    @property
    def signature(self) -> tuple[object, ...]:
        """What distinguishes two events of one article."""
        return (self.btc, self.usd, self.days, self.stage)


@lru_cache(maxsize=4096)
def company_key(name: str) -> str:
    """One key for every spelling of a miner, over its former names; other names without legal form, case and punctuation."""
    miner = load_registry().by_name(name)
    if miner is not None:
        return miner.name.casefold()
    return re.sub(r"[\W_]+", "", _LEGAL_FORM.sub("", name).casefold()) or name.casefold()


def fact_of(told: Told) -> Fact:
    """The telling, prepared."""
    event = told.event
    btc, usd, priced = figure(event.btc), figure(event.usd), None
    if event.btc is not None and event.price_usd is not None:
        priced = figure(event.btc * event.price_usd)
    if usd and priced and not within(usd, priced, _FEES):
        usd = priced = None  # one of the three belongs to something else
    stage, seen = STAGE[event.status], _day(told)
    days = Days(*sorted((event.period.start.toordinal(), event.period.end.toordinal()))) if event.period else None
    if days and seen is not None and stage == DONE and days.start > seen + _TIME_ZONES:
        days = None  # what is done was not done after it was told
    return Fact(told, btc, usd, usd or priced, days, seen, stage)


def _day(told: Told) -> int | None:
    if told.published is None:
        return None
    moment = told.published
    return (moment.astimezone(UTC) if moment.tzinfo else moment).toordinal()


def canonical(fact: Fact) -> tuple[object, ...]:
    """Sort key of the canonical order: total over everything a telling holds."""
    rank = 0 if fact.btc else 2 if fact.usd else 4
    lead = fact.btc or fact.usd
    return (
        rank + (fact.days is None),
        -(lead.digits if lead else 0),
        fact.usd is None,
        (fact.days.length, fact.days.start) if fact.days else (0, 0),
        (lead.value if lead else 0, fact.usd.value if fact.usd else 0),
        fact.seen if fact.seen is not None else 0,
        -fact.stage,
        fact.told.article_id,
        _content(fact.told),
    )


def _content(told: Told) -> str:
    event = told.event
    amounts = (event.btc, event.usd, event.price_usd, event.settlement, event.purposes, event.period)
    return repr((event.company, event.ticker, amounts, told.source, told.primary, told.published, sorted(event.evidence.items())))
