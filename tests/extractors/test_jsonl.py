import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import InputError
from extractors.jsonl import (
    claim_from_json,
    claim_json,
    dumps,
    event_from_json,
    event_json,
    extraction_json,
    loads,
    note_from_json,
    note_json,
    told_from_json,
    told_json,
)
from extractors.model import (
    Bounds,
    Claim,
    Event,
    Extraction,
    Kind,
    Metric,
    Modality,
    Note,
    NoteKind,
    Period,
    Purpose,
    Span,
    Status,
    Told,
)

EVENT = Event(
    kind=Kind.SALE,
    company="Cango",
    ticker="CANG",
    btc=Decimal("4451"),
    usd=Decimal("305000000"),
    price_usd=Decimal("68524.5"),
    status=Status.COMPLETED,
    purposes=(Purpose.DEBT_REPAYMENT, Purpose.AI_HPC),
    period=Period(date(2026, 2, 7), date(2026, 2, 8)),
    settlement="USDT",
    evidence={"kind": Span(6, 10), "btc": Span(11, 20)},
)

amounts = st.none() | st.decimals(min_value=0, max_value=10**12, places=8)
spans = st.dictionaries(st.sampled_from(["kind", "btc", "usd", "period"]), st.builds(Span, st.integers(0, 99), st.integers(100, 999)))
days = st.dates(date(2009, 1, 3), date(2100, 1, 1))
events = st.builds(
    Event,
    kind=st.sampled_from(Kind),
    company=st.text(min_size=1, max_size=20),
    ticker=st.none() | st.text("ABCDEF", min_size=1, max_size=5),
    btc=amounts,
    usd=amounts,
    price_usd=amounts,
    status=st.sampled_from(Status),
    purposes=st.lists(st.sampled_from(Purpose), unique=True).map(tuple),
    period=st.none() | st.builds(Period, days, days),
    settlement=st.none() | st.just("USDT"),
    evidence=spans,
)
bounds = st.builds(Bounds, amounts, amounts, st.booleans())
claims = st.builds(
    Claim,
    metric=st.sampled_from(Metric),
    value=amounts,
    from_value=amounts,
    change_pct=amounts,
    at=st.none() | days,
    modality=st.sampled_from(Modality),
    superlative=st.none() | st.just("drop:2021"),
    evidence=spans,
    bounds=st.dictionaries(st.just("value"), bounds),
    since=st.none() | days,
    previous=st.booleans(),
    together=st.booleans(),
    extreme=st.none() | st.sampled_from(["low", "high"]),
)


def test_an_event_is_written_as_the_contract_says() -> None:
    assert json.loads(dumps(event_json(EVENT))) == {
        "kind": "sale",
        "company": "Cango",
        "ticker": "CANG",
        "btc": 4451,
        "usd": 305000000,
        "price_usd": 68524.5,
        "status": "completed",
        "purposes": ["debt_repayment", "ai_hpc"],
        "period": ["2026-02-07", "2026-02-08"],
        "settlement": "USDT",
        "evidence": {"kind": [6, 10], "btc": [11, 20]},
    }


def test_every_field_is_there_when_nothing_is_known() -> None:
    assert event_json(Event(Kind.HOLDINGS, "MARA")) == {
        "kind": "holdings",
        "company": "MARA",
        "ticker": None,
        "btc": None,
        "usd": None,
        "price_usd": None,
        "status": "completed",
        "purposes": [],
        "period": None,
        "settlement": None,
        "evidence": {},
    }
    assert set(claim_json(Claim(Metric.PUELL))) == {
        "metric",
        "value",
        "from_value",
        "change_pct",
        "at",
        "modality",
        "superlative",
        "evidence",
    }


def test_json_of_the_standard_library_can_write_it_too() -> None:
    assert json.loads(json.dumps(event_json(EVENT)))["price_usd"] == 68524.5
    assert json.loads(json.dumps(extraction_json("1", Extraction(events=(EVENT,)))))["notes"] == []


@given(events)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    assert event_from_json(loads(dumps(event_json(event)))) == event


@given(claims)
def test_a_claim_comes_back_as_it_was(claim: Claim) -> None:
    assert claim_from_json(loads(dumps(claim_json(claim)))) == claim


def test_a_note_and_a_telling_come_back_as_they_were() -> None:
    note = Note(NoteKind.APPOINTMENT, Span(3, 9), "Cango", {"who": "Jack Jin", "role": "CTO", "from": "Zoom"})
    told = Told("a1", EVENT, datetime(2026, 2, 9, 12, tzinfo=UTC), "Sample Newswire", True)
    assert note_from_json(loads(dumps(note_json(note)))) == note
    assert told_from_json(loads(dumps(told_json(told)))) == told


def test_decimals_are_written_digit_by_digit() -> None:
    amounts = [Decimal("0.10"), Decimal("1E+3"), Decimal("12345678901234567.12345678")]
    assert dumps({"a": amounts}) == '{"a": [0.10, 1000, 12345678901234567.12345678]}'


def test_a_gold_line_with_a_verdict_reads_as_a_claim() -> None:
    line = '{"metric": "difficulty", "value": null, "change_pct": -11.16, "at": "2026-02-07", "verdict": "matches"}'
    assert claim_from_json(loads(line)).change_pct == Decimal("-11.16")


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"kind": "theft", "company": "x"},
        {"kind": "sale", "company": "x", "btc": "many"},
        {"kind": "sale", "company": "x", "btc": True},
        {"kind": "sale", "company": "x", "period": ["soon", "later"]},
        {"kind": "sale", "company": "x", "evidence": {"btc": [1]}},
    ],
)
def test_what_is_no_event_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="not an event"):
        event_from_json(value)


def test_infinity_is_no_number() -> None:
    with pytest.raises(ValueError, match="Infinity"):
        loads('{"btc": Infinity}')
