"""Drafts of a whole article made into claims: joined, freed of repetition, turned into values with their spans.

The difficulty's change, told in one sentence, and its new level, told in the next, are one claim; so is a streak told right
after. A headline that rounds what the body says more exactly is dropped. A claim carries one superlative; further ones stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extractors.claims.parts import Part, Role
from extractors.claims.told import Draft, days_apart
from extractors.model import Metric


def finish(headline: list[Draft], body: list[Draft]) -> list[Draft]:
    """The drafts that remain, in the order of the text."""
    kept: list[Draft] = []
    joined = _joined([draft for place, draft in enumerate(body) if not _is_mark(draft, body) and not _is_rounded(draft, body[:place])])
    told = [draft for draft in joined if draft.parts]
    for draft in joined:
        if not draft.parts and _said(draft, told):
            continue
        twin = next((other for other in kept if _told(draft, other)), None)
        if twin is None:
            kept.append(draft)
        else:
            _hand_over(draft, twin)
    fresh = []
    for draft in _joined(headline):
        twin = next((other for other in kept if _rounds(draft, other)), None)
        if twin is not None:
            _hand_over(draft, twin)
        elif draft.parts:
            home = next((other for other in kept if _completes(other, draft)), None)
            if home is not None:
                home.parts.update(draft.parts)
                _hand_over(draft, home)
            elif not _is_mark(draft, kept):
                fresh.append(draft)
        elif not _said(draft, kept):
            home = next((other for other in kept if _is_home(other, draft)), None)
            if home is None:
                fresh.append(draft)
            else:
                _hand_over(draft, home)
    return fresh + kept


# --- joining ---------------------------------------------------------------------------------------------------------


def _joined(drafts: Sequence[Draft]) -> list[Draft]:
    result: list[Draft] = []
    for draft in drafts:
        homes = [other for other in reversed(result[-4:]) if _belong(other, draft) and not _is_passed(other, result[-4:])]
        if not draft.parts:  # a superlative in a sentence of its own speaks of the news, not of what a side clause tells
            homes = [other for other in homes if not _is_in_side_clause(other)] or homes
        # Of several in the sentence before, the main clause comes first: "+1.74%, ending a streak that had cost 8.6%. It's now 28 T".
        home = next((other for other in reversed(homes) if other.sentence == homes[0].sentence), None)
        if home is None:
            result.append(draft)
            continue
        # What stands in the sentence of the figures comes first: a claim takes one superlative.
        home.superlatives = home.superlatives + draft.superlatives if home.parts else draft.superlatives + home.superlatives
        home.parts.update(draft.parts)
        home.when = home.when or draft.when
        if draft.parts and not (home.block and draft.block):
            home.block = None  # a block is named for its own sentence
        if home.parts:
            home.anchor = None
        home.sentence = draft.sentence
    return result


def _is_passed(draft: Draft, told: Sequence[Draft]) -> bool:
    """ "A year ago it was 67.31 T. Since Monday it is 108.52 T": what follows is of the later day."""
    return any(
        other.metric is draft.metric and draft.when and other.when and (other.when.day - draft.when.day).days > _LONG for other in told
    )


def _is_in_side_clause(draft: Draft) -> bool:
    """ "The leap undoes April's blackout, which had led to a cut of 12.6%"."""
    return any(_SIDE.search(part.clause.partition("#")[0][-_SIDE_WORDS:]) for part in draft.parts.values())


def _belong(first: Draft, second: Draft) -> bool:
    """Whether two drafts of neighbouring sentences tell of one retarget."""
    both = (first, second)
    if any(draft.aside or draft.metric is not Metric.DIFFICULTY or draft.since or draft.previous for draft in both):
        return False
    if first.modality is not second.modality or first.parts.keys() & second.parts.keys():
        return False
    if _of_other_blocks(first, second):
        return False
    apart = second.sentence - first.sentence
    if apart > _NEAR_SENTENCES or days_apart(first, second) > _SAME_DAYS or not _same_way(first, second):
        return False
    if not first.parts:
        return apart == 1 and Role.CHANGE in second.parts
    return apart > 0 and (not second.parts or _complete_each_other(first, second))


def _of_other_blocks(first: Draft, second: Draft) -> bool:
    """Told of two blocks, or one of a block and the other, a level, of a day."""
    if first.block and second.block:
        return first.block.value != second.block.value
    bare = second if first.block else first
    return bool(first.block or second.block) and Role.VALUE in bare.parts and bare.when is not None


def _complete_each_other(first: Draft, second: Draft) -> bool:
    """A change and a level; a level before only where it stands as a label of its own."""
    if _is_label(first) or _is_label(second):
        return True
    if second.parts.keys() == {Role.FROM} or _long_ago(first) or _long_ago(second):
        return False
    return first.parts.keys() | second.parts.keys() >= {Role.CHANGE, Role.VALUE}


def _is_label(draft: Draft) -> bool:
    """ "Previous: 152.27 T", a level before that stands on its own."""
    return draft.parts.keys() == {Role.FROM} and len(draft.clause) <= _LABEL


def _long_ago(draft: Draft) -> bool:
    """Told of a month or year rather than of the last days."""
    return draft.within is not None and (draft.within.end - draft.within.start).days >= 20


def _same_way(first: Draft, second: Draft) -> bool:
    turns = {draft.turn for draft in (first, second) if draft.turn}
    turns |= {one.turn for draft in (first, second) for one in draft.superlatives if one.turn and one.kind != "level"}
    return len(turns) <= 1


# --- repetition ------------------------------------------------------------------------------------------------------


def _told(draft: Draft, other: Draft) -> bool:
    """Whether an earlier draft tells all that this one does."""
    if draft.metric is not other.metric or draft.modality is not other.modality:
        return False
    if not draft.parts:
        return bool(other.superlatives) and _codes(draft) <= _codes(other)
    if days_apart(draft, other) > _TOLD_DAYS:
        return False
    if not _codes(draft) <= _codes(other) and Role.CHANGE not in draft.parts:
        return False
    levels = {part.value for role, part in other.parts.items() if role is not Role.CHANGE}
    changes = {part.value for role, part in other.parts.items() if role is Role.CHANGE}
    return all(part.value in (changes if role is Role.CHANGE else levels) for role, part in draft.parts.items())


def _rounds(draft: Draft, other: Draft) -> bool:
    """Whether a headline only rounds what the body tells."""
    if draft.metric is not other.metric or not draft.parts:
        return False
    return all(_agrees(part, role, other) for role, part in draft.parts.items())


_NEAR_SENTENCES = 2
_SAME_DAYS = 2
_LONG = 180  # days
_TOLD_DAYS = 3
_LABEL = 16  # "Previous: 152.27 T", on a line of its own
_CROSSES = re.compile(
    r"\b(?:first time|cross\w*|pass\w*|topp?\w*|breach\w*|br[eo]ak\w*|surpass\w*|exceed\w*|above|over|beneath|below|under"
    r"|fell through|slipp\w+)\b"
)

_SIDE = re.compile(r"\b(?:which|who|after|following|when|as if|undo\w*|erase\w*|revers\w+|mak(?:es|ing) up for)\b[^,;:]*\Z")
_SIDE_WORDS = 100  # characters
_OWNED = re.compile(r"'s (?:\w+ ){0,2}\Z")


def _completes(draft: Draft, headline: Draft) -> bool:
    """Whether a headline's level belongs to the body's change, or the reverse; only the first news of the body is meant."""
    if draft.metric is not Metric.DIFFICULTY or headline.metric is not Metric.DIFFICULTY or draft.aside or draft.since or headline.since:
        return False
    if draft.modality is not headline.modality or draft.previous or headline.previous or _long_ago(draft) or not _same_way(draft, headline):
        return False
    return not draft.parts.keys() & headline.parts.keys() and draft.parts.keys() | headline.parts.keys() >= {Role.CHANGE, Role.VALUE}


def _is_mark(draft: Draft, kept: Sequence[Draft]) -> bool:
    """ "topped 150 trillion for the first time", where 150.84 is told as well: a mark on the way, no level."""
    part = draft.parts.get(Role.VALUE)
    if part is None or len(draft.parts) > 1 or draft.metric not in {Metric.DIFFICULTY, Metric.HASHRATE}:
        return False
    before, _, after = part.clause.partition("#")
    if _OWNED.search(before) or after.startswith(" of "):
        return False  # "a whisker under May's 25.05 trillion"
    if not _CROSSES.search(before[-30:]) and "first time" not in after:
        return False
    levels = [
        other.parts[Role.VALUE].value for other in kept if other.metric is draft.metric and other is not draft and Role.VALUE in other.parts
    ]
    near = [level for level in levels if part.value * Decimal("0.94") <= level <= part.value * Decimal("1.06") and level != part.value]
    return any(_digits(part.value) <= _digits(level) for level in near)


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _is_rounded(draft: Draft, before: Sequence[Draft]) -> bool:
    """A lone level that only rounds one told before of the same day."""
    part = draft.parts.get(Role.VALUE)
    if part is None or len(draft.parts) > 1 or draft.superlatives or draft.metric not in {Metric.DIFFICULTY, Metric.HASHRATE}:
        return False
    rivals = [
        other for other in before if other.metric is draft.metric and Role.VALUE in other.parts and days_apart(draft, other) <= _TOLD_DAYS
    ]
    slack = min(unit_of(part.value) / 2, part.value / 50)
    return any(0 < abs(other.parts[Role.VALUE].value - part.value) <= slack for other in rivals)


def _is_home(draft: Draft, alone: Draft) -> bool:
    """Whether a headline's bare superlative may be said of a draft: the first that tells the change or the level now."""
    if draft.metric is not alone.metric or draft.modality is not alone.modality or draft.previous or draft.since or draft.within:
        return False
    wanted = Role.VALUE if all(one.kind == "level" for one in alone.superlatives) else Role.CHANGE
    return wanted in draft.parts and _same_way(draft, alone)


