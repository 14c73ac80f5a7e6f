"""What a sale means: held against the network's issuance, the miner's own coins and output, the other sales and the market.

Each figure stands on stated ones and is None where one of them is missing; nothing is assumed. Production counts if its
period ended within 100 days of the sale, holdings if they were stated for a day within 100 days before it began.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from bot.decisions import network
from bot.decisions.history import known_at
from bot.decisions.names import canonical
from bot.decisions.sales import day_of, implied, is_known, reported_at, total
from bot.decisions.superlatives import Change, changes
from bot.model import Day, Retarget, StoredStory
from extractors.model import Kind, Period, Status

RECENT = timedelta(days=100)
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Facts:
    """What sales are held against: all stories in reach, the retargets in order of height, the days whose prices are known."""

    stories: Sequence[StoredStory] = ()
    retargets: Sequence[Retarget] = ()
    days: Mapping[date, Day] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Market:
    """The sale's price against the lowest and highest of its days; `fits` with a margin of 2.5 % for closes and fees."""

    low: Decimal
    high: Decimal
    fits: bool


@dataclass(frozen=True, slots=True)
class Context:
    """A sale held against what else is known. `held` and `mined` are the stories that its shares (ratios) rest on.

    `month_share` is of the coins of the `month_sales` reported in the 30 days up to `month_end`, the day on which this one was.
    `mined_share` is set in place of `mined_days` where output of the very days of the sale is known.
    """

    issuance_days: Decimal | None = None
    held: StoredStory | None = None
    mined: StoredStory | None = None
    mined_days: Decimal | None = None
    mined_share: Decimal | None = None
    held_share: Decimal | None = None
    month_share: Decimal | None = None
    month_sales: int = 0
    month_end: date | None = None
    price: Decimal | None = None
    market: Market | None = None
    retarget: Change | None = None


def context(sale: StoredStory, facts: Facts, now: datetime) -> Context:
    """Context of a sale as it was known at `now`."""
    coins, day = sale.story.btc, day_of(sale)
    mined, held = _mined(sale, facts, now), _held(sale, facts, now)
    same_days = mined is not None and mined.story.period == sale.story.period
    price = sale.story.price_usd or implied(sale.story)
    share, sales = _month_share(sale, facts, now)
    return Context(
        issuance_days=_issuance_days(coins, facts.retargets, day),
        held=held,
        held_share=_ratio(coins, held.story.btc if held else None),
        mined=mined,
        mined_days=coins / _daily(mined) if coins and mined and not same_days else None,
        mined_share=_ratio(coins, mined.story.btc if mined else None) if same_days else None,
        month_share=share,
        month_sales=sales,
        month_end=_reported_on(sale) if share else None,
        price=price,
        market=_market(price, sale.story.period, facts.days),
        retarget=_retarget(facts.retargets, day),
    )


def _ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return part / whole if part and whole else None


def _month_share(sale: StoredStory, facts: Facts, now: datetime) -> tuple[Decimal | None, int]:
    """Share of all coins of the sales reported in the 30 days up to its own report, and how many these are.

    None for a plan, for what was withdrawn and so is not among them, or if it was the only one. Days of sales would not do: a
    month's sale ends with its month, and is told later.
    """
    coins, day = sale.story.btc, _reported_on(sale)
    sums = total(other for other in facts.stories if _in_month(other, day) and is_known(other, now))
    told = coins and sums.count > 1 and sums.btc >= coins and sale.story.status is Status.COMPLETED and is_known(sale, now)
    return (coins / sums.btc if coins and told else None), sums.count


def _in_month(other: StoredStory, day: date) -> bool:
    return other.story.kind is Kind.SALE and other.story.status is Status.COMPLETED and day - MONTH < _reported_on(other) <= day


def _reported_on(stored: StoredStory) -> date:
    return (reported_at(stored.story) or stored.found_at).date()


def _daily(produced: StoredStory) -> Decimal:
    """BTC a day of a production story that states both coins and days."""
    coins, days = produced.story.btc, produced.story.period
    assert coins is not None and days is not None  # noqa: S101  # chosen so by `_mined`
    return coins / ((days.end - days.start).days + 1)


def _mined(sale: StoredStory, facts: Facts, now: datetime) -> StoredStory | None:
    """The miner's output of the days of the sale, else nearest to it, and then the shortest: a month rather than its quarter."""
    day = day_of(sale)
    near = [
        (
            other.story.period != sale.story.period,
            abs(other.story.period.end - day),
            other.story.period.end - other.story.period.start,
            other.id,
            other,
        )
        for other in _of_same_miner(sale, Kind.PRODUCTION, facts.stories, now)
        if other.story.btc and other.story.period and abs(other.story.period.end - day) <= RECENT
    ]
    return min(near)[-1] if near else None


def _held(sale: StoredStory, facts: Facts, now: datetime) -> StoredStory | None:
    """The miner's last holdings stated for a day before the sale began, if they cover it; those of its first day may be what is left."""
    began = sale.story.period.start if sale.story.period else day_of(sale)
    before = [
        (other.story.period.end, other.id, other)
        for other in _of_same_miner(sale, Kind.HOLDINGS, facts.stories, now)
        if other.story.btc and other.story.period and timedelta(0) < began - other.story.period.end <= RECENT
    ]
    held = max(before)[-1] if before else None
    return held if held and sale.story.btc and held.story.btc and held.story.btc >= sale.story.btc else None


def _of_same_miner(sale: StoredStory, kind: Kind, stories: Iterable[StoredStory], now: datetime) -> list[StoredStory]:
    name = canonical(sale.story.company)
    return [other for other in stories if other.story.kind is kind and canonical(other.story.company) == name and is_known(other, now)]


# --- the network and the market --------------------------------------------------------------------------------------


def _issuance_days(coins: Decimal | None, retargets: Sequence[Retarget], day: date) -> Decimal | None:
    """Days of new coins, 144 blocks each at that day's subsidy, that the sale equals."""
    past = known_at(retargets, _midnight(day))
    if coins is None or not past:
        return None
    height = past[-1].height + min(network.EPOCH_BLOCKS - 1, int((_midnight(day) - past[-1].time).total_seconds() // network.BLOCK_SECONDS))
    return coins / network.bitcoin(network.DAY_BLOCKS * network.subsidy(height))


def _retarget(retargets: Sequence[Retarget], day: date) -> Change | None:
    """The retarget in force at the end of the day."""
    past = changes(known_at(retargets, _midnight(day))[-2:])
    return past[-1] if past else None


def _midnight(day: date) -> datetime:
    """The end of a UTC day."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)


def _market(price: Decimal | None, days: Period | None, known: Mapping[date, Day]) -> Market | None:
    """None unless the price of every day of the sale is known."""
    if price is None or days is None:
        return None
    within = [known.get(days.start + timedelta(days=number)) for number in range((days.end - days.start).days + 1)]
    span = network.price_range(day for day in within if day is not None) if None not in within else None
    if span is None:
        return None
    low, high = span
    return Market(low, high, fits=low * Decimal("0.975") <= price <= high * Decimal("1.025"))
