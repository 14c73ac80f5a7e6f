"""Whether a level is the one before ("from 141.6 T"), and what the words before a figure allow ("over", "nearly", "about")."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from extractors.claims import lexicon as lex
from extractors.claims.figures import Unit
from extractors.claims.item import Item
from extractors.claims.lexicon import words
from extractors.claims.spot import Spot
from extractors.model import Bounds

_REACH = 9
_LATER = words("before previously prior earlier beforehand")
_LABELS = words("previous prev prior before old previously earlier")
_APART = words("whisker away far inch hair step shade breath throw notch")
_PREVIOUS = words("previous prior former earlier old")
_MORE = words("more less higher lower fewer greater")
_FROM = words("from off against versus vs not compared than instead since")
_BESIDE = words("below under beneath above over off short shy down")
_STARTS = words("started began begun opened entered starts begins")
_MONTHS = words("january february march april may june july august september october november december")
_SKIPPED = (
    (
        lex.FILLERS | lex.ABOUT | lex.NEARLY | lex.OVER | lex.UNDER | lex.LEVEL_UP | lex.LEVEL_DOWN | _MONTHS
        | words("prior previous earlier initial all time more late early year all-time - old last this ( value figure year years")
        | words("setting reading")
    )
    - words("than under above below over off beneath")
)  # fmt: skip


def is_from(spot: Spot) -> bool:
    """Whether a level is the one before: "from 141.6 T", "off its record of 321 EH/s", "not 6.25 BTC"."""
    return (
        _is_told_after(spot)
        or _is_label(spot)
        or _is_previous(spot)
        or _starts(spot)
        or _was_before(spot)
        or _was(spot)
        or _had_been(spot)
        or _is_led_by_from(spot)
    )


def _is_led_by_from(spot: Spot) -> bool:
    """ "from", "off its", "against", "8% below its peak of"; only articles, hedges and words of level may stand between."""
    named = False
    near = spot.before(_REACH - 1)
    for back in range(len(near) - 1, -1, -1):
        item, lower = near[back], near[back].lower
        if lower == "from" and back and near[back - 1].lower in _APART:
            return False  # "a whisker from its record of 126.98 T"
        if lower in _FROM and not (named and lower == "off"):
            return lower != "than" or near[max(0, back - 2)].lower == "from" or any(_is_percent(other) for other in near[:back])
        named = named or item.metric is not None
        if lower in _BESIDE:
            if not named and back and _is_percent(near[back - 1]):
                return True
        elif lower in {"with", "to"} and back and near[back - 1].lower in {"compared", "relative"}:
            return True
        elif not _is_passed_over(item):
            return False
    return False


def _is_passed_over(item: Item) -> bool:
    """Words between "from" and its figure; also the day in "its October 6 peak of $126,198"."""
    numbered = item.figure is not None and item.figure.unit is Unit.NUMBER
    return numbered or item.lower in _SKIPPED or item.metric is not None


def _is_percent(item: Item) -> bool:
    return item.figure is not None and item.figure.unit is Unit.PERCENT


def _is_told_after(spot: Spot) -> bool:
    """ "126.41 T became 116.96 T", "141.67 T before."; "129 EH/s a week ago", "until Friday" where the level now is told as well."""
    after = spot.words_after(3)
    if after[:1] == ["until"] and _has_like(spot, spot.after(_REACH)):
        return True
    if after[:1] == ["became"] or (after[:1] and after[0] in _LATER and after[1:2] in ([], ["."], [","], [";"], [")"])):
        return True
    ago = {"ago", "earlier"}.intersection(after) and not any(item.ends_clause for item in spot.after(2))
    if ago and after[:1] == ["earlier"] and after[1:2] in _AT_THAT_TIME:
        return False  # "after a dip to $60,000 earlier in the week"
    return bool(ago) and _has_like(spot, spot.items[spot.place + 4 : spot.place + 14])


def _is_label(spot: Spot) -> bool:
    """ "Previous: 152.27 T"."""
    before = spot.words_before(2)
    return len(before) == 2 and before[0] in _LABELS and (before[1] == ":" or (before[0] == "prev" and before[1] == "."))


def _is_previous(spot: Spot) -> bool:
    """ "101.65 T, a gain of 6.24% on the previous 95.67 T"."""
    before = spot.words_before(1)
    return bool(before) and before[0] in _PREVIOUS and _has_like(spot, spot.before(14))


def _starts(spot: Spot) -> bool:
    """ "having begun January at 801 EH/s", "started the year at $58 and ends it at $38"."""
    before = spot.words_before(7)
    if any(one == "having" and two in _STARTS for one, two in pairwise(before)):
        return True
    return bool(_STARTS.intersection(before[-5:])) and _has_like(spot, spot.after(11))


def _was_before(spot: Spot) -> bool:
    """ "$47 per PH, where before the halving one saw $100-120"."""
    for back in range(spot.place - 1, max(0, spot.place - 10), -1):
        item = spot.items[back]
        if item.figure is not None:
            return False
        if item.lower in {"before", "previously", "formerly"}:
            climbing = spot.items[back + 1].lower.endswith("ing")
            return not climbing and spot.items[back - 1].lower != "never" and _has_like(spot, spot.items[:back])
    return False


def _was(spot: Spot) -> bool:
    """ "Difficulty now 126.4 T, was 126.98 T", "$47.1 (was $49.0)"."""
    near = spot.before(4)
    if not near or near[-1].lower != "was":
        return False
    rest = near[:-2] if near[-2:-1] and near[-2].lower == "it" else near[:-1]
    return len(rest) > 1 and rest[-1].lower in {",", "("} and _has_like(spot, rest[-2:-1])


def _had_been(spot: Spot) -> bool:
    """ "Had been at $28.9 on Thursday and recovered to $34.6", "stood at 850 EH/s and has since climbed to 930": then and now."""
    if spot.figure.unit is Unit.TRILLIONS:
        return False  # of the difficulty only the level right before a retarget is the one that it came from
    after = spot.after(14)
    now = next((place for place, item in enumerate(after) if _is_like(spot, item)), None)
    if now is None or after[now - 1].lower not in {"to", "at", "about", "around", "nearly", "over"}:
        return False
    between = after[:now]
    if not any(item.turn for item in between) or any(item.lower in {".", ";"} or item.metric or item.other for item in between):
        return False
    return "had" in spot.words_before(5) or any(item.lower == "since" for item in between)


_AT_THAT_TIME = (["in"], ["this"], ["on"], ["that"])


_OF_DOLLARS = frozenset({Unit.DOLLARS, Unit.HASHPRICE})


def _has_like(spot: Spot, items: Sequence[Item]) -> bool:
    """Whether a figure of the same unit is among some items."""
    return any(_is_like(spot, item) for item in items)


def _is_like(spot: Spot, item: Item) -> bool:
    """Whether an item is a figure of the same unit; that of "$34.6" after "$28.9 per petahash" is left out."""
    units = _OF_DOLLARS if spot.figure.unit in _OF_DOLLARS else {spot.figure.unit}
    return item.figure is not None and item.figure.unit in units


# --- hedges ----------------------------------------------------------------------------------------------------------

_NEARLY = Decimal("0.95")


def bounds_of(spot: Spot) -> Bounds | None:
    """What the words around a figure allow besides its rounding; None if they say nothing."""
    item, value = spot.items[spot.place], spot.figure.value
    if item.bounds is not None:
        return item.bounds
    near = [other.lower for other in spot.before(3) if not other.figure]
    last, second = [*reversed(near), "", ""][:2]
    if last in lex.OVER or (last == "of" and "upwards" in near) or (last in {"of", "to"} and "north" in near):
        is_less = last == "than" and second not in {"more", "greater", "higher", "better"}
        return Bounds(high=value) if is_less and second else Bounds(low=value)
    if last in lex.UNDER:
        return Bounds(high=value)
    if last in lex.NEARLY or (last in {"to", "on"} and second in lex.NEARLY) or (last == "of" and "shy" in near):
        return Bounds(low=value * _NEARLY, about=True)
    loose = last in lex.ABOUT or spot.words_after(2) == ["or", "so"]
    return Bounds(about=True) if loose else None
