"""Chain and market: history grows and is corrected, a reorganisation replaces what lost, sources stay apart."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.edges.store.chain import KEPT_BLOCKS, KEPT_HOURS
from bot.edges.store.store import Store
from bot.model import BlockHeader, Day, Reading, Retarget
from tests.support.news import NOW

MINUTE = timedelta(minutes=1)


def header(height: int, name: str = "", fees: int | None = None) -> BlockHeader:
    return BlockHeader(height, name or f"block {height}", NOW + 10 * height * MINUTE, 0xFFFFFFFF, fees)


def retarget(height: int, bits: int = 0x1702_0000, minutes: int = 0, exact: bool = True) -> Retarget:
    return Retarget(height, datetime(2026, 2, 7, 13, 50, tzinfo=UTC) + minutes * MINUTE, bits, exact)


def test_retargets_come_back_in_order_and_once(store: Store) -> None:
    assert store.chain.add_retargets([retarget(4032), retarget(0), retarget(2016)]) == 3
    assert store.chain.add_retargets([retarget(2016)]) == 0
    assert store.chain.retargets() == (retarget(0), retarget(2016), retarget(4032))


def test_a_retarget_is_corrected_and_a_guess_says_nothing_against_a_header(store: Store) -> None:
    store.chain.add_retargets([retarget(2016, exact=False)])
    assert store.chain.add_retargets([retarget(2016, minutes=5)]) == 1
    assert store.chain.add_retargets([retarget(2016, minutes=9, exact=False)]) == 0
    assert store.chain.retargets() == (retarget(2016, minutes=5),)
    assert store.chain.add_retargets([retarget(2016, bits=0x1703_0000, minutes=6)]) == 1
    assert store.chain.retargets() == (retarget(2016, bits=0x1703_0000, minutes=6),)


def test_headers_are_kept_once_and_their_fees_are_not_forgotten(store: Store) -> None:
    assert store.chain.add_blocks([]) == 0
    assert store.chain.tip() is None
    store.chain.add_blocks([header(1, fees=2_100_000_000_000), header(2)])
    assert store.chain.add_blocks([header(1), header(2, fees=5), header(3)]) == 0
    assert store.chain.blocks() == (header(1, fees=2_100_000_000_000), header(2, fees=5), header(3))
    assert store.chain.blocks(since=3) == (header(3),)
    assert store.chain.tip() == header(3)


def test_a_reorganisation_replaces_everything_that_lost(store: Store) -> None:
    store.chain.add_blocks([header(height) for height in range(1, 7)])
    assert store.chain.add_blocks([header(3), header(4, "other 4"), header(5, "other 5")]) == 3
    assert [block.hash for block in store.chain.blocks()] == ["block 1", "block 2", "block 3", "other 4", "other 5"]


def test_fees_of_a_block_that_lost_are_not_the_winners(store: Store) -> None:
    store.chain.add_blocks([header(1), header(2, fees=7)])
    store.chain.add_blocks([header(2, "other 2")])
    assert store.chain.tip() == header(2, "other 2")


def test_only_recent_headers_are_kept(store: Store) -> None:
    store.chain.add_blocks([header(height) for height in range(1, 31)])
    store.chain.add_blocks([header(KEPT_BLOCKS + 11)])
    assert [block.height for block in store.chain.blocks()] == [*range(12, 31), KEPT_BLOCKS + 11]


def reading(value: str, source: str = "kraken", minutes: int = 0) -> Reading:
    return Reading("price", Decimal(value), source, NOW + minutes * MINUTE)


def test_each_source_has_its_own_latest_reading(store: Store) -> None:
    store.chain.record([reading("70000"), reading("70010", "coinbase", 2), Reading("fees", Decimal("0.02"), "own", NOW)])
    store.chain.record([reading("70500", minutes=90)])
    assert store.chain.latest("price", NOW + 100 * MINUTE) == [reading("70500", minutes=90), reading("70010", "coinbase", 2)]
    assert store.chain.latest("price", NOW) == [reading("70000")]
    assert store.chain.latest("price", NOW - MINUTE) == store.chain.latest("hashrate", NOW) == []


def test_of_an_hour_the_last_reading_stays(store: Store) -> None:
    store.chain.record([reading("1", minutes=1), reading("3", minutes=30), reading("2", minutes=20), reading("4", minutes=61)])
    assert store.chain.series("price", NOW, NOW + 120 * MINUTE) == [reading("3", minutes=30), reading("4", minutes=61)]
    assert store.chain.series("price", NOW, NOW + 120 * MINUTE, source="coinbase") == []


def test_after_three_months_a_reading_a_day_is_left(store: Store) -> None:
    hours = [reading(str(hour), minutes=60 * hour) for hour in range(72)]
    store.chain.record(hours)
    now = 60 * (KEPT_HOURS + 48)
    store.chain.record([reading("9", "coinbase", now)])
    assert len(store.chain.series("price", NOW, NOW + now * MINUTE, "kraken")) == 72  # each source is thinned as it goes on
    store.chain.record([reading("9", minutes=now)])
    left = store.chain.series("price", NOW, NOW + (now - 1) * MINUTE, "kraken")
    assert [found.at.hour for found in left if found.at < NOW + 48 * 60 * MINUTE] == [23, 23]
    assert len(left) == 2 + 24


def test_a_day_grows_by_what_each_source_knows(store: Store) -> None:
    day = date(2026, 2, 7)
    store.chain.record_day(Day(day, price_close=Decimal("70123.4"), source="kraken"))
    store.chain.record_days([Day(day, blocks=141, issuance=Decimal("440.625")), Day(date(2026, 2, 9), blocks=150)])
    known = Day(day, Decimal("70123.4"), None, None, 141, Decimal("440.625"), "kraken")
    assert store.chain.day(day) == known
    assert store.chain.day(date(2026, 2, 8)) is None
    assert store.chain.days(day, date(2026, 2, 9)) == [known, Day(date(2026, 2, 9), blocks=150)]
