"""Figures and times in each language: its separators, its units of money, its months, its plurals."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.decisions import money
from bot.decisions.wishes import read_amount
from bot.errors import UsageError
from bot.speech import LANGUAGES, speaking
from extractors.model import Period

NOW = datetime(2026, 2, 9, 12, 0, tzinfo=UTC)
CODES = ("de", "es", "ru", "zh")


def in_each(*printed: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("code", "printed"), list(zip(CODES, printed, strict=True)))


@in_each("4.451 BTC 1.234,5 BTC", "4.451 BTC 1.234,5 BTC", "4\xa0451 BTC 1\xa0234,5 BTC", "4,451 BTC 1,234.5 BTC")
def test_bitcoin(code: str, printed: str) -> None:
    with speaking(code):
        assert f"{money.btc(Decimal(4451))} {money.btc(Decimal('1234.50'))}" == printed


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        ("305000000", ("305 Mio. $", "305 M$", "305 млн $", "3.05亿美元")),
        ("9400000", ("9,4 Mio. $", "9,4 M$", "9,4 млн $", "940万美元")),
        ("161612345", ("161,6 Mio. $", "161,6 M$", "161,6 млн $", "1.616亿美元")),
        ("1100000000", ("1,1 Mrd. $", "1.100 M$", "1,1 млрд $", "11亿美元")),
        ("999999.99", ("1 Mio. $", "1 M$", "1 млн $", "100万美元")),
        ("950123.45", ("950.123 $", "950.123 $", "950\xa0123 $", "95.01万美元")),
        ("1234567890123", ("1.235 Mrd. $", "1.235.000 M$", "1\xa0235 млрд $", "1.235万亿美元")),
        ("-38800000", ("-38,8 Mio. $", "-38,8 M$", "-38,8 млн $", "-3,880万美元")),
        ("0", ("0 $", "0 $", "0 $", "0美元")),
    ],
)
def test_sums_of_dollars(amount: str, printed: tuple[str, ...]) -> None:
    for code, expected in zip(CODES, printed, strict=True):
        with speaking(code):
            assert money.usd(Decimal(amount)) == expected


@in_each(
    "92.000 $, 68,5 Tsd. $, 612,35 $",
    "92.000 $, 68,5 mil $, 612,35 $",
    "92\xa0000 $, 68,5 тыс. $, 612,35 $",
    "92,000美元, 6.85万美元, 612.35美元",
)
def test_prices(code: str, printed: str) -> None:
    with speaking(code):
        assert (
            ", ".join((money.price(Decimal(92000)), money.coin_price(Decimal("68524.5")), money.coin_price(Decimal("612.345")))) == printed
        )


def test_a_price_below_the_unit_of_its_language_keeps_its_three_digits() -> None:
    with speaking("zh"):
        assert money.coin_price(Decimal(9412)) == "9,410美元"


@in_each(
    "-11,16 % +1.020,00 % 60 % 0,00 %",
    "-11,16 % +1.020,00 % 60 % 0,00 %",
    "-11,16 % +1\xa0020,00 % 60 % 0,00 %",
    "-11.16% +1,020.00% 60% 0.00%",
)
def test_percentages(code: str, printed: str) -> None:
    with speaking(code):
        found = (money.percent(-11.1553), money.percent(1020), money.share(Decimal(3), Decimal(5)), money.percent(-0.001))
        assert " ".join(found) == printed


@in_each("unter 1 %", "menos del 1 %", "менее 1 %", "不到1%")
def test_a_share_of_nearly_nothing(code: str, printed: str) -> None:
    with speaking(code):
        assert money.share(Decimal(1), Decimal(1000)) == printed


@in_each(
    "125,86 T 1.020 EH/s 9,01 EH/s", "125,86 T 1.020 EH/s 9,01 EH/s", "125,86 T 1\xa0020 EH/s 9,01 EH/s", "125.86 T 1,020 EH/s 9.01 EH/s"
)
def test_network_figures_keep_the_units_of_the_trade(code: str, printed: str) -> None:
    with speaking(code):
        assert f"{money.difficulty(125864590119494.3)} {money.hashrate(1.02e21)} {money.hashrate(9.01e18)}" == printed


@in_each(
    "1 Tag, 2 Tage, 5 Tage, 21 Tage, 9,9 Tage",
    "1 día, 2 días, 5 días, 21 días, 9,9 días",
    "1 день, 2 дня, 5 дней, 21 день, 9,9 дня",
    "1天, 2天, 5天, 21天, 9.9天",
)
def test_days_in_the_form_that_their_number_asks_for(code: str, printed: str) -> None:
    with speaking(code):
        assert ", ".join(money.days(Decimal(value)) for value in ("1", "2", "5", "21.2", "9.9")) == printed


@in_each(
    "gerade eben, vor 12 Min., vor 3 Std., vor 2 Tagen",
    "ahora mismo, hace 12 min, hace 3 h, hace 2 días",
    "только что, 12 мин назад, 3 ч назад, 2 дня назад",
    "刚刚, 12分钟前, 3小时前, 2天前",
)
def test_ages(code: str, printed: str) -> None:
    ages = (timedelta(seconds=9), timedelta(minutes=12), timedelta(hours=3), timedelta(days=2))
    with speaking(code):
        assert ", ".join(money.age(NOW - ago, NOW) for ago in ages) == printed


@in_each("Mo., 9. Feb. 2026, 12:00 UTC", "lun, 9 feb 2026, 12:00 UTC", "пн, 9 февр. 2026 г., 12:00 UTC", "2026年2月9日周一 12:00 UTC")
def test_moments(code: str, printed: str) -> None:
    with speaking(code):
        assert " ".join(money.moment(NOW, UTC).split()) == printed


@in_each("Juli 2021, Mo, So", "julio de 2021, lun, dom", "июля 2021 г., пн, вс", "2021年7月, 周一, 周日")
def test_months_and_weekdays(code: str, printed: str) -> None:
    with speaking(code):
        assert f"{money.month(date(2021, 7, 3))}, {money.weekday(0)}, {money.weekday(6)}" == printed


@in_each("2021, Juni 2020", "2021, junio de 2020", "2021 г., июня 2020 г.", "2021年, 2020年6月")
def test_what_something_is_the_first_since(code: str, printed: str) -> None:
    with speaking(code):
        assert f"{money.since('2021')}, {money.since('2020-06')}" == printed
        assert money.since("2020-13") == "2020-13"
    assert f"{money.since('2021')}, {money.since('2020-06')}" == "2021, 2020-06"


@pytest.mark.parametrize(
    ("start", "end", "printed"),
    [
        ("2026-02-07", "2026-02-07", ("7. Feb. 2026", "7 feb 2026", "7 февр. 2026 г.", "2026年2月7日")),
        ("2026-02-07", "2026-02-08", ("7.–8. Feb. 2026", "7–8 feb 2026", "7–8 февр. 2026 г.", "2026年2月7日至8日")),
        ("2026-01-01", "2026-01-31", ("Jan. 2026", "ene 2026", "янв. 2026 г.", "2026年1月")),
        ("2025-11-01", "2025-12-31", ("Nov.–Dez. 2025", "nov–dic 2025", "нояб. – дек. 2025 г.", "2025年11月至12月")),
        ("2026-01-01", "2026-03-31", ("Q1 2026", "T1 2026", "1-й кв. 2026 г.", "2026年第1季度")),
        ("2025-01-01", "2025-12-31", ("2025", "2025", "2025", "2025年")),
    ],
)
def test_periods(start: str, end: str, printed: tuple[str, ...]) -> None:
    days = Period(date.fromisoformat(start), date.fromisoformat(end))
    for code, expected in zip(CODES, printed, strict=True):
        with speaking(code):
            assert " ".join(money.period(days).split()) == expected


@pytest.mark.parametrize(
    ("code", "typed", "meant"),
    [
        *((code, typed, meant) for code in ("en", *CODES) for typed, meant in (("500", "500"), ("1,000", "1000"), ("2.5k", "2500"))),
        *((code, typed, meant) for code in ("en", *CODES) for typed, meant in (("2,5", "2.5"), ("1,234,567.5", "1234567.5"))),
        *((code, "1.000", "1000" if code in ("de", "es", "ru") else "1") for code in ("en", *CODES)),
        *((code, "1.234,5btc", "1234.5") for code in ("en", *CODES)),
        *((code, "0.125", "0.125") for code in ("en", *CODES)),
    ],
)
def test_an_amount_that_is_typed_is_read_in_any_language(code: str, typed: str, meant: str) -> None:
    with speaking(code):
        assert read_amount(typed) == Decimal(meant)


def test_an_amount_of_nonsense_is_refused() -> None:
    for typed in ("1.2.3", "1,2,3.4.5", "", "k", "abc"):
        with pytest.raises(UsageError):
            read_amount(typed)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_every_language_that_is_spoken_has_its_own_forms(code: str) -> None:
    with speaking(code):
        assert "$" not in money.usd(Decimal(305_000_000))[:1]
        assert money.month(date(2021, 7, 3)) != "July 2021"
