"""Tellings of one miner and kind to drafts of stories: each telling, in canonical order, joins the story it fits best or begins one.

A telling is held only against stories with a like amount in a like time, found on shelves sorted by day, so that the work grows
with the number of tellings and not with its square. Taking the most telling ones first makes the result the same
for every order of the input, and a story merged again by itself stays one story.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator

from extractors.merge.compare import Fit, fit
from extractors.merge.draft import Draft
from extractors.merge.facts import Days, Fact, canonical
from extractors.merge.figures import Figure

_STEP = math.log(1.06)  # width of a shelf: amounts that can round to one another lie on neighbouring shelves
_NEAR = 120  # days: as far as rounded amounts are looked up
_FAR = 400  # days: as far as the very same amount is; beyond it, only one that names a sale by itself
_MOST = 32  # candidates of a shelf; more of one amount in one time is a hostile input
_TELLING_DIGITS = 4
_WEEK = 7


class _Shelf:
    """Numbers of drafts, sorted by day."""

    def __init__(self) -> None:
        self._dated: list[tuple[int, int]] = []
        self._undated: list[int] = []

    def put(self, draft: Draft) -> None:
        if draft.anchor is None:
            self._undated.append(draft.number)
        else:
            insort(self._dated, (draft.anchor, draft.number))

    def near(self, day: int | None, reach: int) -> Iterator[int]:
        """The drafts nearest to the day and within reach of it; the latest if the day is unknown."""
        yield from self._undated[:_MOST]
        if day is None:
            chosen = self._dated[-_MOST:]
        else:
            low, middle, high = (bisect_left(self._dated, (edge, -1)) for edge in (day - reach, day, day + reach + 1))
            chosen = self._dated[max(low, middle - _MOST // 2) : min(high, middle + _MOST // 2)]
        for _, number in chosen:
            yield number


def _size(amount: Figure) -> int:
    return math.floor(math.log(float(amount.value)) / _STEP) if amount.value else -1_000_000


class _Board:
    """The drafts of one miner and kind, and where to find them."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self._exact: dict[Figure, _Shelf] = defaultdict(_Shelf)
        self._coins: dict[int, _Shelf] = defaultdict(_Shelf)
        self._dollars: dict[int, _Shelf] = defaultdict(_Shelf)
        self._of_days: dict[Days, list[int]] = defaultdict(list)
        self._of_week: dict[int, list[int]] = defaultdict(list)

    def place(self, fact: Fact) -> None:
        """Give the telling to the story it fits best, or begin one with it."""
        draft = self._best(fact)
        if draft is None:
            draft = Draft(len(self.drafts), fact)
            self.drafts.append(draft)
            self._file(draft, fact, days_known=False)
            return
        days_known, known = draft.days is not None, (len(draft.btcs), len(draft.usds))
        draft.take(fact)
        if known != (len(draft.btcs), len(draft.usds)) or days_known != (draft.days is not None):
            self._file(draft, fact, days_known=days_known)

    def _file(self, draft: Draft, fact: Fact, *, days_known: bool) -> None:
        if fact.btc:
            self._exact[fact.btc].put(draft)
            self._coins[_size(fact.btc)].put(draft)
        if fact.usd:
            self._dollars[_size(fact.usd)].put(draft)
        if draft.btcs and not days_known:
            if draft.days:
                self._of_days[draft.days].append(draft.number)
            for day in {draft.anchor, draft.seen} - {None}:
                self._of_week[(day or 0) // _WEEK].append(draft.number)

    def _best(self, fact: Fact) -> Draft | None:
        strong: list[tuple[int, int, int]] = []
        weak: list[int] = []
        for number in dict.fromkeys(self._candidates(fact)):
            found = fit(self.drafts[number], fact)
            if found and found.weak:
                weak.append(number)
            elif found:
                strong.append(_rank(found, number))
        if strong:
            return self.drafts[min(strong)[2]]
        return self.drafts[weak[0]] if len(weak) == 1 else None

    def _candidates(self, fact: Fact) -> Iterator[int]:
        day = fact.days.end if fact.days else fact.seen
        if fact.btc:
            if fact.btc in self._exact:
                yield from self._exact[fact.btc].near(None if fact.btc.digits >= _TELLING_DIGITS else day, _FAR)
            yield from _around(self._coins, fact.btc, day)
        else:
            if fact.days:
                yield from self._of_days.get(fact.days, ())[:_MOST]
            if fact.seen is not None:
                for week in range(fact.seen // _WEEK - 1, fact.seen // _WEEK + 2):
                    yield from self._of_week.get(week, ())[:_MOST]
        if fact.usd:
            yield from _around(self._dollars, fact.usd, day)


def _around(shelves: dict[int, _Shelf], amount: Figure, day: int | None) -> Iterator[int]:
    for size in range(_size(amount) - 1, _size(amount) + 2):
        if size in shelves:
            yield from shelves[size].near(day, _NEAR)


def _rank(found: Fit, number: int) -> tuple[int, int, int]:
    return (-found.points, found.gap, number)


def cluster(facts: Iterable[Fact]) -> list[Draft]:
    """Drafts of the stories of one miner and kind; the same for every order of the facts."""
    board = _Board()
    for fact in sorted(facts, key=canonical):
        board.place(fact)
    return board.drafts
