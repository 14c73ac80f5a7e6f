"""Coins that are a rate: "8.9 BTC a day", "a daily average of 14 BTC", "the block reward of 3.125 BTC"."""

from __future__ import annotations

import re

_RATE = re.compile(
    r"(?: or so)? ?(?:/ ?|(?:on average )?(?:a|an|per|each|every|every single) (?:calendar )?)(?:day|d|month|week|hour|year|quarter"
    r"|block|eh|ph|exahash|machine|kwh)\b"
    r"| ?(?:daily|a pop per day)\b|/(?:eh|ph|th|day)| (?:block )?(?:subsidy|reward|block reward)\b"
)
_RATE_BEFORE = re.compile(
    r"(?:\bper day|\baverag(?:ed|es|ing|e of)|daily|average per day|a day|block (?:reward|subsidy)|per exahash)(?: (?:of|was|at|came to"
    r"|output of|average of|rate of|production of))?:? ?(?:about |some |~)?$"
)
_RATE_HEADS = frozenset("/oapedbsr")  # of what `_RATE` finds, less a space
# "sells every coin daily: 545 BTC in March": how often it sells, not how much a day.
_SELLS_DAILY = re.compile(
    r"\b(?:sells?|sold|selling|liquidat\w+|disposes?|disposed|cash\w*|offloads?|unloads?|dumps?)\b[^.;:]{0,30}"
    r"\b(?:daily|a day|per day): ?$"
)
_REACH = 40  # characters


def is_rate(lower: str, start: int, end: int) -> bool:
    """Whether the coins at `[start, end)` are so many a day, a block, an exahash ..."""
    head = lower[end + 1 : end + 2] if lower[end : end + 1] == " " else lower[end : end + 1]
    if head in _RATE_HEADS and _RATE.match(lower, end):
        return True
    before = lower[start - _REACH : start] if start > _REACH else lower[:start]
    told = "da" in before or "averag" in before or "block " in before or "exahash" in before  # one is in all that is looked for
    return told and bool(_RATE_BEFORE.search(before)) and not _SELLS_DAILY.search(before)
