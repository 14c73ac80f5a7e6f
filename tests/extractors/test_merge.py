"""Which tellings are one story, and which only look alike."""

import pytest

from extractors.merge import merge
from tests.support.tellings import told


def groups(*tellings):
    """The articles of each story, as sets, without regard to the order of stories."""
    return {frozenset(story.articles) for story in merge(tellings)}


ONE, TWO = {frozenset("ab")}, {frozenset("a"), frozenset("b")}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"btc": 4451, "days": "2026-02-07/2026-02-08"}, {"btc": 4451, "days": "2026-02"}, id="days in a month"),
        pytest.param({"btc": 4451, "seen": "2026-02-09"}, {"btc": 4451, "seen": "2026-04-20"}, id="an odd amount, weeks later"),
        pytest.param({"btc": 4451, "days": "2026-02"}, {"btc": 4500, "days": "2026-02"}, id="about 4,500"),
        pytest.param({"btc": 4451, "days": "2026-02"}, {"btc": 4400, "days": "2026-02"}, id="over 4,400"),
        pytest.param({"btc": 4451, "seen": "2026-02-09"}, {"btc": 4500, "seen": "2026-02-11"}, id="about 4,500, both undated"),
        pytest.param({"btc": 2000, "days": "2026-03"}, {"btc": "2000.5", "days": "2026-03"}, id="2,000 and 2,000.5"),
        pytest.param({"btc": 550, "days": "2026-01"}, {"btc": "550.03", "days": "2026-01"}, id="550 and 550.03"),
        pytest.param({"btc": "417.6", "days": "2025-06"}, {"btc": 417, "days": "2025-06"}, id="cut, not rounded"),
        pytest.param({"btc": 250, "usd": 10_000_000, "days": "2022-04"}, {"usd": 10_000_000, "days": "2022-04"}, id="dollars alone"),
        pytest.param({"btc": 250, "days": "2022-04"}, {"usd": 10_000_000, "days": "2022-04"}, id="coins in one, dollars in the other"),
        pytest.param({"btc": 4451, "price": 68500, "days": "2026-02-08"}, {"usd": 305_000_000, "seen": "2026-02-09"}, id="by the price"),
        pytest.param(
            {"btc": 132, "usd": 9_000_000, "days": "2024-06"}, {"btc": 123, "usd": 9_000_000, "days": "2024-06"}, id="digits swapped"
        ),
        pytest.param({"btc": 250, "days": "2022-04"}, {"btc": 250, "seen": "2022-05-04"}, id="a round amount, told at once"),
        pytest.param({"btc": 1500, "days": "2023-01"}, {"btc": 1500, "seen": "2023-03-27"}, id="a round amount, told weeks later"),
        pytest.param({"btc": 3000, "usd": 62_000_000, "days": "2022-06-14/2022-06-21"}, {"btc": 3000, "seen": "2022-06-22"}, id="a week"),
        pytest.param({"btc": 120, "days": "2026-02-07"}, {"btc": 120, "days": "2026-02-09"}, id="a weekend off"),
        pytest.param(
            {"btc": 15133, "usd": 1_100_000_000, "days": "2026-03"}, {"btc": 15133, "usd": 10**9, "days": "2026-03"}, id="1.1 or 1.0 bn"
        ),
        pytest.param(
            {"btc": 250, "usd": 10_000_000, "days": "2022-04"}, {"btc": 250, "usd": 10_600_000, "days": "2022-04"}, id="gross and net"
        ),
        pytest.param(
            {"btc": 7202, "usd": 167_000_000, "days": "2022-06"}, {"btc": 7202, "usd": 167_000_000, "days": "2022-07"}, id="wrong month"
        ),
        pytest.param(
            {"btc": 475, "days": "2025-04", "seen": "2025-05-05"}, {"btc": 475, "days": "2025-05-06", "seen": "2025-05-06"}, id="slip"
        ),
        pytest.param({"btc": 1827, "status": "planned", "seen": "2026-03-31"}, {"btc": 1827, "days": "2026-05"}, id="plan and deed"),
        pytest.param({"btc": 500, "status": "planned", "seen": "2026-03-01"}, {"btc": 500, "seen": "2026-03-20"}, id="round plan and deed"),
        pytest.param({"btc": 500, "status": "planned", "days": "2026-03"}, {"btc": 490, "days": "2026-03-12"}, id="plan not quite met"),
        pytest.param({"btc": 300, "status": "rumoured", "seen": "2026-03-01"}, {"btc": 300, "seen": "2026-03-04"}, id="rumour borne out"),
        pytest.param({"btc": 134, "seen": "2024-07-02"}, {"usd": 8_800_000, "days": "2024-06", "seen": "2024-07-01"}, id="told together"),
        pytest.param(
            {"btc": 1500, "usd": 62_000_000, "price": 22_666, "seen": "2022-06-21"},
            {"btc": 1500, "usd": 34_000_000, "seen": "2022-06-17"},
            id="dollars that its own price contradicts",
        ),
        pytest.param({"btc": 250}, {"btc": 250}, id="nothing known of time"),
    ],
)
def test_one_disposal_is_one_story(first, second) -> None:
    assert groups(told("a", **first), told("b", **second)) == ONE


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({"btc": 250, "days": "2022-04"}, {"btc": 250, "days": "2022-05"}, id="250 in April, 250 in May"),
        pytest.param(
            {"btc": 475, "days": "2025-04", "seen": "2025-05-05"}, {"btc": 475, "days": "2025-05", "seen": "2025-06-04"}, id="475 twice"
        ),
        pytest.param({"btc": 250, "seen": "2022-05-04"}, {"btc": 250, "seen": "2022-06-06"}, id="round, undated, a month apart"),
        pytest.param({"btc": 250, "days": "2022-04"}, {"btc": 250, "seen": "2022-08-04"}, id="round, undated, months later"),
        pytest.param({"btc": 250, "days": "2022-05"}, {"btc": 250, "seen": "2022-05-03"}, id="told before the month was over"),
        pytest.param(
            {"btc": 250, "usd": 10_000_000, "seen": "2022-05-04"}, {"btc": 250, "usd": 7_500_000, "seen": "2022-05-09"}, id="dollars differ"
        ),
        pytest.param({"btc": 2500, "days": "2026-01-01/2026-03-31"}, {"btc": 550, "days": "2026-01"}, id="a total"),
        pytest.param({"btc": 4451, "days": "2026-02"}, {"btc": 4452, "seen": "2026-05-02"}, id="another odd amount"),
        pytest.param({"btc": 4500, "days": "2026-02"}, {"btc": 4451, "seen": "2026-06-02"}, id="rounds, but months apart"),
        pytest.param({"btc": 7000, "days": "2022-06"}, {"btc": 7202, "days": "2022-06"}, id="7,000 is not 7,202"),
        pytest.param({"btc": 189, "days": "2026-02-14/2026-02-20"}, {"btc": 943, "days": "2026-02-14/2026-02-20"}, id="two parts"),
        pytest.param({"usd": 10_000_000, "days": "2022-04"}, {"usd": 10_000_000, "days": "2022-05"}, id="ten million twice"),
        pytest.param({"btc": 250, "days": "2022-04"}, {"usd": 10_000, "days": "2022-04"}, id="not the price of a coin"),
        pytest.param({"btc": 132, "days": "2024-06"}, {"btc": 123, "days": "2024-06"}, id="digits swapped, no dollars"),
        pytest.param(
            {"btc": 132, "usd": 9_000_000, "days": "2024-06"},
            {"btc": 123, "usd": 9_000_000, "days": "2024-07"},
            id="digits swapped, months",
        ),
        pytest.param({"btc": 500, "days": "2026-03"}, {"btc": 500, "status": "planned", "seen": "2026-05-01"}, id="a new plan"),
        pytest.param({"btc": 2500, "status": "planned", "days": "2026-03"}, {"btc": 2385, "days": "2026-03"}, id="a plan of another size"),
        pytest.param({"btc": 250, "days": "2022-04"}, {"btc": 250, "days": "2022-04", "kind": "purchase"}, id="sold and bought"),
        pytest.param(
            {"btc": 250, "days": "2022-04", "kind": "production"}, {"btc": 250, "days": "2022-05", "kind": "production"}, id="mined twice"
        ),
        pytest.param(
            {"btc": 250, "days": "2022-04-30", "kind": "holdings"}, {"btc": 250, "days": "2022-05-31", "kind": "holdings"}, id="balances"
        ),
    ],
)
def test_what_only_looks_alike_stays_apart(first, second) -> None:
    assert groups(told("a", **first), told("b", **second)) == TWO


