"""An article read sentence by sentence: most sentences are passed over after a look at their words, the rest yield drafts.

The reader keeps the metric last spoken of, so that "it fell by 5%" and "the third cut in a row" find their subject.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extractors.claims import lexicon as lex
from extractors.claims.attach import attach
from extractors.claims.draft import put_together
from extractors.claims.figures import find_figures
from extractors.claims.parts import Context, Part, Role, find_parts
from extractors.claims.scene import Scene
from extractors.claims.stream import Item, build
from extractors.claims.superlatives import CUES, Superlative, find_superlatives
from extractors.claims.told import Draft
from extractors.mentions.scan import Scan
from extractors.model import Metric, Span
from extractors.text import Sentence, Token

# What a figure of a claim has about it; any other sentence is read for its subject only.
_NETWORK_FIGURE = re.compile(
    r"\d[^.]{0,2}(?:%|per ?cent|pct|t\b|tn\b|trn\b|trillion|tons\b|[ezpt]h\b|[ezpt]h/|hash|exa|zetta|peta|btc|bitcoin)|[$\u00a2]|percent|block|height|puell|dollar|usd|\u20bf|cents"
)
_MARKET_FIGURE = re.compile(r"\$|dollar|usd")
_SUBJECTS = lex.METRICS | dict.fromkeys(lex.ADJUSTMENTS, Metric.DIFFICULTY)
_MEMORY = 2


class Reader:
    """Reads an article's sentences in order and remembers what it is about."""

    def __init__(self, ready: Scan, published: date | None, *, network: bool) -> None:
        """Start with nothing told; `network` says that the article has words of the network at all."""
        self._ready, self._published = ready, published
        self._starts = [word.start for word in ready.words]
        self._context = Context(None, network, recent=published is not None and published.year > 2021)
        self._figure = _NETWORK_FIGURE if network else _MARKET_FIGURE
        self._age = 0
        self._main: Metric | None = None

    def read(self, sentence: Sentence, number: int) -> list[Draft]:
        """The drafts of one sentence."""
        words = self._ready.words[bisect_left(self._starts, sentence.start) : bisect_left(self._starts, sentence.end)]
        figured = self._figure.search(self._ready.lower, sentence.start, sentence.end) is not None
        cued = self._context.network and any(word.lower in CUES for word in words)
        if not figured and not cued:
            self._follow(_glance(words), first=sentence.first)
            return []
        items = build(words, find_figures(self._ready.text, sentence.start, sentence.end) if figured else [])
        self._follow(_named(items), first=sentence.first)
        return self._drafts(sentence, number, items, cued=cued)

    def _drafts(self, sentence: Sentence, number: int, items: Sequence[Item], *, cued: bool) -> list[Draft]:
        parts = find_parts(items, self._context)
        asks = not parts and self._ready.text[sentence.end - 2 : sentence.end].rstrip().endswith("?")
        found = self._superlatives(sentence) if cued and not asks else []
        if not parts and not found:
            return []
        self._turn(parts)
        scene = Scene(self._ready, sentence, number, items, self._published, found)
        drafts = put_together(scene, parts)
        attach(scene, drafts, self._context)
        return drafts

    def _superlatives(self, sentence: Sentence) -> list[Superlative]:
        found = find_superlatives(self._ready.lower[sentence.start : sentence.end], self._published)
        return [one._replace(span=Span(one.span.start + sentence.start, one.span.end + sentence.start)) for one in found]

    def _turn(self, parts: Sequence[Part]) -> None:
        changes = [part for part in parts if part.role is Role.CHANGE and part.metric is Metric.DIFFICULTY]
        if changes:
            self._context = replace(self._context, turn=1 if changes[-1].value > 0 else -1)

    def _follow(self, named: Metric | None, *, first: bool) -> None:
        """Keep the metric last spoken of, for two sentences of a paragraph at most."""
        self._age = 0 if named else self._age + 1
        if named:
            self._context = replace(self._context, topic=named)
            self._main = self._main or named
        elif self._age > _MEMORY or first:
            self._context = replace(self._context, topic=Metric.DIFFICULTY if self._context.network else self._main)


def _named(items: Sequence[Item]) -> Metric | None:
    for item in items:
        metric = Metric.DIFFICULTY if item.adjusts else item.metric
        if metric is not None and metric is not Metric.BLOCK_REWARD:
            return metric
    return None


def _glance(words: Sequence[Token]) -> Metric | None:
    """The metric that a sentence without figures speaks of, by single words only."""
    for word in words:
        metric = _SUBJECTS.get(word.lower)
        if metric is not None and metric is not Metric.BLOCK_REWARD:
            return metric
    return None
