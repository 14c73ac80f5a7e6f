"""Coins that come back from a pledge: "the lender released the other 2,560", "The other 28.9 BTC are its own again". Nobody sold them."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Trigger, View

_OWNER = r"(?:its|their|our|his|the (?:company|miner|firm|borrower|group)'s|[a-z0-9][\w. ]{1,24}?'s)"
_COINS = r"(?: (?:of (?:them|it|those|which)|btc|bitcoins?|coins|tokens))?"
_LENDER_DID = Cue(
    r"\b(?:lenders?|banks?|creditors?|custodian|pledgee|financier|counterparty|bank|trustee)(?:,? (?:which|who|that))?"
    r"(?: (?:has|had|have|then|also|since|duly|now|already|in turn))* $"
)
_GIVES = re.compile(r"(?:releas|hand|surrender|relinquish|discharg|free|mov)")
_BACK_BEHIND = Cue(r"\b(?:again|own|back|returned|free|freed|released|unencumbered|unpledged)\b")
_OWN_AGAIN = re.compile(
    rf"{_COINS} (?:(?:are|is|were|was|have|has|had|been|being|now|thus|therefore|all|then|so|fully|entirely) )*"
    rf"(?:{_OWNER} (?:own )?(?:property )?again|{_OWNER} own\b(?! [a-z])|(?:came|come|comes|went|go|goes|flow(?:ed"
    rf"|s)?|gone|given|handed|sent|paid|moved) back"
    rf"|returned|released|freed(?: up)?|free(?: again)?\b|unencumbered|unpledged|belongs? to [^.;,]{{2,40}}? again|belongs? to it again)\b"
)
# "returned the other 87" and the like
_GOT_BACK = Cue(
    r"\b(?:got|gets?|getting|received|receiv(?:es|ing)|took|recovered|regained|reclaimed|won|returned|returns|returning|released|releases"
    r"|handed back|gave back|sent back)(?: back)? (?:the|its|their|all|those)? ?(?:other|remaining|rest of the|remainder of the|last|first)"
    r" $"
)
LENDERS = _LENDER_DID.bit
RETURNS = _BACK_BEHIND.bit | _GOT_BACK.bit
"""The cues without which no lender gives and nothing comes back."""


def is_given_back(view: View, trigger: Trigger) -> bool:
    """Whether a verb of parting is that of a lender who lets the collateral go."""
    if not _GIVES.match(view.lower, trigger.start):
        return False
    return bool(_LENDER_DID.search(view.cues, view.lower, max(view.sentence.start, trigger.start - 60), trigger.start))


def came_back(view: View, amount: Amount) -> bool:
    """Whether the coins are told to be their owner's again."""
    end = view.sentence.end
    if _BACK_BEHIND.search(view.cues, view.lower, amount.end, end) and _OWN_AGAIN.match(view.lower, amount.end, end):
        return True
    return bool(_GOT_BACK.search(view.cues, view.lower, max(view.sentence.start, amount.start - 60), amount.start))
