"""A change of difficulty told of the very day of a retarget, or of a month all of whose retargets went one way.

Such a change is wrong if it goes the other way than the chain, or is far from its size, unless it may have been said of something
else: of another retarget near by, of several together, of one that the article tells too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from bot.decisions.chainfacts import Chain, chain_says
from bot.decisions.held_named import unsure
from bot.decisions.printed import Held, Printed, printed
from bot.model import Verdict
from extractors.model import Claim, Period

_HOLDS = {Verdict.MATCHES, Verdict.ROUNDS_TO}
_ZONES = timedelta(days=1)  # of difference between the day told and that of the chain
_ALONE = timedelta(days=9)  # around the day told, without another retarget
_MONTH = timedelta(days=31)
_MIXED_UP = 4  # retargets before: a change that is right for one of them may be told of that one
_SUMMED = 30  # retargets, over a year: a change may be that of so many together
_SUMMED_ROUGHLY = 4  # of whole percents told right before their day, for which one of many sums would always fit
_TURNED = Decimal("0.5")  # percentage points between a rise and a fall that are no slip of rounding
_SIZES = (Decimal("0.5"), Decimal(2))  # beyond them, and by so many points, a size is no other reckoning of the same change
_POINTS = Decimal(3)
_LARGEST = 30  # percent: hardly any retarget moved the difficulty by more, so that it is rather told of a longer time
_TO_DAY = 40  # characters: "9% in the adjustment of Sunday"
_FROM_DAY = 45  # "On Sunday, Bitcoin's mining difficulty fell by 9%"


def deny_dated(
    claim: Claim, parts: Mapping[str, Held], published: date | None, chain: Chain, told: tuple[Collection[int], Iterable[int]]
) -> dict[str, Held]:
    """The parts of a claim on the difficulty, a change that was not judged as contradicted where its day is enough for that.

    What was contradicted is relented where the day comes first and the change is that of the retarget before or of a few together:
    words that count from there may follow. `told` holds the places of the retargets whose change the article tells rightly, and of
    all that it tells of.
    """
    figure, settled, places = printed(claim, "change_pct"), *told
    held = parts.get("change_pct")
    if figure is not None and held is not None and held.verdict is Verdict.CONTRADICTS and held.place and not _is_day_last(claim):
        # Of whole percents one of a few sums would nearly always fit.
        of_a_few = figure.unit < 1 and _is_anothers(figure, held.place, (), _SUMMED_ROUGHLY, chain)
        open_ended = _gap(claim) >= 0 and (of_a_few or figure.fit(chain.pct(held.place - 1)) is not None)
        return {**parts, "change_pct": unsure(held)} if open_ended else dict(parts)
    if figure is None or abs(figure.value) > _LARGEST or parts["change_pct"].verdict is not Verdict.UNCHECKABLE:
        return dict(parts)
    if not _is_one_change(claim, parts):
        return dict(parts)
    wrong = [place for place in _meant(claim, published, chain) if _is_wrong(figure, chain.pct(place), turned_only=claim.at is None)]
    if not wrong or len(wrong) < len(_meant(claim, published, chain)) or wrong[-1] in settled:
        return dict(parts)
    near = range(max(1, wrong[0] - _MIXED_UP), min(len(chain.days), wrong[-1] + 2))
    summed = _SUMMED_ROUGHLY if figure.unit >= 1 and _is_day_last(claim) else _SUMMED
    if _is_anothers(figure, wrong[-1], [*places, *near], summed, chain):
        return dict(parts)
    return {**parts, "change_pct": Held(Verdict.CONTRADICTS, chain_says(chain, wrong[-1]), wrong[-1])}


def _is_one_change(claim: Claim, parts: Mapping[str, Held]) -> bool:
    """Whether the words tell of one retarget's change: from nothing earlier, and to a level that is not another thing's."""
    if claim.since is not None or claim.from_value is not None or claim.extreme is not None or claim.previous:
        return False
    if "value" in parts and parts["value"].verdict is Verdict.UNCHECKABLE:
        return False
    return "change_pct" in claim.evidence and (claim.at is None or 0 <= _gap(claim) <= (_TO_DAY if _is_day_last(claim) else _FROM_DAY))


def _is_day_last(claim: Claim) -> bool:
    """Whether the day closes what is said: after "on Sunday it was up 9%" words may follow that count from another day."""
    return "at" in claim.evidence and claim.evidence["at"] > claim.evidence["change_pct"]


def _gap(claim: Claim) -> int:
    """Characters between the change and its day; -1 where the words of the day are not known."""
    if "at" not in claim.evidence:
        return -1
    first, second = sorted((claim.evidence["at"], claim.evidence["change_pct"]))
    return second.start - first.end


def _meant(claim: Claim, published: date | None, chain: Chain) -> Sequence[int]:
    """Places of the one retarget of the day told, or of all of the month told; empty where that is not sure."""
    last = len(chain.days) if published is None else sum(day <= published for day in chain.days)
    if claim.at is not None:
        around = [place for place in range(1, len(chain.days)) if abs(chain.days[place] - claim.at) < _ALONE]
        return [place for place in around if abs(chain.days[place] - claim.at) <= _ZONES and place < last] if len(around) == 1 else []
    return _of_month(claim.within, published, last, chain) if claim.within is not None else []


def _of_month(within: Period, published: date | None, last: int, chain: Chain) -> Sequence[int]:
    """The retargets of the month of the publication, time zones included, if any came in it."""
    if published is None or not within.start <= published <= within.end or within.end - within.start > _MONTH:
        return []
    own = [place for place in chain.during(within) if 1 < place < last]
    return own if own and chain.days[own[-1]] >= within.start else []


def _is_wrong(figure: Printed, truth: Decimal, *, turned_only: bool) -> bool:
    off = abs(figure.value - truth)
    if figure.value * truth < 0:
        return off > _TURNED + figure.slack
    low, high = _SIZES
    size = figure.value / truth if truth else high + 1
    return not turned_only and off - figure.slack > _POINTS and not low <= size <= high and not figure.holds(truth)


def _is_anothers(figure: Printed, place: int, others: Iterable[int], summed: int, chain: Chain) -> bool:
    """Whether it is the change of another retarget, or of several, up to this one or from it on."""
    if any(figure.fit(chain.pct(other)) is not None for other in others):
        return True
    levels = chain.levels
    sums = [levels[place] / before for before in levels[max(0, place - summed) : place - 1]]
    sums += [after / levels[start] for start in (place - 1, place) for after in levels[place + 1 : place + 1 + _SUMMED_ROUGHLY]]
    return any(figure.fit((one - 1) * 100) is not None for one in sums)
