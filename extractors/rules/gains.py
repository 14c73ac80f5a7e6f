"""What was got for the coins: "and got $24.3M for them", "raised $5 million from the sale"."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount
from extractors.mentions.stream import View

_FOR_THEM = re.compile(
    r" (?:in cash )?(?:for|from|out of|on|by selling) (?:it|them|these|those|that|this|the (?:coins|bitcoins?|btc|lot|stash|pile|batch"
    r"|sales?|disposals?|tokens|block)|its (?:coins|bitcoins?|trouble|troubles))\b"
)
_GOT = re.compile(
    r"\b(?:got|gets?|getting|received|receiv(?:es|ing)|took in|takes in|taking in|raised|raising|fetched|fetching|brought in|bringing in"
    r"|made|making|earned|earning|netted|netting|pocketed|pocketing|collected|collecting|banked|banking|realised|realized|grossed|was paid"
    r"|were paid)(?: (?:it|the company|the miner|them|back|about|around|some|roughly|nearly|almost|over|more than|just|a|an|another|net"
    r"|~))* ?$"
)


def got_for_them(view: View, dollars: Amount) -> bool:
    """Whether words of receiving stand before the dollars and the coins, by a word that points to them, behind."""
    return bool(
        _FOR_THEM.match(view.lower, dollars.end) and _GOT.search(view.lower, max(view.sentence.start, dollars.start - 60), dollars.start)
    )
