"""The whole and its share: what is done to an output or a treasury is done to its coins, and a share of it may be told in coins as well."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.mentions.amounts import Amount
from extractors.mentions.stream import Trigger, View
from extractors.model import Kind
from extractors.rules import sale
from extractors.rules.coordination import VERB_LIKE
from extractors.rules.costs import COINS
from extractors.rules.offers import Role, cheapest

_STORE = r"(?:reserves?|treasury|stash|stockpile|inventory|holdings?|stack|pile|hodl position|hodl|vault|position|balance|hoard)"


_FROM_STORE = re.compile(
    rf"(?: coins| btc| bitcoins?| more)* (?:out of|from|off) (?:its |the |our "
    rf"|their )?(?:[a-z-]+ ){{0,2}}{_STORE}\b"
)


_AND_STORE = re.compile(rf"\b(?:and|plus) (?:the|its|all|their|another)?[\w\s'-]{{0,34}}{_STORE} of (?:the )?$")


# "sold all of the bitcoin produced in March, and another 147"
_ALL_MINED = re.compile(
    r" (?:off )?(?:(?:all|every|everything|whatever|the (?:whole|entire|full))\b[^.;:\d]{0,60}?\b(?:mined|produced|earned|output"
    r"|production|generated|made)\b"
    r"[^.;:\d]{0,24}?),? (?:and|plus|as well as|together with|along with) (?:another|a further|an additional|an extra|some more)"
    r"(?: about| some| roughly| around)* "
)
_PLUS = re.compile(r"\b(?:plus|and|with|another)(?: about| some| another| a further)? $")


def out_of_store(view: View, figures: list[tuple[Amount, float]], roles: list[Role]) -> list[Role]:
    """ "sold what we mined, plus 200 out of our HODL position"; "sold all 189.8 BTC mined and the whole reserve of 943.1 BTC"."""
    sold = [trigger for trigger in view.triggers if trigger.kind == "sale" and trigger.sort in {"verb", "gap"}]
    if not sold:
        return []
    known = {role.amount for role in roles if role.kind is Kind.SALE}
    found = []
    for amount, _ in figures:
        verb = next((trigger for trigger in sold if trigger.end <= amount.start and amount.start - trigger.end < 130), None)
        if verb is None or amount in known:
            continue
        before = view.lower[max(view.sentence.start, amount.start - 60) : amount.start]
        more = _ALL_MINED.fullmatch(view.lower, verb.end, amount.start)
        if more or (_PLUS.search(before) and _FROM_STORE.match(view.lower, amount.end)) or (_AND_STORE.search(before) and known):
            found.append(Role(amount, verb, 1.5, own=False))
    return found


def share_in_coins(view: View, figures: list[tuple[Amount, float]], roles: list[Role]) -> list[Role]:
    """ "sold 51% of the 692 BTC which it produced; 353 BTC": the figure behind the whole says how many coins the share was."""
    if any(role.kind is Kind.SALE for role in roles):
        return roles
    for (whole, _), (part, _) in pairwise(figures):
        verb = next(
            (trigger for trigger in view.triggers if trigger.kind == "sale" and trigger.sort == "verb" and trigger.end <= whole.start), None
        )
        if verb and part.value < whole.value and sale.is_share(view, whole) and not VERB_LIKE.search(view.lower[part.end : part.end + 16]):
            return [role for role in roles if role.amount != part] + [Role(part, verb, 1.2)]
    return roles


def in_sum(figures: list[tuple[Amount, float]], roles: list[Role]) -> list[Role]:
    """ "sold 136 BTC, and 14 out of reserve; that is 150 altogether": a last figure that is just the sum of those sold."""
    sold = [role for role in roles if role.kind is Kind.SALE]
    last = figures[-1][0]
    if len(sold) < 2 or last in {role.amount for role in sold} or last.value != sum(role.amount.value for role in sold):
        return roles
    return [*(role for role in roles if role.amount != last), Role(last, sold[0].trigger, 1.2, own=False)]


IN_ALL = re.compile(r" (?:in all|in total|altogether|all told|in sum)\b")


_WHOLE = re.compile(
    r"(?:(?: in| during| throughout| over| through) [\w ]{2,20}?)?(?: of| off| with)? ?(?:all|everything|every \w+|what(?:ever)?"
    r"|(?:the|its) (?:whole|entire|full) \w+)\b[\w\s']{0,34}"
)


_MORE = re.compile(r"\b(?:plus|and|another|further|additional|beside\w*|together)\b")


def sold_whole(view: View, sold: Role, mined: Role) -> bool:
    """ "let go of everything it dug up in April, 463 BTC"."""
    if not sold.trigger.end <= mined.trigger.start < mined.amount.start:
        return False
    if _MORE.search(view.lower, mined.trigger.end, mined.amount.start):
        return False
    return bool(_WHOLE.fullmatch(view.lower[sold.trigger.end : mined.trigger.start]))


_SHARE = re.compile(
    r"(?: of| off| with)? ?(?:about |some |around |roughly |nearly |almost |over |more than )?(?:\d+(?:\.\d+)?%|half|most|two[ -]thirds"
    r"|a third|a quarter|a fifth|part) of (?:what|its|the|all)\b[\w\s']{0,34}"
)


def sold_share(view: View, sold: Role, other: Role) -> bool:
    """ "parted with about 60% of what it had, 4,451 bitcoins altogether"."""
    if not sold.trigger.end <= other.trigger.start < other.amount.start:
        return False
    apposed = re.fullmatch(r"[^.;]{0,24}, (?:or |about |some |namely )*", view.lower[other.trigger.end : other.amount.start])
    return bool(apposed and _SHARE.fullmatch(view.lower[sold.trigger.end : other.trigger.start]))


def another_between(view: View, figure: Amount, trigger: Trigger) -> bool:
    """Whether another figure of coins stands between one and a verb behind it."""
    return any(other.counts in COINS and figure.end <= other.start and other.end <= trigger.start for other in view.amounts)


def _has_its_own(view: View, sold: Role, figure: Amount) -> bool:
    """ "180 sold, treasury 1,152": the participle has the figure right before it."""
    start = sold.trigger.start
    if another_between(view, figure, sold.trigger):
        return True
    if start > figure.end:
        return any(other.counts in COINS and 0 < other.start - sold.trigger.end <= 8 for other in view.amounts)
    return any(
        other.counts in COINS and (other.end + 1 == start or (0 < other.start - sold.trigger.end <= 8 and other.end < figure.start))
        for other in view.amounts
    )


_OF_NOUN = re.compile(r" (?:(?:of|on|in) )?[\w' -]{0,40}")
_NOUN_OF = re.compile(r"(?:,|:| of| -| –| —)?[\s(]*(?:[a-z.]+ ){0,3}[~≈]?")


_IS_AT = re.compile(r" (?:at|now|still|is|are|was|stands?|stood|down|up)\b")  # "trims, treasury at 2,287 BTC": what is left


def sold_with_noun(view: View, role: Role) -> Role | None:
    """ "sent its entire output, 463 BTC, to buyers", "the week's output of 189.8 BTC was sold": the noun's verb is the coins' verb."""
    noun, amount = role.trigger, role.amount
    if noun.end > amount.start:
        if not _OF_NOUN.fullmatch(view.lower[amount.end : noun.start]) or role.kind is not Kind.HOLDINGS:
            return None
        wide = amount._replace(end=noun.end)
    elif _NOUN_OF.fullmatch(view.lower[noun.end : amount.start]) and not _IS_AT.search(view.lower, noun.end, amount.start):
        wide = amount._replace(start=noun.start)
    else:
        return None
    best = cheapest(view, wide).get(Kind.SALE)
    if best is None or best.trigger.sort == "noun" or _has_its_own(view, best, amount):
        return None
    return Role(amount, best.trigger, best.cost)