def _agrees(part: Part, role: Role, other: Draft) -> bool:
    rivals = [found for found_role, found in other.parts.items() if (found_role is Role.CHANGE) == (role is Role.CHANGE)]
    for rival in rivals:
        slack = unit_of(part.value)  # a headline may cut digits off, not only round
        if role is Role.CHANGE and not part.turned and abs(abs(part.value) - abs(rival.value)) <= slack:
            return True
        if abs(part.value - rival.value) <= slack:
            return True
        if part.bounds and not part.bounds.about and abs(rival.value - part.value) <= abs(part.value) / 10:
            return True
    return False


def unit_of(value: Decimal) -> Decimal:
    """One unit of the last printed digit: 1 for 14, 0.01 for 11.16, 1E+10 for 1.2586E+14."""
    return Decimal(1).scaleb(int(value.as_tuple().exponent))


def _said(draft: Draft, kept: Sequence[Draft]) -> bool:
    codes = _codes(draft)
    return any(draft.metric is other.metric and codes & _codes(other) for other in kept)


def _codes(draft: Draft) -> set[str]:
    return {one.code(draft.turn) for one in draft.superlatives}


def _hand_over(draft: Draft, twin: Draft) -> None:
    known = _codes(twin)
    twin.superlatives += [one for one in draft.superlatives if one.code(twin.turn) not in known]
    twin.when = twin.when or draft.when