def test_another_miner_is_another_story() -> None:
    assert groups(told("a", "Riot Platforms", btc=475, days="2025-04"), told("b", "CleanSpark", btc=475, days="2025-04")) == TWO


def test_a_former_name_is_the_same_miner() -> None:
    (story,) = merge([told("a", "Riot Blockchain", btc=250, days="2022-04"), told("b", "Riot Platforms", btc=250, days="2022-04")])
    assert story.articles == ("a", "b")


def test_an_unregistered_miner_is_known_without_its_legal_form() -> None:
    assert groups(told("a", "Northern Hash Ltd.", btc=12, days="2024-04"), told("b", "NORTHERN HASH", btc=12, days="2024-04")) == ONE


def test_an_undated_telling_goes_to_the_latest_month_it_can_mean() -> None:
    tellings = [
        told("april", btc=250, days="2022-04", seen="2022-05-03"),
        told("may", btc=250, days="2022-05", seen="2022-06-03"),
        told("undated", btc=250, seen="2022-06-08"),
    ]
    assert groups(*tellings) == {frozenset({"april"}), frozenset({"may", "undated"})}


def test_dollars_choose_between_months_of_the_same_amount() -> None:
    tellings = [
        told("april", btc=250, usd=10_000_000, days="2022-04", seen="2022-05-03"),
        told("may", btc=250, usd=7_500_000, days="2022-05", seen="2022-06-03"),
        told("undated", btc=250, usd=10_000_000, seen="2022-06-08"),
    ]
    assert groups(*tellings) == {frozenset({"april", "undated"}), frozenset({"may"})}


