"""Figures of a sentence that are about the network or the market, each with its role: level, level before, or change.

A family a metric: each says by the words around a figure whether it is this metric's. A miner's own hashrate, the price a miner
got, a share of something else are left out: in doubt a figure is no claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from decimal import Decimal
from enum import StrEnum

from extractors.claims import lexicon as lex
from extractors.claims.figures import Figure, Unit
from extractors.claims.roles import OTHER, bounds_of, direction, is_from, subject_of
from extractors.claims.stream import Item, before_figure
from extractors.claims.when import When
from extractors.model import Bounds, Metric, Modality, Span


class Role(StrEnum):
    """Which field of a claim a figure fills."""

    VALUE = "value"
    FROM = "from_value"
    CHANGE = "change_pct"


@dataclass(slots=True)
class Part:
    """One figure on its way into a claim. `place` is its item; `clause` the words of its own clause in lower case."""

    metric: Metric
    role: Role
    value: Decimal
    span: Span
    place: int
    bounds: Bounds | None = None
    modality: Modality = Modality.FACT
    when: When | None = None
    clause: str = ""
    turned: bool = True
    from_afar: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What the sentences before have told: the metric last spoken of, and whether the article is about the network."""

    topic: Metric | None = None
    network: bool = False
    turn: int = 0
    last: tuple[Metric, int] | None = None  # the change told before in the same sentence
    recent: bool = False  # written when the network had long left 60 EH/s behind


_REWARDS = frozenset(map(Decimal, ("50", "25", "12.5", "6.25", "3.125", "1.5625")))
_SALE_BEFORE = frozenset(
    """
    average mean averaging worth valued breakeven fair realized realised proceeds fetched netted fetch paid price-tag
    for profit
    """.split()
)
_MARKS = frozenset("mark threshold barrier milestone line".split())
_EACH = frozenset("each apiece piece per a every".split())
_COINS = frozenset("coin bitcoin btc piece one unit".split())
_MEGA = Decimal(1).scaleb(18)
_SWEEPING = Decimal(100).scaleb(18)  # H/s: more than any one miner has


def find_parts(items: Sequence[Item], context: Context) -> list[Part]:
    """The parts of a sentence in order; dates, modality and direction words are filled in by the caller."""
    parts = []
    for place, item in enumerate(items):
        if item.figure is not None and item.figure.unit is not Unit.OTHER:
            part = _part(items, place, item.figure, context)
            if part is not None:
                parts.append(part)
                if part.role is Role.CHANGE:
                    context = replace(context, last=(part.metric, 1 if part.value > 0 else -1))
    return parts


def _part(items: Sequence[Item], place: int, figure: Figure, context: Context) -> Part | None:
    metric = _METRIC_BY_UNIT[figure.unit](items, place, figure, context)
    if metric is None:
        return None
    item = items[place]
    span = Span(item.start, item.end)
    if figure.unit is Unit.PERCENT:
        turn = direction(items, place) or _turn_from_before(items, place, metric, context)
        bounds = bounds_of(items, place)
        if not turn and (not _is_told_of_a_move(items, place) or (bounds and bounds.low is None and bounds.high is not None)):
            return None  # "moved less than 2%"
        return Part(metric, Role.CHANGE, figure.value * (turn or 1), span, place, _signed(bounds, turn or 1), turned=bool(turn))
    role = Role.FROM if is_from(items, place) and metric is not Metric.BLOCK_HEIGHT else Role.VALUE
    return Part(metric, role, figure.value, span, place, bounds_of(items, place))


def _turn_from_before(items: Sequence[Item], place: int, metric: Metric, context: Context) -> int:
    """The direction of the change told just before, for one in a list or a comparison: "15-20% would go away, others say 5-10%"."""
    if context.last is not None and context.last[0] is metric:
        return context.last[1]
    return context.turn if _is_told_of_a_move(items, place) else 0


def _is_told_of_a_move(items: Sequence[Item], place: int) -> bool:
    """Whether a change without a direction is that of an adjustment all the same: "a difficulty step of 13.5%", "only 9.32% was bigger"."""
    near = items[max(0, place - 5) : place + 5]
    return any(item.adjusts or item.lower in _COMPARES or item.lower in {"step", "change"} for item in near)


def _signed(bounds: Bounds | None, turn: int) -> Bounds | None:
    if bounds is None or turn > 0:
        return bounds
    low, high = (None if end is None else -end for end in (bounds.high, bounds.low))
    return Bounds(low, high, bounds.about)


# --- one family a unit -----------------------------------------------------------------------------------------------


