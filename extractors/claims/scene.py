"""One sentence of an article, made ready: its text, items and days, and the days that its superlatives take for themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from extractors.claims.days import days_in
from extractors.claims.item import Item
from extractors.claims.superlatives import Superlative
from extractors.claims.when import When
from extractors.mentions.dates import DateMention
from extractors.mentions.scan import Scan
from extractors.model import Span
from extractors.text import Sentence, Words


@dataclass(slots=True)
class Scene:
    """All positions are those of the body. `number` counts sentences; `text` is the article, characters made plain."""

    ready: Scan
    sentence: Sentence
    number: int
    words: Words
    items: Sequence[Item]
    published: date | None
    superlatives: Sequence[Superlative] = ()
    days: list[DateMention] = field(init=False)
    text: str = field(init=False)
    lower: str = field(init=False)

    def __post_init__(self) -> None:
        self.days = days_in(self.ready, self.words, self.published)
        self.text, self.lower = self.ready.text, self.ready.lower

    def free_days(self, figure: Span) -> list[DateMention]:
        """The days that are no part of a superlative: not "since 2021", but that of "since December 2022's 7.32%"."""
        return [day for day in self.days if self._is_beside(day.span, figure) or not self._is_taken(day.span)]

    def _is_beside(self, day: Span, figure: Span) -> bool:
        return self.text[day.end : figure.start] == "'s " or self.text[figure.end : day.start] in {" in ", " of ", " on "}

    def _is_taken(self, words: Span) -> bool:
        return any(words.start < one.span.end and one.span.start < words.end for one in self.superlatives)

    def when(self, day: date, words: str) -> When:
        """A day and the place of its words in this sentence."""
        start = self.lower.find(words, self.sentence.start, self.sentence.end)
        return When(day, Span(start, start + len(words)))
