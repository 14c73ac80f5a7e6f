"""Events, claims, notes and tellings as JSON and back, as the command line writes them.

Amounts are JSON numbers, dates ISO texts, a period and a span a list of two; every field is always present. `dumps` writes
decimals digit by digit, and `loads` reads every number with a point as a Decimal, so that nothing passes through a rounding.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from extractors.errors import InputError
from extractors.model import Bounds, Claim, Event, Extraction, Kind, Metric, Modality, Note, NoteKind, Period, Purpose, Span, Status, Told

_EXACT_DIGITS = 15  # a double holds any decimal of so many digits


def extraction_json(article_id: str, extraction: Extraction) -> dict[str, Any]:
    """What `extract` writes for one article: its id, events, claims and notes."""
    return {
        "id": article_id,
        "events": [event_json(event) for event in extraction.events],
        "claims": [claim_json(claim) for claim in extraction.claims],
        "notes": [note_json(note) for note in extraction.notes],
    }


def event_json(event: Event) -> dict[str, Any]:
    """An event with the fields of `data/gold/README.md` and `evidence`: the span of each filled field."""
    return {
        "kind": event.kind.value,
        "company": event.company,
        "ticker": event.ticker,
        "btc": number(event.btc),
        "usd": number(event.usd),
        "price_usd": number(event.price_usd),
        "status": event.status.value,
        "purposes": [purpose.value for purpose in event.purposes],
        "period": [day.isoformat() for day in event.period] if event.period else None,
        "settlement": event.settlement,
        "evidence": _spans_json(event.evidence),
    }


def claim_json(claim: Claim) -> dict[str, Any]:
    """A claim with the fields of `data/gold/CLAIMS.md` but the verdict, and `evidence`.

    What only sharpens a claim (`bounds`, `since`, `previous`, `within`, `extreme`, `together`) is written where there is something to say.
    """
    sharper = {
        "bounds": {name: [number(bound.low), number(bound.high), bound.about] for name, bound in claim.bounds.items()},
        "since": claim.since.isoformat() if claim.since else None,
        "previous": claim.previous,
        "within": [day.isoformat() for day in claim.within] if claim.within else None,
        "extreme": claim.extreme,
        "together": claim.together,
    }
    return {
        "metric": claim.metric.value,
        "value": number(claim.value),
        "from_value": number(claim.from_value),
        "change_pct": number(claim.change_pct),
        "at": claim.at.isoformat() if claim.at else None,
        "modality": claim.modality.value,
        "superlative": claim.superlative,
        "evidence": _spans_json(claim.evidence),
        **{name: value for name, value in sharper.items() if value},
    }


def note_json(note: Note) -> dict[str, Any]:
    """A note: kind, company or null, the details of its kind, its span."""
    return {"kind": note.kind.value, "company": note.company, "details": dict(note.details), "span": list(note.span)}


def told_json(told: Told) -> dict[str, Any]:
    """An event's fields with the article that tells it."""
    return {
        "article": told.article_id,
        "published": told.published.isoformat() if told.published else None,
        "source": told.source,
        "primary": told.primary,
        **event_json(told.event),
    }


def event_from_json(value: Mapping[str, Any]) -> Event:
    """The event that `event_json` wrote; absent fields are empty. InputError names what is wrong."""
    try:
        return Event(
            kind=Kind(value["kind"]),
            company=value["company"],
            ticker=value.get("ticker"),
            btc=_decimal(value.get("btc")),
            usd=_decimal(value.get("usd")),
            price_usd=_decimal(value.get("price_usd")),
            status=Status(value.get("status") or Status.COMPLETED),
            purposes=tuple(Purpose(purpose) for purpose in value.get("purposes") or ()),
            period=_period(value.get("period")),
            settlement=value.get("settlement"),
            evidence=_spans(value.get("evidence")),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise InputError(f"not an event: {_what(error)}") from None


def claim_from_json(value: Mapping[str, Any]) -> Claim:
    """The claim that `claim_json` wrote; further fields (a verdict) are passed over. InputError names what is wrong."""
    try:
        return Claim(
            metric=Metric(value["metric"]),
            value=_decimal(value.get("value")),
            from_value=_decimal(value.get("from_value")),
            change_pct=_decimal(value.get("change_pct")),
            at=date.fromisoformat(value["at"]) if value.get("at") else None,
            modality=Modality(value.get("modality") or Modality.FACT),
            superlative=value.get("superlative"),
            evidence=_spans(value.get("evidence")),
            bounds={name: _bounds(*bound) for name, bound in (value.get("bounds") or {}).items()},
            since=date.fromisoformat(value["since"]) if value.get("since") else None,
            previous=bool(value.get("previous")),
            together=bool(value.get("together")),
            within=_period(value.get("within")),
            extreme=value.get("extreme"),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise InputError(f"not a claim: {_what(error)}") from None


def note_from_json(value: Mapping[str, Any]) -> Note:
    """The note that `note_json` wrote. InputError names what is wrong."""
    try:
        return Note(NoteKind(value["kind"]), Span(*value["span"]), value.get("company"), dict(value.get("details") or {}))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"not a note: {_what(error)}") from None


def told_from_json(value: Mapping[str, Any]) -> Told:
    """The telling that `told_json` wrote. InputError names what is wrong."""
    published = value.get("published")
    try:
        moment = read_moment(published) if published else None
        return Told(value["article"], event_from_json(value), moment, value.get("source"), bool(value.get("primary")))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"not a telling: {_what(error)}") from None


def read_moment(text: str) -> datetime:
    """An aware UTC time from an ISO date or time; a day is its midnight, no zone is UTC. ValueError if it is neither."""
    moment = datetime.fromisoformat(text.strip())
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def loads(line: str | bytes) -> Any:
    """A JSON value, numbers with a point as Decimal. ValueError if it is none."""
    return json.loads(line, parse_float=Decimal, parse_constant=_refuse)


def dumps(value: Any) -> str:
    """One line of JSON in which decimals keep every digit."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(str(key))}: {dumps(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(dumps(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def number(value: Decimal | None) -> int | float | Decimal | None:
    """An int if whole, a float if that is exact as printed, else the decimal itself (which only `dumps` can write)."""
    if value is None:
        return None
    if value == value.to_integral_value():
        return int(value)
    return float(value) if len(value.as_tuple().digits) <= _EXACT_DIGITS else value


def _decimal(value: Any) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal, str)):
        raise ValueError(f"{value!r} is not a number")
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(f"{value!r} is not a number")
    return number


def _bounds(low: Any, high: Any, about: Any) -> Bounds:
    return Bounds(_decimal(low), _decimal(high), bool(about))


def _period(value: Any) -> Period | None:
    return Period(*(date.fromisoformat(day) for day in value)) if value else None


def _spans_json(spans: Mapping[str, Span]) -> dict[str, list[int]]:
    return {name: list(span) for name, span in spans.items()}


def _spans(value: Any) -> dict[str, Span]:
    return {name: Span(*span) for name, span in (value or {}).items()}


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not a number")


def _what(error: Exception) -> str:
    return f"no {error.args[0]}" if isinstance(error, KeyError) else str(error)
