"""How the chain and the market stand at a time, from what is stored: every figure with its source, time and age.

`/difficulty`, `/metrics`, `/puell`, `/hashprice` and `/price` are views of one `Standing`. It never needs the network: with
no block known, the shipped history alone gives the difficulty, its last change and how that ranks, and the progress of the
epoch is then estimated from the time gone by and marked so. Nothing later than `now` is used, so an earlier `now` gives
what could have been said then. What cannot be known is None, never a guess without a mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from bot.decisions import network
from bot.decisions.figures import Epoch, Figure, Known, Standing
from bot.decisions.history import known_at, shipped_history
from bot.decisions.network import BLOCK_SECONDS, EPOCH_BLOCKS, EPOCH_SECONDS, Projection, Puell
from bot.decisions.remarks import remark, whole
from bot.decisions.superlatives import Superlatives, changes, level_of, run_of, size_of
from bot.model import BlockHeader, Gauge, Reading, Retarget
from bot.model.bits import decimal, difficulty
from bot.speech import marked

SHIPPED, HEADERS, RECKONED = "shipped history", "block headers", "estimate from the time"  # sources that are no server
BLOCK_STALE = timedelta(hours=2)
PRICE_STALE = timedelta(hours=1)
STILL_ASKED = timedelta(hours=2)
INEXACT = timedelta(hours=3)
FEES_STALE = timedelta(days=2)
PUELL_LEAST_DAYS = 30


def standing(known: Known, now: datetime) -> Standing:
    """How everything stands at `now`; ValueError if not even one retarget lies before it."""
    desk = _Desk(known, now)
    level = desk.difficulty()
    chain = desk.chain()
    reward = network.bitcoin(network.subsidy(int(chain.height.value)))
    price, fees = desk.latest(Gauge.PRICE, PRICE_STALE), desk.latest(Gauge.FEES, FEES_STALE)
    year = desk.puell()
    halving = network.next_halving(int(chain.height.value))
    return Standing(
        now=now,
        height=chain.height,
        epoch=chain.epoch,
        difficulty=level,
        change=desk.change,
        superlatives=desk.superlatives(),
        projection=desk.projection,
        hashrate=desk.hashrate(level),
        hashrates=desk.hashrates,
        subsidy=reward,
        halving_height=halving,
        halving_at=chain.height.at + timedelta(seconds=BLOCK_SECONDS) * (halving - int(chain.height.value)),
        price=price,
        price_change_24h=desk.latest(Gauge.PRICE_CHANGE, PRICE_STALE),
        fees=fees,
        hashprice=_hashprice(price, reward, fees, level),
        puell=desk.puell_figure(year),
        puell_days=year.days_known if year else 0,
        sources=desk.sources(),
        problems=desk.problems(),
    )


@dataclass(frozen=True, slots=True)
class _Chain:
    height: Figure
    epoch: Epoch


class _Desk:
    """What is known at `now`, cut to it once, and the questions asked of it."""

    def __init__(self, known: Known, now: datetime) -> None:
        self.now = now
        self.blocks = {block.height: block for block in known.blocks if block.time <= now}
        self.history = _until(known_at(known.history, now), self._newest_block())
        if not self.history:
            raise ValueError("no retarget is known before that time")
        self.last, newest = self.history[-1], self._newest_block()
        self.tip = newest if newest is not None and newest.height >= self.last.height else None
        self.readings = [reading for reading in known.readings if reading.at <= now]
        self.days = known.days
        self.past = changes(self.history)
        self.change = self.past[-1] if self.past and self.epoch_known else None

    def _newest_block(self) -> BlockHeader | None:
        return max(self.blocks.values(), key=lambda block: block.height, default=None)

    @property
    def epoch_known(self) -> bool:
        """Whether the last known retarget opened the tip's epoch."""
        return self.tip is None or self.tip.height - self.last.height < EPOCH_BLOCKS

    # --- the chain

    def difficulty(self) -> Figure:
        if self.tip is None:
            due = self.now - self.last.time > timedelta(seconds=EPOCH_SECONDS)
            value = difficulty(self.last.bits)
            source = SHIPPED if self.last.height <= shipped_history()[-1].height else HEADERS
            return Figure(value, source, self.last.time, self.now - self.last.time, stale=due)
        age = self.now - self.tip.time
        return Figure(difficulty(self.tip.bits), self.chain_source(), self.tip.time, age, stale=age > BLOCK_STALE)

    def chain(self) -> _Chain:
        return self._guessed() if self.tip is None else self._seen(self.tip)

    def _seen(self, tip: BlockHeader) -> _Chain:
        age = self.now - tip.time
        height = Figure(Decimal(tip.height), self.chain_source(), tip.time, age, stale=age > BLOCK_STALE)
        projected = self.projection
        done = tip.height % EPOCH_BLOCKS
        due = projected.at if projected else tip.time + timedelta(seconds=BLOCK_SECONDS) * (EPOCH_BLOCKS - done)
        overdue = _overdue(due, self.now) if age > BLOCK_STALE else 0
        start = self.last if self.epoch_known else None
        return _Chain(height, Epoch(tip.height // EPOCH_BLOCKS, start, done, due, overdue=overdue))

    def _guessed(self) -> _Chain:
        gone = int((self.now - self.last.time).total_seconds() // BLOCK_SECONDS)
        done = min(gone, EPOCH_BLOCKS - 1)
        due = self.last.time + timedelta(seconds=EPOCH_SECONDS)
        overdue = _overdue(due, self.now)
        height = Figure(
            Decimal(self.last.height + gone),
            RECKONED,
            self.now,
            timedelta(0),
            stale=overdue > 0,
            estimated=True,
        )
        return _Chain(height, Epoch(self.last.epoch, self.last, done, due, estimated=True, overdue=overdue))

    @cached_property
    def projection(self) -> Projection | None:
        """From the pace of this epoch, at its first block from the hashrate; None without either, or when its time has passed."""
        if self.tip is None or not self.epoch_known:
            return None
        found = network.project(self.last.time, self.tip.height, self.tip.time)
        windows = self.hashrates
        if found is None and windows and self.tip.height == self.last.height:
            level, rate = difficulty(self.tip.bits), windows[max(windows)].value
            found = network.project_from_hashrate(self.tip.height, self.tip.time, level, rate)
        passed = found is not None and found.at <= self.now and self.now - self.tip.time > BLOCK_STALE
        return None if passed else found

    def superlatives(self) -> Superlatives:
        if self.change is None:
            return Superlatives()
        return Superlatives(size_of(self.past), run_of(self.past), level_of(self.history))

    def chain_source(self) -> str:
        return ", ".join(self.sources()) or HEADERS

    def sources(self) -> tuple[str, ...]:
        """Names of the sources that held the newest block known, or one of the two before it, when they were last asked."""
        if self.tip is None:
            return ()
        near = [r for r in self._newest(Gauge.HEIGHT) if not r.note and abs(r.value - self.tip.height) <= 2]
        return tuple(reading.source for reading in near)

    def problems(self) -> tuple[Reading, ...]:
        """The newest word on each source that is left out or failing, of those that are still asked."""
        words = self._newest(Gauge.HEALTH)
        last = max((reading.at for reading in words), default=self.now)
        return tuple(reading for reading in words if not reading.value and last - reading.at < STILL_ASKED)

    # --- hashrate

    def hashrate(self, level: Figure) -> Figure:
        """The widest window that is known, or what the difficulty stands for at ten minutes a block."""
        windows = self.hashrates
        if windows:
            return windows[max(windows)]
        value = network.hashrate(level.value)
        return Figure(value, level.source, level.at, level.age, stale=level.stale, estimated=True)

    @cached_property
    def hashrates(self) -> Mapping[int, Figure]:
        found = {window: figure for window in network.WINDOWS if (figure := self._window(window)) is not None}
        return MappingProxyType(found)

    def _window(self, window: int) -> Figure | None:
        """Work of the last blocks over the time they took, from the block nearest to the window's start that is stored."""
        if self.tip is None:
            return None
        wanted = self.tip.height - window
        first = min(self.blocks.values(), key=lambda block: (abs(block.height - wanted), block.height))
        if abs(first.height - wanted) > window // 10:
            return None
        seen, age = self.tip.height - first.height, self.now - self.tip.time
        level, rate = self._mean_difficulty(first.height + 1, self.tip.height), network.pace(seen, self.tip.time - first.time)
        if level is None or rate is None:
            return None
        return Figure(network.hashrate(level, rate), self.chain_source(), self.tip.time, age, stale=age > BLOCK_STALE, blocks=seen)

    def _mean_difficulty(self, first: int, last: int) -> Decimal | None:
        """Mean difficulty of the blocks `first` to `last`, also over a retarget; None if an epoch's bits are not known."""
        bits = {retarget.epoch: retarget.bits for retarget in self.history}
        bits |= {block.height // EPOCH_BLOCKS: block.bits for block in self.blocks.values()}
        total, height = Fraction(0), first
        while height <= last:
            end = min(last, network.epoch_start(height) + EPOCH_BLOCKS - 1)
            if height // EPOCH_BLOCKS not in bits:
                return None
            total += Fraction(difficulty(bits[height // EPOCH_BLOCKS])) * (end - height + 1)
            height = end + 1
        return decimal(total / (last - first + 1))

    # --- the market

    def latest(self, gauge: Gauge, stale: timedelta) -> Figure | None:
        newest = max(self._newest(gauge), key=lambda reading: reading.at, default=None)
        if newest is None:
            return None
        age = self.now - newest.at
        return Figure(newest.value, newest.source, newest.at, age, stale=age > stale, note=newest.note)

    def _newest(self, gauge: Gauge) -> list[Reading]:
        """The newest reading of each source, in the order in which the sources were first met."""
        newest: dict[str, Reading] = {}
        for reading in self.readings:
            known = newest.get(reading.source)
            if reading.metric == gauge and (known is None or reading.at >= known.at):
                newest[reading.source] = reading
        return list(newest.values())

    def puell(self) -> Puell | None:
        """Of the latest day that was over at `now` and whose price and issuance are known."""
        over = [day for day in self.days if _end(day) <= self.now and network.issued_usd(self.days[day]) is not None]
        return network.puell(self.days, max(over)) if over else None

    def puell_figure(self, found: Puell | None) -> Figure | None:
        """None while too few days are known for a mean that means anything."""
        if found is None or found.days_known < PUELL_LEAST_DAYS:
            return None
        at = _end(found.day)
        age = self.now - at
        days = {"known": whole(found.days_known), "year": whole(network.PUELL_DAYS)}
        note = () if found.complete else remark(marked("mean over {known} of {year} days"), **days)
        return Figure(found.value, self.days[found.day].source, at, age, stale=age > timedelta(days=2), note=note)


def _hashprice(price: Figure | None, reward: Decimal, fees: Figure | None, level: Figure) -> Figure | None:
    """At the hashrate that the difficulty stands for: 144 blocks a day is the pace it is set for, so a slow week is not counted twice.

    Its time is that of the price, or that of what is stale.
    """
    if price is None:
        return None
    value = network.hashprice(price.value, reward + (fees.value if fees else 0), network.hashrate(level.value))
    worst = max((each for each in (price, level) if each.stale), key=lambda figure: figure.age, default=price)
    note = price.note if fees else remark(marked("subsidy only, fees are not known")) + price.note
    return Figure(value, f"{price.source}, {level.source}", worst.at, worst.age, stale=worst.stale, note=note)


def _until(history: tuple[Retarget, ...], tip: BlockHeader | None) -> tuple[Retarget, ...]:
    """The retargets up to the tip, if it is younger than the last of them (of which only about the time may be known):
    its chain has not got there yet.
    """
    slack = timedelta(0) if not history or history[-1].exact else INEXACT
    if tip is None or not history or tip.time + slack <= history[-1].time:
        return history
    return tuple(retarget for retarget in history if retarget.height <= tip.height)


def _overdue(due: datetime, now: datetime) -> int:
    """Retargets that have fallen due by `now`, the one due at `due` first."""
    return 0 if now < due else 1 + int((now - due) / timedelta(seconds=EPOCH_SECONDS))


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=UTC)
