"""Lists of miners: "Marathon: 979 BTC in June", "2. MARA Holdings: 53,250 BTC", "Bitfarms is at 1,827".

A figure that no verb speaks for, right behind a miner's name, is what the list is about: output if a month stands behind it or the
lines before speak of mining, a holding if they speak of holding.
"""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.miners import MinerMention
from extractors.mentions.stream import Stream, Trigger, View
from extractors.model import Kind

_LINK = re.compile(
    r"(?:'s)?(?: \(?[A-Z:$ .]+\)?)?(?: (?:Inc|Corp|Ltd|Group|Holdings|Platforms|Mining)\.?)*\s*(?::|—|–|-|is at|at|is now at|stands at|with|comes in at|follows with|followed by|followed with|comes next with|came second with|,)?(?: (?:with|at))?"
    r"\s*(?:about|around|some|roughly|approximately|~|nearly|almost|over|just|only|more than|its)?\s*",
)
_MONTH_BEHIND = re.compile(r" ?(?:\([^()]{0,30}\) ?)?(?:in|for|during) (?:the month of )?(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|the (?:month|quarter))\b")
_HOLDING_WORDS = re.compile(r"\b(?:hold(?:s|ers?|ings?)?|treasur(?:y|ies)|own(?:s|ed)?|reserves?|stack|stash|accumulat\w*|standard|in stock|balance|who has the most|largest)\b")
_SELLING_WORDS = re.compile(r"\b(?:sold|sellers?|sales?|sell-?offs?|selling|liquidations?|offloaded|disposals?)\b")
_MINING_WORDS = re.compile(r"\b(?:mined|production|output|produced|numbers|digs?|dug|mining|machines)\b")


def list_role(stream: Stream, place: int, amount: Amount) -> tuple[Kind, Trigger, MinerMention | None] | None:
    """The kind of a listed figure, its anchor, and the miner, or None for the one that the heading before it named."""
    view = stream.views[place]
    if amount.counts not in {Counts.BTC, Counts.BARE}:
        return None
    if _FIRST.fullmatch(view.lower[view.sentence.start : amount.start]) and _MONTH_BEHIND.match(view.lower, amount.end) and amount.counts is Counts.BTC:
        return Kind.PRODUCTION, Trigger(amount.start, amount.end, "production", "list", ""), None
    named = [mention for mention in view.miners if mention.span.end <= amount.start]
    if not named or not _LINK.fullmatch(view.read.text[named[-1].span.end : amount.start]):
        return None
    kind = _kind(stream, place, view, amount)
    if kind is Kind.SALE and amount.counts is Counts.BARE and " with" not in view.lower[named[-1].span.end : amount.start]:
        return None
    if kind is None:
        return None
    return kind, Trigger(named[-1].span.start, named[-1].span.end, kind.value, "list", ""), named[-1]


_FIRST = re.compile(r"[\W_]*")


def _kind(stream: Stream, place: int, view: View, amount: Amount) -> Kind | None:
    if _MONTH_BEHIND.match(view.lower, amount.end) and amount.counts is Counts.BTC:
        return Kind.PRODUCTION
    if any(trigger.kind == "holdings" and trigger.sort == "noun" and trigger.start > amount.end for trigger in view.triggers):
        return Kind.PRODUCTION if amount.counts is Counts.BTC else None
    for near in (place, 0, *range(place - 1, max(0, place - 8), -1)):
        if near != place and _SELLING_WORDS.search(stream.views[near].lower, stream.views[near].sentence.start, stream.views[near].sentence.end):
            return Kind.SALE
        text = stream.views[near].lower[stream.views[near].sentence.start : stream.views[near].sentence.end]
        holding, mining = bool(_HOLDING_WORDS.search(text)), bool(_MINING_WORDS.search(text))
        if holding != mining:
            return Kind.HOLDINGS if holding else Kind.PRODUCTION if amount.counts is Counts.BTC else None
    return None
