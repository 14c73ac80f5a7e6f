"""What the pictures show: difficulty with its retargets and the projected one, sales by month and miner against issuance, hashprice.

Only the facts of a picture are decided here; `charts` draws it, late and beside the answer's words.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bot.decisions import money, network
from bot.decisions.chain_words import named
from bot.decisions.figures import Standing
from bot.decisions.history import height_at, known_at
from bot.decisions.names import canonical
from bot.decisions.network import Projection
from bot.decisions.sales import day_of, total
from bot.model import Chart, Day, Retarget, Series, SeriesStyle, StoredStory
from bot.model.bits import difficulty
from bot.speech import Language, language, say, speaking
from extractors.model import Kind, Status

RETARGETS_SHOWN = 27  # a year and a little
MONTHS_SHOWN = 12
MINERS_SHOWN = 5
_RARE = frozenset({"zh"})  # languages whose letters the default font of the pictures lacks
HASHPRICE_LEAST_DAYS = 7


def difficulty_chart(history: Sequence[Retarget], standing: Standing) -> Chart | None:
    """Difficulty over the last year, and what is projected; None with too short a history."""
    past = known_at(history, standing.now)[-RETARGETS_SHOWN:]
    if len(past) < 2:
        return None
    points = [(retarget.time, _trillions(difficulty(retarget.bits))) for retarget in past]
    points.append((standing.now, _trillions(standing.difficulty.value)))
    caption = _difficulty_caption(standing)
    with _pictured():
        notes = [""] * (len(past) - 1) + [money.percent(standing.change.pct) if standing.change else ""]
        series = [Series(say("Difficulty"), tuple(points), SeriesStyle.STEP, tuple(notes))]
        if standing.projection:
            series.append(_projected(standing, standing.projection))
        title, unit = say("Bitcoin difficulty"), say("in trillions")
        return Chart(title, caption, unit, tuple(series), _as_of(standing), language=language().code)


@contextmanager
def _pictured() -> Iterator[None]:
    """Speaks the language of the words in a picture: English in place of one that no font here has letters for."""
    with speaking(language().code if _has_letters(language()) else None):
        yield


def _has_letters(spoken: Language) -> bool:
    if spoken.code not in _RARE:
        return True
    from bot.decisions.charts import can_draw  # which fonts there are takes its time to find out

    return can_draw(spoken.name)


def _difficulty_caption(standing: Standing) -> str:
    level, change = money.difficulty(standing.difficulty.value), standing.change
    if change is None:
        return say("Difficulty {value}", value=level)
    day = money.day(change.time.date())
    return say("Difficulty {value}, {change} on {day}", value=level, change=money.percent(change.pct), day=day)


def _as_of(standing: Standing) -> str:
    source, day = named(standing.difficulty.source), money.day(standing.now.date())
    if standing.height.estimated:
        return say("{source} · {day}, no newer block known", source=source, day=day)
    return say("{source} · {day}, block {height}", source=source, day=day, height=money.whole(int(standing.height.value)))


def _projected(standing: Standing, projection: Projection) -> Series:
    """From now at the present level to the next retarget, and to what it would set."""
    level = standing.difficulty.value
    expected = level * (1 + projection.change_pct / 100)
    points = ((standing.now, _trillions(level)), (projection.at, _trillions(level)), (projection.at, _trillions(expected)))
    return Series(say("Projected"), points, SeriesStyle.DASH, ("", "", money.percent(projection.change_pct, 1)))


def _trillions(value: Decimal) -> float:
    return float(value / 10**12)


def hashprice_chart(days: Mapping[date, Day], history: Sequence[Retarget], now: datetime) -> Chart | None:
    """Hashprice of each day of the last year from its close and difficulty, without fees; None with fewer than a week of prices."""
    past = known_at(history, now)
    first = now.astimezone(UTC).date() - timedelta(days=network.PUELL_DAYS)
    priced = [day for _, day in sorted(days.items()) if day.price_close is not None and first <= day.day < now.astimezone(UTC).date()]
    points = [(_end(day.day), float(value)) for day in priced if (value := _hashprice(day, past)) is not None]
    if len(points) < HASHPRICE_LEAST_DAYS:
        return None
    last, low, high = points[-1], min(points, key=_value), max(points, key=_value)
    caption = say(
        "Hashprice {price} per PH/s a day without fees, between {low} and {high} since {day}",
        price=_dollars(last),
        low=_dollars(low),
        high=_dollars(high),
        day=money.day(points[0][0].date()),
    )
    with _pictured():
        series = Series(say("Hashprice"), tuple(points), SeriesStyle.LINE, ("",) * (len(points) - 1) + (_dollars(last),))
        footer = say("closes of {source}, without fees", source=priced[-1].source.split(",")[0])
        unit = say("$ per PH/s a day")
        return Chart(say("Hashprice"), caption, unit, (series,), footer, dollars=True, language=language().code)


def _dollars(point: tuple[datetime, float]) -> str:
    return money.dollars(Decimal(str(point[1])), 2)


def _hashprice(day: Day, history: Sequence[Retarget]) -> Decimal | None:
    past = known_at(history, _end(day.day))
    if not past or day.price_close is None:
        return None
    reward = network.bitcoin(network.subsidy(past[-1].height))
    return network.hashprice(day.price_close, reward, network.hashrate(difficulty(past[-1].bits)))


def _value(point: tuple[datetime, float]) -> float:
    return point[1]


def _end(day: date) -> datetime:
    return _start(day) + timedelta(days=1)


def sales_chart(stories: Iterable[StoredStory], history: Sequence[Retarget], now: datetime) -> Chart | None:
    """Completed sales of the last twelve months, stacked by miner, beside the coins issued in each that is over; None below three."""
    months = _months(now)
    sold = [story for story in stories if _drawn(story) and day_of(story) >= months[0]]
    if len(sold) < 3:
        return None
    past = known_at(history, now)
    by_miner: dict[str, list[StoredStory]] = defaultdict(list)
    for story in sold:
        by_miner[canonical(story.story.company)].append(story)
    ranked = sorted(by_miner, key=lambda name: (-total(by_miner[name]).btc, name))
    others = [story for name in ranked[MINERS_SHOWN:] for story in by_miner[name]]
    most = _name(by_miner[ranked[0]])
    caption = say("Sold by miners in twelve months: {coins}, most by {miner}", coins=money.btc(total(sold).btc), miner=most)
    with _pictured():
        named_groups = [(_name(by_miner[name]), by_miner[name]) for name in ranked[:MINERS_SHOWN]]
        if others:
            named_groups.append((say("Others"), others))
        bars = [Series(name, tuple(_by_month(group, months)), SeriesStyle.BAR) for name, group in named_groups]
        # The running month ends the bars, not the line: what is issued in it so far would look like a fall.
        issued = Series(say("Issued"), tuple((_start(month), _issued(month, past)) for month in months[:-1]), SeriesStyle.LINE)
        title = say("Bitcoin sold by miners, by month")
        return Chart(title, caption, say("in BTC"), (*bars, issued), language=language().code)


def _name(group: Sequence[StoredStory]) -> str:
    """A miner's name as its latest story of the group has it."""
    return max(group, key=day_of).story.company


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
    by_month: dict[date, list[StoredStory]] = defaultdict(list)
    for story in group:
        by_month[day_of(story).replace(day=1)].append(story)
    return [(_start(month), float(total(by_month[month]).btc)) for month in months]


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _issued(month: date, history: Sequence[Retarget]) -> float:
    """Coins issued in a month: between its heights where the retargets about it are known, else at 144 blocks a day."""
    days = calendar.monthrange(month.year, month.month)[1]
    first, last = height_at(history, _start(month)), height_at(history, _start(month) + timedelta(days=days))
    if first is not None and last is not None:
        return float(network.bitcoin(network.issuance(int(first) + 1, int(last))))
    past = known_at(history, _start(month))
    return float(network.bitcoin(network.subsidy(past[-1].height if past else 0))) * network.DAY_BLOCKS * days
