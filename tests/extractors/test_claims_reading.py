"""What an article says about the network and the market: whose figure it is, what it does, when it holds, how sure it is."""

from datetime import date
from decimal import Decimal

import pytest

from extractors.claims.find import find_claims
from extractors.model import Bounds, Claim, Metric, Modality

SEEN = date(2026, 2, 8)


def read(text: str, title: str = "Bitcoin difficulty", seen: date | None = SEEN) -> tuple[Claim, ...]:
    return find_claims(f"{title}\n{text}", seen)


def only(text: str, title: str = "Mining difficulty", seen: date | None = SEEN) -> Claim:
    (claim,) = read(text, title, seen)
    return claim


def told(text: str) -> list[tuple[str, Decimal | None, Decimal | None, Decimal | None]]:
    return [(claim.metric.value, claim.value, claim.from_value, claim.change_pct) for claim in read(text)]


T, E = Decimal("1e12"), Decimal("1e18")


@pytest.mark.parametrize(
    "text",
    [
        "Difficulty fell 11.16% to 125.86 T from 141.67 T.",
        "From 141.67 T the difficulty has come down to 125.86 T, which is 11.16% less.",
        "141.67 T became 125.86 T: the difficulty lost 11.16 percent.",
        "Difficulty: 125.86 T (-11.16%)\nPrevious: 141.67 T",
        "11.16% has gone from Bitcoin's difficulty. The retarget took it from 141.67 trillion to 125.86 trillion.",
    ],
)
def test_level_change_and_level_before_are_one_claim_however_they_are_told(text: str) -> None:
    assert told(text) == [("difficulty", Decimal("125.86") * T, Decimal("141.67") * T, Decimal("-11.16"))]


def test_the_headline_is_not_told_again() -> None:
    claim = only("Mining difficulty slipped 11.16% to 125.86 T.", "Bitcoin difficulty down 11%, most since 2021")
    assert (claim.change_pct, claim.superlative) == (Decimal("-11.16"), "drop:2021")


def test_a_change_over_a_year_stands_apart_from_the_level() -> None:
    level, change = read("Difficulty is at 119 trillion, 35% more than last year.", "Mining", date(2025, 5, 6))
    assert (level.value, level.change_pct) == (119 * T, None)
    assert (change.change_pct, change.since) == (35, date(2024, 5, 6))


@pytest.mark.parametrize(
    "text",
    [
        "Riot's hash rate rose 4% to 33.7 EH/s.",
        "The deployed hash rate stands at 12 EH/s.",
        "Foundry, the largest pool, fell from 400 EH/s to 198 EH/s.",
        "Shares of MARA slid 16% and mining revenue fell 11%.",
        "Miners account for 38% of the network hashrate.",
        "The average increase per adjustment is 1.3%.",
        "China made up 65 percent of output.",
        "ETH: $2,105 +0.68% | SOL: $86.69",
        "It sold 475 bitcoin at $81,731 each on average.",
        "The average cost of production is $87,000.",
        "The holdings are worth $413 million at a bitcoin price of $62,700.",
        "Bitcoin failed to break $100,000.",
        "An average block took 12 minutes and 36 seconds.",
    ],
)
def test_what_is_anothers_is_no_claim(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        ("The network's seven-day hashrate stands at 941 EH/s.", Metric.HASHRATE, 941 * E),
        ("The seven-day hashrate climbed to 795.7 TH/s as difficulty rose.", Metric.HASHRATE, Decimal("795.7e12")),
        ("Hash price fell to $33.", Metric.HASHPRICE, Decimal(33)),
        ("The Puell Multiple, a gauge of miner income, sank to 0.61.", Metric.PUELL, Decimal("0.61")),
        ("It took effect at block 935,424.", Metric.BLOCK_HEIGHT, Decimal(935424)),
        ("A block yields 3.125 BTC now.", Metric.BLOCK_REWARD, Decimal("3.125")),
        ("Bitcoin changed hands for $70,904.19 at the time of reporting.", Metric.PRICE, Decimal("70904.19")),
        ("It sold into a market that could barely hold $68,000.", Metric.PRICE, Decimal(68000)),
        ("BTC/USD: 71,900.", Metric.PRICE, Decimal(71900)),
    ],
)
def test_each_metric_is_known_by_its_words(text: str, metric: Metric, value: Decimal) -> None:
    claim = only(text)
    assert (claim.metric, claim.value, claim.modality) == (metric, value, Modality.FACT)


