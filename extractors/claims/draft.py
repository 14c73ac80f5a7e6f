"""One sentence read: its items, parts, superlatives and days, put together as drafts of claims."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from datetime import date

from extractors.claims import lexicon as lex
from extractors.claims.figures import find_figures
from extractors.claims.modality import is_forecast
from extractors.claims.parts import Context, Part, Role, find_parts
from extractors.claims.roles import OTHER, direction, subject_of
from extractors.claims.stream import Item, build
from extractors.claims.superlatives import CUES, Superlative, find_superlatives
from extractors.claims.told import Draft, counts_from_peak, group
from extractors.claims.when import (
    When,
    ahead,
    counted_from,
    day_of,
    days_ago,
    days_ahead,
    days_in,
    is_now,
    base_of,
    period_for,
    told_of,
    year_opens,
)
from extractors.mentions.dates import DateMention
from extractors.mentions.scan import Scan
from extractors.model import Metric, Modality, Span
from extractors.text import Sentence

_STRONG = re.compile(r"[;:]|\.\s| but | while | whereas | although ")
_PREVIOUS = re.compile(
    r"\b(?:heels of|following (?:a|an|the)|follows (?:a|an|the|on)|previous|preceding|prior|the (?:adjustment|retarget|one|drop|cut|decline|rise|increase|jump) before|behind the|after (?:a|an|the) (?:[\w.%-]+ ){0,3}?(?:drop|decline|cut|fall|rise|increase|jump|decrease|reduction|slide)|last (?:adjustment|retarget|time)|reverses|reversing|reversed|offset|offsets)\b"
)
_PRESENT = re.compile(r"\b(?:now|is|are|remains?|stands?|gets?|collects?|earns?|receives?|currently|today|must)\b")
_HALVES = re.compile(r"\b(?:halv\w+|cut|cuts|reduced?|reduces|reducing|dropped|lowered|slashed)\b")
_OFF = re.compile(r"(?:%|per\s?cent) (?:\w+ )?(?:off|below|under|beneath|from|short of|shy of) (?:\w+ )?\Z")
_AFAR = 180  # days: a change over so long stands apart from the level told beside it
_LOW_WORDS = frozenset("dip dips dipped low lows trough bottom bottomed down touched plumbed nadir floor briefly".split())
_HIGH_WORDS = frozenset(
    """
    peak peaked peaks high highs record peeking peeked topped top topping hit above maximum highest reached
    """.split()
)


class Reader:
    """Reads an article sentence by sentence and remembers what it is about."""

    def __init__(self, ready: Scan, published: date | None, *, network: bool) -> None:
        """Start with nothing told; `network` says that the article has words of the network at all."""
        self._ready, self._published = ready, published
        self._starts = [word.start for word in ready.words]
        self._context = Context(None, network, recent=published is not None and published.year > 2021)
        self._age = 0
        self._main: Metric | None = None

    def read(self, sentence: Sentence, number: int) -> list[Draft]:
        """The drafts of one sentence."""
        words = self._ready.words[bisect_left(self._starts, sentence.start) : bisect_left(self._starts, sentence.end)]
        figures = find_figures(self._ready.text, sentence.start, sentence.end)
        cued = self._context.network and any(word.lower in CUES for word in words)
        items = build(words, figures)
        self._follow(items, first=sentence.first)
        if not figures and not cued:
            return []
        parts = find_parts(items, self._context)
        asks = self._ready.text[sentence.start : sentence.end].rstrip().endswith("?") and not parts
        found = find_superlatives(self._ready.lower[sentence.start : sentence.end], self._published) if cued and not asks else []
        if not parts and not found:
            return []
        changes = [part for part in parts if part.role is Role.CHANGE and part.metric is Metric.DIFFICULTY]
        if changes:
            self._context = replace(self._context, turn=1 if changes[-1].value > 0 else -1)
        return _Sentence(self._ready, sentence, items, self._published).drafts(parts, found, self._context, number)

    def _follow(self, items: Sequence[Item], *, first: bool) -> None:
        """Keep the metric last spoken of, for two sentences of a paragraph at most."""
        named = [item.metric or Metric.DIFFICULTY for item in items if item.metric is not None or item.adjusts]
        named = [metric for metric in named if metric is not Metric.BLOCK_REWARD]
        self._age = 0 if named else self._age + 1
        if named:
            self._context = replace(self._context, topic=named[0])
            self._main = self._main or named[0]
        elif self._age > 2 or first:
            self._context = replace(self._context, topic=Metric.DIFFICULTY if self._context.network else self._main)


class _Sentence:
    """What is at hand while one sentence is put together."""

    def __init__(self, ready: Scan, sentence: Sentence, items: Sequence[Item], published: date | None) -> None:
        self._text, self._lower = ready.text, ready.lower
        self._span, self._items, self._published = sentence, items, published
        self._taken: list[tuple[int, int]] = []  # by superlatives: "since 2021" is no time of its own
        self._days: list[DateMention] = days_in(ready.text, sentence.start, sentence.end, published)

    def drafts(self, parts: list[Part], found: list[Superlative], context: Context, number: int) -> list[Draft]:
        for place, part in enumerate(parts):
            self._complete(parts, place, part)
        self._taken = [(one.span.start + self._span.start, one.span.end + self._span.start) for one in found]
        drafts = group(parts, number, self._lower)
        for draft in drafts:
            self._date(draft)
        _count_from_earlier(drafts, self._published)
        for one in found:
            moved = one._replace(span=Span(one.span.start + self._span.start, one.span.end + self._span.start))
            self._attach(moved, drafts, context, number)
        return drafts

    def _complete(self, parts: Sequence[Part], place: int, part: Part) -> None:
        part.clause = self._clause(parts, place, part)
        part.when = day_of(
            self._text, part.span, self._days, [other.span for other in parts if other is not part and other.metric is part.metric]
        )
        if part.when is None and (opens := year_opens(self._lower, self._span.start, self._span.end)) and opens.span.end <= part.span.start:
            part.when = opens if not any(opens.span.end <= other.span.end <= part.span.start for other in parts) else None
        if part.role is Role.CHANGE:
            end = part.when.day if part.when else self._published
            since = counted_from(part.clause, end)
            part.from_afar = since is not None and end is not None and (end - since).days >= _AFAR
        future = part.when is not None and self._published is not None and (part.when.day - self._published).days > 1
        if is_forecast(self._items, part.place) or future:
            part.modality = Modality.FORECAST
            part.when = ahead(part.when, self._text, self._published) if part.when else None

    def _clause(self, parts: Sequence[Part], place: int, part: Part) -> str:
        """The words around a figure up to its neighbours or a strong break, in lower case."""
        start = parts[place - 1].span.end if place else self._span.start
        end = parts[place + 1].span.start if place + 1 < len(parts) else self._span.end
        before = self._lower[start : part.span.start]
        breaks = [found.end() for found in _STRONG.finditer(before)]
        after = self._lower[part.span.end : end]
        stop = _STRONG.search(after)
        return before[breaks[-1] if breaks else 0 :] + "#" + after[: stop.start() if stop else None]

    def _date(self, draft: Draft) -> None:
        for role in (Role.CHANGE, Role.VALUE):
            part = draft.parts.get(role)
            if part is not None and part.when is not None:
                draft.when = part.when
                break
        else:
            draft.when = self._now(draft)
        main = draft.parts.get(Role.CHANGE) or draft.parts.get(Role.VALUE)
        own = told_of(main.span, self._days, self._text) if main is not None else None
        if own is not None:
            draft.when, draft.within = None, own
        elif draft.when is None and main is not None:
            told = [day for day in self._days if not self._is_taken(day, main.span)]
            draft.within = period_for(self._text, main.span, told, self._published)
        change = draft.parts.get(Role.CHANGE)
        end = draft.when.day if draft.when else self._published
        if change is not None:
            free = [day for day in self._days if not self._is_taken(day, change.span)]
            before, _, after = change.clause.partition("#")
            own = re.split(r",| and | but | while ", after)[0]
            draft.since = counted_from(f"{before}#{own}", end) or base_of(change.span, free, self._text)
            draft.extreme = "high" if counts_from_peak(change) else None
            if draft.metric is Metric.DIFFICULTY and draft.since and end and (end - draft.since).days < 45 and Role.FROM not in draft.parts:
                draft.since = None  # "over the past 24 hours", "this week": when the retarget came
            draft.previous = draft.when is None and bool(_PREVIOUS.search(change.clause.split("#")[0]))
        value = draft.parts.get(Role.VALUE)
        if value is not None and value.metric is Metric.PRICE:
            draft.extreme = self._extreme(value)

    def _is_taken(self, day: DateMention, figure: Span) -> bool:
        """ "since 2021" is no time of its own; "since December 2022's 7.32%" is that figure's."""
        if self._text[day.span.end : figure.start] == "'s ":
            return False
        return any(day.span.start < end and start < day.span.end for start, end in self._taken)

    def _now(self, draft: Draft) -> When | None:
        if self._published is None:
            return None
        for part in draft.parts.values():
            if part.modality is Modality.FORECAST:
                return self._days_ahead(part)
            if part.metric is Metric.BLOCK_REWARD and (word := _PRESENT.search(part.clause)) and not _HALVES.search(part.clause):
                start = self._lower.find(word.group(), self._span.start, self._span.end)
                return When(self._published, Span(start, start + len(word.group())))
            day, words = days_ago(part.clause, self._published) if part.role is Role.VALUE else (None, "")
            if day is not None:
                start = self._lower.find(words, self._span.start, self._span.end)
                return When(day, Span(start, start + len(words)))
            if part.role is not Role.FROM and (found := is_now(part.clause)):
                start = self._lower.find(found.group(), self._span.start, self._span.end)
                return When(self._published, Span(start, start + len(found.group())))
        return None

    def _days_ahead(self, part: Part) -> When | None:
        found, words = days_ahead(part.clause, self._published)
        if found is None:
            return None
        start = self._lower.find(words, self._span.start, self._span.end)
        return When(found, Span(start, start + len(words)))

    def _extreme(self, part: Part) -> str | None:
        before = {item.lower for item in self._items[max(0, part.place - 6) : part.place]}
        after = {item.lower for item in self._items[part.place + 1 : part.place + 2]}
        if before & _LOW_WORDS:
            return "low"
        return "high" if (before | after) & _HIGH_WORDS else None

    # --- superlatives ------------------------------------------------------------------------------------------------

    def _attach(self, one: Superlative, drafts: list[Draft], context: Context, number: int) -> None:
        place = next((spot for spot, item in enumerate(self._items) if item.end > one.span.start), 0)
        subject = self._subject(place, one, drafts)
        metric = context.topic if subject is None else subject
        if not isinstance(metric, Metric):
            return
        if one.kind == "level":
            self._attach_level(one, metric, drafts, number)
            return
        fitting = [draft for draft in drafts if draft.metric is metric and Role.CHANGE in draft.parts]
        fitting = fitting or [draft for draft in drafts if draft.metric is metric and draft.parts]
        nearest = min(fitting, key=lambda draft: _gap(draft, one) + 150 * self._is_compared(draft, one), default=None)
        if nearest is not None and one.kind != "ended" and not self._apart(nearest, one) and one.turn * nearest.turn >= 0:
            turn = one.turn or (direction(self._items, place) if not nearest.turn else 0)
            nearest.superlatives.append(one._replace(turn=turn))
        elif metric is Metric.DIFFICULTY:
            drafts.append(self._alone(one, metric, place, number))

    def _subject(self, place: int, one: Superlative, drafts: Sequence[Draft]) -> object:
        """Whom a superlative is about: the thing it names itself, the figure beside it, or the subject to its left."""
        within = [item for item in self._items[place:] if item.start < one.span.end]
        after = self._items[place + len(within) : place + len(within) + 4]
        if after and after[0].lower in {"of", "in", "for"}:
            within += after
        for item in within:
            if item.metric is not None or item.other:
                return OTHER if item.other else item.metric
        if one.kind == "level":
            near = [draft for draft in drafts if _gap(draft, one) <= 30]
            if near:
                return min(near, key=lambda draft: _gap(draft, one)).metric
        return subject_of(self._items, place)

    def _apart(self, draft: Draft, one: Superlative) -> bool:
        """ "such an increase since 2021, and the one after the ban was 22%": the superlative is of what was told before."""
        first = min(part.span.start for part in draft.parts.values())
        between = self._lower[one.span.end : first] if one.span.end <= first else ""
        return self._is_compared(draft, one) or (len(between) > 45 and bool(re.search(r"[,;:]| and | but ", between)))

    def _is_compared(self, draft: Draft, one: Superlative) -> bool:
        """ "the largest since July 2024's 10.5%", "second-biggest after January's 10.26%": the figure is the other one's."""
        first = min(part.span.start for part in draft.parts.values())
        between = self._lower[one.span.end : first]
        return one.span.end <= first and bool(
            re.fullmatch(
                r"'s (?:[\w-]+ ){0,2}|[, ]{0,2}\(?(?:only )?(?:after|behind|since|than|beaten by|topped by|following)\b[^.;]{0,40}", between
            )
        )

    def _attach_level(self, one: Superlative, metric: Metric, drafts: list[Draft], number: int) -> None:
        if _OFF.search(self._lower, max(0, one.span.start - 40), one.span.start) and all(
            _gap(draft, one) > 12 or draft.last_end <= one.span.start for draft in drafts
        ):
            return  # "50% off its record": a reference without its figure
        fitting = [draft for draft in drafts if draft.metric is metric and {Role.VALUE, Role.FROM} & draft.parts.keys()]
        if fitting:
            draft = min(fitting, key=lambda draft: _gap(draft, one))
            before, value = draft.parts.get(Role.FROM), draft.parts.get(Role.VALUE)
            if before is not None and (value is None or _distance(before.span, one.span) < _distance(value.span, one.span)):
                drafts.append(self._of_its_own(before, one, number))
            else:
                draft.superlatives.append(one)
        elif metric is not Metric.PRICE and self._lower[one.span.start : one.span.end] not in {"peak", "record"}:
            place = next((spot for spot, item in enumerate(self._items) if item.end > one.span.start), 0)
            drafts.append(self._alone(one, metric, place, number))

    def _of_its_own(self, before: Part, one: Superlative, number: int) -> Draft:
        """The level before, told as a record, is a claim of its own beside the fall from it."""
        draft = Draft(before.metric, number, Modality.FACT, {Role.VALUE: replace(before, role=Role.VALUE)}, before.when, [one])
        draft.aside = True
        draft.within = period_for(self._text, before.span, self._days, self._published)
        draft.extreme = "high" if one.code(0).startswith("high") else "low"
        return draft

    def _alone(self, one: Superlative, metric: Metric, place: int, number: int) -> Draft:
        future = is_forecast(self._items, place)
        one = one if one.turn else one._replace(turn=direction(self._items, place))
        when = day_of(self._text, one.span, self._days, [])
        if when and re.search("[:;]", self._text[one.span.end : when.span.start]):
            when = None
        draft = Draft(metric, number, Modality.FORECAST if future else Modality.FACT, {}, when, [one], anchor=one.span)
        draft.aside = one.kind == "ended"
        draft.modality = Modality.FACT if draft.aside else draft.modality
        draft.clause = self._lower[self._span.start : self._span.end]
        return draft


def _count_from_earlier(drafts: Sequence[Draft], published: date | None) -> None:
    """ "A year ago it was 104 T; it has grown by 40%": the change counts from the level told before it."""
    for first, second in pairwise(drafts):
        bare = second.parts.keys() == {Role.CHANGE} and second.when is None and second.since is None
        long_ago = first.when is not None and published is not None and (published - first.when.day).days >= _AFAR
        if bare and long_ago and first.when and first.metric is second.metric and Role.VALUE in first.parts:
            second.since = first.when.day


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _gap(draft: Draft, one: Superlative) -> int:
    return min((_distance(part.span, one.span) for part in draft.parts.values()), default=10_000)
