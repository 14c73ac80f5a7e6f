"""Which figure plays which part: every figure of a sentence is offered to every trigger, and the cheapest reading wins.

Figures of a comparison ("against 466 in May", "down from 8,058"), rates and coins that are not bitcoin take no part.
"""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.stream import View
from extractors.model import Kind
from extractors.rules import costs
from extractors.rules.anaphora import all_of_them
from extractors.rules.bare import counts_as_before, is_a_price, is_bare_candidate
from extractors.rules.compare import is_compared
from extractors.rules.coordination import COORDINATION, coordinated
from extractors.rules.latest import RUNNING, last_part
from extractors.rules.offers import Role, cheapest
from extractors.rules.partitive import is_part_of_coins
from extractors.rules.wholes import IN_ALL, another_between, in_sum, out_of_store, share_in_coins, sold_share, sold_whole, sold_with_noun

_LARGEST = 100_000  # no miner has ever held as much
_LARGEST_BARE = 70_000


def find_roles(view: View, *, bitcoin: bool) -> list[Role]:
    """The part of each figure that has one, or both if it was mined and sold; `bitcoin` says whether "coins" are bitcoin here."""
    open_figures = [
        (amount, limit) for amount in view.amounts if (limit := _limit(view, amount, bitcoin=bitcoin)) and not is_compared(view, amount)
    ]
    if not open_figures:
        return all_of_them(view, [])
    offers = {amount: cheapest(view, amount) for amount, _ in open_figures}
    roles = _assign(view, open_figures, offers)
    if stored := out_of_store(view, open_figures, roles):
        elsewhere = {role.amount for role in stored}
        roles = [role for role in roles if role.amount not in elsewhere] + stored
    if len(open_figures) > 1:
        roles += coordinated(view, open_figures, roles)
    roles += all_of_them(view, roles)
    if len(open_figures) > 1:
        roles = last_part(view, open_figures, roles) if view.cues & RUNNING.bit else roles
        roles = in_sum(open_figures, share_in_coins(view, open_figures, roles))
    return sorted(roles, key=_figure_of) if len(roles) > 1 else roles


def _figure_of(role: Role) -> Amount:
    return role.amount


def _limit(view: View, amount: Amount, *, bitcoin: bool) -> float:
    if amount.value > (_LARGEST if amount.counts is Counts.BTC else _LARGEST_BARE):
        return 0.0
    if amount.counts is Counts.BARE and (is_a_price(view, amount) or counts_as_before(view, amount)):
        return 0.0
    if amount.counts is Counts.BTC and (bitcoin or not amount.loose):
        return costs.LIMIT
    if not (bitcoin and is_bare_candidate(view, amount)):
        return 0.0
    return costs.LIMIT if is_part_of_coins(view, amount) else costs.LIMIT_BARE


def _assign(view: View, figures: list[tuple[Amount, float]], offers: dict[Amount, dict[str, Role]]) -> list[Role]:
    """The cheapest figures choose first; a verb that has its object is not offered again, but for a coordinated one."""
    roles: list[Role] = []
    taken: dict[tuple[int, str], Amount] = {}
    for amount, limit in sorted(figures, key=lambda entry: _least(offers[entry[0]])) if len(figures) > 1 else figures:
        best = offers[amount]
        if taken:
            best = {kind: role for kind, role in best.items() if not _is_taken(view, role, taken)}
        for role in _parts(view, amount, limit, best):
            roles.append(role)
            taken.setdefault((role.trigger.start, role.trigger.kind), amount)
    return roles


def _least(offered: dict[str, Role]) -> float:
    return min([role.cost for role in offered.values()], default=costs.FAR)


def _is_taken(view: View, role: Role, taken: dict[tuple[int, str], Amount]) -> bool:
    other = taken.get((role.trigger.start, role.trigger.kind))
    if other is None or role.trigger.sort not in {"verb", "weak", "gap", "leave", "stay"}:
        return False
    if (other.end <= role.trigger.start) != (role.amount.end <= role.trigger.start):
        return other.value != role.amount.value
    first, second = sorted((other, role.amount))
    same = other.value == role.amount.value
    return not (same or COORDINATION.fullmatch(view.lower[first.end : second.start]))


def _parts(view: View, amount: Amount, limit: float, best: dict[str, Role]) -> list[Role]:
    """What a figure is: the cheapest reading, or a sale and the output that was sold."""
    if not best:
        return []
    first, *more = best.values()
    for role in more:
        if role.cost < first.cost:
            first = role
    both = _sold_and_more(view, first, best, limit)
    if both:
        return both
    if first.cost > limit and (first.cost > costs.LIMIT or not IN_ALL.match(view.lower, amount.end)):
        return []
    mined = best.get(Kind.PRODUCTION)
    return [first, mined] if mined and first.kind is Kind.SALE and _is_mined_too(view, first, mined) else [first]


