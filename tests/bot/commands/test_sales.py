import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from bot.commands.arguments import LISTED, read_words
from bot.decisions.markup import to_plain
from bot.model import Chat, ChatKind, Day, SalesQuery
from extractors.model import Extraction
from tests.support.asking import answered
from tests.support.newsroom import Newsroom, events
from tests.support.tales import NOW, stored, utc

Asking = Callable[..., str]


def test_the_seed_sale_is_shown_with_all_its_facts(ask: Asking) -> None:
    shown = ask("/sales")
    for fact in (
        "Cango (CANG) sold 4,451 BTC for $305M in USDT",
        "7-8 Feb 2026",
        "about $68.5k a coin",
        "debt repayment",
        "TheMinerMag",
        "StockTitan",
    ):
        assert fact in shown
    assert "https://theminermag.example/1" in shown


def test_newest_first_and_plans_say_that_they_are(ask: Asking) -> None:
    shown = ask("/sales")
    assert [shown.index(words) for words in ("plans to sell 2,500", "sold 4,451", "sold 550.03", "sold 1,818")] == sorted(
        shown.index(words) for words in ("plans to sell 2,500", "sold 4,451", "sold 550.03", "sold 1,818")
    )


def test_sums_leave_out_plans_and_say_how_many_tell_dollars(ask: Asking) -> None:
    assert "5 completed sales: 7,565.03 BTC, $466.6M (dollars stated for 2 of 5); not in the sum: 1 planned" in ask("/sales")


@pytest.mark.parametrize(
    "line", ["/sales CANG 30d >500", "/sales >500 30d cango", "/sales 30d > 500 Cango Group", "/SALES@assay_bot $CANG >=500 30D"]
)
def test_words_come_in_any_order_and_form(ask: Asking, line: str) -> None:
    shown = ask(line)
    assert "Cango, last 30 days, by day of sale, of 500 BTC or more" in shown
    assert "2 completed sales: 5,001.03 BTC" in shown


def test_a_former_name_finds_the_sales_under_every_name(ask: Asking) -> None:
    assert "Bitfarms (BITF) sold 363 BTC" in ask("/sales keel")
    assert "Bitfarms (BITF) sold 363 BTC" in ask("/sales bitfarms")


@pytest.mark.parametrize("word", ["30", "<500", "99999d", "-5d", "by"])
def test_a_span_or_size_that_is_none_is_no_miner(ask: Asking, word: str) -> None:
    assert f"“{word}” is neither a span of time (30d) nor a size (>500) nor a miner (CANG)" in ask(f"/sales {word}")


@pytest.mark.parametrize("line", ["/sales 0d", "/claims 0d", "/digest 0w"])
def test_no_time_at_all_is_refused(ask: Asking, line: str) -> None:
    assert "is no time at all; try 30d" in ask(line)


def test_a_miner_that_only_stories_tell_of_is_found_by_its_name_or_its_beginning(told: Newsroom, ask: Asking) -> None:
    told.tell(*events([stored(company="Nordfjell Mining", ticker=None, btc="77")]), at=utc("2026-02-09T13:00"))
    for name in ("nordfjell", "NORDFJELL MINING", "Nordfjell Mining"):
        assert "1 completed sale: 77 BTC" in ask(f"/sales {name} 30d")
        assert ask(f"/miner {name}").startswith("Nordfjell Mining\n")
    assert "I know no miner “no”" in ask("/sales no")
    told.tell(*events([stored(company="Nordfjell Power", ticker=None, btc="78")]), at=utc("2026-02-09T13:00"))
    assert "I know no miner “nordfjell”" in ask("/sales nordfjell"), "two begin so"


def test_by_miner_gives_one_line_each_most_coins_first(ask: Asking) -> None:
    lines = [line for line in ask("/sales by miner").splitlines() if "latest:" in line and ":" in line and "(" in line]
    assert [line.split(" (")[0] for line in lines[:3]] == ["Cango", "Riot Platforms", "Bitfarms"]
    assert "2 sales, latest: Dec 2025" in lines[1]


def test_pages_are_buttons_whose_data_is_the_command(told: Newsroom) -> None:
    first = answered(told, "/sales")
    older = next(button for row in first.buttons for button in row if "Older" in button.label)
    assert older.data == "/sales p2"
    second = answered(told, older.data)
    assert "Riot Platforms (RIOT) sold 383 BTC" in to_plain(second)
    assert next(button.data for row in second.buttons for button in row if "Newer" in button.label) == "/sales"


