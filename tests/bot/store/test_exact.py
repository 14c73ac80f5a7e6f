"""Nothing that is stored comes back otherwise: amounts, decimals as printed, spans, times, text."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.edges.store.columns import from_units, to_units
from bot.edges.store.store import Store
from bot.errors import StoreError
from bot.model import Day, Reading, plain
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
)
from tests.support.news import NOW, article

ONE_STORE = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])

coins = st.integers(0, 21_000_000 * 10**8).map(lambda satoshi: Decimal(satoshi).scaleb(-8))
dollars = st.integers(0, 10**15).map(lambda cents: Decimal(cents).scaleb(-2))
printed = st.decimals(allow_nan=False, allow_infinity=False) | st.sampled_from([Decimal("1.2586E+14"), Decimal("-11.160"), Decimal("0E-8")])
spans = st.tuples(st.integers(0, 5000), st.integers(1, 80)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
evidence = st.dictionaries(st.sampled_from(["kind", "btc", "usd", "period", "company"]), spans)
days = st.dates()
periods = st.tuples(days, days).map(lambda pair: Period(min(pair), max(pair)))

events = st.builds(
    Event,
    kind=st.sampled_from(Kind),
    company=words,
    ticker=st.none() | words,
    btc=st.none() | coins,
    usd=st.none() | dollars,
    price_usd=st.none() | dollars,
    status=st.sampled_from(Status),
    purposes=st.lists(st.sampled_from(Purpose), unique=True).map(tuple),
    period=st.none() | periods,
    settlement=st.none() | words,
    evidence=evidence,
)
claims = st.builds(
    Claim,
    metric=st.sampled_from(Metric),
    value=st.none() | printed,
    from_value=st.none() | printed,
    change_pct=st.none() | printed,
    at=st.none() | days,
    modality=st.sampled_from(Modality),
    superlative=st.none() | words,
    evidence=evidence,
    bounds=st.dictionaries(
        st.sampled_from(["value", "change_pct"]), st.builds(Bounds, st.none() | printed, st.none() | printed, st.booleans())
    ),
    since=st.none() | days,
    previous=st.booleans(),
    within=st.none() | periods,
    extreme=st.none() | st.sampled_from(["low", "high"]),
    together=st.booleans(),
)
notes = st.builds(Note, st.sampled_from(NoteKind), spans, st.none() | words, st.dictionaries(words, words, max_size=3))
extractions = st.builds(Extraction, *(st.lists(one, max_size=4).map(tuple) for one in (events, claims, notes)))


def test_an_extraction_comes_back_as_it_was(store: Store) -> None:
    number = store.articles.add(article(), None, NOW)

    @ONE_STORE
    @given(extractions)
    def comes_back(extraction: Extraction) -> None:
        store.articles.save_extraction(number, extraction, "1")
        found = store.articles.extraction(number)
        assert found == extraction
        assert repr([claim.value for claim in found.claims]) == repr([claim.value for claim in extraction.claims])  # digit for digit

    comes_back()


@given(st.integers(-(2**63) + 1, 2**63 - 1), st.sampled_from([2, 8]))
def test_amounts_are_exact_and_print_in_full(units: int, places: int) -> None:
    amount = from_units(units, places)
    assert amount == Decimal(units).scaleb(-places)
    assert to_units(amount, places) == units
    assert "E+" not in str(amount)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e19", "1e400", "92233720368.54775808"])
def test_an_amount_that_does_not_fit_is_refused(amount: str) -> None:
    with pytest.raises(StoreError, match="no amount that can be kept"):
        to_units(Decimal(amount), 8)


def test_the_middle_of_a_range_is_kept_to_the_cent() -> None:
    assert (to_units(Decimal("1.005"), 2), to_units(Decimal("1.015"), 2)) == (100, 102)


def test_times_come_back_aware_and_in_utc(store: Store) -> None:
    late = datetime(2026, 2, 10, 23, 30, 15, 123456, tzinfo=timezone(timedelta(hours=-8)))
    store.chain.record([Reading("price", Decimal("70123.45"), "kraken", late)])
    (found,) = store.chain.latest("price", late)
    assert (found.at, found.at.tzinfo) == (late, UTC)


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StoreError, match="no time zone"):
        store.chain.latest("price", datetime(2026, 2, 10))  # noqa: DTZ001 - the mistake itself


def test_days_and_readings_keep_their_digits(store: Store) -> None:
    day = Day(NOW.date(), Decimal("70000.120"), Decimal("6E+4"), Decimal("71000"), 144, Decimal("450"), "kraken")
    store.chain.record_day(day)
    store.chain.record([Reading("fees", Decimal("0.0210"), "own", NOW, plain("few transactions"))])
    assert repr(store.chain.day(NOW.date())) == repr(day)
    assert repr(store.chain.latest("fees", NOW)) == repr([Reading("fees", Decimal("0.0210"), "own", NOW, plain("few transactions"))])
