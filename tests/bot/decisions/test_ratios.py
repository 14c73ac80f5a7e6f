"""How much of its output each miner sold, and what is not said where it is not known."""

from decimal import Decimal

import pytest

from bot.decisions.choice import Choice
from bot.decisions.digest import DigestFacts, Window, digest
from bot.decisions.join import Facts
from bot.decisions.markup import to_html, to_plain
from bot.decisions.ratios import latest_ratios, ratios_of
from bot.model import StoredStory
from extractors.model import Kind
from tests.support.tales import NOW, days, source, stored, utc

JANUARY, DECEMBER, QUARTER = days("2026-01-01", "2026-01-31"), days("2025-12-01", "2025-12-31"), days("2025-10-01", "2025-12-31")
WEEK = Window(utc("2026-02-03T09:00"), NOW, weekly=True)


def mined(number: int, btc: str, period=JANUARY, **fields) -> StoredStory:
    return stored(number, kind=Kind.PRODUCTION, btc=btc, period=period, reported=fields.pop("reported", utc("2026-02-02T11:00")), **fields)


def riot(number: int, **fields) -> StoredStory:
    return stored(number, company="Riot Platforms", ticker="RIOT", **fields)


def test_only_sales_within_the_days_count_and_each_coin_once() -> None:
    sales = [
        stored(2, btc="200", period=days("2026-01-05", "2026-01-10")),
        stored(3, btc="550", period=JANUARY),
        stored(4, btc="900", period=days("2026-01-20", "2026-02-03")),
        stored(5, btc="70"),
    ]
    [one] = ratios_of([mined(1, "500")], sales)
    assert (one.sold.btc, one.share) == (Decimal(550), Decimal("1.1"))


def test_the_newest_period_comes_first_and_the_month_before_its_quarter() -> None:
    found = ratios_of([mined(1, "1500", QUARTER), mined(2, "480", DECEMBER), mined(3, "500")], [])
    assert [one.coins for one in found] == [Decimal(500), Decimal(480), Decimal(1500)]


def test_of_two_figures_for_a_period_the_most_told_one_stands() -> None:
    told = mined(2, "496").story.tellings * 2
    [one] = ratios_of(
        [mined(1, "12"), stored(2, kind=Kind.PRODUCTION, btc="496", period=JANUARY, tellings=(told[0], *_others(told[0])))], []
    )
    assert one.coins == Decimal(496)


def _others(told):
    from dataclasses import replace

    return (replace(told, article_id="another"),)


def test_the_largest_share_comes_first_and_a_miner_without_known_sales_last() -> None:
    stories = [
        mined(1, "500"),
        stored(2, btc="100", period=JANUARY),
        mined(3, "600", company="Riot Platforms", ticker="RIOT"),
        riot(4, btc="600", period=JANUARY),
        mined(5, "900", company="MARA", ticker="MARA"),
    ]
    assert [(one.mined.story.company, one.share) for one in latest_ratios(stories, NOW)] == [
        ("Riot Platforms", Decimal(1)),
        ("Cango", Decimal("0.2")),
        ("MARA", None),
    ]
    assert [one.mined.story.company for one in latest_ratios(stories, NOW, Choice(miners=frozenset({"Cango"})))] == ["Cango"]


@pytest.mark.parametrize("fields", [{"period": days("2025-11-01", "2025-11-26")}, {"reported": utc("2026-02-11T00:00")}, {"wrong": True}])
def test_what_is_long_past_not_told_yet_or_wrong_is_left_out(fields) -> None:
    assert latest_ratios([mined(1, "500", **fields)], NOW) == []


def weekly(*stories: StoredStory, window: Window = WEEK) -> str:
    said = digest(DigestFacts(Facts(stories), {story.id: [source()] for story in stories}), window)
    assert len(to_html(said)) == 1
    return to_plain(said)


def test_the_week_tells_the_share_of_each_and_of_all_together() -> None:
    shown = weekly(
        mined(1, "500"),
        stored(2, btc="100", period=JANUARY, reported=utc("2026-02-04T12:00")),
        mined(3, "600", company="Riot Platforms", ticker="RIOT"),
        riot(4, btc="600", period=JANUARY),
        mined(5, "900", company="MARA", ticker="MARA"),
    )
    assert "Weekly digest, the 6 days" not in shown
    assert "Weekly digest, the 7 days to Tue 10 Feb 2026, 09:00 UTC" in shown
    assert "Sold against mined: 64 % of 1,100 BTC by the 2 that tell both" in shown
    assert "Cango (CANG), Jan 2026: mined 500 BTC · sold 100 BTC, 20 % of it · TheMinerMag" in shown
    assert "MARA, Jan 2026: mined 900 BTC · no sale in Jan 2026 is known" in shown.replace("MARA (MARA)", "MARA")


def test_a_day_says_nothing_of_it() -> None:
    assert "mined" not in weekly(mined(1, "500"), window=Window(utc("2026-02-09T09:00"), NOW))


def test_a_quiet_week_is_two_lines() -> None:
    shown = weekly()
    assert shown.startswith("A quiet week to Tue 10 Feb 2026: no sale by a miner was reported")


def test_a_week_of_many_miners_stays_one_message() -> None:
    names = [f"Miner {number}" for number in range(40)]
    stories = [mined(number, "500", company=name, ticker=None) for number, name in enumerate(names, 1)]
    stories += [stored(number, company=name, ticker=None, btc="77", period=JANUARY) for number, name in enumerate(names, 101)]
    shown = weekly(*stories)
    assert "more miners: /miner" in shown
