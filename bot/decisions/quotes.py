"""Which of several prices to show: the first in the order of the settings among those that most sources stand by.

Prices are compared, never averaged. One that cannot be (none, too old) or that stands alone against the others is left out
and named. Two that differ with nothing to decide between them are both shown, and so is a price that left the last one
behind by more than markets move in an hour: then the last one stays, growing old, until a second source confirms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from bot.model import Quote, Reading

TOLERANCE = Decimal("0.015")
ROUGH_TOLERANCE = Decimal("0.03")  # against a quote that may be an hour old
LEAP = Decimal("0.20")
_OLD = timedelta(hours=1, minutes=5)
_AHEAD = timedelta(minutes=5)
_REMEMBERED = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class PriceAgreement:
    """`quote` is the price to show, None if there is none to believe; `note` names a disagreement that was not settled."""

    quote: Quote | None = None
    agreeing: tuple[str, ...] = ()
    note: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)


def agree_on_price(quotes: Sequence[Quote], last: Reading | None, now: datetime) -> PriceAgreement:
    """Compares quotes given in the order of the settings; `last` is the price shown before, of whatever age."""
    faults = {quote.source: fault for quote in quotes if (fault := fault_of_quote(quote, now))}
    fit = [quote for quote in quotes if quote.source not in faults]
    if not fit:
        return PriceAgreement(faults=faults)
    recent = last.value if last is not None and now - last.at <= _REMEMBERED else None
    best = max(fit, key=lambda quote: (_support(quote, fit), recent is not None and _near(quote.price, recent, LEAP), -fit.index(quote)))
    others = [quote for quote in fit if not _agree(quote, best)]
    if _support(best, fit) > 1:
        faults |= {quote.source: _off(quote, best) for quote in others}
        return PriceAgreement(best, _names(fit, best), faults=faults)
    if recent is not None and not _near(best.price, recent, LEAP):
        faults |= {quote.source: f"says {_dollars(quote.price)}, which nothing confirms" for quote in fit}
        return PriceAgreement(faults=faults)
    if recent is not None:
        wild = [quote for quote in others if not _near(quote.price, recent, LEAP)]
        faults |= {quote.source: _off(quote, best) for quote in wild}
        others = [quote for quote in others if quote not in wild]
    return PriceAgreement(best, _names(fit, best), "; ".join(f"{quote.source} says {_dollars(quote.price)}" for quote in others), faults)


def fault_of_quote(quote: Quote, now: datetime) -> str:
    """Why a quote is no price at all; empty if it can be one."""
    if quote.error:
        return quote.error
    if not quote.price.is_finite() or quote.price <= 0:
        return f"says {quote.price}, which is no price"
    if quote.at is None or now - quote.at > _OLD:
        return "its price is old" if quote.at is None else f"its price is of {quote.at:%Y-%m-%d %H:%M} UTC"
    return "its price is dated in the future" if quote.at - now > _AHEAD else ""


def _near(one: Decimal, two: Decimal, tolerance: Decimal) -> bool:
    return abs(one - two) <= tolerance * min(one, two)


def _agree(one: Quote, two: Quote) -> bool:
    return _near(one.price, two.price, ROUGH_TOLERANCE if one.rough or two.rough else TOLERANCE)


def _support(quote: Quote, fit: Sequence[Quote]) -> int:
    """Quotes that agree with this one, itself included."""
    return sum(_agree(quote, other) for other in fit)


def _names(fit: Sequence[Quote], best: Quote) -> tuple[str, ...]:
    return (best.source, *(quote.source for quote in fit if quote is not best and _agree(quote, best)))


def _off(quote: Quote, best: Quote) -> str:
    share = (quote.price / best.price - 1) * 100
    return f"says {_dollars(quote.price)}, {share:+.1f} % off {best.source}"


def _dollars(price: Decimal) -> str:
    return f"${price:,.0f}"
