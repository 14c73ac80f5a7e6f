"""What a story says: its best figures, stage, reasons, differences and links."""

from decimal import Decimal

from extractors.merge import merge
from extractors.model import Purpose, Status
from tests.support.tellings import days, told


def test_a_primary_source_outranks_the_press() -> None:
    (story,) = merge(
        [
            told("press 1", btc=15133, usd=10**9, days="2026-03", seen="2026-03-26"),
            told("press 2", btc=15133, usd=10**9, days="2026-03", seen="2026-03-26"),
            told("filing", btc=15133, usd=1_100_000_000, days="2026-03", seen="2026-03-28", primary=True),
        ]
    )
    assert story.usd == 1_100_000_000
    assert story.articles[0] == "filing"
    (difference,) = story.differ
    assert difference.field == "usd"
    assert difference.values == (("1100000000", ("filing",)), ("1000000000", ("press 1", "press 2")))


def test_the_press_may_be_more_exact_than_the_release_it_agrees_with() -> None:
    (story,) = merge([told("release", btc=4500, days="2026-02", primary=True), told("press", btc=4451, days="2026-02-07/2026-02-08")])
    assert story.btc == 4451
    assert story.period == days("2026-02-07/2026-02-08")
    assert story.differ == ()


def test_the_most_told_figure_is_the_reading_and_the_others_are_kept() -> None:
    tellings = [told(article, btc=485, days="2026-02", kind="production") for article in "ab"]
    (story,) = merge([*tellings, told("c", btc=479, days="2026-02", kind="production")])
    assert story.btc == 485
    assert story.differ[0].values == (("485", ("a", "b")), ("479", ("c",)))


def test_figures_that_round_to_one_another_do_not_differ() -> None:
    (story,) = merge([told("a", btc=4451, usd=305_000_000, days="2026-02"), told("b", btc=4500, usd=304_900_000, days="2026-02")])
    assert (story.btc, story.usd, story.differ) == (4451, 304_900_000, ())


def test_a_plan_and_its_execution_are_one_story_at_the_latest_stage() -> None:
    (story,) = merge(
        [
            told("rumour", btc=500, status="rumoured", seen="2026-02-27", why="ai_hpc"),
            told("plan", btc=500, status="planned", days="2026-03", seen="2026-03-01", why="debt_repayment"),
            told("deed", btc=492, usd=34_000_000, days="2026-03-12", seen="2026-03-14"),
        ]
    )
    assert (story.status, story.btc, story.period) == (Status.COMPLETED, 492, days("2026-03-12"))
    assert story.purposes == (Purpose.DEBT_REPAYMENT, Purpose.AI_HPC)
    assert story.differ[0].values == (("492", ("deed",)), ("500", ("rumour", "plan")))


def test_what_the_deed_leaves_out_is_taken_from_the_plan() -> None:
    (story,) = merge(
        [told("plan", btc=1827, usd=120_000_000, status="planned", seen="2026-03-01"), told("deed", btc=1827, seen="2026-03-20")]
    )
    assert (story.status, story.usd) == (Status.COMPLETED, 120_000_000)


def test_settlement_and_price_are_kept() -> None:
    (story,) = merge([told("a", btc=4451, days="2026-02", paid="USDT"), told("b", btc=4451, days="2026-02", price=68523)])
    assert (story.settlement, story.price_usd) == ("USDT", Decimal(68523))


def test_periods_that_exclude_each_other_differ() -> None:
    (story,) = merge([told("a", btc=7202, days="2022-06"), told("b", btc=7202, days="2022-06"), told("c", btc=7202, days="2022-07")])
    assert story.period == days("2022-06")
    assert story.differ[0].values == (("2022-06-01/2022-06-30", ("a", "b")), ("2022-07-01/2022-07-31", ("c",)))


def test_a_sale_is_not_dated_after_it_was_told() -> None:
    (story,) = merge(
        [told("a", btc="21.6", days="2026-03", seen="2025-07-18"), told("b", btc="21.6", days="2025-07-17", seen="2025-07-20")]
    )
    assert (story.period, len(story.tellings)) == (days("2025-07-17"), 2)


def test_a_month_and_the_quarter_that_holds_it_are_linked() -> None:
    january, quarter = merge([told("a", btc=550, days="2026-01"), told("b", btc=6551, days="2026-01-01/2026-03-31")])
    assert {january.btc, quarter.btc} == {Decimal(550), Decimal(6551)}
    assert (january.linked, quarter.linked) == ((1,), (0,))


def test_a_year_to_date_is_linked_with_its_months() -> None:
    stories = merge(
        [told(f"a{month}", btc=100 + month, days=f"2024-0{month}") for month in range(1, 7)]
        + [told("sum", btc=630, days="2024-01-01/2024-06-30")]
    )
    total = next(story for story in stories if story.btc == 630)
    assert [stories[index].btc for index in total.linked] == [101, 102, 103, 104, 105, 106]


def test_a_total_smaller_than_the_part_does_not_hold_it() -> None:
    assert all(not story.linked for story in merge([told("a", btc=550, days="2026-01"), told("b", btc=300, days="2026-01-01/2026-03-31")]))


def test_parts_are_linked_with_their_sum() -> None:
    week = "2026-02-14/2026-02-20"
    stories = merge([told("a", btc="189.8", days=week), told("a", btc="943.1", days=week), told("b", btc="1132.9", days=week)])
    linked = {str(story.btc): sorted(str(stories[index].btc) for index in story.linked) for story in stories}
    assert linked == {"189.8": ["1132.9"], "943.1": ["1132.9"], "1132.9": ["189.8", "943.1"]}


def test_a_plan_of_another_size_is_linked_with_what_was_done() -> None:
    plan, deed = merge([told("a", btc=2500, status="planned", days="2026-03"), told("b", btc=1900, days="2026-03")])
    assert plan.linked and deed.linked


def test_amounts_too_far_apart_to_merge_are_linked_if_they_may_be_one() -> None:
    one, other = merge([told("a", btc=7000, days="2022-06"), told("b", btc=7202, days="2022-06")])
    assert one.linked and other.linked


def test_of_two_figures_told_as_often_the_finer_is_the_reading() -> None:
    (story,) = merge([told("a", btc=15133, usd=10**9, days="2026-03"), told("b", btc=15133, usd=1_100_000_000, days="2026-03")])
    assert story.usd == 1_100_000_000


def test_stories_come_oldest_first() -> None:
    stories = merge([told("c", btc=30, seen="2026-03-05"), told("a", btc=10, days="2026-01"), told("b", btc=20, days="2026-02")])
    assert [story.btc for story in stories] == [10, 20, 30]
