"""A printed figure stands for what its digits and hedges allow."""

from decimal import Decimal

import pytest

from bot.decisions.printed import Printed, worst
from bot.model import Verdict
from extractors.model import Bounds

M, R = Verdict.MATCHES, Verdict.ROUNDS_TO


@pytest.mark.parametrize(
    ("value", "truth", "expected"),
    [
        ("11", "10.6", R),
        ("11", "11.49", R),
        ("11", "11.6", None),
        ("-0.74", "-0.7414", R),
        ("7.7", "7.756", None),
        ("125.86e12", "125864590119494", M),
        ("120e12", "119.116e12", R),
        ("130e12", "125.865e12", R),
        ("100e12", "107e12", None),  # half a unit would be half of it
        ("60000", "60400", R),
    ],
)
def test_tolerance_comes_from_the_printed_digits(value: str, truth: str, expected: Verdict | None) -> None:
    assert Printed(Decimal(value)).fit(Decimal(truth)) is expected


@pytest.mark.parametrize(
    ("value", "bounds", "truth", "expected"),
    [
        ("40", Bounds(low=Decimal(40)), "42.6", M),
        ("40", Bounds(low=Decimal(40)), "55", None),  # "over 40" is not said of 55
        ("-20", Bounds(high=Decimal(-20)), "-22", M),
        ("-20", Bounds(high=Decimal(-20)), "22", None),
        ("20", Bounds(high=Decimal(20)), "18", M),
        ("10.5", Bounds(Decimal(9), Decimal(12)), "11.8", M),
        ("10.5", Bounds(Decimal(9), Decimal(12)), "13.6", None),
        ("100", Bounds(low=Decimal(95), about=True), "97", M),
        ("12", Bounds(about=True), "11.1", None),
    ],
)
def test_hedges_widen_it(value: str, bounds: Bounds, truth: str, expected: Verdict | None) -> None:
    assert Printed(Decimal(value), bounds).fit(Decimal(truth)) is expected


def test_a_claim_is_as_good_as_its_worst_part() -> None:
    assert worst([M, R]) is R
    assert worst([Verdict.CONTRADICTS, M, Verdict.UNCHECKABLE]) is Verdict.CONTRADICTS
    assert worst([]) is Verdict.UNCHECKABLE
