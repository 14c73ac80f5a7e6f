"""Halvings and all-time highs of the price: told once, to who wants retargets, and only from what is known for sure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.commands.ask import Ask
from bot.commands.desk import Desk
from bot.commands.registry import reply
from bot.decisions.alerts import retarget_alert
from bot.decisions.figures import Known
from bot.decisions.history import shipped_history
from bot.decisions.markup import to_plain
from bot.decisions.milestones import SHIPPED_HIGH, SHIPPED_UNTIL, earlier_high, last_halving
from bot.decisions.standing import standing
from bot.edges.sender import timeless
from bot.edges.store.store import Store
from bot.jobs.milestones import owe_milestones
from bot.model import BlockHeader, Chat, ChatKind, Day, Delivery, Gauge, Place, Reading, Topic, plain
from bot.model.bits import difficulty
from tests.support.newsroom import owed
from tests.support.tales import subscription, utc

HALVING = 1_050_000
HALVED = utc("2028-04-12T14:30")
HIGH_NOW = utc("2026-11-22T10:00")


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open("sqlite://") as opened:
        opened.chats.see(Chat(1, ChatKind.PRIVATE))
        yield opened


def blocks(first: int, last: int, start: datetime = HALVED) -> list[BlockHeader]:
    return [
        BlockHeader(height, f"{height:x}", start + timedelta(minutes=10) * (height - HALVING), 0x17023C7E)
        for height in range(first, last + 1)
    ]


def told(store: Store, now: datetime) -> list[Delivery]:
    return owed(store, now)


# --- halvings --------------------------------------------------------------------------------------------------------


def test_a_halving_is_told_once_to_who_wants_retargets(store: Store) -> None:
    store.subscriptions.put(subscription(1, topics=frozenset({Topic.RETARGETS})))
    store.subscriptions.put(subscription(2, topics=frozenset({Topic.SALES})))
    store.chain.add_blocks(blocks(HALVING - 3, HALVING - 1))
    assert owe_milestones(store, HALVED - timedelta(minutes=5)) == 0
    store.chain.add_blocks(blocks(HALVING, HALVING))
    assert [owe_milestones(store, HALVED + timedelta(minutes=minute)) for minute in range(3)] == [1, 0, 0]
    [alert] = told(store, HALVED + timedelta(minutes=3))
    assert (alert.key, alert.place) == ("halving:1050000", Place(1))
    assert timeless(alert.message.html).splitlines()[:4] == [
        "<b>Halving: 1.5625 BTC a block</b>",
        "From block 1,050,000 on, Wed 12 Apr 2028, 14:30 UTC: 3.125 BTC before",
        "Issuance at ten minutes a block: 225 BTC a day, 450 BTC before",
        "The next halving is due at block 1,260,000, in about four years",
    ]


def test_a_halving_that_was_slept_through_is_told_afterwards_while_it_is_news(store: Store) -> None:
    store.subscriptions.put(subscription(1))
    store.chain.add_blocks(blocks(HALVING + 12, HALVING + 20))
    assert owe_milestones(store, HALVED + timedelta(hours=13)) == 0
    assert owe_milestones(store, HALVED + timedelta(hours=4)) == 1
    [alert] = told(store, HALVED + timedelta(hours=4))
    assert "about Wed 12 Apr 2028, 14:30 UTC" in timeless(alert.message.html)


def test_a_reorganisation_at_the_halving_tells_it_no_second_time(store: Store) -> None:
    store.subscriptions.put(subscription(1))
    store.chain.add_blocks(blocks(HALVING - 3, HALVING))
    assert owe_milestones(store, HALVED + timedelta(minutes=1)) == 1
    other = [BlockHeader(HALVING, "other", HALVED + timedelta(minutes=2), 0x17023C7E)]
    store.chain.add_blocks(other)
    assert owe_milestones(store, HALVED + timedelta(minutes=4)) == 0


def test_without_blocks_near_it_no_halving_is_made_up() -> None:
    assert last_halving([]) is None
    assert last_halving(blocks(HALVING + 500, HALVING + 510)) is None
    assert last_halving([BlockHeader(100, "a", HALVED, 0x1D00FFFF)]) is None


def test_who_subscribes_after_a_halving_is_not_told_of_it(store: Store) -> None:
    store.chain.add_blocks(blocks(HALVING - 3, HALVING))
    soon = HALVED + timedelta(minutes=30)
    reply(Desk(store, soon), Ask("/subscribe retargets", Place(1), Chat(1, ChatKind.PRIVATE)))
    assert owe_milestones(store, soon + timedelta(minutes=1)) == 0


# --- highs of the difficulty -----------------------------------------------------------------------------------------


def test_a_record_of_the_difficulty_is_part_of_the_retargets_post() -> None:
    record = max(shipped_history(), key=lambda retarget: difficulty(retarget.bits))
    said = retarget_alert(standing(Known(shipped_history()), record.time + timedelta(minutes=5)))
    assert "Difficulty is at a record high" in to_plain(said)
    after = next(retarget for retarget in shipped_history() if retarget.height == record.height + 2016)
    assert "record" not in to_plain(retarget_alert(standing(Known(shipped_history()), after.time + timedelta(minutes=5))))


# --- highs of the price ----------------------------------------------------------------------------------------------


def every_day(store: Store, until: date, close: str = "110000", **highs: str) -> None:
    """A close for each day since the shipped high is known, up to `until`; `highs` by day as `d20261001`."""
    days = [SHIPPED_UNTIL + timedelta(days=n) for n in range(1, (until - SHIPPED_UNTIL).days + 1)]
    store.chain.record_days(
        Day(day, Decimal(close), price_high=Decimal(highs.get(f"d{day:%Y%m%d}", close)), source="kraken, blocks counted") for day in days
    )


def market(store: Store, now: datetime, price: str, *others: str, note: str = "") -> None:
    quotes = [Reading(Gauge.QUOTE, Decimal(other), f"source{number}", now) for number, other in enumerate(others)]
    own = Reading(Gauge.QUOTE, Decimal(price), "kraken", now)
    store.chain.record([Reading(Gauge.PRICE, Decimal(price), "kraken", now, plain(note)), own, *quotes])


@pytest.fixture
def watched(store: Store) -> Store:
    store.subscriptions.put(subscription(1))
    every_day(store, HIGH_NOW.date() - timedelta(days=1))
    return store


def test_an_all_time_high_is_told_once_a_day(watched: Store) -> None:
    market(watched, HIGH_NOW, "131250", "131100")
    assert [owe_milestones(watched, HIGH_NOW + timedelta(seconds=second)) for second in (1, 30, 60)] == [1, 0, 0]
    later = HIGH_NOW + timedelta(hours=3)
    market(watched, later, "132000", "132100")
    assert owe_milestones(watched, later) == 0
    [alert] = told(watched, later)
    assert alert.key == "price-high:2026-11-22"
    assert timeless(alert.message.html).splitlines()[0] == "<b>Price at an all-time high: $131,250</b>"
    assert "The highest before: about $126,500 on 6 Oct 2025" in alert.message.html
    tomorrow = HIGH_NOW + timedelta(days=1)
    every_day(watched, HIGH_NOW.date(), "131500")
    market(watched, tomorrow, "133000", "133050")
    assert owe_milestones(watched, tomorrow) == 1


def test_a_price_below_a_high_since_is_none(store: Store) -> None:
    store.subscriptions.put(subscription(1))
    every_day(store, HIGH_NOW.date() - timedelta(days=1), d20261001="135000")
    market(store, HIGH_NOW, "131250", "131100")
    assert owe_milestones(store, HIGH_NOW) == 0
    market(store, HIGH_NOW + timedelta(minutes=1), "135100", "135200")
    assert owe_milestones(store, HIGH_NOW + timedelta(minutes=1)) == 1
    [alert] = told(store, HIGH_NOW + timedelta(minutes=1))
    assert "The highest before: $135,000 on 1 Oct 2026, kraken" in alert.message.html


def test_a_price_below_what_was_seen_hours_ago_is_none(watched: Store) -> None:
    market(watched, HIGH_NOW - timedelta(hours=12), "134000", "90000")
    market(watched, HIGH_NOW, "131250", "131100")
    assert owe_milestones(watched, HIGH_NOW) == 0


def test_nothing_is_claimed_while_a_day_since_the_known_high_is_missing(store: Store) -> None:
    store.subscriptions.put(subscription(1))
    every_day(store, HIGH_NOW.date() - timedelta(days=2))
    market(store, HIGH_NOW, "131250", "131100")
    assert owe_milestones(store, HIGH_NOW) == 0


@pytest.mark.parametrize(
    ("others", "note", "age"),
    [
        ((), "", 0),  # one source alone
        (("126000",), "", 0),  # the second is not above the old high
        (("150000",), "", 0),  # the second tells something else
        (("131100",), "source9 says $90,000", 0),  # a dispute that was not settled
        (("131100",), "", 11),  # minutes old
    ],
)
def test_only_fresh_prices_that_agree_claim_a_high(watched: Store, others: tuple[str, ...], note: str, age: int) -> None:
    market(watched, HIGH_NOW, "131250", *others, note=note)
    assert owe_milestones(watched, HIGH_NOW + timedelta(minutes=age)) == 0


def test_the_usual_price_is_no_high(watched: Store) -> None:
    market(watched, HIGH_NOW, "110000", "110100")
    assert owe_milestones(watched, HIGH_NOW) == 0


def test_who_subscribes_after_a_high_was_told_waits_for_the_next_day(watched: Store) -> None:
    market(watched, HIGH_NOW, "131250", "131100")
    owe_milestones(watched, HIGH_NOW)
    reply(Desk(watched, HIGH_NOW), Ask("/subscribe retargets", Place(2), Chat(2, ChatKind.PRIVATE)))
    assert owe_milestones(watched, HIGH_NOW + timedelta(minutes=1)) == 0


def test_the_shipped_high_stands_until_a_day_is_higher() -> None:
    price = Reading(Gauge.PRICE, Decimal(140_000), "kraken", utc(f"{SHIPPED_UNTIL + timedelta(days=1)}T12:00"))
    assert earlier_high({}, [], price) == SHIPPED_HIGH