def test_bitcoin_names_the_price_only_where_it_has_one() -> None:
    assert told("The difficulty of mining Bitcoin (BTC) came down by 11.16%.")[0][0] == "difficulty"
    assert told("Bitcoin fell 5% to $68,000.") == [("price", 68000, None, -5)]


@pytest.mark.parametrize(
    "text",
    [
        "Difficulty will fall by 10.4% on February 23.",
        "About 10.4% will be shaved off the difficulty.",
        "A cut of the difficulty by 10.4% was the expectation.",
        "CoinWarz sees difficulty 10.4% lower on Feb. 21.",
        "Next estimate: -10.4% for the difficulty.",
        "Difficulty is on course to fall by 10.4%.",
    ],
)
def test_what_is_expected_is_a_forecast(text: str) -> None:
    claim = only(text)
    assert (claim.change_pct, claim.modality) == (Decimal("-10.4"), Modality.FORECAST)
    assert "modality" in claim.evidence


@pytest.mark.parametrize(
    "text",
    [
        "As expected, difficulty fell by 10.4%.",
        "On May 13 the difficulty fell by 10.4%.",
        "Difficulty fell by 10.4%, and analysts expect more.",
        "That would undo last week's 10.4% difficulty decline.",
    ],
)
def test_what_has_happened_is_a_fact(text: str) -> None:
    assert only(text).modality is Modality.FACT


def test_each_figure_takes_its_own_day() -> None:
    claims = read("Cuts of the difficulty this year: 3.28% on January 22 and 1.2% on January 8.", "Mining")
    assert [(claim.change_pct, claim.at) for claim in claims] == [
        (Decimal("-3.28"), date(2026, 1, 22)),
        (Decimal("-1.2"), date(2026, 1, 8)),
    ]


def test_a_day_to_come_is_read_forward() -> None:
    assert only("Difficulty should drop another 10.4% on February 23.").at == date(2026, 2, 23)


def test_now_is_the_day_of_publication() -> None:
    claim = only("Difficulty now stands at 125.86 T.")
    assert claim.at == SEEN
    assert claim.evidence["at"] != claim.evidence["value"]


def test_a_record_that_is_fallen_from_is_a_claim_of_its_own() -> None:
    fall, record = read("Bitcoin has cheapened by 28%, to $90,000, since its record of about $126,000.", "Bitcoin", date(2025, 12, 11))
    assert (fall.value, fall.from_value, fall.change_pct) == (90000, 126000, -28)
    assert (record.value, record.superlative) == (126000, "high:all")


def test_a_superlative_of_the_change_and_one_of_the_level_are_two_claims() -> None:
    first, second = read("Difficulty jumped 10.5%, the largest rise since 2022, to an all-time high of 90.67 T.", "Mining")
    assert (first.superlative, second.superlative) == ("rise:2022", "high:all")


def test_a_mark_passed_on_the_way_is_no_level() -> None:
    claims = read("Difficulty crossed 150 trillion for the first time. It rose 5.97% to 150.84 trillion.", "Mining")
    assert [claim.value for claim in claims] == [Decimal("150.84") * T]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Difficulty rose by more than 40%.", Bounds(low=Decimal(40))),
        ("Difficulty will rise by 9 to 12%.", Bounds(Decimal(9), Decimal(12))),
        ("Difficulty rose by about 40%.", Bounds(about=True)),
        ("Difficulty fell by more than 40%.", Bounds(high=Decimal(-40))),
    ],
)
def test_hedges_become_bounds(text: str, bounds: Bounds) -> None:
    assert only(text).bounds["change_pct"] == bounds


def test_every_filled_field_has_its_words() -> None:
    title, text = "Difficulty", "On February 7, 2026 difficulty fell 11.16% to 125.86 T from 141.67 T, the largest drop since 2021."
    body = f"{title}\n{text}"
    (claim,) = find_claims(body, SEEN)
    words = {field: body[slice(*span)] for field, span in claim.evidence.items()}
    assert words == {
        "metric": "difficulty",
        "at": "February 7, 2026",
        "change_pct": "11.16%",
        "value": "125.86 T",
        "from_value": "141.67 T",
        "superlative": "largest drop since 2021",
    }


def test_without_a_date_of_publication_only_full_dates_count() -> None:
    claim = only("On February 7, 2026 difficulty fell 11.16%. ", seen=None)
    assert claim.at == date(2026, 2, 7)


@pytest.mark.parametrize("text", ["", "\n", "Nothing about mining here.", "Is difficulty at a record high?"])
def test_an_article_may_claim_nothing(text: str) -> None:
    assert find_claims(text, SEEN) == ()