def test_an_article_that_tells_of_two_tranches_keeps_them_apart() -> None:
    tellings = [
        told("both", btc=1500, usd=34_000_000, seen="2022-06-21"),
        told("both", btc=1500, usd=28_000_000, days="2022-06-14/2022-06-21", seen="2022-06-21"),
        told("first", btc=1500, usd=34_000_000, seen="2022-06-17"),
    ]
    assert sorted(story.articles for story in merge(tellings)) == [("both",), ("first", "both")]


def test_an_article_is_told_once_in_its_story() -> None:
    (story,) = merge([told("a", btc=4451, days="2026-02-08"), told("a", btc=4500, seen="2026-02-09")])
    assert story.articles == ("a",)
    assert len(story.tellings) == 2


def test_an_amount_does_not_drift_from_rounding_to_rounding() -> None:
    tellings = [told(article, btc=btc, days="2026-02") for article, btc in (("a", 4451), ("b", 4500), ("c", 4545))]
    assert frozenset({"a", "b", "c"}) not in groups(*tellings)


def test_dollars_alone_stay_alone_where_two_sales_could_be_meant() -> None:
    parts = [told("a", btc=189, days="2026-02-14/2026-02-20"), told("b", btc=943, days="2026-02-14/2026-02-20")]
    assert groups(*parts, told("c", usd=20_000_000, days="2026-02-14/2026-02-20")) == {frozenset(name) for name in "abc"}


def test_output_of_one_month_is_one_story_though_figures_differ() -> None:
    (story,) = merge([told("a", btc=485, days="2026-02", kind="production"), told("b", btc=479, days="2026-02", kind="production")])
    assert [difference.field for difference in story.differ] == ["btc"]


def test_a_balance_told_on_two_days_is_one_story() -> None:
    assert groups(told("a", btc=3000, days="2026-02-08", kind="holdings"), told("b", btc=3000, days="2026-02-10", kind="holdings")) == ONE


def test_events_without_any_amount_are_each_a_story() -> None:
    assert groups(told("a", days="2026-02"), told("b", days="2026-02")) == TWO


def test_no_tellings_no_stories() -> None:
    assert merge([]) == []
