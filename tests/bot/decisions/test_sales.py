from datetime import date, timedelta
from decimal import Decimal

from bot.decisions.names import canonical, find_miner, names_of, nearest_miner
from bot.decisions.sales import by_miner, day_of, listed, page_of, total
from bot.model import SalesQuery, StoredStory
from extractors.model import Kind, Status
from tests.support.effort import assert_in_proportion
from tests.support.tales import NOW, cango, days, stored, utc

JANUARY, FEBRUARY = days("2026-01-01", "2026-01-31"), days("2026-02-01", "2026-02-28")
QUARTER = days("2026-01-01", "2026-03-31")
APRIL = utc("2026-04-02T12:00")


def test_a_sale_counts_by_the_end_of_its_days() -> None:
    assert day_of(cango()) == date(2026, 2, 8)


def test_a_plan_counts_by_its_report_and_so_does_a_sale_without_days() -> None:
    assert day_of(stored(status=Status.PLANNED, btc="2500", period=QUARTER)) == date(2026, 2, 9)
    assert day_of(stored(btc="550")) == date(2026, 2, 9)


def test_newest_first() -> None:
    older, newer = stored(1, btc="550", period=JANUARY), cango(2)
    assert listed([older, newer], SalesQuery(), NOW) == [newer, older]


def test_only_sales_are_listed_and_only_what_was_told_by_then() -> None:
    others = [
        stored(2, kind=Kind.PRODUCTION, btc="496"),
        stored(3, btc="1", reported=utc("2026-02-11T00:00")),
        stored(4, btc="2", gone=True),
        stored(5, btc="3", wrong=True),
    ]
    assert listed([cango(1), *others], SalesQuery(), NOW) == [cango(1)]


def test_a_company_is_asked_for_by_any_of_its_names() -> None:
    early = stored(1, company="Bitfarms", ticker="BITF", btc="1827")
    assert listed([early, cango(2)], SalesQuery(company="Keel Infrastructure"), NOW) == [early]
    assert listed([early, cango(2)], SalesQuery(company="BITF"), NOW) == [early]


def test_size_and_age_limit_the_list() -> None:
    small, old, unsaid = stored(1, btc="550"), stored(2, btc="5000", period=days("2025-06-01", "2025-06-30")), stored(3, usd="200000000")
    assert listed([small, old, unsaid, cango(4)], SalesQuery(min_btc=Decimal(500), since=date(2026, 1, 11)), NOW) == [small, cango(4)]


def test_plans_and_rumours_are_in_no_sum() -> None:
    sums = total([cango(1), stored(2, btc="2500", status=Status.PLANNED), stored(3, btc="100", status=Status.RUMOURED)])
    assert (sums.count, sums.btc, sums.usd) == (1, 4451, 305000000)


def test_a_month_inside_a_listed_quarter_is_not_counted_twice() -> None:
    month, quarter = stored(1, btc="1155", period=JANUARY, reported=APRIL), stored(2, btc="3000", period=QUARTER, reported=APRIL)
    assert total([month, quarter]).btc == 3000
    assert total([month]).btc == 1155


def test_a_quarter_told_in_dollars_says_nothing_of_the_coins_of_its_months() -> None:
    month, quarter = stored(1, btc="1155", period=JANUARY), stored(2, usd="206800000", period=QUARTER)
    sums = total([month, quarter])
    assert (sums.btc, sums.usd, sums.coins, sums.priced) == (1155, 206800000, 1, 1)


def test_two_disposals_of_the_same_days_are_both_counted() -> None:
    week = days("2026-02-14", "2026-02-20")
    parts = [stored(1, btc="189.8", period=week), stored(2, btc="943.1", period=week)]
    assert total(parts).btc == Decimal("1132.9")
    assert total([*parts, stored(3, btc="1132.9", period=week)]).btc == Decimal("1132.9")


def test_a_link_without_days_counts_the_larger_one() -> None:
    part, whole = stored(1, btc="100", linked=(2,)), stored(2, btc="700")
    assert total([part, whole]).btc == 700


def test_other_miners_sales_of_the_same_days_are_not_parts() -> None:
    assert (
        total([stored(1, btc="100", period=JANUARY), stored(2, company="Riot Platforms", ticker="RIOT", btc="700", period=QUARTER)]).btc
        == 800
    )


def test_a_smaller_total_does_not_swallow_a_larger_part() -> None:
    assert total([stored(1, btc="900", period=JANUARY), stored(2, btc="700", period=QUARTER)]).btc == 1600


def test_sums_by_miner_join_the_names_of_one_company_and_put_the_largest_first() -> None:
    sales = [
        stored(1, company="Bitfarms", ticker="BITF", btc="1000", period=JANUARY),
        stored(2, company="Keel Infrastructure", ticker="KEEL", btc="500", period=FEBRUARY),
        cango(3),
        stored(4, company="Somebody", ticker=None, btc="9", status=Status.PLANNED),
    ]
    assert [(group.company, group.sums.btc, group.sums.count) for group in by_miner(sales)] == [
        ("Cango", 4451, 1),
        ("Keel Infrastructure", 1500, 2),
    ]


def test_pages_stay_within_what_there_is() -> None:
    assert page_of(range(11), 3, 5) == (range(10, 11), 3, 3)
    assert page_of(range(11), 99, 5) == (range(10, 11), 3, 3)
    assert page_of(range(0), 0, 5) == (range(0), 1, 1)


def test_a_miner_is_found_by_name_ticker_and_former_name_and_a_slip_leads_to_the_nearest() -> None:
    assert [getattr(find_miner(text), "name", None) for text in ("cang", "$CANG", "#RIOT", "iris energy", "nobody")] == [
        "Cango",
        "Cango",
        "Riot Platforms",
        "IREN",
        None,
    ]
    assert canonical("Marathon Digital") == "MARA"
    assert canonical("Somebody Mining") == "Somebody Mining"
    assert "Bitfarms" in names_of(find_miner("KEEL"))  # type: ignore[arg-type]
    assert nearest_miner("cangoo").name == "Cango"  # type: ignore[union-attr]
    assert nearest_miner("xyzzy") is None


def test_the_sums_of_many_sales_take_work_in_proportion() -> None:
    def sales(number: int) -> list[StoredStory]:
        first = date(2000, 1, 1)
        ends = [(first + timedelta(days=one)).isoformat() for one in range(number)]
        return [stored(one, btc=str(one + 1), period=days(end)) for one, end in enumerate(ends)]

    assert total(sales(50)).btc == 50 * 51 // 2
    assert_in_proportion(total, sales, 4000)
