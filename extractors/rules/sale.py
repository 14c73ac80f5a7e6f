"""Sales: which figures are coins that a miner disposed of."""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Trigger, View
from extractors.rules import costs
from extractors.rules.pledges import LENDERS, RETURNS, came_back, is_given_back

# What follows a verb of selling when it is not coins that are sold.
_GOODS = (
    r"(?:shares?|stock|stake|notes?|bonds?|convertibles?|debentures?|equity|warrants|securities|machines?"
    r"|rigs?|asics?|antminers?|avalons?|whatsminers?|sealminers?|hardware|equipment|sites?|facilit(?:y|ies)"
    r"|plants?|land|propert(?:y|ies)|campus|subsidiar(?:y|ies)|business|division|units?(?! of bitcoin)|hash ?rate|hashpower|electricity"
    r"|power|energy|eh/s|ph/s|exahash|petahash|credits?|ether|eth|ethereum|solana|doge(?:coin)?|litecoin|xrp|megawatts?|mw|gw"
    r"|gigawatts?|contracts?|capacity"
    r"|servers?|gpus?|compute|options?|futures|forwards|puts|calls|spreads|straddles|collars|swaps|derivatives)\b"
)
_OF_GOODS = Cue(rf"\b{_GOODS}")
_OTHER_GOODS = re.compile(rf"^(?:\W+[\w$.,%-]+){{0,4}}?\W+{_GOODS}")


_GOODS_BEFORE = re.compile(
    r"\b(?:power|energy|electricity|machines?|shares?|stocks?|equipment|site|rigs?|asset|property|notes?|equity|credits?|market|token"
    r"|hosting|retail|home|car|fire)[ -]$"
)


_AS_PAYMENT = Cue(r"\b(?:in|as) (?:part |full |partial )?payment\b")


def cost(view: View, amount: Amount, trigger: Trigger) -> float:
    """How far the coins stand from being sold by this trigger."""
    if view.cues & _AS_PAYMENT.bit and _AS_PAYMENT.search(view.cues, view.lower, amount.end, amount.end + 30):
        return costs.FAR  # "sold it 21,000 rigs and took 460 BTC in payment"
    if is_share(view, amount) and not (amount.end < trigger.start and _is_sold_whole(view, amount, trigger)):
        return costs.FAR
    rule = _BY_SORT.get(trigger.sort)
    return rule(view, amount, trigger) if rule else costs.FAR


def _is_sold_whole(view: View, amount: Amount, trigger: Trigger) -> bool:
    """ "Half of the 500 BTC sold", "Of the 500 BTC that Argo sold, half ...": what is divided is what was sold."""
    if trigger.form != "past" or trigger.sort not in {"verb", "weak", "gap"}:
        return False
    if view.lower[amount.end : trigger.start] == " ":
        return True
    for other in view.triggers:
        if amount.end <= other.start < trigger.start:
            return False
    return bool(_THAT_IT.fullmatch(view.lower, amount.end, trigger.start))


_THAT_IT = re.compile(r" (?:that|which) (?:(?!(?:was|were|been|is|are|be|got|has been)\b)[\w.&'-]+ ){1,4}")


def _verb(view: View, amount: Amount, trigger: Trigger) -> float:
    if (
        is_of_other_goods(view, amount, trigger)
        or (view.cues & _WORTH.bit and _GOODS_WORTH.fullmatch(view.lower, trigger.end, amount.start))
        or (amount.counts is Counts.BARE and _AT_SO_MUCH.fullmatch(view.lower, trigger.end, amount.start))
        or _only_falls(view, amount, trigger)
        or (view.cues & LENDERS and is_given_back(view, trigger))
    ):
        return costs.FAR
    return costs.verb_cost(view, amount, trigger)


