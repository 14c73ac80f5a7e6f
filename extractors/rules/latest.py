"""The last part of a running total: "since January it has sold 1,005 BTC, the latest 155 in May". The part is the event, not the total."""

from __future__ import annotations

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import View
from extractors.model import Kind
from extractors.rules.offers import Role

_LATEST = Cue(
    r"(?:[,;(:] ?|[–—-] |\band )(?:with |including )?(?:(?:the )?(?:latest|last|most recent|newest|final)(?: (?:one"
    r"|ones|batch|lot|block|tranche|sale|sales"
    r"|disposal|of them|of these|of which|of those|being|came))*|(?:most )?(?:recently|lately|latterly)"
    r"|including)(?:,| of| was| were| being|:)*"
    r"(?: about| some| around| roughly| just| another)* $"
)
RUNNING = Cue(
    r"\b(?:since|so far|to date|year-to-date|ytd|this year|over the years?|until now|up to now|in total|in all|altogether|all told|overall"
    r"|cumulative(?:ly)?|by now)\b"
)


def last_part(view: View, figures: list[tuple[Amount, float]], roles: list[Role]) -> list[Role]:
    """The roles with the last part in the place of the running total."""
    if not RUNNING.search(view.cues, view.lower, view.sentence.start, view.sentence.end):
        return roles
    known = {role.amount for role in roles if role.kind is Kind.SALE and role.own}
    for amount, _ in figures:
        if amount in known or not _LATEST.search(view.cues, view.lower, max(view.sentence.start, amount.start - 60), amount.start):
            continue
        total = next((role for role in roles if role.kind is Kind.SALE and role.amount.end <= amount.start), None)
        if total and total.amount.counts is Counts.BTC and total.amount.value > amount.value:
            rest = [role for role in roles if role.amount not in {amount, total.amount}]
            return [*rest, Role(amount, total.trigger, total.cost + 0.5, own=False)]
    return roles
