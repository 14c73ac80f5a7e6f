"""The chain's arithmetic, held against every known retarget and against properties that hold for any chain."""

import csv
import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.decisions import network
from bot.decisions.history import shipped_history
from bot.model import Day
from bot.model.bits import bits_of_difficulty, compact, difficulty, target
from extractors.resources import data_path

HISTORY = shipped_history()
RECORDED = list(csv.DictReader(data_path("difficulty.csv").read_text(encoding="utf-8").splitlines()))
FIRST_EPOCHS_AT_THE_FLOOR = 16
ONLY_BOUNDED_HEIGHT = 68_544  # in 2010 difficulty rose fourfold, the most that one retarget may

bits_of_the_chain = st.builds(lambda size, mantissa: size << 24 | mantissa, st.integers(0x10, 0x1C), st.integers(0x8000, 0x7FFFFF))
heights = st.integers(0, 3_000_000)
when = st.integers(1_231_000_000, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@pytest.mark.parametrize("epoch", range(482))
def test_difficulty_from_bits_is_the_recorded_one(epoch: int) -> None:
    retarget, row = HISTORY[epoch], RECORDED[epoch]
    exact = difficulty(retarget.bits)
    assert abs(exact - Decimal(row["difficulty"])) <= max(Decimal("0.0001"), exact * Decimal("1e-14"))


@pytest.mark.parametrize("epoch", range(1, 482))
def test_change_from_bits_is_the_recorded_one(epoch: int) -> None:
    before, after = HISTORY[epoch - 1 : epoch + 1]
    recorded = Decimal(RECORDED[epoch]["change_pct"])
    assert network.change_pct(before.bits, after.bits).quantize(Decimal("0.0001")) == recorded


def known_epochs():
    """Epochs whose two ends have the headers' own times, beyond those that the lowest difficulty held up."""
    for before, after in itertools.pairwise(HISTORY[FIRST_EPOCHS_AT_THE_FLOOR - 1 :]):
        if before.exact and after.exact:
            yield before, after


def test_the_projection_at_the_end_of_each_epoch_is_what_came() -> None:
    tried = 0
    for before, after in known_epochs():
        # The last block's time is not known; it lies one interval before the next epoch's first block.
        last = before.time + (after.time - before.time) * 2015 / 2016
        found = network.project(before.time, before.height + 2015, last)
        came = network.change_pct(before.bits, after.bits)
        assert found is not None
        assert found.height == after.height
        assert found.blocks_left == 1
        assert not found.weak
        assert abs(found.change_pct - came) < Decimal("0.5")
        tried += 1
    assert tried > 400


def test_the_protocols_own_rule_gives_each_known_target() -> None:
    """The seconds that a target implies are the seconds that the headers tell, but for the gap to the next epoch's first block."""
    gaps = []
    for before, after in known_epochs():
        if after.height == ONLY_BOUNDED_HEIGHT:
            continue
        implied = Fraction(target(after.bits), target(before.bits)) * network.EPOCH_SECONDS
        gaps.append(float((after.time - before.time).total_seconds() - implied))
    assert all(-1200 < gap < 5000 for gap in gaps)
    assert 300 < sum(gaps) / len(gaps) < 900


@given(bits_of_the_chain)
def test_a_target_comes_back_from_its_bits(bits: int) -> None:
    assert compact(target(bits)) == bits


@given(bits_of_the_chain)
def test_bits_come_back_from_a_printed_difficulty(bits: int) -> None:
    printed = Decimal(f"{difficulty(bits):.14e}")
    assert bits_of_difficulty(printed) == bits


@pytest.mark.parametrize("bits", [0, 0x1D00FFFF + 1, 0x1D80FFFF, 0x01003456, -1, 1 << 40, 0x20FFFFFF])
def test_bits_that_no_block_can_carry_are_refused(bits: int) -> None:
    with pytest.raises(ValueError, match="no target"):
        target(bits)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "0", "-1", "0.5", "125864000000000"])
def test_a_difficulty_that_no_bits_give_has_none(value: str) -> None:
    assert bits_of_difficulty(Decimal(value)) is None


@given(bits_of_the_chain, bits_of_the_chain)
def test_a_change_and_its_way_back_cancel(before: int, after: int) -> None:
    assert (1 + network.change(before, after)) * (1 + network.change(after, before)) == 1


@given(st.integers(1, 2015), st.floats(0.001, 1e7), when, st.integers(0, 500))
def test_a_projection_stays_in_its_bounds_and_counts_its_blocks(done: int, mean: float, start: datetime, epoch: int) -> None:
    height = epoch * 2016 + done
    found = network.project(start, height, start + timedelta(seconds=mean) * done)
    if found is None:
        assert mean * done < 1e-6
        return
    assert Decimal(-75) <= found.change_pct <= Decimal(300)
    assert height + found.blocks_left == found.height == (epoch + 1) * 2016
    assert found.weak == (done + 1 < 201.6)


