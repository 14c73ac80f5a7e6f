"""Dates, names and figures: what they are read as, and what is left alone."""

from datetime import date
from decimal import Decimal

import pytest

from extractors.mentions.amounts import Counts, find_amounts
from extractors.mentions.dates import find_dates
from extractors.mentions.miners import find_miners
from extractors.mentions.registry import load_registry, name_at, ticker_at
from extractors.mentions.scan import scan

SEEN = date(2026, 2, 10)  # a Tuesday


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("sold in December", "2025-12-01", "2025-12-31"),
        ("in the first quarter of 2025", "2025-01-01", "2025-03-31"),
        ("during Q4", "2025-10-01", "2025-12-31"),
        ("over the weekend", "2026-02-07", "2026-02-08"),
        ("on Feb. 7–8", "2026-02-07", "2026-02-08"),
        ("on 31 July 2022", "2022-07-31", "2022-07-31"),
        ("the three months ended September 30, 2025", "2025-07-01", "2025-09-30"),
        ("From January through August 2024", "2024-01-01", "2024-08-31"),
        ("last month", "2026-01-01", "2026-01-31"),
        ("on Monday", "2026-02-09", "2026-02-09"),
        ("at the end of May 2025", "2025-05-31", "2025-05-31"),
        ("since March 2025", "2025-03-01", "2026-02-10"),
    ],
)
def test_a_date_is_seen_from_the_day_of_publication(words: str, start: str, end: str) -> None:
    (mention,) = find_dates(words, SEEN)
    assert (mention.period.start.isoformat(), mention.period.end.isoformat()) == (start, end)


@pytest.mark.parametrize("words", ["it may sell", "they march on", "sold 2,024 BTC", "2024 bitcoins"])
def test_words_that_only_look_like_dates_are_none(words: str) -> None:
    assert find_dates(words, SEEN) == []


def test_without_a_day_of_publication_only_full_dates_are_found() -> None:
    assert [mention.period.start for mention in find_dates("in May and in May 2024", None)] == [date(2024, 5, 1)]


@pytest.mark.parametrize(
    ("words", "counts", "value"),
    [
        ("4,451 BTC", Counts.BTC, "4451"),
        ("₿550", Counts.BTC, "550"),
        ("BTC 4,451", Counts.BTC, "4451"),
        ("3K bitcoins", Counts.BTC, "3000"),
        ("three thousand bitcoin", Counts.BTC, "3000"),
        ("Six hundred of the company's coins", Counts.BTC, "600"),
        ("between 150 and 170 BTC", Counts.BTC, "160"),
        ("$305m", Counts.USD, "305000000"),
        ("US$62 million", Counts.USD, "62000000"),
        ("305 million USDT", Counts.USD, "305000000"),
        ("113.7 MUSD", Counts.USD, "113700000"),
        ("C$44 million", Counts.MONEY, "44000000"),
        ("24,434.2 ETH", Counts.MONEY, "24434.2"),
        ("8.9 BTC a day", Counts.RATE, "8.9"),
        ("57%", Counts.PERCENT, "57"),
        ("18.2 EH/s", Counts.OTHER, "18.2"),
        ("700 of them", Counts.BARE, "700"),
    ],
)
def test_a_figure_counts_what_stands_with_it(words: str, counts: Counts, value: str) -> None:
    (amount,) = find_amounts(scan(words))
    assert (amount.counts, amount.value) == (counts, Decimal(value))


def test_a_text_in_german_parts_thousands_by_points() -> None:
    text = "Der Miner hat im Mai für die Bilanz 4.451 BTC verkauft und das Geld ist da: 305,5 Millionen Dollar."
    assert [amount.value for amount in find_amounts(scan(text))] == [Decimal(4451), Decimal(305_500_000)]


@pytest.mark.parametrize(
    ("words", "day", "name"),
    [
        ("Bitfarms sold 100 BTC", date(2025, 5, 1), "Bitfarms"),
        ("Bitfarms sold 100 BTC", date(2026, 5, 1), "Keel Infrastructure"),
        ("Riot mined 463 BTC", date(2022, 5, 1), "Riot Blockchain"),
        ("$RIOT sells", date(2025, 5, 1), "Riot Platforms"),
        ("Sphere 3D Corp. (NASDAQ: ANY)", None, "Sphere 3D"),
        ("the bitcoin miner Terra Hash said", None, "Terra Hash"),
        ("Norrland Compute AB, which mines bitcoin in Sweden, said", None, "Norrland Compute"),
    ],
)
def test_a_miner_has_the_name_of_the_day(words: str, day: date | None, name: str) -> None:
    assert {mention.name for mention in find_miners(words, day)} == {name}


@pytest.mark.parametrize(
    "words", ["ANY coin CAN fall", "Core EBITDA rose", "the Hive of bees", "a riot in town", "Bitcoin Core developers", "421 BTCs"]
)
def test_words_that_are_names_elsewhere_need_a_second_sign(words: str) -> None:
    assert find_miners(words, SEEN) == []


def test_the_registry_knows_former_names_and_tickers() -> None:
    registry = load_registry()
    keel = registry.by_name("bitfarms")
    assert keel is not None
    assert (name_at(keel, date(2024, 1, 1)), ticker_at(keel, date(2024, 1, 1))) == ("Bitfarms", "BITF")
    assert (name_at(keel, date(2026, 6, 1)), ticker_at(keel, date(2026, 6, 1))) == ("Keel Infrastructure", "KEEL")
    assert registry.by_name("no such miner") is None
