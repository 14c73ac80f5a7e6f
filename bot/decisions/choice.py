"""What one place wants to hear of: the one filter for alerts and digests, by size and by miner."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.decisions.names import canonical
from bot.model import Subscription
from extractors.model import Story

NO_COIN_COST_MORE = Decimal(150_000)
"""USD. Who sold for so many dollars sold at least as many coins as this price gives."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Sales of at least so many coins, of these miners (their names of now; empty for all)."""

    min_btc: Decimal = Decimal(0)
    miners: frozenset[str] = frozenset()


def choice_of(subscription: Subscription) -> Choice:
    """What a subscription lets through."""
    return Choice(subscription.min_btc, frozenset(map(canonical, subscription.miners)))


def wants(choice: Choice, story: Story) -> bool:
    """Whether the story passes. One that tells dollars alone passes if it surely was large enough."""
    if choice.miners and canonical(story.company) not in choice.miners:
        return False
    if not choice.min_btc:
        return True
    coins = story.btc if story.btc is not None else (story.usd or Decimal(0)) / NO_COIN_COST_MORE
    return coins >= choice.min_btc
