"""Figures that count nothing in words ("700 of them were sold"): which may be coins at all."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import View

_BARE_NEXT = re.compile(
    r"\s*(?:$|[.,;:)(\]|/•*\n–—-]|(?:in|during|for|at|were|was|had|have|has|of (?:them|'?em|those|these|which|that|it|[\d,.]+ (?:coins"
    r"|bitcoins?|btc))|of (?:its|the|their|this|that"
    r"|it|[\w ]{3,20}'s?)(?: [\w',.-]+){0,3} (?:coins|bitcoins?|btc|tokens|holdings|stash|pile|haul|output|production|reserves?"
    r"|total)|and|or|from|by|on"
    r"|to|after|while|last|this|the|a|an|as|back|plus|left|sold|gone|mined|went|go|goes|remain\w*|came|come|that|it|with|out|but|between"
    r"|per coin|pieces|held|produced|against|versus|vs|than|over|then|more|each|is|are|be|being|worth|when|where|only|still|restricted"
    r"|unrestricted|altogether|in total|total|apiece|it|he|they|let|now|so|also|since|through|into|off|under|till|until|all|because"
    r"|which|would|will|could|offloaded|unloaded|disposed|liquidated|pledged|or so|includ\w+|compris\w+|equal\w*|represent\w*"
    r"|consist\w*|compar\w+|against|rose|fell|grew|at|within|inside|throughout|per cent of"
    r"|month-end|year-end|quarter-end|versus|despite|thanks|using|via|both|such|though"
    r"|although|yet|before|once|if|we|you|she|there|here|just|again|too|yesterday|today|tonight|overnight|earlier|later|ago"
    r"|monthly|quarterly"
    r"|[a-z]+ly)\b)"
)


_FEW = 5
_SOLD_FEW = re.compile(r"\b(?:sold|mined|produced|liquidated) (?:only |just )?$")
_PRICED = re.compile(
    r"\b(?:prices?|average|averaged|averaging|cost|costs|worth|value|valued at|rate|apiece|each)\b(?: [a-z]+){0,7}(?: (?:of|at"
    r"|was|were|is|came to|about|around|near|roughly))"
    r"(?: [a-z]+){0,2} $"
)
_PER_COIN = re.compile(r"\b(?:price|cost|average|rate|value)[a-z]*\b[^.;,]*\b(?:per|a|each) (?:coin|bitcoin|btc)\b[^.;,\d]*$")
_WAS_SO_MANY = re.compile(
    r"(?:,? (?:and |but |while |of which |with )?)(?:about |around |roughly |some |nearly |almost |over |only |just )*$"
)


def is_a_price(view: View, amount: Amount) -> bool:
    """ "Price per coin sold was about 21,470": dollars without their sign."""
    if amount.value < _LEAST_PRICE:
        return False
    before = view.lower[max(view.sentence.start, amount.start - 90) : amount.start]
    return bool(_PRICED.search(before) or _PER_COIN.search(before))


_LEAST_PRICE = 3000


def counts_as_before(view: View, amount: Amount) -> bool:
    """ "Of 44,600 miners it owns, roughly 40,000 were received": a figure that counts what the one before it counts."""
    earlier = [other for other in view.amounts if other.end <= amount.start and other.counts in {Counts.OTHER, Counts.BTC}]
    if (
        not earlier
        or earlier[-1].counts is not Counts.OTHER
        or earlier[-1].value < 100
        or _BITCOIN.search(view.lower, view.sentence.start, view.sentence.end)
    ):
        return False
    return (
        bool(_WAS_SO_MANY.search(view.lower, max(view.sentence.start, amount.start - 40), amount.start))
        or amount.value > earlier[-1].value / 4
    )


_BITCOIN = re.compile(r"\b(?:bitcoins?|btc|coins?|satoshis?)\b|₿")


def _is_sold_few(view: View, amount: Amount) -> bool:
    """ "mined 11.2 bitcoin and sold 4"."""
    return bool(_SOLD_FEW.search(view.lower, max(view.sentence.start, amount.start - 20), amount.start)) and any(
        other.end <= amount.start for other in view.of(Counts.BTC)
    )


# "The Puell multiple stood at 0.61": a figure of the market's.
_RATIO = Cue(
    r"\b(?:puell|multiples?|ratios?|index|indicator|correlation|oscillator)\b[^.;]{0,90} (?:at|to|of|is|was|above|below|near|from)"
    r"(?: about| around| just)? $"
)


# "Of its ether, of which it has 3,952, nothing was touched"
_OTHER_COINS = Cue(
    r"\b(?:ethereum|ether|eth|solana|sol|doge(?:coins?)?|litecoins?|ltc|kaspa|kas|zcash|zec|tokens?|shares)(?: \w+)?(?:,| \("
    r"| [-–—]) ?(?:of which|some of which"
    r"|which|whose)\b[^.;]{0,60}$"
)
_OF_ELSE = _RATIO.bit | _OTHER_COINS.bit


def _is_of_else(view: View, amount: Amount) -> bool:
    """Whether the figure is a ratio, or counts other coins."""
    first = view.sentence.start
    return bool(
        _RATIO.search(view.cues, view.lower, max(first, amount.start - 120), amount.start)
        or _OTHER_COINS.search(view.cues, view.lower, max(first, amount.start - 90), amount.start)
    )


def is_bare_candidate(view: View, amount: Amount) -> bool:
    """Whether a figure without a unit may count coins, by the word behind it."""
    if amount.counts is not Counts.BARE or (view.cues & _OF_ELSE and _is_of_else(view, amount)):
        return False
    text = view.lower
    if amount.value < _FEW and amount.value == int(amount.value) and not _is_sold_few(view, amount):
        return False
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
