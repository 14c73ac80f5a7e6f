from datetime import date, timedelta
from decimal import Decimal

from bot.decisions.history import shipped_history
from bot.decisions.join import Context, Facts, context
from bot.decisions.telling import differ_line, hashtag, headline, own_words, price_words, sale_lines, source_line, when, wide_words
from bot.model import Day, Line, Source
from extractors.model import Difference, Kind, Purpose, Status
from tests.support.tales import NOW, cango, days, source, stored, story, utc

JANUARY = days("2026-01-01", "2026-01-31")
MARKET = {
    date(2026, 2, 7): Day(date(2026, 2, 7), Decimal(69300), Decimal(67344), Decimal(71600)),
    date(2026, 2, 8): Day(date(2026, 2, 8), Decimal(70300), Decimal(68800), Decimal(72256)),
}


def text(line: Line | None) -> str:
    return "".join(piece.text for piece in line or ())


def told(lines: list[Line]) -> str:
    return "\n".join(map(text, lines))


def test_the_seed_sale_is_told_with_all_that_is_known_of_it() -> None:
    lines = told(sale_lines(cango(12), [source()]))
    assert lines.splitlines() == [
        "Cango (CANG) sold 4,451 BTC for $305M in USDT",
        "7-8 Feb 2026 · about $68.5k a coin",
        "Purpose: debt repayment, balance sheet",
        "Source: TheMinerMag · /why_12",
    ]


def test_plans_and_rumours_say_so_in_the_verb() -> None:
    assert text(headline(story(status=Status.PLANNED, btc="2500"))) == "Cango (CANG) plans to sell 2,500 BTC"
    assert text(headline(story(status=Status.RUMOURED, btc="10"))) == "Cango (CANG) is said to have sold 10 BTC (not confirmed)"


def test_a_plan_keeps_the_words_before_its_figures() -> None:
    plan = story(status=Status.PLANNED, btc="2000", usd="200000000")
    sentence = "It hired 2,000 people and may sell up to 2,000 BTC for at least $200 million."
    quoted = [source(), source("Yellow", 2, quotes=(("btc", sentence), ("usd", sentence)))]
    assert text(headline(plan, quoted)) == "Cango (CANG) plans to sell up to 2,000 BTC for at least $200M"
    spanish = [source(quotes=(("btc", "Planea vender hasta 2.000 bitcoins."),))]
    assert text(headline(plan, spanish)) == "Cango (CANG) plans to sell up to 2,000 BTC for $200M"
    assert "up to" not in text(headline(plan, [source(quotes=(("btc", "Of up to 3,000 BTC it will sell 2,000 BTC."),))]))
    assert "up to" not in text(headline(story(btc="2000"), quoted)), "what is done is told as it was"


def test_what_is_missing_is_not_made_up() -> None:
    assert text(headline(story(usd="206800000"))) == "Cango (CANG) sold $206.8M of bitcoin"
    assert text(headline(story(btc="550.03"))) == "Cango (CANG) sold 550.03 BTC"
    assert text(headline(story(company="Some Mine", ticker=None))) == "Some Mine sold bitcoin, amount not stated"
    assert price_words(story(btc="550.03")) is None


def test_other_kinds_have_their_own_verbs() -> None:
    assert text(headline(story(kind=Kind.PRODUCTION, btc="496"))) == "Cango (CANG) mined 496 BTC"
    assert text(headline(story(kind=Kind.HOLDINGS, btc="703", usd="20000000"))) == "Cango (CANG) held 703 BTC, worth $20M"
    assert text(headline(story(kind=Kind.PURCHASE, btc="6474", usd="618000000"))) == "Cango (CANG) bought 6,474 BTC for $618M"
    assert text(headline(story(kind=Kind.TRANSFER, btc="1000"))) == "Cango (CANG) moved 1,000 BTC"


