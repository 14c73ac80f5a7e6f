"""What a printed figure stands for: tolerance comes from its digits, and from the words before it.

"11 %" covers 10.5 to 11.5; "over 40 %" all from 40 up; "62,000 to 63,000" what lies between. A figure that agrees in three
or more printed digits, or whose stated bound holds, matches; with fewer digits it only rounds to the true one.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from bot.model import Remarks, Verdict
from extractors.model import Bounds, Claim

_EXACT_DIGITS = 3
_HALF = Decimal("0.51")  # a half, and a little for those who round what was rounded before
_WIDEST = Decimal("0.05")  # half a unit of "100 trillion" would be half of it
_REACH = Decimal("1.25")  # "over 100" is not said of 141
_ONE = Decimal("1.01")
_THOUSANDS = 3  # digits
_SCALE = 1000  # from here on a figure is a level, whose trailing zeros may be rounding


class Held(NamedTuple):
    """A figure held against the facts: verdict, reason, and the place of the retarget it was held against, if one."""

    verdict: Verdict
    reason: Remarks
    place: int | None = None


class Printed(NamedTuple):
    """A figure as printed: its value, whose digits say how exact it is, and what the words before it allow."""

    value: Decimal
    bounds: Bounds | None = None

    @property
    def unit(self) -> Decimal:
        """One unit of the last printed digit: 1 for 14, 0.01 for 11.16, 1E+10 for 125.86 trillion."""
        return Decimal(1).scaleb(int(self._plain.as_tuple().exponent))

    @property
    def digits(self) -> int:
        """How many significant digits are printed."""
        return len(self._plain.as_tuple().digits)

    @property
    def is_exact(self) -> bool:
        """Whether so many digits are printed that agreement is no chance."""
        return self.digits >= _EXACT_DIGITS

    @property
    def is_loose(self) -> bool:
        """Whether the words call the figure approximate: then a near miss is no contradiction."""
        return self.bounds is not None and self.bounds.about

    @property
    def slack(self) -> Decimal:
        """Half a unit of the last digit, at most 5 % of the figure where it is a level."""
        if abs(self.value) >= _SCALE and self.unit == 1:
            return _ONE  # all digits are printed, and those after the point may be cut off
        half = self.unit * _HALF
        return min(half, abs(self.value) * _WIDEST) if abs(self.value) >= _SCALE else half

    @property
    def _plain(self) -> Decimal:
        """As printed, but a level told in whole thousands, millions or trillions without its trailing zeros.

        "60,000" and "120 trillion" may be rounded to their last digit that is no zero; "1.10 trillion" is not.
        """
        whole = int(self.value.as_tuple().exponent) % _THOUSANDS == 0
        return self.value.normalize() if whole and abs(self.value) >= _SCALE else self.value

    def fit(self, truth: Decimal) -> Verdict | None:
        """MATCHES or ROUNDS_TO if the printed figure stands for the true one, else None."""
        if self.bounds and self.bounds.low is not None and self.bounds.high is not None:
            edge = Printed(self.bounds.low).slack
            return Verdict.MATCHES if self.bounds.low - edge <= truth <= self.bounds.high + edge else None
        if abs(truth - self.value) <= self.slack:
            return self.agreement
        return Verdict.MATCHES if self.bounds and self._is_bounded(truth, self.bounds) else None

    def holds(self, truth: Decimal) -> bool:
        """Whether "over", "under" is true however far the true figure lies beyond: "over 10 %" of 27.9."""
        bounds = self.bounds
        if bounds is None or bounds.about or (bounds.low is None) is (bounds.high is None):
            return False
        return (bounds.low is None or truth >= bounds.low) and (bounds.high is None or truth <= bounds.high) and self.value * truth > 0

    @property
    def agreement(self) -> Verdict:
        """What agreement in all printed digits is worth."""
        return Verdict.MATCHES if self.is_exact else Verdict.ROUNDS_TO

    def _is_bounded(self, truth: Decimal, bounds: Bounds) -> bool:
        """Whether "over", "under", "nearly" hold; a rise is never bounded by a fall."""
        if (self.value < 0) is not (truth < 0):
            return False
        size, limit = abs(truth), abs(self.value)
        more = bounds.low is not None if self.value >= 0 else bounds.high is not None
        if bounds.about:
            return more and abs(bounds.low or bounds.high or self.value) <= size <= limit
        if more:
            return limit <= size <= max(limit * _REACH, limit + (self.unit if limit < _SCALE else 0))
        return limit / _REACH <= size <= limit


def printed(claim: Claim, field: str) -> Printed | None:
    """A figure of a claim with its bounds, by its field ("value", "from_value", "change_pct")."""
    value: Decimal | None = getattr(claim, field)
    return None if value is None else Printed(value, claim.bounds.get(field))


def worst(verdicts: list[Verdict]) -> Verdict:
    """The verdict of a claim whose parts have these."""
    return max(verdicts, key=_ORDER.index, default=Verdict.UNCHECKABLE)


_ORDER = [Verdict.MATCHES, Verdict.ROUNDS_TO, Verdict.FORECAST, Verdict.UNCHECKABLE, Verdict.EARLIER_RETARGET, Verdict.CONTRADICTS]
