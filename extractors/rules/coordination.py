"""Figures that follow another: "and 383 in November", "and CleanSpark of about 159": they do as the first one does."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.mentions.amounts import Amount
from extractors.mentions.stream import View
from extractors.model import Kind
from extractors.rules.compare import APPROX
from extractors.rules.costs import COINS
from extractors.rules.offers import Role

COORDINATION = re.compile(
    r"(?:[^.;:()]|\.\d){0,64}?(?:,|\band\b|\bplus\b|\bthen\b|\bafter\b|&)[\s,]*(?:and |after |plus |then |another |a further |further "
    r"|an additional |after |additional |about |around |some |roughly |approximately |nearly |almost |more than |just |only |over |the "
    r"|in [a-z]+,? |on (?:the )?(?:[a-z]+ )?\d{1,2}(?:st|nd|rd|th)?,? |on [a-z]+,? |by |of |with (?:another|a further|some|a second) "
    r"|a total of |for a total of |totall?ing "
    r"|in all |together |making |~)*"
)


VERB_LIKE = re.compile(
    r"\b(?:was|were|is|are|had|has|have|will|holds?|held|mined|produced|left|remain\w*|compared|against|versus|while|but|leaving"
    r"|after|before)\b"
)


def coordinated(view: View, figures: list[tuple[Amount, float]], roles: list[Role]) -> list[Role]:
    """ "consigned 1,818 bitcoin in December and another 383 in November": the second figure does as the first."""
    known = {role.amount: role for role in reversed(roles)}
    found: list[Role] = []
    for (earlier, _), (amount, _) in pairwise(figures):
        role = known.get(earlier)
        if role is None or amount in known or role.trigger.start > amount.start:
            continue
        gapped = _is_gapped(view, earlier, amount)
        if role.kind is Kind.HOLDINGS and not gapped:
            continue
        if gapped:
            known[amount] = Role(amount, role.trigger, role.cost + 0.5, own=False)
            found.append(known[amount])
            continue
        between = _without_names(view, max(earlier.end, min(role.trigger.end, amount.start)), amount.start)
        between = _RELATIVE.sub("", between)
        if COORDINATION.fullmatch(between) and not VERB_LIKE.search(between) and _no_verb_of_its_own(view, amount):
            known[amount] = Role(amount, role.trigger, role.cost + 0.5, own=False)
            found.append(known[amount])
    return found


_OTHER_OF_TWO = re.compile(r"\bthe (?:latter|other|second|former)(?:'s)?,? (?:of|with|for|sold)? ?$")
_GAPPED = re.compile(rf"(?:'s)?,? ?(?:of|with|for|on|sold|,)? ?{APPROX}")


# "..., and so did its neighbour Soluna with 9"
_SO_DID = re.compile(
    r"\b(?:so|as) (?:did|has|have|had|does)\b(?: (?:also|the|its|their|a|an|fellow|[a-z]+an|neighbou?r|rival|peer"
    r"|miner|bitcoin))* $"
)
_WITH = re.compile(rf",? (?:with|selling|by selling|by|to the tune of|of) {APPROX}")


def _is_gapped(view: View, earlier: Amount, amount: Amount) -> bool:
    """ "Riot let go of 1,080 BTC ..., and CleanSpark of about 159": another name with its own figure and the same verb."""
    named = [mention for mention in view.miners if earlier.end <= mention.span.start and mention.span.end <= amount.start]
    if amount.counts not in COINS:
        return False
    if _OTHER_OF_TWO.search(view.lower, earlier.end, amount.start):
        return _no_verb_of_its_own(view, amount)
    if not named:
        return False
    name = named[-1].span
    before = view.lower[earlier.end : name.start].rstrip()
    if _SO_DID.search(view.lower, earlier.end, name.start):
        return _WITH.fullmatch(view.lower, name.end, amount.start) is not None
    return before.endswith((" and", ",", ";", " while", " by")) and bool(_GAPPED.fullmatch(view.lower[name.end : amount.start]))


_RELATIVE = re.compile(
    r", (?:when|as|by which time|where) [^,;]{3,80}(?=,)"
    r"| (?:that|which) (?:the company|it|they|the miner|was|were|had)\b[^,;]{0,60}?(?=,| and | plus )"
)


def _without_names(view: View, start: int, end: int) -> str:
    text, last = "", start
    for mention in view.miners:
        if start <= mention.span.start and mention.span.end <= end:
            text, last = text + view.lower[last : mention.span.start], mention.span.end
    return text + view.lower[last:end]


def _no_verb_of_its_own(view: View, amount: Amount) -> bool:
    behind = view.lower[amount.end : min(view.sentence.end, amount.end + 24)]
    if re.match(
        r" (?:of (?:them|those|these) )?(?:had|has|have|will|would|served|came|went|stayed|remained|stand|stood|were still|are still)\b",
        behind,
    ):
        return False
    return not re.match(
        r"(?: (?:btc|coins|bitcoins?|more|were|was|are|is))* (?:mined|produced|held|remain\w*|left|in (?:reserve|custody|treasury"
        r"|stock)|pledged|restricted)",
        behind,
    )
