"""Events, claims and notes to rows and back: nothing finer than a satoshi or a cent is lost on the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from bot.edges.store.columns import as_kept
from bot.edges.store.tables.news import ClaimRow, EventRow, NoteRow
from extractors.model import Bounds, Claim, Event, Kind, Metric, Modality, Note, NoteKind, Period, Purpose, Span, Status


def event_values(event: Event) -> dict[str, Any]:
    """The columns of an event, but for its article; StoreError if an amount is too large to be kept."""
    return {
        "kind": event.kind.value,
        "company": event.company,
        "ticker": event.ticker,
        "btc": as_kept(event.btc, 8),
        "usd": as_kept(event.usd, 2),
        "price_usd": as_kept(event.price_usd, 2),
        "status": event.status.value,
        "purposes": [purpose.value for purpose in event.purposes],
        "period_start": event.period and event.period.start,
        "period_end": event.period and event.period.end,
        "settlement": event.settlement,
        "evidence": _spans(event.evidence),
    }


def to_event(row: EventRow) -> Event:
    """The noun of a row."""
    return Event(
        kind=Kind(row.kind),
        company=row.company,
        ticker=row.ticker,
        btc=row.btc,
        usd=row.usd,
        price_usd=row.price_usd,
        status=Status(row.status),
        purposes=tuple(Purpose(purpose) for purpose in row.purposes),
        period=to_period(row.period_start, row.period_end),
        settlement=row.settlement,
        evidence=_evidence(row.evidence),
    )


def claim_values(claim: Claim) -> dict[str, Any]:
    """The columns of a claim, but for its article and verdict."""
    return {
        "metric": claim.metric.value,
        "value": claim.value,
        "from_value": claim.from_value,
        "change_pct": claim.change_pct,
        "at": claim.at,
        "modality": claim.modality.value,
        "superlative": claim.superlative,
        "bounds": {field: [_text(one.low), _text(one.high), one.about] for field, one in claim.bounds.items()},
        "since": claim.since,
        "previous": claim.previous,
        "within_start": claim.within and claim.within.start,
        "within_end": claim.within and claim.within.end,
        "extreme": claim.extreme,
        "together": claim.together,
        "evidence": _spans(claim.evidence),
    }


def to_claim(row: ClaimRow) -> Claim:
    """The noun of a row."""
    return Claim(
        metric=Metric(row.metric),
        value=row.value,
        from_value=row.from_value,
        change_pct=row.change_pct,
        at=row.at,
        modality=Modality(row.modality),
        superlative=row.superlative,
        evidence=_evidence(row.evidence),
        bounds=MappingProxyType({field: Bounds(_decimal(low), _decimal(high), about) for field, (low, high, about) in row.bounds.items()}),
        since=row.since,
        previous=row.previous,
        within=to_period(row.within_start, row.within_end),
        extreme=row.extreme,
        together=row.together,
    )


def note_values(note: Note) -> dict[str, Any]:
    """The columns of a note, but for its article."""
    return {
        "kind": note.kind.value,
        "span_start": note.span.start,
        "span_end": note.span.end,
        "company": note.company,
        "details": dict(note.details),
    }


def to_note(row: NoteRow) -> Note:
    """The noun of a row."""
    return Note(NoteKind(row.kind), Span(row.span_start, row.span_end), row.company, MappingProxyType(dict(row.details)))


def to_period(start: date | None, end: date | None) -> Period | None:
    """The period of two columns."""
    return None if start is None or end is None else Period(start, end)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _spans(evidence: Mapping[str, Span]) -> dict[str, list[int]]:
    return {field: [span.start, span.end] for field, span in evidence.items()}


def _evidence(spans: Mapping[str, list[int]]) -> Mapping[str, Span]:
    return MappingProxyType({field: Span(start, end) for field, (start, end) in spans.items()})
