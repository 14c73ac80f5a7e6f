"""The door: an article in, everything it tells out.

The article is read once into a stream of mentions (names, figures, dates, verbs and nouns of the trade, each with its place); rules,
one file for each kind of event, decide on that stream; articles in other languages have a reader of their own (`tongues`). Nothing here
knows a clock, a network or a database.
"""

from __future__ import annotations

from decimal import Decimal

from extractors.claims.find import find_claims
from extractors.clearing import clear
from extractors.mentions.amounts import Amount
from extractors.mentions.scan import scan
from extractors.mentions.stream import build
from extractors.model import Article, Event, Extraction, Kind, Span, Status
from extractors.notes.find import find_notes
from extractors.rules.draft import Draft
from extractors.rules.gather import gather
from extractors.rules.takenback import take_back
from extractors.tongues.find import find_drafts

_DEEDS = frozenset({Kind.SALE, Kind.PURCHASE, Kind.TRANSFER})


def extract(article: Article) -> Extraction:
    """Events, claims and notes of an article, each with its spans in `article.body`; the same article always gives the same."""
    seen = article.published.date() if article.published else None
    cleared = clear(article)
    body = cleared.article.body
    return Extraction(
        tuple(map(cleared.event, _events(cleared.article))),
        tuple(map(cleared.claim, find_claims(body, seen))),
        tuple(map(cleared.note, find_notes(body, seen))),
    )


def find_events(article: Article) -> tuple[Event, ...]:
    """The events alone."""
    cleared = clear(article)
    return tuple(map(cleared.event, _events(cleared.article)))


def _events(article: Article) -> tuple[Event, ...]:
    seen = article.published.date() if article.published else None
    read = scan(article.body)
    if read.language != "en":
        return tuple(_event(draft) for draft in find_drafts(read, article.body, seen))
    stream = build(article.body, seen)
    return take_back(stream, [_event(draft) for draft in gather(stream)])


def _event(draft: Draft) -> Event:
    company = draft.company
    if company is None:
        raise ValueError("a draft without a company is no event")
    return Event(
        kind=draft.kind,
        company=company.name,
        ticker=company.ticker,
        btc=_value(draft.btc),
        usd=_value(draft.usd),
        price_usd=_value(draft.price),
        status=draft.status if draft.kind in _DEEDS else Status.COMPLETED,
        purposes=draft.purposes if draft.kind is Kind.SALE else (),
        period=draft.period,
        settlement=draft.settlement if draft.kind in _DEEDS else None,
        evidence=_evidence(draft, company.span, ticker=company.ticker is not None),
    )


def _value(amount: Amount | None) -> Decimal | None:
    return None if amount is None else amount.value


def _evidence(draft: Draft, name: Span, *, ticker: bool) -> dict[str, Span]:
    evidence = {"kind": draft.anchor, "company": name}
    if ticker:
        evidence["ticker"] = name
    for field, amount in (("btc", draft.btc), ("usd", draft.usd), ("price_usd", draft.price)):
        if amount:
            evidence[field] = Span(amount.start, amount.end)
    if draft.period:
        evidence["period"] = draft.period_span or draft.anchor
    if draft.kind in _DEEDS:
        evidence["status"] = draft.status_span or draft.anchor
        if draft.settlement and draft.settlement_span:
            evidence["settlement"] = draft.settlement_span
    if draft.kind is Kind.SALE and draft.purposes and draft.purpose_span:
        evidence["purposes"] = draft.purpose_span
    return evidence
