"""How everything stands: from the shipped history alone, from blocks, and at an earlier time."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.decisions import network
from bot.decisions.chain_words import rank_words
from bot.decisions.figures import Known
from bot.decisions.history import known_at, shipped_history
from bot.decisions.rank_words import level_words
from bot.decisions.remarks import told as words
from bot.decisions.standing import standing
from bot.decisions.superlatives import Superlatives
from bot.model import BlockHeader, Day, Gauge, Reading, Retarget, plain
from bot.model.bits import decimal, difficulty

HISTORY = shipped_history()
START = datetime(2026, 2, 7, 13, 50, tzinfo=UTC)
BITS = 0x17023C7E


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def block(done: int, seconds: int = 600, bits: int = BITS) -> BlockHeader:
    return BlockHeader(935_424 + done, f"{done:064x}", START + timedelta(seconds=seconds) * done, bits)


def reading(gauge: Gauge, value: str, source: str, time: datetime, note: str = "") -> Reading:
    return Reading(gauge, Decimal(value), source, time, plain(note))


def test_the_shipped_history_alone_tells_the_retarget_of_february_2026() -> None:
    now = standing(Known(HISTORY), at("2026-02-09T12:00:00"))
    assert round(now.difficulty.value / 10**12, 2) == Decimal("125.86")
    assert not now.difficulty.stale
    assert now.difficulty.source == "shipped history"
    assert round(now.change.pct, 2) == Decimal("-11.16")
    assert rank_words(now) == "the largest fall since July 2021, the 10th largest ever; the 3rd fall in a row"
    assert now.superlatives.level
    assert level_words(now.superlatives.level) == "the lowest since July 2025"
    assert now.epoch.estimated
    assert now.epoch.done == 277
    assert now.projection is None
    assert now.height.estimated
    assert round(now.hashrate.value / 10**18) == 901
    assert now.hashrate.estimated
    assert now.hashrate.blocks == 0
    assert (now.price, now.hashprice, now.puell, now.fees) == (None, None, None, None)
    assert now.sources == ()


def test_a_retarget_that_has_fallen_due_makes_the_difficulty_stale() -> None:
    now = standing(Known(HISTORY), at("2026-11-22T18:00:00"))
    assert now.difficulty.stale
    assert now.epoch.overdue == 3
    assert now.height.stale
    assert now.difficulty.age == at("2026-11-22T18:00:00") - HISTORY[-1].time


@settings(max_examples=60)
@given(st.integers(0, int((at("2026-12-31") - at("2009-01-04")).total_seconds())))
def test_nothing_later_than_now_is_told(seconds: int) -> None:
    now = at("2009-01-04") + timedelta(seconds=seconds)
    blocks = tuple(BlockHeader(r.height + 5, f"{r.height:064x}", r.time + timedelta(minutes=50), r.bits) for r in HISTORY)
    readings = tuple(reading(Gauge.PRICE, "1", "kraken", r.time) for r in HISTORY)
    told = standing(Known(HISTORY, blocks, readings), now)
    past = known_at(HISTORY, now)
    assert told.difficulty.value == difficulty(past[-1].bits)
    assert told.height.at <= now
    assert told.difficulty.age >= timedelta(0)
    assert told.price is None or told.price.at <= now
    assert told == standing(Known(past, tuple(b for b in blocks if b.time <= now), tuple(r for r in readings if r.at <= now)), now)


def test_before_the_first_block_nothing_is_known() -> None:
    with pytest.raises(ValueError, match="no retarget"):
        standing(Known(HISTORY), at("2008-12-31"))


def test_a_block_of_the_epoch_gives_its_projection() -> None:
    now = standing(Known(HISTORY, (block(500, 560),)), START + timedelta(seconds=500 * 560 + 300))
    assert now.epoch.done == 500
    assert now.epoch.left == 1516
    assert not now.epoch.estimated
    assert now.projection.change_pct == decimal((Fraction(2016 * 600, 2015 * 560) - 1) * 100)
    assert not now.projection.weak
    assert now.height.age == timedelta(seconds=300)
    assert standing(Known(HISTORY, (block(100),)), START + timedelta(days=1)).projection.weak


def test_a_projection_whose_time_has_passed_is_none() -> None:
    now = standing(Known(HISTORY, (block(2000),)), START + timedelta(days=16))
    assert now.projection is None
    assert now.epoch.overdue == 1
    assert now.height.stale


def test_blocks_of_an_epoch_whose_start_is_unknown_give_difficulty_and_progress_only() -> None:
    tip = BlockHeader(973_800, "00", at("2026-11-01"), 0x17021000)
    now = standing(Known(HISTORY, (tip,)), at("2026-11-01T00:10:00"))
    assert now.difficulty.value == difficulty(0x17021000)
    assert now.change is None
    assert now.superlatives == Superlatives()
    assert now.projection is None
    assert now.epoch.start is None
    assert now.epoch.done == 973_800 % 2016


def test_blocks_older_than_the_history_say_nothing_of_today() -> None:
    now = standing(Known(HISTORY, (block(100),)), at("2026-05-20"))
    assert now.height.estimated
    assert now.difficulty.value == difficulty(0x17020F79)


def test_a_chain_that_has_not_reached_the_known_heights_yet_is_told_as_it_is() -> None:
    start = Retarget(935_424, at("2026-11-20"), BITS)
    history = tuple(start if retarget.height == start.height else retarget for retarget in HISTORY)
    tip = BlockHeader(935_500, "00", at("2026-11-20T13:00:00"), BITS)
    now = standing(Known(history, (tip,)), at("2026-11-20T13:05:00"))
    assert now.epoch.number == 464
    assert now.change.after == start
    assert rank_words(now).startswith("the largest fall since July 2021, the 10th largest ever")


@pytest.mark.parametrize(("gap", "seen"), [(0, True), (14, True), (15, False)])
def test_a_window_begins_near_where_it_should(gap: int, seen: bool) -> None:
    blocks = (block(500), block(500 - 144 - gap))
    now = standing(Known(HISTORY, blocks), START + timedelta(seconds=500 * 600))
    assert (144 in now.hashrates) == seen
    if seen:
        assert now.hashrates[144].value == network.hashrate(difficulty(BITS))
        assert now.hashrates[144].blocks == 144 + gap
        assert now.hashrate == now.hashrates[144]


def test_the_newest_word_of_each_source_counts() -> None:
    now = START + timedelta(seconds=500 * 600)
    readings = (
        reading(Gauge.HEIGHT, "935924", "good", now),
        reading(Gauge.HEIGHT, "935922", "near", now),
        reading(Gauge.HEIGHT, "935910", "behind", now, "14 blocks behind"),
        reading(Gauge.HEALTH, "0", "behind", now, "14 blocks behind"),
        reading(Gauge.HEALTH, "0", "good", now - timedelta(hours=1), "HTTP 502"),
        reading(Gauge.HEALTH, "1", "good", now),
        reading(Gauge.PRICE, "70000", "kraken", now - timedelta(minutes=20)),
        reading(Gauge.PRICE, "69000.5", "coinbase", now - timedelta(minutes=10), "kraken says $75,000"),
        reading(Gauge.FEES, "0.02", "good", now),
    )
    told = standing(Known(HISTORY, (block(500),), readings), now)
    assert told.sources == ("good", "near")
    assert told.height.source == "good, near"
    assert [words(problem.note) for problem in told.problems] == ["14 blocks behind"]
    assert (told.price.value, told.price.source, words(told.price.note)) == (Decimal("69000.5"), "coinbase", "kraken says $75,000")
    assert told.hashprice.value == network.hashprice(Decimal("69000.5"), Decimal("3.145"), network.hashrate(told.difficulty.value))
    assert words(told.hashprice.note) == "kraken says $75,000"


def test_hashprice_without_fees_says_so_and_is_as_stale_as_its_parts() -> None:
    now = START + timedelta(days=1)
    told = standing(Known(HISTORY, (), (reading(Gauge.PRICE, "70000", "kraken", now - timedelta(hours=3)),)), now)
    assert words(told.hashprice.note) == "subsidy only, fees are not known"
    assert told.hashprice.stale
    assert told.price.stale
    assert told.hashprice.source == "kraken, shipped history"


def test_a_hashprice_of_an_old_level_tells_the_time_of_the_level() -> None:
    now = at("2026-11-22T18:00:00")
    told = standing(Known(HISTORY, (), (reading(Gauge.PRICE, "70000", "kraken", now),)), now)
    assert told.hashprice.stale
    assert told.hashprice.at == told.difficulty.at < told.price.at


def days(count: int, last: date) -> dict[date, Day]:
    return {
        day: Day(day, price_close=Decimal(70_000), issuance=Decimal(450), source="kraken, blocks counted")
        for back in range(count)
        for day in (last - timedelta(days=back),)
    }


@pytest.mark.parametrize(("count", "note"), [(29, None), (30, "mean over 30 of 365 days"), (365, ""), (400, "")])
def test_the_puell_multiple_says_how_many_days_it_knows(count: int, note: str | None) -> None:
    now = at("2026-02-10T09:00:00")
    told = standing(Known(HISTORY, days=days(count, date(2026, 2, 9))), now)
    assert told.puell_days == min(count, 365)
    assert (words(told.puell.note) if told.puell else None) == note
    if told.puell:
        assert told.puell.value == 1
        assert told.puell.at == at("2026-02-10")
        assert told.puell.source == "kraken, blocks counted"
        assert not told.puell.stale


def test_a_day_that_is_not_over_gives_no_puell_multiple() -> None:
    told = standing(Known(HISTORY, days=days(100, date(2026, 2, 10))), at("2026-02-10T09:00:00"))
    assert told.puell.at == at("2026-02-10")
    assert told.puell_days == 99


def test_the_halving_is_about_as_far_as_its_blocks() -> None:
    told = standing(Known(HISTORY, (block(576),)), START + timedelta(days=4))
    assert told.halving_height == 1_050_000
    assert told.halving_at == START + timedelta(seconds=600) * (1_050_000 - 935_424)
    assert told.subsidy == Decimal("3.125")
