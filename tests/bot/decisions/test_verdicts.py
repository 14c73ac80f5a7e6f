"""Claims against the chain: what holds, what is wrong, what is right for another retarget, and what cannot be told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.decisions.remarks import told
from bot.decisions.verdicts import judge_all, judge_each
from bot.model import Judged, Verdict
from extractors.model import Bounds, Claim, Metric, Modality, Period, Span
from tests.support.claims import facts

CHAIN = facts(prices=False)
SEEN = date(2026, 2, 8)
T = Decimal("1e12")


def difficulty(**told: object) -> Claim:
    figures = {"value", "from_value", "change_pct"}
    return Claim(Metric.DIFFICULTY, **{name: Decimal(str(value)) if name in figures else value for name, value in told.items()})  # type: ignore[arg-type]


def judged(claim: Claim, seen: date | None = SEEN) -> Judged:
    (one,) = judge_each([claim], seen, CHAIN)
    return one


def verdict(claim: Claim, seen: date | None = SEEN) -> Verdict:
    return judged(claim, seen).verdict


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("-11.16", Verdict.MATCHES),
        ("-11.155", Verdict.MATCHES),
        ("-11.2", Verdict.MATCHES),
        ("-11", Verdict.ROUNDS_TO),
        ("-14", Verdict.CONTRADICTS),
        ("-11.6", Verdict.CONTRADICTS),
        ("-11.1", Verdict.CONTRADICTS),  # cut off, not rounded
        ("11.16", Verdict.UNCHECKABLE),  # the other way: which change is meant is not sure
        ("-50", Verdict.UNCHECKABLE),
    ],
)
def test_a_change_is_held_by_its_printed_digits(change: str, expected: Verdict) -> None:
    assert verdict(difficulty(change_pct=change)) is expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (date(2026, 2, 7), Verdict.MATCHES),
        (date(2026, 2, 9), Verdict.MATCHES),  # two days off is the same retarget: time zones
        (date(2026, 1, 22), Verdict.EARLIER_RETARGET),
        (date(2025, 2, 7), Verdict.EARLIER_RETARGET),
    ],
)
def test_a_change_is_held_against_the_retarget_of_its_day(at: date, expected: Verdict) -> None:
    assert verdict(difficulty(change_pct="-11.16", at=at)) is expected


def test_the_reason_is_told_in_words() -> None:
    assert told(judged(difficulty(change_pct="-14")).reason) == "the chain says -11.16 % on 7 Feb 2026"
    other = judged(difficulty(change_pct="-11.16", at=date(2026, 1, 22)))
    assert told(other.reason) == "the chain says -3.28 % on 22 Jan 2026; -11.16 % on 7 Feb 2026"


def test_the_change_and_level_of_one_retarget_are_one_reason_and_the_chain_is_named_once() -> None:
    both = judged(difficulty(change_pct="-14", value="131.5E12", at=SEEN))
    assert told(both.reason) == "the chain says -11.16 % to 125.86 T on 7 Feb 2026"
    apart = judged(difficulty(change_pct="-11.16", value="125.86E12", from_value="141.67E12"))
    assert told(apart.reason) == "the chain says -11.16 % to 125.86 T on 7 Feb 2026; 141.67 T from 22 Jan 2026"
    unsure = judged(difficulty(change_pct="35", value="190E12", at=None))
    assert unsure.verdict is Verdict.UNCHECKABLE
    assert told(unsure.reason) == "the chain says -11.16 % to 125.86 T on 7 Feb 2026; which change is meant is not sure"


def test_a_hedge_widens_what_holds() -> None:
    grown = difficulty(change_pct="40", at=date(2025, 12, 11), since=date(2024, 12, 11))
    assert verdict(grown, date(2025, 12, 11)) is Verdict.UNCHECKABLE
    assert verdict(replace(grown, bounds={"change_pct": Bounds(low=Decimal(40))}), date(2025, 12, 11)) is Verdict.MATCHES
    near = difficulty(change_pct="-12", bounds={"change_pct": Bounds(about=True)})
    assert verdict(near) is Verdict.UNCHECKABLE


def test_a_change_over_a_year_is_held_against_both_levels() -> None:
    assert verdict(difficulty(change_pct="35", since=date(2024, 5, 6)), date(2025, 5, 6)) is Verdict.ROUNDS_TO
    assert verdict(difficulty(change_pct="-9.2", from_value="155.97e12"), date(2026, 1, 23)) is Verdict.ROUNDS_TO


def test_the_retarget_before_is_meant_where_the_text_says_so() -> None:
    assert verdict(difficulty(change_pct="-11.16", previous=True), date(2026, 2, 20)) is Verdict.MATCHES
    assert verdict(difficulty(change_pct="-12", previous=True), date(2026, 2, 20)) is Verdict.CONTRADICTS


def test_a_month_or_year_told_is_enough() -> None:
    ban = Period(date(2021, 1, 1), date(2021, 12, 31))
    assert verdict(difficulty(change_pct="22", within=ban)) is Verdict.ROUNDS_TO
    assert verdict(difficulty(change_pct="33", within=ban)) is Verdict.UNCHECKABLE


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (difficulty(value="125.86e12"), Verdict.MATCHES),
        (difficulty(value="125860000000000"), Verdict.MATCHES),  # read back from storage, without its exponent
        (difficulty(value="126e12"), Verdict.MATCHES),
        (difficulty(value="130e12"), Verdict.ROUNDS_TO),
        (difficulty(value="126.5e12"), Verdict.CONTRADICTS),
        (difficulty(value="148.2e12", at=date(2026, 2, 8)), Verdict.EARLIER_RETARGET),
        (difficulty(value="148.2e12"), Verdict.MATCHES),  # no day is told, and it was so once
        (difficulty(value="144.4e12", at=date(2026, 2, 8)), Verdict.CONTRADICTS),  # it came to that later, which excuses nothing
        (difficulty(value="110e12", at=date(2026, 2, 8)), Verdict.UNCHECKABLE),  # too rough to be denied
        (difficulty(value="12.5e12"), Verdict.UNCHECKABLE),
    ],
)
def test_a_level_is_held_against_those_in_force(claim: Claim, expected: Verdict) -> None:
    assert verdict(claim) is expected


def test_the_level_before_is_held_against_those_before() -> None:
    assert verdict(difficulty(value="125.86e12", from_value="141.67e12")) is Verdict.MATCHES
    over = difficulty(value="125.86e12", from_value="141.6e12", bounds={"from_value": Bounds(low=Decimal("141.6e12"))})
    assert verdict(over) is Verdict.MATCHES
    assert verdict(difficulty(value="125.86e12", from_value="155.97e12")) is Verdict.MATCHES
    assert verdict(difficulty(value="125.86e12", from_value="142.9e12")) is Verdict.CONTRADICTS


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("drop:2021", Verdict.MATCHES),
        ("drop:2021-07", Verdict.MATCHES),
        ("drop:all", Verdict.CONTRADICTS),
        ("drop_rank:10", Verdict.MATCHES),
        ("drop_rank:2", Verdict.CONTRADICTS),
        ("drop_rank:1:2026", Verdict.MATCHES),
        ("falls:3", Verdict.MATCHES),
        ("falls:6", Verdict.CONTRADICTS),
        ("falls:2", Verdict.UNCHECKABLE),  # true of two of the three
        ("low:2025-07", Verdict.MATCHES),
        ("high:all", Verdict.CONTRADICTS),
        ("rise:2021", Verdict.UNCHECKABLE),  # it was no rise: the words were misread rather
        ("nonsense", Verdict.UNCHECKABLE),
        ("drop:someday", Verdict.UNCHECKABLE),
    ],
)
def test_a_superlative_is_held_against_all_before(code: str, expected: Verdict) -> None:
    assert verdict(difficulty(superlative=code, change_pct="-11.16")) is expected


def test_the_largest_in_absolute_terms_is_told_apart() -> None:
    seen = date(2026, 2, 21)
    assert verdict(difficulty(superlative="abs_rise:all", change_pct="14.73"), seen) is Verdict.MATCHES
    assert verdict(difficulty(superlative="rise:all", change_pct="14.73"), seen) is Verdict.CONTRADICTS


def test_a_streak_that_has_ended_is_that_of_the_retargets_before() -> None:
    assert verdict(difficulty(superlative="rises:4"), date(2025, 5, 4)) is Verdict.MATCHES


def test_what_is_expected_is_never_judged() -> None:
    assert verdict(difficulty(change_pct="-99", modality=Modality.FORECAST)) is Verdict.FORECAST


@pytest.mark.parametrize(
    ("height", "at", "expected"),
    [
        (935_424, None, Verdict.MATCHES),
        (935_424, date(2026, 2, 8), Verdict.MATCHES),
        (935_424, date(2026, 3, 8), Verdict.EARLIER_RETARGET),
        (935_429, None, Verdict.CONTRADICTS),
        (840_000, None, Verdict.UNCHECKABLE),  # a halving, no retarget
        (936_000, None, Verdict.UNCHECKABLE),  # any other block
        (2016 * 2000, None, Verdict.UNCHECKABLE),  # to come
    ],
)
def test_a_height_is_held_against_the_retargets(height: int, at: date | None, expected: Verdict) -> None:
    assert verdict(Claim(Metric.BLOCK_HEIGHT, value=Decimal(height), at=at)) is expected


def test_a_reward_is_held_by_the_protocol_but_a_halving_is_not_in_the_history() -> None:
    assert verdict(Claim(Metric.BLOCK_REWARD, value=Decimal("3.125"), at=SEEN)) is Verdict.MATCHES
    assert verdict(Claim(Metric.BLOCK_REWARD, value=Decimal("6.25"), at=SEEN)) is Verdict.UNCHECKABLE
    assert verdict(Claim(Metric.BLOCK_REWARD, value=Decimal("3.125"), from_value=Decimal("6.25"))) is Verdict.UNCHECKABLE


@pytest.mark.parametrize("metric", [Metric.HASHRATE, Metric.HASHPRICE, Metric.PUELL])
def test_what_has_no_series_is_uncheckable(metric: Metric) -> None:
    assert verdict(Claim(metric, value=Decimal(1))) is Verdict.UNCHECKABLE


def test_without_a_date_of_publication_nothing_is_denied() -> None:
    assert verdict(difficulty(change_pct="-14"), None) is Verdict.UNCHECKABLE
    assert verdict(difficulty(value="126.5e12"), None) is Verdict.UNCHECKABLE
    assert verdict(difficulty(value="125.86e12"), None) is Verdict.MATCHES


def test_parts_that_share_a_verdict_stay_one_claim() -> None:
    claim = difficulty(value="144.4e12", change_pct="15", superlative="rise:2021")
    (one,) = judge_all([claim], date(2026, 2, 20), CHAIN)
    assert (one.claim, one.verdict) == (claim, Verdict.ROUNDS_TO)


def test_a_wrong_figure_does_not_take_the_rest_with_it() -> None:
    spans = {name: Span(place, place + 1) for place, name in enumerate(("metric", "value", "change_pct", "superlative"))}
    claim = difficulty(value="125.86e12", change_pct="-11.6", superlative="drop:2021", evidence=spans)
    figures = {one.verdict: one.claim for one in judge_all([claim], SEEN, CHAIN) if one.claim.superlative is None}
    assert figures[Verdict.CONTRADICTS].change_pct == Decimal("-11.6")
    assert set(figures[Verdict.CONTRADICTS].evidence) == {"metric", "change_pct"}
    assert figures[Verdict.MATCHES].value == Decimal("125.86e12")
    (alone,) = [one for one in judge_all([claim], SEEN, CHAIN) if one.claim.superlative]
    assert (alone.verdict, alone.claim.change_pct) == (Verdict.MATCHES, None)


def test_a_change_of_another_retarget_is_not_held_against_the_one_told_beside_it() -> None:
    told, other = difficulty(change_pct="15"), difficulty(change_pct="22")
    assert [one.verdict for one in judge_all([told, other], date(2026, 2, 20), CHAIN)] == [Verdict.ROUNDS_TO, Verdict.UNCHECKABLE]


def test_figures_that_are_all_right_for_a_wrong_date_are_one_claim() -> None:
    claim = difficulty(value="144.4e12", change_pct="15", superlative="rise:2021", at=date(2025, 2, 18))
    (one,) = judge_all([claim], date(2026, 2, 20), CHAIN)
    assert one.verdict is Verdict.EARLIER_RETARGET


def test_the_sign_of_a_dated_change_turned_round_is_wrong() -> None:
    day = date(2026, 2, 7)
    assert verdict(difficulty(change_pct="11.16", at=day)) is Verdict.CONTRADICTS
    assert verdict(difficulty(change_pct="11", at=day)) is Verdict.UNCHECKABLE  # so few digits may be another figure's
    assert verdict(difficulty(change_pct="11.16", at=date(2026, 2, 1))) is not Verdict.CONTRADICTS  # no retarget on that day


def test_a_change_and_a_level_from_the_level_before_a_retarget_are_about_it_however_far_off() -> None:
    day = date(2026, 2, 7)  # from 141.67 T to 125.86 T
    assert verdict(difficulty(change_pct="-30", value=99 * T, at=day)) is Verdict.CONTRADICTS
    assert verdict(difficulty(change_pct="25", value=177 * T, at=day)) is Verdict.CONTRADICTS
    assert {one.verdict for one in judge_all([difficulty(change_pct="-4.2", value=Decimal("135.7") * T, at=day)], SEEN, CHAIN)} == {
        Verdict.CONTRADICTS
    }
    assert verdict(difficulty(change_pct="20", value=99 * T, at=day)) is not Verdict.CONTRADICTS  # they do not fit each other
    assert verdict(difficulty(change_pct="-30", value=99 * T, at=day, since=date(2025, 12, 1))) is not Verdict.CONTRADICTS
    assert verdict(difficulty(change_pct="-30", value=99 * T)) is not Verdict.CONTRADICTS
