"""How the network and the market are told: lines of a standing, each figure with its time where it is not fresh.

A figure that is older than it may be says so in its own line; what was reckoned from the time alone says "about".
"""

from __future__ import annotations

from datetime import UTC, tzinfo
from decimal import Decimal

from bot.decisions import moments, money
from bot.decisions.figures import Epoch, Figure, Standing
from bot.decisions.lines import bold, enumerated, headed, in_turn, joined, line
from bot.decisions.network import EPOCH_BLOCKS
from bot.decisions.rank_words import level_words, run_words, size_words
from bot.decisions.remarks import told
from bot.decisions.standing import HEADERS, RECKONED, SHIPPED
from bot.decisions.upkeep import BLOCKS_COUNTED, BLOCKS_SPREAD
from bot.model import OWN_NODE, Line
from bot.speech import say, say_line, say_many

_ALMOST = Decimal(99)  # percent: the most that is done of an epoch that still runs


def difficulty_line(standing: Standing, zone: tzinfo = UTC) -> Line:
    """`Difficulty 125.86 T, the lowest since July 2025`."""
    value, level = bold(money.difficulty(standing.difficulty.value)), standing.superlatives.level
    said = (
        say_line("Difficulty {value}, {level}", value=value, level=level_words(level))
        if level
        else say_line("Difficulty {value}", value=value)
    )
    return line(said, _stale(standing.difficulty, standing, zone))


def change_line(standing: Standing, zone: tzinfo = UTC) -> Line:
    """`Last change -11.16 % on Sat 7 Feb 2026, block 935,424`."""
    change = standing.change
    if change is None:
        return line(say("Last change: not known, retargets are missing from the history"))
    return say_line(
        "Last change {change} on {day}, block {height}",
        change=bold(money.percent(change.pct)),
        day=moments.day(change.time, zone),
        height=money.whole(change.height),
    )


def rank_words(standing: Standing) -> str:
    """`the largest fall since July 2021, the 10th largest ever; the 3rd fall in a row`; empty if nothing is special."""
    found = standing.superlatives
    return in_turn((size_words(found.size) if found.size else None, run_words(found.run) if found.run else None))


def short_change(standing: Standing, zone: tzinfo = UTC) -> Line:
    """`-11.16 % on Sat 7 Feb 2026`, for a digest's headline; empty if not known."""
    change = standing.change
    return say_line("{change} on {day}", change=money.percent(change.pct), day=moments.day(change.time, zone)) if change else ()


def epoch_line(standing: Standing) -> Line:
    """`Epoch 464: 291 of 2,016 blocks, 14 %`; never 100 % before its end."""
    epoch = standing.epoch
    if epoch.overdue:
        return line(_overdue(epoch))
    gaps = {
        "number": str(epoch.number),
        "done": money.whole(epoch.done),
        "all": money.whole(EPOCH_BLOCKS),
        "progress": money.percent(min(epoch.progress_pct, _ALMOST), 0, signed=False),
    }
    if epoch.estimated:
        return line(
            say("Epoch {number}: about {done} of {all} blocks, {progress} (reckoned from the time, no block of it is known)", **gaps)
        )
    return line(say("Epoch {number}: {done} of {all} blocks, {progress}", **gaps))


def _overdue(epoch: Epoch) -> str:
    return say_many(
        "Epoch {number} is over: {n} retarget fell due since the last one known here",
        "Epoch {number} is over: {n} retargets fell due since the last one known here",
        epoch.overdue,
        number=str(epoch.number),
        n=money.whole(epoch.overdue),
    )


def next_line(standing: Standing, zone: tzinfo = UTC) -> Line:
    """`Next retarget about +2.3 %, around Thu 19 Feb 2026 (1,725 blocks left)`."""
    epoch, projected = standing.epoch, standing.projection
    if epoch.overdue:
        return say_line("Next retarget: not known; it was due around {day}", day=moments.day(epoch.due, zone))
    if projected is None:
        day = moments.day(epoch.due, zone)
        return say_line("Next retarget around {day} at ten minutes a block; its size cannot be projected yet", day=day)
    n = money.whole(projected.blocks_left)
    change, day = bold(money.percent(projected.change_pct, 1)), moments.day(projected.at, zone)
    left = say_many("{n} block left", "{n} blocks left", projected.blocks_left, n=n)
    if projected.weak:
        return say_line("Next retarget about {change} around {day} ({left}, weak: early in the epoch)", change=change, day=day, left=left)
    return say_line("Next retarget about {change} around {day} ({left})", change=change, day=day, left=left)


def hashrate_line(standing: Standing, zone: tzinfo = UTC) -> Line:
    """`Hashrate 934 EH/s over 1,008 blocks`."""
    figure = standing.hashrate
    rate = bold(money.hashrate(figure.value))
    if figure.estimated:
        return line(say_line("Hashrate {rate} at ten minutes a block", rate=rate), _stale(figure, standing, zone))
    over = say_many("over {n} block", "over {n} blocks", figure.blocks, n=money.whole(figure.blocks))
    return line(say_line("Hashrate {rate} {over}", rate=rate, over=over), _stale(figure, standing, zone))


