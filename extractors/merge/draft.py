"""A story in the making: the tellings it has taken so far, and how a further one stands to them.

A draft answers from its distinct figures, not from its tellings, so a sale told ten thousand times is as quick to compare as one
told twice. An amount must agree with every amount taken before, lest 4,451 come to 4,540 by way of 4,500.
"""

from __future__ import annotations

from decimal import Decimal

from extractors.merge.facts import DONE, Days, Fact
from extractors.merge.figures import Agreement, Figure, agree, swapped, within
from extractors.merge.times import Relation, When, between, published_apart, told_after
from extractors.model import Kind

_MOST_FIGURES = 16  # distinct figures held for comparison; nobody prints one sale in more ways
_NET_OR_GROSS = Decimal("0.025")
_PRICED = Decimal("0.03")


class Draft:
    """Tellings of one fact; begun by the most telling of them, its `lead`."""

    def __init__(self, number: int, lead: Fact) -> None:
        self.number = number
        self.lead = lead
        self.facts: list[Fact] = []
        self._coins: tuple[list[Figure], list[Figure]] = ([], [])  # of the plan, of the deed
        self.usds: list[Figure] = []
        self.worth: Figure | None = None
        self.periods: list[Days] = []
        self.seen: int | None = None
        self.stage = lead.stage
        self._of_article: dict[str, list[Fact]] = {}
        self.take(lead)

    @property
    def kind(self) -> Kind:
        """The kind of fact that every telling of it is of."""
        return self.lead.kind

    @property
    def days(self) -> Days | None:
        """The period first told, which is the narrowest."""
        return self.periods[0] if self.periods else None

    @property
    def anchor(self) -> int | None:
        """The day the draft is looked up by: the end of its period, else its first publication."""
        return self.days.end if self.days else self.seen

    @property
    def btcs(self) -> list[Figure]:
        """The distinct amounts in coins, the deed's first."""
        return self._coins[1] + self._coins[0]

    def take(self, fact: Fact) -> None:
        """Add a telling."""
        self.facts.append(fact)
        _note(self._coins[fact.stage == DONE], fact.btc)
        _note(self.usds, fact.usd)
        self.worth = self.worth or fact.worth
        if fact.days and fact.days not in self.periods and len(self.periods) < _MOST_FIGURES:
            self.periods.append(fact.days)
        self.seen = fact.seen if self.seen is None else self.seen
        self.stage = max(self.stage, fact.stage)
        siblings = self._of_article.setdefault(fact.told.article_id, [])
        if len(siblings) < _MOST_FIGURES and all(fact.signature != sibling.signature for sibling in siblings):
            siblings.append(fact)

    def btc(self, fact: Fact) -> Agreement:
        """The worst agreement of the telling's coins with those told before: of its own stage, or if none of the other."""
        return min((agree(fact.btc, known) for known in self.coins_beside(fact)), default=Agreement.UNKNOWN)

    def coins_beside(self, fact: Fact) -> list[Figure]:
        """The amounts in coins that the telling's must agree with."""
        done = fact.stage == DONE
        return self._coins[done] or self._coins[not done]

    def is_swapped(self, fact: Fact) -> bool:
        """Whether the telling's coins are those told before but for two digits in the wrong order."""
        known = self.coins_beside(fact)
        return any(swapped(fact.btc, one) for one in known) and all(one == fact.btc or swapped(fact.btc, one) for one in known)

    def usd(self, fact: Fact) -> Agreement:
        """The best agreement of the telling's dollars; sums net and gross are near, a sum worked out from a price as well."""
        if fact.usd and self.usds:
            best = max(agree(fact.usd, known) for known in self.usds)
            near = best is Agreement.CLASH and any(within(fact.usd, known, _NET_OR_GROSS) for known in self.usds)
            return Agreement.NEAR if near else best
        return Agreement.NEAR if within(fact.worth, self.worth, _PRICED) else Agreement.UNKNOWN

    def when(self, fact: Fact) -> When:
        """How the telling's days lie to those of the draft that they are nearest to."""
        if fact.days and self.periods:
            return max((between(fact.days, days) for days in self.periods), key=lambda when: (when.relation, -when.gap))
        planned = fact.stage != DONE or self.stage != DONE
        if self.periods:
            return min((told_after(days, fact.seen, planned=planned) for days in self.periods), key=lambda when: when.gap)
        if fact.days:
            return told_after(fact.days, self.seen, planned=planned)
        return published_apart(fact.seen, self.seen)

    def has_rival(self, fact: Fact) -> bool:
        """Whether the telling's own article tells this draft's fact and, beside it, this one as another."""
        return any(_rivals(fact, sibling) for sibling in self._of_article.get(fact.told.article_id, ()))


def _note(figures: list[Figure], figure: Figure | None) -> None:
    if figure and figure not in figures and len(figures) < _MOST_FIGURES:
        figures.append(figure)


def _rivals(one: Fact, other: Fact) -> bool:
    """Whether two events of one article are two facts: an article tells one fact once, if with several figures."""
    if one.stage != other.stage or (one.btc is None) != (other.btc is None):
        return True
    dollars = agree(one.usd, other.usd) is Agreement.CLASH and not within(one.usd, other.usd, _NET_OR_GROSS)
    apart = one.days and other.days and between(one.days, other.days).relation is Relation.APART
    return bool(dollars or apart)
