"""Superlatives joined to the claims they speak of, or standing alone.

"The largest drop" is said of a change, "an all-time high" of a level; what names another thing ("record revenue") is left out.
A record that a fall is counted from ("down from its record of $126,000") is a claim of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.claims.lexicon import WEAK_DIRECTIONS, words
from extractors.claims.modality import expected_by
from extractors.claims.parts import Part, Role, name_of
from extractors.claims.roles import OTHER, Subject, direction, is_near, subject_of, turn_before
from extractors.claims.scene import Scene
from extractors.claims.spot import Context
from extractors.claims.supwords import Superlative
from extractors.claims.told import Draft
from extractors.claims.when import day_of, period_for
from extractors.model import Metric, Modality, Span

_FAR = 10_000
_GOES = words("go goes went gone going come came moved")
_VERB, _AFTER = 4, 6  # items from a streak to the verb before it, behind it
_OFF = re.compile(r"(?:%|per\s?cent) (?:\w+ )?(?:off|below|under|beneath|from|short of|shy of) (?:[\w']+ ){0,2}\Z")
_THAN = r"than(?! (?:this|the (?:latest|present|new)|today's)\b)"
_ANOTHERS = re.compile(
    r"'s (?:[\w-]+ ){0,2}"
    rf"|[, ]{{0,2}}\(?(?:only )?(?:after|behind|since|{_THAN}|when|where|beaten by|topped by|following)\b[^.;]{{0,60}}"
)


def attach(scene: Scene, drafts: list[Draft], context: Context) -> None:
    """Add the scene's superlatives to the drafts, and drafts for those that stand alone."""
    for one in scene.superlatives:
        place = next((spot for spot, item in enumerate(scene.items) if item.end > one.span.start), 0)
        subject = _subject(scene, place, one, drafts)
        metric = context.topic if subject is None else subject
        if isinstance(metric, Metric):
            if one.kind == "level":
                _attach_level(scene, one, drafts, metric, place)
            else:
                _attach_change(scene, one, drafts, metric, place)


def _subject(scene: Scene, place: int, one: Superlative, drafts: Sequence[Draft]) -> Subject:
    """Whom a superlative is about: the thing it names itself, the figure beside it, or the subject to its left."""
    within = [item for item in scene.items[place : place + 40] if item.start < one.span.end]
    after = scene.items[place + len(within) : place + len(within) + 4]
    if after and after[0].lower in {"of", "in", "for"}:
        within += after
    for item in within:
        if item.metric is not None or item.other:
            return OTHER if item.other else item.metric
    left = subject_of(scene.items, place) if is_near(scene.items, place) else None
    if isinstance(left, Metric):
        return left
    if one.kind == "level":
        near = [draft for draft in drafts if _gap(draft, one) <= 30]
        if near:
            return min(near, key=lambda draft: _gap(draft, one)).metric
    return subject_of(scene.items, place)


# --- of a change -----------------------------------------------------------------------------------------------------


def _attach_change(scene: Scene, one: Superlative, drafts: list[Draft], metric: Metric, place: int) -> None:
    fitting = [draft for draft in drafts if draft.metric is metric and Role.CHANGE in draft.parts]
    fitting = fitting or [draft for draft in drafts if draft.metric is metric and draft.parts]
    nearest = min(fitting, key=lambda draft: _gap(draft, one) + 150 * _is_of_another(scene, draft, one), default=None)
    if one.kind == "run" and not one.turn and nearest is not None and nearest.turn and _verb_turn(scene, place, one) == nearest.turn:
        one = one._replace(turn=nearest.turn)  # "went up for the eighth time in a row, by 0.61%"
    if nearest is None and one.kind in {"run", "ended"} and not one.turn:
        one = one._replace(turn=_verb_turn(scene, place, one))  # "five times running difficulty has gone up"
    if one.kind in {"run", "ended"} and not one.turn:
        return  # a streak of what is not told
    if nearest is not None and Role.CHANGE not in nearest.parts and scene.lower.startswith("most ever", one.span.start):
        one = one._replace(kind="level", turn=1)  # "hit 833 EH/s, the most ever"
    if nearest is not None and one.kind != "ended" and not _is_apart(scene, nearest, one) and one.turn * nearest.turn >= 0:
        turn = one.turn or (direction(scene.items, place) if not nearest.turn else 0)
        nearest.superlatives.append(one._replace(turn=turn))
    elif metric is Metric.DIFFICULTY:
        drafts.append(_alone(scene, one, metric, place))


def _verb_turn(scene: Scene, place: int, one: Superlative) -> int:
    """Which way "went up for the fourth time running", "for the fourth time running it went up"; 0 for "moved less than 2%"."""
    after = [item for item in scene.items[place : place + 12] if item.start >= one.span.end][:_AFTER]
    pairs = zip(["", *(item.lower for item in after)], after, strict=False)
    told = (item.turn for before, item in pairs if before in _GOES or item.lower not in WEAK_DIRECTIONS)
    return turn_before(scene.items, place, _VERB) or next((turn for turn in told if turn), 0)