def windows_line(standing: Standing) -> Line:
    """`144 blocks 955 EH/s · 432 blocks 940 EH/s`: the shorter windows beside the widest."""
    windows = sorted(standing.hashrates)[:-1]
    return joined(_window(window, standing.hashrates[window]) for window in windows)


def _window(window: int, figure: Figure) -> str:
    rate, n = money.hashrate(figure.value), money.whole(window)
    return say_many("{n} block {rate}", "{n} blocks {rate}", window, n=n, rate=rate)


def price_line(standing: Standing, zone: tzinfo = UTC) -> Line:
    """`Price $69,123, -3.48 % in 24 h`."""
    if standing.price is None:
        return line(say("Price: no source has told one yet"))
    price, change = bold(money.price(standing.price.value)), standing.price_change_24h
    if change and not change.stale:
        said = say_line("Price {price}, {change} in 24 h", price=price, change=money.percent(change.value))
    else:
        said = say_line("Price {price}", price=price)
    return line(_noted(said, standing.price), _stale(standing.price, standing, zone))


def hashprice_line(standing: Standing, zone: tzinfo = UTC) -> Line:
    """`Hashprice $34.21 per PH/s a day`."""
    figure = standing.hashprice
    if figure is None:
        return line(say("Hashprice: not known without a price"))
    price = bold(money.dollars(figure.value, 2))
    return line(_noted(say_line("Hashprice {price} per PH/s a day", price=price), figure), _stale(figure, standing, zone))


def puell_line(standing: Standing, zone: tzinfo = UTC) -> Line:
    """`Puell multiple 0.70 (mean over 233 of 365 days)`."""
    figure = standing.puell
    if figure is not None:
        said = say_line("Puell multiple {value}", value=bold(money.number(figure.value, 2)))
        return line(_noted(said, figure), _stale(figure, standing, zone))
    if not standing.puell_days:
        return line(say("Puell multiple: too few days of price and issuance are stored"))
    return line(
        say_many(
            "Puell multiple: too few days of price and issuance are stored, {n} day known so far",
            "Puell multiple: too few days of price and issuance are stored, {n} days known so far",
            standing.puell_days,
            n=money.whole(standing.puell_days),
        )
    )


def as_of_line(standing: Standing, zone: tzinfo = UTC) -> Line:
    """Where the chain's figures come from and as of when: "As of block 935,715, 12:00 UTC · mempool.space, blockstream.info"."""
    height = standing.height
    if height.estimated:
        time, source = moments.time(standing.now, zone), named(standing.difficulty.source)
        return say_line("As of {time} · {source}, no newer block is known", time=time, source=source)
    block = say_line("As of block {height}, {time}", height=money.whole(int(height.value)), time=moments.at(height.at, standing.now, zone))
    return joined((headed(say("Stale:"), block) if height.stale else block, named(height.source)))


def named(source: str) -> str:
    """The sources of a figure by name; what is nobody's name (a node of one's own, the shipped history) is said."""
    words = {
        OWN_NODE: say("own node"),
        SHIPPED: say("shipped history"),
        HEADERS: say("block headers"),
        RECKONED: say("estimate from the time"),
        BLOCKS_COUNTED: say("blocks counted"),
        BLOCKS_SPREAD: say("blocks spread evenly"),
    }
    return enumerated(words.get(name, name) for name in source.split(", "))


def price_source_line(standing: Standing, zone: tzinfo = UTC) -> Line | None:
    """`Price from kraken, 12:00 UTC`."""
    price = standing.price
    if price is None:
        return None
    return say_line("Price from {source}, {time}", source=named(price.source), time=moments.at(price.at, standing.now, zone))


def problem_lines(standing: Standing) -> list[Line]:
    """A line for each source that is left out, with the reason."""
    return [
        line(say("{source} is left out: {reason}", source=named(reading.source), reason=told(reading.note) or say("it failed")))
        for reading in standing.problems
    ]


def moved(said: Line, now: Figure | None, before: Figure | None, digits: int = 1) -> Line:
    """What is said of a measured figure with how it changed, `... (+1.2 %)`; alone if either is missing, stale or reckoned."""
    if now is None or before is None or any(figure.stale or figure.estimated for figure in (now, before)) or not before.value:
        return said
    ratio = (now.value / before.value - 1) * Decimal(100)
    return say_line("{figure} ({change})", figure=said, change=money.percent(ratio, digits))


def _noted(said: Line, figure: Figure) -> Line:
    return say_line("{figure} ({note})", figure=said, note=told(figure.note)) if figure.note else said


def _stale(figure: Figure, standing: Standing, zone: tzinfo) -> Line:
    return say_line(", stale: as of {time}", time=moments.at(figure.at, standing.now, zone)) if figure.stale else ()
