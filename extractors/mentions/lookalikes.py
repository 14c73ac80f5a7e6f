"""Words that look like others: "US" is no pronoun, "its own" no verb, "has added" is not having, "after the sale:" tells when."""

from __future__ import annotations

import re

from extractors.mentions.phrases import Hit
from extractors.mentions.scan import Scan

# Base forms that are as often nouns; as verbs they follow "to", a modal or a plural.
_HOMOGRAPHS = frozenset(
    [
        "release",
        "dump",
        "swap",
        "trade",
        "retail",
        "move",
        "transfer",
        "deposit",
        "flow",
        "ship",
        "park",
        "wire",
        "buy",
        "purchase",
        "stack",
        "mint",
        "harvest",
        "hold",
        "ditch",
        "hoard",
        "stockpile",
        "hodl",
        "shed",
        "sacrifice",
        "discharge",
        "tap",
        "convert",
        "route",
        "travel",
        "forward",
        "shift",
        "grab",
        "mine",
    ]
)
_BEFORE_BASE = re.compile(
    r"\b(?:to|will|would|can|could|may|might|must|should|not|they|we|i|you|and|or|miners|companies|helped|us)(?: \w+ly)? $"
)
# The treasury company of that name, by what follows it.
_STRATEGY = re.compile(
    r"(?:'s|:|,| inc| \(| (?:has |had |also |now |itself )?(?:holds?|held|bought|buys|owns?|owned|sold|sells|added|adds|acquired"
    r"|purchased|with|has|sits|stacks|at))\b|: "
)
# "has added", "had brought": the perfect of another verb, not having.
_PARTICIPLE = re.compile(
    r" (?:[a-z]+ly |also |just |already |since |now |not |never |yet to |to |then |again |long |only |even )*(?:[a-z]{2,}ed|been|let"
    r"|sold|made|given|taken|put|gone|become"
    r"|seen|got|gotten|kept|held|left|begun|cut|shed|brought|spent|bought|built|grown|fallen|risen|come|had|set|driven|won|lost|found"
    r"|paid|sent|shown|told|led|lent|sunk|chosen|begun|swung|drawn|thrown|fed|met|laid|struck|stuck|swept|known|flown|hit|hung"
    r"|clung|dealt|felt"
    r"|spilt|written|ridden|undergone|overtaken|proven|risen|hedged|dug|sell|dispose|part)\b"
)
_OWN = re.compile(r"\b(?:its|their|our|his|her|own|my|of) $")
_OF_HOLDING = re.compile(r"\b(?:its|the|their|bitcoin|btc|entire|whole|total|a|of|crypto) $")
_TIME_BEFORE = re.compile(r"\b(?:after|following|since|before|post|until) (?:the|this|that|its|their|these|those) (?:\w+ )?$")
_OF_COINS = re.compile(r" (?:of|for)\b| ?\(")


def is_doubtful(label: str) -> bool:
    """Whether any word of this label may be one that looks like it; of the other labels only `LOOKALIKES` are."""
    return label == "sense.epithet" or ".base" in label


def misread(read: Scan, hit: Hit) -> bool:
    """Words that look like others: "US" is no pronoun, "its own" no verb, "has added" is not having."""
    start, end, label = hit
    if label == "sense.epithet":
        return read.text[start:end] in {"US", "the group"}
    word = read.lower[start:end]
    rule = LOOKALIKES.get(word)
    if rule and rule(read, hit):
        return True
    if ".base" not in label or not (".weak" in label or word in _HOMOGRAPHS):
        return False
    opens = read.lower[max(0, start - 1) : start] in {"", "\n"}
    return not (opens or _BEFORE_BASE.search(read.lower, max(0, start - 16), start))


def _is_plain_strategy(read: Scan, hit: Hit) -> bool:
    start, end, label = hit
    return label == "sense.third" and not (read.text[start].isupper() and _STRATEGY.match(read.lower, end, end + 30))


def _is_aside(read: Scan, hit: Hit) -> bool:
    start, _, _ = hit
    return read.lower[max(0, start - 2) : start] == ", "


def _is_auxiliary(read: Scan, hit: Hit) -> bool:
    _, end, label = hit
    return label.startswith("holdings.weak") and bool(_PARTICIPLE.match(read.lower, end, end + 40))


def _is_possessive(read: Scan, hit: Hit) -> bool:
    start, _, _ = hit
    return bool(_OWN.search(read.lower, max(0, start - 8), start))


def _is_noun(read: Scan, hit: Hit) -> bool:
    start, _, label = hit
    return label == "holdings.verb.ing" and bool(_OF_HOLDING.search(read.lower, max(0, start - 10), start))


def _is_time(read: Scan, hit: Hit) -> bool:
    """Whether it tells when: "its vault after the sale: 3,023 BTC". "After the sale of 500 BTC" tells what."""
    start, end, _ = hit
    before = _TIME_BEFORE.search(read.lower, max(0, start - 40), start)
    return bool(before) and not _OF_COINS.match(read.lower, end)


_MARKET_PLACE = re.compile(r"\b(?:stock|securities|commodit\w+|mercantile|options|futures|venture|in|growth|metal|foreign) $")
_RATES = re.compile(r"[- ](?:rates?|listed|listing|commission|act|traded)\b")


def _is_bourse(read: Scan, hit: Hit) -> bool:
    """ "the Abu Dhabi Securities Exchange", "in exchange for"."""
    start, end, _ = hit
    return bool(_MARKET_PLACE.search(read.lower, max(0, start - 14), start) or _RATES.match(read.lower, end))


_OF_REMAINING = re.compile(
    r"\b(?:sold|sells?|selling|off|of|dumped|liquidated|offloaded|with) (?:all )?(?:its|the|their|our|those|these|his|all) $"
)


def _is_attribute(read: Scan, hit: Hit) -> bool:
    """ "sold off its remaining 23 bitcoins"."""
    start, _, _ = hit
    return bool(_OF_REMAINING.search(read.lower, max(0, start - 30), start))


def _is_a_company(read: Scan, hit: Hit) -> bool:
    """ "the Group" of a release is the company, "the group" of miners a crowd."""
    start, _, label = hit
    return label == "sense.crowd" and read.text.startswith("Group", start + 4)


LOOKALIKES = (
    {"strategy": _is_plain_strategy, "making": _is_aside, "own": _is_possessive, "holding": _is_noun}
    | dict.fromkeys(["exchange", "exchanges"], _is_bourse)
    | {"the group": _is_a_company, "remaining": _is_attribute}
    | dict.fromkeys(["sale", "sales", "disposal", "liquidation"], _is_time)
    | dict.fromkeys(["has", "have", "had", "having"], _is_auxiliary)
)
