"""What one telling has in common with a story in the making: the evidence that the rules weigh."""

from __future__ import annotations

from typing import NamedTuple

from extractors.merge.draft import Draft
from extractors.merge.facts import DONE, Fact
from extractors.merge.figures import Agreement
from extractors.merge.times import When

SOON = 5  # days: as good as at once


class Case(NamedTuple):
    """A telling held against a draft."""

    draft: Draft
    fact: Fact
    btc: Agreement
    usd: Agreement
    when: When
    digits: int  # of the amounts that agree

    @property
    def plan_and_deed(self) -> bool:
        """Whether one is planned or rumoured and the other done."""
        return (self.draft.stage == DONE) != (self.fact.stage == DONE)
