"""Figures that count nothing in words ("700 of them were sold"): which may be coins at all."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.stream import View

_BARE_NEXT = re.compile(
    r"\s*(?:$|[.,;:)(\]|/•*\n–—-]|(?:in|during|for|at|were|was|had|have|has|of (?:them|those|these|which)|of (?:its|the|their|this|that"
    r"|it)(?: [\w'-]+){0,2} (?:coins|bitcoins?|btc|tokens|holdings|stash|pile|haul|output|production|reserves?|total)|and|or|from|by|on"
    r"|to|after|while|last|this|the|a|an|as|left|sold|gone|mined|went|go|goes|remain\w*|came|come|that|it|with|out|but|between|per coin"
    r"|pieces|held|produced|against|versus|vs|than|over|then|more|each|is|are|be|being|worth|when|where|only|still|restricted"
    r"|unrestricted|altogether|in total|total|apiece|it|he|they|let|now|so|also|since|through|into|off|under|till|until|all|because"
    r"|which|would|will|could|offloaded|unloaded|disposed|liquidated|pledged|or so)\b)"
)


def is_bare_candidate(view: View, amount: Amount) -> bool:
    """Whether a figure without a unit may count coins, by the word behind it."""
    if amount.counts is not Counts.BARE or (amount.value < 5 and amount.value == int(amount.value)):
        return False
    text = view.lower
    if text[amount.start - 1 : amount.start] in {"#", "/", "[", "v", "+"} and text[amount.start - 1] != "+":
        return False
    if text.startswith(" units", amount.end) and "." in text[amount.start : amount.end]:
        return True
    if 2009 <= amount.value <= 2035 and text[amount.start : amount.end].isdigit():
        return False
    behind = amount.end + 1
    return bool(_BARE_NEXT.match(text, amount.end)) or any(
        trigger.start == behind and (trigger.form == "past" or trigger.sort == "stay") for trigger in view.triggers
    )