def test_following_every_button_never_fails(told: Newsroom) -> None:
    seen, left = set(), ["/sales"]
    while left:
        line = left.pop()
        if line in seen or not line.startswith("/sales"):
            continue
        seen.add(line)
        left += [button.data for row in answered(told, line).buttons for button in row if button.data]
    assert 6 <= len(seen) <= 20


def test_a_page_beyond_the_last_is_the_last(ask: Asking) -> None:
    assert "Page 2 of 2" in ask("/sales p99")


def test_the_market_of_the_days_stands_beside_the_price(told: Newsroom, ask: Asking) -> None:
    told.store.chain.record_days([Day(date(2026, 2, day), Decimal(69000), Decimal(67344), Decimal(72256)) for day in (7, 8)])
    assert "about $68.5k a coin · market $67.3k to $72.3k" in ask("/sales CANG")


def test_nothing_found_says_so_and_offers_more(told: Newsroom) -> None:
    said = answered(told, "/sales CANG >9000 30d")
    assert "None is known here" in to_plain(said)
    assert [button.data for row in said.buttons for button in row] == ["/sales CANG", "/sales"]


def test_an_unknown_miner_gets_the_nearest_as_a_button(told: Newsroom) -> None:
    said = answered(told, "/sales cangoo")
    assert "Did you mean Cango?" in to_plain(said)
    assert said.buttons[0][0].data == "/sales CANG"


def test_a_miner_that_no_registry_knows_is_found_by_what_was_told_of_it(told: Newsroom, ask: Asking) -> None:
    told.tell(*events([stored(company="Zork Mining", ticker=None, btc="7")]))
    assert "Zork Mining sold 7 BTC" in ask("/sales Zork Mining")


def test_a_size_that_is_none_gets_a_helpful_line(ask: Asking) -> None:
    assert "is no amount of bitcoin; try >500" in ask("/sales >lots")
    assert "never that many" in ask("/sales >99999999")


def test_nothing_told_later_is_shown(ask: Asking) -> None:
    shown = ask("/sales", utc("2026-02-09T11:30"))
    assert "plans to sell" not in shown
    assert "4,451 BTC" in shown


def test_an_empty_store_says_that_nothing_is_known(ask_empty: Asking) -> None:
    assert "None is known here" in ask_empty("/sales")


def test_a_chart_comes_with_its_main_point_in_words_and_the_sum_is_told_once(told: Newsroom) -> None:
    said = answered(told, "/sales chart")
    assert said.chart is not None
    assert "7,565.03 BTC, most by Cango" in said.chart.caption
    assert to_plain(said).count("7,565.03 BTC") == 1


def test_every_shown_number_of_a_story_leads_to_its_words(ask: Asking) -> None:
    number = re.search(r"sold 4,451.*?/why_(\d+)", ask("/sales"), re.DOTALL)
    assert number
    shown = ask(f"/why_{number[1]}")
    assert "Coins, dollars" in shown
    assert "“Cango sold 4,451 BTC for $305 million in USDT.”" in shown
    assert "60 % of the 7,474 BTC it held" in shown
    assert shown == ask(f"/why {number[1]}")


@pytest.mark.parametrize("line", ["/why", "/why x", "/why 999", "/why -1", "/why 99999999999999999999", "/why two"])
def test_a_story_that_is_none_gets_a_helpful_line(ask: Asking, line: str) -> None:
    assert "Which story?" in ask(line) or "There is no story" in ask(line)


def test_words_are_read_whatever_their_order() -> None:
    words = read_words(["By", "Miner", "12w", ">", "2.5k", "p3", "Core", "Scientific"], frozenset({"by-miner"}), LISTED | {"size"})
    assert (words.span, words.least, words.page, words.rest, words.flags) == (
        "12w",
        Decimal(2500),
        3,
        ("Core", "Scientific"),
        frozenset({"by-miner"}),
    )
    assert words.since(utc("2026-02-10T00:00")) == date(2025, 11, 18)
    assert read_words(["9999y"]).since(utc("2026-02-10T00:00")) is not None


def test_why_tells_the_time_of_a_correction_by_the_clock_of_the_chat(room: Newsroom) -> None:
    number = room.tell(*events([stored(company="Riot Platforms", ticker="RIOT", btc="1080")]), at=NOW)
    right = events([stored(company="Riot Platforms", ticker="RIOT", btc="1008")])
    room.store.articles.save_extraction(number, Extraction(tuple(right)), "test")
    room.merge(NOW)
    [found] = room.store.stories.list(SalesQuery(), NOW)
    berlin = Chat(7, ChatKind.PRIVATE, timezone="Europe/Berlin")
    assert "10:00 CET: 1,080 BTC before" in to_plain(answered(room, f"/why {found.id}", chat=berlin))
