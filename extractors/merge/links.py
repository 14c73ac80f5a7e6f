"""Which stories of one miner hold one another: a month and its quarter, parts and their sum, a plan and a deed of another size.

Linked stories are told apart but must not be added up; so are two of the same days whose amounts nearly agree. A story is
linked to the shortest periods that hold it and to stories of its own days that it is part of; never to more than a few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, islice

from extractors.model import Kind, Status, Story

_LINKED_KINDS = {Kind.SALE, Kind.PURCHASE, Kind.TRANSFER, Kind.PRODUCTION}
_MOST_HOLDERS = 8
_MOST_LOOKED_AT = 128
_LONGEST = 400  # days: longer totals hold everything and say nothing
_PARTS = 12  # stories of the very same days among which sums are sought
_ROUNDING = Decimal("0.005")
_DOUBTFUL = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class _Dated:
    """A story with a period: its place in the result, and its days as ordinals."""

    index: int
    story: Story
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


def links(stories: Sequence[Story], blocks: Iterable[Sequence[int]]) -> dict[int, set[int]]:
    """For each story's index the indices it is linked with, both ways; a block holds the indices of one miner's stories of a kind."""
    found: dict[int, set[int]] = defaultdict(set)
    for block in blocks:
        dated = [_dated(index, stories[index]) for index in block if stories[index].period and stories[index].kind in _LINKED_KINDS]
        for one, other in _pairs(dated):
            found[one].add(other)
            found[other].add(one)
    return found


def _dated(index: int, story: Story) -> _Dated:
    assert story.period is not None  # noqa: S101 - the caller chose stories with a period
    return _Dated(index, story, story.period.start.toordinal(), story.period.end.toordinal())


def _pairs(dated: Sequence[_Dated]) -> Iterator[tuple[int, int]]:
    by_month: dict[int, list[_Dated]] = defaultdict(list)
    for holder in sorted(dated, key=lambda story: (story.length, story.start, story.index)):
        if holder.length <= _LONGEST:
            for month in range(holder.start // 30, holder.end // 30 + 1):
                by_month[month].append(holder)
    for part in dated:
        shelf = islice(by_month.get(part.start // 30, ()), _MOST_LOOKED_AT)
        holders = (holder for holder in shelf if _holds(holder, part))
        for holder in islice(holders, _MOST_HOLDERS):
            yield part.index, holder.index
    yield from _sums(dated)


def _holds(holder: _Dated, part: _Dated) -> bool:
    """Whether the holder's period contains the part's and its amount can."""
    if holder.index == part.index or not (holder.start <= part.start and part.end <= holder.end):
        return False
    if holder.length == part.length:
        return _stages_differ(holder.story, part.story) or _may_be_one(holder.story, part.story)
    return _can_hold(holder.story, part.story) or _stages_differ(holder.story, part.story)


def _stages_differ(one: Story, other: Story) -> bool:
    return (one.status is Status.COMPLETED) != (other.status is Status.COMPLETED)


def _may_be_one(one: Story, other: Story) -> bool:
    """Amounts too far apart to merge and too close to be sure of two sales: "7,000 in June" and 7,202 in June."""
    if one.btc is None or other.btc is None:
        return False
    return abs(one.btc - other.btc) <= _DOUBTFUL * max(one.btc, other.btc)


def _can_hold(holder: Story, part: Story) -> bool:
    if holder.btc is not None and part.btc is not None:
        return holder.btc >= part.btc
    if holder.usd is not None and part.usd is not None:
        return holder.usd >= part.usd
    return True


def _sums(dated: Sequence[_Dated]) -> Iterator[tuple[int, int]]:
    """A total and the parts of the same days that make it up."""
    by_days: dict[tuple[int, int], list[_Dated]] = defaultdict(list)
    for story in dated:
        if story.story.btc is not None:
            by_days[story.start, story.end].append(story)
    for same in by_days.values():
        if 3 <= len(same) <= _PARTS:
            yield from _totals(same)


def _totals(same: Sequence[_Dated]) -> Iterator[tuple[int, int]]:
    for one, other in combinations(same, 2):
        total = (one.story.btc or Decimal(0)) + (other.story.btc or Decimal(0))
        for whole in same:
            btc = whole.story.btc or Decimal(0)
            if whole not in (one, other) and abs(btc - total) <= _ROUNDING * total:
                yield from ((one.index, whole.index), (other.index, whole.index))
