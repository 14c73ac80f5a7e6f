"""How each language prints figures: its separators, and what stands around a percentage and a sum of dollars.

These are the forms of the financial press: "$305M", "305 Mio. $", "305 M$", "305 млн $", "3.05亿美元". Units of the trade (BTC, T, EH/s)
are the same in all. Where a language groups digits with a space, it is one at which no line breaks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.speech.catalogue import ENGLISH
from bot.speech.spoken import language

_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Figures:
    """The forms of one language; `{}` is where the number goes.

    `sums` are the units of large sums with their power of ten, largest first, `prices` those of a price that is cut to few digits,
    `marks` those of a number on an axis.
    """

    decimal: str = "."
    group: str = ","
    percent: str = "{} %"
    dollars: str = "${}"
    sums: tuple[tuple[int, str], ...] = ((9, "${}B"), (6, "${}M"))
    prices: tuple[tuple[int, str], ...] = ((3, "${}k"),)
    marks: tuple[tuple[int, str], ...] = ((3, "{}k"),)

    def number(self, english: str) -> str:
        """A number that is printed as in English, "-1,234.5", with the signs of this language."""
        return english.translate({ord(","): self.group, ord("."): self.decimal})


_FIGURES: Mapping[str, Figures] = {
    ENGLISH: Figures(),
    "de": Figures(",", ".", "{} %", "{} $", ((9, "{} Mrd. $"), (6, "{} Mio. $")), ((3, "{} Tsd. $"),), ((3, "{} Tsd."),)),
    "es": Figures(",", ".", "{} %", "{} $", ((6, "{} M$"),), ((3, "{} mil $"),), ((3, "{} mil"),)),
    "ru": Figures(",", _SPACE, "{} %", "{} $", ((9, "{} млрд $"), (6, "{} млн $")), ((3, "{} тыс. $"),), ((3, "{} тыс."),)),
    "zh": Figures(".", ",", "{}%", "{}美元", ((12, "{}万亿美元"), (8, "{}亿美元"), (4, "{}万美元")), ((4, "{}万美元"),), ((4, "{}万"),)),
}


def figures() -> Figures:
    """How the spoken language prints figures."""
    return _FIGURES.get(language().code, _FIGURES[ENGLISH])


def in_unit(amount: Decimal, units: tuple[tuple[int, str], ...]) -> tuple[Decimal, str] | None:
    """The amount in the largest unit that it fills, and the form of that unit; None below the smallest."""
    return next(((amount.scaleb(-power), form) for power, form in units if amount >= Decimal(10) ** power), None)
