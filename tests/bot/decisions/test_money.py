from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decisions import money
from extractors.model import Period

NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        ("4451", "4,451 BTC"),
        ("189.8", "189.8 BTC"),
        ("550.03", "550.03 BTC"),
        ("65.00", "65 BTC"),
        ("1E+4", "10,000 BTC"),
        ("0.00000001", "0.00000001 BTC"),
    ],
)
def test_bitcoin_keeps_the_digits_that_were_stated(amount: str, printed: str) -> None:
    assert money.btc(Decimal(amount)) == printed


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        ("305000000", "$305M"),
        ("9400000", "$9.4M"),
        ("161600000.00", "$161.6M"),
        ("1100000000", "$1.1B"),
        ("161612345", "$161.6M"),
        ("950000", "$950,000"),
        ("999999.99", "$1M"),
        ("950123.45", "$950,123"),
        ("0", "$0"),
        ("-38800000", "-$38.8M"),
        ("12345678901", "$12.35B"),
        ("999960000", "$1B"),
        ("12345678901234", "$12,350B"),
    ],
)
def test_dollar_sums_are_short(amount: str, printed: str) -> None:
    assert money.usd(Decimal(amount)) == printed


@given(st.integers(min_value=1, max_value=10**13))
def test_a_printed_sum_is_within_its_last_digit(amount: int) -> None:
    text = money.usd(Decimal(amount)).removeprefix("$").replace(",", "")
    unit = {"M": 10**6, "B": 10**9}.get(text[-1], 1)
    back = Decimal(text.rstrip("MB")) * unit
    assert abs(back - amount) * 1000 <= amount


@pytest.mark.parametrize(
    ("amount", "printed"),
    [("68524.5", "$68.5k"), ("102345", "$102k"), ("9412", "$9.41k"), ("92000", "$92k"), ("612.345", "$612.35")],
)
def test_a_price_that_we_worked_out_has_three_digits(amount: str, printed: str) -> None:
    assert money.coin_price(Decimal(amount)) == printed


def test_a_stated_price_is_shown_to_the_dollar() -> None:
    assert money.price(Decimal("95395")) == "$95,395"


@pytest.mark.parametrize(
    ("value", "printed"),
    [(-11.1553, "-11.16 %"), (Decimal("14.7252"), "+14.73 %"), (-0.001, "0.00 %"), (0.0, "0.00 %"), (300, "+300.00 %")],
)
def test_changes_carry_their_sign_unless_they_round_to_nothing(value: float, printed: str) -> None:
    assert money.percent(value) == printed


def test_shares_are_whole_percents_and_never_a_misleading_zero() -> None:
    assert money.share(Decimal(4451), Decimal(7474)) == "60 %"
    assert money.share(Decimal(1), Decimal(1000)) == "under 1 %"


def test_network_figures_use_the_units_of_the_trade() -> None:
    assert money.difficulty(125864590119494.3) == "125.86 T"
    assert money.difficulty(Decimal("1.0")) == "1"
    assert money.hashrate(9.0096e20) == "901 EH/s"
    assert money.hashrate(1.02e21) == "1,020 EH/s"
    assert money.number(Decimal("0.605"), 2) == "0.61"


@pytest.mark.parametrize(
    ("value", "printed"), [("9.89", "9.9 days"), ("9.97", "10 days"), ("1.04", "1 day"), ("12.4", "12 days"), ("0.3", "0.3 days")]
)
def test_lengths_in_days(value: str, printed: str) -> None:
    assert money.days(Decimal(value)) == printed


@pytest.mark.parametrize(
    ("ago", "printed"),
    [
        (timedelta(seconds=30), "just now"),
        (timedelta(minutes=12), "12 min ago"),
        (timedelta(hours=3, minutes=59), "3 h ago"),
        (timedelta(hours=47), "47 h ago"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(hours=-5), "just now"),
    ],
)
def test_ages_are_rounded_down(ago: timedelta, printed: str) -> None:
    assert money.age(NOW - ago, NOW) == printed


@pytest.mark.parametrize(
    ("start", "end", "printed"),
    [
        ("2026-02-07", "2026-02-07", "7 Feb 2026"),
        ("2026-02-07", "2026-02-08", "7-8 Feb 2026"),
        ("2026-01-30", "2026-02-02", "30 Jan - 2 Feb 2026"),
        ("2025-12-30", "2026-01-02", "30 Dec 2025 - 2 Jan 2026"),
        ("2026-01-01", "2026-01-31", "Jan 2026"),
        ("2024-02-01", "2024-02-29", "Feb 2024"),
        ("2026-02-01", "2026-02-20", "1-20 Feb 2026"),
        ("2025-11-01", "2025-12-31", "Nov-Dec 2025"),
        ("2026-01-01", "2026-03-31", "Q1 2026"),
        ("2025-10-01", "2025-12-31", "Q4 2025"),
        ("2025-08-01", "2025-10-31", "Aug-Oct 2025"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("2025-11-01", "2026-01-31", "Nov 2025 - Jan 2026"),
    ],
)
def test_periods_read_as_people_write_them(start: str, end: str, printed: str) -> None:
    assert money.period(Period(date.fromisoformat(start), date.fromisoformat(end))) == printed


def test_times_are_told_with_day_and_zone() -> None:
    assert money.moment(NOW, UTC) == "Tue 10 Feb 2026, 09:00 UTC"
    assert money.moment(NOW, ZoneInfo("Europe/Berlin")) == "Tue 10 Feb 2026, 10:00 CET"
    assert money.moment(NOW, ZoneInfo("America/Sao_Paulo")) == "Tue 10 Feb 2026, 06:00 UTC-03"


def test_counts_agree_with_their_noun() -> None:
    assert money.count(1, "sale") == "1 sale"
    assert money.count(1200, "story", "stories") == "1,200 stories"


def test_figures_as_they_are_and_parts_of_a_time() -> None:
    assert money.whole(935424) == "935,424"
    assert money.plain(Decimal("1234.50")) == "1,234.5"
    assert [money.stated_percent(Decimal(value)) for value in ("14", "-11.20", "0")] == ["+14 %", "-11.2 %", "0 %"]
    assert money.month(date(2021, 7, 3)) == "July 2021"
    assert [money.weekday(number) for number in (0, 6)] == ["Mon", "Sun"]
    assert money.clock(NOW) == "09:00"