def test_a_price_is_worked_out_from_both_amounts_and_a_stated_one_stands_beside_it_if_it_differs() -> None:
    assert price_words(story(btc="4451", usd="305000000")) == "about $68.5k a coin"
    assert price_words(story(btc="4451", usd="305000000", price_usd="68500")) == "about $68.5k a coin"
    assert price_words(story(btc="1900", usd="175000000", price_usd="92000")) == "about $92.1k a coin, stated as $92,000"
    assert price_words(story(btc="1900", price_usd="92000")) == "$92,000 a coin"


def test_days_are_those_of_the_sale_or_of_its_report() -> None:
    assert when(cango()) == "7-8 Feb 2026"
    assert when(stored(btc="1", reported=utc("2026-02-09T12:00"))) == "reported 9 Feb 2026"
    assert when(stored(status=Status.PLANNED, period=days("2026-01-01", "2026-03-31"))) == "by 31 Mar 2026"


def came(feed: str, minute: int, **fields: object) -> Source:
    return source(feed, minute, seen_at=utc("2026-02-09T12:00") + timedelta(minutes=minute), **fields)


def test_each_outlet_is_named_once_in_the_order_in_which_they_came() -> None:
    told = {3: "Yellow", 2: "StockTitan", 9: "TheMinerMag", 4: "Grafa", 1: "TheMinerMag"}
    lines = [text(source_line([came(feed, minute) for minute, feed in told.items() if minute <= last])) for last in (1, 2, 3, 4, 9)]
    assert lines == [
        "Source: TheMinerMag",
        "Sources: TheMinerMag, StockTitan",
        "Sources: TheMinerMag, StockTitan, Yellow",
        "Sources: TheMinerMag, StockTitan, Yellow and 1 more",
        "Sources: TheMinerMag, StockTitan, Yellow and 1 more",
    ]


def test_primary_sources_are_marked_and_never_among_those_only_counted() -> None:
    press = [came("TheMinerMag", 1), came("Yellow", 2), came("Protos", 3)]
    own = came("Business Wire", 8, primary=True)
    assert text(source_line([own, *press])) == "Sources: TheMinerMag, Yellow, Business Wire (primary) and 1 more"
    release = came("Yellow", 9, primary=True, link="https://yellow.example/release")
    line = source_line([release, *press])
    assert text(line) == "Sources: TheMinerMag, Yellow (primary), Protos"
    assert "https://yellow.example/release" in [piece.link for piece in line]


def test_an_outlet_without_a_name_is_named_by_its_site() -> None:
    assert text(source_line([source("", 1, link="https://www.protos.com/x")])) == "Source: protos.com"
    assert source_line([]) == ()


def test_disagreement_is_shown_with_each_figure() -> None:
    differ = (
        Difference("btc", (("4451", ("1",)), ("4450", ("2",)))),
        Difference("period", (("2026-02-07/2026-02-08", ("1",)), ("2026-02-09/2026-02-09", ("2",)))),
        Difference("settlement", (("USDT", ("1",)), ("USDC", ("2",)))),
        Difference("usd", (("305000000", ("1",)), ("nonsense", ("2",)))),
    )
    figures = "coins: 4,451 BTC or 4,450 BTC; dates: 7-8 Feb 2026 or 9 Feb 2026; settlement: USDT or USDC; dollars: $305M or nonsense"
    assert text(differ_line(differ)) == f"Outlets differ on {figures}"
    assert differ_line(()) is None


def test_hashtags_are_letters_and_figures_of_the_ticker_or_name() -> None:
    assert hashtag(story()) == "#CANG"
    assert hashtag(story(company="Hut 8", ticker=None)) == "#Hut8"


# --- context ---------------------------------------------------------------------------------------------------------


