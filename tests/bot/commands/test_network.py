from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from bot.decisions.history import shipped_history
from bot.decisions.markup import to_plain
from bot.model import BlockHeader, Chat, ChatKind, Day, Gauge, Reading, plain
from tests.support.asking import answered
from tests.support.newsroom import Newsroom
from tests.support.tales import NOW, utc

Asking = Callable[..., str]
RETARGET = next(retarget for retarget in shipped_history() if retarget.height == 935424)


def mine(room: Newsroom, blocks: int = 400, seconds: int = 560) -> None:
    """Blocks of the epoch that began on 7 February, the last of them just before NOW."""
    start = NOW - timedelta(seconds=blocks * seconds)
    heights = [RETARGET.height + number for number in range(1, blocks + 1)]
    room.store.chain.add_blocks(
        [
            BlockHeader(height, f"{height:064x}", start + timedelta(seconds=(height - RETARGET.height) * seconds), RETARGET.bits)
            for height in heights
        ]
    )
    room.store.chain.record([Reading(Gauge.HEIGHT, Decimal(heights[-1]), "mempool.space", NOW)])


def quote(room: Newsroom, at=NOW) -> None:
    room.store.chain.record(
        [Reading(Gauge.PRICE, Decimal("69123.4"), "kraken", at), Reading(Gauge.PRICE_CHANGE, Decimal("-3.48"), "kraken", at)]
    )


def test_an_epoch_is_not_done_before_its_last_block(room: Newsroom, ask_empty: Asking) -> None:
    mine(room, 2009, 20)
    assert "2,009 of 2,016 blocks, 99 %" in ask_empty("/difficulty")


def test_the_shipped_history_alone_tells_the_seed_retarget(ask_empty: Asking) -> None:
    shown = ask_empty("/difficulty", utc("2026-02-09T12:00"))
    for fact in ("125.86 T", "-11.16 %", "largest fall since July 2021", "10th largest ever", "935,424", "901 EH/s", "shipped history"):
        assert fact in shown
    assert "as of mon 9 feb 2026, 12:00 utc" in shown.lower()


def test_with_blocks_it_projects_and_names_its_source(room: Newsroom, ask_empty: Asking) -> None:
    mine(room)
    shown = ask_empty("/difficulty")
    for fact in (
        "400 of 2,016 blocks, 20 %",
        "Next retarget about",
        "1,616 blocks left",
        "block 935,824, 09:00 UTC · mempool.space",
        "over 399 blocks",
    ):
        assert fact in shown, shown
    assert "reckoned" not in shown


def test_early_in_the_epoch_a_projection_is_called_weak(room: Newsroom, ask_empty: Asking) -> None:
    mine(room, blocks=100, seconds=2000)
    assert "weak: early in the epoch" in ask_empty("/difficulty")


def test_old_blocks_are_called_stale_with_their_time(room: Newsroom, ask_empty: Asking) -> None:
    mine(room)
    shown = ask_empty("/difficulty", NOW + timedelta(hours=5))
    assert "Stale:" in shown
    assert shown.count("09:00 UTC") == 3, "of the block, the hashrate and the difficulty"
    shown = ask_empty("/difficulty", NOW + timedelta(hours=15, minutes=1))
    assert shown.count("Tue 10 Feb 2026, 09:00 UTC") == 3, "of the day before"


def test_a_source_that_is_left_out_is_named_with_the_reason(room: Newsroom, ask_empty: Asking) -> None:
    mine(room)
    room.store.chain.record([Reading(Gauge.HEALTH, Decimal(0), "liar.example", NOW, plain("its tip is 9 blocks behind"))])
    for line in ("/difficulty", "/sources", "/metrics"):
        assert "liar.example is left out: its tip is 9 blocks behind" in ask_empty(line)


def test_difficulty_comes_with_its_chart(room: Newsroom) -> None:
    chart = answered(room, "/difficulty").chart
    assert chart is not None
    assert "125.86 T" in chart.caption


def test_times_are_told_in_the_chats_zone(room: Newsroom) -> None:
    chat = Chat(5, ChatKind.PRIVATE, timezone="Asia/Tokyo")
    assert "Tue 10 Feb 2026, 18:00 JST" in to_plain(answered(room, "/difficulty", chat=chat))


def test_the_price_says_its_change_source_and_age(room: Newsroom, ask_empty: Asking) -> None:
    quote(room, NOW - timedelta(minutes=3))
    assert ask_empty("/price").startswith("Price $69,123, -3.48 % in 24 h\nPrice from kraken, 08:57 UTC")


def test_an_old_price_is_called_stale(room: Newsroom, ask_empty: Asking) -> None:
    quote(room, NOW - timedelta(hours=7))
    shown = ask_empty("/price")
    assert "stale: as of 02:00 UTC" in shown
    assert "-3.48" not in shown


def test_what_is_not_known_is_said(ask_empty: Asking) -> None:
    assert "no source has told one yet" in ask_empty("/price")
    assert "not known without a price" in ask_empty("/hashprice")
    assert "too few days" in ask_empty("/puell")


def test_hashprice_rests_on_the_price_and_says_what_is_left_out(room: Newsroom, ask_empty: Asking) -> None:
    quote(room)
    shown = ask_empty("/hashprice")
    assert "Hashprice $34.5" in shown
    assert "per PH/s a day" in shown
    assert "subsidy only" in shown
    assert "shipped history, no newer block is known" in shown, "its difficulty has a source too"
    assert answered(room, "/hashprice").chart is None


def test_hashprice_comes_with_its_chart_once_a_week_of_prices_is_known(room: Newsroom) -> None:
    quote(room)
    room.store.chain.record_days(
        [Day(date(2026, 2, 1) + timedelta(days=n), Decimal(70000), issuance=Decimal(450), source="kraken") for n in range(9)]
    )
    chart = answered(room, "/hashprice").chart
    assert chart is not None
    assert "per PH/s a day" in chart.caption


def test_the_puell_multiple_says_how_many_days_it_knows(room: Newsroom, ask_empty: Asking) -> None:
    first = date(2025, 11, 1)
    room.store.chain.record_days(
        [Day(first + timedelta(days=n), Decimal(100000 - 300 * n), issuance=Decimal(450), source="kraken") for n in range(101)]
    )
    shown = ask_empty("/puell")
    assert "Puell multiple 0.8" in shown
    assert "of 365 days" in shown
    assert "days of price and issuance stored" in shown


def test_metrics_show_everything_at_once(room: Newsroom, ask_empty: Asking) -> None:
    mine(room)
    quote(room)
    shown = ask_empty("/metrics")
    for words in (
        "Difficulty",
        "Hashrate",
        "Price",
        "Hashprice",
        "Puell",
        "Subsidy 3.125 BTC",
        "halving at block 1,050,000",
        "As of block",
    ):
        assert words in shown
