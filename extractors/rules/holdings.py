"""Holdings: which figures are coins that a miner has."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Trigger, View
from extractors.rules import costs

_PLACED = re.compile(
    r"(?: (?:coins?|btc|bitcoins?|was|were|is|are|remained|remains?|lie|lay|rest|now"
    r"|still|left|sitting|lying|back|then|remaining|stay|held|worth))*(?: in| on| within| under| at"
    r"| inside)(?: [\w'-]+){0,4} $"
)
_SOURCE = re.compile(r"\b(?:from|out of|off|of|against|to) (?:[\w'-]+ ){0,4}$")


_BY = Cue(r"\bby (?:(?:adding|buying|purchasing|acquiring|mining|selling|about|some|around|roughly|nearly|another|just) )*$")


_PER_SHARE = Cue(r"\b(?:satoshis?|sats|bitcoin|btc) per share\b[^.;]*$")
_OF_ITS_OWN = re.compile(
    r" of (?:its|their|our|the (?:company|miner|firm)'s|[a-z0-9][\w ]{2,20}'s?) (?:total |entire |own )?\d[\d,.]* ?(?:btc"
    r"|bitcoins?|coins)\b"
)


def is_per_share(view: View, amount: Amount) -> bool:
    """ "Satoshis per share stood at 371": a yield."""
    return bool(_PER_SHARE.search(view.cues, view.lower, max(view.sentence.start, amount.start - 110), amount.start))


def cost(view: View, amount: Amount, trigger: Trigger) -> float:
    """How far the coins stand from being held, kept or left by this trigger."""
    if view.cues & _BY.bit and _BY.search(view.cues, view.lower, max(view.sentence.start, amount.start - 30), amount.start):
        return costs.FAR
    if view.cues & _PER_SHARE.bit and is_per_share(view, amount):
        return costs.FAR
    if view.lower.startswith(" of ", amount.end) and _OF_ITS_OWN.match(view.lower, amount.end, view.sentence.end):
        return costs.FAR  # "4,934 of its 5,646 BTC": the whole is what is held
    rule = _BY_SORT.get(trigger.sort)
    return rule(view, amount, trigger) if rule else costs.FAR


_KEPT = re.compile(r" (?:kept|retained|carried)(?= *(?:$|[.,;:|\n•)]| and | at | on | in ))")


# "1 Includes the Company's share of the joint venture, of 22 BTC": a footnote, of whatever figure.
_NOTE = re.compile(r"\W*(?:\d\W*)?")


_SELLERS = ("sellers ", "sales ")  # "Other sellers included TeraWulf, with 310 BTC"


def _weak(view: View, amount: Amount, trigger: Trigger) -> float:
    if view.lower.startswith("includ", trigger.start) and (
        _NOTE.fullmatch(view.lower, view.sentence.start, trigger.start) or view.lower.endswith(_SELLERS, 0, trigger.start)
    ):
        return costs.FAR
    if trigger.form == "past" and trigger.start == amount.end + 1 and _KEPT.match(view.lower, amount.end):
        return 0.2  # "214 mined, 51 sold, 1,219 kept"
    return 0.7 + costs.owned_cost(view, amount, trigger)


def _gap(view: View, amount: Amount, trigger: Trigger) -> float:
    if amount.end <= trigger.start or (opens_time(view, trigger) and not _with_so_many(view, amount, trigger)):
        return costs.FAR
    return costs.gap_cost(view, amount, trigger)


# "It entered June with 1,200 BTC": what it had on the eve.
_OPENS = ("enter", "began", "begin", "start")
_NEXT_TIME = re.compile(
    r" (?:the )?(?:month|quarter|year|period|(?:(?:month of )?(?:january|february|march|april|may|june|july|august|september|october"
    r"|november"
    r"|december)|20\d\d|q[1-4])(?: 20\d\d)?) "
)
_SO_MANY = re.compile(r" (?:about |some |around |roughly |nearly |just |over |approximately |a total of )*")


def opens_time(view: View, trigger: Trigger) -> bool:
    """Whether the verb tells of the beginning of a time ("entered June with")."""
    return view.lower.startswith(_OPENS, trigger.start)


def _with_so_many(view: View, amount: Amount, trigger: Trigger) -> bool:
    return (
        trigger.close is not None
        and _NEXT_TIME.fullmatch(view.lower, trigger.end, trigger.close.start) is not None
        and _SO_MANY.fullmatch(view.lower, trigger.close.end, amount.start) is not None
    )


def _leaving(view: View, amount: Amount, trigger: Trigger) -> float:
    if trigger.end > amount.start or _PLACE_LEFT.match(view.lower, trigger.end):
        return costs.FAR
    return costs.crossing(view, trigger.end, amount.start)


_PLACE_LEFT = re.compile(r" (?:the|its|their|our|any|a) (?:[\w-]+ )?(?:wallets?|vaults?|address(?:es)?|exchanges?|company|coffers)\b")


def _stay(view: View, amount: Amount, trigger: Trigger) -> float:
    if _NOTHING.search(view.cues, view.lower, max(view.sentence.start, trigger.start - 30), trigger.start):
        return costs.FAR
    return costs.subject_cost(view, amount, trigger, 1.0)


_NOTHING = Cue(r"\b(?:nothing|none|little|not one|not a coin|no coins?|hardly anything)(?: \w+){0,2} $")


_TAKEN_FROM = re.compile(r"\b(?:from|out of|off)(?: [\w'-]+){0,2} $")
_IS = re.compile(r"(?: (?:coins|btc|was|were|is|are|remained|still|now|then|all|left|kept))+ ")
_OTHER_STORE = re.compile(r"\b(?:eth|ether|ethereum|sol|cash|dollar|fiat|usd|gold|machine|miner|power|energy|solana|doge) $")


def _noun(view: View, amount: Amount, trigger: Trigger) -> float:
    if _OTHER_STORE.search(view.lower, max(view.sentence.start, trigger.start - 12), trigger.start):
        return costs.FAR
    if trigger.end <= amount.start:
        taken_from = _TAKEN_FROM.search(view.lower, max(view.sentence.start, trigger.start - 30), trigger.start)
        return (2.5 if taken_from else 0.0) + costs.noun_cost(view, amount, trigger)
    return _placed(view, amount, trigger) if amount.end <= trigger.start else costs.FAR


_OWN_WORK = re.compile(
    r",? (?:all|most|each|every one|nearly all)(?: of (?:them|it|which))? [\w-]+ (?:by (?:itself|its own [a-z]+)|in-house),?"
)


def _placed(view: View, amount: Amount, trigger: Trigger) -> float:
    """ "348 BTC were in the treasury", "1,500 BTC reserve"; not "12 BTC out of reserves"."""
    between = _OWN_WORK.sub("", view.lower[amount.end : trigger.start])
    if _IS.fullmatch(between) and view.lower.startswith(("on ", "in "), trigger.start):
        return 0.2  # "2,469 BTC were on hand"
    if _PLACED.match(between):
        return 0.3 + costs.crossing(view, amount.end, trigger.start) * 0.7
    if between in {" ", "-"}:
        return 0.5
    return costs.FAR if _SOURCE.search(between) else 2.5 + costs.crossing(view, amount.end, trigger.start)


_BY_SORT = {"verb": costs.verb_cost, "weak": _weak, "gap": _gap, "leaving": _leaving, "stay": _stay, "noun": _noun}
