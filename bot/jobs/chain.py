"""One pass over the chain and price sources: ask all at once, compare, keep what stands, and say what happened.

A source that fails, lags or lies costs nothing but its own answer: it is named with the reason in its health reading. What
is missing (starts of epochs, blocks where hashrate windows begin, days of price and issuance) is asked of the source that
leads, a little at every pass, so that the first passes after a start fill the gaps without a flood of requests.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.decisions import network, upkeep
from bot.decisions.agreement import TRAVELLING, Agreement, Ground, agree
from bot.decisions.history import join_history, shipped_history
from bot.decisions.quotes import PriceAgreement, agree_on_price
from bot.decisions.upkeep import Stored
from bot.edges.chain.build import Sources
from bot.edges.chain.source import ChainSource
from bot.edges.store.store import Store
from bot.jobs.chain_calls import confirmed, fetch, first_fees, offered, quote, report
from bot.model import BlockHeader, Day, Gauge, Quote, Reading, Remarks, Report, Retarget

_CALLS = 12  # for what is missing, in one pass
_RECENT = 40
_FEES_EVERY = timedelta(minutes=15)
_AGAIN = timedelta(minutes=5)
_DAYS_EVERY = timedelta(hours=6)
_PASSING = (Gauge.HEALTH, Gauge.HEIGHT, Gauge.QUOTE)
_PASSING_LIFE, _READING_LIFE = timedelta(days=14), timedelta(days=400)
_SETTLED = timedelta(days=2)  # a retarget as old as this is not undone by a reorganisation
_RECOUNTED = timedelta(days=9)  # as far back as stored blocks reach, about


@dataclass(frozen=True, slots=True)
class ChainNews:
    """What a pass brought.

    `retargets` were reached since the pass before, `corrected` had been reached but their block was replaced; both are stored.
    `as_of` is the earliest `now` at which a standing shows the newest block (a header's time may be ahead of the clock).
    `faults` names the sources left out with the reason, `remarks` what is worth saying of the others.
    """

    as_of: datetime
    tip: BlockHeader | None = None
    blocks: int = 0
    replaced: int = 0
    retargets: tuple[Retarget, ...] = ()
    corrected: tuple[Retarget, ...] = ()
    halvings: tuple[int, ...] = ()
    price: Quote | None = None
    faults: Mapping[str, Remarks] = field(default_factory=dict)
    remarks: Mapping[str, Remarks] = field(default_factory=dict)


class ChainJob:
    """Passes over `sources`, kept in `store`. One pass at a time."""

    def __init__(self, sources: Sources, store: Store) -> None:
        self._sources = sources
        self._store = store
        self._next_fees = self._next_days = self._next_pruning = datetime.min.replace(tzinfo=UTC)

    async def poll(self, now: datetime) -> ChainNews:
        """One pass. Raises `StoreError` at most: whatever the sources do is part of the news."""
        stored = await asyncio.to_thread(self._stored)
        last = await asyncio.to_thread(self._last_price, now)
        reports, quotes = await asyncio.gather(self._reports(), self._quotes(now))
        agreed, priced = agree(reports, _ground(stored, now)), agree_on_price(quotes, last, now)
        await self._keep_price(priced, quotes, now)
        await self._keep_health(agreed, priced, reports, now)
        news = await self._keep_chain(agreed, stored, now) if agreed.blocks else ChainNews(now)
        await self._keep_days(priced, now)
        await self._forget(now)
        return ChainNews(
            as_of=max(now, news.tip.time if news.tip else now),
            tip=news.tip,
            blocks=news.blocks,
            replaced=news.replaced,
            retargets=news.retargets,
            corrected=news.corrected,
            halvings=news.halvings,
            price=priced.quote,
            faults={**agreed.faults, **priced.faults},
            remarks=agreed.remarks,
        )

    # --- gather

    def _stored(self) -> Stored:
        history = join_history(shipped_history(), self._store.chain.retargets())
        return Stored(history, {block.height: block for block in self._store.chain.blocks()})

    def _last_price(self, now: datetime) -> Reading | None:
        return next(iter(self._store.chain.latest(Gauge.PRICE, now)), None)

    async def _reports(self) -> list[Report]:
        return list(await asyncio.gather(*(report(source) for source in self._sources.chain)))

    async def _quotes(self, now: datetime) -> list[Quote]:
        return list(await asyncio.gather(*(quote(source, now) for source in self._sources.prices)))

    # --- the chain

    async def _keep_chain(self, agreed: Agreement, stored: Stored, now: datetime) -> ChainNews:
        """Stores the agreed blocks and what is missing beside them; `faults` stay with the caller."""
        tip = agreed.blocks[-1]
        sources = [source for name in agreed.agreeing for source in self._sources.chain if source.name == name]
        wanted = upkeep.wanted_heights(Stored(stored.history, {**stored.blocks, **_by_height(agreed.blocks)}), tip)
        more = await fetch(sources[0], wanted[:_CALLS])
        learnt = upkeep.retargets_among((*more, *agreed.blocks))
        learnt = await confirmed(learnt, sources[1:], stored)
        replaced = await asyncio.to_thread(self._write_chain, (*more, *agreed.blocks), learnt)
        await self._keep_fees(sources, tip, now)
        edge = upkeep.boundary(stored, learnt, tip)
        fresh = sum(block.height not in stored.blocks for block in agreed.blocks)
        return ChainNews(now, tip, fresh, replaced, edge.reached, edge.corrected, edge.halvings)

    def _write_chain(self, blocks: Sequence[BlockHeader], learnt: Sequence[Retarget]) -> int:
        ordered = sorted((block for block in _by_height(blocks).values() if block.hash), key=lambda block: block.height)
        self._store.chain.remove_blocks(above=ordered[-1].height + TRAVELLING)
        replaced = self._store.chain.add_blocks(ordered)
        self._store.chain.add_retargets(learnt)
        return replaced

    async def _keep_fees(self, sources: Sequence[ChainSource], tip: BlockHeader, now: datetime) -> None:
        blocks = await asyncio.to_thread(self._store.chain.blocks, tip.height - network.DAY_BLOCKS)
        fees, name = upkeep.mean_fees(_by_height(blocks), tip), sources[0].name
        if fees is None and now >= self._next_fees:
            fees, name = await first_fees(sources)
            self._next_fees = now + (_FEES_EVERY if fees is not None else _AGAIN)
        if fees is not None:
            await self._record([Reading(Gauge.FEES, fees, name, now)])

    # --- the market

    async def _keep_price(self, priced: PriceAgreement, quotes: Sequence[Quote], now: datetime) -> None:
        readings = [
            Reading(Gauge.QUOTE, quote.price, quote.source, now, priced.faults.get(quote.source, ())) for quote in quotes if not quote.error
        ]
        best = priced.quote
        if best is not None:
            at = min(best.at or now, now)
            readings.append(Reading(Gauge.PRICE, best.price, best.source, at, priced.note))
            readings += await self._change(best, quotes, priced, now)
        await self._record(readings)

    async def _change(self, best: Quote, quotes: Sequence[Quote], priced: PriceAgreement, now: datetime) -> list[Reading]:
        """The change of 24 hours: as an agreeing source tells it, else against the price stored a day ago."""
        told = next((quote for quote in quotes if quote.source in priced.agreeing and quote.change_pct is not None), None)
        if told is not None and told.change_pct is not None:
            return [Reading(Gauge.PRICE_CHANGE, told.change_pct, told.source, now)]
        start, end = now - timedelta(hours=26), now - timedelta(hours=22)
        past = await asyncio.to_thread(self._store.chain.series, Gauge.PRICE, start, end)
        change = upkeep.change_over_a_day(best.price, past, now)
        return [] if change is None else [Reading(Gauge.PRICE_CHANGE, change, best.source, now)]

    async def _keep_days(self, priced: PriceAgreement, now: datetime) -> None:
        """Prices and issuance of the days of the last year that are over, as far as they can be known."""
        today = now.astimezone(UTC).date()
        first = today - timedelta(days=network.PUELL_DAYS)
        known = {day.day: day for day in await asyncio.to_thread(self._store.chain.days, first, today)}
        missing = upkeep.days_without_price(known, now)
        if missing and priced.quote is not None and now >= self._next_days:
            sources = [source for name in priced.agreeing for source in self._sources.prices if source.name == name]
            days = await offered(sources, missing, priced.quote.price)
            self._next_days = now + (_DAYS_EVERY if days else _AGAIN)
            await self._record_days(days)
        recent = [day for day in known.values() if today - day.day < _RECOUNTED]
        await asyncio.to_thread(self._recount, recent)
        yesterday = today - timedelta(days=1)
        if yesterday not in known or known[yesterday].price_close is None:
            await self._close(yesterday)

    def _recount(self, days: Sequence[Day]) -> None:
        self._store.chain.record_days(upkeep.recounted(days, self._stored().blocks))

    async def _close(self, day: date) -> None:
        start = datetime(day.year, day.month, day.day, tzinfo=UTC)
        readings = await asyncio.to_thread(self._store.chain.series, Gauge.PRICE, start, start + timedelta(days=1))
        closed = upkeep.close_of(day, readings)
        await self._record_days([closed] if closed is not None else [])

    async def _record_days(self, days: Sequence[Day]) -> None:
        if days:
            stored = await asyncio.to_thread(self._stored)
            history = _with_tip(stored)
            await asyncio.to_thread(self._store.chain.record_days, [upkeep.with_issuance(day, stored.blocks, history) for day in days])

    async def _forget(self, now: datetime) -> None:
        """Once a day: what sources said is of use for some days, what was shown for a year."""
        if now >= self._next_pruning:
            self._next_pruning = now + timedelta(days=1)
            await asyncio.to_thread(self._store.chain.prune_readings, _PASSING, now - _PASSING_LIFE)
            await asyncio.to_thread(self._store.chain.prune_readings, tuple(Gauge), now - _READING_LIFE)

    # --- the sources

    async def _keep_health(self, agreed: Agreement, priced: PriceAgreement, reports: Sequence[Report], now: datetime) -> None:
        faults = {**agreed.faults, **priced.faults}
        notes = {**agreed.remarks, **faults}
        names = [source.name for source in self._sources.chain] + [source.name for source in self._sources.prices]
        health = [Reading(Gauge.HEALTH, Decimal(name not in faults), name, now, notes.get(name, ())) for name in names]
        heights = [
            Reading(Gauge.HEIGHT, Decimal(report.blocks[-1].height), report.source, now, agreed.faults.get(report.source, ()))
            for report in reports
            if report.blocks
        ]
        await self._record([*health, *heights])

    async def _record(self, readings: Sequence[Reading]) -> None:
        await asyncio.to_thread(self._store.chain.record, readings)


def _ground(stored: Stored, now: datetime) -> Ground:
    shipped = shipped_history()
    top = stored.tip.height if stored.tip else 0
    return Ground(
        now=now,
        bits={retarget.epoch: retarget.bits for retarget in stored.history},
        starts={retarget.epoch: retarget.time for retarget in stored.history},
        certain=frozenset(retarget.epoch for retarget in shipped if now - retarget.time > _SETTLED),
        stored={height: block for height, block in stored.blocks.items() if height > top - _RECENT},
    )


def _by_height(blocks: Sequence[BlockHeader]) -> dict[int, BlockHeader]:
    return {block.height: block for block in blocks}


def _with_tip(stored: Stored) -> tuple[Retarget, ...]:
    """The history, with the tip as its last point in time."""
    tip = stored.tip
    if tip is None or tip.height <= stored.history[-1].height:
        return stored.history
    return (*stored.history, Retarget(tip.height, tip.time, tip.bits))
