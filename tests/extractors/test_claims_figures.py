"""Figures keep their printed digits, their unit and their place."""

from decimal import Decimal

import pytest

from extractors.claims.figures import MAX_FIGURES, Figure, Unit, find_figures, parse_number


def only(text: str) -> Figure:
    (figure,) = find_figures(text)
    return figure


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("fell 11.16%", Unit.PERCENT, "11.16"),
        ("lost 15 per cent", Unit.PERCENT, "15"),
        ("lost fifteen percent", Unit.PERCENT, "15"),
        ("0,74% lower", Unit.PERCENT, "0.74"),
        ("at 125.86 trillion", Unit.TRILLIONS, "1.2586E+14"),
        ("at 148.2 T (trillion)", Unit.TRILLIONS, "1.482E+14"),
        ("from 31.36 tons", Unit.TRILLIONS, "3.136E+13"),
        ("1.03 Zettahashes per second (ZH/s)", Unit.HASHES, "1.03E+21"),
        ("826 EH/s", Unit.HASHES, "8.26E+20"),
        ("1.31 Zh/s", Unit.HASHES, "1.31E+21"),
        ("$23.9 per PH/s", Unit.HASHPRICE, "23.9"),
        ("$0.036 per terahash per second per day", Unit.HASHPRICE, "36"),
        ("3 cents per terahash", Unit.HASHPRICE, "30"),
        ("$39/PH/day", Unit.HASHPRICE, "39"),
        ("around $60,000", Unit.DOLLARS, "60000"),
        ("$70K", Unit.DOLLARS, "70000"),
        ("60 000 dollars", Unit.DOLLARS, "60000"),
        ("$1.2 trillion", Unit.DOLLARS, "1.2E+12"),
        ("3.125 BTC", Unit.COINS, "3.125"),
        ("block 935,429", Unit.NUMBER, "935429"),
        ("12.9 minutes", Unit.OTHER, "12.9"),
        ("a market of 1.2 trillion dollars", Unit.DOLLARS, "1.2E+12"),
    ],
)
def test_a_figure_is_read_with_its_unit(text: str, unit: Unit, value: str) -> None:
    figure = only(text)
    assert (figure.unit, figure.value) == (unit, Decimal(value))


def test_the_decimal_keeps_the_digits_as_printed() -> None:
    assert str(only("125.86 trillion").value) == "1.2586E+14"
    assert str(only("120 trillion").value) == "1.2E+14"
    assert str(only("11.0%").value) == "11.0"


def test_the_span_holds_sign_figure_and_unit() -> None:
    text = "it was minus 4.8%, or so"
    figure = only(text)
    assert text[slice(*figure.span)] == "minus 4.8%"
    assert figure.signed == -1


@pytest.mark.parametrize(("text", "signed"), [("-11.16%", -1), ("+14.7%", 1), ("\u221211%", -1), ("difficulty - 11%", 0), ("mid-11%", 0)])
def test_a_dash_is_a_sign_only_where_it_is_no_punctuation(text: str, signed: int) -> None:
    assert find_figures(text)[-1].signed == signed


def test_two_joined_numbers_share_a_unit() -> None:
    low, high = find_figures("between 9 and 12%")
    assert (low.unit, low.value, high.joint) == (Unit.PERCENT, 9, "and")
    first, second = find_figures("from 795.7 to 1,070.3 TH/s")
    assert (first.value, second.joint) == (Decimal("795.7e12"), "to")
    assert [figure.value for figure in find_figures("$100-120")] == [100, 120]


def test_a_day_of_the_month_is_not_joined_to_the_figure_after_it() -> None:
    day, level = find_figures("rose on March 9 to 112.15 trillion")
    assert (day.unit, level.unit) == (Unit.NUMBER, Unit.TRILLIONS)


@pytest.mark.parametrize("text", ["the 11th-largest cut", "on the 4th", "a 20th of it"])
def test_an_ordinal_has_no_unit(text: str) -> None:
    assert all(figure.unit is Unit.NUMBER for figure in find_figures(text))


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("1,070.3", "1070.3"),
        ("45.000,5", "45000.5"),
        ("935\u202f429", "935429"),
        ("1.000.000", "1000000"),
        ("3,5", "3.5"),
        ("1,23,4", None),
    ],
)
def test_separators_are_read_by_their_groups(raw: str, value: str | None) -> None:
    assert parse_number(raw) == (None if value is None else Decimal(value))


def test_a_sentence_of_figures_is_read_only_so_far() -> None:
    assert len(find_figures("5% " * 5000)) == MAX_FIGURES
