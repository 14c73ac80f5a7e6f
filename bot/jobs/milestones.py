"""A halving and an all-time high of the price, told to who asked for retargets, each once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from bot.commands.desk import Desk
from bot.decisions import milestones, network
from bot.decisions.milestones import SHIPPED_HIGH, SHIPPED_UNTIL
from bot.decisions.plan import AWAITED, NEWS_LIFE
from bot.edges.store.store import Store
from bot.jobs.tongues import in_each_tongue
from bot.model import Delivery, Gauge, Subscription, Topic

_YESTERDAY = timedelta(days=2)
_LONG_AGO = 3 * network.DAY_BLOCKS  # blocks after which a halving is no news, however fast they come


def owe_milestones(store: Store, now: datetime) -> int:
    """Owes what is news now to everybody who wants it; how many messages were added. What was owed before is owed once ever."""
    wishes = store.subscriptions.all(Topic.RETARGETS, now - AWAITED)
    if not wishes:
        return 0
    desk = Desk(store, now)
    return _owe_halving(desk, wishes) + _owe_price_high(desk, wishes)


def _owe_halving(desk: Desk, wishes: Sequence[Subscription]) -> int:
    tip = desk.store.chain.tip()
    if tip is None or (behind := tip.height % network.HALVING_BLOCKS) > _LONG_AGO:
        return 0
    halving = milestones.last_halving(desk.store.chain.blocks(tip.height - behind))
    if halving is None or not timedelta(0) <= desk.now - halving.time <= NEWS_LIFE:
        return 0

    def plan(places: Sequence[Subscription], zone: tzinfo) -> list[Delivery]:
        return milestones.plan_halving(halving, milestones.halving_alert(halving, desk.standing, zone), places, desk.now)

    return desk.store.outbox.owe(in_each_tongue(desk, wishes, plan))


def _owe_price_high(desk: Desk, wishes: Sequence[Subscription]) -> int:
    chain, now = desk.store.chain, desk.now
    prices, quotes = chain.latest(Gauge.PRICE, now), chain.latest(Gauge.QUOTE, now)
    price = milestones.confirmed_price(prices, quotes, SHIPPED_HIGH.price, now)
    if price is None:
        return 0
    days = {day.day: day for day in chain.days(SHIPPED_UNTIL, now.astimezone(UTC).date())}
    before = milestones.earlier_high(days, chain.series(Gauge.PRICE, now - _YESTERDAY, now), price)
    if before is None or milestones.confirmed_price(prices, quotes, before.price, now) is None:
        return 0

    def plan(places: Sequence[Subscription], zone: tzinfo) -> list[Delivery]:
        return milestones.plan_price_high(price, milestones.price_high_alert(price, before, desk.standing, zone), places, now)

    return desk.store.outbox.owe(in_each_tongue(desk, wishes, plan))
