"""Tables in the many shapes in which reports and feeds set them; published on Wednesday, 5 November 2025."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extractors import extract
from extractors.model import Article

OCTOBER = ["holdings Bitfarms 1500 2025-10-31", "production Bitfarms 205 2025-10-31", "sale Bitfarms 120 2025-10-31"]
QUARTER = [told.replace("10-31", "09-30") for told in OCTOBER]
TWO = [
    "holdings CleanSpark 13033 2025-10-31",
    "holdings Riot Platforms 19324 2025-10-31",
    "production CleanSpark 612 2025-10-31",
    "production Riot Platforms 437 2025-10-31",
    "sale CleanSpark 589.9 2025-10-31",
    "sale Riot Platforms 400 2025-10-31",
]

TABLES: list[tuple[list[str], tuple[str, ...]]] = [
    (
        OCTOBER,
        (
            "Bitfarms\nMonth | Item\nOctober 2025 | BTC mined 205\nOctober 2025 | BTC sold 120\nOctober 2025 | BTC held 1,500",
            "Bitfarms\nMetric, September 2025, October 2025\nBitcoin mined, 198, 205\nBitcoin sold, 90, 120\nBitcoin held, 1,415, 1,500",
            "Bitfarms\nMetric;Sep 2025;Oct 2025\nBitcoin mined;198;205\nBitcoin sold;90;120\nBitcoin held;1,415;1,500",
            "Bitfarms\nMetric,Sep 2025,Oct 2025\nBitcoin mined,198,205\nBitcoin sold,90,120\nBitcoin held,1415,1500",
            "Bitfarms\nKey metrics / Sep-25 / Oct-25\nBitcoin mined / 198 / 205\nBitcoin sold / 90 / 120\nBitcoin held / 1,415 / 1,500",
            "Bitfarms\nKey metrics ¦ Oct '25 ¦ Sep '25\nBTC mined ¦ 205 ¦ 198\nBTC sold ¦ 120 ¦ 90\n"
            "BTC held (incl. 400 pledged) ¦ 1,500 ¦ 1,415",
            "Bitfarms: October 2025\nBitcoin mined .... 205\nBitcoin sold .... 120\nBitcoin held .... 1,500",
            "Bitfarms: October 2025\nBitcoin mined ... 205\nBitcoin sold ... (120)\nBitcoin held ... 1,500",
            "Bitfarms: October 2025\nBitcoin mined…… 205\nBitcoin sold…… 120\nBitcoin held…… 1,500",
            "Bitfarms: October 2025\nBitcoin mined ____ 205\nBitcoin sold ____ 120\nBitcoin held ____ 1,500",
            "Bitfarms: October 2025 (BTC)\nOpening balance | 1,415\nMined | 205\nSold | (120)\nClosing balance | 1,500",
            "Bitfarms: bitcoin, October 2025\nBalance at start of month | 1,415\nAdditions from mining | 205\nDisposals | -120\n"
            "Balance at end of month | 1,500",
        ),
    ),
    (
        QUARTER,
        (
            "Bitfarms\nKey figures | Three months ended September 30, 2025 | Three months ended June 30, 2025\n"
            "Bitcoin mined | 205 | 198\nBitcoin sold | (120) | (90)\nBitcoin held at end | 1,500 | 1,415",
            "Bitfarms\n | Three months ended September 30, | \n | 2025 | 2024\nBitcoin mined | 205 | 198\nBitcoin sold | 120 | 90\n"
            "Bitcoin held | 1,500 | 1,415",
            "Bitfarms\nRoll-forward (BTC), third quarter of 2025\nOpening balance ... 1,415\nMined ... 205\nSold ... (120)\n"
            "Closing balance ... 1,500",
            "Bitfarms: bitcoin, three months ended September 30, 2025\nBalance, June 30, 2025 | 1,415\nReceived from mining | 205\n"
            "Sold | (120)\nPledged, net | (0)\nBalance, September 30, 2025 | 1,500",
        ),
    ),
    (
        TWO,
        (
            "October\nCompany, mined, sold, held\nRiot Platforms, 437, 400, 19,324\nCleanSpark, 612, 589.9, 13,033",
            "October\nCompany,mined,sold,held\nRiot Platforms,437,400,19324\nCleanSpark,612,589.9,13033",
            "October\nCompany; mined; sold; held\nRiot Platforms; 437; 400; 19,324\nCleanSpark; 612; 589.9; 13,033",
            "October\nCompany / mined / sold / held\nRiot Platforms / 437 / 400 / 19,324\nCleanSpark / 612 / 589.9 / 13,033",
        ),
    ),
]


def told(text: str) -> tuple[list[str], list[str]]:
    title, _, body = text.partition("\n")
    article = Article("t", title, body, datetime(2025, 11, 5, tzinfo=UTC))
    events = extract(article).events
    found = [f"{event.kind.value} {event.company} {event.btc} {event.period.end if event.period else None}" for event in events]
    return sorted(found), [article.body[span.start : span.end] for event in events for span in event.evidence.values()]


@pytest.mark.parametrize(("events", "text"), [(events, text) for events, texts in TABLES for text in texts])
def test_a_table_is_read(events: list[str], text: str) -> None:
    found, evidence = told(text)
    assert found == events
    assert all(words == words.strip() and words for words in evidence)


@pytest.mark.parametrize(
    ("label", "dollars"),
    [
        ("Proceeds (US$ M)", 8_000_000),
        ("Proceeds, $ millions", 8_000_000),
        ("Proceeds, C$ in millions", None),
        ("Erlös, proceeds (EUR m)", None),
    ],
)
def test_the_unit_of_proceeds_stands_in_the_label(label: str, dollars: int | None) -> None:
    body = f"Bitcoin mined | 205\nBitcoin sold | 120\n{label} | 8.0"
    sales = [
        event
        for event in extract(Article("t", "Bitfarms: October 2025", body, datetime(2025, 11, 5, tzinfo=UTC))).events
        if event.kind.value == "sale"
    ]
    assert [sale.usd for sale in sales] == [dollars]


@pytest.mark.parametrize(
    "text",
    [
        "Bitfarms, with sites in Quebec, Ontario, Paraguay,\nWashington, Texas, Iowa, 205\nOhio, Utah, Maine, 120",
        "Cash roll-forward; October\nOpening cash balance | 1,415\nReceived | 205\nPaid | (120)\nClosing cash balance | 1,500",
    ],
)
def test_what_is_no_table_of_coins_is_left(text: str) -> None:
    assert told("Bitfarms\n" + text)[0] == []
