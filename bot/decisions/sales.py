"""From stories to what `/sales` shows: which are asked for, in what order, and what they add up to.

A story counts by its day: the end of its period, or its first report where that came earlier (a plan) or where the text
tells no period. Sums are over completed sales only, and nothing is counted twice: a month inside a listed quarter, a part
beside its total, a running total beside what it contains. That is decided field by field, since a quarter told in dollars
alone says nothing of the coins of its months.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, takewhile
from typing import TypeVar

from bot.decisions.names import canonical
from bot.decisions.network import implied_price
from bot.model import SalesQuery, StoredStory
from extractors.model import Period, Status, Story

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sums:
    """What some sales add up to: `btc` over the `coins` that state coins, `usd` over the `priced` that state dollars."""

    count: int = 0
    btc: Decimal = Decimal(0)
    coins: int = 0
    usd: Decimal = Decimal(0)
    priced: int = 0


@dataclass(frozen=True, slots=True)
class MinerSums:
    """One miner's sums, under the name and ticker of its latest sale, which is the one that counts by the latest day."""

    company: str
    ticker: str | None
    sums: Sums
    latest: StoredStory


def reported_at(story: Story) -> datetime | None:
    """When the first article told it; None if no article has a time."""
    return min((told.published for told in story.tellings if told.published), default=None)


def day_of(stored: StoredStory) -> date:
    """The day a story counts by: the end of its period, but not later than its first report."""
    reported = (reported_at(stored.story) or stored.found_at).date()
    return min(stored.story.period.end, reported) if stored.story.period else reported


def implied(story: Story) -> Decimal | None:
    """USD a coin from the sale's own two figures; None where one is missing."""
    return implied_price(story.usd, story.btc) if story.usd and story.btc else None


# --- choosing --------------------------------------------------------------------------------------------------------


def listed(stories: Iterable[StoredStory], query: SalesQuery, now: datetime) -> list[StoredStory]:
    """The stories that `query` asks for and that were told by `now`, newest first."""
    found = [stored for stored in stories if _wanted(stored, query) and is_known(stored, now)]
    return sorted(found, key=_order, reverse=True)


def is_known(stored: StoredStory, now: datetime) -> bool:
    """Whether the story was told by `now` and stands: not withdrawn, not marked wrong."""
    reported = reported_at(stored.story)
    return not stored.wrong and not stored.gone and (reported is None or reported <= now)


def _wanted(stored: StoredStory, query: SalesQuery) -> bool:
    story = stored.story
    if story.kind is not query.kind or (query.company is not None and canonical(story.company) != canonical(query.company)):
        return False
    if query.min_btc is not None and (story.btc is None or story.btc < query.min_btc):
        return False
    return query.since is None or day_of(stored) >= query.since


def _order(stored: StoredStory) -> tuple[date, datetime, int]:
    return day_of(stored), reported_at(stored.story) or stored.found_at, stored.id


