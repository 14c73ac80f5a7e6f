"""Rows of a miner's own tables, which tell nothing of the network or the market: its output, its price, its hash rate, how they changed."""

from __future__ import annotations

import re

from extractors.rows import find_rows

_OF_COINS = re.compile(
    r"\b(?:bitcoins?|btc|coins?)\b[^|]{0,20}\b(?:mined|produced|production|earned|sold|held|holdings?|balance|treasury)\b"
    r"|\b(?:mined|produced|produc(?:tion|ed) of|earned|sold|held|self-mined|number of|total) (?:bitcoins?|btc|coins?)\b|\bself-mined\b",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    r"\b(?:network|global|difficulty|hash ?price|puell|market price|spot|block (?:reward|subsidy|height))\b"
    r"|^(?:bitcoin|btc)(?:'s)? price\b",
    re.IGNORECASE,
)


def own_lines(text: str) -> frozenset[int]:
    """The lines of tables that count a miner's coins, but for the rows that are named after the network or the market."""
    rows = find_rows(text)
    if not any(_OF_COINS.search(row.label.text) for row in rows):
        return frozenset()
    return frozenset(line for row in rows if not _OF_ALL.search(row.label.text) for line in row.lines)
