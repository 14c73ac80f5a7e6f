"""What a printed figure stands for: tolerance comes from its digits, and from the words before it.

"11 %" covers 10.5 to 11.5; "over 40 %" all from 40 up; "62,000 to 63,000" what lies between. A figure that agrees in three
or more printed digits, or whose stated bound holds, matches; with fewer digits it only rounds to the true one.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.model import Verdict
from extractors.model import Bounds

_EXACT_DIGITS = 3
_HALF = Decimal("0.51")  # a half, and a little for those who round what was rounded before
_WIDEST = Decimal("0.03")  # half a unit of "100 trillion" would be half of it
_REACH = Decimal("1.25")  # "over 100" is not said of 141


def unit_of(value: Decimal) -> Decimal:
    """One unit of the last printed digit: 1 for 14, 0.01 for 11.16, 1E+10 for 125.86 trillion."""
    if abs(value) >= 1000:
        value = value.normalize()
    return Decimal(1).scaleb(int(value.as_tuple().exponent))


def digits_of(value: Decimal) -> int:
    """How many significant digits are printed."""
    return len((value.normalize() if abs(value) >= 1000 else value).as_tuple().digits)


def slack(value: Decimal) -> Decimal:
    """Half a unit of the last digit, at most 3 % of the figure where it is a level."""
    half = unit_of(value) * _HALF
    return min(half, abs(value) * _WIDEST) if abs(value) >= 1000 else half


def fit(value: Decimal, truth: Decimal, bounds: Bounds | None = None) -> Verdict | None:
    """MATCHES or ROUNDS_TO if the printed figure stands for the true one, else None."""
    if bounds and bounds.low is not None and bounds.high is not None:
        edge = slack(bounds.low)
        return Verdict.MATCHES if bounds.low - edge <= truth <= bounds.high + edge else None
    if abs(truth - value) <= slack(value):
        return Verdict.MATCHES if digits_of(value) >= _EXACT_DIGITS else Verdict.ROUNDS_TO
    if bounds and _holds(value, truth, bounds):
        return Verdict.MATCHES
    return None


def _holds(value: Decimal, truth: Decimal, bounds: Bounds) -> bool:
    if (value < 0) is not (truth < 0):
        return False
    size, limit = abs(truth), abs(value)
    more = bounds.low is not None if value >= 0 else bounds.high is not None
    if bounds.about:
        return more and abs(bounds.low or bounds.high or value) <= size <= limit
    return limit <= size <= limit * _REACH if more else limit / _REACH <= size <= limit


def is_loose(bounds: Mapping[str, Bounds], name: str) -> bool:
    """Whether the words call the figure approximate: then a near miss is no contradiction."""
    return name in bounds and bounds[name].about


def worst(verdicts: list[Verdict]) -> Verdict:
    """The verdict of a claim whose parts have these."""
    return max(verdicts, key=_ORDER.index, default=Verdict.UNCHECKABLE)


_ORDER = [Verdict.MATCHES, Verdict.ROUNDS_TO, Verdict.FORECAST, Verdict.UNCHECKABLE, Verdict.EARLIER_RETARGET, Verdict.CONTRADICTS]
