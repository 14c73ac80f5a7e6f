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


_NEARLY = (
    r"(?: (?:about|some|roughly|approximately|around|nearly|almost|close to|an estimated|over|more than|just over|just under|net|~))* ?"
)
_PROCEEDS_WERE = re.compile(
    r"\b(?:proceeds|takings|receipts|haul|sales?)(?:(?: (?:of|were|was|at|amounted to|came to|totall?ed|stood at|reached|added up to"
    rf"|equal(?:l?ed|s)?|being|hit))|:){_NEARLY}$|\b(?:proceeds|takings|receipts){_NEARLY}$"
    rf"|\bthe (?:money|proceeds|cash|sum|haul|receipts|takings)(?:,| \(| [-–—]){_NEARLY}$"  # "used the money, some $8 million, for ..."
)
_CAME_IN = re.compile(
    r"(?:,? [^()$]{0,24}\))?"
    r" (?:(?:was|were|has been|had been|have been|being) )?(?:received|raised|netted|collected|earned|credited|paid for (?:it|them)"
    r"|reali[sz]ed|booked|generated|taken in|came in|came back|flowed in(?:to)?|landed in|changed hands|came of (?:it|them))\b"
)
# "the $51 million covered cash costs"
_SPENT = re.compile(
    r" (?:cover(?:ed|s)|pa(?:id|ys)(?: for| off| down)?|went|goes|will go|will be (?:used|spent|put)|(?:was|were|has been|is being) (?:used"
    r"|spent|put|swept|wired|earmarked|meant|passed)|help(?:ed|s)|financ(?:ed|es)|fund(?:ed|s)|served|serves|is (?:for|meant"
    r"|earmarked|needed|to)|are for|was for|buys|bought|kept|keeps)\b"
)
_ADDED = re.compile(
    rf"\b(?:add(?:s|ed|ing)|put(?:s|ting)?|pour(?:s|ed|ing)|brought|bring(?:s|ing)|sen(?:t|ds|ding)|leav(?:es|ing)|left){_NEARLY}$"
)
_TO_CASH = re.compile(
    r" (?:richer\b|(?:to|into|in|on) (?:its|the|their) (?:[a-z]+ ){0,2}(?:cash|coffers|accounts?|bank|treasury|kitty|till|reserves?)\b)"
)
_YIELDED = re.compile(
    r"\b(?:gave|gives?|giving|brought|raised|raising|netted|netting|received|receiving|earned|earning|paid|got|generat\w+|yield\w+|fetched)"
    r"(?: (?!for\b)[\w.]+){0,3} ?$"
)
_IN_CASH = re.compile(r" (?:in|of) cash\b")
# "A $9 million machine order", "an $8 million substation": what something else costs.
_TAG_BEFORE = re.compile(r"\b(?:a|an|its|the|their|another)(?: (?:new|about|roughly|some))? $")
_TAG_BEHIND = re.compile(
    r"(?:[ -](?!(?:to|for|from|of|in|at|and|by|with|on)\b)[\w-]+){0,2}?[ -](?:orders?|purchase|substation|sites?|plants?|farm|campus"
    r"|facilit(?:y|ies)|data cent(?:er|re)s?|build-?out|expansion|projects?|upgrade|programme?|acquisition|machines?|rigs|fleet|dividend"
    r"|buy-?back|repurchase|payments?|instal?lment|deposits?|bills?|invoices?|settlement|judgment|investment|commitment|budget|stake)\b"
)


def got_for_them(view: View, dollars: Amount) -> bool:
    """Whether the words around dollars say that they came in for coins told before.

    Words of receiving before them and a word that points to the coins behind; "the proceeds were", "... was received", "adding ... to
    its cash", "gave it ... in cash".
    """
    before = max(view.sentence.start, dollars.start - 60)
    if _PROCEEDS_WERE.search(view.lower, before, dollars.start) or _CAME_IN.match(view.lower, dollars.end):
        return True
    if _TO_CASH.match(view.lower, dollars.end) and _ADDED.search(view.lower, before, dollars.start):
        return True
    if _IN_CASH.match(view.lower, dollars.end) and _YIELDED.search(view.lower, before, dollars.start):
        return True
    if view.lower.endswith("the ", before, dollars.start) and _SPENT.match(view.lower, dollars.end):
        return True
    return bool(_FOR_THEM.match(view.lower, dollars.end) and _GOT.search(view.lower, before, dollars.start))


def is_a_price_tag(view: View, dollars: Amount) -> bool:
    """Whether the dollars are the size of something else: an order, a site, a programme."""
    before = max(view.sentence.start, dollars.start - 20)
    return bool(_TAG_BEHIND.match(view.lower, dollars.end) and _TAG_BEFORE.search(view.lower, before, dollars.start))
