"""What happens rarely and is told like a retarget: a halving, and a price higher than any before.

Both follow from what is stored, so that a process may die anywhere and the next one finds the same. A halving is known by the
blocks about it. An all-time high needs a high that is known and every day since: from the one that comes with Assay on, a close
or a high of each day must be stored, or nothing is claimed. Only a fresh price claims one, and only with a second source that
stands above the old high as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal

from bot.decisions import chain_words, moments, money, network
from bot.decisions.figures import Standing
from bot.decisions.lines import bold, line
from bot.decisions.plan import NEWS_LIFE, alert
from bot.decisions.quotes import TOLERANCE
from bot.model import Answer, BlockHeader, Day, Delivery, Line, Piece, Reading, Subscription, Topic
from bot.speech import say, say_line

_FRESH = timedelta(minutes=10)
_NEAR = 72  # blocks after a halving of which one must be stored: half a day's, as long as it is news
_BLOCK = timedelta(seconds=network.BLOCK_SECONDS)


@dataclass(frozen=True, slots=True)
class Halving:
    """The first block of the lower subsidy. Not `exact`: its time is reckoned from a block soon after it."""

    height: int
    time: datetime
    exact: bool = True


@dataclass(frozen=True, slots=True)
class High:
    """The highest price up to a day, and where that is known from; no source stands for what the press printed."""

    price: Decimal
    day: date
    source: str


SHIPPED_HIGH = High(Decimal(126_500), date(2025, 10, 6), "")
"""The most that the press printed of that high ("around $126,500"): too high a bar keeps silent, too low a one would claim wrongly."""

SHIPPED_UNTIL = date(2026, 7, 24)
"""The last day for which it is known that no price was higher."""


# --- halvings --------------------------------------------------------------------------------------------------------


def halving_key(height: int) -> str:
    """`halving:1050000`."""
    return f"halving:{height}"


def passed_keys(tip: BlockHeader | None, now: datetime) -> tuple[str, ...]:
    """The keys of what may have happened before `now`, today or at the last halving."""
    height = 0 if tip is None else tip.height - tip.height % network.HALVING_BLOCKS
    return (*([halving_key(height)] if height else []), price_high_key(now.astimezone(UTC).date()))


def last_halving(blocks: Sequence[BlockHeader]) -> Halving | None:
    """The halving behind the highest of some blocks, if one of those at or soon after it is among them."""
    tip = max((block.height for block in blocks), default=0)
    height = tip - tip % network.HALVING_BLOCKS
    first = min((block for block in blocks if block.height >= height), key=lambda block: block.height, default=None)
    if height == 0 or first is None or first.height - height > _NEAR:
        return None
    return Halving(height, first.time - (first.height - height) * _BLOCK, exact=first.height == height)


def halving_alert(halving: Halving, standing: Standing, zone: tzinfo = UTC) -> Answer:
    """The new subsidy, the one before, and what that does to the issuance of a day."""
    after, before = (network.bitcoin(network.subsidy(height)) for height in (halving.height, halving.height - 1))
    gaps: dict[str, Piece | str] = {
        "height": money.whole(halving.height),
        "time": moments.time(halving.time, zone),
        "before": money.btc(before),
    }
    new, old = (money.btc(subsidy * network.DAY_BLOCKS) for subsidy in (after, before))
    following = money.whole(network.next_halving(halving.height))
    lines = [
        line(bold(say("Halving: {subsidy} a block", subsidy=money.btc(after)))),
        say_line("From block {height} on, {time}: {before} before", **gaps)
        if halving.exact
        else say_line("From block {height} on, about {time}: {before} before", **gaps),
        line(say("Issuance at ten minutes a block: {new} a day, {old} before", new=new, old=old)),
        line(say("The next halving is due at block {height}, in about four years", height=following)),
        *_income(standing),
        chain_words.as_of_line(standing, zone),
    ]
    return Answer(tuple(lines))


def plan_halving(halving: Halving, said: Answer, subscriptions: Iterable[Subscription], now: datetime) -> list[Delivery]:
    """Messages for a halving, none if it is no news any more; `said` is `halving_alert`."""
    if not timedelta(0) <= now - halving.time <= NEWS_LIFE:
        return []
    return _owed(halving_key(halving.height), said, subscriptions, now)


# --- highs of the price ----------------------------------------------------------------------------------------------


def price_high_key(day: date) -> str:
    """`price-high:2026-11-22`: one a day at most."""
    return f"price-high:{day.isoformat()}"


def confirmed_price(prices: Sequence[Reading], quotes: Sequence[Reading], above: Decimal, now: datetime) -> Reading | None:
    """The price shown, if it is fresh, undisputed and above `above`, and another source's fresh quote beside it is too.

    `prices` and `quotes` are the latest readings of `Gauge.PRICE` and `Gauge.QUOTE`.
    """
    price = max(prices, key=lambda reading: reading.at, default=None)
    if price is None or price.note or price.value <= above or now - price.at > _FRESH:
        return None
    fresh = (quote for quote in quotes if quote.source != price.source and not quote.note and now - quote.at <= _FRESH)
    near = (quote for quote in fresh if quote.value > above and abs(quote.value - price.value) <= TOLERANCE * price.value)
    return price if any(near) else None


def earlier_high(days: Mapping[date, Day], prices: Sequence[Reading], price: Reading) -> High | None:
    """The highest price before `price`; None unless every day since the shipped high is known. `prices` are earlier readings."""
    today = price.at.astimezone(UTC).date()
    since = [SHIPPED_UNTIL + timedelta(days=n) for n in range(1, (today - SHIPPED_UNTIL).days)]
    found = [SHIPPED_HIGH]
    for day in since:
        highest = _highest(days[day]) if day in days else None
        if highest is None:
            return None
        found.append(High(highest, day, days[day].source.partition(",")[0]))
    found += [High(reading.value, reading.at.date(), reading.source) for reading in prices if reading.at < price.at]
    return max(found, key=lambda high: high.price)


def _highest(day: Day) -> Decimal | None:
    return max((price for price in (day.price_high, day.price_close) if price is not None), default=None)


def price_high_alert(price: Reading, before: High, standing: Standing, zone: tzinfo = UTC) -> Answer:
    """The price, the highest before it, and what a unit of hashrate earns at it."""
    gaps = {"price": money.price(before.price), "day": money.day(before.day)}
    if before.source:
        earlier = say("The highest before: {price} on {day}, {source}", **gaps, source=before.source)
    else:
        earlier = say("The highest before: about {price} on {day}, as the press printed it", **gaps)
    at = say_line("{time}, from {source} and at least one source more", time=moments.time(price.at, zone), source=price.source)
    head = bold(say("Price at an all-time high: {price}", price=money.price(price.value)))
    return Answer((line(head), at, line(earlier), *_income(standing)))


def plan_price_high(price: Reading, said: Answer, subscriptions: Iterable[Subscription], now: datetime) -> list[Delivery]:
    """Messages for an all-time high, the day's first; `said` is `price_high_alert`."""
    return _owed(price_high_key(price.at.astimezone(UTC).date()), said, subscriptions, now)


def _income(standing: Standing) -> list[Line]:
    """The hashprice, while it is fresh."""
    return [chain_words.hashprice_line(standing)] if standing.hashprice and not standing.hashprice.stale else []


def _owed(key: str, said: Answer, subscriptions: Iterable[Subscription], now: datetime) -> list[Delivery]:
    wanted = [each for each in subscriptions if Topic.RETARGETS in each.topics]
    return [delivery for each in wanted for delivery in alert(key, said, each, now)]
