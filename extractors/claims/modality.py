"""Whether a figure is told as having happened or as expected: the words of its own clause decide.

What stands before the figure counts from the last strong break on; what follows it only where it must be its own predicate
("about 21% will be shaved off", "9 to 12% was the expectation").
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.claims import lexicon as lex
from extractors.claims.item import Item
from extractors.claims.lexicon import words
from extractors.model import Span

_BREAKS = words("; : but while whereas although though — |")
_STOPS = words(", ; : . but while which and")
_LABEL = 4  # "Next estimate: -3.1%": what stands before a colon early on is a label, not a clause
_UNDOES = words("undo reverse erase offset negate cancel outweigh recoup follow")
_LOOKS_BACK = words("back return look")
_BARELY = words("barely hardly scarcely only not")
_MODALS = words("will would could may might should shall can")
_HAPPENS = words("be come vanish go disappear leave drop fall follow")
_PREDICATES = words(
    """
    expected expectation expectations forecast forecasts predicted projected projection prediction likely anticipated estimate
    pencilled penciled slated
    """
)
_DUE = words("expected due slated scheduled anticipated")
_DUE_ON = words("on around about in for by at")
_HAPPENED = words(
    """
    decreased increased fell rose dropped climbed declined gained was became amounted went reached took brought
    """
)
_MONTHS_BEFORE = words("for in of from since by on until last early late mid between and to through - this")


def expected_by(items: Sequence[Item], place: int) -> Span | None:
    """The words by which the figure at `place` is told as a forecast; None if it is told as a fact."""
    item = _told_before(items, place) or _told_after(items, place)
    return Span(item.start, item.end) if item else None


def _told_before(items: Sequence[Item], place: int) -> Item | None:
    for back in range(place - 1, max(-1, place - 40), -1):
        item = items[back]
        if item.lower == ":" and back <= _LABEL:
            continue
        if item.lower in _BREAKS or (item.lower == "." and items[back - 1].figure is not None):
            return None
        if _is_cue(items, back):
            happened = item.lower in {"next", "upcoming"} and any(other.lower in _HAPPENED for other in items[back:place])
            return None if happened else item
    return None


def _told_after(items: Sequence[Item], place: int) -> Item | None:
    due = items[place + 2 : place + 4]
    if (
        items[place + 1 : place + 2]
        and items[place + 1].lower == ","
        and len(due) == 2
        and due[0].lower in _DUE
        and due[1].lower in _DUE_ON
    ):
        return due[0]  # "at block 840,000, expected on April 20"
    for ahead in range(place + 1, min(len(items), place + 8)):
        if items[ahead].lower in _STOPS or items[ahead].figure is not None:
            return None
        if _is_predicate(items, place, ahead):
            return items[ahead]
    return None


def _is_predicate(items: Sequence[Item], place: int, ahead: int) -> bool:
    """ "21% will be shaved off", "12% was the expectation", "$34 for the next six months", "1 ZH/s by the end of the year"."""
    lower, follower = items[ahead].lower, items[ahead + 1].lower if ahead + 1 < len(items) else ""
    if lower in _MODALS:
        return follower in _HAPPENS
    if lower == "next":
        return items[ahead - 1].lower in {"the", "for", "in", "over"}
    if lower == "by":
        return bool({"end", "mid", "year"} & {item.lower for item in items[ahead + 1 : ahead + 6]})
    if lower in _PREDICATES:
        return not _compares(items, ahead)
    return (lower, follower) in lex.FORECAST_PAIRS and ahead <= place + 3


def _is_cue(items: Sequence[Item], place: int) -> bool:
    lower = items[place].lower
    follower = items[place + 1] if place + 1 < len(items) else None
    if (lower, follower.lower if follower else "") in lex.FORECAST_PAIRS:
        return True
    if lower in {"see", "sees"} and follower is not None and (follower.metric is not None or follower.lower in {"it", "another", "the"}):
        return True
    if lower not in lex.FORECAST or _compares(items, place):
        return False
    if lower == "would" and any(item.lower in _LOOKS_BACK for item in items[place + 1 : place + 5]):
        return False  # "you would have to go back to July 2021 for a worse one"
    if lower in _MODALS and follower is not None and (follower.lower in _BARELY | _UNDOES or follower.figure is not None):
        return False  # "could barely hold"; "May 13"
    return not (lower == "may" and place and items[place - 1].lower in _MONTHS_BEFORE)


def _compares(items: Sequence[Item], place: int) -> bool:
    """ "as expected", "than forecast"."""
    return place > 0 and items[place - 1].lower in {"as", "than"}
