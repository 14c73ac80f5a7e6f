"""A stated price held against the stored days.

It holds within 2.5 % of the day's or the day before's close plus its rounding, and is contradicted only when over 5 % off both.
Of a day that is not over yet its lowest and highest readings stand in for the close. With the close of the day before alone, only
what is 25 % off is contradicted.

"Dipped to" and "peaked at" without a day are held against the lowest and highest of the weeks meant; where only closes are
stored, a low may lie somewhat below the lowest of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from bot.decisions.closes import is_estimate
from bot.decisions.printed import Held, Printed, printed
from bot.decisions.remarks import Filling, about_dollars, dollars, percent, remark
from bot.decisions.remarks import day as on
from bot.model import Day, Remarks, Verdict
from bot.speech import marked
from extractors.model import Claim

_CLOSE, _FAR = Decimal("0.025"), Decimal("0.05")
_FAR_ALONE = Decimal("0.25")  # from the close before, where the day's own is not known: hardly any day moved the price so far
_FAR_WITHIN_A_DAY = Decimal("0.12")  # "dipped to" tells a day's low, which closes do not show
_BEYOND_CLOSES = Decimal("0.07")  # how far a day's low or high may lie beyond its close
_WEEKS = timedelta(days=35)
_RECENT_DAYS = 7
_YEAR = timedelta(days=370)
_LEAST_DAYS = 100  # of a year, to know its peak
_POINTS = Decimal("2.5")  # percentage points that a fall from a peak may be off, as lows and closes differ
_DAY = timedelta(days=1)
_LATELY = timedelta(days=10)
_UNKNOWN = Held(Verdict.UNCHECKABLE, remark(marked("no price is stored for that time")))


def hold_price(claim: Claim, published: date | None, days: Mapping[date, Day]) -> Held:
    """Verdict and reason for a price, or for its change from a peak."""
    figure, change = printed(claim, "value"), printed(claim, "change_pct")
    if figure is None:
        return _fall(claim, change, published, days)
    if change is not None and claim.from_value is None:
        return Held(Verdict.UNCHECKABLE, remark(marked("what the change counts from is not told")))
    if claim.at is None and (claim.extreme or claim.superlative):
        return _extreme(claim, figure, published, days)
    day = claim.at or published
    known = _known(days, day - _DAY, day) if day else []
    so_far = days.get(day) if day else None
    if so_far is not None and so_far.price_close is None and so_far.price_low is not None and so_far.price_high is not None:
        return _market(claim, figure, known, so_far.price_low, so_far.price_high)
    held = _close(claim, figure, known) if known else _UNKNOWN
    if held.verdict is Verdict.CONTRADICTS and day and published and day < published <= day + _LATELY:
        later = _close(claim, figure, _known(days, day, published))  # the day may be told of something else
        return held if later.verdict is Verdict.CONTRADICTS else held._replace(verdict=Verdict.UNCHECKABLE)
    return held


def _known(days: Mapping[date, Day], first: date, last: date) -> list[tuple[Day, Decimal]]:
    """The days with a close, from the first to the last, each with its close."""
    spots = (days.get(first + timedelta(days=ahead)) for ahead in range((last - first).days + 1))
    return [(day, day.price_close) for day in spots if day is not None and day.price_close is not None]


def _close(claim: Claim, figure: Printed, known: Sequence[tuple[Day, Decimal]]) -> Held:
    reason = _closes(known)
    low, high = _ends(figure)
    if any(low - close * _CLOSE <= close <= high + close * _CLOSE or _traded(day, figure.value) for day, close in known):
        return Held(Verdict.ROUNDS_TO, reason)
    off = _off(claim) if len(known) > 1 else _FAR_ALONE
    far = all(close < low - close * off or close > high + close * off for _, close in known)
    return Held(Verdict.CONTRADICTS if far and claim.at is not None else Verdict.UNCHECKABLE, reason)


def _market(claim: Claim, figure: Printed, known: Sequence[tuple[Day, Decimal]], lowest: Decimal, highest: Decimal) -> Held:
    """Held against the readings of a day that is not over, and denied only if the close before, `known`, is far as well."""
    low, high = _ends(figure)
    reason = remark(marked("market {low} to {high}"), low=dollars(lowest), high=dollars(highest))
    if low - highest * _CLOSE <= highest and high + lowest * _CLOSE >= lowest:
        return Held(Verdict.ROUNDS_TO, reason)
    off = _off(claim)
    ends = [lowest, highest, *(close for _, close in known)]
    far = high < min(ends) * (1 - off) or low > max(ends) * (1 + off)
    return Held(Verdict.CONTRADICTS if far and claim.at is not None else Verdict.UNCHECKABLE, reason)


def _ends(figure: Printed) -> tuple[Decimal, Decimal]:
    """The lowest and highest price that a figure stands for."""
    if figure.bounds and figure.bounds.low is not None and figure.bounds.high is not None:
        return figure.bounds.low, figure.bounds.high
    return figure.value - figure.slack, figure.value + figure.slack


def _off(claim: Claim) -> Decimal:
    return _FAR if claim.extreme is None else _FAR_WITHIN_A_DAY


def _closes(known: Sequence[tuple[Day, Decimal]]) -> Remarks:
    """The close of a day, and that of the one before where it is stored."""
    (last, close), *earlier = reversed(known)
    if not earlier:
        return remark(marked("closes: {price} on {day}"), price=_price(last, close), day=on(last.day))
    first, before = earlier[0]
    return remark(
        marked("closes: {before} on {first}, {price} on {day}"),
        before=_price(first, before),
        first=on(first.day),
        price=_price(last, close),
        day=on(last.day),
    )


def _price(day: Day, price: Decimal) -> Filling:
    """A day's price, "about" where it was read out of the chain's payments."""
    return about_dollars(price) if is_estimate(day) else dollars(price)


def _traded(day: Day, price: Decimal) -> bool:
    return day.price_low is not None and day.price_high is not None and day.price_low <= price <= day.price_high


def _extreme(claim: Claim, figure: Printed, published: date | None, days: Mapping[date, Day]) -> Held:
    known = _window(claim, published, days)
    if not known:
        return _UNKNOWN
    sign = -1 if claim.extreme == "low" else 1
    point, day = _farthest(known, sign)
    message = marked("the highest stored price is {price} on {day}") if sign > 0 else marked("the lowest stored price is {price} on {day}")
    reason = remark(message, price=_price(day, point), day=on(day.day))
    beyond = (figure.value - figure.slack * sign - point) * sign / point
    recent = any(abs(close - figure.value) <= close * _CLOSE for _, close in known[-_RECENT_DAYS:])
    return Held(Verdict.ROUNDS_TO if recent or -_CLOSE <= beyond <= _BEYOND_CLOSES else Verdict.UNCHECKABLE, reason)


def _window(claim: Claim, published: date | None, days: Mapping[date, Day]) -> list[tuple[Day, Decimal]]:
    """The days that a low or high without a day may be of."""
    if claim.within is not None:
        return _known(days, claim.within.start, min(claim.within.end, published or claim.within.end))
    if published is None:
        return []
    return _known(days, published - (_YEAR if claim.extreme == "high" and claim.superlative else _WEEKS), published)


def _farthest(known: Sequence[tuple[Day, Decimal]], sign: int) -> tuple[Decimal, Day]:
    """The highest price and its day, or with -1 the lowest."""
    points = [(sign * ((day.price_high if sign > 0 else day.price_low) or close), day.day, day) for day, close in known]
    price, _, day = max(points, key=lambda point: point[:2])
    return sign * price, day


def _fall(claim: Claim, change: Printed | None, published: date | None, days: Mapping[date, Day]) -> Held:
    """A change counted from a peak: the close of the day against the highest of the year before."""
    day = claim.at or published
    if change is None or claim.extreme != "high" or change.value > 0 or day is None:
        return Held(Verdict.UNCHECKABLE, remark(marked("what the change counts from is not stored")))
    year, now = _known(days, day - _YEAR, day), _known(days, day - _DAY, day)
    if not now or len(year) < _LEAST_DAYS:
        return _UNKNOWN
    peak, peak_day = _farthest(year, 1)
    falls = [(close / peak - 1) * 100 for _, close in now]
    near = any(abs(fall - change.value) <= _POINTS + change.slack for fall in falls)
    reason = remark(
        marked("from {peak} on {day}: {change}"), peak=_price(peak_day, peak), day=on(peak_day.day), change=percent(falls[-1], 1)
    )
    return Held(Verdict.ROUNDS_TO if near else Verdict.UNCHECKABLE, reason)
