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

from bot.decisions.reasons import recognised
from bot.decisions.remarks import dollars, percent, remark, words
from bot.model import Quote, Reading, Remarks
from bot.speech import marked

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
    note: Remarks = ()
    faults: Mapping[str, Remarks] = field(default_factory=dict)


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
        faults |= {quote.source: remark(marked("says {price}, which nothing confirms"), price=dollars(quote.price)) for quote in fit}
        return PriceAgreement(faults=faults)
    if recent is not None:
        wild = [quote for quote in others if not _near(quote.price, recent, LEAP)]
        faults |= {quote.source: _off(quote, best) for quote in wild}
        others = [quote for quote in others if quote not in wild]
    return PriceAgreement(best, _names(fit, best), tuple(each for quote in others for each in _says(quote)), faults)


def fault_of_quote(quote: Quote, now: datetime) -> Remarks:
    """Why a quote is no price at all; empty if it can be one."""
    if quote.error:
        return recognised(quote.error)
    if not quote.price.is_finite() or quote.price <= 0:
        return remark(marked("says {figure}, which is no price"), figure=words(str(quote.price)))
    if quote.at is None:
        return remark(marked("its price is old"))
    if now - quote.at > _OLD:
        return remark(marked("its price is of {time} UTC"), time=words(f"{quote.at:%Y-%m-%d %H:%M}"))
    return remark(marked("its price is dated in the future")) if quote.at - now > _AHEAD else ()


def _near(one: Decimal, two: Decimal, tolerance: Decimal) -> bool:
    return abs(one - two) <= tolerance * min(one, two)


def _agree(one: Quote, two: Quote) -> bool:
    return _near(one.price, two.price, ROUGH_TOLERANCE if one.rough or two.rough else TOLERANCE)


def _support(quote: Quote, fit: Sequence[Quote]) -> int:
    """Quotes that agree with this one, itself included."""
    return sum(_agree(quote, other) for other in fit)


def _names(fit: Sequence[Quote], best: Quote) -> tuple[str, ...]:
    return (best.source, *(quote.source for quote in fit if quote is not best and _agree(quote, best)))


def _says(quote: Quote) -> Remarks:
    return remark(marked("{source} says {price}"), source=words(quote.source), price=dollars(quote.price))


def _off(quote: Quote, best: Quote) -> Remarks:
    share = percent((quote.price / best.price - 1) * 100, 1)
    return remark(marked("says {price}, {share} off {source}"), price=dollars(quote.price), share=share, source=words(best.source))
