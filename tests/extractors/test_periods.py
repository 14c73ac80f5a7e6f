"""When a sale happened, as prose tells it, seen from the day of publication."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extractors import extract
from extractors.mentions.dates import find_dates
from extractors.model import Article, Kind, Period


def period(published: str, text: str, title: str = "Note") -> str:
    article = Article(id="x", title=title, text=text, published=datetime.fromisoformat(published).replace(tzinfo=UTC))
    sales = [event for event in extract(article).events if event.kind is Kind.SALE]
    assert sales, text
    when = sales[0].period
    return f"{when.start} {when.end}" if when else "None"


@pytest.mark.parametrize(
    ("published", "title", "text", "want"),
    [
        ("2025-07-05", "Riot sells", "Riot Platforms sold 300 BTC between April and the end of June.", "2025-04-01 2025-06-30"),
        ("2025-07-05", "Riot sells", "From April to the end of June Riot Platforms sold 300 BTC.", "2025-04-01 2025-06-30"),
        ("2025-07-25", "Riot sells", "In the June quarter, Riot Platforms sold 300 BTC.", "2025-04-01 2025-06-30"),
        ("2025-10-25", "Riot sells", "Riot Platforms sold 300 BTC in the September 2025 quarter.", "2025-07-01 2025-09-30"),
        ("2025-10-25", "Riot sells", "Riot Platforms sold 300 BTC in the quarter to September.", "2025-07-01 2025-09-30"),
        ("2025-10-25", "Riot sells", "Riot Platforms sold 300 BTC in the quarter to the end of September.", "2025-07-01 2025-09-30"),
        ("2025-10-25", "Riot sells", "For the three months ended 30 September 2025 Riot Platforms sold 300 BTC.", "2025-07-01 2025-09-30"),
        (
            "2025-10-25",
            "Riot sells",
            "For the quarter ended 30 September (2024: 120 BTC) Riot Platforms sold 300 BTC.",
            "2025-07-01 2025-09-30",
        ),
        (
            "2025-10-25",
            "Riot sells",
            "In the nine months ended September 30 (2024: 1,100 BTC), Riot Platforms sold 300 BTC.",
            "2025-01-01 2025-09-30",
        ),
        ("2025-10-25", "Riot sells", "In the nine months through September, Riot Platforms sold 300 BTC.", "2025-01-01 2025-09-30"),
        (
            "2025-08-25",
            "Argo half-year report",
            "In the six months to 30 June 2025 (H1 2024: 540), Argo Blockchain sold 300 BTC.",
            "2025-01-01 2025-06-30",
        ),
        ("2025-08-25", "Argo interims", "Argo Blockchain sold 300 BTC in the half-year to June.", "2025-01-01 2025-06-30"),
        ("2025-08-25", "Argo interims", "Argo Blockchain sold 300 BTC in the first half.", "2025-01-01 2025-06-30"),
        ("2025-08-25", "Argo interims", "Argo Blockchain sold 300 BTC in H1.", "2025-01-01 2025-06-30"),
        ("2025-08-25", "Argo interims", "Argo Blockchain sold 300 BTC in the half year ended June 30, 2025.", "2025-01-01 2025-06-30"),
        (
            "2025-03-02",
            "Argo annual report",
            "In 2024 Argo Blockchain mined 1,000 BTC. It sold 900 BTC in the same year.",
            "2024-01-01 2024-12-31",
        ),
        (
            "2025-03-02",
            "Argo note",
            "In February Argo Blockchain mined 100 BTC. It sold 90 BTC in the same month.",
            "2025-02-01 2025-02-28",
        ),
        ("2025-08-15", "Argo note", "Argo Blockchain sold 300 BTC in 2025 to date.", "2025-01-01 2025-08-15"),
        ("2025-08-15", "Argo note", "Argo Blockchain has sold 300 BTC this year so far.", "2025-01-01 2025-08-15"),
        ("2025-08-15", "Argo note", "Argo Blockchain has sold 300 BTC since the start of the year.", "2025-01-01 2025-08-15"),
        ("2025-08-14", "Argo note", "Argo Blockchain sold 300 BTC on Monday and Tuesday.", "2025-08-11 2025-08-12"),
        ("2025-08-14", "Argo note", "Argo Blockchain sold 300 BTC between Monday and Wednesday.", "2025-08-11 2025-08-13"),
        ("2025-08-14", "Argo note", "Argo Blockchain sold 300 BTC from Monday to Wednesday.", "2025-08-11 2025-08-13"),
        ("2025-08-14", "Argo note", "Argo Blockchain sold 300 BTC on August 4 and 5.", "2025-08-04 2025-08-05"),
        ("2025-08-14", "Argo note", "Argo Blockchain sold 300 BTC on 4 and 5 August.", "2025-08-04 2025-08-05"),
        ("2025-08-14", "Argo note", "Argo Blockchain sold 300 BTC between August 4 and August 9.", "2025-08-04 2025-08-09"),
        ("2025-08-14", "Argo note", "Argo Blockchain sold 300 BTC between 4 and 9 August.", "2025-08-04 2025-08-09"),
        ("2025-08-14", "Argo note", "Argo Blockchain sold 300 BTC in the week ended August 8.", "2025-08-02 2025-08-08"),
        ("2025-08-14", "Argo note", "Argo Blockchain sold 300 BTC in the week to 8 August.", "2025-08-02 2025-08-08"),
        ("2025-08-14", "Bitfarms", "Bitfarms vendió 300 bitcoins en el segundo trimestre.", "2025-04-01 2025-06-30"),
        ("2025-08-14", "Bitfarms", "Bitfarms продала 300 биткоинов во втором квартале.", "2025-04-01 2025-06-30"),
        ("2025-08-05", "What Cipher did in July", "Cipher mined 250 BTC and sold 300 BTC.", "2025-07-01 2025-07-31"),
        ("2025-08-05", "Cipher's July", "Output came to 250 BTC. Cipher sold 300 BTC of it and of the reserve.", "2025-07-01 2025-07-31"),
        (
            "2025-08-05",
            "Cipher update",
            "July was a good month for Cipher. Output came to 250 BTC. The company sold 300 BTC.",
            "2025-07-01 2025-07-31",
        ),
        ("2025-04-05", "Miners roundup", "March sales were light: Cipher sold 8 BTC.", "2025-03-01 2025-03-31"),
        ("2025-06-05", "Miners roundup", "May was mixed for miners. Cipher sold 8 BTC.", "2025-05-01 2025-05-31"),
        ("2025-08-05", "Cipher July 2025 operations", "Cipher Mining sold 300 BTC.", "2025-07-01 2025-07-31"),
        ("2025-08-05", "Cipher sells", "Cipher Mining plans to sell 300 BTC over the rest of the quarter.", "2025-08-05 2025-09-30"),
        ("2025-08-05", "Cipher sells", "Cipher Mining plans to sell 300 BTC by the end of the month.", "2025-08-05 2025-08-31"),
        ("2024-10-17", "Rhodium", "Rhodium Enterprises sold 45 BTC under a court order of September.", "None"),
        ("2024-10-17", "Rhodium", "Rhodium Enterprises sold 45 BTC under an order dated September 12.", "None"),
        ("2025-08-05", "Cipher sells", "Over June and July together Cipher Mining sold 300 BTC.", "2025-06-01 2025-07-31"),
        ("2025-08-05", "Cipher sells", "Cipher Mining sold 300 BTC in the last two months.", "2025-06-01 2025-07-31"),
        ("2025-08-05", "Cipher sells", "Cipher Mining sold 300 BTC in the first three weeks of July.", "2025-07-01 2025-07-21"),
        ("2025-08-05", "Cipher sells", "Cipher Mining sold 300 BTC in the first half of July.", "2025-07-01 2025-07-15"),
        ("2025-08-05", "Cipher sells", "Cipher Mining sold 300 BTC last month, 100 more than in June.", "2025-07-01 2025-07-31"),
        ("2025-02-25", "Cipher FY", "During fiscal 2024 Cipher Mining sold 300 BTC.", "2024-01-01 2024-12-31"),
        ("2025-02-25", "Cipher FY", "For the year ended December 31, 2024 Cipher Mining sold 300 BTC.", "2024-01-01 2024-12-31"),
        ("2025-02-25", "Cipher FY", "Cipher Mining sold 300 BTC between January and December 2024.", "2024-01-01 2024-12-31"),
        ("2025-02-25", "Cipher FY", "Cipher Mining sold 300 BTC from October through December.", "2024-10-01 2024-12-31"),
        ("2025-02-25", "Cipher FY", "Cipher Mining sold 300 BTC in the December quarter.", "2024-10-01 2024-12-31"),
        ("2025-02-25", "Cipher FY", "Cipher Mining sold 300 BTC in the final quarter of last year.", "2024-10-01 2024-12-31"),
        ("2025-02-25", "Cipher FY", "Cipher Mining sold 300 BTC in the fourth quarter (third quarter: 210 BTC).", "2024-10-01 2024-12-31"),
        ("2025-02-25", "Cipher FY", "Cipher Mining sold 300 BTC in Q4 2024, up from 210 BTC in Q3.", "2024-10-01 2024-12-31"),
        ("2025-02-25", "Cipher FY", "Cipher Mining sold 300 BTC in 2024 (2023: 800 BTC).", "2024-01-01 2024-12-31"),
        ("2025-02-25", "Cipher FY", "Cipher Mining sold 300 BTC in the three months to December 31.", "2024-10-01 2024-12-31"),
        (
            "2025-02-25",
            "Cipher FY",
            "Cipher Mining sold 300 BTC in January and another 120 BTC in the first half of February.",
            "2025-01-01 2025-01-31",
        ),
        ("2025-02-25", "Cipher FY", "Cipher Mining sold 300 BTC on February 3, the filing of Tuesday says.", "2025-02-03 2025-02-03"),
        ("2025-02-25", "Cipher FY", "On Tuesday Cipher Mining said that it had sold 300 BTC in January.", "2025-01-01 2025-01-31"),
    ],
)
def test_a_sale_is_dated_by_the_words_around_it(published: str, title: str, text: str, want: str) -> None:
    assert period(published, text, title) == want


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("im zweiten Quartal", date(2025, 4, 1), date(2025, 6, 30)),
        ("zweites Quartal", date(2025, 4, 1), date(2025, 6, 30)),
        ("im 2. Quartal 2024", date(2024, 4, 1), date(2024, 6, 30)),
        ("im ersten Halbjahr", date(2025, 1, 1), date(2025, 6, 30)),
        ("au deuxième trimestre", date(2025, 4, 1), date(2025, 6, 30)),
        ("no segundo trimestre", date(2025, 4, 1), date(2025, 6, 30)),
        ("во втором квартале", date(2025, 4, 1), date(2025, 6, 30)),
        ("第二季度", date(2025, 4, 1), date(2025, 6, 30)),
        ("上半年", date(2025, 1, 1), date(2025, 6, 30)),
    ],
)
def test_quarters_and_halves_are_read_in_other_languages(words: str, start: date, end: date) -> None:
    assert [mention.period for mention in find_dates(words, date(2025, 8, 14))] == [Period(start, end)]


def test_the_words_of_a_period_are_its_evidence() -> None:
    text = "In the June quarter, Riot Platforms sold 300 BTC."
    article = Article(id="x", title="Note", text=text, published=datetime(2025, 7, 25, tzinfo=UTC))
    (sale,) = (event for event in extract(article).events if event.kind is Kind.SALE)
    span = sale.evidence["period"]
    assert article.body[span.start : span.end] == "June quarter"


CANGO = "Cango sold roughly 900 BTC on Saturday."


@pytest.mark.parametrize(
    ("text", "want"),
    [
        (f"{CANGO} Riot Platforms sold 350 BTC.", None),
        (f"{CANGO} Riot Platforms kept its coins until then. It sold 350 BTC.", None),
        ("Shares of Cango fell on Saturday. Riot Platforms sold 350 BTC.", None),
        (f"{CANGO} Riot Platforms also sold 350 BTC.", "2026-11-21"),
        (f"{CANGO} Riot Platforms sold 350 BTC, too.", "2026-11-21"),
        (f"{CANGO} Meanwhile Riot Platforms sold 350 BTC that day.", "2026-11-21"),
        ("Cango and Riot Platforms sold coins on Saturday. Riot Platforms sold 350 BTC.", "2026-11-21"),
        ("Two miners sold coins on Saturday. Cango sold 900 BTC. Riot Platforms sold 350 BTC.", "2026-11-21"),
        ("Riot Platforms moved on Saturday. It sold 350 BTC.", "2026-11-21"),
        (f"{CANGO} Riot Platforms sold 350 BTC on Friday.", "2026-11-20"),
        ("In October, Cango sold 900 BTC. Riot Platforms sold 350 BTC.", "2026-10-01"),
    ],
)
def test_a_day_of_one_miner_is_carried_to_another_only_by_a_word(text: str, want: str | None) -> None:
    article = Article("x", "Miners sell", text, datetime(2026, 11, 22, tzinfo=UTC))
    (when,) = [event.period for event in extract(article).events if event.company == "Riot Platforms" and event.btc == 350]
    assert (when and when.start.isoformat()) == want
