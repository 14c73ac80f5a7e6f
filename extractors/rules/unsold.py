"""Coins that are still there, as a sale that is to come or is only thought of says: "its last 1,500 BTC are to be sold", "had it sold
its 12,500 bitcoin in May ...".
"""

from __future__ import annotations

import re

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import View
from extractors.model import Kind, Span, Status
from extractors.rules.compare import APPROX
from extractors.rules.draft import Draft
from extractors.rules.offers import Role
from extractors.rules.status import is_supposed
from extractors.rules.subjects import Focus, company_of

_REST = r"last|remaining|rest of (?:its|the|their)|entire|whole|all (?:of )?(?:its|the|their)|remainder of (?:its|the|their)"
_ALL_IT_HAS = Cue(rf"\b(?:{_REST}|all) (?:\w+ )?{APPROX}$")
_REMAINING = Cue(rf"\b(?:{_REST}|other) {APPROX}$")
_ITS = re.compile(
    rf"(?:\b(?:its|their|our|all the|the (?:company|miner|firm)'s)|'s?)(?: (?:remaining|last|own|total|entire|whole|current|existing))*"
    rf" {APPROX}$"
)
_OF_MINING = re.compile(r" (?:\w+ )?(?:mined|produced|output|production|earned|sale|sold|of (?:output|production))\b")


def unsold_coins(view: View, place: int, roles: list[Role], drafts: list[Draft], focus: Focus) -> list[Draft]:
    """What a sentence that sells nothing yet says is held; `drafts` are those of the roles."""
    found: list[Draft] = []
    companies = {(draft.btc, draft.trigger): draft for draft in drafts if draft.kind is Kind.SALE}
    for role in roles:
        if role.kind is not Kind.SALE or role.amount.counts is not Counts.BTC or _OF_MINING.match(view.lower, role.amount.end):
            continue
        sale = companies.get((role.amount, role.trigger))
        if sale is None:
            company = company_of(view, role.trigger, role.amount.start, focus) if _is_undone(view, role) else None
        else:
            company = sale.company if sale.status is Status.PLANNED and _is_all(view, role) else None
        if company:
            anchor = Span(role.trigger.start, role.trigger.end)
            found.append(Draft(Kind.HOLDINGS, place, anchor, role.trigger, btc=role.amount, company=company, cost=2.0))
    return found


def _before(view: View, amount: Amount) -> int:
    return max(view.sentence.start, amount.start - 50)


def _is_all(view: View, role: Role) -> bool:
    """ "to part with its last 1,500 BTC this year", "the remaining 640 BTC are to be sold"."""
    words = _ALL_IT_HAS if role.trigger.end <= role.amount.start else _REMAINING
    return words.search(view.cues, view.lower, _before(view, role.amount), role.amount.start) is not None


def _is_undone(view: View, role: Role) -> bool:
    """ "Had it sold its 12,500 bitcoin in January": only thought of, and all that it has."""
    if not _ITS.search(view.lower, _before(view, role.amount), role.amount.start):
        return False
    return role.trigger.end <= role.amount.start and is_supposed(view, role.trigger)
