"""All drafts of an article in another language: sentence by sentence, then dollars, dates and purposes from the sentences behind."""

from __future__ import annotations

import re
from datetime import date

from extractors.mentions import calendar as cal
from extractors.mentions.dates import DateMention
from extractors.mentions.scan import Scan
from extractors.mentions.stream import View
from extractors.model import Kind, Span, Status
from extractors.rules.draft import Draft
from extractors.rules.retracted import without_retracted
from extractors.rules.settle import settle
from extractors.tongues.money import attach_later, attach_money, dollars_alone
from extractors.tongues.purposes import find_purposes
from extractors.tongues.retracted import is_retracted
from extractors.tongues.roles import Role, find_roles
from extractors.tongues.sentences import stream_of
from extractors.tongues.standing import standing
from extractors.tongues.subjects import Focus, company_of, is_miner, move_focus, topic_of
from extractors.tongues.times import carried, date_drafts, date_from, date_later, date_levels, report_of
from extractors.tongues.ways import LIMIT, way
from extractors.tongues.words import Tongue, tongue

_MOST_DRAFTS = 400  # of an article
_MOST_PAIRS = 300  # of a sentence: one with more is no prose
_LATER = 2  # sentences behind a sale that may tell its dollars and its date
_DEEDS = frozenset({Kind.SALE, Kind.PURCHASE, Kind.TRANSFER})
_BITCOIN = re.compile(r"bitcoin|\bbtc|биткоин|биткойн|比特币")


def find_drafts(read: Scan, body: str, seen: date | None) -> list[Draft]:
    """The settled drafts of an article in order."""
    language = tongue(read.language)
    stream = stream_of(read, language, body, seen)
    bitcoin = bool(_BITCOIN.search(read.lower)) or any(is_miner(mention) for mention in stream.miners)
    focus = Focus(topic_of(stream, language))
    drafts: list[Draft] = []
    report, known = report_of(stream), None
    times: list[DateMention | None] = []  # the time that the body told of before each sentence
    for place, view in enumerate(stream.views):
        here = _drafts_of(view, place, focus, language, bitcoin=bitcoin) if len(drafts) < _MOST_DRAFTS else []
        attach_money(view, here, language)
        date_drafts(view, here, language)
        for sale in _open_sales(drafts, place) if not any(draft.kind is Kind.SALE for draft in here) else []:
            _complete(view, sale, language)
        times.append(known)
        known = carried(view, known, language) if place else None
        date_levels(view, here, known or report, language)
        drafts += here
        move_focus(view, focus, language)
    drafts = without_retracted(drafts, lambda draft: is_retracted(stream, draft, language))
    for draft in drafts:
        date_from(report or times[draft.place], draft)
    _present_holdings(drafts, seen)
    find_purposes(stream, drafts, language)
    return settle(drafts, seen)


def _drafts_of(view: View, place: int, focus: Focus, language: Tongue, *, bitcoin: bool) -> list[Draft]:
    if not view.amounts or len(view.amounts) * len(view.triggers) > _MOST_PAIRS:
        return []
    roles = find_roles(view, language, bitcoin=bitcoin)
    drafts = [draft for role in roles if (draft := _draft(view, place, role, focus, language))]
    if not any(role.kind is Kind.SALE for role in roles):
        drafts += _dollar_sale(view, place, focus, language)
    return drafts


def _draft(view: View, place: int, role: Role, focus: Focus, language: Tongue) -> Draft | None:
    kind, amount, trigger, said = role.kind, role.amount, role.trigger, role.said
    if said is None or (kind not in _DEEDS and said.status is not Status.COMPLETED):
        return None
    if kind is Kind.PRODUCTION and language.has("time.since", view.lower, view.sentence.start, amount.start):
        return None  # a running total
    if kind is Kind.TRANSFER and not language.has("transfer.places", view.lower, view.sentence.start, view.sentence.end):
        return None
    company = company_of(view, trigger, amount, focus, language)
    if company is None:
        return None
    own = trigger.end > amount.start or not any(amount.start > other.start > trigger.end for other in view.amounts)
    draft = Draft(kind, place, Span(trigger.start, trigger.end), trigger, btc=amount, company=company, cost=role.cost, own=own)
    if kind in _DEEDS:
        draft.status, draft.status_span = said.status, said.span
    return draft


def _dollar_sale(view: View, place: int, focus: Focus, language: Tongue) -> list[Draft]:
    """ "vendió 200 millones de dólares en bitcoin": a sale told in dollars alone."""
    for money in dollars_alone(view, language):
        for trigger in view.triggers:
            first, last = min(trigger.start, money.start), max(trigger.end, money.end)
            near = way(view, min(trigger.end, money.end), max(trigger.start, money.start), language) <= LIMIT / 2
            coins = _BITCOIN.search(view.lower, first, min(view.sentence.end, last + 24))
            if trigger.kind != Kind.SALE or not near or not coins or language.has("who.goods", view.lower, first, last):
                continue
            said = standing(view, trigger, money, language)
            company = company_of(view, trigger, money, focus, language)
            if said and company:
                anchor = Span(trigger.start, trigger.end)
                return [Draft(Kind.SALE, place, anchor, trigger, usd=money, company=company, status=said.status, status_span=said.span)]
    return []


def _open_sales(drafts: list[Draft], place: int) -> list[Draft]:
    """The sale that the sentence before told, if it told one only."""
    for back in range(1, _LATER + 1):
        sales = [draft for draft in drafts[-12:] if draft.kind is Kind.SALE and draft.btc and draft.place == place - back]
        if sales:
            return sales if len(sales) == 1 else []
    return []


def _complete(view: View, sale: Draft, language: Tongue) -> None:
    named = {mention.name for mention in view.miners if is_miner(mention)}
    if named and sale.company and sale.company.name not in named:
        return
    attach_later(view, sale, language)
    if sale.period is None:
        date_later(view, sale, language)


def _present_holdings(drafts: list[Draft], seen: date | None) -> None:
    """Holdings without a date are those of the day of publication."""
    for draft in drafts:
        if seen and draft.kind is Kind.HOLDINGS and draft.period is None:
            draft.period = cal.one_day(seen)
