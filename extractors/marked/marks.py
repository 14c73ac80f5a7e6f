"""What is to be marked: each event, claim and note as an item with a name, its fields, and the spans that say them.

Fields with the same words share one mark ("sale 1 · btc, kind"), so that a sentence does not drown in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from extractors.model import Claim, Event, Note, Period, Span


class Weighed(NamedTuple):
    """A claim with its verdict and the reason in words, both "" where nobody judged it."""

    claim: Claim
    verdict: str = ""
    reason: str = ""


class Found(NamedTuple):
    """All that an article tells, as it is shown."""

    events: Sequence[Event] = ()
    claims: Sequence[Weighed] = ()
    notes: Sequence[Note] = ()


class Mark(NamedTuple):
    """A label over a span; `family` gives the colour: a kind of event, "claim" or "note"."""

    span: Span
    label: str
    family: str


class Item(NamedTuple):
    """One thing found: its name ("sale 1"), family, filled fields in words, and the span of each field that has one."""

    name: str
    family: str
    fields: Mapping[str, str]
    spans: Mapping[str, Span]


def items_of(found: Found) -> list[Item]:
    """Events, claims, notes in their order, numbered within each family."""
    named: dict[str, int] = {}
    items = []
    for family, fields, spans in _described(found):
        named[family] = named.get(family, 0) + 1
        items.append(Item(f"{family} {named[family]}", family, {name: words for name, words in fields.items() if words}, spans))
    return items


def marks_of(items: Iterable[Item]) -> list[Mark]:
    """A mark for every span of every item, labelled with the fields that it says."""
    marks = []
    for item in items:
        said: dict[Span, list[str]] = {}
        for field, span in item.spans.items():
            said.setdefault(Span(*span), []).append(_name(field))
        marks += [Mark(span, f"{item.name} · {', '.join(fields)}", item.family) for span, fields in said.items()]
    return marks


def _described(found: Found) -> Iterator[tuple[str, dict[str, str], Mapping[str, Span]]]:
    for event in found.events:
        yield event.kind.value, _event(event), event.evidence
    for weighed in found.claims:
        yield "claim", _claim(weighed), weighed.claim.evidence
    for note in found.notes:
        yield "note", _note(note), {note.kind.value: note.span}


def _event(event: Event) -> dict[str, str]:
    return {
        "company": event.company + (f" ({event.ticker})" if event.ticker else ""),
        "btc": _figure(event.btc),
        "usd": _figure(event.usd),
        "price_usd": _figure(event.price_usd),
        "status": event.status.value if "status" in event.evidence else "",  # output and balances have none
        "period": _days(event.period),
        "purposes": ", ".join(purpose.value for purpose in event.purposes),
        "settlement": event.settlement or "",
    }


def _claim(weighed: Weighed) -> dict[str, str]:
    claim = weighed.claim
    return {
        "metric": claim.metric.value,
        "value": _figure(claim.value),
        "from_value": _figure(claim.from_value),
        "change_pct": "" if claim.change_pct is None else f"{claim.change_pct:+f} %",
        "at": _day(claim.at),
        "superlative": claim.superlative or "",
        "modality": claim.modality.value,
        "verdict": weighed.verdict,
        "reason": weighed.reason,
    }


def _note(note: Note) -> dict[str, str]:
    return {"kind": note.kind.value, "company": note.company or "", **note.details}


def _name(field: str) -> str:
    return field.removesuffix("_usd")


def _figure(value: Decimal | None) -> str:
    """Digits as printed, but "$96.0 million" is no broken number of dollars."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,f}"


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _days(value: Period | None) -> str:
    if value is None:
        return ""
    return _day(value.start) if value.start == value.end else f"{_day(value.start)} to {_day(value.end)}"