def _of_percent(items: Sequence[Item], place: int, figure: Figure, context: Context) -> Metric | None:
    subject = subject_of(items, place)
    if _is_share(items, place) or _is_mean(items, place):
        return None
    if place + 1 < len(items) and items[place + 1].lower != "of":
        subject = _level_beside(items, place) or subject
    if subject is None:
        subject = _unsaid(items, place, context)
    if isinstance(subject, Metric) and subject is not Metric.BLOCK_REWARD and figure.value < 1000:
        return subject
    return None


def _is_mean(items: Sequence[Item], place: int) -> bool:
    """ "the average increase per adjustment is 1.3%"."""
    near = items[max(0, place - 8) : place]
    return any(one.lower in {"average", "mean", "typical"} and (two.turn or two.adjusts) for one, two in pairwise(near))


_SHARES = frozenset(
    "account accounts accounted accounting control controls controlled represent represents represented comprise comprises share contribute".split()
)


def _is_share(items: Sequence[Item], place: int) -> bool:
    """ "miners account for 38% of the network hashrate"."""
    before = [item.lower for item in items[max(0, place - 5) : place]]
    return bool(_SHARES.intersection(before)) or any(
        one in {"make", "makes", "made", "making"} and two == "up" for one, two in pairwise(before)
    )


def _level_beside(items: Sequence[Item], place: int) -> Metric | None:
    """ "to 85 EH/s, which is 35 percent less": the level told just before, unless another subject is named in between."""
    for item in reversed(items[max(0, place - 8) : place]):
        if item.figure is not None:
            return {Unit.TRILLIONS: Metric.DIFFICULTY, Unit.HASHES: Metric.HASHRATE}.get(item.figure.unit)
        if item.metric is not None or item.other or item.lower in {";", "while", "but", "and"}:
            return None
    return None


_COMPARES = frozenset("bigger larger greater smaller steeper deeper".split())
_DEEDS = frozenset("mined mines sold sells selling produced offloading offloaded fewer earned raised bought".split())


def _unsaid(items: Sequence[Item], place: int, context: Context) -> Metric | None:
    """The metric of a change whose sentence names none: that of a level beside it, else the one last spoken of."""
    ahead = next((item.figure.unit for item in items[place + 1 : place + 10] if item.figure is not None), None)
    if ahead is Unit.TRILLIONS and context.network:
        return Metric.DIFFICULTY
    words = {item.lower for item in items}
    if not (direction(items, place) or words & _COMPARES) or words & _DEEDS:
        return None
    return context.topic


def _of_trillions(items: Sequence[Item], place: int, figure: Figure, context: Context) -> Metric | None:
    around = items[max(0, place - 3) : place] + items[place + 1 : place + 2]  # type: ignore[operator]  # a slice of a list
    if not context.network or figure.value > Decimal("1e16") or any(item.lower in _MARKS for item in around):
        return None
    if _is_difference(items, place):
        return None
    return None if subject_of(items, place) is OTHER and context.topic is not Metric.DIFFICULTY else Metric.DIFFICULTY


_VANISHES = frozenset("vanished disappeared gone lost added evaporated more less".split())


def _is_difference(items: Sequence[Item], place: int) -> bool:
    """ "fell by 14 trillion", "almost 14 trillion has vanished": no level."""
    after = {item.lower for item in takewhile(lambda item: not item.ends_clause, items[place + 1 : place + 4])}
    return before_figure(items, place) == "by" or bool(_VANISHES & after and {"has", "have", "was", "were", "more", "less"} & after)


def _of_hashes(items: Sequence[Item], place: int, figure: Figure, context: Context) -> Metric | None:
    subject = subject_of(items, place)
    words = {item.lower for item in items}
    if subject is OTHER or subject is Metric.HASHPRICE or (context.recent and _MEGA <= figure.value < 60 * _MEGA):
        return None
    networked = any(_is_networked(items, spot) for spot, item in enumerate(items) if item.metric is Metric.HASHRATE)
    networked = networked or any(item.lower == "network" and item.owns for item in items)
    if words & lex.OWN_HASHRATE and not networked:
        return None
    if figure.value >= _SWEEPING or (figure.value >= _SWEEPING / 100 and any(_is_sweeping(item) for item in items)):
        return Metric.HASHRATE
    return Metric.HASHRATE if networked or (context.network and subject is Metric.HASHRATE and "difficulty" in words) else None


def _is_sweeping(item: Item) -> bool:
    return item.figure is not None and item.figure.unit is Unit.HASHES and item.figure.value >= _SWEEPING


def _is_networked(items: Sequence[Item], spot: int) -> bool:
    """Whether the hashrate named at `spot` is the network's: "the global hashrate", "the seven-day hashrate", "hashrate of the network"."""
    around = [item.lower for item in items[max(0, spot - 4) : spot]]
    if any(word in lex.NETWORK for word in around) or "day" in around or "network" in {item.lower for item in items[spot : spot + 6]}:
        return not lex.OWN_HASHRATE.intersection(around) and "its" not in around[-2:]
    return False


