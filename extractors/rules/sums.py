"""Words that tie a sum of dollars to coins sold before it, or keep the two apart."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import View
from extractors.rules.draft import Draft

APPROX = (
    r"(?:about|approximately|approx\.?|around|roughly|nearly|almost|over|more than|some|~|≈|a total of|an estimated|just over|just under|"
    r"upwards of|as much as|ca\.?|close to|estimated|circa|a|an|the|net|gross|total|cool|handsome|mere|call it|or|i\.e\.|soit"
    r"|près de|etwa|rund|unos|cerca de)"
)


def is_of_another(view: View, draft: Draft, dollars: Amount) -> bool:
    """Whether a sum behind the coins is for other goods sold with them, or is another miner's ("for which Bitfarms gets $25 million")."""
    if not draft.btc or not draft.company or dollars.start < draft.btc.end:
        return False
    if _GOODS.search(view.cues, view.lower, draft.btc.end, dollars.start):
        return True
    named = [
        mention
        for mention in view.miners
        if draft.btc.end <= mention.span.start and mention.span.end <= dollars.start and (mention.miner is None or mention.miner.mines)
    ]
    return bool(named) and named[-1].name != draft.company.name and draft.company.span.start < draft.btc.start


_INTO = re.compile(rf"(?:[\w\s]{{0,24}}|.{{0,60}}\b(?:turned|converted|changed|exchanged)) into(?:[\s,(]*{APPROX})*[\s,(]*")
_COINS = re.compile(r"\d ?(?:btc|bitcoins?|coins)\b")
_PAID = re.compile(
    rf"\bfor (?:total |gross |net )?(?:revenues?|receipts|income|consideration|proceeds) of(?:[\s,(]*{APPROX})*[\s,(]*$"
    rf"|[;,] (?:net |gross |total )?(?:consideration|proceeds|receipts|takings|revenue|cash received)[,:]? ?(?:of |was "
    rf"|were )?(?:[\s,(]*{APPROX})*[\s,(]*$"
    rf"|[;,] (?:and |for which )?(?:the |its |a )?(?:\w+ )?(?:buyers?|desk|counterpart(?:y|ies)|takers?|purchasers?"
    rf"|bidders?) paid(?: it| them)?(?:[\s,(]*{APPROX})*[\s,(]*$"
    rf"|\b(?:into|to) (?:cash|dollars|us dollars|money),(?:[\s,(]*{APPROX})*[\s,(]*$"
    rf"|\b(?:was|were|got|been|being|is|are) paid(?:[\s,(]*{APPROX})*[\s,(]*$"
)
_LATTER = re.compile(
    rf"(?:; |, |\. | - | – )(?:the latter|which|these|they|those|that|it|the lot|all of (?:it|them|which))(?: were"
    rf"| was)? (?:fetch\w*|brought(?: in)?|raised"
    rf"|netted|earned|went for|sold for|yielded|made|generated|produced|for (?:total |gross |net )?(?:revenues?|proceeds|receipts"
    rf"|income) of)(?:[\s,(]*{APPROX})*[\s,(]*$"
    rf"|\b(?:sold|liquidated|disposed of)\b[^;$]{{0,60}}\bfor (?:total |gross |net )?(?:revenues?|receipts|income"
    rf"|consideration) of(?:[\s,(]*{APPROX})*[\s,(]*$"
)
# "865 BTC, sold; $24.2M received"
_RECEIVED = re.compile(
    r" (?:of them(?=[.,;]|$)|(?:in )?(?:gross |net )?proceeds|received|raised|netted|reali[sz]ed|taken in|taken|banked|collected"
    r"|generated|pocketed"
    r"|brought in"
    r"|in receipts|credited|in the bank|gross|net|earned|cashed in)\b(?! (?:in|through|via|from|by|with)(?: \w+){0,4} (?:notes?"
    r"|convertibles?"
    r"|equity|shares|atm|debt|loans?|offering|stock|placement|bonds?))"
)
# Other goods in the list of what was sold, nearer to the sum than the coins.
_GOODS = Cue(
    r"\b(?:and|plus|as well as|in addition|together with|along with)\b[^.;$]{0,40}\b(?:antminers?|whatsminers?|machines|rigs"
    r"|asics|miners|shares|site"
    r"|data cent(?:er|re)|units|servers|gpus|notes|eth|ether|land|equipment)\b[^.;$]*\bfor\b"
)


def are_tied(view: View, dollars: Amount, between: str) -> bool:
    """Whether the words around a sum say that it was got for the coins sold before it; `between` stands between the two."""
    if _COINS.search(between):
        return False
    if _INTO.fullmatch(between) or _PAID.search(between) or _LATTER.search(between):
        return True
    return "$" not in between and len(between) < 60 and bool(_RECEIVED.match(view.lower, dollars.end, view.sentence.end))


# "Revenue came to $59 million on 728 BTC mined, which were all liquidated": what was mined, at the day's price.
_REVENUE_WAS = Cue(
    r"(?<!sales )(?<!sale )\brevenues?\b(?! from (?:the )?(?:sales?|selling|disposals?))[^.;$]{0,50}"
    r" (?:of|came to|was|were|stood at|reached|hit|totall?ed|amounted to|at|came in at|rose to|fell to|grew to)(?: about| some"
    r"| nearly| around| roughly)* $"
)
_MINED_BEHIND = re.compile(r"[^.;]{0,30}\b(?:mined|produced|earned|generated|self-mined)\b")


def is_revenue(view: View, dollars: Amount, coins: Amount) -> bool:
    """Whether dollars told before coins are what these were worth when they were mined."""
    revenue = _REVENUE_WAS.search(view.cues, view.lower, max(view.sentence.start, dollars.start - 90), dollars.start)
    return revenue is not None and _MINED_BEHIND.match(view.lower, coins.end, view.sentence.end) is not None
