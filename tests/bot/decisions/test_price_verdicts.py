"""Prices against the stored days: near a close holds, far from both is wrong, and without days nothing can be told."""

from datetime import date
from decimal import Decimal

import pytest

from bot.decisions.closes import shipped_closes
from bot.decisions.remarks import told
from bot.decisions.verdicts import Facts, judge_each
from bot.model import Day, Verdict
from extractors.model import Bounds, Claim, Metric
from tests.support.claims import facts

MARKET = facts(prices=True)
SEEN = date(2026, 2, 8)  # closes: 69,269 on the 7th, 70,305 on the 8th


def price(value: str | None = None, **told: object) -> Claim:
    return Claim(Metric.PRICE, value=None if value is None else Decimal(value), **told)  # type: ignore[arg-type]


def verdict(claim: Claim, seen: date | None = SEEN, known: Facts = MARKET) -> Verdict:
    (judged,) = judge_each([claim], seen, known)
    return judged.verdict


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("70300", Verdict.ROUNDS_TO),
        ("69000", Verdict.ROUNDS_TO),
        ("72000", Verdict.ROUNDS_TO),
        ("73100", Verdict.UNCHECKABLE),
        ("80100", Verdict.CONTRADICTS),
    ],
)
def test_a_price_of_a_day_is_held_against_two_closes(value: str, expected: Verdict) -> None:
    assert verdict(price(value, at=SEEN)) is expected


def test_a_price_without_a_day_is_never_denied() -> None:
    assert verdict(price("80100")) is Verdict.UNCHECKABLE
    assert verdict(price("69000")) is Verdict.ROUNDS_TO


def test_a_range_holds_where_the_close_lies_in_it() -> None:
    ends = Bounds(Decimal(62000), Decimal(63000))
    assert verdict(price("62500", at=date(2026, 2, 5), bounds={"value": ends})) is Verdict.ROUNDS_TO


def test_a_low_is_held_against_the_weeks_meant() -> None:
    assert verdict(price("60000", extreme="low")) is Verdict.ROUNDS_TO
    assert verdict(price("40000", extreme="low")) is Verdict.UNCHECKABLE
    assert verdict(price("60000", extreme="low"), date(2025, 10, 6)) is Verdict.UNCHECKABLE


def test_a_record_is_held_against_the_year() -> None:
    assert verdict(price("126500", extreme="high", superlative="high:all")) is Verdict.ROUNDS_TO
    assert verdict(price("150000", extreme="high", superlative="high:all")) is Verdict.UNCHECKABLE


def test_a_day_traded_through_a_price_even_if_it_closed_elsewhere() -> None:
    day = Day(SEEN, price_close=Decimal(70000), price_low=Decimal(60000), price_high=Decimal(71000))
    assert verdict(price("61000", at=SEEN), known=Facts(MARKET.retargets, {SEEN: day})) is Verdict.ROUNDS_TO


@pytest.mark.parametrize(
    ("value", "expected"),
    [("62000", Verdict.ROUNDS_TO), ("59000", Verdict.ROUNDS_TO), ("67000", Verdict.UNCHECKABLE), ("50000", Verdict.CONTRADICTS)],
)
def test_a_day_that_is_not_over_is_held_against_its_readings(value: str, expected: Verdict) -> None:
    before, today = Day(date(2026, 2, 7), price_close=Decimal(69000)), Day(SEEN, price_low=Decimal(60000), price_high=Decimal(64000))
    [judged] = judge_each([price(value, at=SEEN)], SEEN, Facts(MARKET.retargets, {before.day: before, SEEN: today}))
    assert (judged.verdict, told(judged.reason)) == (expected, "market $60,000 to $64,000")


def test_the_close_before_alone_denies_only_what_is_far_off() -> None:
    before = Facts(MARKET.retargets, {date(2026, 2, 7): Day(date(2026, 2, 7), price_close=Decimal(88431))})
    assert verdict(price("61000", at=SEEN), known=before) is Verdict.CONTRADICTS
    assert verdict(price("75000", at=SEEN), known=before) is Verdict.UNCHECKABLE
    assert verdict(price("61000"), known=before) is Verdict.UNCHECKABLE


def test_a_fall_from_the_peak_is_held_against_the_highest_of_the_year() -> None:
    assert verdict(price(change_pct=Decimal(-50), extreme="high"), date(2026, 2, 5)) is Verdict.ROUNDS_TO
    assert verdict(price(change_pct=Decimal(-20), extreme="high"), date(2026, 2, 5)) is Verdict.UNCHECKABLE
    assert verdict(price(change_pct=Decimal(-11))) is Verdict.UNCHECKABLE


def test_a_change_beside_a_level_needs_what_it_counts_from() -> None:
    assert verdict(price("90000", from_value=Decimal(126000), change_pct=Decimal(-28)), date(2025, 12, 11)) is Verdict.ROUNDS_TO
    assert verdict(price("70076", change_pct=Decimal("-0.54"))) is Verdict.UNCHECKABLE


def test_without_stored_days_no_price_can_be_told() -> None:
    bare = facts(prices=False)
    assert verdict(price("80100", at=SEEN), known=bare) is Verdict.UNCHECKABLE
    assert verdict(price("60000", extreme="low"), known=bare) is Verdict.UNCHECKABLE
    assert verdict(price("80100"), None) is Verdict.UNCHECKABLE


def test_a_close_read_out_of_the_chain_is_told_as_an_estimate() -> None:
    [by_chain] = judge_each([price("80100", at=SEEN)], SEEN, Facts(MARKET.retargets, shipped_closes()))
    [by_market] = judge_each([price("80100", at=SEEN)], SEEN, MARKET)
    assert told(by_chain.reason) == "closes: about $69,185 on 7 Feb 2026, about $70,717 on 8 Feb 2026"
    assert told(by_market.reason) == "closes: $69,269 on 7 Feb 2026, $70,305 on 8 Feb 2026"
    [fall] = judge_each([price(None, change_pct=Decimal(-44), extreme="high")], SEEN, Facts(MARKET.retargets, shipped_closes()))
    assert told(fall.reason).startswith("from about $12")
