"""What a figure does in its sentence: whom it is about, which way it goes, whether it is the level before or after.

Every question is answered from the few items around the figure, so the work stays linear in the length of the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from decimal import Decimal

from extractors.claims import lexicon as lex
from extractors.claims.stream import Item
from extractors.claims.figures import Unit
from extractors.model import Bounds, Metric

_NEAR, _FAR = 8, 40
_OF = frozenset("of off from in on for to".split())
_LATER = frozenset("before previously prior earlier beforehand".split())


_TIMES = frozenset(
    """
    beginning start end early late last this january february march april may june july august september october november december
    week month year
    """.split()
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
        return next((named for item in ahead[1:5] if (named := _named(item)) is not None), OTHER)
    than = next((spot for spot, item in enumerate(ahead[:3]) if item.lower == "than"), None)
    if than is not None:
        for item in ahead[than + 1 :]:
            if item.other or (item.figure is not None and item.figure.unit is Unit.DOLLARS):
                return OTHER
    return None


def _to_the_left(items: Sequence[Item], place: int) -> tuple[Subject, bool]:
    crossed = False
    for back in range(place - 1, max(-1, place - _FAR), -1):
        item = items[back]
        named = _named(item)
        if named is not None:
            return named, crossed
        crossed = crossed or item.ends_clause
    return None, crossed


def is_near(items: Sequence[Item], place: int) -> bool:
    """Whether the thing named to the left of a place is named in its own clause, no figure in between."""
    for back in range(place - 1, max(-1, place - _NEAR), -1):
        item = items[back]
        if item.ends_clause or item.figure is not None:
            return False
        if _named(item) is not None:
            return True
    return False


def _to_the_right(items: Sequence[Item], place: int) -> Subject:
    for ahead in range(place + 1, min(len(items), place + _NEAR + 1)):
        item = items[ahead]
        if item.ends_clause or item.figure is not None:
            return None
        named = _named(item)
        if named is not None:
            return named
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


# --- before or after -------------------------------------------------------------------------------------------------

_SKIPPED = lex.FILLERS | lex.ABOUT | lex.NEARLY | lex.OVER | lex.UNDER | lex.LEVEL_UP | lex.LEVEL_DOWN
_MONTHS = frozenset("january february march april may june july august september october november december".split())
_SKIPPED = (
    (_SKIPPED - {"than", "under", "above", "below", "over", "off", "beneath"})
    | _MONTHS
    | frozenset("prior previous earlier initial all time more late early year all-time - old last this ( value figure year years".split())
)
_FROM = frozenset("from off against versus vs not compared than instead since".split())


def is_from(items: Sequence[Item], place: int) -> bool:
    """Whether a level is the one before: "from 141.6 T", "off its record of 321 EH/s", "not 6.25 BTC"."""
    ahead = [item.lower for item in items[place + 1 : place + 3]]
    if ahead and (ahead[0] == "became" or (ahead[0] in _LATER and ahead[1:] in ([], ["."], [","], [";"], [")"]))):
        return True
    if (
        place > 1
        and items[place - 1].lower == ":"
        and items[place - 2].lower in {"previous", "prior", "before", "old", "previously", "earlier"}
    ):
        return True
    words = [item.lower for item in items[max(0, place - 7) : place]]
    if _starts(items, place, words) or _is_ago(items, place) or _was_before(items, place):
        return True
    named = False
    for back in range(place - 1, max(-1, place - 9), -1):
        item = items[back]
        if item.lower in _FROM and not (named and item.lower == "off"):
            return not _is_size(items, back, place)
        named = named or item.metric is not None
        if item.lower in _BESIDE:
            if not named and back and _is_percent(items[back - 1]):
                return True
            continue
        if item.lower in {"with", "to"} and back and items[back - 1].lower in {"compared", "relative"}:
            return True
        if item.figure is not None and item.figure.unit is Unit.NUMBER:
            continue  # the day in "its October 6 peak of $126,198"
        if item.lower not in _SKIPPED and item.metric is None:
            return False
    return False


_BESIDE = frozenset("below under beneath above over off short shy down".split())


def _is_percent(item: Item) -> bool:
    return item.figure is not None and item.figure.unit is Unit.PERCENT


def _is_ago(items: Sequence[Item], place: int) -> bool:
    """ "129 EH/s a week ago", where the level now is told as well."""
    figure = items[place].figure
    after = items[place + 1 : place + 4]
    if figure is None or not any(item.lower in {"ago", "earlier"} for item in after) or any(item.ends_clause for item in after[:2]):
        return False
    return any(item.figure is not None and item.figure.unit is figure.unit for item in items[place + 4 : place + 14])


def _was_before(items: Sequence[Item], place: int) -> bool:
    """ "$47 per PH, where before the halving one saw $100-120"."""
    for back in range(place - 1, max(0, place - 10), -1):
        if items[back].figure is not None:
            return False
        if items[back].lower in {"before", "previously", "formerly"}:
            follower = items[back + 1].lower
            earlier = any(
                item.figure is not None and item.figure.unit in {Unit.HASHPRICE, items[place].figure.unit} for item in items[:back]
            )  # type: ignore[union-attr]
            return earlier and not follower.endswith("ing") and items[back - 1].lower != "never"
    return False


_STARTS = frozenset("started began begun opened entered starts begins".split())


def _starts(items: Sequence[Item], place: int, words: Sequence[str]) -> bool:
    """ "having begun January at 801 EH/s", "started the year at $58 and ends it at $38"."""
    if any(one == "having" and two in _STARTS for one, two in pairwise(words)):
        return True
    unit = items[place].figure.unit if items[place].figure else None  # type: ignore[union-attr]  # the place holds a figure
    later = any(item.figure is not None and item.figure.unit is unit for item in items[place + 1 : place + 12])
    return later and bool(_STARTS.intersection(words[-5:]))


def _is_size(items: Sequence[Item], back: int, place: int) -> bool:
    """ "more than 125", "less than 14": a hedge, not a comparison."""
    return (
        items[back].lower == "than"
        and back > 0
        and items[back - 1].lower in {"more", "less", "higher", "lower", "fewer", "greater"}
        and back == place - 1
    )


def bounds_of(items: Sequence[Item], place: int) -> Bounds | None:
    """What the words before a figure allow besides its rounding; None if they say nothing."""
    item = items[place]
    if item.bounds is not None:
        return item.bounds
    figure = item.figure
    if figure is None:
        return None
    words = [other.lower for other in items[max(0, place - 3) : place] if not other.figure]
    last = words[-1] if words else ""
    if last in {"than"} and len(words) > 1:
        return Bounds(low=figure.value) if words[-2] in {"more", "greater", "higher", "better"} else Bounds(high=figure.value)
    if last in lex.OVER or (last == "of" and "upwards" in words) or (last in {"of", "to"} and "north" in words):
        return Bounds(low=figure.value)
    if last in lex.UNDER:
        return Bounds(high=figure.value)
    if last in lex.NEARLY or (last in {"to", "on"} and len(words) > 1 and words[-2] in lex.NEARLY) or last == "of" and "shy" in words:
        return Bounds(low=figure.value * Decimal("0.95"), about=True)
    if last in lex.ABOUT or (place + 2 < len(items) and items[place + 1].lower == "or" and items[place + 2].lower == "so"):
        return Bounds(about=True)
    return None
