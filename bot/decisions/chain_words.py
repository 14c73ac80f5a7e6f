"""How the network and the market are told: lines of a standing, each figure with its age where it is not fresh.

A figure that is older than it may be says so in its own line; what was reckoned from the time alone says "about".
"""

from __future__ import annotations

from datetime import UTC, tzinfo
from decimal import Decimal

from bot.decisions import money
from bot.decisions.figures import Figure, Standing
from bot.decisions.lines import bold, joined, line
from bot.decisions.network import EPOCH_BLOCKS
from bot.decisions.superlatives import Change
from bot.model import Line

_LEVELS = ("a record", "the lowest")  # superlatives of the level, the others are of the change


def difficulty_line(standing: Standing) -> Line:
    """`Difficulty 125.86 T, the lowest since July 2025`."""
    level = level_words(standing)
    return line(
        "Difficulty ", bold(money.difficulty(standing.difficulty.value)), f", {level}" if level else "", _stale(standing.difficulty)
    )


def level_words(standing: Standing) -> str:
    """`the lowest since July 2025` or `a record high`; empty if the level is nothing special."""
    return next((words for words in standing.superlatives if words.startswith(_LEVELS)), "")


def change_line(standing: Standing, zone: tzinfo = UTC) -> Line:
    """`Last change -11.16 % on Sat 7 Feb 2026, block 935,424`."""
    change = standing.change
    if change is None:
        return line("Last change: not known, retargets are missing from the history")
    return line("Last change ", bold(money.percent(change.pct)), f" on {_day_of(change, zone)}, block {change.height:,}")


def rank_words(standing: Standing) -> str:
    """`the largest fall since July 2021, the 10th largest ever; the 3rd fall in a row`; empty if nothing is special."""
    return "; ".join(words for words in standing.superlatives if not words.startswith(_LEVELS))


def short_change(standing: Standing, zone: tzinfo = UTC) -> str:
    """`-11.16 % on Sat 7 Feb 2026`, for a digest's headline; empty if not known."""
    change = standing.change
    return f"{money.percent(change.pct)} on {_day_of(change, zone)}" if change else ""


def _day_of(change: Change, zone: tzinfo) -> str:
    return money.day(change.time.astimezone(zone).date(), weekday=True)


def epoch_line(standing: Standing) -> Line:
    """`Epoch 464: 291 of 2,016 blocks, 14 %`."""
    epoch = standing.epoch
    if epoch.overdue:
        retargets = money.count(epoch.overdue, "retarget")
        return line(f"Epoch {epoch.number} is over: {retargets} fell due since the last one known here")
    about = "about " if epoch.estimated else ""
    progress = money.percent(epoch.progress_pct, 0, signed=False)
    tail = " (reckoned from the time, no block of it is known)" if epoch.estimated else ""
    return line(f"Epoch {epoch.number}: {about}{epoch.done:,} of {EPOCH_BLOCKS:,} blocks, {progress}{tail}")


def next_line(standing: Standing, zone: tzinfo = UTC) -> Line:
    """`Next retarget about +2.3 %, around Thu 19 Feb 2026 (1,725 blocks left)`."""
    epoch, projected = standing.epoch, standing.projection
    if epoch.overdue:
        return line(f"Next retarget: not known; it was due around {money.day(epoch.due.astimezone(zone).date(), weekday=True)}")
    if projected is None:
        day = money.day(epoch.due.astimezone(zone).date(), weekday=True)
        return line(f"Next retarget around {day} at ten minutes a block; its size cannot be projected yet")
    day = money.day(projected.at.astimezone(zone).date(), weekday=True)
    weak = ", weak: early in the epoch" if projected.weak else ""
    change = bold(money.percent(projected.change_pct, 1))
    return line("Next retarget about ", change, f" around {day} ({money.count(projected.blocks_left, 'block')} left{weak})")


def hashrate_line(standing: Standing) -> Line:
    """`Hashrate 934 EH/s over 1,008 blocks`."""
    figure = standing.hashrate
    over = figure.note if figure.estimated else f"over {figure.note}"
    return line("Hashrate ", bold(money.hashrate(figure.value)), f" {over}" if figure.note else "", _stale(figure))


def windows_line(standing: Standing) -> Line:
    """`144 blocks 955 EH/s · 432 blocks 940 EH/s`: the shorter windows beside the widest."""
    windows = sorted(standing.hashrates)[:-1]
    return joined(f"{window:,} blocks {money.hashrate(standing.hashrates[window].value)}" for window in windows)


def price_line(standing: Standing) -> Line:
    """`Price $69,123, -3.48 % in 24 h`."""
    if standing.price is None:
        return line("Price: no source has told one yet")
    change = standing.price_change_24h
    moved = f", {money.percent(change.value)} in 24 h" if change and not change.stale else ""
    return line("Price ", bold(money.price(standing.price.value)), moved, _note(standing.price), _stale(standing.price))


def hashprice_line(standing: Standing) -> Line:
    """`Hashprice $34.21 a PH/s a day`."""
    figure = standing.hashprice
    if figure is None:
        return line("Hashprice: not known without a price")
    return line("Hashprice ", bold(f"${money.number(figure.value, 2)}"), " per PH/s a day", _note(figure), _stale(figure))


def puell_line(standing: Standing) -> Line:
    """`Puell multiple 0.70 (mean over 233 of 365 days)`."""
    figure = standing.puell
    if figure is None:
        known = f", {money.count(standing.puell_days, 'day')} known so far" if standing.puell_days else ""
        return line(f"Puell multiple: too few days of price and issuance are stored{known}")
    return line("Puell multiple ", bold(money.number(figure.value, 2)), _note(figure), _stale(figure))


def as_of_line(standing: Standing, zone: tzinfo = UTC) -> Line:
    """Where the chain's figures come from and as of when: "As of block 935,715, 12 min ago · mempool.space, blockstream.info"."""
    height = standing.height
    if height.estimated:
        last = standing.difficulty
        return line(f"As of {money.moment(standing.now, zone)} · {last.source}, no newer block is known")
    block = f"As of block {int(height.value):,}, {money.age(height.at, standing.now)}"
    return line(bold("Stale: ") if height.stale else "", f"{block} · {height.source}")


def price_source_line(standing: Standing) -> Line | None:
    """`Price from kraken, 3 min ago`."""
    return line(f"Price from {standing.price.source}, {money.age(standing.price.at, standing.now)}") if standing.price else None


def problem_lines(standing: Standing) -> list[Line]:
    """A line for each source that is left out, with the reason."""
    return [line(f"{reading.source} is left out: {reading.note or 'it failed'}") for reading in standing.problems]


def moved(now: Figure | None, before: Figure | None, digits: int = 1) -> str:
    """` (+1.2 %)`: how a measured figure changed; empty where it did not or either is missing, stale or reckoned."""
    if now is None or before is None or any(figure.stale or figure.estimated for figure in (now, before)) or not before.value:
        return ""
    ratio = (now.value / before.value - 1) * Decimal(100)
    return f" ({money.percent(ratio, digits)})"


def _note(figure: Figure) -> str:
    return f" ({figure.note})" if figure.note else ""


def _stale(figure: Figure) -> str:
    return f", stale: {money.span(figure.age)} old" if figure.stale else ""
