"""What would be contradicted for one retarget, but is right for another that the article tells too: then nobody is accused.

A reader hangs "not since 2014 had a single adjustment been as large" on the change that the article is about, a program may hang it
on the one told last. Which was meant stays open wherever both are told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta

from bot.decisions.chainfacts import Chain
from bot.decisions.held_named import unsure
from bot.decisions.held_superlative import hold_superlative
from bot.decisions.printed import Held, printed
from bot.decisions.remarks import day, remark
from bot.model import Remark, Verdict
from bot.speech import marked
from extractors.model import Claim, Metric, Modality

_HOLDS = {Verdict.MATCHES, Verdict.ROUNDS_TO}
_TOLD = {Verdict.MATCHES, Verdict.ROUNDS_TO, Verdict.EARLIER_RETARGET}
_SHORT = timedelta(days=31)
_TURNED = {
    "drop": "rise",
    "rise": "drop",
    "drop_rank": "rise_rank",
    "rise_rank": "drop_rank",
    "abs_drop": "abs_rise",
    "abs_rise": "abs_drop",
}


def told_places(told: Iterable[tuple[Claim, Mapping[str, Held]]], published: date | None, chain: Chain) -> list[int]:
    """Places of the retargets that an article tells of: by a figure that is theirs, by their day or month, and the last one, its news."""
    places = {chain.known(published) - 1} if chain.days and published is not None else set()
    for claim, parts in told:
        if claim.metric is not Metric.DIFFICULTY or claim.modality is Modality.FORECAST:
            continue
        places |= {held.place for held in parts.values() if held.place is not None and held.verdict in _TOLD}
        if claim.at is not None:
            places |= set(chain.near(claim.at))
        elif claim.within is not None and claim.within.end - claim.within.start <= _SHORT:
            places |= set(chain.during(claim.within))
    return sorted(place for place in places if place > 0)


def settled_places(told: Sequence[tuple[Claim, Mapping[str, Held]]], blocks: Collection[int], chain: Chain) -> set[int]:
    """Places of the retargets whose change the article tells rightly; of those whose `blocks` it names also if without their day."""
    changes = [(claim, parts["change_pct"]) for claim, parts in told if claim.metric is Metric.DIFFICULTY and "change_pct" in parts]
    right = {held.place for _, held in changes if held.verdict in _HOLDS and held.place is not None}
    return right | {place for place in blocks if any(_holds(claim, "change_pct", place, chain) for claim, _ in changes)}


def unsettled(parts: Mapping[str, Held], settled: Collection[int]) -> dict[str, Held]:
    """The parts of a claim without a day of its own: a change that does not fit one of the `settled` retargets may be another's."""
    change = parts.get("change_pct")
    if change is None or change.verdict is not Verdict.CONTRADICTS or change.place not in settled:
        return dict(parts)
    unsure = marked("the chain says {change} on {day}, which the article tells; which other is meant is not sure")
    reason = (Remark(unsure, change.reason[0].gaps),)  # what contradicts an undated change is `chain_says`
    return {**parts, "change_pct": Held(Verdict.UNCHECKABLE, reason, change.place)}


def unsure_beside(blocks: Collection[int], last: int, parts: Mapping[str, Held]) -> dict[str, Held]:
    """The parts of an undated claim in an article that names `blocks`, by the places of their retargets: what another one would
    contradict, such as the `last` before publication, may be told of these.
    """
    others = {field for field, held in parts.items() if (last if held.place is None else held.place) not in blocks} if blocks else set()
    return {field: unsure(held) if field in others else held for field, held in parts.items()}


def relent(claim: Claim, parts: Mapping[str, Held], places: Iterable[int], chain: Chain) -> dict[str, Held]:
    """The parts of a claim on the difficulty; those that are contradicted, but hold for another of `places`, as uncheckable."""
    return {field: _relented(claim, field, held, places, chain) for field, held in parts.items()}


def _relented(claim: Claim, field: str, held: Held, places: Iterable[int], chain: Chain) -> Held:
    if held.verdict is not Verdict.CONTRADICTS or (field == "superlative" and claim.together):
        return held
    other = next((place for place in places if place != held.place and _holds(claim, field, place, chain)), None)
    if other is None:
        return held
    unsure = remark(marked("it is right for the retarget of {day}, which the article tells too"), day=day(chain.days[other]))
    return held._replace(verdict=Verdict.UNCHECKABLE, reason=held.reason + unsure)


def _holds(claim: Claim, field: str, place: int, chain: Chain) -> bool:
    """Whether a part of a claim would be right if it were told of the retarget at `place`."""
    if field == "superlative":
        return any(
            hold_superlative(code, place, chain, sure=True).verdict is Verdict.MATCHES for code in _either_way(claim.superlative or "")
        )
    figure = printed(claim, field)
    if figure is None:
        return False
    if field == "change_pct":
        return figure.fit(chain.pct(place)) is not None
    return any(figure.fit(chain.levels[spot]) is not None for spot in (place, place - 1))


def _either_way(code: str) -> tuple[str, ...]:
    """A superlative of a change, and that of the other direction: where the words name none it was that of the change beside them."""
    kind, _, name = code.partition(":")
    return (code, f"{_TURNED[kind]}:{name}") if kind in _TURNED else (code,)
