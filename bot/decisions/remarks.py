"""Remarks: put together where something is found out, said where it is told.

remark(marked("the chain says {change} on {day}"), change=percent(pct), day=day(when))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from bot.decisions import money
from bot.decisions.lines import in_turn
from bot.decisions.rank_words import ordinal
from bot.model import Gap, Remark, Remarks, Unit
from bot.speech import say, say_many


class Filling(NamedTuple):
    """A figure for a gap, and how it is printed."""

    unit: Unit
    figure: str


def remark(message: str, /, **gaps: Filling) -> Remarks:
    """The message (a literal in `marked`) with what fills its gaps; remarks are added up."""
    return (Remark(message, tuple(Gap(name, *filling) for name, filling in gaps.items())),)


def told(remarks: Iterable[Remark]) -> str:
    """The remarks in the spoken language, one after another: "the chain says -11.16 % on 7 Feb 2026; ..."; empty for none."""
    return in_turn(_told(each) for each in remarks)


def _told(one: Remark) -> str:
    return say(one.message, **{gap.name: _PRINTED[gap.unit](gap.figure) for gap in one.gaps})


# --- figures ---------------------------------------------------------------------------------------------------------


def percent(value: Decimal, digits: int = 2) -> Filling:
    """A change in percent, rounded: `-11.16 %`."""
    return Filling(Unit.PERCENT, f"{value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):f}")


def share(value: Decimal) -> Filling:
    """Percent as stated: `11 %`."""
    return Filling(Unit.SHARE, f"{value:f}")


def level(value: Decimal) -> Filling:
    """A difficulty: `125.86 T`."""
    return Filling(Unit.LEVEL, f"{value:f}")


def dollars(value: Decimal) -> Filling:
    """The price of a coin: `$69,123`."""
    return Filling(Unit.DOLLARS, f"{value:f}")


def about_dollars(value: Decimal) -> Filling:
    """The price of a coin that is an estimate: `about $69,123`."""
    return Filling(Unit.ABOUT_DOLLARS, f"{value:f}")


def btc(value: Decimal) -> Filling:
    """An amount of bitcoin: `3.125 BTC`."""
    return Filling(Unit.BTC, f"{value:f}")


def whole(value: int) -> Filling:
    """A height or a number: `935,424`."""
    return Filling(Unit.WHOLE, str(value))


def nth(value: int) -> Filling:
    """A place in a row: `3rd`."""
    return Filling(Unit.NTH, str(value))


def blocks(value: int) -> Filling:
    """A number of blocks: `14 blocks`."""
    return Filling(Unit.BLOCKS, str(value))


def hours(value: int) -> Filling:
    """A number of hours: `3 hours`."""
    return Filling(Unit.HOURS, str(value))


def days(value: int) -> Filling:
    """A number of days: `2 days`."""
    return Filling(Unit.DAYS, str(value))


def day(when: date) -> Filling:
    """A day: `7 Feb 2026`."""
    return Filling(Unit.DAY, f"{when:%Y-%m-%d}")


def month(when: date) -> Filling:
    """A month: `July 2021`."""
    return Filling(Unit.MONTH, f"{when:%Y-%m-%d}")


def words(text: str) -> Filling:
    """A name, or what stands in a source: as it is."""
    return Filling(Unit.WORDS, text)


def _stated(figure: str, *, signed: bool) -> str:
    """Percent with the digits that the figure has."""
    value = Decimal(figure)
    return money.percent(value, max(0, -int(value.as_tuple().exponent)), signed=signed)


def _difficulty(figure: str) -> str:
    """In trillions, also the level of a time when it was nearly one."""
    value = Decimal(figure)
    return f"{money.number(value / 10**12, 2)} T" if 10**11 <= abs(value) < 10**12 else money.difficulty(value)


_PRINTED: Mapping[Unit, Callable[[str], str]] = {
    Unit.PERCENT: lambda figure: _stated(figure, signed=True),
    Unit.SHARE: lambda figure: _stated(figure, signed=False),
    Unit.LEVEL: _difficulty,
    Unit.DOLLARS: lambda figure: money.price(Decimal(figure)),
    Unit.ABOUT_DOLLARS: lambda figure: say("about {amount}", amount=money.price(Decimal(figure))),
    Unit.BTC: lambda figure: money.btc(Decimal(figure)),
    Unit.WHOLE: lambda figure: money.whole(int(figure)),
    Unit.NTH: lambda figure: ordinal(int(figure)),
    Unit.BLOCKS: lambda figure: say_many("{n} block", "{n} blocks", int(figure), n=money.whole(int(figure))),
    Unit.HOURS: lambda figure: say_many("{n} hour", "{n} hours", int(figure), n=money.whole(int(figure))),
    Unit.DAYS: lambda figure: say_many("{n} day", "{n} days", int(figure), n=money.whole(int(figure))),
    Unit.DAY: lambda figure: money.day(date.fromisoformat(figure)),
    Unit.MONTH: lambda figure: money.month(date.fromisoformat(figure)),
    Unit.WORDS: str,
}
