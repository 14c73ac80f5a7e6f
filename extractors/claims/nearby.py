"""What the sentences before give a change of the difficulty: that it is expected, or the day on which it came.

Both are looked for only once a sentence has told such a change without saying so itself.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from extractors.claims.days import days_in
from extractors.claims.parts import Role
from extractors.claims.scene import Scene
from extractors.claims.supwords import MONTH_NAMES
from extractors.claims.told import Draft
from extractors.claims.when import When
from extractors.model import Metric, Modality, Period, Span

_ANNOUNCED = re.compile(
    r"\b(?:next|coming|upcoming) (?:change|adjustment|retarget|reset|step|move)\b|\babout to (?:lower|raise|cut|lift|reduce|increase)\b"
)
_ANNOUNCED_BEFORE = 240
_TRACKED = re.compile(
    r"\b(?:coinwarz|mempool\.space|mempool|clark moody|newhedge|bitbo|cloverpool|btc\.com"
    r"|(?:the |both |most |other )?(?:trackers?|estimators?|calculators?|estimates))\b[^.;:\d]{0,40}?"
    r"\b(?:has|have|says?|shows?|sees?|puts?|reckons?|points?|estimates?|reads?|gives?|expects?|one of|at)\b"
)
_AS_TOLD = re.compile(r"\bas (?:[\w']+ ){0,3}\Z")
_WEEKDAY = re.compile(r"(?:on |this |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day")
_HAPPENED = re.compile(r"\b(?:was|were|had|did|fell|rose|came|took|brought|went|since|last|previous|instead|yesterday|ago|[a-z]{3,}ed)\b")
_TOLD_OF = re.compile(
    r"\b(?:network|epoch|retarget|adjustment|difficulty|recalculation|recalibration|reset)\b[^.;:\d]{0,40} on "
    r"(?:[a-z]+day(?:, )?)?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}|\d{1,2} [a-z]+)?(?:, 20\d\d)?\.\s\Z"
)
_TOLD_BEFORE = 110
_AHEAD = re.compile(r"\b(?:next|due|will|would|could|may(?! \d)|might|expected|likely|coming|upcoming|scheduled)\b")
_WEEK = timedelta(days=7)
_MONTH_HEAD = re.compile(rf"(?:- |\* |\d+\. )?(?P<month>{'|'.join(MONTH_NAMES)})[.:\u2013\u2014-]\s")
_OF_MONTH = re.compile(r"[^.;:]{0,30}? on the (?P<day>\d{1,2})(?:st|nd|rd|th)\b")


def expect(scene: Scene, drafts: Sequence[Draft]) -> None:
    """ "The next change falls around October 3. CoinWarz has it at +0.3%": forecasts of what was announced, or what a tracker reckons."""
    bare = [draft for draft in drafts if draft.metric is Metric.DIFFICULTY and draft.modality is Modality.FACT]
    bare = [draft for draft in bare if Role.CHANGE in draft.parts and draft.since is None and not _HAPPENED.search(draft.clause)]
    if not bare:
        return
    announced = _announced(scene) if any(draft.when is None for draft in bare) else None
    tracked = _TRACKED.search(scene.lower, scene.sentence.start, scene.sentence.end)
    if tracked is not None and _AS_TOLD.search(scene.lower, max(0, tracked.start() - 30), tracked.start()):
        tracked = None  # "minus 4.8%, as BTC.com has it"
    for draft in bare:
        words = announced if draft.when is None else None
        if words is None and tracked is not None and draft.parts.keys() == {Role.CHANGE}:
            words = Span(*tracked.span())
            draft.when = _to_come(scene, draft.when)
        if words is not None:
            draft.modality = Modality.FORECAST
            for part in draft.parts.values():
                part.modality, part.expected = Modality.FORECAST, words


def _announced(scene: Scene) -> Span | None:
    """The words by which a sentence before announces the next adjustment."""
    start, lower = scene.sentence.start, scene.lower
    low = max(0, start - _ANNOUNCED_BEFORE)
    found = _ANNOUNCED.search(lower, max(low, lower.rfind("\n", low, start)), start)
    return Span(*found.span()) if found else None


def _to_come(scene: Scene, when: When | None) -> When | None:
    """ "A rise of 2.1% on Friday", as a tracker reckons: the Friday to come."""
    if when is None or scene.published is None or not timedelta() < scene.published - when.day < _WEEK:
        return when
    if not _WEEKDAY.match(scene.lower, *when.span):
        return when
    return when._replace(day=when.day + _WEEK)


def date_by_before(scene: Scene, drafts: Sequence[Draft]) -> None:
    """ "A new epoch began on May 2. Difficulty fell by 2.43%": the day told right before, of what a sentence tells first."""
    first = drafts[0] if drafts else None
    if first is None or first.metric is not Metric.DIFFICULTY or first.modality is not Modality.FACT or Role.CHANGE not in first.parts:
        return
    if first.when or first.within or first.since or first.previous or first.extreme:
        return
    start, lower = scene.sentence.start, scene.lower
    told = _TOLD_OF.search(lower, max(0, start - _TOLD_BEFORE), start) if lower[start - 2 : start - 1] == "." else None
    if told is None or _AHEAD.search(told.group()):
        return
    days = days_in(scene.ready, scene.ready.words.within(told.start(), told.end()), scene.published)
    if len(days) == 1 and days[0].period.start == days[0].period.end:
        first.when = When(days[0].period.end, days[0].span)


def date_by_head(scene: Scene, drafts: Sequence[Draft]) -> None:
    """ "October. First 150.84 trillion on the 1st, then 155.97 trillion on the 29th.": days of the month that heads the line."""
    undated = [draft for draft in drafts if draft.when is None and draft.within is None and draft.since is None]
    if not undated or scene.published is None or not scene.sentence.line or undated[0].modality is Modality.FORECAST:
        return
    head = _MONTH_HEAD.match(scene.lower, scene.lower.rfind("\n", 0, scene.sentence.start) + 1)
    if head is None:
        return
    place = MONTH_NAMES.index(head["month"]) + 1
    year = scene.published.year - (place > scene.published.month)
    for draft in undated:
        told = next((found for part in draft.parts.values() if (found := _OF_MONTH.match(scene.lower, part.span.end))), None)
        if told is not None and 0 < int(told["day"]) <= monthrange(year, place)[1]:
            draft.when = When(date(year, place, int(told["day"])), Span(*told.span("day")))
        else:
            draft.within = Period(date(year, place, 1), date(year, place, monthrange(year, place)[1]))
