"""What the pictures show: difficulty with its retargets and the projected one, sales by month and miner against issuance.

Only the facts of a picture are decided here; `charts` draws it, late and beside the answer's words.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.decisions import money, network
from bot.decisions.figures import Standing
from bot.decisions.history import known_at
from bot.decisions.names import canonical
from bot.decisions.sales import day_of, total
from bot.model import Chart, Retarget, Series, SeriesStyle, StoredStory
from extractors.model import Kind, Status

RETARGETS_SHOWN = 27  # a year and a little
MONTHS_SHOWN = 12
MINERS_SHOWN = 5


def difficulty_chart(history: Sequence[Retarget], standing: Standing) -> Chart | None:
    """Difficulty over the last year, and what is projected; None with too short a history."""
    past = known_at(history, standing.now)[-RETARGETS_SHOWN:]
    if len(past) < 2:
        return None
    points = [(retarget.time, _trillions(network.difficulty(retarget.bits))) for retarget in past]
    points.append((standing.now, _trillions(standing.difficulty.value)))
    series = [Series("Difficulty", tuple(points), SeriesStyle.STEP)]
    if standing.projection:
        expected = standing.difficulty.value * (1 + standing.projection.change_pct / 100)
        series.append(Series("Projected", ((standing.projection.at, _trillions(expected)),), SeriesStyle.MARK))
    change = f", {money.percent(standing.change.pct)} on {money.day(standing.change.time.date())}" if standing.change else ""
    caption = f"Difficulty {money.difficulty(standing.difficulty.value)}{change}"
    return Chart("Bitcoin difficulty", caption, "T", tuple(series))


def _trillions(value: Decimal) -> float:
    return float(value / 10**12)


def sales_chart(stories: Iterable[StoredStory], history: Sequence[Retarget], now: datetime) -> Chart | None:
    """Completed sales of the last twelve months, stacked by miner, beside the coins issued a month; None with fewer than three."""
    months = _months(now)
    sold = [story for story in stories if _drawn(story) and day_of(story) >= months[0]]
    if len(sold) < 3:
        return None
    by_miner: dict[str, list[StoredStory]] = defaultdict(list)
    for story in sold:
        by_miner[canonical(story.story.company)].append(story)
    ranked = sorted(by_miner, key=lambda name: (-total(by_miner[name]).btc, name))
    groups = {name: by_miner[name] for name in ranked[:MINERS_SHOWN]}
    if others := [story for name in ranked[MINERS_SHOWN:] for story in by_miner[name]]:
        groups["Others"] = others
    bars = [Series(name, tuple(_by_month(group, months)), SeriesStyle.BAR) for name, group in groups.items()]
    issued = Series("Issued", tuple((_start(month), _issued(month, history)) for month in months), SeriesStyle.LINE)
    caption = f"Sold by miners in twelve months: {money.btc(total(sold).btc)}, most by {ranked[0]}"
    return Chart("Bitcoin sold by miners, by month", caption, "BTC", (*bars, issued))


def _drawn(stored: StoredStory) -> bool:
    return stored.story.kind is Kind.SALE and stored.story.status is Status.COMPLETED and stored.story.btc is not None


def _months(now: datetime) -> list[date]:
    """First days of the last twelve months, this one included."""
    first = now.astimezone(UTC).date().replace(day=1)
    months = [first]
    while len(months) < MONTHS_SHOWN:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]


def _by_month(group: Sequence[StoredStory], months: Sequence[date]) -> list[tuple[datetime, float]]:
    """Coins by the month in which each sale counts."""
    return [(_start(month), float(total(story for story in group if day_of(story).replace(day=1) == month).btc)) for month in months]


def _start(month: date) -> datetime:
    return datetime(month.year, month.month, 1, tzinfo=UTC)


def _issued(month: date, history: Sequence[Retarget]) -> float:
    """Coins issued in a month of 144 blocks a day, at its subsidy."""
    past = known_at(history, _start(month))
    days = calendar.monthrange(month.year, month.month)[1]
    return float(network.bitcoin(network.subsidy(past[-1].height if past else 0))) * network.DAY_BLOCKS * days
