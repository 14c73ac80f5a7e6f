"""The parts of a sentence dated and put together as drafts of claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from extractors.claims.counting import counted_from, days_ago, days_ahead, is_of_several, now_in
from extractors.claims.days import year_opens
from extractors.claims.lexicon import words
from extractors.claims.modality import expected_by
from extractors.claims.parts import Part, Role
from extractors.claims.scene import Scene
from extractors.claims.told import Draft, counts_from_peak, group
from extractors.claims.when import When, ahead, base_of, day_of, is_anothers, period_for, told_of
from extractors.model import Metric, Modality, Period

_STRONG = re.compile(r"[;:]|\.\s| but | while | whereas | although ")
_MOVES = "drop|decline|cut|fall|rise|increase|jump|decrease|reduction|slide"
_PREVIOUS = re.compile(
    r"\b(?:heels of|following (?:a|an|the)|follows (?:a|an|the|on)|previous|preceding|prior|behind the|last (?:adjustment|retarget|time)"
    rf"|the (?:adjustment|retarget|one|{_MOVES}) before|after (?:a|an|the) (?:[\w.%-]+ ){{0,3}}?(?:{_MOVES})"
    r"|reverses|reversing|reversed|offset|offsets)\b"
)
_PRESENT = re.compile(r"\b(?:now|is|are|remains?|stands?|gets?|collects?|earns?|receives?|currently|today|must)\b")
_HALVES = re.compile(r"\b(?:halv\w+|cut|cuts|reduced?|reduces|reducing|dropped|lowered|slashed)\b")
_OWN_WORDS = re.compile(r",| and | but | while ")
_MEAN = re.compile(r"\b(?:average[ds]?|averaging|mean)\b")
_MEAN_OVER = timedelta(days=62)  # a month that may be over for a month
_PAST = re.compile(r"\b(?:fell|rose|was|were|had|went|sank|grew|shrank|came|took|brought|lost|(?<!is )(?<!are )(?<!be )[a-z]{3,}ed)\b")
_SINCE_THEN = re.compile(
    r"# (?:more|less|higher|lower|above|below)\b(?! than)|\b(?:since then|in between|in the meantime|the (?:twelve|six|nine|\d+) months)\b"
)
_SINCE = re.compile(r",? (?:ever )?since (?:the )?(?:last )?")
_YEAR = timedelta(days=365)
_TURN_OF_YEAR = re.compile(r"(?<=# )(?:at|by) the (?:turn|start|beginning) of the year\b|(?<=# )when the year began\b")
_LATE_IN_YEAR = 11  # from then on the turn of the year is the one to come
_BULLET = 4  # what stands before the first word of a list's line
_AFAR = 180  # days: a change over so long stands apart from the level told beside it
_ONE_EPOCH = 20  # days: a shorter time told with a change of difficulty is when the retarget came
_SEVERAL = timedelta(days=100)  # of the retargets that a sum may be of
_LOW_WORDS = words("dip dips dipped low lows trough bottom bottomed down touched plumbed nadir floor briefly")
_HIGH_WORDS = words(
    """
    peak peaked peaks high highs record peeking peeked topped top topping hit above maximum highest reached
    """
)


def put_together(scene: Scene, parts: Sequence[Part], base: date | None = None) -> list[Draft]:
    """The drafts of a sentence, dated; superlatives are not yet attached. `base`: the day, long ago, of a level told right before."""
    for place, part in enumerate(parts):
        _complete(scene, parts, place, part)
        if base is not None and part.role is Role.CHANGE and _SINCE_THEN.search(part.clause):
            part.from_afar = True
    drafts = group(parts, scene.number, scene.lower)
    for draft in drafts:
        _date(scene, draft, parts)
        if base is not None and draft.since is None and Role.CHANGE in draft.parts and _SINCE_THEN.search(draft.parts[Role.CHANGE].clause):
            draft.since = base
    _count_from_earlier(drafts, scene.published)
    return drafts


# --- parts -----------------------------------------------------------------------------------------------------------


def _complete(scene: Scene, parts: Sequence[Part], place: int, part: Part) -> None:
    part.clause = _clause(scene, parts, place, part)
    rivals = [other.span for other in parts if other is not part and other.metric is part.metric]
    part.when = day_of(scene.text, part.span, scene.days, rivals) or _year_opens(scene, parts, part)
    if part.role is Role.CHANGE:
        end = part.when.day if part.when else scene.published
        since = counted_from(part.clause, end)
        part.from_afar = since is not None and end is not None and (end - since).days >= _AFAR
    future = part.when is not None and scene.published is not None and (part.when.day - scene.published).days > 1
    part.expected = expected_by(scene.items, part.place)
    if future and part.when is not None and part.expected is None and _is_over(scene, part, part.when):
        part.when, future = part.when._replace(day=part.when.day - _YEAR), False
    if part.when is not None and (future or part.when.coming):
        part.expected = part.expected or part.when.span
    if part.expected is not None:
        part.modality = Modality.FORECAST
        part.when = ahead(part.when, scene.text, scene.published) if part.when else None


def _is_over(scene: Scene, part: Part, when: When) -> bool:
    """Whether a day without a year that lies ahead is last year's: "- January 9: up 10.8%", "fell on January 9"."""
    if when.coming or re.search(r"\d{4}", scene.text[when.span.start : when.span.end]):
        return False
    listed = scene.text.startswith(":", when.span.end) and when.span.start - scene.sentence.start <= _BULLET
    return listed or bool(_PAST.search(part.clause))