def _of_dollars(items: Sequence[Item], place: int, figure: Figure, context: Context) -> Metric | None:
    named = subject_of(items, place)
    subject = named or context.topic
    if subject is Metric.HASHPRICE and figure.value < 1000:
        return Metric.HASHPRICE
    if not 100 <= figure.value <= 5_000_000:
        return None
    if subject is not Metric.PRICE and not (named is None and _in_market(items, place)):
        return None
    return None if _is_sale_price(items, place) or _is_missed(items, place) else Metric.PRICE


_MISSES = frozenset("failing failed fails fail unable without cannot nor".split())


def _is_missed(items: Sequence[Item], place: int) -> bool:
    """ "after failing to break $100,000"."""
    return any(item.lower in _MISSES for item in items[max(0, place - 5) : place])


def _in_market(items: Sequence[Item], place: int) -> bool:
    return any(item.lower == "market" for item in items[max(0, place - 8) : place])


def _is_sale_price(items: Sequence[Item], place: int) -> bool:
    """ "$81,731 a coin on average", "worth $5.8 million", "at an average of $92,000"."""
    after = [item.lower for item in items[place + 1 : place + 4]]
    if after and after[0] in _EACH and (after[0] in {"each", "apiece"} or len(after) < 2 or after[1] in _COINS):
        return True
    if after and after[0] in {"cost", "breakeven", "average", "all-in", "production"}:
        return True
    before = [item.lower for item in items[max(0, place - 12) : place]]
    return any(word in _SALE_BEFORE for word in before[-5:]) or bool({"worth", "valued"}.intersection(before)) or _is_cost(items, place)


def _is_cost(items: Sequence[Item], place: int) -> bool:
    """ "an all-in cost of $70,000", but not "Bitcoin cost $20,300"."""
    for back in range(place - 1, max(0, place - 6), -1):
        if items[back].lower in {"cost", "costs", "costing"}:
            return items[back - 1].metric is not Metric.PRICE
    return False


def _of_hashprice(_items: Sequence[Item], _place: int, figure: Figure, _context: Context) -> Metric | None:
    return Metric.HASHPRICE if figure.value < 100_000 else None


def _of_coins(items: Sequence[Item], place: int, figure: Figure, _context: Context) -> Metric | None:
    if figure.value >= 10_000:
        return Metric.BLOCK_HEIGHT if _is_height(items, place, figure) else None
    if figure.value not in _REWARDS:
        return None
    words = {item.lower for item in items}
    told = words & {"reward", "rewards", "subsidy"} or (words & {"block", "halving"} and figure.value < 20)
    return Metric.BLOCK_REWARD if told else None


def _of_number(items: Sequence[Item], place: int, figure: Figure, context: Context) -> Metric | None:
    whole = figure.value == figure.value.to_integral_value()
    if _is_height(items, place, figure):
        return Metric.BLOCK_HEIGHT
    if 1000 <= figure.value <= 2_000_000 and {"usd", "usdt"} & {item.lower for item in items[max(0, place - 3) : place]}:
        return Metric.PRICE if subject_of(items, place) is Metric.PRICE else None
    if whole and Decimal("1e12") <= figure.value <= Decimal("1e16") and subject_of(items, place) is Metric.DIFFICULTY:
        return Metric.DIFFICULTY
    if figure.value in _REWARDS and not whole:
        return _of_coins(items, place, figure, context)
    if not whole and figure.value < 20 and _is_puell(items, place):
        return Metric.PUELL
    return None


def _is_height(items: Sequence[Item], place: int, figure: Figure) -> bool:
    """ "block height 941,472", "at block 691,488"."""
    before = {item.lower for item in items[max(0, place - 3) : place]}
    whole = figure.value == figure.value.to_integral_value()
    named = bool({"block", "height"} & before) or (
        figure.value % 2016 == 0 and any(item.adjusts for item in items[max(0, place - 4) : place])
    )
    return whole and 10_000 <= figure.value <= 5_000_000 and named


def _is_puell(items: Sequence[Item], place: int) -> bool:
    for item in reversed(items[max(0, place - 25) : place]):
        if item.metric is not None:
            return item.metric is Metric.PUELL
    return bool(items[place + 1 : place + 2]) and items[place + 1].metric is Metric.PUELL


_METRIC_BY_UNIT = {
    Unit.PERCENT: _of_percent,
    Unit.TRILLIONS: _of_trillions,
    Unit.HASHES: _of_hashes,
    Unit.DOLLARS: _of_dollars,
    Unit.HASHPRICE: _of_hashprice,
    Unit.COINS: _of_coins,
    Unit.NUMBER: _of_number,
}
