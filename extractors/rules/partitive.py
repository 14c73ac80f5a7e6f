"""Parts of a whole: "58 of 145 coins were sold", "21.6 bitcoin of the 50.5 bitcoin pledged"."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount
from extractors.mentions.stream import View

HEADS = frozenset([" of ", " out"])  # one of them stands behind a part

_OF_WHOLE = re.compile(r" (?:out )?of (?:the |its |their |those |these )?(?:about |some |roughly )?")
_OF_COINS = re.compile(
    r" (?:out )?of (?:the |its |their |those |these )?(?:about |some |roughly )?\d[\d.,]* (?:\w+ )?(?:btc|bitcoins?|coins)\b"
)


def is_whole(view: View, start: int, amount: Amount) -> bool:
    """Whether the figure is the whole of the one that ends at `start`."""
    return bool(_OF_WHOLE.fullmatch(view.lower, start, amount.start)) and any(part.end == start for part in view.amounts)


def is_part_of_coins(view: View, amount: Amount) -> bool:
    """Whether the figure, bare as it is, counts coins because its whole does."""
    return view.lower[amount.end : amount.end + 4] in HEADS and bool(_OF_COINS.match(view.lower, amount.end))
