"""One time for several miners' sales: "Riot sold 475 BTC and CleanSpark 401 BTC in May"."""

from __future__ import annotations

import re

from extractors.mentions.stream import View
from extractors.model import Kind
from extractors.rules.costs import COINS
from extractors.rules.draft import Draft
from extractors.rules.notwhen import is_elsewhere, words_before

_GRAINS = frozenset({"week", "weekend", "month", "quarter", "half", "year", "range", "days"})
_LOOSE = frozenset({"", "report", "carried"})
_REACH = 24  # characters
# What may stand between two such sales beside the names: the verb again, an approximation.
_BETWEEN = re.compile(
    r"(?: ?\([^()]{1,24}\))?(?: (?:btc|bitcoins?|coins))?,?(?: (?:and|while|plus|then|another|about|some|around|roughly|nearly|over"
    r"|almost|had|has|have"
    r"|also|with|of|by|for|selling|sold|sells|offload\w*|unload\w*|liquidat\w+|dispos\w+|parted|let go|[$][\d.]+(?: million|m)?,?))* ?"
)


def share_time(view: View, drafts: list[Draft]) -> None:
    """Give the time behind the last of several miners' sales to those before it that have none of their own."""
    sold = [draft for draft in drafts if draft.kind is Kind.SALE and draft.btc and draft.company]
    if len(sold) < 2 or len({draft.company.name for draft in sold if draft.company}) < len(sold):
        return
    last, coins = sold[-1], [amount for amount in view.amounts if amount.counts in COINS]
    mention = next((mention for mention in view.dates if mention.span == last.period_span), None)
    if (
        last.btc is None
        or mention is None
        or mention.grain not in _GRAINS
        or len(coins) != len(sold)
        or not 0 <= mention.span.start - last.btc.end <= _REACH
        or any(other is not mention and not is_elsewhere(view, other, words_before(view, other)) for other in view.dates)
    ):
        return
    for one, other in zip(sold[-2::-1], sold[:0:-1], strict=True):
        if one.btc is None or other.btc is None or one.grain not in _LOOSE or not _BETWEEN.fullmatch(_unnamed(view, one, other)):
            return
        one.period, one.period_span, one.grain = last.period, last.period_span, last.grain


def _unnamed(view: View, one: Draft, other: Draft) -> str:
    """The words between the coins of two sales without the name of who sold the second."""
    start, end, text = one.btc.end if one.btc else 0, other.btc.start if other.btc else 0, ""
    for mention in view.miners:
        if start <= mention.span.start and mention.span.end <= end:
            text, start = text + view.lower[start : mention.span.start].rstrip(), mention.span.end
    return text + view.lower[start:end]
