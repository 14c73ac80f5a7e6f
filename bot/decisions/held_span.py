"""A change of difficulty over more than one retarget: since a day, from a peak, from a level told beside it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from bot.decisions.chainfacts import SAME_DAYS, Chain
from bot.decisions.printed import Held, Printed, printed
from bot.decisions.remarks import day, level, percent, remark
from bot.model import Verdict
from bot.speech import marked
from extractors.model import Claim

_LATE = 4  # retargets back: a fall from that level may be the retarget's own
_BASE_DAYS = 20  # "a year ago" may mean any level of these days either side


def spans(claim: Claim) -> bool:
    """Whether the change may count from something other than the level right before."""
    return claim.since is not None or claim.from_value is not None or claim.extreme == "high"


def hold_span(claim: Claim, figure: Printed, published: date | None, chain: Chain) -> Held | None:
    """Verdict and reason; None if the change may be a retarget's own after all."""
    if claim.since is not None:
        return _since(figure, claim.since, claim.at or published, chain)
    before, after = printed(claim, "from_value"), printed(claim, "value")
    if before is None:
        peak = max(chain.levels[: max(1, chain.known(claim.at or published))])
        return _until_now(claim, figure, peak, published, chain) or Held(
            Verdict.UNCHECKABLE, remark(marked("what the change counts from is not sure"))
        )
    if after is None:
        return _from_level(claim, figure, before, published, chain)
    return _between(figure, before, after, chain.known(published), chain)


def _from_level(claim: Claim, figure: Printed, before: Printed, published: date | None, chain: Chain) -> Held | None:
    """ "From its peak of 155.97 trillion it is down 9.2%"; None if the level told is one right before a late retarget."""
    known = chain.known(claim.at or published)
    bases = [place for place in range(known) if before.fit(chain.levels[place]) is not None]
    for level_before in (before.value, *(chain.levels[place] for place in bases)):
        held = _until_now(claim, figure, level_before, published, chain)
        if held is not None:
            return held
    if any(place >= known - _LATE for place in bases) or not bases:
        return None
    return Held(Verdict.UNCHECKABLE, remark(marked("what the change counts from is not sure")))


def _since(figure: Printed, since: date, end: date | None, chain: Chain) -> Held:
    if end is None or end <= since:
        return Held(Verdict.UNCHECKABLE, remark(marked("the time that the change counts over is not known")))
    bases = chain.holding(since - timedelta(days=_BASE_DAYS), since + timedelta(days=_BASE_DAYS))
    ends = chain.holding(end - timedelta(days=SAME_DAYS), end + timedelta(days=SAME_DAYS))
    base, last = chain.in_force(since), chain.in_force(end)
    if base is None or last is None:
        return Held(Verdict.UNCHECKABLE, remark(marked("the history does not reach so far")))
    own = _ratio(chain.levels[base], chain.levels[last])
    gaps = {"before": level(chain.levels[base]), "day": day(since), "after": level(chain.levels[last]), "change": percent(own)}
    ratios = [own, *(_ratio(chain.levels[first], chain.levels[second]) for first in bases for second in ends)]
    verdict = next((held for ratio in ratios if (held := figure.fit(ratio)) is not None), None)
    if verdict is None:
        unsure = marked("from {before} on {day} to {after} is {change}, and what the article counts from is not sure")
        return Held(Verdict.UNCHECKABLE, remark(unsure, **gaps))
    return Held(verdict, remark(marked("from {before} on {day} to {after} is {change}"), **gaps))


def _until_now(claim: Claim, figure: Printed, before: Decimal, published: date | None, chain: Chain) -> Held | None:
    """ "9.2 % under its peak of 155.97 trillion": from the level told to the one in force, or to the one right before."""
    when = claim.at or published
    place = chain.in_force(when) if when is not None else None
    for last in (place, place - 1) if place else ():
        ratio = _ratio(before, chain.levels[last])
        verdict = figure.fit(ratio)
        if verdict is not None:
            gaps = {"before": level(before), "after": level(chain.levels[last]), "change": percent(ratio)}
            return Held(verdict, remark(marked("from {before} to {after} is {change}"), **gaps))
    return None


def _between(figure: Printed, before: Printed, after: Printed, known: int, chain: Chain) -> Held | None:
    """A change beside its two levels, where they are not those of neighbouring retargets: then the levels decide."""
    firsts = [place for place in range(known) if before.fit(chain.levels[place]) is not None]
    seconds = [place for place in range(known) if after.fit(chain.levels[place]) is not None]
    pairs = [(first, second) for second in reversed(seconds) for first in reversed(firsts) if first < second]
    if any(second - first == 1 for first, second in pairs):
        return None
    for first, second in pairs:
        verdict = figure.fit(_ratio(chain.levels[first], chain.levels[second]))
        if verdict is not None:
            gaps = {"before": level(chain.levels[first]), "after": level(chain.levels[second])}
            return Held(verdict, remark(marked("from {before} to {after}"), **gaps))
    return None


def _ratio(before: Decimal, after: Decimal) -> Decimal:
    return (after / before - 1) * 100
