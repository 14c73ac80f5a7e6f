"""Figures that the context speaks for: items of a list, a figure without a verb, as many names as figures."""

from __future__ import annotations

from typing import NamedTuple

from extractors.mentions.amounts import Amount
from extractors.mentions.firstwords import Cue
from extractors.mentions.stream import Stream, View
from extractors.model import Kind, Span
from extractors.rules.compare import is_compared, is_of_a_day, is_of_the_past
from extractors.rules.costs import COINS
from extractors.rules.draft import Draft
from extractors.rules.habits import habitual
from extractors.rules.holdings import is_per_share
from extractors.rules.jointly import nobodys
from extractors.rules.levels import level, of_months
from extractors.rules.lists import each_of_list, figure_in_context, list_role, mined_and_gone, told_on
from extractors.rules.subjects import Focus, company_of

LARGEST = 100_000  # no miner has ever held as many coins


def listed(stream: Stream, place: int, drafts: list[Draft], earlier: list[Draft], focus: Focus) -> list[Draft]:
    """Drafts from the items of lists and from figures that the context speaks for."""
    view = stream.views[place]
    coins = [amount for amount in view.amounts if amount.counts in COINS and amount.value <= LARGEST]
    if not coins:
        return []
    known = {draft.btc for draft in drafts} | nobodys(view)
    open_figures = [amount for amount in coins if amount not in known]
    gone = mined_and_gone(stream, place, drafts) if drafts else []
    if not open_figures:
        return gone
    told = {(draft.company.name, draft.btc.value) for draft in earlier[-60:] if draft.company and draft.btc}
    found = []
    for amount in open_figures:
        role = list_role(stream, place, amount)
        if role is None or is_compared(view, amount):
            continue
        kind, trigger, company = role
        company = company or focus.current
        if company and (company.miner is None or company.miner.mines) and (company.name, amount.value) not in told:
            found.append(Draft(kind, place, Span(trigger.start, trigger.end), trigger, btc=amount, company=company, cost=2.0))
    known |= {draft.btc for draft in found}
    found += habitual(stream, place, focus) if not drafts and not found else []
    found += gone
    known |= {draft.btc for draft in found}
    for kind, amount, name in each_of_list(stream, place, {amount for amount in known if amount}):
        found.append(Draft(kind, place, Span(name.span.start, name.span.end), btc=amount, company=name, cost=2.0))
    known |= {draft.btc for draft in found}
    found += _levels(stream, place, [amount for amount in open_figures if amount not in known], earlier, focus)
    known |= {draft.btc for draft in found}
    before = {draft.kind for draft in earlier[-20:] if draft.place == place - 1}
    kinds = _Kinds(before, {draft.kind for draft in drafts} or before)
    return found + _in_context(stream, place, {amount for amount in known if amount}, kinds, focus)


def _levels(stream: Stream, place: int, left: list[Amount], earlier: list[Draft], focus: Focus) -> list[Draft]:
    """What is there at a date, and rows of months."""
    view, found = stream.views[place], []
    left = [amount for amount in left if not is_compared(view, amount) and not is_of_the_past(view, amount)]
    roles = of_months(view, left, {draft.kind for draft in earlier[-12:] if place - draft.place <= 1})
    roles += [(amount, trigger) for amount in left if (trigger := level(view, amount)) and not is_per_share(view, amount)]
    for amount, trigger in roles:
        company = company_of(view, trigger, amount.start, focus)
        if company:
            found.append(Draft(Kind(trigger.kind), place, Span(trigger.start, trigger.end), trigger, btc=amount, company=company, cost=2.0))
    return found


class _Kinds(NamedTuple):
    """What the sentence before told, and what was told last, here or there."""

    before: set[Kind]
    last: set[Kind]


def _in_context(stream: Stream, place: int, known: set[Amount], told: _Kinds, focus: Focus) -> list[Draft]:
    view = stream.views[place]
    found = []
    for amount in view.amounts:
        if amount in known or amount.counts not in COINS:
            continue
        role = figure_in_context(stream, place, amount, told.before) or told_on(stream, place, amount, told.last)
        if role is None or is_compared(view, amount) or is_of_the_past(view, amount):
            continue
        kind, trigger = role
        if kind is Kind.PRODUCTION and is_of_a_day(view, amount):
            continue
        company = company_of(view, trigger, amount.start, focus)
        if company:
            found.append(Draft(kind, place, Span(trigger.start, trigger.end), trigger, btc=amount, company=company, cost=2.0))
    return found


_EACH = Cue(r"\brespectively\b|\b(?:the two|the pair|both)\b")


def share_list(view: View, drafts: list[Draft], focus: Focus) -> None:
    """ "They liquidated 422 BTC and 365 BTC respectively": each of the companies of the sentence before gets its own."""
    if len(drafts) < 2 or not _EACH.search(view.cues, view.lower, view.sentence.start, view.sentence.end):
        return
    names = tuple(dict.fromkeys(mention for mention in view.miners)) or focus.crowd
    sold = [draft for draft in drafts if draft.btc]
    if len(names) == len(sold) > 1 and len({name.name for name in names}) == len(names):
        for draft, name in zip(sold, names, strict=True):
            draft.company = name
