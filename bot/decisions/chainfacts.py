"""What a claim on the difficulty can be held against: retargets with their days, levels and changes, found by day or by figure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from bot.decisions.remarks import Filling, day, level, percent, remark
from bot.decisions.superlatives import Change, changes
from bot.model import Remark, Remarks, Retarget
from bot.model.bits import difficulty
from bot.speech import marked
from extractors.model import Period

SAME_DAYS = 2  # time zones and late reports: so far off is the same retarget

_MOVE, _MOVE_BESIDE = marked("the chain says {change} on {day}"), marked("{change} on {day}")
_LEVEL, _LEVEL_BESIDE = marked("the chain says {level} from {day}"), marked("{level} from {day}")
_BEFORE, _BEFORE_BESIDE = marked("the chain says {level} before"), marked("{level} before")
_BOTH = marked("the chain says {change} to {level} on {day}")
_HEAD = "the chain says"  # how the English messages begin
_BESIDE = {_MOVE: _MOVE_BESIDE, _LEVEL: _LEVEL_BESIDE, _BEFORE: _BEFORE_BESIDE}


@dataclass(frozen=True, slots=True)
class Chain:
    """The retargets in order, each with its day, its level and its change (of the same place in `moves`, None for the first)."""

    history: tuple[Retarget, ...]
    days: tuple[date, ...]
    levels: tuple[Decimal, ...]
    moves: tuple[Change | None, ...]

    def in_force(self, day: date) -> int | None:
        """Place of the retarget in force at the end of a day; None before the first."""
        place = bisect_right(self.days, day) - 1
        return place if place >= 0 else None

    def near(self, day: date) -> list[int]:
        """Places of the retargets at most two days from a day."""
        low, high = day - timedelta(days=SAME_DAYS), day + timedelta(days=SAME_DAYS)
        return list(range(bisect_right(self.days, low - timedelta(days=1)), bisect_right(self.days, high)))

    def during(self, period: Period) -> list[int]:
        """Places of the retargets in a period, two days either side."""
        low, high = period.start - timedelta(days=SAME_DAYS + 1), period.end + timedelta(days=SAME_DAYS)
        return list(range(bisect_right(self.days, low), bisect_right(self.days, high)))

    def holding(self, first: date, last: date) -> list[int]:
        """Places whose level was in force at some time between two days."""
        start, end = self.in_force(first), self.in_force(last)
        return [] if end is None else list(range(start or 0, end + 1))

    def known(self, published: date | None) -> int:
        """How many retargets had happened two days after publication."""
        return len(self.days) if published is None else bisect_right(self.days, published + timedelta(days=SAME_DAYS))

    def pct(self, place: int) -> Decimal:
        """Change at a retarget in percent; 0 for the first."""
        move = self.moves[place]
        return move.pct if move is not None else Decimal(0)

    def past(self, place: int) -> list[Change]:
        """The changes up to a retarget, that one included."""
        return [move for move in self.moves[: place + 1] if move is not None]


@lru_cache(maxsize=8)
def chain_of(history: tuple[Retarget, ...]) -> Chain:
    """The retargets made ready; kept, as every claim of every article asks for the same."""
    known = {move.height: move for move in changes(history)}
    return Chain(
        history,
        tuple(retarget.time.date() for retarget in history),
        tuple(difficulty(retarget.bits) for retarget in history),
        tuple(known.get(retarget.height) for retarget in history),
    )


def move_on(chain: Chain, place: int) -> Remarks:
    """The change at a retarget: `-11.16 % on 7 Feb 2026`."""
    return remark(_MOVE_BESIDE, **move(chain, place))


def chain_says(chain: Chain, place: int) -> Remarks:
    """`the chain says -11.16 % on 7 Feb 2026`."""
    return remark(_MOVE, **move(chain, place))


def level_says(chain: Chain, place: int) -> Remarks:
    """`the chain says 125.86 T from 7 Feb 2026`."""
    return remark(_LEVEL, **set_on(chain, place))


def before_says(truth: Decimal) -> Remarks:
    """`the chain says 141.67 T before`."""
    return remark(_BEFORE, level=level(truth))


def in_one(reasons: Iterable[Remarks]) -> Remarks:
    """The reasons of a claim's parts as one: each once, change and level of one retarget together, "the chain says" said once."""
    told = [each for reason in dict.fromkeys(reasons) for each in reason]
    change = next((each for each in told if each.message == _MOVE), None)
    same = next((each for each in told if each.message == _LEVEL and change and each.gaps[-1] == change.gaps[-1]), None)
    if change is not None and same is not None:
        size, day_set = change.gaps
        told.remove(same)
        told[told.index(change)] = Remark(_BOTH, (size, same.gaps[0], day_set))
    first = next((place for place, each in enumerate(told) if each.message.startswith(_HEAD)), len(told))
    return tuple(
        each._replace(message=_BESIDE[each.message]) if place > first and each.message in _BESIDE else each
        for place, each in enumerate(told)
    )


def move(chain: Chain, place: int) -> dict[str, Filling]:
    """What fills `{change}` and `{day}` of a remark on a retarget."""
    return {"change": percent(chain.pct(place)), "day": day(chain.days[place])}


def set_on(chain: Chain, place: int) -> dict[str, Filling]:
    """What fills `{level}` and `{day}` of a remark on the level that a retarget set."""
    return {"level": level(chain.levels[place]), "day": day(chain.days[place])}