def page_of(items: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """Items of a page, its number brought into range, and how many pages there are (at least one)."""
    pages = max(1, -(-len(items) // size))
    page = min(max(1, page), pages)
    return items[(page - 1) * size : page * size], page, pages


# --- adding up -------------------------------------------------------------------------------------------------------


def total(stories: Iterable[StoredStory]) -> Sums:
    """Sums of the completed ones among `stories`, each coin and dollar once."""
    done = [stored for stored in stories if stored.story.status is Status.COMPLETED]
    coins = _counted(done, lambda story: story.btc)
    dollars = _counted(done, lambda story: story.usd)
    counted = {stored.id for stored in coins} | {stored.id for stored in dollars}
    return Sums(
        count=len(counted | {stored.id for stored in done if not stored.story.btc and not stored.story.usd}),
        btc=sum((stored.story.btc for stored in coins if stored.story.btc), Decimal(0)),
        coins=len(coins),
        usd=sum((stored.story.usd for stored in dollars if stored.story.usd), Decimal(0)),
        priced=len(dollars),
    )


def by_miner(stories: Iterable[StoredStory]) -> list[MinerSums]:
    """Sums of each miner's completed sales, most coins first."""
    groups: dict[str, list[StoredStory]] = defaultdict(list)
    for stored in stories:
        if stored.story.status is Status.COMPLETED:
            groups[canonical(stored.story.company)].append(stored)
    return sorted(map(_miner_sums, groups.values()), key=lambda group: (-group.sums.btc, -group.sums.usd, group.company))


def _miner_sums(group: Sequence[StoredStory]) -> MinerSums:
    latest = max(group, key=_order)
    return MinerSums(latest.story.company, latest.story.ticker, total(group), latest)


def _counted(stories: Sequence[StoredStory], amount: Callable[[Story], Decimal | None]) -> list[StoredStory]:
    """Those that state the amount and are not held by another that states it too."""
    groups: dict[str, list[StoredStory]] = defaultdict(list)
    for stored in stories:
        if amount(stored.story) is not None:
            groups[canonical(stored.story.company)].append(stored)
    return [stored for group in groups.values() for stored in _not_held(group, amount)]


def _not_held(group: Sequence[StoredStory], amount: Callable[[Story], Decimal | None]) -> list[StoredStory]:
    """Those of one miner that no other holds. Each is looked for in those of more days, of the same days, and that it is linked with."""
    longest = sorted((stored for stored in group if stored.story.period), key=_length, reverse=True)
    alike: dict[Period | None, list[StoredStory]] = defaultdict(list)
    linked: dict[int, list[StoredStory]] = defaultdict(list)
    numbers = {stored.id: stored for stored in group}
    for stored in group:
        alike[stored.story.period].append(stored)
        for number in stored.linked:
            linked[number].append(stored)
            linked[stored.id] += [numbers[number]] if number in numbers else []

    def is_held(part: StoredStory) -> bool:
        own, days = amount(part.story) or Decimal(0), part.story.period
        longer = takewhile(lambda whole: _length(whole) > _length(part), longest) if days else ()
        same = alike[days] if days and len(alike[days]) > 1 else ()
        return any(
            (amount(whole.story) or Decimal(0)) >= own
            and whole.id != part.id
            and _covers(whole, part)
            and (_spans(whole, part) or _is_sum(whole, alike[whole.story.period], amount))
            for whole in chain(longer, same, linked[part.id])
        )

    return [stored for stored in group if not is_held(stored)]


def _covers(whole: StoredStory, part: StoredStory) -> bool:
    """Whether the days of `part` lie within those of `whole`; a link made by the merge says so where days are missing."""
    days, own = whole.story.period, part.story.period
    if days is None or own is None:
        return part.id in whole.linked or whole.id in part.linked
    return days.start <= own.start and own.end <= days.end


def _spans(whole: StoredStory, part: StoredStory) -> bool:
    """Whether `whole` is a longer time than `part`, or the merge linked them and `whole` states more."""
    if part.id in whole.linked or whole.id in part.linked:
        return _size(whole) > _size(part)
    return whole.story.period is not None and whole.story.period != part.story.period


def _size(stored: StoredStory) -> tuple[int, Decimal, Decimal]:
    return _length(stored), stored.story.btc or Decimal(0), stored.story.usd or Decimal(0)


def _length(stored: StoredStory) -> int:
    days = stored.story.period
    return (days.end - days.start).days if days else 0


def _is_sum(whole: StoredStory, alike: Sequence[StoredStory], amount: Callable[[Story], Decimal | None]) -> bool:
    """Whether `whole` is the sum of two or more others of the very same days: "189.8 and 943.1" beside "1,132.9"."""
    others = [amount(other.story) or Decimal(0) for other in alike if other.id != whole.id]
    return len(others) > 1 and sum(others) == amount(whole.story)