def _is_mined_too(view: View, sold: Role, mined: Role) -> bool:
    """ "sold 463 BTC mined in April", "cashed in every coin that it made, 334 in all"."""
    if mined.cost <= 2.8 and sold_whole(view, sold, mined):
        return True
    if mined.trigger.start < mined.amount.end or mined.trigger.sort == "noun":
        return False
    if another_between(view, mined.amount, mined.trigger):
        return False  # "sold 12.6 bitcoin out of 706 produced"
    relative = _THAT_IT.fullmatch(view.lower, mined.amount.end, mined.trigger.start)
    return mined.cost <= (2.6 if relative else 1.3)


_THAT_IT = re.compile(r" (?:that |which )?(?:it|they|we|the company|the miner|its (?:machines|rigs|fleet))(?: had| has| have)? ")


def _sold_and_more(view: View, first: Role, best: dict[str, Role], limit: float) -> list[Role]:
    """The readings of a figure that stands nearer to mining or holding and was sold all the same."""
    sold = best.get(Kind.SALE)
    if first.kind not in {Kind.PRODUCTION, Kind.HOLDINGS}:
        return []
    if first.trigger.sort == "noun":
        sold = sold_with_noun(view, first) or sold
        if sold and not another_between(view, first.amount, sold.trigger) and sold.cost <= 1.8 and first.cost <= limit:
            return [sold, first]
    if sold is None:
        return []
    if (sold.cost <= _HELD_LIMIT and _held_then_sold(view, first, sold)) or (sold.cost <= 3.4 and sold_share(view, sold, first)):
        return [sold]
    then_sold = sold.cost <= 3.6 and _mined_then_sold(view, first, sold)
    return [sold, first] if then_sold or (first.kind is Kind.PRODUCTION and _is_object_of(view, sold, first)) else []


_PARTED = re.compile(r"[,;:]|\b(?:and|while|but|after)\b")
_FINITE = re.compile(r"\b(?:was|were|been|being|got)\b(?: \w+ly| then| later| all)? $")
_HELD_LIMIT = 3.2
# "The 61 coins still on its books at New Year were turned into dollars"
_LYING = re.compile(r"(?: (?:coins|bitcoins?|btc|still|left|in|on|at|within|its|the|their|our|own|company|cold|corporate))* ")
_STILL = re.compile(r"\b(?:was|were|is|are|be|been) $")


def _held_then_sold(view: View, held: Role, sold: Role) -> bool:
    """ "118.6 BTC held as security were liquidated": the participle belongs to the coins, the verb is the other one."""
    first, last = held.trigger, sold.trigger
    if held.kind is not Kind.HOLDINGS or not (first.form == "past" or _LYING.fullmatch(view.lower, held.amount.end, first.start)):
        return False
    if not held.amount.end <= first.start < first.end <= last.start or _STILL.search(view.lower, held.amount.end, first.start):
        return False
    way = view.lower[first.end : last.start]
    return bool(_FINITE.search(way)) and not _PARTED.search(way)


def _mined_then_sold(view: View, mined: Role, sold: Role) -> bool:
    """ "The 118 BTC mined in August went to buyers": the participle belongs to the coins, the verb tells what became of them."""
    first, last = mined.trigger, sold.trigger
    if mined.kind is not Kind.PRODUCTION or first.form != "past" or first.start < mined.amount.end:
        return False
    if (
        first.start > mined.amount.end + 1
        and first.sort != "come"
        and not _THAT_MINER.fullmatch(view.read.text, mined.amount.end, first.start)
    ):
        return False
    if first.end > last.start or another_between(view, mined.amount, last):
        return False
    way = view.lower[first.end : last.start]
    if first.sort == "come" or _WAS_BEFORE.search(view.lower, mined.amount.end, first.start):
        return _AND_WERE.fullmatch(way) is not None
    finite = (last.sort == "leave" and last.form == "past") or _FINITE.search(way)
    return bool(finite) and not _PARTED.search(way)


# "104 bitcoin came out of its rigs from January to March and were turned straight into dollars"
_AND_WERE = re.compile(r"[^,;:.]{0,60} and (?:were|was|have been|had been)(?: \w+ly| all| then| also)? ")
_WAS_BEFORE = re.compile(r"^ (?:\w+ )?(?:were|was|have been|had been) $")
# "The 31 BTC it mined in June were sold", "Each of the 545 bitcoins IREN mined ..."
_THAT_MINER = re.compile(
    r" (?:that |which )?(?:it|they|we|the (?:company|miner|firm)|its (?:machines|rigs|fleet)"
    r"|[A-Z][\w.]*(?: [A-Z0-9][\w.]*){0,2})(?: had| has| have)? "
)


def _is_object_of(view: View, sold: Role, mined: Role) -> bool:
    """ "let go of everything it dug up, 463 BTC", "sold all the 189.8 BTC mined in the week"."""
    if sold.cost <= 2.8 and sold_whole(view, sold, mined):
        return True
    if not (sold.cost <= _OBJECT_LIMIT and sold.trigger.end <= mined.amount.start and mined.amount.end <= mined.trigger.start):
        return False
    return not _SET_AGAINST.search(view.lower, sold.trigger.end, mined.amount.start)


_OBJECT_LIMIT = 1.3
_SET_AGAINST = re.compile(r"\b(?:against|versus|vs|beside|next to|out of|compared (?:with|to))\b")  # "74.3 were let go, against 69.2 mined"