def _year_opens(scene: Scene, parts: Sequence[Part], part: Part) -> When | None:
    """ "2024 opened with a difficulty of 148 trillion", for the first figure after it."""
    opens = year_opens(scene.lower, scene.sentence.start, part.span.start)
    if opens is None or opens[1].end > part.span.start:
        return None
    return None if any(opens[1].end <= other.span.end <= part.span.start for other in parts) else When(*opens)


def _clause(scene: Scene, parts: Sequence[Part], place: int, part: Part) -> str:
    """The words around a figure up to its neighbours or a strong break, in lower case, "#" for the figure."""
    start = parts[place - 1].span.end if place else scene.sentence.start
    end = parts[place + 1].span.start if place + 1 < len(parts) else scene.sentence.end
    lower, span = scene.lower, part.span
    for found in _STRONG.finditer(lower, start, span.start):
        start = found.end()
    stop = _STRONG.search(lower, span.end, end)
    return f"{lower[start : span.start]}#{lower[span.end : stop.start() if stop else end]}"


# --- drafts ----------------------------------------------------------------------------------------------------------


def _date(scene: Scene, draft: Draft, parts: Sequence[Part]) -> None:
    change, value = draft.parts.get(Role.CHANGE), draft.parts.get(Role.VALUE)
    told = [part.when for part in (change, value) if part is not None and part.when is not None]
    draft.when = told[0] if told else _now(scene, draft)
    main = change or value
    if draft.when is None and value is not None and change is None and value.metric is Metric.DIFFICULTY:
        draft.when = _in_force_since(scene, value)
    if main is not None:
        own = told_of(main.span, scene.days, scene.text)
        if own is not None:
            draft.when, draft.within = None, own
        elif draft.when is None:
            rivals = [part.span for part in parts if part.metric is main.metric and part is not main]
            free = [day for day in scene.free_days(main.span) if not is_anothers(scene.text, main.span, day.span, rivals)]
            draft.within = period_for(scene.text, main.span, free, scene.published)
    if change is not None:
        _measure(scene, draft, change)
    if value is not None and draft.when is None and draft.within is None and scene.published and _MEAN.search(value.clause):
        draft.within = Period(scene.published - _MEAN_OVER, scene.published)
    if value is not None and value.metric is Metric.PRICE:
        draft.extreme = _extreme(scene, value)


def _in_force_since(scene: Scene, level: Part) -> When | None:
    """ "149.30 trillion since Thursday's retarget": the day of a level that was set in the last weeks."""
    for day in scene.days:
        fresh = scene.published is not None and timedelta() <= scene.published - day.period.start <= timedelta(days=_ONE_EPOCH)
        told = day.period.end in {day.period.start, scene.published}  # "since Thursday" lasts until today
        if fresh and told and _SINCE.fullmatch(scene.lower, level.span.end, day.span.start):
            return When(day.period.start, day.span)
    return None


def _measure(scene: Scene, draft: Draft, change: Part) -> None:
    """What the change counts from: a day, a peak, the retarget before."""
    end = draft.when.day if draft.when else scene.published
    before, _, after = change.clause.partition("#")
    words = f"{before}#{_OWN_WORDS.split(after)[0]}"
    level = draft.parts.get(Role.VALUE)
    if level is not None and after.strip() == "to" and level.place > change.place:  # "rose 33% to 144 trillion in six months"
        words += _OWN_WORDS.split(level.clause.partition("#")[2])[0]
    draft.since = counted_from(words, end) or base_of(change.span, scene.free_days(change.span), scene.text)
    short = draft.since is not None and end is not None and (end - draft.since).days < _ONE_EPOCH and " since " not in words
    if draft.metric is Metric.DIFFICULTY and short and Role.FROM not in draft.parts:
        draft.since = None
    if draft.when is None and is_of_several(change.clause) and scene.published:
        draft.within = Period(scene.published - _SEVERAL, scene.published)
    draft.extreme = "high" if counts_from_peak(change) else None
    draft.previous = draft.when is None and bool(_PREVIOUS.search(before))


def _now(scene: Scene, draft: Draft) -> When | None:
    """The day that words like "now", "a year ago", "five days from now" give."""
    if scene.published is None:
        return None
    for part in draft.parts.values():
        told = _told_day(part, scene.published)
        if told is not None:
            return scene.when(*told)
    return None


def _told_day(part: Part, published: date) -> tuple[date, str] | None:
    """A day by the words of a part's clause, and these words."""
    if part.modality is Modality.FORECAST:
        return days_ahead(part.clause, published)
    if part.role is Role.FROM:
        return None
    if part.role is Role.VALUE and published.month < _LATE_IN_YEAR and (turn := _TURN_OF_YEAR.search(part.clause)):
        return date(published.year, 1, 1), turn.group()
    ago = days_ago(part.clause, published) if part.role is Role.VALUE else None
    present = _PRESENT.search(part.clause) if part.metric is Metric.BLOCK_REWARD and not _HALVES.search(part.clause) else None
    now = present.group() if present else now_in(part.clause)
    return ago or ((published, now) if now else None)


def _extreme(scene: Scene, part: Part) -> str | None:
    before = {item.lower for item in scene.items[max(0, part.place - 6) : part.place]}
    after = {item.lower for item in scene.items[part.place + 1 : part.place + 2]}
    if before & _LOW_WORDS:
        return "low"
    return "high" if (before | after) & _HIGH_WORDS else None


def _count_from_earlier(drafts: Sequence[Draft], published: date | None) -> None:
    """ "A year ago it was 104 T; it has grown by 40%": the change counts from the level told before it."""
    for first, second in pairwise(drafts):
        bare = second.parts.keys() == {Role.CHANGE} and second.when is None and second.since is None
        if bare and first.when and published and first.metric is second.metric and Role.VALUE in first.parts:
            second.since = first.when.day if (published - first.when.day).days >= _AFAR else None
