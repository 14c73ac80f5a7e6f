"""What a figure does in its sentence: whom it is about, which way it goes, whether it is the level before or after.

Every question is answered from the few items around the figure, so the work stays linear in the length of the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.claims import lexicon as lex
from extractors.claims.figures import Unit
from extractors.claims.item import Item
from extractors.claims.lexicon import words
from extractors.model import Metric

_NEAR, _FAR, _ASIDE = 8, 40, 16
_RESUMES = words("is was has had stands stood fell rose went came slipped climbed trades traded")
_ASIDES = words("which a an the down up once at after having still long also until")
_OF = words("of off from in on for to")
_LATER = words("before previously prior earlier beforehand")


_TIMES = words(
    """
    beginning start end early late last this january february march april may june july august september october november
    december week month year
    """
)


class Other:
    """The subject of a figure that no claim is about."""


OTHER = Other()
Subject = Metric | Other | None


# --- whom a figure is about ------------------------------------------------------------------------------------------


def subject_of(items: Sequence[Item], place: int) -> Subject:
    """The metric a figure is about, OTHER for something else, None if the sentence does not say."""
    part = _whole_of(items, place)
    if part is not None:
        return part
    left, crossed = _to_the_left(items, place)
    right = _to_the_right(items, place)
    if left is not None and not crossed:
        return left
    if right is not None and (left is None or left is not OTHER or not isinstance(right, Other)):
        return right
    return left


def _named(item: Item) -> Subject:
    if item.metric is not None:
        return Metric.DIFFICULTY if item.adjusts else item.metric
    if item.adjusts:
        return Metric.DIFFICULTY
    return OTHER if item.other else None


def _whole_of(items: Sequence[Item], place: int) -> Subject:
    """ "20% of hashrate", "65 percent of output", "20% less than its cost": what the share or comparison is of."""
    figure = items[place].figure
    if figure is None or figure.unit is not Unit.PERCENT:
        return None
    ahead = items[place + 1 : place + 8]
    if ahead and ahead[0].lower == "of":
        if any(item.lower in _TIMES for item in ahead[1:4]):
            return None
        return next((_named(item) for item in ahead[1:5] if item.names), OTHER)
    compared = [item.lower for item in ahead[:3]]
    if "than" in compared:
        for item in ahead[compared.index("than") + 1 :]:
            if item.other or (item.figure is not None and item.figure.unit is Unit.DOLLARS):
                return OTHER
    return None


def _to_the_left(items: Sequence[Item], place: int) -> tuple[Subject, bool]:
    crossed, resumed, network = False, -1, False
    for back in range(place - 1, max(-1, place - _FAR), -1):
        if back > resumed >= 0:
            continue
        item = items[back]
        if item.lower == "," and back + 1 < place and items[back + 1].lower in _RESUMES:
            resumed = _before_the_aside(items, back)
        if item.names:
            named = _named(item)
            return (None if network and crossed and named is OTHER else named), crossed
        crossed = crossed or item.ends_clause
        network = network or (item.lower == "network" and not (crossed or item.owns))
    return None, crossed


def _before_the_aside(items: Sequence[Item], place: int) -> int:
    """Where the main clause broke off: "Hashprice, which had spiked to $182 on a flood of fees, is back at $73"; -1 if it did not."""
    for back in range(place - 1, max(0, place - _ASIDE), -1):
        if items[back].lower == ",":
            return back - 1 if items[back + 1].lower in _ASIDES or items[back + 1].figure is not None else -1
    return -1


def is_near(items: Sequence[Item], place: int) -> bool:
    """Whether the thing named to the left of a place is named in its own clause, no figure in between."""
    for back in range(place - 1, max(-1, place - _NEAR), -1):
        item = items[back]
        if item.ends_clause or item.figure is not None:
            return False
        if item.names:
            return True
    return False


def _to_the_right(items: Sequence[Item], place: int) -> Subject:
    for ahead in range(place + 1, min(len(items), place + _NEAR + 1)):
        item = items[ahead]
        if item.figure is not None or (item.ends_clause and ahead > 1):  # "$99,000! That is what one bitcoin costs"
            return None
        if item.names:
            return _named(item)
    return None


# --- which way -------------------------------------------------------------------------------------------------------


def direction(items: Sequence[Item], place: int) -> int:
    """-1 or 1 for the way a change goes, 0 if the sentence does not say."""
    figure = items[place].figure
    if figure is not None and figure.signed:
        return figure.signed
    return _turn_after(items, place) or turn_before(items, place) or _turn_anywhere(items, place)


def _turn_after(items: Sequence[Item], place: int) -> int:
    for ahead in range(place + 1, min(len(items), place + 6)):
        item = items[ahead]
        if item.ends_clause or item.figure is not None or item.lower in {"from", "to", "by"}:
            return 0
        if item.turn and not _is_hedge(items, ahead):
            return item.turn
    return 0


def turn_before(items: Sequence[Item], place: int, reach: int = _FAR) -> int:
    """The direction of the nearest word before a place, hedges left out; 0 if there is none within `reach` items."""
    for back in range(place - 1, max(-1, place - reach), -1):
        item = items[back]
        if item.turn and not _is_hedge(items, back):
            return item.turn
    return 0


def _turn_anywhere(items: Sequence[Item], place: int) -> int:
    for item in items[place + 1 : place + _FAR]:
        if item.turn and item.lower not in lex.WEAK_DIRECTIONS:
            return item.turn
    return 0


def _is_hedge(items: Sequence[Item], place: int) -> bool:
    """ "more than 40%", "up to 60%", "over 50%", "below $68,000": words of size, not of direction."""
    item = items[place]
    if item.lower not in lex.WEAK_DIRECTIONS:
        return False
    follower = items[place + 1] if place + 1 < len(items) else None
    if follower is None:
        return False
    if item.lower in {"more", "less", "lower", "higher", "worse"}:
        return follower.lower == "than" and place + 2 < len(items) and items[place + 2].figure is not None
    if item.lower == "up":
        return follower.lower == "to" and place + 2 < len(items) and items[place + 2].figure is not None
    return item.lower in {"above", "under", "below"} and follower.figure is not None
