"""The claims of one sentence: its parts grouped by metric, so that a level, the level before and a change become one claim.

Parts are taken in order; a part opens a new claim when its field is taken, when it is told for another day or otherwise surely,
or when it counts from another reference ("50% off the peak"). Superlatives join the claim that they speak of, or stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from extractors.claims.parts import Part, Role
from extractors.claims.superlatives import Superlative
from extractors.claims.when import When
from extractors.model import Metric, Modality, Period, Span


@dataclass(slots=True)
class Draft:
    """A claim in the making. `sentence` is its number, `anchor` the words that name it when it has no figure."""

    metric: Metric
    sentence: int
    modality: Modality = Modality.FACT
    parts: dict[Role, Part] = field(default_factory=dict)
    when: When | None = None
    superlatives: list[Superlative] = field(default_factory=list)
    since: date | None = None
    previous: bool = False
    within: Period | None = None
    extreme: str | None = None
    anchor: Span | None = None
    named: Span | None = None
    expected: Span | None = None
    clause: str = ""
    block: Part | None = None  # the height named for it
    counted: Part | None = None  # that of the block it counts from
    aside: bool = False  # a level told only as what another counts from

    @property
    def turn(self) -> int:
        """-1 or 1 by its change or its two levels, 0 if neither is told."""
        change = self.parts.get(Role.CHANGE)
        if change is not None:
            return 1 if change.value > 0 else -1
        value, before = self.parts.get(Role.VALUE), self.parts.get(Role.FROM)
        if value is not None and before is not None:
            return (value.value > before.value) - (value.value < before.value)
        return 0

    @property
    def last_end(self) -> int:
        """Where its last figure ends."""
        return max((part.span.end for part in self.parts.values()), default=0)


def days_apart(one: Draft, other: Draft) -> int:
    """Days between the days of two drafts, 0 where one has none."""
    return abs((one.when.day - other.when.day).days) if one.when and other.when else 0


def group(parts: Sequence[Part], sentence: int, lower: str) -> list[Draft]:
    """The drafts of a sentence, each with the parts that belong together."""
    drafts: list[Draft] = []
    for metric in dict.fromkeys(part.metric for part in parts):
        drafts += _group_one([part for part in parts if part.metric is metric], sentence, lower)
    return sorted(drafts, key=lambda draft: draft.last_end)


def _group_one(parts: Sequence[Part], sentence: int, lower: str) -> list[Draft]:
    drafts: list[Draft] = []
    levels = _levels_reached(parts, lower)
    for place, part in enumerate(levels):
        homes = [draft for draft in reversed(drafts[-2:]) if _fits(draft, part, lower)]
        if _leads_a_pair(levels[place : place + 2], lower):
            homes = [draft for draft in homes if Role.VALUE not in draft.parts]
        home = homes[0] if homes else None
        if home is None:
            home = Draft(part.metric, sentence, part.modality)
            drafts.append(home)
        home.parts[part.role] = part
        home.when = home.when or part.when
        home.clause += part.clause
    return drafts


def _leads_a_pair(parts: Sequence[Part], lower: str) -> bool:
    """ "It was 0.58, and the average slipped from 0.71 to 0.63": the level before is that of the next level."""
    if [part.role for part in parts] != [Role.FROM, Role.VALUE]:
        return False
    return lower[parts[0].span.end : parts[1].span.start].strip() == "to"


def _levels_reached(parts: Sequence[Part], lower: str) -> list[Part]:
    """Without the mark in "fell below $100,000 to $97,800"."""
    kept = []
    for place, part in enumerate(parts):
        follower = parts[place + 1] if place + 1 < len(parts) else None
        passed = part.role is Role.VALUE and follower is not None and follower.role is Role.VALUE and part.bounds is not None
        if not (passed and follower is not None and lower[part.span.end : follower.span.start].strip() in {"to", "and to", ", to"}):
            kept.append(part)
    return kept


_FARTHEST = 170
_SAME_DAYS = 2
_FROM_PEAK = re.compile(
    r"# (?:\w+ )?(?:below|under|beneath|off|from|short of|shy of|south of|than) (?:[\w']+ ){0,3}(?:peak|record|high|top|all-time high)\b"
    r"(?! (?:of |at |near |just |about |around |nearly |over |above )*$)"
)
_NEW_CLAUSE = re.compile(r"\b(?:has|have|had|is|was|were|and|while|but|before|after|when|then|price|quotes|bitcoin|btc|hashrate)\b")


def _fits(draft: Draft, part: Part, lower: str) -> bool:
    """Whether a part may fill its field in a draft of the same sentence and metric."""
    paired = {part.role, *draft.parts} >= {Role.FROM, Role.VALUE}  # the level before and the level after may each have its day
    told_apart = draft.when and part.when and abs((draft.when.day - part.when.day).days) > _SAME_DAYS
    if part.role in draft.parts or draft.modality is not part.modality or (told_apart and not paired):
        return False
    between = _between(draft, part, lower)
    if len(between) > _FARTHEST or (";" in between and not paired) or _is_alone(draft, part):
        return False
    return Role.FROM in {part.role, *draft.parts} or not (_is_new_clause(part, between) or _counts_from_afar(draft, part))


def _between(draft: Draft, part: Part, lower: str) -> str:
    first = min(other.span.start for other in draft.parts.values())
    return lower[draft.last_end : part.span.start] if part.span.start >= draft.last_end else lower[part.span.end : first]


def _is_alone(draft: Draft, part: Part) -> bool:
    """A height or a multiple is told one at a time."""
    return part.metric in {Metric.BLOCK_HEIGHT, Metric.PUELL} and part.role is not Role.FROM and bool(draft.parts.keys() - {Role.FROM})


def _is_new_clause(part: Part, between: str) -> bool:
    """ "the sell-off had gone as deep as 28% before quotes came back to $69,000": two claims."""
    return part.metric in {Metric.PRICE, Metric.HASHRATE} and bool(_NEW_CLAUSE.search(between))


def _counts_from_afar(draft: Draft, part: Part) -> bool:
    """A change over half a year or more, or from a peak, does not belong to the level told beside it."""
    change = part if part.role is Role.CHANGE else draft.parts.get(Role.CHANGE)
    if change is None:
        return False
    return change.from_afar or (change.metric in {Metric.PRICE, Metric.DIFFICULTY} and counts_from_peak(change))


def counts_from_peak(change: Part) -> bool:
    """ "50% off its record", "30% below the October peak"."""
    return bool(_FROM_PEAK.search(change.clause))