def test_a_block_every_ten_minutes_projects_the_protocols_own_small_rise() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    found = network.project(start, 100 * 2016 + 1000, start + timedelta(seconds=600) * 1000)
    assert found is not None
    assert found.change_pct.quantize(Decimal("0.00001")) == Decimal("0.04963")  # 2016 / 2015 - 1
    assert found.at == start + timedelta(seconds=600) * 2016


@pytest.mark.parametrize(("done", "seconds"), [(0, 600), (5, 0), (5, -3600)])
def test_there_is_no_projection_from_the_first_block_or_from_time_that_runs_backwards(done: int, seconds: int) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    assert network.project(start, 2016 + done, start + timedelta(seconds=seconds)) is None


@given(heights, st.integers(0, 2000))
def test_issuance_is_the_sum_of_its_blocks(first: int, blocks: int) -> None:
    last = first + blocks
    assert network.issuance(first, last) == sum(network.subsidy(height) for height in range(first, last + 1))


@given(heights, heights, heights)
def test_issuance_of_two_ranges_is_that_of_both(one: int, two: int, three: int) -> None:
    first, middle, last = sorted((one, two, three))
    assert network.issuance(first, middle) + network.issuance(middle + 1, last) == network.issuance(first, last)


def test_issuance_minds_the_halving() -> None:
    assert network.bitcoin(network.issuance(839_999, 840_000)) == Decimal("9.375")
    assert network.bitcoin(network.issuance(0, 20 * 210_000 * 4)) < 21_000_000
    assert network.subsidy(935_424) == 312_500_000
    assert network.subsidy(100 * 210_000) == 0
    assert network.issuance(10, 9) == 0
    assert network.next_halving(840_000) == 1_050_000 == network.next_halving(1_049_999)


def test_hashrate_is_the_work_of_a_difficulty() -> None:
    level = difficulty(0x17023C7E)
    assert round(network.hashrate(level) / Decimal("1e18")) == 901
    assert network.hashrate(level, Fraction(1, 2)) * 2 == pytest.approx(network.hashrate(level))
    assert network.pace(144, timedelta(days=1)) == 1
    assert network.pace(144, timedelta(0)) is None


@given(
    st.decimals(1, 10**7, places=2),
    st.decimals("0.001", 50, places=8),
    st.decimals(10**12, 10**22, places=0),
)
def test_hashprice_times_hashrate_is_the_days_income(price: Decimal, reward: Decimal, rate: Decimal) -> None:
    income = Fraction(network.hashprice(price, reward, rate)) * Fraction(rate) / 10**15
    assert float(income / (Fraction(reward) * 144 * Fraction(price))) == pytest.approx(1)


def days_of(count: int, price: Decimal, issuance: Decimal, end: date) -> dict[date, Day]:
    return {day: Day(day, price_close=price, issuance=issuance) for back in range(count) for day in (end - timedelta(days=back),)}


@given(st.integers(1, 500), st.decimals(1, 10**6, places=2), st.decimals("0.01", 1000, places=4))
def test_a_year_of_equal_days_has_a_puell_multiple_of_one(count: int, price: Decimal, issuance: Decimal) -> None:
    end = date(2026, 2, 8)
    found = network.puell(days_of(count, price, issuance, end), end)
    assert found is not None
    assert found.value == 1
    assert found.days_known == min(count, 365)
    assert found.complete == (count >= 365)


def test_the_puell_multiple_needs_its_own_day() -> None:
    end = date(2026, 2, 8)
    days = days_of(10, Decimal(70_000), Decimal(450), end)
    assert network.puell(days, end + timedelta(days=1)) is None
    assert network.puell({**days, end: Day(end, issuance=Decimal(450))}, end) is None
    gappy = {day: known for day, known in days.items() if day != date(2026, 2, 5)}
    found = network.puell(gappy, end)
    assert found is not None
    assert found.days_known == 9


def test_a_sale_implies_its_price() -> None:
    price = network.implied_price(Decimal(305_000_000), Decimal(4451))
    assert price is not None
    assert round(price) == 68_524
    assert network.implied_price(Decimal(1), Decimal(0)) is None


def test_the_range_of_days_takes_lows_and_highs_and_closes_where_they_lack() -> None:
    one = Day(date(2026, 2, 7), price_close=Decimal(69), price_low=Decimal(67), price_high=Decimal(72))
    two = Day(date(2026, 2, 8), price_close=Decimal(75))
    assert network.price_range([one, two, Day(date(2026, 2, 9))]) == (67, 75)
    assert network.price_range([]) is None