# "sold carbon from its ash worth 3 BTC"
_WORTH = Cue(r"\bworth\b")
_GOODS_WORTH = re.compile(r" (?!(?:bitcoins?|btc|coins)\b)[a-z][\w' -]{2,60} worth (?:about |some |around |roughly )*")
# "We sold at twenty-three and sleep well": thousands of dollars.
_AT_SO_MUCH = re.compile(
    r"(?: (?:it|them|all|coins|ours|off|out|into strength))*,? (?:at|near|above|below)(?: (?:about|around|roughly|just|some))* "
)
_FALLING = re.compile(r"(?:drop|trim|exit|shav|prun)")
_LEVEL_BEFORE = re.compile(
    r"\b(?:production|output|holdings?|reserves?|treasury|stash|balance|stack|inventory|position|hash ?rate|price|shares|stock"
    r"|revenue|yield|pile|tally)"
    r"(?: [a-z]+){0,3} $"
)
_MONEY_OR_LEVEL = re.compile(r"[\s,]*(?:by|to|from) ")


_A_DROP = re.compile(r"\b(?:a|the|this|that|another|any)(?: [\w.%-]+)? drop$")


def _only_falls(view: View, amount: Amount, trigger: Trigger) -> bool:
    """ "Output dropped 14 BTC": the verb of a level, not of a deed."""
    if not _FALLING.match(view.lower, trigger.start):
        return False
    if amount.end <= trigger.start or _A_DROP.search(view.lower, max(view.sentence.start, trigger.start - 24), trigger.end):
        return True
    return bool(
        _LEVEL_BEFORE.search(view.lower, max(view.sentence.start, trigger.start - 50), trigger.start)
        or _MONEY_OR_LEVEL.match(view.lower, trigger.end, amount.start)
    )


def _noun(view: View, amount: Amount, trigger: Trigger) -> float:
    if _GOODS_BEFORE.search(view.lower, max(view.sentence.start, trigger.start - 20), trigger.start):
        return costs.FAR
    return costs.FAR if is_of_other_goods(view, amount, trigger) else costs.noun_cost(view, amount, trigger)


def _leave(view: View, amount: Amount, trigger: Trigger) -> float:
    if view.cues & RETURNS and came_back(view, amount):
        return costs.FAR
    onward = _GOES_TO.match(view.lower, trigger.end, trigger.end + 60) and not _ARRIVED.search(view.lower, trigger.start, trigger.end)
    if trigger.form == "ing" or onward:
        return costs.FAR
    if trigger.form == "past" and view.lower[trigger.end : amount.start] == ": ":
        return 0.4  # "Gone: 188 BTC"
    return costs.subject_cost(view, amount, trigger, 2.6)


_ARRIVED = re.compile(r"for|market$|buyers$|home$|takers?$")


def _reduced(view: View, amount: Amount, trigger: Trigger) -> float:
    return 0.2 + costs.crossing(view, trigger.end, amount.start) if trigger.end <= amount.start else costs.FAR


def _spun(view: View, amount: Amount, trigger: Trigger) -> float:
    if amount.end <= trigger.start:
        return 0.5 + costs.verb_cost(view, amount, trigger._replace(form="past"))
    end = view.sentence.end
    for_dollars = _FOR_DOLLARS.match(view.lower, amount.end, end) and not _OFFERED_AS.search(
        view.cues, view.lower, view.sentence.start, end
    )
    for_dollars = for_dollars or _ELEVATING.match(view.lower, amount.end, end) is not None
    return 0.4 + costs.verb_cost(view, amount, trigger) if for_dollars else costs.FAR


# "offered 420 of that for round $47.6 million"
_FOR_DOLLARS = re.compile(
    r"[^.;:$]{0,50}? for (?:round |spherical |about |around |roughly |some |practically |almost |nearly )*(?:us)?[$]\d"
)
_ELEVATING = re.compile(r"(?:[^.;:]|\.\d){0,110}?\belevating (?:about |round |some )?(?:us)?[$]\d")
_OFFERED_AS = Cue(r"\b(?:collateral|security|pledged?|loans?|rewards?|bount(?:y|ies)|ransom|bid|bids|shares|notes|as payment)\b")


