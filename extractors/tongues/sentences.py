"""An article in another language as the stream of mentions that rules decide on: the same views as English articles give.

Triggers are the words of the language's table. `sort` is "verb" or "noun"; `form` says what a verb can tell: "done" (it happened), "open"
(an infinitive, which needs a word of plan or of necessity), "future".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from extractors.mentions.amounts import Amount, Counts
from extractors.mentions.firstwords import cues_of
from extractors.mentions.miners import MinerMention, find_miners
from extractors.mentions.scan import Scan
from extractors.mentions.stream import MAX_MENTIONS, Sense, Stream, Trigger, View
from extractors.model import Kind, Span
from extractors.text import Sentence
from extractors.tongues.dates import find_dates
from extractors.tongues.figures import find_figures
from extractors.tongues.names import find_named
from extractors.tongues.words import Tongue

_FORMS = ("done", "open", "future")
_GLUED_DATE = re.compile(r"(?:(?<=[A-Za-z])|(?<=[A-Za-z] \d))(?:20[0-3]\d(?=年)|(?:1[0-2]|[1-9])(?=月))")
_OF_THEM = 24  # characters of "davon", "de los cuales" between a verb and its figure
_LONGEST = 100_000  # characters: no news are longer


def stream_of(read: Scan, language: Tongue, body: str, seen: date | None) -> Stream:
    """The sentences of an article with their mentions; what lies beyond `_LONGEST` characters is not read."""
    known = [mention for mention in find_miners(_parted(body, language), seen) if mention.span.end <= _LONGEST]
    miners = sorted([*known, *find_named(read.text[:_LONGEST], language, known)])
    names = _Spans([mention.span for mention in miners])
    plain = _without_figures_of(read, miners)
    dates = [mention for mention in find_dates(plain.lower[:_LONGEST], language, seen) if not names.meet(mention.span)]
    taken = _Spans([mention.span for mention in dates] + [mention.span for mention in miners])
    amounts = [amount for amount in find_figures(plain, language) if not taken.meet(Span(amount.figure, amount.figure + 1))]
    starts = (
        [amount.start for amount in amounts],
        [mention.span.start for mention in miners],
        [mention.span.start for mention in dates],
    )
    views = []
    for place in _sentences(read, [*(mention.span for mention in dates), *(Span(amount.start, amount.end) for amount in amounts)]):
        figures, called, days = (slice(bisect_left(at, place.start), bisect_left(at, place.end)) for at in starts)
        triggers = [found for found in _triggers(read.lower, place, language) if not names.meet(Span(found.start, found.end))]
        senses = [found for found in _senses(read.lower, place, language) if not names.meet(Span(found.start, found.end))]
        mentions = amounts[figures][:MAX_MENTIONS], triggers[:MAX_MENTIONS], senses[:MAX_MENTIONS]
        cues = cues_of(read.words.within(place.start, place.end).lowers)
        views.append(View(read, read.lower, cues, place, *mentions, miners[called][:MAX_MENTIONS], dates[days][:MAX_MENTIONS], seen))
    return Stream(read, seen, views, miners, dates)


def _parted(body: str, language: Tongue) -> str:
    """The body, of the same length, without years and months right behind a name: "Core Scientific5月", "Hut 85月"."""
    return body if language.spaced else _GLUED_DATE.sub(lambda found: " " * len(found.group()), body)


def _without_figures_of(read: Scan, miners: Sequence[MinerMention]) -> Scan:
    """The article without the figures that names end in: "Hut 8 199,8 BTC" are 199.8, not 8199.8."""
    ends = [mention.span.end for mention in miners if read.lower[mention.span.end - 1].isdecimal()]
    if not ends:
        return read
    starts = (0, *ends)
    pieces = [read.lower[start : end - 1] for start, end in zip(starts, ends, strict=False)]
    return replace(read, lower=".".join([*pieces, read.lower[ends[-1] :]]))


class _Spans:
    """Spans that do not overlap; asks whether another one meets any of them."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)

    def meet(self, span: Span) -> bool:
        index = bisect_left(self._spans, span)
        near = self._spans[max(0, index - 1) : index + 1]
        return any(span.start < other.end and other.start < span.end for other in near)


def _sentences(read: Scan, uncut: Sequence[Span]) -> list[Sentence]:
    """The sentences; one that was cut inside a date ("am 7. Februar") or a sum ("40,6 Mio. Dollar") goes on."""
    whole: list[Sentence] = []
    spans = _Spans(uncut)
    for place in read.places:
        last = whole[-1] if whole else None
        if place.end > _LONGEST:
            break
        if last and last.line == place.line and spans.meet(Span(last.end, place.start)):
            whole[-1] = last._replace(end=place.end)
        else:
            whole.append(place)
    return whole


def _triggers(lower: str, place: Sentence, language: Tongue) -> list[Trigger]:
    found = []
    for kind in Kind:
        for form in (*_FORMS, "nouns"):
            sort, told = ("noun", "") if form == "nouns" else ("verb", form)
            found += [
                Trigger(span.start, span.end, kind.value, sort, told)
                for span in language.spans(f"{kind.value}.{form}", lower, place.start, place.end)
            ]
    return _longest(sorted(found, key=lambda trigger: (trigger.start, -trigger.end)))


def _senses(lower: str, place: Sentence, language: Tongue) -> list[Sense]:
    return sorted(
        Sense(span.start, span.end, sort)
        for sort in ("third", "crowd", "epithet")
        for span in language.spans(f"who.{sort}", lower, place.start, place.end)
    )


def _longest(triggers: list[Trigger]) -> list[Trigger]:
    kept: list[Trigger] = []
    for trigger in triggers:
        if not kept or trigger.start >= kept[-1].end:
            kept.append(trigger)
    return kept


def coins_of(view: View, language: Tongue) -> list[Amount]:
    """The figures that may be coins: those that say so, and bare ones right behind a verb."""
    return [amount for amount in view.amounts if amount.counts is Counts.BTC or _is_bare_coin(view, amount, language)]


def _is_bare_coin(view: View, amount: Amount, language: Tongue) -> bool:
    """ "elle en détenait 304,5 au 30 septembre": a bare figure between a verb and a word that goes with no noun."""
    if amount.counts is not Counts.BARE or amount.value < 5 or amount.multiplied:
        return False
    if any(other.start - amount.end <= _OF_THEM and is_part(view, amount, other, language) for other in view.amounts):
        return True
    behind = view.lower[amount.end : amount.end + 1]
    next_word = language.behind("figure.goes_on", view.lower, amount.end, amount.end + 12)
    verbs = [trigger.end for trigger in view.triggers if trigger.sort == "verb" and 0 <= amount.start - trigger.end <= _OF_THEM]
    follows = any(
        amount.start - end <= 2 or language.pattern("figure.of_them").fullmatch(view.lower[end : amount.start].strip()) for end in verbs
    )
    return follows and (next_word or behind in {".", ",", ";", ")", "\n", ""})


def is_whole(view: View, amount: Amount, language: Tongue) -> bool:
    """Whether another figure is told to be a part of this one: "403 der 473 geschürften BTC"."""
    return any(is_part(view, other, amount, language) for other in view.amounts)


def is_part(view: View, part: Amount, whole: Amount, language: Tongue) -> bool:
    """Whether a figure is told to be a part of the one behind it."""
    if whole.counts is not Counts.BTC or part.end >= whole.start or part.value > whole.value:
        return False
    return bool(language.pattern("figure.part_of").fullmatch(view.lower[part.end : whole.start].strip()))
