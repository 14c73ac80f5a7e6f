"""The amounts of coins that an event's article takes back, as the event's evidence keeps them: under "not 3500" the words of that figure.

They are evidence and no field, so that whatever keeps events keeps them with the spans.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from extractors.model import Event, Span

_NOT = "not "


def denying(event: Event, wrong: Mapping[Decimal, Span]) -> Event:
    """The event, with amounts in BTC that its article takes back and the words of each."""
    return replace(event, evidence={**event.evidence, **{f"{_NOT}{value:f}": span for value, span in wrong.items()}}) if wrong else event


def denied(event: Event) -> frozenset[Decimal]:
    """The amounts in BTC that the event's article takes back; a key that holds no number counts for nothing.

    >>> from extractors.model import Kind
    >>> denied(Event(Kind.SALE, "Riot Platforms", evidence={"btc": Span(0, 3), "not 3500": Span(9, 14)}))
    frozenset({Decimal('3500')})
    """
    return frozenset(value for key in event.evidence if key.startswith(_NOT) and (value := _decimal(key.removeprefix(_NOT))) is not None)


def _decimal(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
