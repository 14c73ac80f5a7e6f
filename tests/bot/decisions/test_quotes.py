"""Which price is shown, by comparison alone; none is ever made up."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.decisions.quotes import LEAP, agree_on_price
from bot.decisions.remarks import told
from bot.model import Gauge, Quote, Reading
from tests.support.remarks import said

NOW = datetime(2026, 2, 10, 9, tzinfo=UTC)


def quote(source: str, price: object, *, age: timedelta = timedelta(0), rough: bool = False) -> Quote:
    return Quote(source, Decimal(str(price)), NOW - age, rough=rough)


def before(price: object, age: timedelta = timedelta(minutes=5)) -> Reading:
    return Reading(Gauge.PRICE, Decimal(str(price)), "kraken", NOW - age)


def test_the_first_of_those_that_agree_is_shown() -> None:
    found = agree_on_price([quote("a", 70_000), quote("b", 70_500), quote("c", 69_900)], None, NOW)
    assert found.quote.source == "a"
    assert found.agreeing == ("a", "b", "c")
    assert (found.note, found.faults) == ((), {})


def test_one_that_stands_alone_is_left_out_and_named() -> None:
    found = agree_on_price([quote("a", 7_000), quote("b", 70_500), quote("c", 69_900)], None, NOW)
    assert found.quote.source == "b"
    assert said(found.faults) == {"a": "says $7,000, -90.1 % off b"}


def test_an_hourly_price_may_be_further_off() -> None:
    assert agree_on_price([quote("a", 70_000), quote("b", 71_700, rough=True)], None, NOW).agreeing == ("a", "b")
    assert told(agree_on_price([quote("a", 70_000), quote("b", 71_700)], None, NOW).note) == "b says $71,700"


def test_of_two_the_one_near_the_last_price_is_believed() -> None:
    found = agree_on_price([quote("a", 700_000), quote("b", 70_500)], before(70_000), NOW)
    assert found.quote.source == "b"
    assert said(found.faults) == {"a": "says $700,000, +892.9 % off b"}


def test_two_that_differ_within_reason_are_both_shown() -> None:
    found = agree_on_price([quote("a", 70_000), quote("b", 73_000)], before(71_000), NOW)
    assert (found.quote.source, told(found.note), found.faults) == ("a", "b says $73,000", {})


def test_a_leap_needs_a_second_source_while_the_last_price_is_remembered() -> None:
    assert agree_on_price([quote("a", 50_000)], before(70_000), NOW).quote is None
    assert agree_on_price([quote("a", 50_000), quote("b", 50_100)], before(70_000), NOW).quote.source == "a"
    assert agree_on_price([quote("a", 50_000)], before(70_000, timedelta(hours=7)), NOW).quote.source == "a"


def test_what_is_no_price_is_named() -> None:
    quotes = [
        quote("minus", -1),
        quote("zero", 0),
        quote("nan", "NaN"),
        quote("old", 70_000, age=timedelta(hours=2)),
        quote("early", 70_000, age=-timedelta(hours=1)),
        Quote("down", error="HTTP 502"),
        Quote("timeless", Decimal(70_000)),
    ]
    found = agree_on_price(quotes, None, NOW)
    assert found.quote is None
    assert set(found.faults) == {each.source for each in quotes}
    assert told(found.faults["down"]) == "HTTP 502"


prices = st.lists(st.decimals(1, 10**6, places=2), min_size=1, max_size=5)


@given(prices, st.none() | st.decimals(1, 10**6, places=2))
def test_what_is_shown_is_what_a_source_said(values: list[Decimal], last: Decimal | None) -> None:
    quotes = [quote(str(number), value) for number, value in enumerate(values)]
    found = agree_on_price(quotes, None if last is None else before(last), NOW)
    if found.quote is None:
        assert last is not None
        assert all(abs(value - last) > LEAP * min(value, last) for value in values)
        assert len(found.faults) == len(quotes)
    else:
        assert found.quote in quotes
        assert found.quote.source in found.agreeing
        named = set(found.agreeing) | set(found.faults) | {part.split(" says")[0] for part in told(found.note).split("; ") if part}
        assert named == {each.source for each in quotes}, "a disagreement is never passed over"
