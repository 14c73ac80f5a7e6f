"""What is missing from what is stored, and what a pass brings."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.decisions import network, upkeep
from bot.decisions.history import shipped_history
from bot.decisions.upkeep import Stored
from bot.model import BlockHeader, Day, Gauge, Reading, Retarget

HISTORY = shipped_history()
NOW = datetime(2026, 10, 20, 12, tzinfo=UTC)
LAST = HISTORY[-1]


def block(height: int, time: datetime = NOW, fees: int | None = None, bits: int = LAST.bits) -> BlockHeader:
    return BlockHeader(height, f"{height:064x}", time, bits, fees)


def test_at_first_the_starts_of_epochs_and_windows_are_wanted() -> None:
    tip = block(LAST.height + 2 * 2016 + 1500)
    wanted = upkeep.wanted_heights(Stored(HISTORY, {tip.height: tip}), tip)
    assert wanted == (LAST.height + 4032, LAST.height + 2016, tip.height - 144, tip.height - 432, tip.height - 1008)


def test_what_is_stored_is_not_wanted_again() -> None:
    tip = block(LAST.height + 1500, LAST.time + timedelta(days=10))
    blocks = {height: block(height) for height in (tip.height, tip.height - 150, tip.height - 400, tip.height - 1100)}
    assert upkeep.wanted_heights(Stored(HISTORY, blocks), tip) == ()


def test_a_start_whose_time_is_not_exact_is_wanted() -> None:
    tip = block(935_424 + 20, datetime(2026, 2, 8, tzinfo=UTC), bits=0x17023C7E)
    known = Stored(tuple(retarget for retarget in HISTORY if retarget.height <= 935_424), {})
    assert upkeep.wanted_heights(known, tip)[0] == 935_424


def test_a_retarget_is_reached_once_and_corrected_when_it_reads_anew() -> None:
    old, new = LAST.height + 2015, Retarget(LAST.height + 2016, NOW, 0x17020000)
    before = Stored(HISTORY, {old: block(old)})
    assert upkeep.boundary(before, (new,), block(new.height)).reached == (new,)
    after = Stored((*HISTORY, new), {old: block(old), new.height: block(new.height)})
    assert upkeep.boundary(after, (new,), block(new.height + 1)) == upkeep.Boundary()
    other = Retarget(new.height, NOW + timedelta(seconds=9), 0x17020100)
    assert upkeep.boundary(after, (other,), block(new.height + 1)).corrected == (other,)


def test_what_a_first_look_finds_and_what_is_long_past_is_no_news() -> None:
    new = Retarget(LAST.height + 2016, NOW, 0x17020000)
    assert upkeep.boundary(Stored(HISTORY, {}), (new,), block(new.height)) == upkeep.Boundary()
    before = Stored(HISTORY, {new.height - 1: block(new.height - 1)})
    assert upkeep.boundary(before, (new,), block(new.height + 900, NOW + timedelta(days=6))).reached == ()


@pytest.mark.parametrize(("known", "fees"), [(144, Decimal("0.02")), (100, Decimal("0.02")), (99, None)])
def test_mean_fees_need_most_of_a_day(known: int, fees: Decimal | None) -> None:
    blocks = {height: block(height, fees=2_000_000 if height > 1144 - known else None) for height in range(1001, 1145)}
    assert upkeep.mean_fees(blocks, blocks[1144]) == fees


def test_the_change_of_a_day_needs_a_price_of_a_day_ago() -> None:
    def price(value: int, hours: float) -> Reading:
        return Reading(Gauge.PRICE, Decimal(value), "kraken", NOW - timedelta(hours=hours))

    past = [price(100, 25), price(80, 24.2), price(90, 23)]
    assert upkeep.change_over_a_day(Decimal(88), past, NOW) == 10
    assert upkeep.change_over_a_day(Decimal(88), [price(100, 26)], NOW) is None
    assert upkeep.change_over_a_day(Decimal(88), [], NOW) is None


def test_days_want_a_close_for_a_year_and_a_range_for_a_month() -> None:
    today = NOW.date()
    known = {
        day: Day(day, price_close=Decimal(70_000), price_low=Decimal(1) if back < 20 else None)
        for back in range(1, 366)
        if back != 200
        for day in (today - timedelta(days=back),)
    }
    wanted = upkeep.days_without_price(known, NOW)
    assert wanted == (today - timedelta(days=200), *(today - timedelta(days=back) for back in range(30, 19, -1)))


def test_offered_days_far_from_the_price_are_refused_whole() -> None:
    day = Day(date(2026, 10, 19), price_close=Decimal(70_000))
    assert upkeep.usable_days([day], [day.day], Decimal(71_000)) == (day,)
    assert upkeep.usable_days([day], [day.day], Decimal(7_000)) == ()
    assert upkeep.usable_days([day], [], Decimal(71_000)) == ()
    assert upkeep.usable_days([], [day.day], Decimal(71_000)) == ()


def test_a_close_is_a_price_of_the_last_hour() -> None:
    def price(time: datetime) -> Reading:
        return Reading(Gauge.PRICE, Decimal(70_000), "kraken", time)

    late = price(datetime(2026, 10, 19, 23, 30, tzinfo=UTC))
    assert upkeep.close_of(date(2026, 10, 19), [late]) == Day(date(2026, 10, 19), price_close=Decimal(70_000), source="kraken")
    assert upkeep.close_of(date(2026, 10, 19), [price(datetime(2026, 10, 19, 22, 30, tzinfo=UTC))]) is None


def test_issuance_is_counted_where_all_blocks_are_known_and_spread_where_not() -> None:
    day = date(2026, 9, 25)
    start = datetime(2026, 9, 25, tzinfo=UTC)
    blocks = {968_000 + n: block(968_000 + n, start + timedelta(minutes=9) * n - timedelta(minutes=5)) for n in range(170)}
    counted = upkeep.with_issuance(Day(day, source="kraken"), blocks, HISTORY)
    assert (counted.blocks, counted.issuance, counted.source) == (160, Decimal(500), "kraken, blocks counted")
    del blocks[968_050]
    spread = upkeep.with_issuance(Day(day, source="kraken"), blocks, HISTORY)
    assert spread.source == "kraken, blocks spread evenly"
    assert abs(spread.issuance - 450) < 10
    assert upkeep.with_issuance(Day(date(2027, 1, 1)), {}, HISTORY).issuance is None


def test_issuance_over_a_halving_day_has_both_subsidies() -> None:
    start = datetime(2024, 4, 20, tzinfo=UTC)
    blocks = {839_990 + n: block(839_990 + n, start + timedelta(minutes=10) * (n - 1)) for n in range(148)}
    day = upkeep.with_issuance(Day(start.date()), blocks, ())
    assert day.blocks == 144
    assert day.issuance == Decimal("6.25") * 9 + Decimal("3.125") * 135 == network.bitcoin(network.issuance(839_991, 840_134))


def test_days_are_recounted_once() -> None:
    start = datetime(2026, 9, 25, tzinfo=UTC)
    blocks = {968_000 + n: block(968_000 + n, start + timedelta(minutes=10) * (n - 1)) for n in range(150)}
    day = Day(start.date(), price_close=Decimal(1), blocks=150, issuance=Decimal(460), source="kraken, blocks spread evenly")
    [counted] = upkeep.recounted([day], blocks)
    assert (counted.blocks, counted.source) == (144, "kraken, blocks counted")
    assert upkeep.recounted([counted], blocks) == ()