def seed_context(*more: object) -> Context:
    held = stored(2, kind=Kind.HOLDINGS, btc="7474", period=days("2026-01-31"))
    mined = stored(3, kind=Kind.PRODUCTION, btc="496", period=JANUARY)
    other = stored(4, company="Riot Platforms", ticker="RIOT", btc="549", period=days("2026-01-20"))
    return context(cango(1), Facts([cango(1), held, mined, other, *more], shipped_history(), MARKET), NOW)  # type: ignore[list-item]


def test_a_sale_is_held_against_holdings_output_issuance_and_the_sector() -> None:
    found = seed_context()
    assert own_words(found) == ["60 % of the 7,474 BTC it held on 31 Jan 2026", "278 days of its mining at the pace of Jan 2026"]
    assert wide_words(found) == ["9.9 days of network issuance", "89 % of the coins of the 2 sales reported in the 30 days to 9 Feb 2026"]


def test_sales_of_one_day_are_held_against_the_sales_reported_in_the_same_30_days() -> None:
    week = cango(1, btc="400")
    month = stored(2, company="Canaan", ticker="CAN", btc="100", period=JANUARY)
    old = stored(3, company="Riot Platforms", ticker="RIOT", btc="500", period=days("2026-01-31"), reported=utc("2026-01-05T00:00"))
    facts = Facts([week, month, old])
    assert [wide_words(context(sale, facts, NOW)) for sale in (week, month)] == [
        ["80 % of the coins of the 2 sales reported in the 30 days to 9 Feb 2026"],
        ["20 % of the coins of the 2 sales reported in the 30 days to 9 Feb 2026"],
    ]


def test_the_price_is_held_against_the_market_of_all_its_days() -> None:
    market = seed_context().market
    assert market is not None
    assert (market.low, market.high, market.fits) == (67344, 72256, True)
    assert context(cango(1, usd="400000000"), Facts(days=MARKET), NOW).market.fits is False  # type: ignore[union-attr]
    assert context(cango(1, period=days("2026-02-07", "2026-02-09")), Facts(days=MARKET), NOW).market is None


def test_the_retarget_of_the_day_goes_with_it() -> None:
    retarget = seed_context().retarget
    assert retarget is not None
    assert retarget.height == 935424


def test_issuance_follows_the_halvings() -> None:
    before = context(cango(1, period=days("2024-04-10"), reported=utc("2024-04-11T00:00")), Facts(retargets=shipped_history()), NOW)
    assert before.issuance_days == Decimal(4451) / 900


def test_output_of_the_very_days_of_the_sale_gives_a_share() -> None:
    mined = stored(3, kind=Kind.PRODUCTION, btc="496", period=JANUARY)
    found = context(stored(1, btc="550.03", period=JANUARY), Facts([mined]), NOW)
    assert own_words(found) == ["111 % of the 496 BTC it mined in the same days"]


def test_nothing_is_assumed_where_nothing_is_known() -> None:
    assert context(stored(1, usd="206800000"), Facts(), NOW) == Context()


def test_old_or_smaller_holdings_and_other_miners_figures_do_not_count() -> None:
    others = [
        stored(2, kind=Kind.HOLDINGS, btc="9000", period=days("2025-06-30")),
        stored(3, kind=Kind.HOLDINGS, btc="3000", period=days("2026-02-01")),
        stored(6, kind=Kind.HOLDINGS, btc="8000", period=days("2026-02-07")),
        stored(4, company="Riot Platforms", ticker="RIOT", kind=Kind.HOLDINGS, btc="18005", period=days("2026-01-31")),
        stored(5, kind=Kind.HOLDINGS, btc="9999", period=days("2026-02-01"), reported=utc("2026-02-20T00:00")),
    ]
    assert context(cango(1), Facts(others), NOW).held is None


def test_a_plan_is_no_share_of_what_was_sold() -> None:
    plan = stored(1, btc="100", status=Status.PLANNED, purposes=(Purpose.AI_HPC,))
    assert context(plan, Facts([plan, cango(2), stored(3, company="Riot", btc="5")]), NOW).month_share is None