def _is_apart(scene: Scene, draft: Draft, one: Superlative) -> bool:
    """ "such an increase since 2021, and the one after the ban was 22%": the superlative is of what was told before."""
    between = scene.lower[one.span.end : _first(draft)] if one.span.end <= _first(draft) else ""
    return _is_compared(scene, draft, one) or ";" in between or (len(between) > 45 and bool(re.search(r"[,;:]| and | but ", between)))


def _is_of_another(scene: Scene, draft: Draft, one: Superlative) -> bool:
    """ "November had brought 6.2%; the year's largest rise came on July 31 with 10.5%": a clause owns its superlative."""
    others = (_is_compared(scene, draft, other) for other in scene.superlatives if scene.lower.endswith("only to", *other.span))
    return ";" in scene.lower[draft.last_end : one.span.start] or _is_compared(scene, draft, one) or any(others)


def _is_compared(scene: Scene, draft: Draft, one: Superlative) -> bool:
    """ "the largest since July 2024's 10.5%", "second-biggest after January's 10.26%": the figure is the other one's."""
    if one.span.start < _first(draft) < one.span.end:
        return True  # "the largest since the one of 5.63% in May"
    if one.span.end > _first(draft):
        return False
    if scene.lower.endswith("only to", one.span.start, one.span.end):
        return not re.search("[.;:]", scene.lower[one.span.end : _first(draft)])  # "second this year only to February's 11.16%"
    listed = scene.lower.startswith("only", one.span.start) and scene.lower.startswith(": ", one.span.end)
    return listed or bool(_ANOTHERS.fullmatch(scene.lower, one.span.end, _first(draft)))


# --- of a level ------------------------------------------------------------------------------------------------------


def _attach_level(scene: Scene, one: Superlative, drafts: list[Draft], metric: Metric, place: int) -> None:
    bare = all(_gap(draft, one) > 12 or draft.last_end <= one.span.start for draft in drafts)
    if bare and _OFF.search(scene.lower, max(0, one.span.start - 40), one.span.start):
        return  # "50% off its record": a reference without its figure
    fitting = [draft for draft in drafts if draft.metric is metric and {Role.VALUE, Role.FROM} & draft.parts.keys()]
    if fitting:
        draft = min(fitting, key=lambda draft: _gap(draft, one))
        one = one if one.turn else one._replace(turn=draft.turn or _turn_of(scene, draft))
        if not one.turn:
            return
        before, value = draft.parts.get(Role.FROM), draft.parts.get(Role.VALUE)
        if before is not None and (
            value is None or _leads_to(before, one) or _distance(before.span, one.span) < _distance(value.span, one.span)
        ):
            drafts.append(_of_its_own(scene, before, one))
        elif one.turn * draft.turn >= 0:
            draft.superlatives.append(one)
        elif metric is Metric.DIFFICULTY and value is not None and re.search(r"[;:]", scene.lower[value.span.end : one.span.start]):
            drafts.append(_earlier(scene, one, metric, place))  # a fall sets no record high: "two weeks earlier it had hit a record"
    elif metric is not Metric.PRICE and scene.lower[one.span.start : one.span.end] not in {"peak", "record"}:
        drafts.append(_alone(scene, one, metric, place))


def _turn_of(scene: Scene, draft: Draft) -> int:
    """The way a lone level was reached, by the words right before it: "pushed down to 0.35"."""
    return next((turn for part in draft.parts.values() if (turn := turn_before(scene.items, part.place, 6))), 0)


def _leads_to(part: Part, one: Superlative) -> bool:
    """ "its record of about $126,000": the figure right after is the record."""
    return 0 <= part.span.start - one.span.end <= 15


def _of_its_own(scene: Scene, before: Part, one: Superlative) -> Draft:
    """The level before, told as a record, beside the fall from it."""
    draft = Draft(before.metric, scene.number, Modality.FACT, {Role.VALUE: replace(before, role=Role.VALUE)}, before.when, [one])
    draft.aside = True
    draft.within = period_for(scene.text, before.span, scene.days, scene.published)
    draft.extreme = "high" if one.turn > 0 else "low"
    return draft


def _alone(scene: Scene, one: Superlative, metric: Metric, place: int) -> Draft:
    one = one if one.turn else one._replace(turn=direction(scene.items, place))
    over = one.kind == "ended"  # of a run that is over the day is not told, but that of the change that ended it
    when = None if over else day_of(scene.text, one.span, scene.days, [])
    if when and re.search("[:;]", scene.text[one.span.end : when.span.start]):
        when = None
    expected = None if over else expected_by(scene.items, place)
    modality = Modality.FORECAST if expected else Modality.FACT
    draft = Draft(metric, scene.number, modality, {}, when, [one], anchor=one.span, expected=expected, aside=over)
    draft.named = name_of(scene.items, place, metric) if scene.items else None
    draft.clause = scene.lower[scene.sentence.start : scene.sentence.end]
    return draft


def _earlier(scene: Scene, one: Superlative, metric: Metric, place: int) -> Draft:
    """A superlative of a time before the change that the sentence tells."""
    draft = _alone(scene, one, metric, place)
    draft.previous = draft.aside = True
    return draft


def _first(draft: Draft) -> int:
    return min((part.span.start for part in draft.parts.values()), default=-1)


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _gap(draft: Draft, one: Superlative) -> int:
    return min((_distance(part.span, one.span) for part in draft.parts.values()), default=_FAR)
