"""Coins that a sentence sells by pointing back: "mined 597 bitcoin, all of it liquidated", "Every one of them was sold", "the output of
the year was sold in full". The verb takes the output that was told last, in its own sentence or in the one before.
"""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Trigger, View
from extractors.model import Kind, Span, Status
from extractors.rules.compare import is_compared
from extractors.rules.costs import COINS
from extractors.rules.draft import Draft
from extractors.rules.offers import Role
from extractors.rules.status import standing

_OUTPUT = r"(?:production|output|haul|harvest|crop|yield|lot|amount|sum|batch|catch|tally)"
_ALL_BEFORE = re.compile(
    rf"(?:\b(?:all (?:of )?(?:it|them|which|those|these|this|that)|all (?:of )?(?:the|these|those) (?:coins|bitcoins?|btc)"
    rf"|every (?:last |single )?(?:one|coin|bitcoin|bit|satoshi)(?: of (?:them|it|which|those|these))?|each(?: and every)?(?: one)? of"
    rf" (?:them|which|those|these)|the (?:whole |entire )?lot(?: of (?:it|them))?|the (?:whole|entirety) of (?:it|them|which)"
    rf"|(?:the|its|this|that|their) (?:whole|entire|full|complete) (?:\w+ )?{_OUTPUT}|(?:which|they|these"
    rf"|those coins) all|(?:which|they|these|those)"
    r" (?:were|was|have been|had been|got|are) all"
    r"|100% of (?:it|them|which)|both figures|everything|which (?:it|they|we|the company|the miner)"
    r"(?: had| has| have)?|, which)|[,(–—:-] ?[\"']?(?:and )?(?:all|both|everything)|(?<!\w)all(?= (?:was|were|got|has been"
    r"|have been|had been)\b))"
    r"(?:,? (?:was|were|has been|have been|had been|been|being|is|are|got|also|promptly|then|duly|since|going|again|\w+ly))* $"
)
_IN_FULL_BEFORE = re.compile(
    rf"\b(?:{_OUTPUT}|mined coins|coins|bitcoins?|they|it|these|which)(?: (?:of|for|in|from|during|that) [^,;.]{{2,40}})? (?:was"
    rf"|were|being"
    r"|has been|have been|had been)(?: \w+ly)? $"
)
_IN_FULL = re.compile(
    r"(?: off)? (?:in (?:full|their entirety|its entirety)|entirely|completely|wholesale|to the last (?:coin|one|satoshi|bitcoin)"
    r"|without exception|down to the last \w+)\b"
)
_MINED_AND = re.compile(
    r"\b(?:mined|produced|earned|generated|minted|dug up)(?:,? and(?: then| promptly| immediately| all| duly)?|,) (?:was |were )?$"
)
_ALL_BEHIND = re.compile(
    r"(?: off| out)? (?:(?:all|every (?:last |single )?one|each|the whole|100%) of (?:them|it|those|these|that|this)|them all|them|it all"
    r"|all|everything|the (?:whole |entire )?lot|every (?:last |single )?(?:one|coin|bitcoin)|(?:precisely |exactly |just "
    r"|roughly |about )?"
    r"(?:the (?:very )?same (?:number|amount|quantity|figure|count|sum)|(?:that|as) many(?: again)?|an (?:equal|identical"
    r"|equivalent) (?:number"
    r"|amount|quantity))|what it (?:mined|produced|made))\b"
    r"(?! (?:but|as \d|as about|of its|the|its|that|in|at|of the|other|\d))"
)
_OUTPUT_BEHIND = re.compile(
    rf"(?: off)? (?:(?:the|its|their|that|this) (?:whole|entire|full|complete)|all (?:of )?(?:the|its|their|that|this)|100% of (?:the|its"
    rf"|their|that|this)) (?:[\w-]+ ){{0,2}}?{_OUTPUT}\b|(?: off)? (?:everything|whatever|all(?: that)?|every (?:coin|bitcoin)(?: that)?)"
    r" (?:it|they|the company|the miner) (?:had |has )?(?:mined|produced|made|earned|generated)\b"
)
_DEEDS = frozenset({"verb", "leave", "gap"})


def all_of_them(view: View, roles: list[Role]) -> list[Role]:
    """ "Having mined 41 bitcoin, The9 got rid of all of them": the verb takes the output that stands before it."""
    found: list[Role] = []
    for trigger in _pointing(view):
        if any(role.trigger == trigger for role in roles):
            continue
        before = [role for role in roles if role.amount.end <= trigger.start]
        earlier = [role for role in before if role.kind is Kind.PRODUCTION]
        if not earlier and _all_held(view, trigger):
            earlier = [role for role in before if role.kind is Kind.HOLDINGS]
        sold = {role.amount for role in (*roles, *found) if role.kind is Kind.SALE}
        if earlier and earlier[-1].amount not in sold:
            found.append(Role(earlier[-1].amount, trigger, 1.0))
        elif not earlier and not roles and (lone := _lone(view, trigger)):
            found.append(Role(lone, trigger, 1.0))
    return found


_ALL_HELD = re.compile(
    r"(?: off| out)? (?:(?:all|every (?:last |single )?one|each|the whole|100%) of (?:them|it|those|these)|them all|it all"
    r"|the (?:whole |entire )?lot)\b(?! (?:but|of its|of the))"
)
_ALL_GONE = re.compile(
    r"\b(?:all (?:of )?(?:which|them|it)|which all|every one of (?:them|which)|the (?:whole |entire )?lot|which)"
    r" (?:was|were|has been|have been|had been)(?: \w+)? $"
)


