"""A stated price, reward or block height held against the stored days and the chain.

A price holds within 2.5 % of the day's or the day before's close plus its rounding, and is contradicted only when over 5 % off
both. "Dipped to" and "peaked at" without a day are held against the lowest and highest of the weeks meant; where only closes
are stored, a low may lie somewhat below the lowest of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from bot.decisions.chainfacts import Chain, on
from bot.decisions.network import EPOCH_BLOCKS, HALVING_BLOCKS, bitcoin, subsidy
from bot.decisions.printed import slack
from bot.model import Day, Verdict
from extractors.model import Claim

_CLOSE, _FAR = Decimal("0.025"), Decimal("0.05")
_BEYOND_CLOSES = Decimal("0.07")  # how far a day's low or high may lie beyond its close
_WEEKS = timedelta(days=35)
_RECENT_DAYS = 7
_YEAR = timedelta(days=370)
_NEAR_BLOCKS = 60

_Held = tuple[Verdict, str]
_UNKNOWN: _Held = (Verdict.UNCHECKABLE, "no price is stored for that time")


def hold_price(claim: Claim, published: date | None, days: Mapping[date, Day]) -> _Held:
    """Verdict and reason for a price or its change from a peak."""
    if claim.value is None:
        return _hold_fall(claim, published, days)
    if claim.change_pct is not None and claim.from_value is None:
        return Verdict.UNCHECKABLE, "what the change counts from is not told"
    if claim.at is None and (claim.extreme or claim.superlative):
        return _hold_extreme(claim, claim.value, published, days)
    day = claim.at or published
    if day is None:
        return _UNKNOWN
    known = _known(days, day - timedelta(days=1), day)
    if not known:
        return _UNKNOWN
    return _hold_close(claim, claim.value, known)


def _known(days: Mapping[date, Day], first: date, last: date) -> list[Day]:
    count = (last - first).days + 1
    spots = (days.get(first + timedelta(days=ahead)) for ahead in range(max(count, 0)))
    return [day for day in spots if day is not None and day.price_close is not None]


def _hold_close(claim: Claim, value: Decimal, known: Sequence[Day]) -> _Held:
    closes = [day.price_close for day in known if day.price_close is not None]
    reason = "closes: " + ", ".join(f"${day.price_close:,.0f} on {on(day.day)}" for day in known)
    low, high = value - slack(value), value + slack(value)
    bounds = claim.bounds.get("value")
    if bounds and bounds.low is not None and bounds.high is not None:
        low, high = bounds.low, bounds.high
    if any(
        low - close * _CLOSE <= close <= high + close * _CLOSE or _between(day, value) for day, close in zip(known, closes, strict=True)
    ):
        return Verdict.ROUNDS_TO, reason
    far = all(close < low - close * _FAR or close > high + close * _FAR for close in closes)
    return (Verdict.CONTRADICTS if far and claim.at is not None and len(known) > 1 else Verdict.UNCHECKABLE), reason


def _between(day: Day, value: Decimal) -> bool:
    return day.price_low is not None and day.price_high is not None and day.price_low <= value <= day.price_high


def _hold_extreme(claim: Claim, value: Decimal, published: date | None, days: Mapping[date, Day]) -> _Held:
    known = _window(claim, published, days)
    if not known:
        return _UNKNOWN
    sign = -1 if claim.extreme == "low" else 1
    point, day = _farthest(known, sign)
    reason = f"the {'highest' if sign > 0 else 'lowest'} stored price is ${point:,.0f} on {on(day)}"
    beyond = (value - slack(value) * sign - point) * sign / point
    recent = [day.price_close for day in known[-_RECENT_DAYS:] if day.price_close is not None]
    if -_CLOSE <= beyond <= _BEYOND_CLOSES or any(abs(close - value) <= close * _CLOSE for close in recent):
        return Verdict.ROUNDS_TO, reason
    return Verdict.UNCHECKABLE, reason


def _window(claim: Claim, published: date | None, days: Mapping[date, Day]) -> list[Day]:
    if claim.within is not None:
        return _known(days, claim.within.start, min(claim.within.end, published or claim.within.end))
    if published is None:
        return []
    return _known(days, published - (_YEAR if claim.extreme == "high" and claim.superlative else _WEEKS), published)


def _farthest(known: Sequence[Day], sign: int) -> tuple[Decimal, date]:
    points = []
    for day in known:
        price = (day.price_high if sign > 0 else day.price_low) or day.price_close
        if price is not None:
            points.append((sign * price, day.day))
    best = max(points)
    return sign * best[0], best[1]


def _hold_fall(claim: Claim, published: date | None, days: Mapping[date, Day]) -> _Held:
    """A change counted from a peak: the close of the day against the highest of the year before."""
    day = claim.at or published
    if claim.change_pct is None or claim.extreme != "high" or claim.change_pct > 0 or day is None:
        return Verdict.UNCHECKABLE, "what the change counts from is not stored"
    year, now = _known(days, day - _YEAR, day), _known(days, day - timedelta(days=1), day)
    if not now or len(year) < 100:
        return _UNKNOWN
    peak, peak_day = _farthest(year, 1)
    falls = [(close / peak - 1) * 100 for one in now if (close := one.price_close) is not None]
    reason = f"from ${peak:,.0f} on {on(peak_day)}: {falls[-1]:+.1f} %"
    within = any(abs(fall - claim.change_pct) <= Decimal("2.5") + slack(claim.change_pct) for fall in falls)
    return (Verdict.ROUNDS_TO if within else Verdict.UNCHECKABLE), reason


# --- reward and height -----------------------------------------------------------------------------------------------


def hold_reward(claim: Claim, published: date | None, chain: Chain) -> _Held:
    """A block's reward on a day, by the protocol; what a halving was told to do is not in the history."""
    day = claim.at or published
    place = chain.in_force(day) if day is not None else None
    if claim.from_value is not None or claim.value is None or claim.at is None or place is None:
        return Verdict.UNCHECKABLE, "the history holds no halving"
    own = bitcoin(subsidy(chain.history[place].height))
    reason = f"{own.normalize():f} BTC a block since height {chain.history[place].height // HALVING_BLOCKS * HALVING_BLOCKS:,}"
    return (Verdict.MATCHES if own == claim.value else Verdict.UNCHECKABLE), reason


def hold_height(claim: Claim, published: date | None, chain: Chain) -> _Held:
    """A height told as a retarget's: it must be a multiple of 2016, and its day about the day told."""
    assert claim.value is not None
    height = int(claim.value)
    place, rest = divmod(height, EPOCH_BLOCKS)
    off = min(rest, EPOCH_BLOCKS - rest)
    nearest = height - rest + (EPOCH_BLOCKS if rest > off else 0)
    if off:
        reason = f"a retarget comes at a multiple of 2,016; the nearest is {nearest:,}"
        return (Verdict.CONTRADICTS if off <= _NEAR_BLOCKS and height % HALVING_BLOCKS else Verdict.UNCHECKABLE), reason
    if place >= len(chain.days):
        return Verdict.UNCHECKABLE, "the history does not reach so far"
    day = claim.at or published
    reason = f"block {height:,} came on {on(chain.days[place])}"
    if claim.at is not None and day is not None and abs((chain.days[place] - claim.at).days) > 2:
        return Verdict.EARLIER_RETARGET, reason
    return Verdict.MATCHES, reason
