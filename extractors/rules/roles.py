"""Which figure plays which part: every figure of a sentence is offered to every trigger, and the cheapest reading wins.

Figures of a comparison ("against 466 in May", "down from 8,058"), rates and coins that are not bitcoin take no part.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.stream import Trigger, View
from extractors.model import Kind
from extractors.rules import costs, holdings, production, purchase, sale, transfer

_COST = {
    Kind.SALE.value: sale.cost,
    Kind.PURCHASE.value: purchase.cost,
    Kind.TRANSFER.value: transfer.cost,
    Kind.PRODUCTION.value: production.cost,
    Kind.HOLDINGS.value: holdings.cost,
}


class Role(NamedTuple):
    """A figure with the trigger that gives it its part."""

    amount: Amount
    trigger: Trigger
    cost: float
    own: bool = True  # False where the figure only follows another ("and 383 in November")

    @property
    def kind(self) -> Kind:
        """The kind of event."""
        return Kind(self.trigger.kind)


_APPROX = r"(?:about |around |some |roughly |approximately |approx\.? |nearly |almost |just |only |a |an |the |its |their |over |merely |ca\. |~|≈|c\. |an estimated |estimated |(?:january|february|march|april|may|june|july|august|september|october|november|december)'s |(?:the )?(?:month|quarter|year|week)'s |as (?:many|much) as )*"
_MORE_THAN = r"(?:no )?(?:more|less|fewer|better|greater|other|rather|larger|bigger) than "
_COMPARED = re.compile(
    rf"(?:\b(?:versus|vs\.?|against|compared (?:with|to)|(?:in )?comparison (?:with|to)|contrast(?:ed)? (?:with|to)|short of|(?:above|below|beneath|over|exceed(?:ed|ing|s)|than|beating|topping|surpassing|under) the|down from|up from|higher than|lower than|more than in|where it was|after|previous|prior|last year's|last month's|year-ago|month-ago|year-earlier|instead of|from)\b ?|\bthan (?!{_APPROX}$)){_APPROX}$"
)
_THAN = re.compile(rf"\bthan {_APPROX}$")
_MORE = re.compile(rf"\b{_MORE_THAN}{_APPROX}$")
_FROM_IS_SOURCE = re.compile(
    r"\b(?:in|proceeds|sales?|income|cash|money|came|comes|revenue|received|produced|gained|earned|selling|generated|raised|up|made|realized|million) from "
)
_IN_BRACKETS = re.compile(
    r"\((?:[^()]{0,40}[:,;]\s*)?(?:in |for )?[^()\d]{0,14}(?:q[1-4]|\d{4}|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|previous|prior|last)\b[^()]{0,14}: ?(?:[^()]*; )?$"
)
_EARLIER_BEHIND = re.compile(
    r"^[^,.;()]{0,14}?\b(?:a (?:year|month|quarter|week) (?:ago|earlier|before|prior)|the (?:month|year|quarter|week) (?:before|earlier|prior)|(?:in|for|of) the (?:previous|prior|preceding|year-ago|prior-year) |(?:in|for|of) the same (?:month|quarter|period|time)(?: of)? (?:a year|last year|20|the (?:previous|prior))|(?:month|year)s? (?:ago|earlier)|last year|previously)\b"
)


_INCLUDED = re.compile(rf"\b(?:including|of which|among them|thereof|includes|included)\b ?{_APPROX}$")


_LARGEST = 100_000  # no miner has ever held as much
_EARLIER_BEFORE = re.compile(
    r"\b(?:a (?:year|month|quarter) (?:ago|earlier|before)|(?:year|month)s? (?:ago|earlier))\b(?![^.;]*\b(?:today|now)\b)[^.;]*$"
)


def is_of_the_past(view: View, amount: Amount) -> bool:
    """ "A year ago there were 228 bitcoins in our treasury": a level or an output of another time."""
    return bool(_EARLIER_BEFORE.search(view.lower, max(view.sentence.start, amount.start - 90), amount.start))


def is_compared(view: View, amount: Amount) -> bool:
    """Whether the figure stands for another period or another thing that this one is held against."""
    known = view.ground.setdefault("compared", {})
    if amount.start not in known:
        known[amount.start] = _compares(view, amount)
    return known[amount.start]


def _compares(view: View, amount: Amount) -> bool:
    start = max(view.sentence.start, amount.start - 70)
    before = view.lower[start : amount.start]
    found = _COMPARED.search(before)
    if found and not _MORE.search(before) and not (found.group().lstrip().startswith("from") and _FROM_IS_SOURCE.search(before)):
        return not (
            found.group().lstrip().startswith("after") and (_own_verb_behind(view, amount) or _OWN_DOLLARS.match(view.lower, amount.end))
        )
    if _THAN.search(before) and not _MORE.search(before):
        return True
    if _INCLUDED.search(before):
        return True
    return bool(_IN_BRACKETS.search(before) or _EARLIER_BEHIND.match(view.lower[amount.end : min(view.sentence.end, amount.end + 50)]))


_OWN_DOLLARS = re.compile(r"(?: coins| btc| bitcoins?)?(?: in [a-z]+)? for (?:about |around |roughly |some |nearly )?(?:us)?[$]\d")


def _own_verb_behind(view: View, amount: Amount) -> bool:
    """ "after 650 were let go": the figure has a verb of its own."""
    return any(
        0 <= trigger.start - amount.end <= 30 and trigger.kind != "money" and costs.verb_cost(view, amount, trigger) < 1.2
        for trigger in view.triggers
        if trigger.sort in {"verb", "leave", "gap", "come", "stay"}
    )


_BARE_NEXT = re.compile(
    r"\s*(?:$|[.,;:)(\]|/•*\n–—-]|(?:in|during|for|at|were|was|had|have|has|of (?:them|those|these|which)|of (?:its|the|their|this|that|it)(?: [\w'-]+){0,2} (?:coins|bitcoins?|btc|tokens|holdings|stash|pile|haul|output|production|reserves?|total)|and|or|from|by|on|to|after|while|last|this|the|a|an|as|left|sold|gone|mined|went|go|goes|remain\w*|came|come|that|it|with|out|but|between|per coin|pieces|held|produced|against|versus|vs|than|over|then|more|each|is|are|be|being|worth|when|where|only|still|restricted|unrestricted|altogether|in total|total|apiece|it|he|they|let|now|so|also|since|through|into|off|under|till|until|all|because|which|would|will|could|offloaded|unloaded|disposed|liquidated|pledged|or so)\b)"
)


def _is_bare_candidate(view: View, amount: Amount) -> bool:
    if amount.counts is not Counts.BARE or amount.value < 5 and amount.value == int(amount.value):
        return False
    text = view.lower
    if text[amount.start - 1 : amount.start] in {"#", "/", "[", "v", "+"} and text[amount.start - 1] != "+":
        return False
    if text.startswith(" units", amount.end) and "." in text[amount.start : amount.end]:
        return True
    if 2009 <= amount.value <= 2035 and text[amount.start : amount.end].isdigit():
        return False
    return bool(_BARE_NEXT.match(text, amount.end))


def find_roles(view: View, *, bitcoin: bool) -> list[Role]:
    """The part of each figure that has one, or both if it was mined and sold; `bitcoin` says whether "coins" are bitcoin here."""
    open_figures = [
        (amount, limit) for amount in view.amounts if (limit := _limit(view, amount, bitcoin=bitcoin)) and not is_compared(view, amount)
    ]
    offers = {amount: _cheapest(view, amount) for amount, _ in open_figures}
    roles = _assign(view, open_figures, offers)
    roles += _coordinated(view, open_figures, roles)
    roles += _all_of_them(view, roles)
    stored = _out_of_store(view, open_figures, roles)
    roles = [role for role in roles if role.amount not in {other.amount for other in stored}] + stored
    roles = _share_in_coins(view, open_figures, roles)
    return sorted(roles, key=lambda role: role.amount)


_ALL = re.compile(
    r"(?: off| out)? (?:(?:all|every one|each|the whole) of (?:them|it|those|these|that)|them all|them|it all|all|everything|the lot|every (?:one|coin|last one))\b(?! (?:but|of its|the|its|that|in))"
)


def _all_of_them(view: View, roles: list[Role]) -> list[Role]:
    """ "Having mined 41 bitcoin, The9 got rid of all of them": the verb takes the figure that stands before it."""
    if any(role.kind is Kind.SALE for role in roles):
        return []
    for trigger in view.triggers:
        if trigger.kind == "sale" and trigger.sort == "verb" and _ALL.match(view.lower, trigger.end, trigger.end + 40):
            earlier = [role for role in roles if role.amount.end <= trigger.start and role.kind is Kind.PRODUCTION]
            if earlier:
                return [Role(earlier[-1].amount, trigger, 1.0)]
    return []


_STORE = r"(?:reserves?|treasury|stash|stockpile|inventory|holdings?|stack|pile|hodl position|hodl|vault|position|balance|hoard)"
_FROM_STORE = re.compile(rf"(?: coins| btc| bitcoins?| more)* (?:out of|from|off) (?:its |the |our |their )?(?:[a-z-]+ ){{0,2}}{_STORE}\b")
_AND_STORE = re.compile(rf"\b(?:and|plus) (?:the|its|all|their|another)?[\w\s'-]{{0,34}}{_STORE} of (?:the )?$")
_PLUS = re.compile(r"\b(?:plus|and|with|another)(?: about| some| another| a further)? $")


def _out_of_store(view: View, figures: list[tuple[Amount, float]], roles: list[Role]) -> list[Role]:
    """ "sold what we mined, plus 200 out of our HODL position"; "sold all 189.8 BTC mined and the whole reserve of 943.1 BTC"."""
    sold = [trigger for trigger in view.triggers if trigger.kind == "sale" and trigger.sort in {"verb", "gap"}]
    known = {role.amount for role in roles if role.kind is Kind.SALE}
    found = []
    for amount, _ in figures:
        before = view.lower[max(view.sentence.start, amount.start - 60) : amount.start]
        verb = next((trigger for trigger in sold if trigger.end <= amount.start and amount.start - trigger.end < 130), None)
        if verb is None or amount in known:
            continue
        if (_PLUS.search(before) and _FROM_STORE.match(view.lower, amount.end)) or (_AND_STORE.search(before) and known):
            found.append(Role(amount, verb, 1.5, own=False))
    return found


def _share_in_coins(view: View, figures: list[tuple[Amount, float]], roles: list[Role]) -> list[Role]:
    """ "sold 51% of the 692 BTC which it produced; 353 BTC": the figure behind the whole says how many coins the share was."""
    if any(role.kind is Kind.SALE for role in roles):
        return roles
    for (whole, _), (part, _) in zip(figures, figures[1:], strict=False):
        verb = next(
            (trigger for trigger in view.triggers if trigger.kind == "sale" and trigger.sort == "verb" and trigger.end <= whole.start), None
        )
        if verb and part.value < whole.value and sale.is_share(view, whole) and not _VERB_LIKE.search(view.lower[part.end : part.end + 16]):
            return [role for role in roles if role.amount != part] + [Role(part, verb, 1.2)]
    return roles


def _limit(view: View, amount: Amount, *, bitcoin: bool) -> float:
    if amount.value > (_LARGEST if amount.counts is Counts.BTC else _LARGEST / 2):
        return 0.0
    if amount.counts is Counts.BTC and (bitcoin or not amount.loose):
        return costs.LIMIT
    return costs.LIMIT_BARE if bitcoin and _is_bare_candidate(view, amount) else 0.0


def _assign(view: View, figures: list[tuple[Amount, float]], offers: dict[Amount, dict[str, Role]]) -> list[Role]:
    """The cheapest figures choose first; a verb that has its object is not offered again, but for a coordinated one."""
    roles: list[Role] = []
    taken: dict[Trigger, Amount] = {}
    order = sorted(figures, key=lambda entry: min((role.cost for role in offers[entry[0]].values()), default=costs.FAR))
    for amount, limit in order:
        best = {kind: role for kind, role in offers[amount].items() if not _is_taken(view, role, taken)}
        for role in _parts(view, amount, limit, best):
            roles.append(role)
            taken.setdefault(role.trigger, amount)
    return roles


def _is_taken(view: View, role: Role, taken: dict[Trigger, Amount]) -> bool:
    other = taken.get(role.trigger)
    if other is None or role.trigger.sort not in {"verb", "weak", "gap", "leave", "stay"}:
        return False
    if (other.end <= role.trigger.start) != (role.amount.end <= role.trigger.start):
        return other.value != role.amount.value
    first, second = sorted((other, role.amount))
    same = other.value == role.amount.value
    return not (same or _COORDINATION.fullmatch(view.lower[first.end : second.start]))


_COORDINATION = re.compile(
    r"(?:[^.;:()]|\.\d){0,64}?(?:,|\band\b|\bplus\b|\bthen\b|\bafter\b|&)[\s,]*(?:and |after |plus |then |another |a further |further |an additional |after |additional |about |around |some |roughly |approximately |nearly |almost |more than |just |only |over |the |in [a-z]+,? |by |of |a total of |for a total of |totall?ing |in all |together |making |~)*"
)
_VERB_LIKE = re.compile(
    r"\b(?:was|were|is|are|had|has|have|will|holds?|held|mined|produced|left|remain\w*|compared|against|versus|while|but|from|leaving|after|before)\b"
)


def _coordinated(view: View, figures: list[tuple[Amount, float]], roles: list[Role]) -> list[Role]:
    """ "consigned 1,818 bitcoin in December and another 383 in November": the second figure does as the first."""
    known = {role.amount: role for role in reversed(roles)}
    found: list[Role] = []
    for (earlier, _), (amount, _) in zip(figures, figures[1:], strict=False):
        role = known.get(earlier)
        if role is None or amount in known or role.trigger.start > amount.start or role.kind is Kind.HOLDINGS:
            continue
        if _is_gapped(view, earlier, amount):
            known[amount] = Role(amount, role.trigger, role.cost + 0.5, own=False)
            found.append(known[amount])
            continue
        between = _without_names(view, max(earlier.end, min(role.trigger.end, amount.start)), amount.start)
        if _COORDINATION.fullmatch(between) and not _VERB_LIKE.search(between) and _no_verb_of_its_own(view, amount):
            known[amount] = Role(amount, role.trigger, role.cost + 0.5, own=False)
            found.append(known[amount])
    return found


_GAPPED = re.compile(rf"(?:'s)?,? ?(?:of|with|for|sold|,)? ?{_APPROX}")


def _is_gapped(view: View, earlier: Amount, amount: Amount) -> bool:
    """ "Riot let go of 1,080 BTC ..., and CleanSpark of about 159": another name with its own figure and the same verb."""
    named = [mention for mention in view.miners if earlier.end <= mention.span.start and mention.span.end <= amount.start]
    if not named or amount.counts is not Counts.BTC:
        return False
    name = named[-1].span
    before = view.lower[earlier.end : name.start].rstrip()
    return before.endswith((" and", ",", ";", " while", " by")) and bool(_GAPPED.fullmatch(view.lower[name.end : amount.start]))


def _without_names(view: View, start: int, end: int) -> str:
    text, last = "", start
    for mention in view.miners:
        if start <= mention.span.start and mention.span.end <= end:
            text, last = text + view.lower[last : mention.span.start], mention.span.end
    return text + view.lower[last:end]


def _no_verb_of_its_own(view: View, amount: Amount) -> bool:
    behind = view.lower[amount.end : min(view.sentence.end, amount.end + 24)]
    return not re.match(
        r"(?: (?:btc|coins|bitcoins?|more|were|was|are|is))* (?:mined|produced|held|remain\w*|left|in (?:reserve|custody|treasury|stock)|pledged|restricted)",
        behind,
    )


def _parts(view: View, amount: Amount, limit: float, best: dict[str, Role]) -> list[Role]:
    if not best:
        return []
    first = min(best.values(), key=lambda role: role.cost)
    sold, mined = best.get(Kind.SALE.value), best.get(Kind.PRODUCTION.value)
    if first.kind in {Kind.PRODUCTION, Kind.HOLDINGS} and first.trigger.sort == "noun":
        sold = _sold_with_noun(view, first) or sold
        if sold and sold.cost <= 1.8 and first.cost <= limit:
            return [sold, first]
    if sold and sold.cost <= 3.4 and first.kind in {Kind.PRODUCTION, Kind.HOLDINGS} and _sold_share(view, sold, first):
        return [sold]
    if first.kind is Kind.PRODUCTION and sold and sold.cost <= 2.8 and _sold_whole(view, sold, first):
        return [sold, first]
    if first.cost > (costs.LIMIT if _IN_ALL.match(view.lower, amount.end) else limit):
        return []
    if first.kind is Kind.SALE and mined and mined.cost <= 2.8 and _sold_whole(view, first, mined):
        return [first, mined]
    if first.kind is Kind.SALE and mined and mined.cost <= 1.3 and mined.trigger.start >= amount.end and mined.trigger.sort != "noun":
        return [first, mined]
    return [first]


_IN_ALL = re.compile(r" (?:in all|in total|altogether|all told|in sum)\b")
_WHOLE = re.compile(r"(?: of| off| with)? ?(?:all|everything|every \w+|whatever|(?:the|its) (?:whole|entire|full) \w+)\b[\w\s']{0,34}")


def _sold_whole(view: View, sold: Role, mined: Role) -> bool:
    """ "let go of everything it dug up in April, 463 BTC"."""
    if not sold.trigger.end <= mined.trigger.start < mined.amount.start:
        return False
    return bool(_WHOLE.fullmatch(view.lower[sold.trigger.end : mined.trigger.start]))


_SHARE = re.compile(
    r"(?: of| off| with)? ?(?:about |some |around |roughly |nearly |almost |over |more than )?(?:\d+(?:\.\d+)?%|half|most|two[ -]thirds|a third|a quarter|a fifth|part) of (?:what|its|the|all)\b[\w\s']{0,34}"
)


def _sold_share(view: View, sold: Role, other: Role) -> bool:
    """ "parted with about 60% of what it had, 4,451 bitcoins altogether"."""
    if not sold.trigger.end <= other.trigger.start < other.amount.start:
        return False
    apposed = re.fullmatch(r"[^.;]{0,24}, (?:or |about |some |namely )*", view.lower[other.trigger.end : other.amount.start])
    return bool(apposed and _SHARE.fullmatch(view.lower[sold.trigger.end : other.trigger.start]))


def _sold_with_noun(view: View, role: Role) -> Role | None:
    """ "sent its entire output, 463 BTC, to buyers"; "the week's output of 189.8 BTC was sold": what is done to the noun is done to the coins."""
    noun, amount = role.trigger, role.amount
    if noun.end > amount.start:
        if not re.fullmatch(r" (?:(?:of|on|in) )?[\w' -]{0,40}", view.lower[amount.end : noun.start]) or role.kind is not Kind.HOLDINGS:
            return None
        wide = amount._replace(end=noun.end)
    elif re.fullmatch(r"(?:,|:| of| -| –| —)?[\s(]*(?:[a-z.]+ ){0,3}[~≈]?", view.lower[noun.end : amount.start]):
        wide = amount._replace(start=noun.start)
    else:
        return None
    best = _cheapest(view, wide).get(Kind.SALE.value)
    if best is None or best.trigger.sort == "noun":
        return None
    return Role(amount, best.trigger, best.cost)


def _cheapest(view: View, amount: Amount) -> dict[str, Role]:
    best: dict[str, Role] = {}
    for trigger in view.triggers:
        rule = _COST.get(trigger.kind)
        if rule is None or trigger.start - amount.end > 160 or amount.start - trigger.end > 160:
            continue
        cost = rule(view, amount, trigger)
        known = best.get(trigger.kind)
        if cost < costs.FAR and (known is None or cost < known.cost):
            best[trigger.kind] = Role(amount, trigger, cost)
    money = _by_money(view, amount)
    if money and (Kind.SALE.value not in best or money.cost < best[Kind.SALE.value].cost):
        best[Kind.SALE.value] = money
    return best


_MONEY_MADE = re.compile(
    r"^(?:[\s,]|\b(?:which|that|and|they|these|it|coins|together|had|have|has|then|also|in [a-z]+|during [a-z]+|last month)\b)*$"
)
_MADE_ON = re.compile(r"^(?: was| were| had been)? ?$")


def _by_money(view: View, amount: Amount) -> Role | None:
    """Coins that brought money were sold: "1,900 BTC, which netted $175 million", "$10 million came from the 250 coins"."""
    for trigger in view.triggers:
        if trigger.kind != "money" or trigger.sort != "verb":
            continue
        if (
            amount.end <= trigger.start
            and _MONEY_MADE.match(view.lower[amount.end : trigger.start])
            and re.match(r"(?: \S+){0,4}? ?(?:us)?[$]\d", view.lower[trigger.end : trigger.end + 50])
        ):
            return Role(amount, trigger._replace(kind=Kind.SALE.value), 0.6)
        between = view.lower[trigger.end : amount.start]
        if trigger.end <= amount.start and re.match(
            r"^ (?:in )?(?:last month |this month |in \w+ )?(?:from|on|for) (?:the |its |about |some |those )*$", between
        ):
            before = view.lower[max(view.sentence.start, trigger.start - 40) : trigger.start]
            if re.search(r"[$]\s?[\d.,]+ ?(?:million|m|billion|bn)?(?: \w+)?(?: was| were)? $", before):
                return Role(amount, trigger._replace(kind=Kind.SALE.value), 0.6)
    return None