def _all_held(view: View, trigger: Trigger) -> bool:
    """ "A lender that held 410 bitcoin made it sell the lot", "held 410 BTC, all of which were liquidated": gone, whoever held them."""
    if _ALL_HELD.match(view.lower, trigger.end, trigger.end + 40):
        return True
    return trigger.form == "past" and bool(_ALL_GONE.search(view.lower, max(view.sentence.start, trigger.start - 50), trigger.start))


def _lone(view: View, trigger: Trigger) -> Amount | None:
    """ "January: 126 BTC, all sold daily": a figure without a verb right before."""
    before = [amount for amount in view.of(Counts.BTC) if amount.end <= trigger.start and not is_compared(view, amount)]
    return before[-1] if before and trigger.start - before[-1].end < 40 else None


def _pointing(view: View) -> list[Trigger]:
    """The deeds of selling whose object is a word that points back."""
    return [trigger for trigger in view.triggers if trigger.kind == "sale" and trigger.sort in _DEEDS and _points(view, trigger)]


def _points(view: View, trigger: Trigger) -> bool:
    lower, start = view.lower, max(view.sentence.start, trigger.start - 80)
    if trigger.form == "past" or trigger.sort == "leave":
        if _ALL_BEFORE.search(lower, start, trigger.start):
            return True
        if _IN_FULL_BEFORE.search(lower, start, trigger.start) and _IN_FULL.match(lower, trigger.end, trigger.end + 40):
            return True
        if _MINED_AND.search(lower, start, trigger.start) and not _has_object(view, trigger):
            return True
    return trigger.sort == "verb" and bool(_ALL_BEHIND.match(lower, trigger.end, trigger.end + 48))


def _has_object(view: View, trigger: Trigger) -> bool:
    return any(amount.counts in COINS and 0 <= amount.start - trigger.end <= 40 for amount in view.amounts)


_TOTAL = re.compile(r" (?:btc |bitcoins? |coins )?(?:in total|in all|altogether|all told|overall)\b")


def _in_total(view: View, trigger: Trigger) -> Amount | None:
    """ "All were sold, with a few from before: 1,529 in total"."""
    figures = [amount for amount in view.amounts if amount.start > trigger.end and amount.counts in COINS]
    return next((amount for amount in figures if _TOTAL.match(view.lower, amount.end)), None)


# "They were sold on June 4", "By order of the court the coins were sold"
_THE_COINS = Cue(
    r"\b(?:the (?:whole |entire )?(?:coins|bitcoins?|lot|stash|hoard|tokens)|they|these|those|all of (?:them|it)|(?:these|those) coins)"
    r"(?: (?:all|then|since|also|in turn))* (?:was|were|has been|have been|had to be)(?: (?:all|then|since|later|duly|\w+ly))* $"
)


def _is_of_the_coins(view: View, trigger: Trigger) -> bool:
    first = max(view.sentence.start, trigger.start - 60)
    return trigger.form == "past" and _THE_COINS.search(view.cues, view.lower, first, trigger.start) is not None


def sold_before(view: View, place: int, here: list[Draft], earlier: list[Draft]) -> list[Draft]:
    """A sentence that sells what the sentence before told: "It sold its entire production", "By order of the court the coins were sold".

    Where the sentence has the sale's dollars already, that draft gets the coins and none is made.
    """
    if place == 0 or "sale" not in {trigger.kind for trigger in view.triggers}:
        return []
    told = [draft for draft in here if draft.kind is Kind.SALE]
    meant = None if any(draft.btc for draft in told) else _meant(view, place, here, earlier)
    if meant is None or meant.btc is None:
        return []
    held = meant.kind is Kind.HOLDINGS
    fresh = not any(draft.kind is Kind.SALE and draft.btc and _of_one(draft, meant) for draft in earlier)
    if held and not fresh:
        return []  # "sold 11.2 ... It held 155.5 ... The coins were sold to pay for power": those that were sold
    for trigger in view.triggers:
        if trigger.kind != "sale" or trigger.sort not in _DEEDS or trigger.form not in {"past", ""}:
            continue
        whole = _OUTPUT_BEHIND.match(view.lower, trigger.end, trigger.end + 70)
        named = fresh and _is_of_the_coins(view, trigger)
        if not (named or (not held and (whole or _points(view, trigger)))):
            continue
        said = standing(view, trigger)
        if named and told and told[0].trigger == trigger:
            told[0].btc = meant.btc
        elif not told and not said.denied and said.status is Status.COMPLETED:
            btc = _in_total(view, trigger) or meant.btc
            return [Draft(Kind.SALE, place, Span(trigger.start, trigger.end), trigger, btc=btc, company=meant.company, cost=1.5)]
    return []


def _of_one(one: Draft, other: Draft) -> bool:
    return one.company is not None and other.company is not None and one.company.name == other.company.name


def _meant(view: View, place: int, here: list[Draft], earlier: list[Draft]) -> Draft | None:
    """The output told in this sentence or the one before, or the coins held that the one before told alone."""
    near = [draft for draft in (*earlier[-12:], *here) if 0 <= place - draft.place <= 1 and draft.btc]
    found = [draft for draft in near if draft.kind is Kind.PRODUCTION]
    if not found and not view.of(Counts.BTC) and all(draft.kind is Kind.HOLDINGS and draft.place < place for draft in near):
        found = near
    if len(found) != 1 or not found[0].btc or found[0].place == 0:
        return None
    if any(draft.kind is Kind.SALE and draft.btc and draft.btc.value == found[0].btc.value for draft in earlier):
        return None
    if view.miners and found[0].company and found[0].company.name not in {mention.name for mention in view.miners}:
        return None
    return found[0]