def _spun_verb(view: View, amount: Amount, trigger: Trigger) -> float:
    return 0.8 + costs.verb_cost(view, amount, trigger)


_BY_SORT = {
    "verb": _verb,
    "weak": _verb,
    "noun": _noun,
    "leave": _leave,
    "gap": costs.gap_cost,
    "reduced": _reduced,
    "spun": _spun,
    "spun_verb": _spun_verb,
}


def is_of_other_goods(view: View, amount: Amount, trigger: Trigger) -> bool:
    """Whether between the verb and the coins stands what was sold: machines, power, options "on 2,000 BTC"."""
    if amount.end <= trigger.start or not view.cues & _OF_GOODS.bit:
        return False
    between = view.lower[trigger.end : amount.start]
    conjuncts = [between] if _RESTATED.search(view.cues, between) else _CONJUNCTION.split(between)
    return (
        bool(_OTHER_GOODS.match(" " + conjuncts[-1].lstrip()[-60:] + " "))
        if len(conjuncts) > 1
        else bool(_OTHER_GOODS.match(between[:60] + " "))
    )


_CONJUNCTION = re.compile(r", | and |;")
# "sold electricity for $4 million, the equivalent of 36 bitcoin"
_RESTATED = Cue(
    r"\b(?:equivalent (?:of|to)|equal (?:to|ling)|equals?|or|worth|as much as|corresponding to|which is)"
    r"(?: about| some| around| roughly| nearly)* $|(?<=, )\b(?:about|around|roughly|some|nearly) $"
)
_SHARE_OF = re.compile(
    r"(?:\b(?:half|most|part|some|majority|bulk|third|quarter|fifth|percent|per cent|share|portion|fraction"
    r"|\d+(?: (?:btc|bitcoins?|coins))?(?: out)?|thirds|all but|one|two"
    r"|three|hundred|thirty|twenty|fifty|forty|rest|remainder)|%) of (?:the |its |their |those |that |these |this )?(?:some |about "
    r"|roughly |nearly |over |month's |[a-z]+'s )*$"
)
_GOES_TO = re.compile(
    r" (?:from|to|up|down|above|below|over|under|past) (?:about |around )?(?:us)?[$]| (?:straight |directly |out |over )?(?:to|toward"
    r"|towards|into|onto) (?!(?:the )?(?:market|buyers|sale|cash|dollars)\b)"
)


_OF_WHOLE = re.compile(r"\W*of (?:the |its |their )(?:about |some |roughly )?")
_ALL_OF = Cue(r"\b(?:every (?:single )?one|each|all|the whole) of (?:the |its |their |those )?$")


def is_share(view: View, amount: Amount) -> bool:
    """Whether the figure is the whole of which a part was sold ("63% of the 235 BTC")."""
    start = max(view.sentence.start, amount.start - 40)
    if view.lower.find("of ", start, amount.start) < 0:
        return False
    if _OF_WHOLE.fullmatch(view.lower, view.sentence.start, amount.start):
        return True
    if _ALL_OF.search(view.cues, view.lower, max(view.sentence.start, amount.start - 34), amount.start):
        return False
    return bool(_SHARE_OF.search(view.lower, start, amount.start))


def sells_other_goods(view: View, trigger: Trigger, end: int | None = None) -> bool:
    """Whether what is sold is shares, machines, sites, another coin ...; `end` is how far to look, if not some words on."""
    end = min(view.sentence.end, trigger.end + 70 if end is None else end)
    if _GOODS_BEFORE.search(view.lower, max(view.sentence.start, trigger.start - 20), trigger.start):
        return True
    if not view.cues & _OF_GOODS.bit:
        return False
    return bool(_OTHER_GOODS.match(view.lower, trigger.end, end) or _OTHER_GOODS.match(view.lower[trigger.end : end]))
